/** Trees of tensors as flat float64 vectors, for arithmetic outside the library under test. */
import type { ArrayLike } from "../src/core/array-like.js";
import { asTensor } from "../src/core/array-like.js";
import { fromHost } from "../src/core/device-tensor.js";
import { type DType, isComplex, isFloat, isInexact, isInteger } from "../src/core/dtype.js";
import { writeElement } from "../src/core/elements.js";
import { Tensor } from "../src/core/tensor.js";
import { flattenInto } from "../src/tree/flatten.js";
import { type KeyPath, keystr, type TreeDef } from "../src/tree/index.js";
import { hostArray } from "../xla-like/index.js";

/** One tensor of a tree, by its path; complex numbers count twice in `values`. */
export interface Leaf {
  readonly path: KeyPath;
  readonly tensor: Tensor;
}
export interface Leaves {
  readonly leaves: readonly Leaf[];
  readonly treedef: TreeDef;
}

export function leavesOf(tree: unknown): Leaves {
  const values: unknown[] = [];
  const treedef = flattenInto(tree, values);
  const paths = treedef.leafPaths();
  const leaves = values.map((x, i) => ({
    path: paths[i],
    tensor: x instanceof Tensor ? x : asTensor(x as ArrayLike, "a leaf"),
  }));
  return { leaves, treedef };
}

/** `argument 0.w` */
export const argumentName = (path: KeyPath): string => `argument ${path[0]}${keystr(path.slice(1))}`;

export const isDifferentiable = (x: Tensor): boolean => isInexact(x.dtype);

/** JavaScript does not tell 3 from 3.0: to derivatives plain numbers are floats, as they are to `grad`. */
export const floating = (x: Tensor): Tensor =>
  x.weakType && isInteger(x.dtype) ? tensorOf(numbersOf(x), { shape: x.shape, dtype: "float64" }) : x;

/** Real numbers of a tensor: its elements, or their real and imaginary parts. */
export function numbersOf(x: Tensor): Float64Array {
  return Float64Array.from(x.dataSync() as ArrayLikeOfNumbers, Number);
}
type ArrayLikeOfNumbers = { readonly length: number; readonly [i: number]: number | bigint };

/** A tensor of the given numbers, typed and shaped like another. */
export function tensorOf(
  numbers: Float64Array,
  like: { readonly shape: readonly number[]; readonly dtype: DType },
): Tensor {
  const { shape, dtype } = like;
  if (dtype === "float0") return fromHost(hostArray(dtype, 0), shape, dtype);
  const size = shape.reduce((n, d) => n * d, 1);
  const data = hostArray(dtype, size);
  for (let i = 0; i < size; i++) {
    const value = isComplex(dtype) ? { re: numbers[2 * i], im: numbers[2 * i + 1] } : numbers[i];
    writeElement(data, i, dtype, value);
  }
  return fromHost(data, shape, dtype);
}

/** The same values in double precision, where finite differences mean something. */
export function widen(x: Tensor): Tensor {
  if (!isInexact(x.dtype)) return x;
  const dtype: DType = isFloat(x.dtype) ? "float64" : "complex128";
  return x.dtype === dtype && !x.weakType ? x : tensorOf(numbersOf(x), { shape: x.shape, dtype });
}

/** The multi-index of a flat element number. */
export function unravel(i: number, shape: readonly number[]): number[] {
  const index = shape.map(() => 0);
  let rest = i;
  for (let d = shape.length - 1; d >= 0; d--) {
    index[d] = rest % shape[d];
    rest = Math.floor(rest / shape[d]);
  }
  return index;
}
