// Linear algebra and Fourier transforms as a card does them, over stand-ins for cuSOLVER, cuBLAS and cuFFT.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitLibraryCall } from "../../../../xla-like/5-emit/cuda/libraries/index.js";
import {
  type ArrayShape,
  arrayShape,
  type CustomCallTarget,
  type DType,
  HloBuilder,
  type HloInstruction,
  type HostArray,
  type Instr,
} from "../../../../xla-like/index.js";
import { evaluate } from "../../../../xla-like/reference/evaluate.js";
import { cublas, cufft, cusolver, hasOpenBlas } from "../../../native/stand-ins.js";
import { expectClose, sample } from "../cpu/kernels/harness.js";
import { type Ran, runWork, useStandIns, whyNoLibraries } from "./libraries.js";

type Config = Instr<"custom-call">["config"];

const why = whyNoLibraries ?? (hasOpenBlas ? undefined : "no OpenBLAS to stand in for cuSOLVER");

function call(
  target: CustomCallTarget,
  operands: readonly ArrayShape[],
  results: readonly ArrayShape[],
  config: Config,
) {
  const b = new HloBuilder("main");
  const xs = operands.map((s) => b.parameter(s));
  const outs = b.customCall(target, xs, results, { config });
  const i: HloInstruction = outs[0].operands[0];
  return { module: b.module("program", outs), i };
}

interface Called extends Ran {
  /** What the reference evaluator gives. */
  readonly want: readonly HostArray[];
}

function run(
  target: CustomCallTarget,
  args: readonly (readonly [ArrayShape, HostArray])[],
  results: readonly ArrayShape[],
  config: Config = {},
): Called {
  const { module, i } = call(target, args.map(([s]) => s), results, config); // biome-ignore format: one line
  const data = args.map(([, d]) => d);
  const ran = runWork(i, data, (ir, symbol, cudaTarget) => emitLibraryCall(ir, i, symbol, cudaTarget));
  return { ...ran, want: evaluate(module, data) };
}

const isComplex = (d: DType): boolean => d.startsWith("complex");
const realOf = (d: DType): DType => (d === "complex64" ? "float32" : d === "complex128" ? "float64" : d);
const epsilon = (d: DType): number => (realOf(d) === "float32" ? 1e-5 : 1e-12);

/** A complex matrix of a batch, with what the checks need. */
class Matrix {
  constructor(
    readonly rows: number,
    readonly columns: number,
    readonly at: (i: number, j: number) => readonly [re: number, im: number],
  ) {}

  static of({ dtype, dims }: ArrayShape, data: HostArray, batch: number): Matrix {
    const [rows, columns] = dims.slice(-2);
    const start = batch * rows * columns;
    const number = (k: number): readonly [number, number] =>
      isComplex(dtype) ? [Number(data[2 * k]), Number(data[2 * k + 1])] : [Number(data[k]), 0];
    return new Matrix(rows, columns, (i, j) => number(start + i * columns + j));
  }

  get adjoint(): Matrix {
    return new Matrix(this.columns, this.rows, (i, j) => [this.at(j, i)[0], -this.at(j, i)[1]]);
  }

  times(other: Matrix): Matrix {
    const made = Array.from({ length: this.rows }, (_, i) =>
      Array.from({ length: other.columns }, (_, j) => {
        let [re, im] = [0, 0];
        for (let k = 0; k < this.columns; k++) {
          const [[a, b], [c, d]] = [this.at(i, k), other.at(k, j)];
          re += a * c - b * d;
          im += a * d + b * c;
        }
        return [re, im] as const;
      }),
    );
    return new Matrix(this.rows, other.columns, (i, j) => made[i][j]);
  }

  /** Columns multiplied by numbers. */
  scaled(by: (j: number) => readonly [number, number]): Matrix {
    return new Matrix(this.rows, this.columns, (i, j) => {
      const [[a, b], [c, d]] = [this.at(i, j), by(j)];
      return [a * c - b * d, a * d + b * c];
    });
  }

