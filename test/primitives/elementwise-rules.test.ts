/** Every elementwise primitive on its samples: the result's type, batches against loops, jvp against differences. */
import { describe, expect, it } from "vitest";
import { jvp } from "../../src/api/jvp.js";
import { vmap } from "../../src/api/vmap.js";
import { ShapedArray } from "../../src/core/aval.js";
import { type DType, isComplex, isFloat, isInexact } from "../../src/core/dtype.js";
import type { ScalarValue } from "../../src/core/elements.js";
import type { Params } from "../../src/core/jaxpr.js";
import type { Domain, Primitive } from "../../src/core/primitive.js";
import type { Tensor } from "../../src/core/tensor.js";
import { bind } from "../../src/core/trace.js";
import { abstractEval } from "../../src/interpreters/index.js";
import * as arithmetic from "../../src/primitives/arithmetic.js";
import * as bitwise from "../../src/primitives/bitwise.js";
import * as comparison from "../../src/primitives/comparison.js";
import * as complex from "../../src/primitives/complex.js";
import * as convert from "../../src/primitives/convert.js";
import * as exponential from "../../src/primitives/exponential.js";
import * as powers from "../../src/primitives/powers.js";
import * as rounding from "../../src/primitives/rounding.js";
import * as select from "../../src/primitives/select.js";
import * as special from "../../src/primitives/special.js";
import * as trigonometric from "../../src/primitives/trigonometric.js";
import { elements, tensor } from "./elementwise-support.js";

const families = [
  arithmetic,
  bitwise,
  comparison,
  complex,
  convert,
  exponential,
  powers,
  rounding,
  select,
  special,
  trigonometric,
];
const isPrimitive = (x: unknown): x is Primitive => typeof x === "object" && x !== null && "samples" in x;
const primitives = families.flatMap((f) => Object.values(f).filter(isPrimitive));

