/**
 * Programs with their inputs and results rearranged. Every edit is remembered, so that the same edit of the same
 * program is the same program again, which compiled code is found by.
 */
import type { ShapedArray } from "../core/aval.js";
import { type Atom, ClosedJaxpr, Jaxpr, JaxprCache, Var } from "../core/jaxpr.js";
import { range } from "../prelude/numbers.js";

const edited = new JaxprCache<ClosedJaxpr>();

const isIdentity = (order: readonly number[], length: number): boolean =>
  order.length === length && order.every((from, to) => from === to);

/** The program whose input `i` is the given one's input `order[i]`. Inputs may be left out only if unused. */
export function reorderInputs(closed: ClosedJaxpr, order: readonly number[]): ClosedJaxpr {
  const { jaxpr } = closed;
  if (isIdentity(order, jaxpr.invars.length)) return closed;
  return edited.get(closed, `in ${order}`, () => {
    const invars = order.map((i) => jaxpr.invars[i]);
    return new ClosedJaxpr(new Jaxpr(jaxpr.constvars, invars, jaxpr.eqns, jaxpr.outvars), closed.consts);
  });
}

/** The program whose result `i` is the given one's result `order[i]`; equations stay. */
export function selectOutputs(closed: ClosedJaxpr, order: readonly number[]): ClosedJaxpr {
  const { jaxpr } = closed;
  if (isIdentity(order, jaxpr.outvars.length)) return closed;
  return edited.get(closed, `out ${order}`, () => {
    const outvars = order.map((i) => jaxpr.outvars[i]);
    return new ClosedJaxpr(new Jaxpr(jaxpr.constvars, jaxpr.invars, jaxpr.eqns, outvars), closed.consts);
  });
}

/** The program with some of its inputs as further results. */
export function withInputsAsOutputs(closed: ClosedJaxpr, inputs: readonly number[]): ClosedJaxpr {
  if (inputs.length === 0) return closed;
  const { jaxpr } = closed;
  return edited.get(closed, `in as out ${inputs}`, () => {
    const outvars = [...jaxpr.outvars, ...inputs.map((i) => jaxpr.invars[i])];
    return new ClosedJaxpr(new Jaxpr(jaxpr.constvars, jaxpr.invars, jaxpr.eqns, outvars), closed.consts);
  });
}

/** The program with inputs of the given types that it ignores: input `i` is its input `order[i]`, or an ignored one. */
export function padInputs(
  closed: ClosedJaxpr,
  order: readonly (number | null)[],
  avals: readonly ShapedArray[],
): ClosedJaxpr {
  const { jaxpr } = closed;
  const key = order.map((i, k) => (i === null ? `+${avals[k].key}` : i)).join();
  return edited.get(closed, `pad ${key}`, () => {
    const invars = order.map((i, k) => (i === null ? new Var(avals[k]) : jaxpr.invars[i]));
    return new ClosedJaxpr(new Jaxpr(jaxpr.constvars, invars, jaxpr.eqns, jaxpr.outvars), closed.consts);
  });
}

/** For each result, the input it is passed on from, or null. */
export function forwardedInputs({ jaxpr }: ClosedJaxpr): (number | null)[] {
  const positions = new Map<Atom, number>(jaxpr.invars.map((v, i) => [v, i]));
  return jaxpr.outvars.map((a) => positions.get(a) ?? null);
}

/** Positions where the mask is true. */
export const where = (mask: readonly boolean[]): number[] => range(mask.length).filter((i) => mask[i]);

/** Positions where the mask is false, then those where it is true. */
export const falseThenTrue = (mask: readonly boolean[]): number[] => [...where(mask.map((m) => !m)), ...where(mask)];
