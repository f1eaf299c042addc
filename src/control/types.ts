/** The types of trees that go into and come out of control flow. */

import type { ArrayLike, TypedArray } from "../core/array-like.js";
import type { Complex } from "../core/elements.js";
import type { Tensor } from "../core/tensor.js";
import type { MapLeaves } from "../tree/index.js";

/** A leaf that becomes a tensor. */
export type TensorLeaf = Tensor | number | bigint | boolean | Complex | TypedArray;

/** `T` as a traced function sees it: every leaf a tensor. */
export type Tensors<T> = unknown extends T ? T : [ArrayLike] extends [T] ? Tensor : MapLeaves<T, TensorLeaf, Tensor>;

/** `T` as a traced function may return it: every leaf anything that becomes a tensor. */
export type Loose<T> = unknown extends T
  ? T
  : [ArrayLike] extends [T]
    ? TensorLeaf
    : MapLeaves<T, TensorLeaf, TensorLeaf>;

// biome-ignore lint/suspicious/noExplicitAny: the constraint that any function fits; parameters are inferred.
export type AnyFunction = (...args: any[]) => unknown;
