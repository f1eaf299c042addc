// Eigenvalues and singular values: what they promise, on random real and complex matrices and on awkward ones.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrayShape } from "../../../xla-like/index.js";
import { Matrix, multiply } from "../../../xla-like/reference/linalg/matrix.js";
import { run } from "./helpers.js";
import {
  adjoint,
  call,
  check,
  diagonal,
  expectEqual,
  expectUnitary,
  expectUpper,
  kinds,
  mat,
  random,
  rows,
  seeds,
  sizes,
  vec,
} from "./matrices.js";

describe("eigh", () => {
  test("gives ascending eigenvalues and orthonormal vectors, from one triangle", () => {
    check([kinds, sizes, seeds, fc.boolean()], (kind, n, seed, lower) => {
      const g = random(kind, n, n, seed);
      const a = g.clone();
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++) {
          const [p, q] = [g.get(i, j), g.get(j, i)];
          a.set(i, j, { re: p.re + q.re, im: p.im - q.im });
        }
      const half = a.clone();
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (lower ? j > i : j < i) half.re[half.at(i, j)] = 7;
      const [v, w] = call("eigh", [half], [mat(kind, n, n), vec(n)], { lower }, kind);
      expectEqual(multiply(multiply(v, diagonal(w, n, n)), adjoint(v)), a);
      expectUnitary(v);
      expect(Array.from(w.re)).toEqual(Array.from(w.re).sort((p, q) => p - q));
    });
  });

  test("of repeated eigenvalues and of zero", () => {
    for (const a of [
      Matrix.identity(4),
      new Matrix(3, 3),
      rows([
        [2, 1, 1],
        [1, 2, 1],
        [1, 1, 2],
      ]),
    ]) {
      const [v, w] = call("eigh", [a], [mat("float64", a.rows, a.rows), vec(a.rows)]);
      expectEqual(multiply(multiply(v, diagonal(w, a.rows, a.rows)), adjoint(v)), a);
    }
  });
});

describe("svd", () => {
  test("gives A = U S Vᴴ, full and reduced, of any rank", () => {
    check([kinds, sizes, sizes, seeds, fc.boolean(), fc.nat(9)], (kind, m, n, seed, fullMatrices, rank) => {
      const inner = Math.min(m, n, Math.max(1, rank));
      const a = multiply(random(kind, m, inner, seed), random(kind, inner, n, seed + 1));
      const k = Math.min(m, n);
      const [r, c] = fullMatrices ? [m, n] : [k, k];
      const shapes = [vec(k), mat(kind, m, r), mat(kind, c, n)];
      const [s, u, vt] = call("svd", [a], shapes, { fullMatrices, computeUv: true }, kind);
      expectEqual(multiply(multiply(u, diagonal(s, r, c)), vt), a);
      expectUnitary(u);
      expectUnitary(adjoint(vt));
      expect(Array.from(s.re)).toEqual(Array.from(s.re).sort((p, q) => q - p));
      expect(s.re.every((x) => x >= 0)).toBe(true);
      const [alone] = call("svd", [a], [vec(k)], { fullMatrices, computeUv: false }, kind);
      expect(alone.re).toEqual(s.re);
    });
  });

  test("of zero and of tiny matrices", () => {
    const [s, u] = call("svd", [new Matrix(3, 2)], [vec(2), mat("float64", 3, 3), mat("float64", 2, 2)]);
    expect(Array.from(s.re)).toEqual([0, 0]);
    expectUnitary(u);
    const [t] = call(
      "svd",
      [
        rows([
          [3e-200, 0],
          [0, 4e-200],
        ]),
      ],
      [vec(2)],
      { computeUv: false },
    );
    expect(Array.from(t.re)).toEqual([4e-200, 3e-200]);
  });
});

