/** How numpy's functions bring operands together: values become tensors, dtypes are promoted, ranks are made equal. */
import "../interpreters/evaluate.js";
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { sameShape } from "../core/aval.js";
import { type DType, isInexact, promoteTypes, toInexact } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { convert } from "../primitives/convert.js";
import { broadcastInDim, broadcastTo, expandDims } from "../primitives/shape.js";

export type { ArrayLike };

/** One argument as a tensor; messages name the function. */
export const toTensor = (fn: string, x: ArrayLike): Tensor => asTensor(x, fn);

/** Arguments as tensors; messages name the function. */
export const asTensors = (fn: string, ...xs: readonly ArrayLike[]): Tensor[] => xs.map((x) => asTensor(x, fn));

/** The tensors in the dtype that they promote to. */
export function promoteDtypes(...xs: readonly Tensor[]): Tensor[] {
  if (xs.length === 0) return [];
  const { dtype, weakType } = promoteTypes(xs);
  return xs.map((x) => convert(x, dtype, weakType));
}

/** The same, in a float or complex dtype: integers and booleans become float32. */
export function promoteDtypesInexact(...xs: readonly Tensor[]): Tensor[] {
  const { dtype, weakType } = promoteTypes(xs);
  return xs.map((x) => convert(x, toInexact(dtype), weakType));
}

/** The same, in a number type: booleans become int32. */
export function promoteDtypesNumeric(...xs: readonly Tensor[]): Tensor[] {
  const { dtype, weakType } = promoteTypes(xs);
  return xs.map((x) => convert(x, dtype === "bool" ? "int32" : dtype, weakType));
}

/**
 * The shape that NumPy's broadcasting gives: aligned at the end, sizes equal or 1.
 * @throws ShapeError CT103 where sizes differ
 */
export function broadcastShapesOf(fn: string, shapes: readonly (readonly number[])[]): number[] {
  const ndim = Math.max(0, ...shapes.map((s) => s.length));
  return range(ndim).map((d) => {
    const sizes = shapes.filter((s) => s.length >= ndim - d).map((s) => s[d - ndim + s.length]);
    const size = sizes.find((n) => n !== 1) ?? 1;
    if (sizes.every((n) => n === 1 || n === size)) return size;
    throw new ShapeError(
      "CT103",
      `${fn}: operands of shapes ${shapes.map((s) => `[${s}]`).join(", ")} do not broadcast: along axis ${d - ndim} the sizes are ` +
        `${sizes.join(", ")}. Sizes must be equal or 1, counted from the last axis; add axes with expandDims.`,
    );
  });
}

function haveOneShape(xs: readonly Tensor[]): boolean {
  for (let i = 1; i < xs.length; i++) if (!sameShape(xs[i].shape, xs[0].shape)) return false;
  return true;
}

/**
 * The tensors with one rank, by new leading axes of size 1. Scalars stay scalars where the others have one rank:
 * lax's operations repeat scalars and sizes of 1 themselves.
 */
export function promoteShapes(fn: string, ...xs: readonly Tensor[]): Tensor[] {
  if (haveOneShape(xs)) return [...xs];
  const ranks = xs.map((x) => x.ndim);
  const highest = Math.max(0, ...ranks);
  const ofOneRank = ranks.every((r) => r === highest);
  if (!ofOneRank && ranks.every((r) => r === 0 || r === highest)) return [...xs];
  const rank = broadcastShapesOf(
    fn,
    xs.map((x) => x.shape),
  ).length;
  if (ofOneRank) return [...xs];
  return xs.map((x) => (x.ndim === rank ? x : expandDims(x, range(rank - x.ndim))));
}

/** The tensors repeated to their common shape. */
export function broadcastTensors(fn: string, ...xs: readonly Tensor[]): Tensor[] {
  const shape = broadcastShapesOf(
    fn,
    xs.map((x) => x.shape),
  );
  return xs.map((x) => broadcastTo(x, shape));
}

/** Whether two arguments have one type already, as most have: then nothing is to be promoted. */
const haveOneType = (xs: readonly ArrayLike[]): xs is readonly [Tensor, Tensor] =>
  xs.length === 2 && xs[0] instanceof Tensor && xs[1] instanceof Tensor && xs[0].aval.equals(xs[1].aval);

/** Arguments promoted for an elementwise operation: one dtype, one rank. */
export const promoteArgs = (fn: string, ...xs: readonly ArrayLike[]): Tensor[] =>
  haveOneType(xs) ? [...xs] : promoteShapes(fn, ...promoteDtypes(...asTensors(fn, ...xs)));

/** The same in a float or complex dtype. */
export const promoteArgsInexact = (fn: string, ...xs: readonly ArrayLike[]): Tensor[] =>
  haveOneType(xs) && isInexact(xs[0].dtype)
    ? [...xs]
    : promoteShapes(fn, ...promoteDtypesInexact(...asTensors(fn, ...xs)));

/** The same in a number type. */
export const promoteArgsNumeric = (fn: string, ...xs: readonly ArrayLike[]): Tensor[] =>
  haveOneType(xs) && xs[0].dtype !== "bool"
    ? [...xs]
    : promoteShapes(fn, ...promoteDtypesNumeric(...asTensors(fn, ...xs)));

/** One argument in a float or complex dtype. */
export const promoteInexact = (fn: string, x: ArrayLike): Tensor => promoteDtypesInexact(asTensor(x, fn))[0];

/** x repeated to a shape it broadcasts to. */
export function broadcastToShape(fn: string, x: Tensor, shape: readonly number[]): Tensor {
  const lead = shape.length - x.ndim;
  if (lead < 0 || !x.shape.every((n, d) => n === 1 || n === shape[lead + d])) {
    throw new ShapeError(
      "CT103",
      `${fn}: an operand of shape [${x.shape}] cannot be repeated to shape [${shape}]. ` +
        "Counted from the last axis each size must be 1 or the one asked for.",
    );
  }
  return broadcastInDim(x, shape, range(lead, shape.length));
}

/** x as a given dtype, strong; a tensor of that dtype is given back. */
export const asDtype = (x: Tensor, dtype: DType): Tensor => convert(x, dtype);
