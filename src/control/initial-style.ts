/**
 * Traces users' functions ahead of the operation that runs them: a function over trees becomes a program without
 * constants, whose closed-over tensors are its leading inputs.
 */

import type { ShapedArray } from "../core/aval.js";
import { DeviceTensor } from "../core/device-tensor.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import type { Tensor } from "../core/tensor.js";
import { Tracer } from "../core/trace.js";
import { traceKey } from "../core/trace-key.js";
import { closeOver } from "../interpreters/eval-jaxpr.js";
import { stage } from "../interpreters/staging.js";
import { LruCache } from "../prelude/lru-cache.js";
import type { TreeDef } from "../tree/index.js";
import { callNow, flattenTensors } from "./arguments.js";
import { intern } from "./intern.js";
import type { AnyFunction } from "./types.js";

export interface TracedFunction {
  /** Takes the constants, then the leaves of the arguments. */
  readonly jaxpr: ClosedJaxpr;
  readonly consts: readonly Tensor[];
  readonly outTree: TreeDef;
}

/** Programs by function, then by operand structure and types: a loop that calls `scan(f, …)` traces `f` once. */
const traced = new WeakMap<AnyFunction, LruCache<string, { value: TracedFunction | null }>>();

/**
 * The program of `f` for arguments whose tree is `inTree` (an array of the arguments). `where` and `name` are how
 * messages name the operation and the function: `lax.scan` and `f`.
 */
export function traceFunction(
  f: AnyFunction,
  inTree: TreeDef,
  avals: readonly ShapedArray[],
  where: string,
  name: string,
): TracedFunction {
  let entries = traced.get(f);
  if (!entries) {
    entries = new LruCache(64);
    traced.set(f, entries);
  }
  const entry = entries.get(`${inTree.key}|${avals.map((a) => a.key)}|${traceKey()}`, () => ({
    value: null,
  }));
  if (entry.value?.consts.every(isUsable)) return entry.value;
  const result = traceAnew(f, inTree, avals, where, name);
  // What closes over tracers belongs to their transform; it must not be found by another.
  entry.value = result.consts.some((x) => x instanceof Tracer) ? null : result;
  return result;
}

const isUsable = (x: Tensor): boolean => !(x instanceof DeviceTensor && x.isGone);

function traceAnew(
  f: AnyFunction,
  inTree: TreeDef,
  avals: readonly ShapedArray[],
  where: string,
  name: string,
): TracedFunction {
  let outTree: TreeDef | undefined;
  const described = f.name ? `'${f.name}' (${name} of ${where})` : `${name} of ${where}`;
  const closed = stage(
    (...leaves) => {
      const result = callNow(where, name, f, inTree.unflatten(leaves) as unknown[]);
      const flat = flattenTensors(result, `${where}: the result of ${name}`);
      outTree = flat.treedef;
      return flat.leaves;
    },
    avals,
    described,
  );
  const { jaxpr, consts } = closeOver(closed);
  return { jaxpr: intern(jaxpr), consts, outTree: outTree as TreeDef };
}
