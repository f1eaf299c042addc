/** What counts as an array besides tensors, and how it becomes one. */

import { type HostArray, hostArray } from "../../xla-like/index.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { fromHost } from "./device-tensor.js";
import type { Device } from "./devices.js";
import { type DType, defaultFloat, isFloat, promoteTypes } from "./dtype.js";
import { type Complex, elementCount, writeElement } from "./elements.js";
import { literal, type ScalarValue, scalarType } from "./scalars.js";
import { Tensor } from "./tensor.js";

/** The typed arrays, each of which keeps its element type. */
export type TypedArray =
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** Nested arrays of one length at each level. */
export type NestedArrayLike = readonly (number | bigint | boolean | Complex | NestedArrayLike)[];

/** Anything that becomes a tensor by itself. */
export type ArrayLike = Tensor | number | bigint | boolean | Complex | TypedArray | NestedArrayLike;

export interface AsTensorOptions {
  /** The element type; by default what the value suggests. Not applied to tensors. */
  readonly dtype?: DType | undefined;
  readonly device?: Device | undefined;
}

const typedArrays = new Map<unknown, DType>([
  [Int8Array, "int8"],
  [Int16Array, "int16"],
  [Int32Array, "int32"],
  [BigInt64Array, "int64"],
  [Uint8Array, "uint8"],
  [Uint8ClampedArray, "uint8"],
  [Uint16Array, "uint16"],
  [Uint32Array, "uint32"],
  [BigUint64Array, "uint64"],
  [Float32Array, "float32"],
  [Float64Array, "float64"],
]);

/** The dtype of a typed array; undefined for anything else. Subclasses (Node's Buffer) count as what they extend. */
export function typedArrayDtype(x: unknown): DType | undefined {
  if (!ArrayBuffer.isView(x) || x instanceof DataView) return undefined;
  for (let p: unknown = Object.getPrototypeOf(x); p !== null; p = Object.getPrototypeOf(p)) {
    const dtype = typedArrays.get((p as { constructor?: unknown }).constructor);
    if (dtype !== undefined) return dtype;
  }
  return undefined;
}

const isScalar = (x: unknown): x is ScalarValue => {
  switch (typeof x) {
    case "number":
    case "bigint":
    case "boolean":
      return true;
    default: {
      if (typeof x !== "object" || x === null) return false;
      const { re, im } = x as Partial<Complex>;
      return typeof re === "number" && typeof im === "number";
    }
  }
};

/**
 * The tensor an array-like value stands for; a tensor is given back as it is.
 *
 * Scalars become weakly typed literals (booleans and bigints: bool and int64); in nested arrays numbers are float32,
 * bigints int64 and booleans bool, promoted where they mix; typed arrays are copied and keep their type.
 * @throws ArgumentError (CT013) for a value that is no array
 * @throws ShapeError (CT106) for nested arrays of unequal lengths
 */
export function asTensor(value: ArrayLike, where: string, options: AsTensorOptions = {}): Tensor {
  if (value instanceof Tensor) return value;
  const { dtype, device } = options;
  if (isScalar(value)) {
    const type = dtype === undefined ? scalarType(value) : { dtype, weakType: false };
    if (device === undefined) return literal(value, type.dtype, type.weakType);
    return hostTensor([value], [], type.dtype, { ...options, weakType: type.weakType });
  }
  const own = typedArrayDtype(value);
  if (own !== undefined) {
    const elements = value as TypedArray;
    if (dtype !== undefined && dtype !== own) return hostTensor(elements, [elements.length], dtype, options);
    const data = hostArray(own, elements.length);
    data.set(elements as never);
    return fromHost(data, [elements.length], own, deviceOption(device));
  }
  if (Array.isArray(value)) {
    const shape = shapeOfNested(value, where);
    const flat: ScalarValue[] = [];
    flattenNested(value, shape, flat, [], where);
    return hostTensor(flat, shape, dtype ?? dtypeOfElements(flat), options);
  }
  throw new ArgumentError(
    "CT013",
    `${where}: ${describeType(value)} cannot become a tensor. ` +
      "Give a tensor, a number, a boolean, a bigint, a typed array or nested arrays of numbers.",
  );
}

const deviceOption = (device: Device | undefined) => (device === undefined ? {} : { device });

function hostTensor(
  elements: { readonly length: number; readonly [i: number]: ScalarValue },
  shape: readonly number[],
  dtype: DType,
  { device, weakType = false }: AsTensorOptions & { weakType?: boolean },
): Tensor {
  const data: HostArray = hostArray(dtype, elementCount(shape));
  for (let i = 0; i < elements.length; i++) writeElement(data, i, dtype, elements[i]);
  return fromHost(data, shape, dtype, { weakType, ...deviceOption(device) });
}

/** The shape that the first element of each level gives; whether the others agree is seen while flattening. */
function shapeOfNested(value: readonly unknown[], where: string): number[] {
  const shape: number[] = [];
  for (let level: unknown = value; Array.isArray(level); level = level[0]) {
    shape.push(level.length);
    if (shape.length > 100) throw ragged(where, [], "it is nested more than 100 deep");
    if (level.length === 0) break;
  }
  return shape;
}

function flattenNested(
  x: readonly unknown[],
  shape: readonly number[],
  out: ScalarValue[],
  path: readonly number[],
  where: string,
): void {
  const depth = path.length;
  if (x.length !== shape[depth]) {
    throw ragged(where, path, `it has ${x.length} elements where the first of its level has ${shape[depth]}`);
  }
  const innermost = depth + 1 === shape.length;
  for (let i = 0; i < x.length; i++) {
    const item = x[i];
    if (Array.isArray(item)) {
      if (innermost) throw ragged(where, [...path, i], "it is an array where the first of its level is a number");
      flattenNested(item, shape, out, [...path, i], where);
    } else if (!isScalar(item)) {
      const advice =
        item instanceof Tensor
          ? "Join tensors with np.stack or np.concatenate."
          : "Elements must be numbers, booleans or bigints.";
      throw new ArgumentError(
        "CT013",
        `${where}: element ${at([...path, i])} is ${item instanceof Tensor ? "a tensor" : describeType(item)}, which cannot be an element. ${advice}`,
      );
    } else {
      if (!innermost) throw ragged(where, [...path, i], "it is a number where the first of its level is an array");
      out.push(item);
    }
  }
}

const at = (path: readonly number[]): string => path.map((i) => `[${i}]`).join("");

const ragged = (where: string, path: readonly number[], what: string): ShapeError =>
  new ShapeError(
    "CT106",
    `${where}: the nested array is ragged${path.length > 0 ? ` at ${at(path)}` : ""}: ${what}. ` +
      "All arrays of one level must have one length; pad the shorter ones.",
  );

/** Numbers are floats here, whole or not; the kinds that occur are promoted. */
function dtypeOfElements(flat: readonly ScalarValue[]): DType {
  const kinds = new Set(flat.map((x) => (typeof x === "number" ? defaultFloat : scalarType(x).dtype)));
  if (kinds.size === 0) return defaultFloat;
  const { dtype } = promoteTypes([...kinds].map((d) => ({ dtype: d, weakType: false })));
  return isFloat(dtype) ? defaultFloat : dtype;
}
