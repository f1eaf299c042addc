/** Looking into programs. */

import { debugCallbackP } from "../control/debug-callback.js";
import { Tensor } from "../core/tensor.js";
import { bind } from "../core/trace.js";
import * as tree from "../tree/index.js";
import { fill, parseFormat } from "./debug-format.js";
import { checkFunction, flattenTensors, named } from "./flat.js";
import type { Tensors } from "./types.js";

export { explainRecompiles } from "./explain-recompiles.js";

/**
 * Calls `f` with the values of pytrees, also from inside compiled functions, when they are computed. The call is kept
 * even though nothing depends on it. Under vmap it is called once for each element, under grad for the primals.
 *
 * @example
 * jit((x: Tensor) => { debug.callback((v) => console.log(v.item()), x); return x; })(1);
 */
export function callback<Values extends readonly unknown[]>(
  f: (...values: { [I in keyof Values]: Tensors<Values[I]> }) => void,
  ...values: Values
): void {
  checkFunction("debug.callback", f);
  const { leaves, treedef } = flattenTensors(values, "debug.callback: a value");
  const call = (...tensors: Tensor[]): void => f(...(treedef.unflatten(tensors) as never));
  bind(debugCallbackP, leaves, { callback: named(call, f.name || "callback") });
}

/**
 * Prints values when they are computed. In the format, each `{}` stands for the next value, `{0}` for the first one, and
 * `{name}` for what a last argument `{ name: value }` holds; `{{` and `}}` are braces. Values may be pytrees.
 *
 * @throws ArgumentError (CT018) if the format and the values do not fit
 * @example
 * jit((x: Tensor) => { debug.print("x is {}, twice {y}", x, { y: x.mul(2) }); return x; })(1);
 */
export function print(format: string, ...values: unknown[]): void {
  const parsed = parseFormat(format, values);
  const leaves = tree.leaves(values);
  // Strings and the like are known already.
  const known = leaves.map((x) => (isArrayLeaf(x) ? null : { value: x }));
  const treedef = tree.structure(values);
  const write = (...tensors: Tensor[]): void => {
    let k = 0;
    const filled = known.map((x) => (x ? x.value : tensors[k++]));
    console.log(fill(parsed, treedef.unflatten(filled) as unknown[]));
  };
  const arrays = leaves.filter((_, i) => known[i] === null);
  bind(debugCallbackP, flattenTensors(arrays, "debug.print: a value").leaves, { callback: write });
}

const isArrayLeaf = (x: unknown): boolean =>
  x instanceof Tensor || ArrayBuffer.isView(x) || ["number", "bigint", "boolean"].includes(typeof x);
