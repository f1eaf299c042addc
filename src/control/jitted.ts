/** Functions of the library that are programs of their own: one equation in a jaxpr, one compiled call when run. */

import type { ShapedArray } from "../core/aval.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import { precisionKey } from "../core/matmul-precision.js";
import type { Tensor } from "../core/tensor.js";
import { closeOver } from "../interpreters/eval-jaxpr.js";
import { stage } from "../interpreters/staging.js";
import { LruCache } from "../prelude/lru-cache.js";
import { sameData, snapshot } from "../prelude/same-data.js";
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

interface Recent {
  readonly avals: readonly ShapedArray[];
  /** A copy: the caller may change its own. */
  readonly statics: readonly unknown[];
  readonly precision: string;
  readonly program: Program;
}
const maxRecent = 8;

function isSameCall({ avals, statics, precision }: Recent, operands: Operands, given: readonly unknown[]): boolean {
  if (avals.length !== operands.length || precision !== precisionKey()) return false;
  for (let i = 0; i < avals.length; i++) if (!operands[i].aval.equals(avals[i])) return false;
  return sameData(statics, given);
}

/**
 * A function that appears in jaxprs as `jit[name=… jaxpr=…]`.
 *
 * `f` must depend on its arguments alone (and on the precision of products): its trace is kept for each combination of operand types and of static
 * arguments, which count by value (functions by identity).
 */
export function jitted<O extends Tensor | readonly Tensor[], S extends readonly unknown[] = []>(
  name: string,
  f: (operands: Operands, ...statics: S) => O,
): Jitted<O, S> {
  const programs = new LruCache<string, Program>(512);
  /** The latest programs, the last one first: compared with, which is quicker than to spell out a key. */
  const recent: Recent[] = [];
  const find = (operands: Operands, statics: S): Program => {
    for (const known of recent) if (isSameCall(known, operands, statics)) return known.program;
    const avals = operands.map((x) => x.aval);
    const precision = precisionKey();
    const key = `${avals.map((a) => a.key)}|${statics.length === 0 ? "" : valueKey(statics)}|${precision}`;
    const program = programs.get(key, () => {
      let isSingle = false;
      const traced = stage(
        (...xs) => {
          const out = f(xs, ...statics);
          isSingle = !Array.isArray(out);
          return isSingle ? [out as Tensor] : (out as readonly Tensor[]);
        },
        avals,
        name,
      );
      return { ...closeOver(traced), single: isSingle };
    });
    recent.unshift({ avals, statics: snapshot(statics) as readonly unknown[], precision, program });
    if (recent.length > maxRecent) recent.pop();
    return program;
  };
  return (operands, ...statics) => {
    const { jaxpr, consts, single } = find(operands, statics);
    const outs = jitP.bind(consts.length === 0 ? operands : [...consts, ...operands], { name, jaxpr });
    return (single ? outs[0] : outs) as O;
  };
}
