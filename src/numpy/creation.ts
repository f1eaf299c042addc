/** Arrays from values and from nothing. */

import { hostArray } from "../../xla-like/index.js";
import { type ArrayLike, asTensor, typedArrayDtype } from "../core/array-like.js";
import { fromHost } from "../core/device-tensor.js";
import { asDType, type DType, defaultFloat } from "../core/dtype.js";
import { isScalarValue, type ScalarValue, scalarType, writeElement } from "../core/scalars.js";
import { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { checkOptions, describeType } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { type ArrayOptions, arrayOptions, asShape, dtypeOption, placed, type ShapeLike } from "./arguments.js";
import { broadcastToShape, promoteDtypes, toTensor } from "./promote.js";

/** Nested arrays whose elements may be tensors. */
export type NestedTensors = readonly (ArrayLike | NestedTensors)[];

const isPart = (x: unknown): boolean => x instanceof Tensor || typedArrayDtype(x) !== undefined;
const holdsTensor = (x: unknown): boolean => Array.isArray(x) && x.some((y) => isPart(y) || holdsTensor(y));

/** Nested arrays with tensors or typed arrays in them, stacked from the inside out. */
function stackNested(fn: string, x: unknown): Tensor {
  if (!Array.isArray(x)) return toTensor(fn, x as ArrayLike);
  const parts = promoteDtypes(...x.map((y) => stackNested(fn, y)));
  const odd = parts.find((t) => !t.shape.every((n, d) => n === parts[0].shape[d]) || t.ndim !== parts[0].ndim);
  if (odd) {
    throw new ShapeError(
      "CT106",
      `${fn}: the elements of an array have shapes [${parts[0].shape}] and [${odd.shape}], but they must have one shape.`,
    );
  }
  return p.stack(parts, 0);
}

/** A scalar with a buffer of its own: an array, where a bare number would be written into programs. */
function scalarArray(value: ScalarValue, dtype: DType | undefined): Tensor {
  const type = dtype === undefined ? scalarType(value) : { dtype, weakType: false };
  const data = hostArray(type.dtype, 1);
  writeElement(data, 0, type.dtype, value);
  return fromHost(data, [], type.dtype, { weakType: type.weakType });
}

function make(fn: string, value: ArrayLike | NestedTensors, { dtype, device }: ArrayOptions): Tensor {
  const type = dtypeOption(fn, dtype);
  if (isScalarValue(value)) return placed(fn, scalarArray(value, type), device);
  const tensor = holdsTensor(value)
    ? stackNested(fn, value)
    : asTensor(value as ArrayLike, fn, type === undefined ? {} : { dtype: type });
  return placed(fn, type === undefined ? tensor : p.convert(tensor, type), device);
}

export interface NewArrayOptions extends ArrayOptions {
  /** Axes of size 1 are put in front until there are so many. */
  readonly ndmin?: number;
}

/**
 * A tensor with the values of nested arrays, a typed array, a number or a tensor, which is copied.
 *
 * Without `dtype`, numbers in arrays are float32, bigints int64, booleans bool; typed arrays keep their type; a bare
 * number is a weakly typed scalar.
 * @throws ShapeError CT106 for nested arrays of unequal lengths; ArgumentError CT013 for what is no number
 * @example
 * np.array([[1, 2], [3, 4]]).shape; // [2, 2]
 * np.array([1, 2], { dtype: "int32" }).dtype; // "int32"
 */
export function array(value: ArrayLike | NestedTensors, options: NewArrayOptions = {}): Tensor {
  checkOptions("array", options, [...arrayOptions, "ndmin"]);
  const source = value instanceof Tensor ? p.copy(value) : value;
  const tensor = make("array", source, options);
  const lead = (options.ndmin ?? 0) - tensor.ndim;
  return lead > 0 ? p.expandDims(tensor, range(lead)) : tensor;
}

/** A tensor with the values; a tensor is given back as it is, or in another dtype. */
export function asarray(value: ArrayLike | NestedTensors, options: ArrayOptions = {}): Tensor {
  checkOptions("asarray", options, arrayOptions);
  return make("asarray", value, options);
}

/** A copy of x in a buffer of its own. */
export const copy = (x: ArrayLike): Tensor => p.copy(asarray(x));

/** x in another dtype; see the rules of `lax.convertElementType`. */
export const astype = (x: ArrayLike, dtype: DType): Tensor =>
  p.convert(toTensor("astype", x), asDType(dtype, "astype"));

function filled(fn: string, shape: ShapeLike, value: number, options: ArrayOptions): Tensor {
  checkOptions(fn, options, arrayOptions);
  const dtype = dtypeOption(fn, options.dtype) ?? defaultFloat;
  return placed(fn, p.full(asShape(fn, shape), value, dtype), options.device);
}

/** Zeros, float32 unless `dtype` says otherwise. */
export const zeros = (shape: ShapeLike, options: ArrayOptions = {}): Tensor => filled("zeros", shape, 0, options);
/** Ones, float32 unless `dtype` says otherwise. */
export const ones = (shape: ShapeLike, options: ArrayOptions = {}): Tensor => filled("ones", shape, 1, options);
/** An array whose values do not matter; they are zeros. */
export const empty = (shape: ShapeLike, options: ArrayOptions = {}): Tensor => filled("empty", shape, 0, options);

/**
 * An array filled with a value that broadcasts to its shape, in the value's type unless `dtype` says otherwise.
 * @example np.full([2], 7.5).js(); // [7.5, 7.5]
 */
export function full(shape: ShapeLike, fillValue: ArrayLike, options: ArrayOptions = {}): Tensor {
  checkOptions("full", options, arrayOptions);
  const value = toTensor("full", fillValue);
  const dtype = dtypeOption("full", options.dtype);
  const typed = dtype === undefined ? value : p.convert(value, dtype);
  return placed("full", broadcastToShape("full", typed, asShape("full", shape)), options.device);
}

export interface LikeOptions extends ArrayOptions {
  /** Another shape than the model's. */
  readonly shape?: ShapeLike;
}

function filledLike(fn: string, x: ArrayLike, value: ArrayLike, options: LikeOptions): Tensor {
  checkOptions(fn, options, [...arrayOptions, "shape"]);
  const model = toTensor(fn, x);
  const dtype = dtypeOption(fn, options.dtype);
  const weak = dtype === undefined && model.weakType;
  const shape = options.shape === undefined ? model.shape : asShape(fn, options.shape);
  const typed = p.convert(toTensor(fn, value), dtype ?? model.dtype, weak);
  return placed(fn, broadcastToShape(fn, typed, shape), options.device);
}

/** Zeros of x's shape and dtype. */
export const zerosLike = (x: ArrayLike, options: LikeOptions = {}): Tensor => filledLike("zerosLike", x, 0, options);
/** Ones of x's shape and dtype. */
export const onesLike = (x: ArrayLike, options: LikeOptions = {}): Tensor => filledLike("onesLike", x, 1, options);
/** An array of x's shape and dtype whose values do not matter. */
export const emptyLike = (x: ArrayLike, options: LikeOptions = {}): Tensor => filledLike("emptyLike", x, 0, options);
/** An array of x's shape and dtype filled with a value. */
export const fullLike = (x: ArrayLike, fillValue: ArrayLike, options: LikeOptions = {}): Tensor =>
  filledLike("fullLike", x, fillValue, options);

export interface FromBufferOptions {
  readonly dtype?: DType;
  /** How many elements to read; all by default. */
  readonly count?: number;
  /** Where to start, in bytes. */
  readonly offset?: number;
}

/** A vector read from the bytes of an ArrayBuffer or a view of one, as numbers of `dtype` (float32 by default). */
export function frombuffer(buffer: ArrayBufferLike | ArrayBufferView, options: FromBufferOptions = {}): Tensor {
  checkOptions("frombuffer", options, ["dtype", "count", "offset"]);
  const dtype = dtypeOption("frombuffer", options.dtype) ?? defaultFloat;
  const { offset = 0 } = options;
  const bytes = ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
  const width = hostArray(dtype, 1).byteLength;
  const count = options.count ?? Math.floor((bytes.length - offset) / width);
  if (offset < 0 || count < 0 || offset + count * width > bytes.length) {
    throw new ArgumentError(
      "CT004",
      `frombuffer: ${count} elements of ${dtype} from byte ${offset} on do not fit in a buffer of ${bytes.length} bytes. Give a smaller count or offset.`,
    );
  }
  const data = hostArray(dtype, count);
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength).set(bytes.subarray(offset, offset + count * width));
  return fromHost(data, [count], dtype);
}

/** A vector of the values of an iterable. */
export function fromiter(values: Iterable<number | bigint | boolean>, options: ArrayOptions = {}): Tensor {
  if (typeof (values as { [Symbol.iterator]?: unknown } | null)?.[Symbol.iterator] !== "function") {
    throw new ArgumentError("CT003", `fromiter: the values must be iterable, but got ${describeType(values)}.`);
  }
  return array([...values], options);
}

/** An array of the results of `f`, which is called once with an index array for each dimension of `shape`. */
export function fromfunction<R>(
  f: (...indices: Tensor[]) => R,
  shape: ShapeLike,
  options: { readonly dtype?: DType } = {},
): R {
  checkOptions("fromfunction", options, ["dtype"]);
  if (typeof f !== "function") {
    throw new ArgumentError(
      "CT014",
      `fromfunction: the first argument must be a function, but it is ${describeType(f)}.`,
    );
  }
  const sizes = asShape("fromfunction", shape);
  const dtype = dtypeOption("fromfunction", options.dtype) ?? defaultFloat;
  return f(...sizes.map((_, d) => p.iota(dtype, sizes, d)));
}