  first(columns: number): Matrix {
    return new Matrix(this.rows, columns, this.at);
  }

  expectEqual(other: Matrix, tolerance: number): void {
    expect([this.rows, this.columns]).toEqual([other.rows, other.columns]);
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.columns; j++) {
        const [[a, b], [c, d]] = [this.at(i, j), other.at(i, j)];
        expect(Math.hypot(a - c, b - d), `element ${i}, ${j}`).toBeLessThan(tolerance);
      }
    }
  }
}

const identity = (n: number): Matrix => new Matrix(n, n, (i, j) => [i === j ? 1 : 0, 0]);

/** Matrices with a known spectrum that is well away from what is singular. */
function positive(dtype: DType, batch: number, n: number): HostArray {
  const s = arrayShape(dtype, [batch, n, n]);
  const data = sample(s, 3);
  const out = sample(s, 4);
  const unit = isComplex(dtype) ? 2 : 1;
  for (let b = 0; b < batch; b++) {
    const m = Matrix.of(s, data, b);
    const product = m.times(m.adjoint);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const k = unit * ((b * n + i) * n + j);
        const [re, im] = product.at(i, j);
        out[k] = re + (i === j ? 1 : 0);
        if (unit === 2) out[k + 1] = im;
      }
    }
  }
  return out;
}

const types: readonly DType[] = ["float32", "float64", "complex64", "complex128"];

