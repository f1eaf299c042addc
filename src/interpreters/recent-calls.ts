/** What was found out lately for calls of primitives: compared with, which is quicker than to spell them out as keys. */
import type { ShapedArray } from "../core/aval.js";
import type { ClosedJaxpr, Params } from "../core/jaxpr.js";
import type { Primitive } from "../core/primitive.js";
import { hashData, sameData, snapshot } from "../prelude/same-data.js";

interface Call<T> {
  readonly primitive: Primitive;
  readonly context: unknown;
  readonly avals: readonly ShapedArray[];
  /** In the order of the primitive's definition. Copies: the caller may change its own. */
  readonly params: readonly unknown[];
  readonly value: T;
}

interface Operand {
  readonly aval: ShapedArray;
}

/** Of each primitive, so many: a call stands at the place its types and parameters hash to. */
const places = 64;

export class RecentCalls<T> {
  readonly #paramNames = new WeakMap<Primitive, readonly string[]>();
  readonly #calls = new WeakMap<WeakKey, (Call<T> | undefined)[]>();

  #namesOf(primitive: Primitive): readonly string[] {
    let names = this.#paramNames.get(primitive);
    if (names === undefined) {
      names = Object.keys(primitive.params);
      this.#paramNames.set(primitive, names);
    }
    return names;
  }

  /**
   * What was added for a call like this one.
   * @param owner the primitive, or a program among its parameters, which must not be kept alive
   * @param context what else the value depends on, compared by identity
   */
  find(
    owner: Primitive | ClosedJaxpr,
    primitive: Primitive,
    args: readonly Operand[],
    params: Params,
    context: unknown,
  ): T | undefined {
    const calls = this.#calls.get(owner);
    if (calls === undefined) return undefined;
    const names = this.#namesOf(primitive);
    const call = calls[placeOf(args, params, names)];
    if (call === undefined || call.primitive !== primitive || call.context !== context) return undefined;
    const { avals } = call;
    if (avals.length !== args.length) return undefined;
    for (let i = 0; i < avals.length; i++) {
      const { aval } = args[i];
      if (aval !== avals[i] && !aval.equals(avals[i])) return undefined;
    }
    for (let i = 0; i < names.length; i++) {
      if (!sameData(call.params[i], params[names[i]])) return undefined;
    }
    return call.value;
  }

  add(
    owner: Primitive | ClosedJaxpr,
    primitive: Primitive,
    args: readonly Operand[],
    params: Params,
    context: unknown,
    value: T,
  ): void {
    let calls = this.#calls.get(owner);
    if (calls === undefined) {
      calls = new Array(places).fill(undefined);
      this.#calls.set(owner, calls);
    }
    const names = this.#namesOf(primitive);
    calls[placeOf(args, params, names)] = {
      primitive,
      context,
      avals: args.map((x) => x.aval),
      params: names.map((name) => snapshot(params[name])),
      value,
    };
  }
}

function placeOf(args: readonly Operand[], params: Params, names: readonly string[]): number {
  let hash = 0;
  for (let i = 0; i < args.length; i++) hash = (Math.imul(hash, 31) + args[i].aval.hash) | 0;
  for (let i = 0; i < names.length; i++) hash = (Math.imul(hash, 31) + hashData(params[names[i]])) | 0;
  return (hash ^ (hash >>> 6) ^ (hash >>> 12)) & (places - 1);
}
