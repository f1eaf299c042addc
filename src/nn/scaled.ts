/** Products of operands with a scale for each block of elements. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { toTensor } from "../numpy/promote.js";
import { ShapeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";

export interface ScaledProductOptions {
  /** The type that products are added up and returned in; float32 by default. */
  readonly preferredElementType?: DType | undefined;
}

/** Each element times the scale of its block along the last axis. */
function scaleUp(name: string, x: Tensor, scales: Tensor, dtype: DType): Tensor {
  const [B, M, K] = x.shape;
  const blocks = scales.shape[2];
  if (scales.ndim !== 3 || scales.shape[0] !== B || scales.shape[1] !== M || blocks === 0 || K % blocks !== 0) {
    throw new ShapeError(
      "CT103",
      `nn.scaledMatmul: ${name} has shape [${x.shape}], but its scales have [${scales.shape}]. They need the same batch and rows, and columns that divide ${K}.`,
    );
  }
  const split = p.reshape(p.convert(x, dtype), [B, M, blocks, K / blocks]);
  return p.reshape(np.multiply(split, p.convert(np.expandDims(scales, 3), dtype)), [B, M, K]);
}

/**
 * lhs · rhsᵀ for each element of a batch, where blocks of both operands have scales.
 * @param lhs [batch, m, k]
 * @param rhs [batch, n, k]
 * @param lhsScales [batch, m, blocks], one for each k / blocks elements
 * @param rhsScales [batch, n, blocks]
 * @returns [batch, m, n]
 * @throws ShapeError CT103 for shapes that do not fit together
 * @example
 * nn.scaledMatmul(np.ones([1, 2, 4]), np.ones([1, 3, 4]), np.full([1, 2, 2], 2), np.full([1, 3, 2], 0.5)).shape; // [1, 2, 3]
 */
export function scaledMatmul(
  lhs: ArrayLike,
  rhs: ArrayLike,
  lhsScales: ArrayLike,
  rhsScales: ArrayLike,
  options: ScaledProductOptions = {},
): Tensor {
  const fn = "nn.scaledMatmul";
  checkOptions(fn, options, ["preferredElementType"]);
  const dtype = asDType(options.preferredElementType ?? "float32", fn);
  const [a, b] = [toTensor(fn, lhs), toTensor(fn, rhs)];
  if (a.ndim !== 3 || b.ndim !== 3 || a.shape[0] !== b.shape[0] || a.shape[2] !== b.shape[2]) {
    throw new ShapeError(
      "CT103",
      `${fn}: lhs has shape [${a.shape}] and rhs [${b.shape}], but they must be [batch, m, k] and [batch, n, k].`,
    );
  }
  const x = scaleUp("lhs", a, toTensor(fn, lhsScales), dtype);
  const y = scaleUp("rhs", b, toTensor(fn, rhsScales), dtype);
  return np.einsum("bmk,bnk->bmn", x, y);
}

/** `lax.dotGeneral` by another name: formats of less than 8 bits a number, which it would scale, do not exist here. */
export function scaledDotGeneral(
  lhs: ArrayLike,
  rhs: ArrayLike,
  dimensionNumbers: p.DotDimensionNumbers,
  options: ScaledProductOptions = {},
): Tensor {
  const fn = "nn.scaledDotGeneral";
  checkOptions(fn, options, ["preferredElementType"]);
  const preferredElementType = asDType(options.preferredElementType ?? "float32", fn);
  return p.dotGeneral(toTensor(fn, lhs), toTensor(fn, rhs), dimensionNumbers, { preferredElementType });
}
