/** A dot as a product of matrices: views of its operands become strides, whatever order their dimensions have. */
import { type ParameterView, rowMajorStrides } from "../../../2-fuse/views.js";
import type { Instr } from "../../../hlo/instruction.js";
import type { BatchDim, Product, SharedDim } from "./params.js";

const others = (rank: number, taken: readonly number[]): number[] =>
  Array.from({ length: rank }, (_, d) => d).filter((d) => !taken.includes(d));

/** `out` are the strides with which the result is stored. */
export const dotProduct = (
  i: Instr<"dot">,
  lhs: ParameterView,
  rhs: ParameterView,
  out: readonly number[] = rowMajorStrides(i.shape.dims),
): Product => {
  const { lhsBatch, rhsBatch, lhsContracting, rhsContracting } = i.dims;
  const items = rowMajorStrides(lhsBatch.map((d) => lhs.dims[d]));
  const lhsFree = others(lhs.dims.length, [...lhsBatch, ...lhsContracting]);
  const rhsFree = others(rhs.dims.length, [...rhsBatch, ...rhsContracting]);
  const firstColumn = lhsBatch.length + lhsFree.length;
  return {
    lhs: lhs.dtype,
    rhs: rhs.dtype,
    out: i.shape.dtype,
    lhsOffset: lhs.offset,
    rhsOffset: rhs.offset,
    batch: lhsBatch.map(
      (d, n): BatchDim => ({
        size: lhs.dims[d],
        lhs: lhs.strides[d],
        rhs: rhs.strides[rhsBatch[n]],
        out: out[n],
        batch: items[n],
        row: 0,
        column: 0,
      }),
    ),
    rows: lhsFree.map(
      (d, n): SharedDim => ({ size: lhs.dims[d], first: lhs.strides[d], second: out[lhsBatch.length + n] }),
    ),
    columns: rhsFree.map(
      (d, n): SharedDim => ({ size: rhs.dims[d], first: rhs.strides[d], second: out[firstColumn + n] }),
    ),
    depth: lhsContracting.map(
      (d, n): SharedDim => ({ size: lhs.dims[d], first: lhs.strides[d], second: rhs.strides[rhsContracting[n]] }),
    ),
  };
};
