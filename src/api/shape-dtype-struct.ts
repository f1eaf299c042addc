import type { ArrayLike } from "../core/array-like.js";
import { ShapedArray } from "../core/aval.js";
import { asDType, type DType } from "../core/dtype.js";
import { stage } from "../interpreters/staging.js";
import { checkOptions } from "../prelude/options.js";
import { flattenInto } from "../tree/flatten.js";
import type { TreeDef } from "../tree/index.js";
import { checkFunction, describe, FlatFunction, flattenTensors } from "./flat.js";
import type { AnyFunction, LooseArgs, Tensors } from "./types.js";

/** A shape and a dtype without a value: what evalShape gives, and takes in place of a tensor. */
export class ShapeDtypeStruct {
  readonly aval: ShapedArray;
  constructor(shape: readonly number[], dtype: DType, options: { readonly weakType?: boolean } = {}) {
    checkOptions("ShapeDtypeStruct", options, ["weakType"]);
    this.aval = new ShapedArray([...shape], asDType(dtype, "ShapeDtypeStruct"), options.weakType ?? false);
  }
  get shape(): readonly number[] {
    return this.aval.shape;
  }
  get dtype(): DType {
    return this.aval.dtype;
  }
  get ndim(): number {
    return this.aval.ndim;
  }
  get size(): number {
    return this.aval.size;
  }
  get weakType(): boolean {
    return this.aval.weakType;
  }
  toString(): string {
    return `ShapeDtypeStruct(${this.aval})`;
  }
}

// A leaf of every pytree, as tensors are.
declare module "../tree/types.js" {
  interface LeafTypes {
    struct: ShapeDtypeStruct;
  }
}

/** The types of a tree's leaves: tensors, ShapeDtypeStructs, and what becomes a tensor. */
export function avalsOf(tree: unknown, where: string): { avals: ShapedArray[]; treedef: TreeDef } {
  const values: unknown[] = [];
  const treedef = flattenInto(tree, values);
  const avals = values.map((x) => (x instanceof ShapeDtypeStruct ? x.aval : flattenTensors(x, where).leaves[0].aval));
  return { avals, treedef };
}

type Structs<T> = T extends { readonly shape: readonly number[] }
  ? ShapeDtypeStruct
  : T extends object
    ? { [K in keyof T]: Structs<T[K]> }
    : T;

/**
 * The shapes and dtypes that `f` returns, without computing anything. Arguments may be ShapeDtypeStructs.
 *
 * @example
 * evalShape((x: Tensor) => x.reshape(3, 2), new ShapeDtypeStruct([2, 3], "float32")).shape; // [3, 2]
 */
export function evalShape<F extends AnyFunction>(
  f: F,
  ...args: LooseArgs<Parameters<F>, ArrayLike | ShapeDtypeStruct>
): Structs<Tensors<ReturnType<F>>> {
  checkFunction("evalShape", f);
  const { avals, treedef } = avalsOf(args, "evalShape: an argument");
  const flat = new FlatFunction("evalShape", f, (xs) => treedef.unflatten(xs) as unknown[]);
  const { outAvals } = stage(flat.call, avals, describe("evalShape", f));
  return flat.rebuildOut(
    outAvals.map((a) => new ShapeDtypeStruct(a.shape, a.dtype, { weakType: a.weakType })),
  ) as never;
}
