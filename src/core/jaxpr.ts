import type { ShapedArray } from "./aval.js";
import { type Effects, joinEffects, noEffects } from "./effects.js";
import { printJaxpr } from "./jaxpr-printer.js";
import type { Primitive } from "./primitive.js";
import type { Tensor } from "./tensor.js";

/** A variable of a jaxpr; names are given by the printer. */
export class Var {
  constructor(readonly aval: ShapedArray) {}
}

/** A scalar constant written in place. */
export class Literal {
  constructor(readonly value: Tensor) {}
  get aval(): ShapedArray {
    return this.value.aval;
  }
}

export type Atom = Var | Literal;
export type Params = Readonly<Record<string, unknown>>;

export interface Eqn {
  readonly primitive: Primitive;
  readonly inputs: readonly Atom[];
  readonly params: Params;
  readonly outputs: readonly Var[];
  readonly effects: Effects;
}

/** A program: constants and inputs, equations in order, results. */
export class Jaxpr {
  readonly effects: Effects;
  constructor(
    readonly constvars: readonly Var[],
    readonly invars: readonly Var[],
    readonly eqns: readonly Eqn[],
    readonly outvars: readonly Atom[],
  ) {
    let effects = noEffects;
    for (const e of eqns) effects = joinEffects(effects, e.effects);
    this.effects = effects;
  }
  /** As JAX prints it. */
  toString(): string {
    return printJaxpr(this);
  }
}

let nextId = 0;

/** A jaxpr with the values of its constants. Compared by identity, which the `id` stands for in cache keys. */
export class ClosedJaxpr {
  readonly id = nextId++;
  constructor(
    readonly jaxpr: Jaxpr,
    readonly consts: readonly Tensor[],
  ) {}
  get inAvals(): ShapedArray[] {
    return this.jaxpr.invars.map((v) => v.aval);
  }
  get outAvals(): ShapedArray[] {
    return this.jaxpr.outvars.map((v) => v.aval);
  }
  get effects(): Effects {
    return this.jaxpr.effects;
  }
  /** As JAX prints it; the values of the constants are not shown. */
  toString(): string {
    return this.jaxpr.toString();
  }
}

/** Results derived from a jaxpr (its jvp, its batched form, …), kept as long as the jaxpr lives. */
export class JaxprCache<T> {
  readonly #entries = new WeakMap<ClosedJaxpr, Map<string, T>>();
  get(jaxpr: ClosedJaxpr, key: string, compute: () => T): T {
    let byKey = this.#entries.get(jaxpr);
    if (!byKey) {
      byKey = new Map();
      this.#entries.set(jaxpr, byKey);
    }
    let value = byKey.get(key);
    if (value === undefined) {
      value = compute();
      byKey.set(key, value);
    }
    return value;
  }
}
