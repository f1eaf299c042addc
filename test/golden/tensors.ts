// Recorded arguments as tensors and numbers, and comparison of tensors with recorded results.
import { expect } from "vitest";
import { ShapedArray } from "../../src/core/aval.js";
import { DeviceTensor } from "../../src/core/device-tensor.js";
import { type DType, dtypes, isComplex } from "../../src/core/dtype.js";
import { literal, readElement, type ScalarValue, writeElement } from "../../src/core/scalars.js";
import { Tensor } from "../../src/core/tensor.js";
import { defaultDevice } from "../../src/core/devices.js";
import { arrayShape, hostArray } from "../../xla-like/index.js";
import { decodeNumber, type GoldenArray, type GoldenNumber, type GoldenValue, isGoldenArray } from "./read.js";

const element = (x: GoldenArray["data"][number], dtype: string): ScalarValue => {
  if (typeof x === "boolean") return x;
  if (typeof x === "object") return { re: decodeNumber(x[0]), im: decodeNumber(x[1]) };
  return dtype === "int64" || dtype === "uint64" ? BigInt(x) : decodeNumber(x);
};

/** A recorded array as a tensor of its dtype and weakness. */
export function goldenTensor(a: GoldenArray): Tensor {
  const dtype = a.dtype as DType;
  const data = hostArray(dtype, a.data.length);
  a.data.forEach((x, i) => writeElement(data, i, dtype, element(x, dtype)));
  const device = defaultDevice();
  const buffer = device.client.fromHost(data, arrayShape(dtype, a.shape), device);
  return new DeviceTensor(new ShapedArray(a.shape, dtype, a.weak), buffer, false);
}

/** A recorded argument: arrays become tensors; Python floats weak scalars, or with `plain` numbers. */
export function goldenArgument(x: GoldenValue, plain = false): unknown {
  if (x === null || typeof x === "boolean") return x;
  if (typeof x === "number") return x;
  if (typeof x === "string") return ["nan", "inf", "-inf", "-0"].includes(x) ? decodeNumber(x) : x;
  if (isGoldenArray(x)) return goldenTensor(x);
  if (Array.isArray(x)) return x.map((y: GoldenValue) => goldenArgument(y, plain));
  const record = x as Readonly<Record<string, GoldenValue>>;
  if ("float" in record) {
    const value = decodeNumber(record.float as GoldenNumber);
    return plain ? value : literal(value, "float32", true);
  }
  if ("complex" in record) {
    const [re, im] = record.complex as readonly GoldenNumber[];
    return { re: decodeNumber(re), im: decodeNumber(im) };
  }
  if ("dtype" in record) return record.dtype;
  if ("kind" in record) return record.kind;
  return Object.fromEntries(Object.entries(record).map(([k, v]) => [k, goldenArgument(v, plain)]));
}

/** Relative and absolute tolerance by dtype: a few units in the last place of results near one. */
const tolerances: Partial<Record<DType, number>> = {
  float16: 2e-3,
  bfloat16: 1.6e-2,
  float32: 2e-6,
  complex64: 2e-6,
  float64: 1e-13,
  complex128: 1e-13,
};

const close = (a: number, b: number, tolerance: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

/** Whether a tensor is the recorded array: dtype, shape, weakness and elements. Returns what differs. */
export function difference(x: unknown, golden: GoldenArray, tolerance?: number): string | null {
  if (!(x instanceof Tensor)) return `not a tensor: ${String(x)}`;
  const type = (dtype: string, shape: readonly number[], weak: boolean) => `${dtype}[${shape}]${weak ? "*" : ""}`;
  const [got, want] = [type(x.dtype, x.shape, x.weakType), type(golden.dtype, golden.shape, golden.weak)];
  if (got !== want) return `type ${got}, not ${want}`;
  const data = x.concrete("comparison").hostData();
  const allowed = tolerance ?? tolerances[x.dtype] ?? 0;
  for (let i = 0; i < x.size; i++) {
    const a = readElement(data, i, x.dtype);
    const b = element(golden.data[i], golden.dtype);
    const parts = (v: ScalarValue): readonly [number, number] =>
      typeof v === "object" ? [v.re, v.im] : [Number(v), 0];
    const scale = isComplex(x.dtype) ? Math.max(1, Math.hypot(...parts(b).map((v) => (Number.isFinite(v) ? v : 0)))) : 1;
    const same = dtypes[x.dtype].kind === "float" || isComplex(x.dtype)
      ? parts(a).every((v, k) => close(v, parts(b)[k], allowed * scale))
      : a === b;
    if (!same) return `element ${i} is ${JSON.stringify(a, showNumber)}, not ${JSON.stringify(b, showNumber)}`;
  }
  return null;
}
const showNumber = (_: string, v: unknown): unknown => (typeof v === "number" || typeof v === "bigint" ? String(v) : v);

/** Compares a result, which may be a tree of tensors and plain values, with the recorded one. */
export function expectGolden(actual: unknown, golden: GoldenValue, tolerance?: number): void {
  if (isGoldenArray(golden)) {
    expect(difference(actual, golden, tolerance)).toBeNull();
  } else if (Array.isArray(golden)) {
    expect(Array.isArray(actual), `an array of ${golden.length}`).toBe(true);
    expect((actual as unknown[]).length).toBe(golden.length);
    golden.forEach((g: GoldenValue, i) => expectGolden((actual as unknown[])[i], g, tolerance));
  } else {
    expect(actual).toEqual(goldenArgument(golden, true));
  }
}
