/** A dot as a batch of products of matrices. */
import { viewOf } from "../../../2-fuse/views.js";
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf, type Computed } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import type { Int } from "../../elements/frame.js";
import { partsFrom } from "../../elements/index.js";
import { type GridKernel, unravelled } from "../grid-kernel.js";
import { computeType, factor, type OwnProduct } from "./own-product.js";

const others = (rank: number, taken: readonly number[]): number[] =>
  Array.from({ length: rank }, (_, d) => d).filter((d) => !taken.includes(d));

/** Whether neighbours in memory are nearer along the last of some dimensions than along the last of others. */
function areNearer(operand: HloInstruction, dims: readonly number[], than: readonly number[]): boolean {
  const view = viewOf(operand);
  const last = (ds: readonly number[]): number => {
    const moving = ds.filter((d) => arrayOf(operand).dims[d] > 1);
    const d = moving[moving.length - 1];
    if (d === undefined) return Number.POSITIVE_INFINITY;
    // What is no view is read in the order of its dimensions.
    return Math.abs(view?.strides[d] ?? sizeOf(arrayOf(operand).dims.slice(d + 1)));
  };
  return last(dims) <= last(than);
}

export function ownDot(i: Instr<"dot">): OwnProduct {
  const [left, right] = i.operands;
  const { lhsBatch, rhsBatch, lhsContracting, rhsContracting } = i.dims;
  const [leftDims, rightDims] = [arrayOf(left).dims, arrayOf(right).dims];
  const rows = others(leftDims.length, [...lhsBatch, ...lhsContracting]);
  const columns = others(rightDims.length, [...rhsBatch, ...rhsContracting]);
  const batchSizes = lhsBatch.map((d) => leftDims[d]);
  const depthSizes = lhsContracting.map((d) => leftDims[d]);
  const runSizes = depthSizes.slice(0, -1);
  const rowSizes = rows.map((d) => leftDims[d]);
  const columnSizes = columns.map((d) => rightDims[d]);
  const compute = computeType(i);

  type Places = readonly (readonly [dims: readonly number[], sizes: readonly number[], at: Int])[];
  const read = (kernel: GridKernel, operand: HloInstruction, places: Places): Computed => {
    const coordinates: Int[] = [];
    for (const [dims, sizes, at] of places) {
      const found = unravelled(kernel.ints, at, sizes);
      dims.forEach((d, k) => {
        coordinates[d] = found[k];
      });
    }
    const index = partsFrom(
      arrayOf(operand).dims,
      coordinates.map((x) => affine(x)),
    );
    return factor(kernel, operand, compute, kernel.evaluator.evaluate(operand, index));
  };

  return {
    product: i,
    batch: sizeOf(batchSizes),
    rows: sizeOf(rowSizes),
    columns: sizeOf(columnSizes),
    runs: sizeOf(runSizes),
    run: depthSizes[depthSizes.length - 1] ?? 1,
    left: (kernel, batch, row, { run, k }) =>
      read(kernel, left, [
        [lhsBatch, batchSizes, batch],
        [rows, rowSizes, row],
        [lhsContracting.slice(0, -1), runSizes, run],
        [lhsContracting.slice(-1), depthSizes.slice(-1), k],
      ]),
    right: (kernel, batch, { run, k }, column) =>
      read(kernel, right, [
        [rhsBatch, batchSizes, batch],
        [columns, columnSizes, column],
        [rhsContracting.slice(0, -1), runSizes, run],
        [rhsContracting.slice(-1), depthSizes.slice(-1), k],
      ]),
    coordinates: (kernel, batch, row, column) => [
      ...unravelled(kernel.ints, batch, batchSizes),
      ...unravelled(kernel.ints, row, rowSizes),
      ...unravelled(kernel.ints, column, columnSizes),
    ],
    leftAlongDepth: areNearer(left, lhsContracting, rows),
    rightAlongDepth: areNearer(right, rhsContracting, columns),
    outAlongRows: sizeOf(columnSizes) === 1,
  };
}
