/** The types of trees that go into and come out of control flow. */

import type { ArrayLike, TypedArray } from "../core/array-like.js";
import type { Complex } from "../core/elements.js";
import type { Tensor } from "../core/tensor.js";
import type { MapLeaves } from "../tree/index.js";

/** A leaf that becomes a tensor. */
export type TensorLeaf = Tensor | number | bigint | boolean | Complex | TypedArray;

/** `T` as traced functions see it and transforms give it: every number a tensor; strings and functions stay. */
export type Tensors<T> = unknown extends T ? T : [ArrayLike] extends [T] ? Tensor : TensorsIn<T>;

type TensorsIn<T> = T extends Tensor
  ? Tensor
  : T extends number | bigint | boolean | ArrayBufferView
    ? Tensor
    : T extends string | symbol | null | undefined
      ? T
      : // biome-ignore lint/complexity/noBannedTypes: any function at all
        T extends Function
        ? T
        : T extends Map<infer K, infer V>
          ? Map<K, Tensors<V>>
          : T extends ReadonlyMap<infer K, infer V>
            ? ReadonlyMap<K, Tensors<V>>
            : T extends object
              ? { [K in keyof T]: Tensors<T[K]> }
              : unknown;

/**
 * `Tensors<T>` for a `T` inferred as a constant, whose tuples are readonly: a function may declare its parameter as a
 * mutable tuple all the same. Inferred from the operand alone, never from the function's annotations.
 */
export type Operand<T> = NoInfer<Tensors<Thawed<T>>>;

type Thawed<T> = unknown extends T
  ? T
  : T extends Tensor | ArrayBufferView | AnyFunction | ReadonlyMap<unknown, unknown>
    ? T
    : T extends readonly unknown[]
      ? { -readonly [I in keyof T]: Thawed<T[I]> }
      : T extends object
        ? { [K in keyof T]: Thawed<T[K]> }
        : T;

/** `T` as a traced function may return it: every leaf anything that becomes a tensor. */
export type Loose<T> = unknown extends T
  ? T
  : [ArrayLike] extends [T]
    ? TensorLeaf
    : MapLeaves<T, TensorLeaf, TensorLeaf>;

// biome-ignore lint/suspicious/noExplicitAny: the constraint that any function fits; parameters are inferred.
export type AnyFunction = (...args: any[]) => unknown;
