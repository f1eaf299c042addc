/** Users' functions and trees, checked and taken apart. */
import { asTensor } from "../core/array-like.js";
import { Tensor } from "../core/tensor.js";
import { leaked, Tracer } from "../core/trace.js";
import { ArgumentError, CotangentError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { flattenInto } from "../tree/flatten.js";
import { type KeyPath, keystr, type TreeDef } from "../tree/index.js";
import type { AnyFunction } from "./types.js";

/** Checks that `f` is a function that returns its result at once. */
export function checkFunction(where: string, name: string, f: unknown): asserts f is AnyFunction {
  if (typeof f !== "function") {
    throw new ArgumentError("CT014", `${where}: ${name} must be a function, but it is ${describeType(f)}.`);
  }
  const kind = f.constructor.name;
  if (kind === "AsyncFunction" || kind === "AsyncGeneratorFunction" || kind === "GeneratorFunction") {
    throw asyncError(where, name);
  }
}

const asyncError = (where: string, name: string): ArgumentError =>
  new ArgumentError(
    "CT015",
    `${where}: ${name} is asynchronous or a generator, but it is traced and must return its result at once. ` +
      "Await data before the call and pass it as an operand.",
  );

/** Calls a user's function; one that returns a promise is refused. */
export function callNow(where: string, name: string, f: AnyFunction, args: readonly unknown[]): unknown {
  const result = f(...args);
  if (typeof (result as { then?: unknown } | null | undefined)?.then === "function") throw asyncError(where, name);
  return result;
}

export interface FlatTree {
  readonly leaves: readonly Tensor[];
  readonly treedef: TreeDef;
}

/** A tree's leaves as tensors. A leaf that cannot become one is named by its path; `advice` says what else to do. */
export function flattenTensors(tree: unknown, where: string, advice = ""): FlatTree {
  const values: unknown[] = [];
  const treedef = flattenInto(tree, values);
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    // A tracer may pass through a function without any primitive ever seeing it.
    if (x instanceof Tracer && !x.trace.alive) throw leaked(x);
    if (!(x instanceof Tensor)) values[i] = leafTensor(x, where, () => treedef.leafPaths()[i], advice);
  }
  return { leaves: values as Tensor[], treedef };
}

function leafTensor(x: unknown, where: string, path: () => KeyPath, advice: string): Tensor {
  try {
    return asTensor(x as Parameters<typeof asTensor>[0], where);
  } catch (error) {
    if (!(error instanceof CotangentError)) throw error;
    throw new ArgumentError(
      "CT013",
      `${where}${keystr(path())} is ${describeType(x)}, which cannot become a tensor. ` +
        `Leaves must be tensors, numbers, booleans, bigints or typed arrays.${advice}`,
      { cause: error },
    );
  }
}
