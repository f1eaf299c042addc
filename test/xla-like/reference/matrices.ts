/** Random matrices, calls of the routines on them, and what is expected of the factors. */
import fc from "fast-check";
import { expect } from "vitest";
import { type ArrayShape, arrayShape, type CustomCallTarget, type DType, type Instr } from "../../../xla-like/index.js";
import { Matrix, multiply } from "../../../xla-like/reference/linalg/matrix.js";
import { run } from "./helpers.js";

type Config = Instr<"custom-call">["config"];
export type Kind = "float64" | "complex128";
export const kinds = fc.constantFrom<Kind>("float64", "complex128");

/** Results of a routine as matrices. */
export const call = (
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

export const mat = (kind: Kind, rows: number, columns: number): ArrayShape => arrayShape(kind, [rows, columns]);
export const vec = (n: number, kind: DType = "float64"): ArrayShape => arrayShape(kind, [n]);

export const random = (kind: Kind, rows: number, columns: number, seed: number): Matrix => {
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

export const rows = (values: readonly (readonly number[])[]): Matrix => {
  const m = new Matrix(values.length, values[0].length);
  m.re.set(values.flat());
  return m;
};
export const adjoint = (m: Matrix): Matrix => m.transposed(true);
export const diagonal = (values: Matrix, r: number, c: number): Matrix => {
  const m = new Matrix(r, c);
  for (let k = 0; k < values.columns; k++) m.set(k, k, values.get(0, k));
  return m;
};

export const expectEqual = (a: Matrix, b: Matrix, tolerance = 1e-12): void => {
  expect([a.rows, a.columns]).toEqual([b.rows, b.columns]);
  const scale = Math.max(1, ...b.re.map(Math.abs), ...b.im.map(Math.abs));
  for (const part of ["re", "im"] as const) {
    a[part].forEach((x, k) => {
      expect(Math.abs(x - b[part][k]), `${part}[${k}]: ${x} and ${b[part][k]}`).toBeLessThanOrEqual(tolerance * scale);
    });
  }
};
export const expectUnitary = (q: Matrix): void => expectEqual(multiply(adjoint(q), q), Matrix.identity(q.columns));
export const expectUpper = (m: Matrix, subdiagonals = 0): void => {
  for (let i = 0; i < m.rows; i++)
    for (let j = 0; j < Math.min(m.columns, i - subdiagonals); j++) expect(m.absolute(i, j)).toBe(0);
};

export const sizes = fc.integer({ min: 1, max: 9 });
export const seeds = fc.integer();
export const check = <T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  body: (...args: T) => void,
) =>
  fc.assert(
    fc.property(fc.tuple(...(arbitraries as [])), (args) => body(...(args as unknown as T))),
    { numRuns: 60 },
  );

export const hermitian = (kind: Kind, n: number, seed: number): Matrix => {
  const a = random(kind, n, n, seed);
  return multiply(a, adjoint(a));
};
