/** Singular values and eigenvalues, by cuSOLVER. */
import type { Copier } from "../../../1-simplify/rewriting/copier.js";
import type { HloInstruction } from "../../../hlo/instruction.js";
import { arrayShape } from "../../../hlo/shape.js";
import { dtypeCode } from "../../dtype-code.js";
import { noKernel } from "../no-kernel.js";
import type { Parts, Placed } from "../parts.js";
import {
  byColumns,
  type CustomCall,
  fillIdentity,
  flag,
  flattened,
  infoOf,
  isComplexType,
  matrices,
  transposed,
  unlessFailed,
} from "./matrices.js";

/** Writes a result in place of what the library wrote there, or of what lies elsewhere transposed. */
function finish(parts: Parts, from: Placed, to: Placed, info: Placed, isTransposed: boolean): void {
  const { dtype } = to.shape;
  parts.loop([from, info], [to], (b, [x, failed]) => [
    unlessFailed(b, isTransposed ? transposed(b, x) : x, failed, dtype),
  ]);
}

/** The library takes matrices with no more columns than rows. */
export function svd(parts: Parts, i: CustomCall): void {
  const a = matrices(parts.operand(0));
  const [vectors, all] = [flag(i, "computeUv", true), flag(i, "fullMatrices", true)];
  const outputs = vectors ? [flattened(parts.output(1), 2), flattened(parts.output(2), 2)] : [];
  if (a.steps === 0) {
    for (const out of outputs) fillIdentity(parts, out);
    return;
  }
  const values = flattened(parts.output(0), 1);
  const info = infoOf(parts, a.batch);
  const call = (work: Placed, rows: number, columns: number, u?: Placed, vt?: Placed): void => {
    const args = [work, values, info, ...(u === undefined || vt === undefined ? [] : [u, vt])];
    const params = [dtypeCode(a.dtype), a.batch, rows, columns, Number(vectors), Number(all)];
    parts.call("gesvd", args.map((x) => x.place), params); // biome-ignore format: one line
  };
  const [u, vh] = outputs;
  if (a.columns >= a.rows) {
    // Lying row by row it is its transpose, whose U and Vᴴ are the transposes of Vᴴ and U.
    const copy = parts.scratch(a.placed.shape);
    parts.loop([a.placed], [copy], (_, [x]) => [x]);
    call(copy, a.columns, a.rows, vh, u);
    for (const out of outputs) finish(parts, out, out, info, false);
  } else {
    const work = byColumns(parts, a);
    const across = ({ shape: { dtype, dims } }: Placed): Placed =>
      parts.scratch(arrayShape(dtype, [dims[0], dims[2], dims[1]]));
    const [left, right] = outputs.map(across);
    call(work, a.rows, a.columns, left, right);
    if (vectors) {
      finish(parts, left, u, info, true);
      finish(parts, right, vh, info, true);
    }
  }
  finish(parts, values, values, info, false);
}

export function eigh(parts: Parts, i: CustomCall): void {
  const a = matrices(parts.operand(0));
  const [vectors, values] = [flattened(parts.output(0), 2), flattened(parts.output(1), 1)];
  if (a.steps === 0) return;
  // Lying row by row it is its transpose, which is the conjugate: so are its eigenvectors.
  const work = parts.scratch(a.placed.shape);
  parts.loop([a.placed], [work], (_, [x]) => [x]);
  const info = infoOf(parts, a.batch);
  const upper = Number(flag(i, "lower", true));
  parts.call("syevd", [work.place, values.place, info.place], [dtypeCode(a.dtype), a.batch, a.rows, upper]);
  parts.loop([work, info], [vectors], (b, [x, failed]) => {
    const rows = transposed(b, x);
    return [unlessFailed(b, isComplexType(a.dtype) ? b.unary("conjugate", rows) : rows, failed, a.dtype)];
  });
  finish(parts, values, values, info, false);
}

export function eig(parts: Parts, i: CustomCall): void {
  if (flag(i, "computeLeft", true)) {
    throw noKernel(i, "eig", "cuSOLVER has right eigenvectors only: set computeLeftEigenvectors to false");
  }
  const a = matrices(parts.operand(0));
  if (a.steps === 0) return;
  const values = flattened(parts.output(0), 1);
  const right = flag(i, "computeRight", true) ? flattened(parts.output(1), 2) : undefined;
  const work = byColumns(parts, a);
  const found = right && parts.scratch(arrayShape(a.dtype, [a.batch, a.rows, a.rows]));
  const info = infoOf(parts, a.batch);
  const args = [work, values, info, ...(found === undefined ? [] : [found])].map((x) => x.place);
  parts.call("geev", args, [dtypeCode(a.dtype), a.batch, a.rows, Number(right !== undefined)]);
  if (right !== undefined && found !== undefined) {
    parts.loop([found, values, info], [right], (b, [x, w, failed]) => {
      const vectors = isComplexType(a.dtype) ? x : pairs(b, x, w);
      return [unlessFailed(b, transposed(b, vectors), failed, right.shape.dtype)];
    });
  }
  finish(parts, values, values, info, false);
}

/** Eigenvectors of a real matrix: those of two conjugate values are kept as their real and imaginary parts. */
function pairs(b: Copier, x: HloInstruction, values: HloInstruction): HloInstruction {
  if (x.shape.kind !== "array") throw new TypeError("eigenvectors are an array");
  const { dtype, dims } = x.shape;
  const zero = b.scalar(dtype, 0);
  const next = b.pad(x, zero, [0, -1, 0], [0, 1, 0]);
  const before = b.pad(x, zero, [0, 1, 0], [0, -1, 0]);
  const imaginary = b.broadcast(b.unary("imag", values), dims, [0, 1]);
  const nothing = b.fill(0, dtype, dims);
  const isFirst = b.compare(imaginary, nothing, "GT");
  const isSecond = b.compare(imaginary, nothing, "LT");
  const re = b.select(isSecond, before, x);
  const im = b.select(isFirst, next, b.select(isSecond, b.unary("negate", x), nothing));
  return b.binary("complex", re, im);
}
