/** Golden arrays as tensors and back, and the elementwise functions by JAX's names. */
import { expect } from "vitest";
import { fromHost } from "../../src/core/device-tensor.js";
import type { DType } from "../../src/core/dtype.js";
import { readElement, type ScalarValue, writeElement } from "../../src/core/elements.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as p from "../../src/primitives/index.js";
import "../../src/interpreters/index.js";
import { hostArray } from "../../xla-like/index.js";
import { decodeNumber, type GoldenArray } from "../golden/read.js";

export function tensor(values: readonly ScalarValue[], dtype: DType = "float32", shape = [values.length]): Tensor {
  const data = hostArray(dtype, values.length);
  for (const [i, v] of values.entries()) writeElement(data, i, dtype, v);
  return fromHost(data, shape, dtype);
}

export const scalar = (value: ScalarValue, dtype: DType = "float32"): Tensor => tensor([value], dtype, []);

/** The elements, row-major. */
export function elements(x: Tensor): ScalarValue[] {
  const data = x.concrete("elements").hostData();
  return Array.from({ length: x.size }, (_, i) => readElement(data, i, x.dtype));
}

const isWide = (dtype: string): boolean => dtype === "int64" || dtype === "uint64";

const goldenElements = (a: GoldenArray): ScalarValue[] =>
  a.data.map((v) => {
    if (typeof v === "boolean") return v;
    if (typeof v === "object") return { re: decodeNumber(v[0]), im: decodeNumber(v[1]) };
    return isWide(a.dtype) ? BigInt(v) : decodeNumber(v);
  });

export const fromGolden = (a: GoldenArray): Tensor =>
  a.dtype === "float0"
    ? fromHost(hostArray("float0", 0), a.shape, "float0")
    : tensor(goldenElements(a), a.dtype as DType, [...a.shape]);

function close(actual: number, wanted: number, tolerance: number, floor: number): boolean {
  if (Object.is(actual, wanted) || (tolerance > 0 && actual === wanted)) return true;
  // JAX's CPU backend flushes results below the smallest normal number to zero.
  if (wanted === 0 && Math.abs(actual) < 2 ** -126) return true;
  return Math.abs(actual - wanted) <= tolerance * Math.max(floor, Math.abs(wanted));
}

/**
 * Dtype, shape and elements; the latter within a tolerance, or the same including the sign of zeros. The tolerance is
 * relative, for values below `floor` absolute.
 */
export function expectGolden(x: Tensor, golden: GoldenArray, tolerance = 0, floor = 0): void {
  expect([x.dtype, x.shape]).toEqual([golden.dtype, golden.shape]);
  if (golden.dtype === "float0") return;
  const [actual, wanted] = [elements(x), goldenElements(golden)];
  const parts = (v: ScalarValue): number[] => (typeof v === "object" ? [v.re, v.im] : [Number(v)]);
  const scale = (v: ScalarValue): number => (typeof v === "object" ? Math.hypot(v.re, v.im) : 0);
  const ok = actual.every((v, i) => {
    const w = wanted[i];
    if (typeof v === "bigint") return v === w;
    // A complex number is as accurate as its modulus: a part that cancels to nearly zero is not.
    return parts(v).every(
      (a, k) => close(a, parts(w)[k], tolerance, floor) || Math.abs(a - parts(w)[k]) <= tolerance * scale(w),
    );
  });
  if (!ok) expect(actual).toEqual(wanted);
}

export type Argument = Tensor | number;

/** Functions of tensors (or numbers beside them) by the names of jax.lax. */
export const lax: Readonly<Record<string, (...xs: never[]) => Tensor>> = {
  abs: p.abs,
  acos: p.acos,
  acosh: p.acosh,
  add: p.add,
  asin: p.asin,
  asinh: p.asinh,
  atan: p.atan,
  atan2: p.atan2,
  atanh: p.atanh,
  bessel_i0e: p.besselI0e,
  bessel_i1e: p.besselI1e,
  betainc: p.betainc,
  bitwise_and: p.bitwiseAnd,
  bitwise_not: p.bitwiseNot,
  bitwise_or: p.bitwiseOr,
  bitwise_xor: p.bitwiseXor,
  cbrt: p.cbrt,
  ceil: p.ceil,
  clamp: p.clamp,
  clz: p.clz,
  complex: p.complex,
  conj: p.conj,
  cos: p.cos,
  cosh: p.cosh,
  digamma: p.digamma,
  div: p.div,
  eq: p.eq,
  erf: p.erf,
  erf_inv: p.erfInv,
  erfc: p.erfc,
  exp: p.exp,
  exp2: p.exp2,
  expm1: p.expm1,
  floor: p.floor,
  ge: p.ge,
  gt: p.gt,
  igamma: p.igamma,
  igamma_grad_a: p.igammaGradA,
  igammac: p.igammac,
  imag: p.imag,
  integer_pow: p.integerPow,
  is_finite: p.isFinite,
  le: p.le,
  lgamma: p.lgamma,
  log: p.log,
  log1p: p.log1p,
  logistic: p.logistic,
  lt: p.lt,
  max: p.max,
  min: p.min,
  mul: p.mul,
  mulhi: p.mulhi,
  ne: p.ne,
  neg: p.neg,
  nextafter: p.nextafter,
  polygamma: p.polygamma,
  population_count: p.populationCount,
  pow: p.pow,
  random_gamma_grad: p.randomGammaGrad,
  real: p.real,
  reciprocal: p.reciprocal,
  reduce_precision: p.reducePrecision,
  rem: p.rem,
  rsqrt: p.rsqrt,
  select: p.select,
  select_n: p.selectN,
  shift_left: p.shiftLeft,
  shift_right_arithmetic: p.shiftRightArithmetic,
  shift_right_logical: p.shiftRightLogical,
  sign: p.sign,
  sin: p.sin,
  sinh: p.sinh,
  sqrt: p.sqrt,
  square: p.square,
  sub: p.sub,
  tan: p.tan,
  tanh: p.tanh,
  zeta: p.zeta,
};
