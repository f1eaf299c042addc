/** jax.nn: values, and what vjp makes of a cotangent. */
import { describe, expect, it } from "vitest";
import { vjp } from "../../src/api/index.js";
import { Tensor } from "../../src/core/tensor.js";
import * as nn from "../../src/nn/index.js";
import { decodeScalar, type GoldenArray, type GoldenValue, isGoldenArray, readGolden } from "../golden/read.js";
import { expectGolden, fromGolden } from "../primitives/elementwise-support.js";

interface Call {
  readonly fn: string;
  readonly args: readonly GoldenValue[];
  readonly kwargs: Readonly<Record<string, GoldenValue>>;
  readonly x64?: boolean;
  readonly out: GoldenValue;
  readonly ct?: GoldenArray;
  readonly grads?: readonly (GoldenArray | null)[];
}
const { records } = readGolden<Call>("nn.json");

const camel = (name: string): string => name.replace(/_(\w)/g, (_, c: string) => c.toUpperCase());

/** What stands behind the operands by position in Python, and has a name here. */
const optional: Readonly<Record<string, string>> = {
  elu: "alpha",
  celu: "alpha",
  leaky_relu: "negativeSlope",
  squareplus: "b",
};

function argument(v: GoldenValue): unknown {
  if (isGoldenArray(v)) return fromGolden(v);
  if (typeof v === "object" && v !== null && "dtype" in v) return v.dtype;
  const number = decodeScalar(v);
  if (number !== undefined) return number.value;
  return Array.isArray(v) ? v.map(argument) : v;
}

function call({ fn, args, kwargs }: Call): { operands: Tensor[]; run: (...xs: Tensor[]) => Tensor } {
  const given = args.map(argument);
  const operands = given.filter((x): x is Tensor => x instanceof Tensor);
  const options: Record<string, unknown> = Object.fromEntries(
    Object.entries(kwargs).map(([k, v]) => [camel(k), argument(v)]),
  );
  const rest = given.slice(operands.length);
  if (fn in optional && rest.length > 0) options[optional[fn]] = rest.shift();
  const f = nn[camel(fn) as keyof typeof nn] as (...xs: unknown[]) => Tensor;
  const last = Object.keys(options).length > 0 ? [options] : [];
  // The axis of glu stands in a place of its own.
  // The bias of attention has its name here.
  if (fn === "dot_product_attention") {
    return {
      operands,
      run: (q, k, v, ...bias) => f(q, k, v, bias.length > 0 ? { ...options, bias: bias[0] } : options),
    };
  }
  if (fn === "glu" && "axis" in options) return { operands, run: (...xs) => f(...xs, options.axis) };
  return { operands, run: (...xs) => f(...xs, ...rest, ...last) };
}

const tolerances: Readonly<Record<string, number>> = { float32: 2e-6, float64: 1e-13, bfloat16: 8e-3, float16: 1e-3 };

/** Attention weights are computed in float32, whatever the operands are. */
const toleranceOf = (fn: string, dtype: string): number =>
  tolerances[fn === "dot_product_attention" && dtype === "float64" ? "float32" : dtype] ?? 0;

const labels = records.map((r, i) => [`${r.fn} ${i}${r.x64 ? " x64" : ""}`, r] as const);

function expectValues(r: Call, out: unknown): void {
  const wanted = Array.isArray(r.out) ? r.out : [r.out];
  const results = Array.isArray(out) ? (out as Tensor[]) : [out as Tensor];
  expect(results).toHaveLength(wanted.length);
  results.forEach((x, i) => {
    const want = wanted[i] as GoldenArray;
    expectGolden(x, want, toleranceOf(r.fn, want.dtype), 1);
  });
}

function expectGradients(r: Call, run: (...xs: Tensor[]) => Tensor, operands: readonly Tensor[]): void {
  const [, pull] = vjp(run, ...operands);
  const cts = pull(fromGolden(r.ct as GoldenArray)) as unknown as Tensor[];
  const wanted = (r.grads ?? []).filter((_, i) => isGoldenArray(r.args[i]));
  wanted.forEach((want, i) => {
    if (want !== null) expectGolden(cts[i], want, toleranceOf(r.fn, want.dtype), 1);
  });
  expect(wanted.some((w) => w !== null)).toBe(true);
}

describe("values", () => {
  it.each(labels)("%s", (_, r) => {
    const { operands, run } = call(r);
    expectValues(r, run(...operands));
  });
});

describe("gradients", () => {
  it.each(labels.filter(([, r]) => r.grads !== undefined))("%s", (_, r) => {
    const { operands, run } = call(r);
    expectGradients(r, run, operands);
  });
});

describe("attention as one operation", () => {
  const attention = labels.filter(([, r]) => r.fn === "dot_product_attention");
  const whole = (r: Call): ReturnType<typeof call> => call({ ...r, kwargs: { ...r.kwargs, implementation: "cudnn" } });

  it.each(attention)("has the values of %s", (_, r) => {
    const { operands, run } = whole(r);
    expectValues(r, run(...operands));
  });

  it.each(attention.filter(([, r]) => r.grads !== undefined))("has the gradients of %s", (_, r) => {
    const { operands, run } = whole(r);
    expectGradients(r, run, operands);
  });
});
