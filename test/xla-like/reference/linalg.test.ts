// Decompositions: what they promise, on random real and complex matrices and on awkward ones.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ArrayShape, arrayShape, type CustomCallTarget, type DType, type Instr } from "../../../xla-like/index.js";
import { Matrix, multiply } from "../../../xla-like/reference/linalg/matrix.js";
import { run } from "./helpers.js";

type Config = Instr<"custom-call">["config"];
type Kind = "float64" | "complex128";
const kinds = fc.constantFrom<Kind>("float64", "complex128");

/** Results of a routine as matrices. */
const call = (
  target: CustomCallTarget,
  operands: readonly Matrix[],
  results: readonly ArrayShape[],
  config: Config = {},
  kind: Kind = "float64",
): Matrix[] => {
  const inputs = operands.map((m) => ({ dtype: kind, dims: [m.rows, m.columns], data: pack(kind, m) }));
  const outs = run(inputs, (b, xs) => b.customCall(target, xs, results, { config }));
  return outs.map((data, k) => {
    const { dims, dtype } = results[k];
    const [rows, columns] = dims.length === 1 ? [1, dims[0]] : dims;
    const m = new Matrix(rows, columns);
    for (let e = 0; e < rows * columns; e++) {
      m.re[e] = Number(dtype === "complex128" ? data[2 * e] : data[e]);
      m.im[e] = dtype === "complex128" ? Number(data[2 * e + 1]) : 0;
    }
    return m;
  });
};

const pack = (kind: Kind, m: Matrix): Float64Array =>
  kind === "float64" ? m.re : Float64Array.from({ length: 2 * m.re.length }, (_, k) => (k % 2 ? m.im : m.re)[k >> 1]);

const mat = (kind: Kind, rows: number, columns: number): ArrayShape => arrayShape(kind, [rows, columns]);
const vec = (n: number, kind: DType = "float64"): ArrayShape => arrayShape(kind, [n]);

const random = (kind: Kind, rows: number, columns: number, seed: number): Matrix => {
  const m = new Matrix(rows, columns);
  let state = seed | 1;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
  for (let e = 0; e < rows * columns; e++) {
    m.re[e] = next();
    if (kind === "complex128") m.im[e] = next();
  }
  return m;
};

const rows = (values: readonly (readonly number[])[]): Matrix => {
  const m = new Matrix(values.length, values[0].length);
  m.re.set(values.flat());
  return m;
};
const adjoint = (m: Matrix): Matrix => m.transposed(true);
const diagonal = (values: Matrix, r: number, c: number): Matrix => {
  const m = new Matrix(r, c);
  for (let k = 0; k < values.columns; k++) m.set(k, k, values.get(0, k));
  return m;
};

const expectEqual = (a: Matrix, b: Matrix, tolerance = 1e-12): void => {
  expect([a.rows, a.columns]).toEqual([b.rows, b.columns]);
  const scale = Math.max(1, ...b.re.map(Math.abs), ...b.im.map(Math.abs));
  for (const part of ["re", "im"] as const) {
    a[part].forEach((x, k) => {
      expect(Math.abs(x - b[part][k]), `${part}[${k}]: ${x} and ${b[part][k]}`).toBeLessThanOrEqual(tolerance * scale);
    });
  }
};
const expectUnitary = (q: Matrix): void => expectEqual(multiply(adjoint(q), q), Matrix.identity(q.columns));
const expectUpper = (m: Matrix, subdiagonals = 0): void => {
  for (let i = 0; i < m.rows; i++)
    for (let j = 0; j < Math.min(m.columns, i - subdiagonals); j++) expect(m.absolute(i, j)).toBe(0);
};

const sizes = fc.integer({ min: 1, max: 9 });
const seeds = fc.integer();
const check = <T extends unknown[]>(arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> }, body: (...args: T) => void) =>
  fc.assert(
    fc.property(fc.tuple(...(arbitraries as [])), (args) => body(...(args as unknown as T))),
    { numRuns: 60 },
  );

const hermitian = (kind: Kind, n: number, seed: number): Matrix => {
  const a = random(kind, n, n, seed);
  return multiply(a, adjoint(a));
};

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
