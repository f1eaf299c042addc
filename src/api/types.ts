/** The types of transformed functions. */

import type { AnyFunction, Tensors } from "../control/types.js";
import type { ArrayLike } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";

export type { AnyFunction, Tensors };

type Primitive = string | number | bigint | boolean | symbol | null | undefined;
// biome-ignore lint/complexity/noBannedTypes: any function at all
type Opaque = Primitive | Function | ArrayBufferView;

/** `T` as it may be passed: wherever it wants a tensor, anything that becomes one will do. */
export type Loose<T, L = ArrayLike> = [ArrayLike] extends [T]
  ? T | L // Loose already, as the parameters of transformed functions are; its nested arrays have no end.
  : T extends Tensor
    ? L
    : T extends Opaque
      ? T
      : T extends ReadonlyMap<infer K, infer V>
        ? ReadonlyMap<K, Loose<V, L>>
        : T extends object
          ? { readonly [K in keyof T]: Loose<T[K], L> }
          : T;

/** Arguments as they may be passed. */
export type LooseArgs<A extends readonly unknown[], L = ArrayLike> = { [I in keyof A]: Loose<A[I], L> };

/** The arguments that `argnums` selects: one, or a tuple of several. */
export type Selected<A extends readonly unknown[], N> = N extends number
  ? number extends N
    ? Tensors<A[number]>
    : Tensors<At<A, N>>
  : N extends readonly number[]
    ? { -readonly [I in keyof N]: Tensors<At<A, N[I]>> }
    : Tensors<A[0]>;

type At<A extends readonly unknown[], N> = N extends keyof A
  ? A[N]
  : `${N & number}` extends keyof A
    ? A[`${N & number}` & keyof A]
    : A[number];