describe.skipIf(why !== undefined)(`linear algebra on a card${why ? ` (skipped: ${why})` : ""}`, () => {
  let remove = (): void => undefined;
  beforeAll(() => {
    remove = useStandIns([cublas, cufft, cusolver]);
  }, 120_000);
  afterAll(() => remove());

  it.each(types)("factors positive matrices of %s", (dtype) => {
    const shape = arrayShape(dtype, [3, 5, 5]);
    const ran = run("cholesky", [[shape, positive(dtype, 3, 5)]], [shape]);
    expectClose(shape, ran.results[0], ran.want[0], 10);
    expect(ran.steps).toEqual(["kernel", "potrf", "kernel"]);
  });

  it("gives no numbers for a matrix without a factor, and those of its neighbours", () => {
    const shape = arrayShape("float64", [2, 2, 2]);
    const ran = run("cholesky", [[shape, Float64Array.of(1, 2, 2, 1, 4, 0, 0, 9)]], [shape]);
    expect([...ran.results[0]]).toEqual([Number.NaN, 0, Number.NaN, Number.NaN, 2, 0, 0, 3]);
  });

  const flags = [false, true];
  it.each(types)("solves triangular systems of %s", (dtype) => {
    for (const leftSide of flags) {
      for (const lower of flags) {
        for (const transposeA of flags) {
          const options = [[false, false], [true, false], [false, true]]; // biome-ignore format: a table
          for (const [conjugateA, unitDiagonal] of isComplex(dtype) ? options : [options[0], options[2]]) {
            const a = arrayShape(dtype, [2, 4, 4]);
            const rhs = arrayShape(dtype, leftSide ? [2, 4, 3] : [2, 3, 4]);
            const config = { leftSide, lower, transposeA, conjugateA, unitDiagonal };
            const ran = run("triangular-solve", [[a, positive(dtype, 2, 4)], [rhs, sample(rhs, 5)]], [rhs], config); // biome-ignore format: one line
            expectClose(rhs, ran.results[0], ran.want[0], 300);
          }
        }
      }
    }
  });

  it.each(types)("factors matrices of %s with pivots", (dtype) => {
    for (const [rows, columns] of [
      [5, 5],
      [6, 4],
      [3, 5],
    ]) {
      // biome-ignore format: a table
      const a = arrayShape(dtype, [3, rows, columns]);
      const steps = Math.min(rows, columns);
      const results = [a, arrayShape("int32", [3, steps]), arrayShape("int32", [3, rows])];
      const ran = run("lu", [[a, sample(a, 6)]], results);
      results.forEach((s, k) => expectClose(s, ran.results[k], ran.want[k], 10));
    }
  });

  it.each(types)("factors matrices of %s into orthogonal and triangular ones", (dtype) => {
    for (const [rows, columns] of [
      [5, 5],
      [6, 4],
      [3, 5],
    ]) {
      // biome-ignore format: a table
      for (const fullMatrices of flags) {
        const a = arrayShape(dtype, [2, rows, columns]);
        const size = fullMatrices ? rows : Math.min(rows, columns);
        const [q, r] = [arrayShape(dtype, [2, rows, size]), arrayShape(dtype, [2, size, columns])];
        const data = sample(a, 7);
        const { results } = run("qr", [[a, data]], [q, r], { fullMatrices });
        for (let b = 0; b < 2; b++) {
          const [left, right] = [Matrix.of(q, results[0], b), Matrix.of(r, results[1], b)];
          left.times(right).expectEqual(Matrix.of(a, data, b), 10 * epsilon(dtype));
          left.adjoint.times(left).expectEqual(identity(size), 10 * epsilon(dtype));
          for (let i = 0; i < size; i++) for (let j = 0; j < Math.min(i, columns); j++) expect(right.at(i, j)).toEqual([0, 0]);
        }
      }
    }
  });

  it.each(types)("finds singular values of %s", (dtype) => {
    for (const [rows, columns] of [
      [4, 4],
      [5, 3],
      [3, 5],
    ]) {
      // biome-ignore format: a table
      const a = arrayShape(dtype, [2, rows, columns]);
      const steps = Math.min(rows, columns);
      const values = arrayShape(realOf(dtype), [2, steps]);
      const data = sample(a, 8);
      for (const fullMatrices of flags) {
        const u = arrayShape(dtype, [2, rows, fullMatrices ? rows : steps]);
        const vh = arrayShape(dtype, [2, fullMatrices ? columns : steps, columns]);
        const { results, want } = run("svd", [[a, data]], [values, u, vh], { computeUv: true, fullMatrices });
        expectClose(values, results[0], want[0], 10);
        for (let b = 0; b < 2; b++) {
          const [left, right] = [Matrix.of(u, results[1], b), Matrix.of(vh, results[2], b)];
          const scaled = left.first(steps).scaled((j) => [Number(results[0][b * steps + j]), 0]);
          const rest = new Matrix(steps, columns, right.at);
          scaled.times(rest).expectEqual(Matrix.of(a, data, b), 10 * epsilon(dtype));
          left.adjoint.times(left).expectEqual(identity(left.columns), 10 * epsilon(dtype));
          right.times(right.adjoint).expectEqual(identity(right.rows), 10 * epsilon(dtype));
        }
      }
      const alone = run("svd", [[a, data]], [values], { computeUv: false });
      expectClose(values, alone.results[0], alone.want[0], 10);
    }
  });

  it.each(types)("finds eigenvalues of Hermitian matrices of %s", (dtype) => {
    const [a, values] = [arrayShape(dtype, [2, 4, 4]), arrayShape(realOf(dtype), [2, 4])];
    const data = positive(dtype, 2, 4);
    for (const lower of flags) {
      // Nothing is read of the other triangle.
      const given = data.slice();
      const unit = isComplex(dtype) ? 2 : 1;
      for (let k = 0; k < 32; k++) {
        const [row, column] = [(k >> 2) % 4, k % 4];
        if (lower ? column > row : column < row) given[unit * k] = 1e3;
      }
      const { results, want } = run("eigh", [[a, given]], [a, values], { lower });
      expectClose(values, results[1], want[1], 30);
      for (let b = 0; b < 2; b++) {
        const v = Matrix.of(a, results[0], b);
        const scaled = v.scaled((j) => [Number(results[1][b * 4 + j]), 0]);
        Matrix.of(a, data, b)
          .times(v)
          .expectEqual(scaled, 30 * epsilon(dtype));
        v.adjoint.times(v).expectEqual(identity(4), 10 * epsilon(dtype));
      }
    }
  });

  it.each(types)("finds eigenvalues of any matrices of %s, and right eigenvectors", (dtype) => {
    const complex: DType = realOf(dtype) === "float32" ? "complex64" : "complex128";
    const [a, values, vectors] = [
      arrayShape(dtype, [3, 5, 5]),
      arrayShape(complex, [3, 5]),
      arrayShape(complex, [3, 5, 5]),
    ];
    const data = sample(a, 9);
    const config = { computeLeft: false, computeRight: true };
    const { results } = run("eig", [[a, data]], [values, vectors], config);
    for (let b = 0; b < 3; b++) {
      const v = Matrix.of(vectors, results[1], b);
      const scaled = v.scaled((j) => [Number(results[0][2 * (b * 5 + j)]), Number(results[0][2 * (b * 5 + j) + 1])]);
      Matrix.of(a, data, b)
        .times(v)
        .expectEqual(scaled, 50 * epsilon(dtype));
    }
    const alone = run("eig", [[a, data]], [values], { computeLeft: false, computeRight: false });
    expect(alone.results[0]).toEqual(results[0]);
  });

  it("has no left eigenvectors, nor what no library has", () => {
    const [a, v] = [arrayShape("float32", [2, 2]), arrayShape("complex64", [2, 2])];
    const values = arrayShape("complex64", [2]);
    expect(() => run("eig", [[a, sample(a)]], [values, v], { computeLeft: true, computeRight: false })).toThrow(
      "computeLeftEigenvectors",
    );
    expect(() => run("schur", [[a, sample(a)]], [a, a])).toThrow("libraries have none");
  });

  it("has results for matrices without rows or columns", () => {
    const q = arrayShape("float32", [2, 3, 3]);
    const [a, r] = [arrayShape("float32", [2, 3, 0]), arrayShape("float32", [2, 3, 0])];
    const { results } = run("qr", [[a, new Float32Array(0)]], [q, r], { fullMatrices: true });
    expect([...results[0].slice(0, 9)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const permutation = run(
      "lu",
      [[a, new Float32Array(0)]],
      [a, arrayShape("int32", [2, 0]), arrayShape("int32", [2, 3])],
    );
    expect([...permutation.results[2]]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  it.each([
    ["fft", "complex64", [6], [3, 6], "complex64", [3, 6]],
    ["fft", "complex128", [2, 4, 3], [2, 2, 4, 3], "complex128", [2, 2, 4, 3]],
    ["ifft", "complex64", [5], [4, 5], "complex64", [4, 5]],
    ["ifft", "complex128", [3, 4], [3, 4], "complex128", [3, 4]],
    ["rfft", "float32", [8], [3, 8], "complex64", [3, 5]],
    ["rfft", "float64", [3, 5], [2, 3, 5], "complex128", [2, 3, 3]],
    ["irfft", "complex64", [8], [3, 5], "float32", [3, 8]],
    ["irfft", "complex64", [7], [2, 4], "float32", [2, 7]],
  ] as const)("transforms: %s of %s, lengths %j", (fftType, from, fftLength, inDims, to, outDims) => {
    const [x, y] = [arrayShape(from, inDims), arrayShape(to, outDims)];
    const ran = run("fft", [[x, sample(x, 10)]], [y], { fftType, fftLength: [...fftLength] });
    expectClose(y, ran.results[0], ran.want[0], 30);
  });

  it("transforms spectra of real arrays of two dimensions", () => {
    const [x, half] = [arrayShape("float64", [2, 3, 6]), arrayShape("complex128", [2, 3, 4])];
    const data = sample(x, 11);
    const there = run("fft", [[x, data]], [half], { fftType: "rfft", fftLength: [3, 6] });
    const back = run("fft", [[half, there.results[0]]], [x], { fftType: "irfft", fftLength: [3, 6] });
    expectClose(x, back.results[0], data, 3);
  });
});
