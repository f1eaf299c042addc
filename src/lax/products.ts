/** Contractions and convolutions. */

import type { Precision as PrecisionName } from "../../xla-like/index.js";
import type { ArrayLike } from "../core/array-like.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { operands } from "./operands.js";

/** How exactly a device multiplies floats: as fast as it can, or as exactly. */
export const Precision = Object.freeze({ DEFAULT: "default", HIGH: "high", HIGHEST: "highest" } as const);
export type Precision = PrecisionName;

export interface DotOptions {
  readonly precision?: Precision;
  /** The type that products are added up and returned in. */
  readonly preferredElementType?: DType;
}
const dotOptions = ["precision", "preferredElementType"];

/**
 * Sums of products over the contracting dimensions, for each index of the batch dimensions. The result has the batch
 * dimensions, then lhs's other dimensions, then rhs's.
 *
 * @param dimensionNumbers `[[lhsContracting, rhsContracting], [lhsBatch, rhsBatch]]`
 * @example
 * lax.dotGeneral(np.ones([2, 3]), np.ones([3, 4]), [[[1], [0]], [[], []]]).shape; // [2, 4]
 */
export function dotGeneral(
  lhs: ArrayLike,
  rhs: ArrayLike,
  dimensionNumbers: p.DotDimensionNumbers,
  options: DotOptions = {},
): Tensor {
  checkOptions("lax.dotGeneral", options, dotOptions);
  const [a, b] = operands("lax.dotGeneral", lhs, rhs);
  return p.dotGeneral(a, b, dimensionNumbers, options);
}
/** The product of vectors and matrices: lhs's last dimension against rhs's first. */
export function dot(
  lhs: ArrayLike,
  rhs: ArrayLike,
  options: DotOptions & { readonly dimensionNumbers?: p.DotDimensionNumbers } = {},
): Tensor {
  checkOptions("lax.dot", options, [...dotOptions, "dimensionNumbers"]);
  const { dimensionNumbers, ...rest } = options;
  const [a, b] = operands("lax.dot", lhs, rhs);
  return dimensionNumbers ? p.dotGeneral(a, b, dimensionNumbers, rest) : p.dot(a, b, rest);
}
/** The matrix product over the last two dimensions, for each index of the others. */
export function batchMatmul(lhs: ArrayLike, rhs: ArrayLike, options: { readonly precision?: Precision } = {}): Tensor {
  checkOptions("lax.batchMatmul", options, ["precision"]);
  const [a, b] = operands("lax.batchMatmul", lhs, rhs);
  const batch = range(Math.max(a.ndim - 2, 0));
  return p.dotGeneral(
    a,
    b,
    [
      [[a.ndim - 1], [b.ndim - 2]],
      [batch, batch],
    ],
    options,
  );
}

const convOptions = [
  "lhsDilation",
  "rhsDilation",
  "dimensionNumbers",
  "featureGroupCount",
  "batchGroupCount",
  "precision",
  "preferredElementType",
];

/**
 * Convolution in any number of spatial dimensions, as neural networks mean it: the kernel is not mirrored.
 *
 * @param lhs the input, by default [batch, features, ...space]
 * @param rhs the kernel, by default [output features, input features, ...space]
 * @param padding `"SAME"`, `"VALID"`, `"SAME_LOWER"`, or `[low, high]` for each spatial dimension
 * @param options `dimensionNumbers` names the dimensions by letters: `["NHWC", "HWIO", "NHWC"]`
 * @example
 * lax.convGeneralDilated(np.ones([1, 1, 4, 4]), np.ones([1, 1, 3, 3]), [1, 1], "VALID").shape; // [1, 1, 2, 2]
 */
export function convGeneralDilated(
  lhs: ArrayLike,
  rhs: ArrayLike,
  windowStrides: readonly number[],
  padding: p.PaddingName | p.Padding,
  options: p.ConvolutionOptions = {},
): Tensor {
  checkOptions("lax.convGeneralDilated", options, convOptions);
  const [a, b] = operands("lax.convGeneralDilated", lhs, rhs);
  return p.convolve(a, b, windowStrides, padding, options);
}
/** A convolution of [batch, features, ...space] with padding by name. */
export const conv = (
  lhs: ArrayLike,
  rhs: ArrayLike,
  windowStrides: readonly number[],
  padding: p.PaddingName,
  options: DotOptions = {},
): Tensor => {
  checkOptions("lax.conv", options, dotOptions);
  return convGeneralDilated(lhs, rhs, windowStrides, padding, options);
};
/** A convolution of [batch, features, ...space] with padding and dilations given. */
export function convWithGeneralPadding(
  lhs: ArrayLike,
  rhs: ArrayLike,
  windowStrides: readonly number[],
  padding: p.PaddingName | p.Padding,
  lhsDilation: readonly number[] | null = null,
  rhsDilation: readonly number[] | null = null,
  options: DotOptions = {},
): Tensor {
  checkOptions("lax.convWithGeneralPadding", options, dotOptions);
  return convGeneralDilated(lhs, rhs, windowStrides, padding, {
    ...options,
    ...(lhsDilation && { lhsDilation }),
    ...(rhsDilation && { rhsDilation }),
  });
}
/** The convolution whose input has `strides - 1` holes between its elements; features come last by default. */
export function convTranspose(
  lhs: ArrayLike,
  rhs: ArrayLike,
  strides: readonly number[],
  padding: p.PaddingName | p.Padding,
  options: p.ConvTransposeOptions = {},
): Tensor {
  checkOptions("lax.convTranspose", options, [
    "rhsDilation",
    "dimensionNumbers",
    "transposeKernel",
    "precision",
    "preferredElementType",
    "useConsistentPadding",
  ]);
  const [a, b] = operands("lax.convTranspose", lhs, rhs);
  return p.convTranspose(a, b, strides, padding, options);
}
/** Which dimension plays which part, from letters. */
export const convDimensionNumbers = (
  lhsShape: readonly number[],
  _rhsShape: readonly number[],
  names?: Parameters<typeof p.convDimensionNumbers>[2],
) => p.convDimensionNumbers("lax.convDimensionNumbers", lhsShape.length, names);
