/** Between users' functions over pytrees and interpreters' functions over flat lists. */
import { asTensor } from "../core/array-like.js";
import { defaultFloat, isInteger } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { convert } from "../primitives/convert.js";
import { ArgumentError, CotangentError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { keystr, type TreeDef } from "../tree/index.js";
import { flattenInto } from "../tree/flatten.js";
import type { AnyFunction } from "./types.js";

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
  if (typeof f !== "function") {
    throw new ArgumentError(
      "CT014",
      `${transform}: the first argument must be a function, but it is ${describeType(f)}.`,
    );
  }
  const kind = f.constructor.name;
  if (kind === "AsyncFunction" || kind === "AsyncGeneratorFunction" || kind === "GeneratorFunction")
    throw asyncError(transform, f.name);
}

const asyncError = (transform: string, name: string): ArgumentError =>
  new ArgumentError(
    "CT015",
    `${transform}: ${name ? `'${name}'` : "the function"} is asynchronous or a generator; transforms take functions that return their result at once. ` +
      "Await data before the call and pass it as an argument.",
  );

export interface FlatArgs {
  readonly leaves: Tensor[];
  readonly treedef: TreeDef;
}

/** A tree's leaves as tensors. A leaf that cannot be one is named by its path. */
export function flattenTensors(tree: unknown, where: string): FlatArgs {
  const values: unknown[] = [];
  const treedef = flattenInto(tree, values);
  return { leaves: values.map((x, i) => leafTensor(x, where, () => treedef.leafPaths()[i])), treedef };
}

/**
 * The same for arguments to be differentiated. JavaScript does not tell 3 from 3.0: weak integers, which plain numbers
 * are, count as floating-point numbers here.
 */
export function flattenDifferentiable(tree: unknown, where: string): FlatArgs {
  const { leaves, treedef } = flattenTensors(tree, where);
  const asFloat = (x: Tensor): Tensor => (x.weakType && isInteger(x.dtype) ? convert(x, defaultFloat, true) : x);
  return { leaves: leaves.map(asFloat), treedef };
}

function leafTensor(x: unknown, where: string, path: () => readonly (string | number | object)[]): Tensor {
  if (x instanceof Tensor) return x;
  try {
    return asTensor(x as Parameters<typeof asTensor>[0], where);
  } catch (error) {
    if (!(error instanceof CotangentError)) throw error;
    const at = keystr(path() as Parameters<typeof keystr>[0]);
    throw new ArgumentError(
      "CT013",
      `${where}${at && ` at ${at}`} is ${describeType(x)}, which cannot become a tensor. ` +
        "Leaves of arguments and results must be tensors, numbers, booleans, bigints or typed arrays.",
      { cause: error },
    );
  }
}

/** A user's function over flat lists; remembers the structure of what it returned. */
export class FlatFunction {
  outTree: TreeDef | undefined;
  constructor(
    private readonly transform: string,
    private readonly f: AnyFunction,
    private readonly rebuild: (leaves: readonly Tensor[]) => unknown[],
  ) {}

  readonly call = (...leaves: Tensor[]): Tensor[] => {
    const { leaves: outs, treedef } = flattenTensors(this.result(leaves), `the result of ${nameOf(this.f)}`);
    this.outTree = treedef;
    return outs;
  };

  /** What the user's function returns for these leaves. */
  result(leaves: readonly Tensor[]): unknown {
    const result = this.f(...this.rebuild(leaves));
    if (typeof (result as { then?: unknown } | null)?.then === "function")
      throw asyncError(this.transform, this.f.name);
    return result;
  }

  rebuildOut(leaves: readonly unknown[]): unknown {
    return (this.outTree as TreeDef).unflatten(leaves);
  }
}
