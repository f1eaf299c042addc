import { type DType, dtypes, isInexact } from "./dtype.js";

/** What tracing knows of a value: its shape and type, and whether the type is weak. */
export class ShapedArray {
  #key: string | undefined;
  #hash = -1;

  constructor(
    readonly shape: readonly number[],
    readonly dtype: DType,
    readonly weakType: boolean = false,
  ) {}

  get ndim(): number {
    return this.shape.length;
  }
  get size(): number {
    let n = 1;
    for (const d of this.shape) n *= d;
    return n;
  }
  /** The type of tangents and cotangents: the same for inexact types, `float0` for the rest. */
  tangent(): ShapedArray {
    return isInexact(this.dtype) ? this : new ShapedArray(this.shape, "float0");
  }
  withShape(shape: readonly number[]): ShapedArray {
    return new ShapedArray(shape, this.dtype, this.weakType);
  }
  withDtype(dtype: DType, weakType = false): ShapedArray {
    return new ShapedArray(this.shape, dtype, weakType);
  }
  strengthen(): ShapedArray {
    return this.weakType ? new ShapedArray(this.shape, this.dtype) : this;
  }
  /** The aval of one element of a batch along `dim`. */
  without(dim: number | null): ShapedArray {
    return dim === null ? this : this.withShape(this.shape.filter((_, i) => i !== dim));
  }
  /** Same shape and dtype; weakness is not compared. */
  matches(other: ShapedArray): boolean {
    return this.dtype === other.dtype && sameShape(this.shape, other.shape);
  }
  equals(other: ShapedArray): boolean {
    return this === other || (this.weakType === other.weakType && this.matches(other));
  }
  /** A string that is equal for equal avals: part of cache keys. */
  get key(): string {
    this.#key ??= `${this.weakType ? "~" : ""}${dtypes[this.dtype].short}[${this.shape.join(",")}]`;
    return this.#key;
  }
  /** A small number that is equal for equal avals: where to look in caches. */
  get hash(): number {
    if (this.#hash < 0) this.#hash = hashOf(this);
    return this.#hash;
  }
  /** `f32[2,3]`, as jaxprs print it. */
  toString(): string {
    return `${dtypes[this.dtype].short}[${this.shape.join(",")}]`;
  }
}

const dtypeNumbers = new Map(Object.keys(dtypes).map((d, i) => [d, i]));

function hashOf({ shape, dtype, weakType }: ShapedArray): number {
  let h = (2 * (dtypeNumbers.get(dtype) as number) + (weakType ? 1 : 0)) | 0;
  for (let i = 0; i < shape.length; i++) h = (Math.imul(h, 31) + shape[i] + 1) | 0;
  return h & 0x3fffffff;
}

const scalars = new Map<DType, readonly [strong: ShapedArray, weak: ShapedArray]>();

/** The type of scalars of a dtype, one object for all of them. */
export function scalarAval(dtype: DType, weakType: boolean): ShapedArray {
  let both = scalars.get(dtype);
  if (both === undefined) {
    both = [new ShapedArray([], dtype), new ShapedArray([], dtype, true)];
    scalars.set(dtype, both);
  }
  return both[weakType ? 1 : 0];
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Anything with a shape and a dtype: tensors, tracers, avals, operands being transposed. */
export interface Shaped {
  readonly shape: readonly number[];
  readonly dtype: DType;
}
