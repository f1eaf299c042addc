/** Looking into programs. */

import { debugCallbackP } from "../control/debug-callback.js";
import type { ArrayLike } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { bind } from "../core/trace.js";
import { checkFunction, flattenTensors } from "./flat.js";

export { explainRecompiles } from "./explain-recompiles.js";

/**
 * Calls `f` with the values of tensors, also from inside compiled functions, when they are computed. The call is kept even
 * though nothing depends on it. Under vmap it is called once for each element, under grad for the primals.
 *
 * @example
 * jit((x: Tensor) => { debug.callback((v) => console.log(v.item()), x); return x; })(1);
 */
export function callback(f: (...values: Tensor[]) => void, ...values: ArrayLike[]): void {
  checkFunction("debug.callback", f);
  bind(debugCallbackP, flattenTensors(values, "debug.callback: a value").leaves, { callback: f });
}

/**
 * Prints values when they are computed: each `{}` of the format stands for the next one.
 *
 * @example
 * jit((x: Tensor) => { debug.print("x is {}", x); return x; })(1);
 */
export function print(format: string, ...values: ArrayLike[]): void {
  const write = (...tensors: Tensor[]): void => {
    let k = 0;
    console.log(format.replaceAll("{}", () => (k < tensors.length ? String(tensors[k++]) : "{}")));
  };
  bind(debugCallbackP, flattenTensors(values, "debug.print: a value").leaves, { callback: write });
}
