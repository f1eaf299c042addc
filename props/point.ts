/** A point to differentiate at: a function's arguments, and its results along lines through them. */
import { jvp, vjp } from "../src/api/index.js";
import type { AnyFunction } from "../src/api/types.js";
import { isComplex } from "../src/core/dtype.js";
import type { Tensor } from "../src/core/tensor.js";
import type { KeyPath, TreeDef } from "../src/tree/index.js";
import { isDifferentiable, type Leaf, type Leaves, leavesOf, numbersOf, tensorOf } from "./leaves.js";

/** One vector for each differentiable leaf; complex numbers count as two reals. */
export type Vectors = readonly Float64Array[];

/** Where a real number of a result stands. */
export interface ResultPlace {
  readonly path: KeyPath;
  /** The element, counted in row-major order. */
  readonly element: number;
  readonly shape: readonly number[];
}

export class Point {
  readonly leaves: readonly Leaf[];
  readonly active: readonly Leaf[];
  readonly values: Vectors;
  readonly #treedef: TreeDef;
  #pullback: ((cts: unknown) => unknown) | null = null;
  #outputs: Leaves | null = null;

  constructor(
    readonly f: AnyFunction,
    readonly args: readonly unknown[],
  ) {
    const { leaves, treedef } = leavesOf(args);
    this.leaves = leaves;
    this.#treedef = treedef;
    this.active = leaves.filter((l) => isDifferentiable(l.tensor));
    this.values = this.active.map((l) => numbersOf(l.tensor));
  }

  /** The differentiable results with the arguments moved by h along a direction. */
  along(direction: Vectors, h: number): Float64Array {
    const moved = this.values.map((p, k) => p.map((x, i) => x + h * direction[k][i]));
    return this.#flat(this.f(...(this.#rebuild(moved) as unknown[])));
  }

  /** The derivative of the results along a direction, by forward mode. */
  forward(direction: Vectors): Float64Array {
    return this.#flat(jvp(this.f, this.args as never, this.#rebuild(direction, true) as never)[1]);
  }

  /** The gradient of Σ wᵢ·resultᵢ by reverse mode, such that its dot product with a direction is the slope along it. */
  reverse(weights: Float64Array): Vectors {
    if (!this.#pullback) {
      const [out, pullback] = vjp(this.f, ...(this.args as never[]));
      this.#pullback = pullback as (cts: unknown) => unknown;
      this.#flat(out);
    }
    const { leaves, treedef } = this.#results();
    let k = 0;
    const cts = leaves.map(({ tensor }) => {
      if (!isDifferentiable(tensor)) return floatZero(tensor);
      const own = weights.subarray(k, k + realSize(tensor));
      k += own.length;
      // The real part of Σ ct·t, without conjugation, is Σ Re ct·Re t - Im ct·Im t.
      return tensorOf(conjugated(own, tensor), tensor);
    });
    const grads = leavesOf(this.#pullback(treedef.unflatten(cts))).leaves;
    return this.leaves.flatMap(({ tensor }, i) =>
      isDifferentiable(tensor) ? [conjugated(numbersOf(grads[i].tensor), tensor)] : [],
    );
  }

  /** How many real numbers the differentiable results have. */
  get resultSize(): number {
    return this.#results().leaves.reduce((n, l) => n + (isDifferentiable(l.tensor) ? realSize(l.tensor) : 0), 0);
  }

  place(i: number): ResultPlace {
    let rest = i;
    for (const { path, tensor } of this.#results().leaves) {
      if (!isDifferentiable(tensor)) continue;
      const per = isComplex(tensor.dtype) ? 2 : 1;
      if (rest < tensor.size * per) return { path, element: Math.floor(rest / per), shape: tensor.shape };
      rest -= tensor.size * per;
    }
    throw new RangeError(`there is no result ${i}`);
  }

  /** The arguments with other numbers in the differentiable leaves; tangents have nothing in the others. */
  #rebuild(vectors: Vectors, tangents = false): unknown {
    let k = 0;
    return this.#treedef.unflatten(
      this.leaves.map(({ tensor }) =>
        isDifferentiable(tensor) ? tensorOf(vectors[k++], tensor) : tangents ? floatZero(tensor) : tensor,
      ),
    );
  }

  #results(): Leaves {
    if (!this.#outputs) this.#flat(this.f(...this.args));
    return this.#outputs as Leaves;
  }

  #flat(out: unknown): Float64Array {
    const results = leavesOf(out);
    this.#outputs ??= results;
    const numbers = results.leaves.filter((l) => isDifferentiable(l.tensor)).map((l) => numbersOf(l.tensor));
    const flat = new Float64Array(numbers.reduce((n, v) => n + v.length, 0));
    let offset = 0;
    for (const v of numbers) {
      flat.set(v, offset);
      offset += v.length;
    }
    return flat;
  }
}

export const realSize = (x: Tensor): number => x.size * (isComplex(x.dtype) ? 2 : 1);

/** The tangent or cotangent of what has none. */
export const floatZero = (x: Tensor): Tensor => tensorOf(new Float64Array(0), { shape: x.shape, dtype: "float0" });

const conjugated = (numbers: Float64Array, like: Tensor): Float64Array =>
  isComplex(like.dtype) ? numbers.map((x, i) => (i % 2 === 1 ? -x : x)) : numbers;

export const dot = (a: Vectors, b: Vectors): number =>
  a.reduce((sum, v, k) => sum + v.reduce((s, x, i) => s + x * b[k][i], 0), 0);
