/** The samples of all primitives as functions with operands to call them on: what every suite here runs over. */
import type { ShapedArray } from "../../src/core/aval.js";
import { fromHost } from "../../src/core/device-tensor.js";
import { type DType, dtypes, isComplex, isFloat, isInexact } from "../../src/core/dtype.js";
import { type ScalarValue, writeElement } from "../../src/core/elements.js";
import type { Params } from "../../src/core/jaxpr.js";
import type { Domain, Primitive } from "../../src/core/primitive.js";
import type { Tensor } from "../../src/core/tensor.js";
import { bind } from "../../src/core/trace.js";
import "../../src/interpreters/index.js";
import { prod } from "../../src/prelude/numbers.js";
import { allPrimitives } from "../../src/primitives/all.js";
import { hostArray } from "../../xla-like/index.js";
import { randomVector, uniforms } from "../directions.js";
import { tensorOf } from "../leaves.js";
import { type Case, widenedAval, widenedDtype } from "./case.js";
import { programCases } from "./program-cases.js";

export { type Case, widenedAval, widenedDtype };

function primitiveCase(
  primitive: Primitive,
  avals: readonly ShapedArray[],
  domains: readonly (Domain | undefined)[],
  params: Params,
  skipGradients: string | undefined,
): Case {
  return {
    name: primitive.name,
    title: `${primitive.name}(${avals.join(", ")}) with ${JSON.stringify(params)}`,
    f: (...xs) => bind(primitive, xs, params),
    avals,
    domains,
    skipGradients,
    widen: () => primitiveCase(primitive, avals.map(widenedAval), domains, widenedParams(params), skipGradients),
  };
}

/** Parameters that are floating-point types grow along with the operands. */
const widenedParams = (params: Params): Params =>
  Object.fromEntries(
    Object.entries(params).map(([k, v]) => [k, typeof v === "string" && v in dtypes ? widenedDtype(v as DType) : v]),
  );

function samplesOf(primitive: Primitive): Case[] {
  if (primitive.kind === "multi") {
    return primitive.samples.map((s) =>
      primitiveCase(
        primitive,
        s.avals,
        s.avals.map((_, i) => s.domain?.[i]),
        s.params,
        s.skipGradients,
      ),
    );
  }
  const { operands } = primitive;
  return primitive.samples.map((s) =>
    primitiveCase(
      primitive,
      operands.map((k) => s.avals[k]),
      operands.map((k) => s.domain?.[k]),
      s.params,
      s.skipGradients,
    ),
  );
}

/** Every sample of every primitive, and programs for the primitives that have programs among their parameters. */
export const allCases: readonly Case[] = [...allPrimitives.flatMap(samplesOf), ...programCases];

/** The cases by the name they are for, as rows of it.each. */
export function byName(cases: readonly Case[] = allCases): (readonly [string, readonly Case[]])[] {
  const groups = new Map<string, Case[]>();
  for (const c of cases) groups.set(c.name, [...(groups.get(c.name) ?? []), c]);
  return [...groups];
}

/** Runs a check on each case; a failure names the case. */
export function forEachCase(cases: readonly Case[], check: (c: Case) => void): void {
  for (const c of cases) {
    try {
      check(c);
    } catch (error) {
      if (error instanceof Error) error.message = `${c.title}: ${error.message}`;
      throw error;
    }
  }
}

/** Operands for a case, drawn from its domains. */
export function operandsOf({ avals, domains }: Case, seed: number): Tensor[] {
  const next = uniforms(seed);
  return avals.map((aval, i) => draw(aval, domains[i], next));
}

function draw(aval: ShapedArray, domain: Domain | undefined, next: () => number): Tensor {
  const { dtype, shape } = aval;
  const size = prod(shape);
  const data = hostArray(dtype, size);
  const element = elementsOf(dtype, size, domain ?? {}, next);
  for (let i = 0; i < size; i++) writeElement(data, i, dtype, element(i));
  return fromHost(data, shape, dtype, { weakType: aval.weakType });
}

function elementsOf(dtype: DType, size: number, domain: Domain, next: () => number): (i: number) => ScalarValue {
  const { values, apart } = domain;
  if (values) return (i) => values[i % values.length];
  if (dtype === "bool") return () => next() < 0.5;
  const { min = -2, max = 2 } = domain;
  const uniform = (): number => min + next() * (max - min);
  if (apart !== undefined) {
    const order = Array.from({ length: size }, (_, i) => i);
    for (let i = size - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    // Further apart than asked for, so that a step of a difference does not change the order.
    const bounded = domain.min !== undefined && domain.max !== undefined;
    const spacing = bounded ? (max - min) / Math.max(1, size) : 2 * apart;
    const first = bounded ? min + spacing / 2 : (-spacing * size) / 2 + 0.3 * spacing;
    return (i) => first + order[i] * spacing;
  }
  if (isComplex(dtype)) return () => ({ re: uniform(), im: uniform() });
  if (isFloat(dtype)) return uniform;
  const unsigned = dtypes[dtype].kind === "unsigned";
  const whole = domain.min !== undefined || domain.max !== undefined ? uniform : () => 3 * uniform();
  return () => (unsigned ? Math.abs(Math.trunc(whole())) : Math.trunc(whole()));
}

/** The operands that may be differentiated with respect to. */
export const isActive = (x: Tensor): boolean => isInexact(x.dtype);

/** A case in double precision as a function of its differentiable operands, with them. Null: nothing to differentiate. */
export function differentiable(c: Case, seed: number): { f: (...xs: Tensor[]) => Tensor[]; args: Tensor[] } | null {
  if (c.skipGradients !== undefined || !c.avals.some((a) => isInexact(a.dtype))) return null;
  const wide = c.widen();
  const operands = operandsOf(wide, seed);
  const f = (...xs: Tensor[]): Tensor[] => {
    const given = [...xs];
    const outs = wide.f(...operands.map((x) => (isActive(x) ? (given.shift() as Tensor) : x)));
    return outs.filter((x) => isInexact(x.dtype));
  };
  const args = operands.filter(isActive);
  if (outsOf(c).every((a) => !isInexact(a.dtype))) return null;
  return { f, args };
}

/** Numbers of either sign, typed like another tensor. */
export const randomLike = (x: Tensor, next: () => number): Tensor =>
  tensorOf(randomVector(x.size * (isComplex(x.dtype) ? 2 : 1), next), x);

/** The result types of a case. */
export const outsOf = (c: Case): ShapedArray[] => c.f(...operandsOf(c, 1)).map((x) => x.aval);
