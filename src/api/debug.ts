/** Looking into programs. */

import { setDumpDirectory } from "../../xla-like/index.js";
import { debugCallbackP } from "../control/debug-callback.js";
import { Tensor } from "../core/tensor.js";
import { bind } from "../core/trace.js";
import { ArgumentError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
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

/**
 * Has every compilation from now on write its stages into a directory, for people to read: the jaxpr, the HLO, and what
 * the device's compiler makes of it, phase by phase. Each compilation has a folder, `007-jit_loss/2-fuse.hlo`, in the
 * order in which they happen; single operations outside `jit` are compiled too. Programs that are compiled already are not
 * compiled again: call `clearCache()` of the jitted function, or dump before the first call.
 *
 * @param directory is made if it is not there; `null` stops the dumping
 * @throws ArgumentError CT603 if the directory cannot be made
 * @example
 * debug.dump(null); // nothing is written from here on
 */
export function dump(directory: string | null): void {
  if (directory !== null && (typeof directory !== "string" || directory === "")) {
    throw new ArgumentError(
      "CT603",
      `debug.dump: the directory is ${describeType(directory)}. Give its path, or null to stop.`,
    );
  }
  try {
    setDumpDirectory(directory ?? undefined);
  } catch (error) {
    throw new ArgumentError(
      "CT603",
      `debug.dump: the directory ${directory} cannot be made: ${error instanceof Error ? error.message : error}. ` +
        "Give a path where this process may write.",
      { cause: error },
    );
  }
}

const isArrayLeaf = (x: unknown): boolean =>
  x instanceof Tensor || ArrayBuffer.isView(x) || ["number", "bigint", "boolean"].includes(typeof x);
