/**
 * A batch of matrix products over strided views, and its params: the numbers that native/cpu/gemm/product.h describes
 * and reads.
 */
import type { DType } from "../../../hlo/dtype.js";
import { dtypeCode } from "../../dtype-code.js";

/** A dimension that the right operand, the left one and the result have: one matrix per place. */
export interface BatchDim {
  readonly size: number;
  readonly lhs: number;
  readonly rhs: number;
  readonly out: number;
  /** How far the matrix is moved in what the epilogue calls batch, row and column. */
  readonly batch: number;
  readonly row: number;
  readonly column: number;
}

/** A dimension that two arrays have: of rows, the left operand and the result; of columns, the right one and the result. */
export interface SharedDim {
  readonly size: number;
  /** The stride in the operand; of the summed dimension, in the left one. */
  readonly first: number;
  /** The stride in the result; of the summed dimension, in the right operand. */
  readonly second: number;
}

export interface Product {
  readonly lhs: DType;
  readonly rhs: DType;
  readonly out: DType;
  readonly lhsOffset: number;
  readonly rhsOffset: number;
  readonly batch: readonly BatchDim[];
  readonly rows: readonly SharedDim[];
  readonly columns: readonly SharedDim[];
  readonly depth: readonly SharedDim[];
}

/** What elements are multiplied and summed in. */
const computeType = ({ lhs, rhs, out }: Product): DType => {
  const half = (d: DType): boolean => d === "bfloat16" || d === "float16";
  if (half(out)) return lhs === "float64" || rhs === "float64" ? "float64" : "float32";
  return out === "float32" && (lhs === "float64" || rhs === "float64") ? "float64" : out;
};

/** Dimensions of more than one element, with neighbours that every array walks evenly joined to one. */
const joined = <D extends { readonly size: number }>(
  dims: readonly D[],
  strides: readonly (keyof D)[],
): readonly D[] => {
  if (dims.some((d) => d.size === 0)) return dims.slice(0, 1).map((d) => ({ ...d, size: 0 }));
  const out: D[] = [];
  for (const d of dims) {
    if (d.size === 1) continue;
    const last = out.at(-1);
    if (last !== undefined && strides.every((s) => Number(last[s]) === d.size * Number(d[s]))) {
      out[out.length - 1] = { ...d, size: last.size * d.size };
    } else {
      out.push(d);
    }
  }
  return out;
};

const joinedShared = (dims: readonly SharedDim[]): readonly SharedDim[] => joined(dims, ["first", "second"]);

/** Sums may run in any order: the one in which the operand that is read by vectors is walked forward. */
const orderedDepth = (dims: readonly SharedDim[]): readonly SharedDim[] =>
  [...dims].sort((a, b) => Math.abs(b.second) - Math.abs(a.second) || Math.abs(b.first) - Math.abs(a.first));

export const productParams = (p: Product): readonly number[] => {
  const batch = joined(p.batch, ["lhs", "rhs", "out", "batch", "row", "column"]);
  const rows = joinedShared(p.rows);
  const columns = joinedShared(p.columns);
  const depth = joinedShared(orderedDepth(p.depth));
  return [
    ...[p.lhs, p.rhs, p.out, computeType(p)].map(dtypeCode),
    p.lhsOffset,
    p.rhsOffset,
    0,
    batch.length,
    rows.length,
    columns.length,
    depth.length,
    ...batch.flatMap((d) => [d.size, d.lhs, d.rhs, d.out, d.batch, d.row, d.column]),
    ...[rows, columns, depth].flatMap((dims) => dims.flatMap((d) => [d.size, d.first, d.second])),
  ];
};
