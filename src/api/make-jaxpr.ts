import type { ArrayLike } from "../core/array-like.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import { stage } from "../interpreters/staging.js";
import { checkOptions } from "../prelude/options.js";
import { checkFunction, describe, FlatFunction } from "./flat.js";
import { avalsOf, type ShapeDtypeStruct } from "./shape-dtype-struct.js";
import { splitStatic } from "./static-args.js";
import type { AnyFunction, LooseArgs } from "./types.js";

export interface MakeJaxprOptions {
  /** Arguments passed on as they are instead of traced. */
  readonly staticArgnums?: number | readonly number[];
}

/**
 * The program that `f` traces to. Its text is JAX's: `String(jaxpr)`.
 *
 * @returns a function of `f`'s arguments (or ShapeDtypeStructs) that gives the jaxpr
 * @example
 * String(makeJaxpr((x: Tensor) => x.mul(x))(3.5)); // "{ lambda ; a:f32[]. let b:f32[] = mul a a in (b,) }"
 */
export function makeJaxpr<F extends AnyFunction>(
  f: F,
  options: MakeJaxprOptions = {},
): (...args: LooseArgs<Parameters<F>, ArrayLike | ShapeDtypeStruct>) => ClosedJaxpr {
  checkFunction("makeJaxpr", f);
  checkOptions("makeJaxpr", options, ["staticArgnums"]);
  return (...args) => {
    const { dynamic, merge } = splitStatic("makeJaxpr", options.staticArgnums, args, f.length);
    const { avals, treedef } = avalsOf(dynamic, "makeJaxpr: an argument");
    const flat = new FlatFunction("makeJaxpr", f, (xs) => merge(treedef.unflatten(xs) as unknown[]));
    return stage(flat.call, avals, describe("makeJaxpr", f));
  };
}
