/** Between users' functions over pytrees and interpreters' functions over flat lists. */
import { callNow, checkFunction as checkFunctionNamed, type FlatTree, flattenTensors } from "../control/arguments.js";
import { defaultFloat, isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { convert } from "../primitives/convert.js";
import type { TreeDef } from "../tree/index.js";
import type { AnyFunction } from "./types.js";

export { flattenTensors };

/** How messages name a function. */
export const nameOf = (f: AnyFunction): string => f.name || "an anonymous function";
export const describe = (transform: string, f: AnyFunction): string =>
  `${transform} of ${f.name ? `'${f.name}'` : "an anonymous function"}`;

/** Transformed functions carry the names of their making. */
export const named = <T extends object>(f: T, name: string): T => Object.defineProperty(f, "name", { value: name });

/** A function's name in jaxprs, which transforms leave as it is: `f` for `grad(f)`. */
export const programName = (f: AnyFunction): string => f.name.replace(/^(\w+\()+|\)+$/g, "") || "<lambda>";

/** Checks that a transform is given a function, and not an async one. */
export function checkFunction(transform: string, f: unknown): asserts f is AnyFunction {
  const name = typeof f === "function" && f.name ? `'${f.name}'` : "the function to transform";
  checkFunctionNamed(transform, name, f);
}

/**
 * A tree's leaves as tensors to be differentiated with respect to. JavaScript does not tell 3 from 3.0: weak integers, which plain numbers
 * are, count as floating-point numbers here.
 */
export function flattenDifferentiable(tree: unknown, where: string): FlatTree {
  const { leaves, treedef } = flattenTensors(tree, where);
  const asFloat = (x: Tensor): Tensor => (x.weakType && isInteger(x.dtype) ? convert(x, defaultFloat, true) : x);
  return { leaves: leaves.map(asFloat), treedef };
}

/** A user's function over flat lists; remembers the structure of what it returned. */
export class FlatFunction {
  outTree: TreeDef | undefined;
  constructor(
    private readonly transform: string,
    private readonly f: AnyFunction,
    private readonly rebuild: (leaves: readonly Tensor[]) => unknown[],
  ) {}

  readonly call = (...leaves: Tensor[]): readonly Tensor[] => {
    const { leaves: outs, treedef } = flattenTensors(this.result(leaves), `the result of ${nameOf(this.f)}`);
    this.outTree = treedef;
    return outs;
  };

  /** What the user's function returns for these leaves. */
  result(leaves: readonly Tensor[]): unknown {
    return callNow(this.transform, nameOf(this.f), this.f, this.rebuild(leaves));
  }

  rebuildOut(leaves: readonly unknown[]): unknown {
    return (this.outTree as TreeDef).unflatten(leaves);
  }
}
