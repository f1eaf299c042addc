/**
 * Equal programs made one: a function written in place is a new function at every call, but its program is the same,
 * and so is all that was derived from it and compiled.
 */
import type { DeviceTensor } from "../core/device-tensor.js";
import { type Atom, type ClosedJaxpr, Literal } from "../core/jaxpr.js";
import { paramsKey } from "../core/primitive.js";
import { literalValue } from "../core/scalars.js";
import { LruCache } from "../prelude/lru-cache.js";
import { identityOf, valueKey } from "../prelude/value-key.js";

const known = new LruCache<string, ClosedJaxpr>(1024);

/** The first program seen that is equal to this one up to the names of variables. Programs with constants are not compared. */
export const intern = (closed: ClosedJaxpr): ClosedJaxpr =>
  closed.consts.length > 0 ? closed : known.get(structureOf(closed), () => closed);

/** A string that is equal for equal programs: variables are numbered in the order in which they are bound. */
function structureOf({ jaxpr }: ClosedJaxpr): string {
  const numbers = new Map<Atom, number>();
  const bound = (v: Atom): string => {
    numbers.set(v, numbers.size);
    return v.aval.key;
  };
  const used = (a: Atom): string =>
    a instanceof Literal ? `${a.aval.key}:${valueKey(literalValue(a.value as DeviceTensor))}` : `${numbers.get(a)}`;
  const lines = [jaxpr.invars.map(bound).join()];
  for (const { primitive, inputs, params, outputs } of jaxpr.eqns) {
    const operands = inputs.map(used).join();
    lines.push(`${outputs.map(bound)}=${identityOf(primitive)}[${paramsKey(primitive, params)}]${operands}`);
  }
  lines.push(jaxpr.outvars.map(used).join());
  return lines.join("\n");
}
