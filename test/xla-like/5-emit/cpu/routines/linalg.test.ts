// Decompositions: what is unique equals the reference evaluator's, and the rest keeps its promises.
import { describe, expect, test } from "vitest";
import {
  type ArrayShape,
  arrayShape,
  type CustomCallTarget,
  complexOf,
  type DType,
  type HostArray,
  type Instr,
  isComplex,
  realPart,
} from "../../../../../xla-like/index.js";
import { Matrix, multiply } from "../../../../../xla-like/reference/linalg/matrix.js";
import { both, hasRoutine, type Operand, randomData } from "./helpers.js";

type Config = Instr<"custom-call">["config"];
const kinds = ["float32", "float64", "complex64", "complex128"] as const;
type Kind = (typeof kinds)[number];

/** Rounding errors of a few dozen operations. */
const toleranceOf = (kind: Kind): number => (realPart(kind) === "float32" ? 2e-5 : 4e-14);

/** One matrix of a batch. */
function matrixOf(data: HostArray, { dtype, dims }: ArrayShape, batch: number): Matrix {
  const [rows, columns] = dims.length === batchRank(dims) + 1 ? [1, dims[dims.length - 1]] : dims.slice(-2);
  const m = new Matrix(rows, columns);
  for (let e = 0; e < rows * columns; e++) {
    const at = batch * rows * columns + e;
    m.re[e] = Number(isComplex(dtype) ? data[2 * at] : data[at]);
    if (isComplex(dtype)) m.im[e] = Number(data[2 * at + 1]);
  }
  return m;
}
/** Every case has one batch dimension. */
const batchRank = (_: readonly number[]): number => 1;

interface Results {
  readonly native: readonly Matrix[];
  readonly reference: readonly Matrix[];
}

/** Of each matrix of the batch. */
function call(
  target: CustomCallTarget,
  operands: readonly Operand[],
  results: readonly ArrayShape[],
  config: Config = {},
): Results[] {
  const { native, reference } = both(operands, (b, xs) => b.customCall(target, xs, results, { config }));
  const matrices = (data: readonly HostArray[], i: number): Matrix[] => data.map((d, k) => matrixOf(d, results[k], i));
  return Array.from({ length: operands[0].dims[0] }, (_, i) => ({
    native: matrices(native, i),
    reference: matrices(reference, i),
  }));
}

const batch = 3;
const shape = (kind: DType, ...dims: readonly number[]): ArrayShape => arrayShape(kind, [batch, ...dims]);

const random = (kind: Kind, rows: number, columns: number, seed = 1): Operand => ({
  dtype: kind,
  dims: [batch, rows, columns],
  data: randomData(kind, batch * rows * columns, seed + rows * columns, 1),
});
const inputOf = (x: Operand, i: number): Matrix => matrixOf(x.data, arrayShape(x.dtype, x.dims), i);

const operandOf = (kind: Kind, matrices: readonly Matrix[]): Operand => {
  const [{ rows, columns }] = matrices;
  const unit = isComplex(kind) ? 2 : 1;
  const data =
    realPart(kind) === "float32"
      ? new Float32Array(batch * rows * columns * unit)
      : new Float64Array(batch * rows * columns * unit);
  matrices.forEach((m, i) => {
    for (let e = 0; e < rows * columns; e++) {
      data[unit * (i * rows * columns + e)] = m.re[e];
      if (unit === 2) data[2 * (i * rows * columns + e) + 1] = m.im[e];
    }
  });
  return { dtype: kind, dims: [batch, rows, columns], data };
};

/** A Aᴴ + I: Hermitian and positive definite. */
const positive = (kind: Kind, n: number): Operand => {
  const a = random(kind, n, n);
  return operandOf(
    kind,
    Array.from({ length: batch }, (_, i) => {
      const m = inputOf(a, i);
      const p = multiply(m, m.transposed(true));
      for (let k = 0; k < n; k++) p.re[p.at(k, k)] += 1;
      return p;
    }),
  );
};

function expectClose(a: Matrix, b: Matrix, tolerance: number): void {
  expect([a.rows, a.columns]).toEqual([b.rows, b.columns]);
  const scale = Math.max(1, ...b.re.map((x) => Math.abs(x) || 0), ...b.im.map((x) => Math.abs(x) || 0));
  for (const part of ["re", "im"] as const) {
    const wrong = a[part].findIndex(
      (x, k) => !Object.is(x, b[part][k]) && !(Math.abs(x - b[part][k]) <= tolerance * scale),
    );
    expect(wrong, `${part}: ${a[part][wrong]} and ${b[part][wrong]}`).toBe(-1);
  }
}
const expectUnitary = (q: Matrix, tolerance: number): void =>
  expectClose(multiply(q.transposed(true), q), Matrix.identity(q.columns), tolerance);

