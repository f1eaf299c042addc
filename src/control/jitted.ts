/** Functions of the library that are programs of their own: one equation in a jaxpr, one compiled call when run. */

import type { ClosedJaxpr } from "../core/jaxpr.js";
import type { Tensor } from "../core/tensor.js";
import { closeOver } from "../interpreters/eval-jaxpr.js";
import { stage } from "../interpreters/staging.js";
import { LruCache } from "../prelude/lru-cache.js";
import { valueKey } from "../prelude/value-key.js";
import { jitP } from "./jit-call.js";

/** Operands as they are passed: weak scalars keep their types, as under `jit`. */
type Operands = readonly Tensor[];

export type Jitted<O extends Tensor | readonly Tensor[], S extends readonly unknown[]> = (
  operands: Operands,
  ...statics: S
) => O;

interface Program {
  readonly jaxpr: ClosedJaxpr;
  readonly consts: readonly Tensor[];
  readonly single: boolean;
}

/**
 * A function that appears in jaxprs as `jit[name=… jaxpr=…]`.
 *
 * `f` must depend on its arguments alone: its trace is kept for each combination of operand types and of static
 * arguments, which count by value (functions by identity).
 */
export function jitted<O extends Tensor | readonly Tensor[], S extends readonly unknown[] = []>(
  name: string,
  f: (operands: Operands, ...statics: S) => O,
): Jitted<O, S> {
  const programs = new LruCache<string, Program>(512);
  return (operands, ...statics) => {
    const key = `${operands.map((x) => x.aval.key)}|${statics.length === 0 ? "" : valueKey(statics)}`;
    const { jaxpr, consts, single } = programs.get(key, () => {
      let isSingle = false;
      const traced = stage(
        (...xs) => {
          const out = f(xs, ...statics);
          isSingle = !Array.isArray(out);
          return isSingle ? [out as Tensor] : (out as readonly Tensor[]);
        },
        operands.map((x) => x.aval),
        name,
      );
      return { ...closeOver(traced), single: isSingle };
    });
    const outs = jitP.bind(consts.length === 0 ? operands : [...consts, ...operands], { name, jaxpr });
    return (single ? outs[0] : outs) as O;
  };
}
