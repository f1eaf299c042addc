/** Contractions and convolutions. */

import type { ArrayLike } from "../core/array-like.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { prod, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import type { Precision } from "./constants.js";
import { operands, tensor } from "./operands.js";

/** The options of products. */
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

/**
 * Rows in groups, each group multiplied by a matrix of its own: the first `groupSizes[0]` rows of lhs by `rhs[0]`, the
 * next by `rhs[1]`, and so on. Rows beyond the last group give zeros.
 *
 * @param lhs shape [m, k]
 * @param rhs shape [groups, k, n]
 * @param groupSizes integers of shape [groups]
 * @returns shape [m, n]
 * @example
 * const x = np.array([[1], [2], [3]]);
 * lax.raggedDot(x, np.array([[[10]], [[100]]]), [1, 2]).js(); // [[10], [200], [300]]
 */
export function raggedDot(lhs: ArrayLike, rhs: ArrayLike, groupSizes: ArrayLike, options: DotOptions = {}): Tensor {
  checkOptions("lax.raggedDot", options, dotOptions);
  const [a, b] = operands("lax.raggedDot", lhs, rhs);
  const sizes = p.convert(tensor("lax.raggedDot", groupSizes), "int32");
  const fits =
    a.ndim === 2 && b.ndim === 3 && sizes.ndim === 1 && a.shape[1] === b.shape[1] && sizes.shape[0] === b.shape[0];
  if (!fits) {
    throw new ShapeError(
      "CT103",
      `lax.raggedDot: lhs has shape [${a.shape}], rhs [${b.shape}] and groupSizes [${sizes.shape}]. ` +
        "They must be [m, k], [groups, k, n] and [groups].",
    );
  }
  const [m, k] = a.shape;
  const [groups, , n] = b.shape;
  // A row for every group, zeros but in the row's own: one product does them all.
  const ends = p.cumsum(sizes, 0, false);
  const row = p.iota("int32", [m, groups], 0);
  const across = (x: Tensor): Tensor => p.broadcastInDim(x, [m, groups], [1]);
  const inside = p.bitwiseAnd(p.lt(row, across(ends)), p.ge(row, across(p.sub(ends, sizes))));
  const spread = p.broadcastInDim(a, [m, groups, k], [0, 2]);
  const own = p.select(p.broadcastInDim(inside, [m, groups, k], [0, 1]), spread, p.zerosLike(spread));
  return p.dot(p.reshape(own, [m, groups * k]), p.reshape(b, [groups * k, n]), options);
}

/** The options of {@link convGeneralDilatedPatches}. */
export type PatchOptions = Omit<p.ConvolutionOptions, "featureGroupCount" | "batchGroupCount">;
const patchOptions = ["lhsDilation", "rhsDilation", "dimensionNumbers", "precision", "preferredElementType"];

/**
 * The windows that a convolution sees, side by side in the feature dimension: for each feature its window's elements in
 * row-major order.
 *
 * @param filterShape the window's size in each spatial dimension
 * @example
 * const x = np.array([[[1, 2, 3]]]);
 * lax.convGeneralDilatedPatches(x, [2], [1], "VALID").js(); // [[[1, 2], [2, 3]]]
 */
export function convGeneralDilatedPatches(
  lhs: ArrayLike,
  filterShape: readonly number[],
  windowStrides: readonly number[],
  padding: p.PaddingName | p.Padding,
  options: PatchOptions = {},
): Tensor {
  const where = "lax.convGeneralDilatedPatches";
  checkOptions(where, options, patchOptions);
  const a = tensor(where, lhs);
  const spec = p.convDimensionNumbers(where, a.ndim, options.dimensionNumbers);
  const features = a.shape[spec.lhsSpec[1]];
  const size = prod(filterShape);
  // A kernel for each place of the window, one there and zero elsewhere, for each feature alone.
  const places = p.eq(p.iota("int32", [size, size], 0), p.iota("int32", [size, size], 1));
  const kernels = p.broadcastInDim(p.convert(places, a.dtype), [features, size, size], [1, 2]);
  return p.convolve(a, p.reshape(kernels, [features * size, 1, ...filterShape]), windowStrides, padding, {
    ...options,
    dimensionNumbers: { ...spec, rhsSpec: range(a.ndim) },
    featureGroupCount: features,
  });
}

/**
 * A convolution with a kernel of its own for each place of the result.
 *
 * @param rhs kernels, by default [output features, input features · window size, ...space of the result]
 * @param filterShape the window's size in each spatial dimension
 */
export function convGeneralDilatedLocal(
  lhs: ArrayLike,
  rhs: ArrayLike,
  windowStrides: readonly number[],
  padding: p.PaddingName | p.Padding,
  filterShape: readonly number[],
  options: Omit<PatchOptions, "preferredElementType"> = {},
): Tensor {
  const where = "lax.convGeneralDilatedLocal";
  checkOptions(where, options, patchOptions.slice(0, -1));
  const [a, b] = operands(where, lhs, rhs);
  const { rhsSpec, outSpec } = p.convDimensionNumbers(where, a.ndim, options.dimensionNumbers);
  const patches = convGeneralDilatedPatches(a, filterShape, windowStrides, padding, options);
  const product = p.dotGeneral(
    patches,
    b,
    [
      [[outSpec[1]], [rhsSpec[1]]],
      [outSpec.slice(2), rhsSpec.slice(2)],
    ],
    { precision: options.precision },
  );
  // The product has space, then batch, then features.
  const space = a.ndim - 2;
  return p.transpose(
    product,
    range(a.ndim).map((d) => {
      const role = outSpec.indexOf(d);
      return role < 2 ? space + role : role - 2;
    }),
  );
}
