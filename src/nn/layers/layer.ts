/** What a layer is: a way to make parameters, and a pure function of them. */

import { ShapeDtypeStruct } from "../../api/shape-dtype-struct.js";
import { type ArrayLike, asTensor } from "../../core/array-like.js";
import { type DType, isInexact } from "../../core/dtype.js";
import { Tensor } from "../../core/tensor.js";
import { ArgumentError, ShapeError } from "../../prelude/errors.js";
import { checkOptions, describeType } from "../../prelude/options.js";

/** The input a layer is made for: a shape (of float32), a ShapeDtypeStruct, or an example. Only the type counts. */
export type InputSpec = readonly number[] | ShapeDtypeStruct | Tensor;

/** What applying a layer may need besides parameters and input. */
export interface ApplyOptions {
  /** A key for what is random in training, such as dropout. Without one the layer is applied as in evaluation. */
  readonly key?: Tensor | undefined;
}

/**
 * A layer: `init` makes parameters for an input type, `apply` is a pure function of parameters and input.
 *
 * Parameters are plain trees of tensors: differentiate with respect to them, update them with `optim`, save them with
 * `io`. Layers hold none, so one layer may be applied with many.
 */
export interface Layer<P> {
  /** @param input the type of what the layer is applied to, with or without leading batch axes as there */
  init(key: Tensor, input: InputSpec): P;
  apply(params: P, x: ArrayLike, options?: ApplyOptions): Tensor;
}

/** The parameters of a layer, as a type. */
export type ParamsOf<L> = L extends Layer<infer P> ? P : never;

/** The type of an input. */
export function inputStruct(fn: string, input: InputSpec): ShapeDtypeStruct {
  if (input instanceof ShapeDtypeStruct) return input;
  if (input instanceof Tensor) return new ShapeDtypeStruct(input.shape, input.dtype);
  if (Array.isArray(input) && input.every((n) => Number.isInteger(n) && n >= 0)) {
    return new ShapeDtypeStruct(input as readonly number[], "float32");
  }
  throw new ArgumentError(
    "CT003",
    `${fn}: the input is given as ${describeType(input)}, but it must be a shape ([32, 784]), a ShapeDtypeStruct or an example tensor.`,
  );
}

/** The type parameters have for an input: its own if it is inexact. */
export const paramDtype = ({ dtype }: ShapeDtypeStruct): DType => (isInexact(dtype) ? dtype : "float32");

/** The size of the last axis, which features are in. */
export function features(fn: string, { shape }: { readonly shape: readonly number[] }): number {
  const size = shape.at(-1);
  if (size !== undefined) return size;
  throw new ShapeError(
    "CT107",
    `${fn}: the input is a scalar, but features are in its last axis. Give at least one axis.`,
  );
}

/** Checks an input against the number of features that the parameters were made for. */
export function checkFeatures(fn: string, x: Tensor, size: number): void {
  if (features(fn, x) === size) return;
  throw new ShapeError(
    "CT103",
    `${fn}: the input has shape [${x.shape}], but the parameters were made for ${size} features in its last axis. ` +
      "Make them with init for this input, or reshape it.",
  );
}

/** @throws ArgumentError CT004 unless the number is whole and positive */
export function checkCount(fn: string, name: string, n: number): void {
  if (Number.isInteger(n) && n > 0) return;
  throw new ArgumentError("CT004", `${fn}: ${name} is ${String(n)}, but it must be a whole number of at least 1.`);
}

export const noParams = null;

/** A layer without parameters, from a function. */
export function fromFunction(name: string, f: (x: Tensor, options: ApplyOptions) => Tensor): Layer<null> {
  return {
    init: (_key, input) => {
      inputStruct(`nn.${name}.init`, input);
      return noParams;
    },
    apply(_params, x, options = {}) {
      checkApply(name, options);
      return f(asTensor(x, `nn.${name}`), options);
    },
  };
}

/** Checks the options of apply. */
export const checkApply = (name: string, options: ApplyOptions | undefined): void =>
  checkOptions(`nn.${name}.apply`, options, ["key"]);
