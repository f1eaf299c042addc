/** What the calls for linear algebra share: batches of matrices, and results that are not numbers where a library failed. */
import type { Copier } from "../../../1-simplify/rewriting/copier.js";
import type { DType } from "../../../hlo/dtype.js";
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { arrayShape, sizeOf } from "../../../hlo/shape.js";
import type { Parts, Placed } from "../parts.js";

export type CustomCall = Instr<"custom-call">;

/** Flags that are left out have LAPACK's and JAX's defaults, as in the reference evaluator. */
export function flag({ config }: CustomCall, name: string, otherwise: boolean): boolean {
  const value = config[name];
  return typeof value === "boolean" ? value : otherwise;
}

export const isComplexType = (d: DType): boolean => d === "complex64" || d === "complex128";

/** An array with all dimensions but the last `kept` as one. */
export function flattened({ place, shape }: Placed, kept: number): Placed {
  const split = shape.dims.length - kept;
  const dims = [sizeOf(shape.dims.slice(0, split)), ...shape.dims.slice(split)];
  return { place, shape: arrayShape(shape.dtype, dims) };
}

/** A batch of matrices, [batch, rows, columns]. */
export interface Matrices {
  readonly placed: Placed;
  readonly dtype: DType;
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  /** The lesser of both. */
  readonly steps: number;
}

export function matrices(array: Placed): Matrices {
  const placed = flattened(array, 2);
  const [batch, rows, columns] = placed.shape.dims;
  return { placed, dtype: placed.shape.dtype, batch, rows, columns, steps: Math.min(rows, columns) };
}

const dimsOf = (x: HloInstruction): readonly number[] => (x.shape.kind === "array" ? x.shape.dims : []);

/** Matrices with rows and columns exchanged. */
export const transposed = (b: Copier, x: HloInstruction): HloInstruction => b.transpose(x, [0, 2, 1]);

/** Copies matrices so that they lie column by column, as the libraries want them. */
export function byColumns(parts: Parts, { placed, dtype, batch, rows, columns }: Matrices): Placed {
  const copy = parts.scratch(arrayShape(dtype, [batch, columns, rows]));
  parts.loop([placed], [copy], (b, [x]) => [transposed(b, x)]);
  return copy;
}

/** Compares the row of each element with its column. */
export function rowsToColumns(b: Copier, dims: readonly number[], direction: "GE" | "LE" | "EQ"): HloInstruction {
  return b.compare(b.iota("int32", dims, 1), b.iota("int32", dims, 2), direction);
}

/** One number for each matrix: 0 where the library had success. */
export const infoOf = (parts: Parts, batch: number): Placed => parts.scratch(arrayShape("int32", [batch]));

export function notNumbers(b: Copier, dtype: DType, dims: readonly number[]): HloInstruction {
  return b.fill(isComplexType(dtype) ? { re: Number.NaN, im: 0 } : Number.NaN, dtype, dims);
}

/** An array whose first dimension is the batch; not numbers where the library failed, and `where` holds if it is given. */
export function unlessFailed(
  b: Copier,
  x: HloInstruction,
  info: HloInstruction,
  dtype: DType,
  where?: HloInstruction,
): HloInstruction {
  const dims = dimsOf(x);
  const failed = b.broadcast(b.compare(info, b.scalar("int32", 0), "NE"), dims, [0]);
  return b.select(where === undefined ? failed : b.binary("and", failed, where), notNumbers(b, dtype, dims), x);
}

/** Fills matrices with 1 on the diagonal and 0 elsewhere. */
export function fillIdentity(parts: Parts, array: Placed): void {
  const { placed, dtype } = matrices(array);
  const { dims } = placed.shape;
  if (sizeOf(dims) === 0) return;
  parts.loop([], [placed], (b) => [
    b.select(rowsToColumns(b, dims, "EQ"), b.fill(1, dtype, dims), b.fill(0, dtype, dims)),
  ]);
}