describe("schur and eig", () => {
  test("schur gives A = Q T Qᴴ with T (quasi-)triangular", () => {
    check([kinds, fc.integer({ min: 1, max: 14 }), seeds], (kind, n, seed) => {
      const a = random(kind, n, n, seed);
      const [t, q] = call("schur", [a], [mat(kind, n, n), mat(kind, n, n)], {}, kind);
      expectEqual(multiply(multiply(q, t), adjoint(q)), a);
      expectUnitary(q);
      expectUpper(t, kind === "float64" ? 1 : 0);
      for (let k = 0; kind === "float64" && k + 1 < n; k++) {
        if (t.absolute(k + 1, k) === 0) continue;
        // A standard block: equal diagonal entries, off-diagonal ones of opposite signs, and no block beside it.
        expect(t.get(k, k)).toEqual(t.get(k + 1, k + 1));
        expect(t.re[t.at(k, k + 1)] * t.re[t.at(k + 1, k)]).toBeLessThan(0);
        if (k + 2 < n) expect(t.absolute(k + 2, k + 1)).toBe(0);
      }
    });
  });

  test("eig gives eigenvalues with right and left vectors of length 1", () => {
    check([kinds, fc.integer({ min: 1, max: 10 }), seeds], (kind, n, seed) => {
      const a = random(kind, n, n, seed);
      const input = kind === "float64" ? a : a;
      const shapes = [vec(n, "complex128"), mat("complex128", n, n), mat("complex128", n, n)];
      const [w, vl, vr] = call("eig", [input], shapes, { computeLeft: true, computeRight: true }, kind);
      expectEqual(multiply(a, vr), multiply(vr, diagonal(w, n, n)), 1e-9);
      expectEqual(multiply(adjoint(vl), a), multiply(diagonal(w, n, n), adjoint(vl)), 1e-9);
      for (let k = 0; k < n; k++) {
        const column = Array.from({ length: n }, (_, i) => vr.absolute(i, k));
        expect(Math.hypot(...column)).toBeCloseTo(1, 12);
      }
      if (kind === "float64") {
        for (let k = 0; k < n; k++) {
          if (w.im[k] <= 0) continue;
          expect([w.re[k + 1], w.im[k + 1]]).toEqual([w.re[k], -w.im[k]]);
        }
      }
    });
  });

  test("of a rotation, of a Jordan block and of companion matrices that cycle without exceptional shifts", () => {
    const values = (a: Matrix) =>
      call("eig", [a], [vec(a.rows, "complex128")], { computeLeft: false, computeRight: false })[0];
    const w = values(
      rows([
        [0, -1],
        [1, 0],
      ]),
    );
    expect([Array.from(w.re), Array.from(w.im)]).toEqual([
      [0, 0],
      [1, -1],
    ]);
    const jordan = values(
      rows([
        [3, 1, 0],
        [0, 3, 1],
        [0, 0, 3],
      ]),
    );
    expect(Array.from(jordan.re)).toEqual([3, 3, 3]);
    const cyclic = values(
      rows([
        [0, 0, 1],
        [1, 0, 0],
        [0, 1, 0],
      ]),
    );
    const roots = Array.from(cyclic.re, (x, k) => Math.hypot(x, cyclic.im[k]));
    for (const r of roots) expect(r).toBeCloseTo(1, 12);
    expect(Math.max(...cyclic.re)).toBeCloseTo(1, 12);
  });
});

test("batches and float32 work alike, and NaN in gives NaN out", () => {
  const data = Float32Array.of(4, 2, 2, 3, 1, 0, 0, 1, Number.NaN, 0, 0, 1);
  const x = { dtype: "float32" as const, dims: [3, 2, 2], data };
  const [l] = run([x], (b, [a]) => b.customCall("cholesky", [a], [arrayShape("float32", [3, 2, 2])]));
  expect(Array.from(l as Float32Array)).toEqual([
    2,
    0,
    1,
    Math.fround(Math.SQRT2),
    1,
    0,
    0,
    1,
    Number.NaN,
    0,
    Number.NaN,
    Number.NaN,
  ]);
  const [, w] = run([x], (b, [a]) =>
    b.customCall("eigh", [a], [arrayShape("float32", [3, 2, 2]), arrayShape("float32", [3, 2])]),
  );
  expect(Array.from(w as Float32Array).slice(2)).toEqual([1, 1, Number.NaN, Number.NaN]);
});
