/** dot: any batch and contracting dimensions. */
import { type HostArray, hostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { boxOffsets, rowMajor } from "../layout/strides.js";
import { prepareProduct } from "./product.js";

/** Offsets of all places along some of an array's dimensions. */
const along = (dims: readonly number[], axes: readonly number[]): Int32Array => {
  const strides = rowMajor(dims);
  return boxOffsets(
    axes.map((d) => dims[d]),
    axes.map((d) => strides[d]),
  );
};

const others = (rank: number, ...taken: readonly (readonly number[])[]): number[] =>
  Array.from({ length: rank }, (_, d) => d).filter((d) => !taken.some((t) => t.includes(d)));

export const dotKernel = (i: Instr<"dot">): Kernel => {
  const { lhsBatch, rhsBatch, lhsContracting, rhsContracting } = i.dims;
  const { dtype, dims: lhs } = operandShape(i, 0);
  const { dims: rhs } = operandShape(i, 1);
  const rows = along(lhs, others(lhs.length, lhsBatch, lhsContracting));
  const columns = along(rhs, others(rhs.length, rhsBatch, rhsContracting));
  const outRows = Int32Array.from(rows, (_, m) => m * columns.length);
  const outColumns = Int32Array.from(columns, (_, n) => n);
  const product = prepareProduct(
    dtype,
    i.shape.dtype,
    { rows, depth: along(lhs, lhsContracting) },
    { rows: columns, depth: along(rhs, rhsContracting) },
    outRows,
    outColumns,
  );
  const lhsStarts = along(lhs, lhsBatch);
  const rhsStarts = along(rhs, rhsBatch);
  const outStep = rows.length * columns.length;
  const n = sizeOf(i.shape.dims);
  return ([x, y]) => {
    const out = hostArray(i.shape.dtype, n);
    for (let batch = 0; batch < lhsStarts.length; batch++) {
      product(out, batch * outStep, x as HostArray, lhsStarts[batch], y as HostArray, rhsStarts[batch]);
    }
    return out;
  };
};
