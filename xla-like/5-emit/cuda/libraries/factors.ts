/** Factors of matrices and triangular systems, by cuSOLVER and cuBLAS. */
import { arrayShape, sizeOf } from "../../../hlo/shape.js";
import { dtypeCode } from "../../dtype-code.js";
import { GridKernel } from "../grid-kernel.js";
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
  rowsToColumns,
  transposed,
  unlessFailed,
} from "./matrices.js";

/**
 * A lower triangle that lies row by row is the upper one of the transpose, lying column by column, which is the conjugate;
 * the transpose of its factor is the factor wanted, and lies in memory as it should.
 */
export function cholesky(parts: Parts): void {
  const a = matrices(parts.operand(0));
  const out = flattened(parts.output(0), 2);
  const { dims } = out.shape;
  parts.loop([a.placed], [out], (b, [x]) => [b.select(rowsToColumns(b, dims, "GE"), x, b.fill(0, a.dtype, dims))]);
  const info = infoOf(parts, a.batch);
  parts.call("potrf", [out.place, info.place], [dtypeCode(a.dtype), a.batch, a.rows, 1]);
  parts.loop([out, info], [out], (b, [x, failed]) => [
    unlessFailed(b, x, failed, a.dtype, rowsToColumns(b, dims, "GE")),
  ]);
}

const operations = { none: 0, transpose: 1, conjugateTranspose: 2 } as const;

/** Lying column by column, all are transposed, and sides change places. */
export function triangularSolve(parts: Parts, i: CustomCall): void {
  const [a, rhs] = [matrices(parts.operand(0)), matrices(parts.operand(1))];
  const out = flattened(parts.output(0), 2);
  const complex = isComplexType(a.dtype);
  const [transpose, conjugate] = [flag(i, "transposeA", false), complex && flag(i, "conjugateA", false)];
  // There is no matrix conjugated but not transposed: then all else is conjugated instead.
  const turned = conjugate && !transpose;
  parts.loop([rhs.placed], [out], (b, [x]) => [turned ? b.unary("conjugate", x) : x]);
  const operation = !transpose ? operations.none : conjugate ? operations.conjugateTranspose : operations.transpose;
  parts.call(
    "trsm",
    [a.placed.place, out.place],
    [
      dtypeCode(a.dtype),
      a.batch,
      rhs.columns,
      rhs.rows,
      Number(!flag(i, "leftSide", true)),
      Number(flag(i, "lower", true)),
      operation,
      Number(flag(i, "unitDiagonal", false)),
    ],
  );
  if (turned) parts.loop([out], [out], (b, [x]) => [b.unary("conjugate", x)]);
}

export function lu(parts: Parts): void {
  const a = matrices(parts.operand(0));
  const [factors, pivots, permutation] = [
    flattened(parts.output(0), 2),
    flattened(parts.output(1), 1),
    flattened(parts.output(2), 1),
  ];
  if (a.steps === 0) {
    if (sizeOf(permutation.shape.dims) > 0) {
      parts.loop([], [permutation], (b) => [b.iota("int32", permutation.shape.dims, 1)]);
    }
    return;
  }
  const columns = byColumns(parts, a);
  const wide = parts.scratch(arrayShape("int64", [a.batch, a.steps]));
  const info = infoOf(parts, a.batch);
  parts.call("getrf", [columns.place, wide.place, info.place], [dtypeCode(a.dtype), a.batch, a.rows, a.columns]);
  parts.loop([columns], [factors], (b, [x]) => [transposed(b, x)]);
  // The library counts from 1.
  parts.loop([wide], [pivots], (b, [x]) => [
    b.binary("subtract", b.convert(x, "int32"), b.fill(1, "int32", pivots.shape.dims)),
  ]);
  permute(parts, wide, permutation, a.rows);
}

const threads = 32;

/** The order of rows that exchanges one after the other make: a thread for each matrix. */
function permute(parts: Parts, pivots: Placed, permutation: Placed, rows: number): void {
  const [batch, steps] = pivots.shape.dims;
  const args = [pivots.place.arg, permutation.place.arg];
  const symbol = `${parts.symbol}_permutation`;
  const kernel = new GridKernel(parts.module, parts.target, { symbol, block: threads, args });
  const { ints } = kernel;
  kernel.forThreads(batch, (matrix) => {
    const from = kernel.offset(kernel.argument(pivots.place.arg), pivots.place.offset);
    const to = kernel.offset(kernel.argument(permutation.place.arg), permutation.place.offset);
    const [first, firstRow] = [ints.mul(matrix, steps), ints.mul(matrix, rows)];
    kernel.times(rows, [], (k) => {
      kernel.writeInt(to, "uint32", ints.add(firstRow, k), k);
      return [];
    });
    kernel.times(steps, [], (k) => {
      const pivot = ints.add(kernel.readInt(from, "int64", ints.add(first, k)), -1);
      const [here, there] = [ints.add(firstRow, k), ints.add(firstRow, pivot)];
      const [x, y] = [kernel.readInt(to, "uint32", here), kernel.readInt(to, "uint32", there)];
      kernel.writeInt(to, "uint32", here, y);
      kernel.writeInt(to, "uint32", there, x);
      return [];
    });
  });
  parts.launch(kernel.launch(Math.ceil(batch / threads)));
}

export function qr(parts: Parts, i: CustomCall): void {
  const a = matrices(parts.operand(0));
  const size = flag(i, "fullMatrices", false) ? a.rows : a.steps;
  const [q, r] = [flattened(parts.output(0), 2), flattened(parts.output(1), 2)];
  if (a.steps === 0) {
    fillIdentity(parts, parts.output(0));
    return;
  }
  // Room for the columns of Q that A does not have.
  const width = Math.max(a.columns, size);
  const work = parts.scratch(arrayShape(a.dtype, [a.batch, width, a.rows]));
  parts.loop([a.placed], [work], (b, [x]) => [
    b.pad(transposed(b, x), b.scalar(a.dtype, 0), [0, 0, 0], [0, width - a.columns, 0]),
  ]);
  const factors = parts.scratch(arrayShape(a.dtype, [a.batch, a.steps]));
  const info = infoOf(parts, a.batch);
  const [code, step] = [dtypeCode(a.dtype), width * a.rows];
  const args = [work.place, factors.place, info.place];
  parts.call("geqrf", args, [code, a.batch, a.rows, a.columns, step]);
  parts.loop([work], [r], (b, [x]) => {
    const { dims } = r.shape;
    const rows = transposed(b, b.slice(x, [0, 0, 0], [a.batch, a.columns, size]));
    return [b.select(rowsToColumns(b, dims, "LE"), rows, b.fill(0, a.dtype, dims))];
  });
  parts.call("orgqr", args, [code, a.batch, a.rows, size, a.steps, step]);
  parts.loop([work], [q], (b, [x]) => [transposed(b, b.slice(x, [0, 0, 0], [a.batch, size, a.rows]))]);
}