const scaledColumns = (m: Matrix, values: Matrix): Matrix => {
  const out = m.clone();
  for (let i = 0; i < m.rows; i++) {
    for (let j = 0; j < m.columns; j++) {
      const { re, im } = m.get(i, j);
      const s = values.get(0, j);
      out.set(i, j, { re: re * s.re - im * s.im, im: re * s.im + im * s.re });
    }
  }
  return out;
};

describe.runIf(hasRoutine("cholesky")).each(kinds)("linear algebra of %s", (kind) => {
  const tolerance = toleranceOf(kind);
  const real = realPart(kind);

  test("cholesky", () => {
    for (const n of [1, 2, 5, 33, 200]) {
      const a = positive(kind, n);
      for (const { native, reference } of call("cholesky", [a], [shape(kind, n, n)])) {
        expectClose(native[0], reference[0], 20 * tolerance);
      }
    }
  });

  test("cholesky of matrices that are not positive definite is NaN below", () => {
    for (const n of [3, 210]) {
      const a = positive(kind, n);
      const unit = isComplex(kind) ? 2 : 1;
      const last = unit * (n * n - 1);
      a.data[last] = -1;
      a.data[unit * n * n] = Number.NaN;
      const [first, second, third] = call("cholesky", [a], [shape(kind, n, n)]);
      expectClose(first.native[0], first.reference[0], 0);
      expectClose(second.native[0], second.reference[0], 0);
      expect(third.native[0].isFinite).toBe(true);
    }
  });

  test("triangular-solve in all its forms", () => {
    for (const [n, sides] of [
      [1, 3],
      [6, 4],
      [20, 70],
    ]) {
      for (let form = 0; form < 32; form++) {
        const [leftSide, lower, transposeA, conjugateA, unitDiagonal] = [1, 2, 4, 8, 16].map(
          (bit) => (form & bit) !== 0,
        );
        const a = positive(kind, n);
        const b = leftSide ? random(kind, n, sides) : random(kind, sides, n);
        // Well conditioned even with a unit diagonal.
        for (let k = 0; k < a.data.length; k++) a.data[k] = Number(a.data[k]) / (2 * n);
        const at = (i: number, k: number): number => (isComplex(kind) ? 2 : 1) * (i * n * n + k * n + k);
        for (let i = 0; i < batch; i++) for (let k = 0; k < n; k++) a.data[at(i, k)] = 1 + k / n;
        const config = { leftSide, lower, transposeA, conjugateA, unitDiagonal };
        for (const { native, reference } of call("triangular-solve", [a, b], [arrayShape(kind, b.dims)], config)) {
          expectClose(native[0], reference[0], 10 * tolerance);
        }
      }
    }
  });

  const sizes = [
    [1, 1],
    [4, 4],
    [7, 4],
    [4, 7],
    [40, 25],
    [25, 40],
  ] as const;

  test("lu: the same pivots, and the same factors", () => {
    for (const [m, n] of sizes) {
      const a = random(kind, m, n);
      const results = [shape(kind, m, n), shape("int32", Math.min(m, n)), shape("int32", m)];
      for (const { native, reference } of call("lu", [a], results)) {
        expect(native[1].re).toEqual(reference[1].re);
        expect(native[2].re).toEqual(reference[2].re);
        expectClose(native[0], reference[0], 20 * tolerance);
      }
    }
  });

  test("lu of singular matrices", () => {
    const a: Operand = { ...random(kind, 4, 4), data: randomData(kind, batch * 16, 1, 0) };
    const results = [shape(kind, 4, 4), shape("int32", 4), shape("int32", 4)];
    for (const { native, reference } of call("lu", [a], results)) {
      native.forEach((x, k) => {
        expectClose(x, reference[k], 0);
      });
    }
  });

  test("qr: the same factors, signs included", () => {
    for (const [m, n] of sizes) {
      for (const fullMatrices of [false, true]) {
        const size = fullMatrices ? m : Math.min(m, n);
        const results = [shape(kind, m, size), shape(kind, size, n)];
        for (const { native, reference } of call("qr", [random(kind, m, n)], results, { fullMatrices })) {
          const [q, r] = native;
          expectClose(r, reference[1], 20 * tolerance);
          expectUnitary(q, 10 * tolerance);
          const steps = Math.min(m, n);
          expectClose(q.resized(m, steps), reference[0].resized(m, steps), 50 * tolerance);
        }
      }
    }
  });

  test("svd: the same values, and vectors that give the matrix", () => {
    for (const [m, n] of sizes) {
      for (const fullMatrices of [false, true]) {
        const k = Math.min(m, n);
        const a = random(kind, m, n);
        const results = [shape(real, k), shape(kind, m, fullMatrices ? m : k), shape(kind, fullMatrices ? n : k, n)];
        call("svd", [a], results, { computeUv: true, fullMatrices }).forEach(({ native: [s, u, vh], reference }, i) => {
          expectClose(s, reference[0], 10 * tolerance);
          expectUnitary(u, 10 * tolerance);
          expectUnitary(vh.transposed(true), 10 * tolerance);
          expectClose(multiply(scaledColumns(u.resized(m, k), s), vh.resized(k, n)), inputOf(a, i), 20 * tolerance);
        });
        for (const { native, reference } of call("svd", [a], [shape(real, k)], { computeUv: false, fullMatrices })) {
          expectClose(native[0], reference[0], 10 * tolerance);
        }
      }
    }
  });

  test("eigh: the same values from either triangle, and vectors of them", () => {
    for (const n of [1, 2, 5, 30]) {
      for (const lower of [true, false]) {
        const a = positive(kind, n);
        const whole = Array.from({ length: batch }, (_, i) => inputOf(a, i));
        const unit = isComplex(kind) ? 2 : 1;
        // The other triangle is not read.
        for (let i = 0; i < batch; i++) {
          for (let p = 0; p < n; p++) {
            for (let q = 0; q < n; q++) if (lower ? q > p : q < p) a.data[unit * ((i * n + p) * n + q)] = 1e3;
          }
        }
        call("eigh", [a], [shape(kind, n, n), shape(real, n)], { lower }).forEach(
          ({ native: [v, w], reference }, i) => {
            expectClose(w, reference[1], 10 * tolerance);
            expectUnitary(v, 10 * tolerance);
            expectClose(multiply(whole[i], v), scaledColumns(v, w), 10 * tolerance);
          },
        );
      }
    }
  });

  test("eig: A v = λ v, uᴴ A = λ uᴴ", () => {
    const complex = complexOf(real);
    for (const n of [1, 2, 6, 25]) {
      const a = random(kind, n, n);
      for (const [computeLeft, computeRight] of [
        [true, true],
        [true, false],
        [false, true],
        [false, false],
      ]) {
        const vectors = [computeLeft, computeRight].flatMap((wanted) => (wanted ? [shape(complex, n, n)] : []));
        const results = [shape(complex, n), ...vectors];
        call("eig", [a], results, { computeLeft, computeRight }).forEach(
          ({ native: [values, ...vectorsFound], reference }, i) => {
            for (const part of ["re", "im"] as const) {
              const [found, expected] = [values, reference[0]].map((x) => Matrix.reals(x[part].toSorted()));
              expectClose(found, expected, 20 * tolerance);
            }
            const m = inputOf(a, i);
            if (computeRight) {
              const v = vectorsFound[vectorsFound.length - 1];
              expectClose(multiply(m, v), scaledColumns(v, values), 20 * tolerance);
            }
            if (computeLeft) {
              const u = vectorsFound[0];
              const conjugates = values.transposed(true).transposed(false);
              expectClose(multiply(m.transposed(true), u), scaledColumns(u, conjugates), 20 * tolerance);
            }
          },
        );
      }
    }
  });

  test("schur and hessenberg: Q T Qᴴ, with T of the promised form", () => {
    for (const n of [1, 2, 6, 25]) {
      const a = random(kind, n, n);
      for (const target of ["schur", "hessenberg"] as const) {
        call(target, [a], [shape(kind, n, n), shape(kind, n, n)]).forEach(({ native: [t, q] }, i) => {
          expectUnitary(q, 10 * tolerance);
          expectClose(multiply(multiply(q, t), q.transposed(true)), inputOf(a, i), 20 * tolerance);
          for (let p = 0; p < n; p++) for (let c = 0; c < p - 1; c++) expect(t.absolute(p, c)).toBe(0);
          if (target === "schur" && isComplex(kind)) for (let p = 1; p < n; p++) expect(t.absolute(p, p - 1)).toBe(0);
        });
      }
    }
  });

  test("what is not finite has no decomposition", () => {
    const a = random(kind, 4, 4);
    a.data[3] = Number.NaN;
    const complex = complexOf(real);
    const cases: readonly [CustomCallTarget, readonly ArrayShape[], Config][] = [
      ["svd", [shape(real, 4), shape(kind, 4, 4), shape(kind, 4, 4)], {}],
      ["eigh", [shape(kind, 4, 4), shape(real, 4)], { lower: false }],
      ["eig", [shape(complex, 4)], { computeLeft: false, computeRight: false }],
      ["schur", [shape(kind, 4, 4), shape(kind, 4, 4)], {}],
    ];
    for (const [target, results, config] of cases) {
      const [first, second] = call(target, [a], results, config);
      for (const m of first.native) expect(m.re.every(Number.isNaN), target).toBe(true);
      for (const m of second.native) expect(m.isFinite, target).toBe(true);
    }
  });
});
