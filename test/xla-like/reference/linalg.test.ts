// Factorisations: what they promise, on random real and complex matrices and on awkward ones.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Matrix, multiply } from "../../../xla-like/reference/linalg/matrix.js";
import {
  adjoint,
  call,
  check,
  expectEqual,
  expectUnitary,
  expectUpper,
  hermitian,
  kinds,
  mat,
  random,
  rows,
  seeds,
  sizes,
  vec,
} from "./matrices.js";

describe("cholesky", () => {
  test("gives A = L Lᴴ, from the lower triangle alone", () => {
    check([kinds, sizes, seeds], (kind, n, seed) => {
      const a = hermitian(kind, n, seed);
      for (let i = 0; i < n; i++) a.re[a.at(i, i)] += 0.1;
      const lower = a.clone();
      for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) lower.re[lower.at(i, j)] = 99;
      const [l] = call("cholesky", [lower], [mat(kind, n, n)], { lower: true }, kind);
      expectEqual(multiply(l, adjoint(l)), a);
      expectUpper(l.transposed(false));
    });
  });

  test("is NaN in the lower triangle for matrices that are not positive definite", () => {
    const [l] = call(
      "cholesky",
      [
        rows([
          [1, 2],
          [2, 1],
        ]),
      ],
      [mat("float64", 2, 2)],
    );
    expect(Array.from(l.re)).toEqual([Number.NaN, 0, Number.NaN, Number.NaN]);
  });
});

describe("triangular-solve", () => {
  test("solves from both sides, for all flags", () => {
    const flags = fc.record({
      leftSide: fc.boolean(),
      lower: fc.boolean(),
      transposeA: fc.boolean(),
      conjugateA: fc.boolean(),
      unitDiagonal: fc.boolean(),
    });
    check([kinds, sizes, sizes, seeds, flags], (kind, n, m, seed, config) => {
      const a = random(kind, n, n, seed);
      for (let i = 0; i < n; i++) a.re[a.at(i, i)] += 3;
      const b = config.leftSide ? random(kind, n, m, seed + 1) : random(kind, m, n, seed + 1);
      const [x] = call("triangular-solve", [a, b], [mat(kind, b.rows, b.columns)], config, kind);
      const t = a.clone();
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          if (config.lower ? j > i : j < i) t.set(i, j, { re: 0, im: 0 });
        }
        if (config.unitDiagonal) t.set(i, i, { re: 1, im: 0 });
      }
      const conjugated = config.conjugateA ? t.transposed(true).transposed(false) : t;
      const op = config.transposeA ? conjugated.transposed(false) : conjugated;
      expectEqual(config.leftSide ? multiply(op, x) : multiply(x, op), b, 1e-10);
    });
  });

  test("a zero on the diagonal gives infinities, as LAPACK does", () => {
    const [x] = call(
      "triangular-solve",
      [
        rows([
          [0, 0],
          [0, 2],
        ]),
        rows([[1], [4]]),
      ],
      [mat("float64", 2, 1)],
      { lower: true },
    );
    expect(Array.from(x.re)).toEqual([Infinity, Number.NaN]);
  });
});

describe("lu", () => {
  test("gives P A = L U with pivots and permutation", () => {
    check([kinds, sizes, sizes, seeds], (kind, m, n, seed) => {
      const a = random(kind, m, n, seed);
      const k = Math.min(m, n);
      const shapes = [mat(kind, m, n), vec(k, "int32"), vec(m, "int32")];
      const [lu, pivots, permutation] = call("lu", [a], shapes, {}, kind);
      const l = Matrix.identity(m, k);
      const u = new Matrix(k, n);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          if (j < i && j < k) l.set(i, j, lu.get(i, j));
          if (j >= i && i < k) u.set(i, j, lu.get(i, j));
        }
      }
      const permuted = new Matrix(m, n);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) permuted.set(i, j, a.get(permutation.re[i], j));
      expectEqual(multiply(l, u), permuted);
      const order = Array.from({ length: m }, (_, i) => i);
      pivots.re.forEach((p, i) => {
        [order[i], order[p]] = [order[p], order[i]];
      });
      expect(order).toEqual(Array.from(permutation.re));
    });
  });

  test("of a singular matrix ends with a zero", () => {
    const [lu, pivots] = call(
      "lu",
      [
        rows([
          [1, 2],
          [2, 4],
        ]),
      ],
      [mat("float64", 2, 2), vec(2, "int32"), vec(2, "int32")],
    );
    expect(Array.from(lu.re)).toEqual([2, 4, 0.5, 0]);
    expect(Array.from(pivots.re)).toEqual([1, 1]);
  });
});

describe("qr and hessenberg", () => {
  test("qr gives A = Q R, full and reduced", () => {
    check([kinds, sizes, sizes, seeds, fc.boolean()], (kind, m, n, seed, fullMatrices) => {
      const a = random(kind, m, n, seed);
      const k = fullMatrices ? m : Math.min(m, n);
      const [q, r] = call("qr", [a], [mat(kind, m, k), mat(kind, k, n)], { fullMatrices }, kind);
      expectEqual(multiply(q, r), a);
      expectUnitary(q);
      expectUpper(r);
      for (let i = 0; i < Math.min(k, n); i++) expect(r.im[r.at(i, i)]).toBe(0);
    });
  });

  test("qr has LAPACK's signs", () => {
    const [q, r] = call(
      "qr",
      [
        rows([
          [3, 1],
          [4, 2],
        ]),
      ],
      [mat("float64", 2, 2), mat("float64", 2, 2)],
    );
    expectEqual(
      q,
      rows([
        [-0.6, -0.8],
        [-0.8, 0.6],
      ]),
    );
    expectEqual(
      r,
      rows([
        [-5, -2.2],
        [0, 0.4],
      ]),
    );
  });

  test("hessenberg gives A = Q H Qᴴ", () => {
    check([kinds, sizes, seeds], (kind, n, seed) => {
      const a = random(kind, n, n, seed);
      const [h, q] = call("hessenberg", [a], [mat(kind, n, n), mat(kind, n, n)], {}, kind);
      expectEqual(multiply(multiply(q, h), adjoint(q)), a);
      expectUnitary(q);
      expectUpper(h, 1);
    });
  });
});
