/** What every function of `random` does first: looks at the key, the shape, the dtype and the options. */
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { sameShape } from "../core/aval.js";
import { asDType, type DType, defaultFloat, defaultInt, isFloat, isInteger } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { broadcastShapesOf, broadcastToShape, promoteInexact } from "../numpy/promote.js";
import { ArgumentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { checkOptions, describeType } from "../prelude/options.js";
import { convert } from "../primitives/convert.js";

export type Shape = readonly number[];

/** The options of most distributions. */
export interface SampleOptions {
  /** The shape of the result: by default [], or what the parameters broadcast to. */
  readonly shape?: Shape | undefined;
  /** The element type; float32 by default. */
  readonly dtype?: DType | undefined;
}

/** The options of a function, whose shape may also be given by itself: `f(…, [2, 3], { dtype })`. */
export type ShapeOr<O> = Shape | O | undefined;

export const sampleOptions = ["shape", "dtype"] as const;

/**
 * Options, whether the shape stands by itself before them or among them.
 * @throws ArgumentError CT001, CT002
 */
export function readOptions<O extends { readonly shape?: Shape | undefined }>(
  fn: string,
  allowed: readonly (keyof O & string)[],
  shapeOrOptions: ShapeOr<O>,
  options: O | undefined,
): O {
  if (!Array.isArray(shapeOrOptions)) {
    const given = options === undefined ? shapeOrOptions : { ...shapeOrOptions, ...options };
    checkOptions(fn, given, allowed);
    return (given ?? {}) as O;
  }
  checkOptions(
    fn,
    options,
    allowed.filter((k) => k !== "shape"),
  );
  return { ...options, shape: shapeOrOptions as Shape } as O;
}

/**
 * Checks that a key is one key: u32[2].
 * @throws ArgumentError CT003; ShapeError CT107
 */
export function checkKey(fn: string, key: Tensor): Tensor {
  if (!(key instanceof Tensor)) {
    throw new ArgumentError(
      "CT003",
      `${fn}: the key must be a tensor, but it is ${describeType(key)}. Make one with random.key(seed).`,
    );
  }
  if (key.dtype === "uint32" && key.ndim === 1 && key.shape[0] === 2) return key;
  throw new ShapeError(
    "CT107",
    `${fn}: the key is ${key.aval}, but a key is u32[2]. Make one with random.key(seed); map over several with vmap.`,
  );
}

/** @throws ShapeError CT107 unless the sizes are whole and not negative */
export function checkShape(fn: string, shape: Shape): number[] {
  if (Array.isArray(shape) && shape.every((n) => Number.isInteger(n) && n >= 0)) return [...(shape as Shape)];
  throw new ShapeError(
    "CT107",
    `${fn}: shape is ${Array.isArray(shape) ? `[${shape}]` : describeType(shape)}, but it must be an array of whole sizes of at least 0.`,
  );
}

/**
 * The shape asked for, which must be what it and the parameters' shapes broadcast to; without one, what those do.
 * @throws ShapeError CT103, CT107
 */
export function sampleShape(fn: string, shape: Shape | undefined, ...parameters: readonly Shape[]): number[] {
  if (shape === undefined) return broadcastShapesOf(fn, parameters);
  const asked = checkShape(fn, shape);
  const all = broadcastShapesOf(fn, [asked, ...parameters]);
  if (sameShape(all, asked)) return asked;
  throw new ShapeError(
    "CT103",
    `${fn}: the parameters of shapes ${parameters.map((s) => `[${s}]`).join(", ")} give samples of shape [${all}], but shape is [${asked}]. ` +
      "Give the whole shape of the result, or leave it out.",
  );
}

/**
 * The dtype asked for, a float type; float32 by default.
 * @throws DTypeError CT105
 */
export function floatDtype(fn: string, dtype: DType | undefined): DType {
  const d = dtype === undefined ? defaultFloat : asDType(dtype, fn);
  if (isFloat(d)) return d;
  throw new DTypeError("CT105", `${fn}: dtype is ${d}, but samples are floats. Ask for a float type, or convert them.`);
}

/** The dtype asked for, an integer type; int32 by default. */
export function integerDtype(fn: string, dtype: DType | undefined): DType {
  const d = dtype === undefined ? defaultInt : asDType(dtype, fn);
  if (isInteger(d)) return d;
  throw new DTypeError("CT105", `${fn}: dtype is ${d}, but samples are integers. Ask for an integer type.`);
}

/** A parameter of a distribution, as a tensor of the samples' type. */
export const parameter = (fn: string, x: ArrayLike, dtype: DType): Tensor => convert(asTensor(x, fn), dtype);

/** A parameter in the float type it has itself; whole numbers count as float32. */
export const floatParameter = (fn: string, x: ArrayLike): Tensor => {
  const y = promoteInexact(fn, x);
  return convert(y, y.dtype);
};

/** A parameter repeated to the samples' shape; scalars stay scalars, which operations repeat themselves. */
export const spread = (fn: string, x: Tensor, shape: Shape): Tensor =>
  x.ndim === 0 || sameShape(x.shape, shape) ? x : broadcastToShape(fn, x, shape);

/** A parameter in every element of the samples' shape. */
export const fill = (fn: string, x: Tensor, shape: Shape): Tensor =>
  sameShape(x.shape, shape) ? x : broadcastToShape(fn, x, shape);