/** Repeatable numbers in [0, 1). */
function uniform(seed: number): () => number {
  let state = seed * 2654435761 + 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function value(aval: ShapedArray, domain: Domain | undefined, next: () => number): Tensor {
  const { min = -2, max = 2 } = domain ?? {};
  const one = (i: number): ScalarValue => {
    if (domain?.values) return domain.values[i % domain.values.length];
    const x = min + next() * (max - min);
    if (aval.dtype === "bool") return next() < 0.5;
    if (isComplex(aval.dtype)) return { re: x, im: min + next() * (max - min) };
    return isFloat(aval.dtype) ? x : Math.trunc(x * 3);
  };
  return tensor(
    Array.from({ length: aval.size }, (_, i) => one(i)),
    aval.dtype,
    [...aval.shape],
  );
}

interface Case {
  readonly title: string;
  readonly primitive: Primitive;
  readonly avals: readonly ShapedArray[];
  readonly domains: readonly (Domain | undefined)[];
  readonly params: Params;
  readonly skipGradients?: string;
}

const cases = primitives.flatMap((primitive) =>
  primitive.samples.map((sample): Case => {
    const byName = primitive.kind === "single" ? primitive.operands : undefined;
    const read = <T>(x: object | undefined): T[] => {
      if (x === undefined) return [];
      return (byName ? byName.map((k) => (x as Record<string, T>)[k]) : [...(x as readonly T[])]) as T[];
    };
    const avals = read<ShapedArray>(sample.avals);
    return {
      title: `${primitive.name}(${avals.join(", ")}) ${JSON.stringify(sample.params)}`,
      primitive,
      avals,
      domains: read<Domain | undefined>(sample.domain),
      params: sample.params,
      ...(sample.skipGradients !== undefined && { skipGradients: sample.skipGradients }),
    };
  }),
);
const call =
  ({ primitive, params }: Case) =>
  (...xs: Tensor[]): readonly Tensor[] =>
    bind(primitive, xs, params);
const numbers = (x: Tensor): number[] =>
  elements(x).flatMap((v) => (typeof v === "object" ? [v.re, v.im] : [Number(v)]));

describe("result types", () => {
  it.each(cases.map((c) => [c.title, c] as const))("%s", (_, c) => {
    const next = uniform(1);
    const outs = call(c)(...c.avals.map((a, i) => value(a, c.domains[i], next)));
    const { avals } = abstractEval(c.primitive, c.avals, c.params);
    expect(outs.map((x) => [x.dtype, x.shape, numbers(x).length])).toEqual(
      avals.map((a) => [a.dtype, a.shape, a.size * (isComplex(a.dtype) ? 2 : 1)]),
    );
  });
});

/** Which operands are batched, and where: every combination, the dimension taken from either end. */
function batchings(avals: readonly ShapedArray[]): (number | null)[][] {
  let all: (number | null)[][] = [[]];
  for (const a of avals) {
    const places = a.ndim === 0 ? [null, 0] : [null, 0, a.ndim];
    all = all.flatMap((dims) => places.map((d) => [...dims, d]));
  }
  return all.filter((dims) => dims.some((d) => d !== null)).slice(0, 12);
}

const strip = (x: Tensor, dim: number | null, i: number, aval: ShapedArray): Tensor => {
  if (dim === null) return x;
  const inner = aval.shape.slice(dim).reduce((a, b) => a * b, 1);
  const data = elements(x);
  const size = x.shape[dim];
  const picked = data.filter((_, k) => Math.floor(k / inner) % size === i);
  return tensor(picked, aval.dtype, [...aval.shape]);
};

describe("batches are loops", () => {
  it.each(cases.map((c) => [c.title, c] as const))("%s", (_, c) => {
    for (const size of [2, 0]) {
      for (const dims of batchings(c.avals)) {
        const next = uniform(2);
        const xs = c.avals.map((a, i) => {
          const d = dims[i];
          const shape = d === null ? a.shape : [...a.shape.slice(0, d), size, ...a.shape.slice(d)];
          return value(new ShapedArray(shape, a.dtype), c.domains[i], next);
        });
        const batched = vmap((...ys: Tensor[]) => [...call(c)(...ys)], { inAxes: dims })(...xs) as Tensor[];
        const { avals } = abstractEval(c.primitive, c.avals, c.params);
        expect(batched.map((x) => x.shape)).toEqual(avals.map((a) => [size, ...a.shape]));
        for (let i = 0; i < size; i++) {
          const single = call(c)(...xs.map((x, k) => strip(x, dims[k], i, c.avals[k])));
          expect(batched.map((x, k) => numbers(strip(x, 0, i, avals[k])))).toEqual(single.map(numbers));
        }
      }
    }
  });
});

const widened: Partial<Record<DType, DType>> = { float32: "float64", float16: "float64", complex64: "complex128" };
const smooth = cases.filter((c) => c.skipGradients === undefined && c.avals.some((a) => isInexact(a.dtype)));

describe("tangents are limits of differences", () => {
  it.each(smooth.map((c) => [c.title, c] as const))("%s", (_, c) => {
    const next = uniform(3);
    const avals = c.avals.map((a) => a.withDtype(widened[a.dtype] ?? a.dtype));
    const params = { ...c.params };
    for (const [k, v] of Object.entries(params)) {
      if (k === "inputDtype" || k === "newDtype") params[k] = widened[v as DType] ?? v;
    }
    const f = call({ ...c, params });
    const xs = avals.map((a, i) => value(a, c.domains[i], next));
    const moving = xs.map((x) => isInexact(x.dtype));
    const ts = xs.map((x) => value(new ShapedArray(x.shape, x.dtype), { min: -1, max: 1 }, next));
    const step = (sign: number): Tensor[] =>
      xs.map((x, i) => (moving[i] ? arithmetic.add(x, arithmetic.mul(ts[i], sign * 1e-5)) : x));
    const of = (...ys: Tensor[]): Tensor[] => [...f(...xs.map((x, i) => (moving[i] ? (ys.shift() as Tensor) : x)))];
    const isMoving = (_: Tensor, i: number): boolean => moving[i];
    const [, tangents] = jvp(of, xs.filter(isMoving), ts.filter(isMoving)) as [Tensor[], Tensor[]];
    const [ahead, behind] = [f(...step(1)), f(...step(-1))];
    tangents.forEach((t, k) => {
      if (t.dtype === "float0") return;
      const behindNumbers = numbers(behind[k]);
      const wanted = numbers(ahead[k]).map((y, i) => (y - behindNumbers[i]) / 2e-5);
      for (const [i, y] of numbers(t).entries()) {
        expect(Math.abs(y - wanted[i])).toBeLessThanOrEqual(1e-7 * (1 + Math.abs(wanted[i])));
      }
    });
  });
});
