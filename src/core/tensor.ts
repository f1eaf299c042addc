import type { Device, HostArray } from "../../xla-like/index.js";
import { ArgumentError, ConcretizationError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import type { ShapedArray } from "./aval.js";
import type { DType } from "./dtype.js";
import { elementCount, hostValues, type NestedArray, nested, readElement, type ScalarValue } from "./elements.js";
import { type FormatOptions, formatArray, formatOptions } from "./format.js";

/** What a concrete tensor offers to those that read it. */
export interface Readable {
  readonly aval: ShapedArray;
  readonly device: Device;
  hostData(): HostArray;
  hostDataAsync(): Promise<HostArray>;
}

/**
 * An immutable n-dimensional array. Concrete tensors hold a device buffer; tracers stand in for tensors
 * while a function is being transformed. Both are used the same way; only concrete ones can be read.
 * The methods for arithmetic, reductions and indexing are attached by the numpy layer.
 */
export abstract class Tensor {
  abstract readonly aval: ShapedArray;
  /** The concrete tensor behind this one, or an error that names the function being traced. */
  abstract concrete(action: string): Tensor & Readable;

  get shape(): readonly number[] {
    return this.aval.shape;
  }
  get dtype(): DType {
    return this.aval.dtype;
  }
  get ndim(): number {
    return this.aval.shape.length;
  }
  /** The number of elements. */
  get size(): number {
    return this.aval.size;
  }
  /** Whether the dtype gives way to other operands' in promotion. */
  get weakType(): boolean {
    return this.aval.weakType;
  }
  /** The device the value is on; of a tracer, its concrete primal's. */
  get device(): Device {
    return this.concrete("device").device;
  }

  /**
   * The value of a tensor of one element: a number, a boolean, a bigint for 64-bit integers, `{ re, im }` for complex.
   * @throws ConcretizationError (CT301) on a tracer without a value
   * @throws ArgumentError (CT108) if there is not exactly one element
   */
  item(): ScalarValue {
    const x = this.concrete("item()");
    if (this.size !== 1) {
      throw new ArgumentError(
        "CT108",
        `item: the tensor of shape [${this.shape}] has ${this.size} elements, not one. Use js() or dataSync() to read them all.`,
      );
    }
    return readElement(x.hostData(), 0, this.dtype);
  }

  /** The values as nested arrays, or the value itself of a 0-d tensor. */
  js(): NestedArray {
    return nested(this.concrete("js()").hostData(), this.shape, this.dtype);
  }

  async jsAsync(): Promise<NestedArray> {
    return nested(await this.concrete("jsAsync()").hostDataAsync(), this.shape, this.dtype);
  }

  /**
   * The elements in row-major order as a typed array of your own. float16 and bfloat16 come as a Float32Array, bool as a
   * Uint8Array of 0 and 1, complex numbers as interleaved real and imaginary parts.
   */
  dataSync(): HostArray {
    return hostValues(this.concrete("dataSync()").hostData(), this.dtype);
  }

  async data(): Promise<HostArray> {
    return hostValues(await this.concrete("data()").hostDataAsync(), this.dtype);
  }

  /** Gives the memory back now; later use of the tensor throws. Optional: unused tensors are collected. */
  dispose(): void {}
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** A 0-d tensor read as a number; tracers and larger tensors throw. */
  [Symbol.toPrimitive](hint: string): string | number | bigint | boolean {
    const x = this.concrete(hint === "string" ? "conversion to a string" : "conversion to a number");
    if (hint === "string") return String(x.toString());
    const value = elementCount(this.shape) === 1 ? readElement(x.hostData(), 0, this.dtype) : undefined;
    if (value === undefined || typeof value === "object") {
      throw new ConcretizationError(
        "CT303",
        `a ${this.aval} tensor cannot be used as a number: JavaScript's operators do not work on tensors. ` +
          "Use methods (x.add(y), x.greater(0)), or read it first (x.item(), x.js()).",
      );
    }
    return value;
  }

  /** The elements as NumPy prints them; a tracer's type and trace. */
  toString(options: FormatOptions = {}): string {
    checkOptions("toString", options, formatOptions);
    return formatArray(this.concrete("toString()").hostData(), this.shape, this.dtype, options);
  }

  /**
   * The values as nested arrays, for `JSON.stringify`: 64-bit integers as numbers where those are exact, else as strings;
   * JSON writes null for NaN and infinities. Use `io` to keep dtypes and every bit.
   * @throws ConcretizationError (CT301) on a tracer without a value
   * @example JSON.stringify({ loss: np.array([0.5, 2]) }); // '{"loss":[0.5,2]}'
   */
  toJSON(): JsonValues {
    const x = this.concrete("JSON.stringify");
    return jsonValues(nested(x.hostData(), this.shape, this.dtype));
  }

  /** What console.log shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** What a tensor's values are in JSON. */
export type JsonValues = number | boolean | string | { re: number; im: number } | JsonValues[];

function jsonValues(x: NestedArray): JsonValues {
  if (Array.isArray(x)) return x.map(jsonValues);
  if (typeof x !== "bigint") return x as Exclude<typeof x, NestedArray[] | bigint>;
  return Number.isSafeInteger(Number(x)) ? Number(x) : String(x);
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

// A tensor is a leaf of every pytree.
declare module "../tree/types.js" {
  interface LeafTypes {
    tensor: Tensor;
  }
}
