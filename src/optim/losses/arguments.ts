/** What losses have in common: operands of one shape, floats, axes and masks. */
import { type ArrayLike, asTensor } from "../../core/array-like.js";
import { sameShape } from "../../core/aval.js";
import { isFloat, isInteger } from "../../core/dtype.js";
import type { Tensor } from "../../core/tensor.js";
import type { Axis } from "../../numpy/arguments.js";
import * as np from "../../numpy/index.js";
import { DTypeError, ShapeError } from "../../prelude/errors.js";

export interface AxisOptions {
  /** The axis or axes of the classes; the last by default, null for all. */
  readonly axis?: Axis | undefined;
  /** A mask that broadcasts with the operands: elements where it is false do not count. */
  readonly where?: ArrayLike | undefined;
}

/** @throws DTypeError CT105 unless the operand is a float */
export function floats(fn: string, name: string, x: ArrayLike): Tensor {
  const t = asTensor(x, `optim.${fn}`);
  if (isFloat(t.dtype)) return t;
  throw new DTypeError(
    "CT105",
    `optim.${fn}: operand '${name}' is ${t.dtype}, but it must be a float. Convert it with astype.`,
  );
}

/** @throws DTypeError CT105 unless the operand is an integer */
export function integers(fn: string, name: string, x: ArrayLike): Tensor {
  const t = asTensor(x, `optim.${fn}`);
  if (isInteger(t.dtype)) return t;
  throw new DTypeError(
    "CT105",
    `optim.${fn}: operand '${name}' is ${t.dtype}, but it must hold integers, the indices of classes. Convert it with astype("int32").`,
  );
}

/** @throws ShapeError CT103 unless both have one shape */
export function sameShapes(fn: string, names: readonly [string, string], x: Tensor, y: Tensor): void {
  if (sameShape(x.shape, y.shape)) return;
  throw new ShapeError(
    "CT103",
    `optim.${fn}: operand '${names[0]}' has shape [${x.shape}], but '${names[1]}' has [${y.shape}]. They must be equal; reshape or broadcast one.`,
  );
}

/** The mask among reduction options, if there is one; with the axes it lacks. */
export function maskFor(fn: string, where: ArrayLike | undefined, ndim: number, axis: Axis): { where?: Tensor } {
  if (where === undefined) return {};
  const t = asTensor(where, `optim.${fn}`);
  return { where: t.ndim === ndim || axis === null ? t : np.expandDims(t, axis) };
}

export const axisOf = ({ axis }: AxisOptions): Axis => (axis === undefined ? -1 : axis);
