import type { ShapedArray } from "./aval.js";
import type { DType } from "./dtype.js";

/**
 * An immutable n-dimensional array. Concrete tensors hold a device buffer; tracers stand in for tensors
 * while a function is being transformed. Both are used the same way; only concrete ones can be read.
 * The methods for arithmetic, reductions and indexing are attached by the numpy layer.
 */
export abstract class Tensor {
  abstract readonly aval: ShapedArray;
  /** The concrete tensor behind this one, or an error that names the function being traced. */
  abstract concrete(action: string): Tensor;

  get shape(): readonly number[] {
    return this.aval.shape;
  }
  get dtype(): DType {
    return this.aval.dtype;
  }
  get ndim(): number {
    return this.aval.shape.length;
  }
  get size(): number {
    return this.aval.size;
  }
  /** Whether the dtype gives way to other operands' in promotion. */
  get weakType(): boolean {
    return this.aval.weakType;
  }
}

/** A symbolic zero tangent or cotangent: nothing is computed for it. */
export class Zero {
  readonly symbolic = "zero";
  constructor(readonly aval: ShapedArray) {}
}

/** Stands for the operand of a linear operation with respect to which it is being transposed. */
export class LinearOperand {
  readonly symbolic = "linear";
  constructor(readonly aval: ShapedArray) {}
  get shape(): readonly number[] {
    return this.aval.shape;
  }
  get dtype(): DType {
    return this.aval.dtype;
  }
}
