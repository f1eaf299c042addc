/** Arguments that are not arrays: shapes, axes, dtypes, devices. */

import { putOn } from "../control/device-put.js";
import { asDevice, type Device } from "../core/devices.js";
import { asDType, type DType } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";

/** A shape as it may be given: one size, or a list of them. */
export type ShapeLike = number | readonly number[];
/** One axis, several, or with null all of them. */
export type Axis = number | readonly number[] | null;

/** An integer known while tracing; a concrete integer tensor counts. */
export function asInteger(fn: string, name: string, x: unknown): number {
  const value = x instanceof Tensor ? Number(x.item()) : x;
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new ArgumentError(
    "CT003",
    `${fn}: ${name} must be an integer, but it is ${typeof value === "number" ? value : describeType(value)}.`,
  );
}

/**
 * The sizes of a shape argument.
 * @throws ArgumentError CT003 unless integers, ShapeError CT107 for negative ones
 */
export function asShape(fn: string, shape: unknown): number[] {
  const list = Array.isArray(shape) ? (shape as unknown[]) : [shape];
  return list.map((x) => {
    const n = asInteger(fn, "a size in shape", x);
    if (n >= 0) return n + 0;
    throw new ShapeError("CT107", `${fn}: the shape [${list}] has a negative size. Sizes are 0 or more.`);
  });
}

/** What functions that make arrays take. */
export interface ArrayOptions {
  readonly dtype?: DType | undefined;
  /** Where the result is; without it, on the default device. */
  readonly device?: Device | string | undefined;
}
export const arrayOptions = ["dtype", "device"];

/** A dtype option, checked. */
export const dtypeOption = (fn: string, dtype: DType | null | undefined): DType | undefined =>
  dtype === undefined || dtype === null ? undefined : asDType(dtype, fn);

/** x on the device of the options, if they name one. */
export const placed = (fn: string, x: Tensor, device: Device | string | undefined): Tensor =>
  device === undefined ? x : putOn(x, asDevice(device, fn));
