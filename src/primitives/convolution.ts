/** Convolutions of any number of spatial dimensions, with strides, dilations and groups. */

import type { ConvDims } from "../../xla-like/index.js";
import type { Shaped, ShapedArray } from "../core/aval.js";
import { bf16, f32 } from "../core/avals.js";
import type { DType } from "../core/dtype.js";
import { inScope, precisionOf } from "../core/matmul-precision.js";
import { type ParamValues, param, showTuple } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { isPermutation } from "../prelude/numbers.js";
import { commonDtype, out, type Result } from "./checks.js";
import { convert } from "./convert.js";
import { batchedConvolution } from "./convolution-batching.js";
import { intoDimension, outOfDimension } from "./dimension-groups.js";
import { precisionParam, preferredDtype } from "./dot.js";
import { zerosLike } from "./fill.js";
import { rev } from "./rev.js";
import {
  dilatedSize,
  kernelTransposePadding,
  operandTransposePadding,
  paddingParam,
  placesOf,
  type Slide,
} from "./window-geometry.js";

type Dims = readonly number[];

/** Where the dimensions of each array stand: batch, feature, then spatial; of the kernel output feature, input feature, then spatial. */
export interface ConvDimensionNumbers {
  readonly lhsSpec: Dims;
  readonly rhsSpec: Dims;
  readonly outSpec: Dims;
}

const convParams = {
  batchGroupCount: param.int,
  dimensionNumbers: param.data<ConvDimensionNumbers>(
    ({ lhsSpec, rhsSpec, outSpec }) =>
      `ConvDimensionNumbers(lhs_spec=${showTuple(lhsSpec)}, rhs_spec=${showTuple(rhsSpec)}, out_spec=${showTuple(outSpec)})`,
  ),
  featureGroupCount: param.int,
  lhsDilation: param.ints,
  outSharding: param.fixed("None"),
  padding: paddingParam,
  precision: param.optional(precisionParam),
  preferredElementType: param.optional(param.dtype),
  rhsDilation: param.ints,
  windowStrides: param.ints,
};
export type ConvParams = Omit<ParamValues<typeof convParams>, "outSharding">;

const pick = (x: Shaped, dims: Dims): number[] => dims.map((d) => x.shape[d]);
const spatial = (spec: Dims): Dims => spec.slice(2);

const wrong = (message: string): Either.Either<ShapeError, never> =>
  Either.left(new ShapeError("CT107", `conv_general_dilated: ${message}`));

function checkGroups(lhs: ShapedArray, rhs: ShapedArray, p: ConvParams): Result<null> {
  const { lhsSpec, rhsSpec } = p.dimensionNumbers;
  const { featureGroupCount: fg, batchGroupCount: bg } = p;
  if (![fg, bg].every((n) => Number.isInteger(n) && n >= 1)) {
    return wrong(`featureGroupCount is ${fg} and batchGroupCount ${bg}, but both must be positive integers.`);
  }
  if (fg > 1 && bg > 1)
    return wrong(`featureGroupCount is ${fg} and batchGroupCount ${bg}. Only one of them can be more than 1.`);
  const [batch, features] = pick(lhs, lhsSpec);
  const [outputs, inputs] = pick(rhs, rhsSpec);
  if (features !== inputs * fg) {
    return wrong(
      `operand 'lhs' of shape [${lhs.shape}] has ${features} features, but 'rhs' of shape [${rhs.shape}] takes ${inputs} ` +
        `in each of ${fg} groups. Check dimensionNumbers; the kernel's input features are lhs's, divided by featureGroupCount.`,
    );
  }
  if (outputs % fg !== 0 || outputs % bg !== 0) {
    return wrong(
      `operand 'rhs' of shape [${rhs.shape}] has ${outputs} output features, which do not divide into ${fg * bg} groups.`,
    );
  }
  return batch % bg === 0
    ? Either.right(null)
    : wrong(`operand 'lhs' of shape [${lhs.shape}] has a batch of ${batch}, which does not divide into ${bg} groups.`);
}

function checkForm(lhs: ShapedArray, rhs: ShapedArray, p: ConvParams): Result<null> {
  if (lhs.ndim !== rhs.ndim || lhs.ndim < 2) {
    return wrong(
      `operand 'lhs' has rank ${lhs.ndim} and 'rhs' rank ${rhs.ndim}. Both need the same number of spatial dimensions and two more.`,
    );
  }
  for (const spec of ["lhsSpec", "rhsSpec", "outSpec"] as const) {
    if (!isPermutation(p.dimensionNumbers[spec], lhs.ndim)) {
      return wrong(
        `dimensionNumbers.${spec} is [${p.dimensionNumbers[spec]}], but must name each of ${lhs.ndim} dimensions once.`,
      );
    }
  }
  for (const field of ["windowStrides", "padding", "lhsDilation", "rhsDilation"] as const) {
    if (p[field].length !== lhs.ndim - 2) {
      return wrong(
        `${field} has ${p[field].length} entries, but there are ${lhs.ndim - 2} spatial dimensions. Give one for each.`,
      );
    }
    const bad = field === "padding" ? undefined : p[field].find((n) => !Number.isInteger(n) || n < 1);
    if (bad !== undefined)
      return wrong(`${field} is [${p[field]}], but ${bad} is not a positive integer. The least is 1.`);
  }
  return checkGroups(lhs, rhs, p);
}

export function convolutionShape(lhs: Shaped, rhs: Shaped, p: ConvParams): number[] {
  const { lhsSpec, rhsSpec, outSpec } = p.dimensionNumbers;
  const shape = new Array<number>(lhs.shape.length);
  shape[outSpec[0]] = lhs.shape[lhsSpec[0]] / p.batchGroupCount;
  shape[outSpec[1]] = rhs.shape[rhsSpec[0]];
  spatial(outSpec).forEach((d, i) => {
    const [low, high] = p.padding[i];
    const padded = dilatedSize(lhs.shape[lhsSpec[i + 2]], p.lhsDilation[i]) + low + high;
    shape[d] = placesOf(padded, dilatedSize(rhs.shape[rhsSpec[i + 2]], p.rhsDilation[i]), p.windowStrides[i]);
  });
  return shape;
}

const identitySpec: ConvDimensionNumbers = { lhsSpec: [0, 1, 2], rhsSpec: [0, 1, 2], outSpec: [0, 1, 2] };
const usual: ConvParams = {
  batchGroupCount: 1,
  dimensionNumbers: identitySpec,
  featureGroupCount: 1,
  lhsDilation: [1],
  padding: [[0, 0]],
  rhsDilation: [1],
  windowStrides: [1],
};

export const convGeneralDilatedP = definePrimitive({
  name: "conv_general_dilated",
  doc: "Slides the kernel over the operand, each dilated, and sums products over window and input features, group by group.",
  operands: ["lhs", "rhs"],
  params: convParams,
  abstractEval: ({ lhs, rhs }, p) =>
    Either.chain((dtype: DType) =>
      Either.chain(() =>
        Either.chain((result: DType) => out(convolutionShape(lhs, rhs, p), result))(
          preferredDtype("conv_general_dilated", dtype, p.preferredElementType),
        ),
      )(checkForm(lhs, rhs, p)),
    )(commonDtype("conv_general_dilated", { lhs, rhs }, "any")),
  diff: {
    kind: "bilinear",
    transpose: {
      lhs: (ct, { lhs, rhs }, p) => lhsCotangent(ct, lhs, rhs, p),
      rhs: (ct, { lhs, rhs }, p) => rhsCotangent(ct, lhs, rhs, p),
    },
  },
  batching: ({ lhs, rhs }, dims, p, { size }) => batchedConvolution(lhs, rhs, dims, p, size),
  lower(b, { lhs, rhs }, p, { avals, out: o }) {
    const window = spatial(p.dimensionNumbers.rhsSpec).map((d, i) => ({
      size: avals.rhs.shape[d],
      stride: p.windowStrides[i],
      padLow: p.padding[i][0],
      padHigh: p.padding[i][1],
      baseDilation: p.lhsDilation[i],
      windowDilation: p.rhsDilation[i],
    }));
    const precision = precisionOf(p.precision);
    return b.convolution(lhs, rhs, {
      dims: hloDims(p.dimensionNumbers),
      window,
      featureGroupCount: p.featureGroupCount,
      batchGroupCount: p.batchGroupCount,
      preferredDtype: o.dtype,
      ...(precision && { precision }),
    });
  },
  samples: [
    { avals: { lhs: f32(2, 2, 5), rhs: f32(3, 2, 2) }, params: { ...usual, padding: [[1, 0]] } },
    {
      avals: { lhs: f32(1, 4, 3, 2), rhs: f32(2, 2, 2, 4) },
      params: {
        ...usual,
        dimensionNumbers: { lhsSpec: [0, 3, 1, 2], rhsSpec: [3, 2, 0, 1], outSpec: [0, 3, 1, 2] },
        windowStrides: [2, 1],
        padding: [
          [0, 1],
          [1, 1],
        ],
        lhsDilation: [1, 2],
        rhsDilation: [2, 1],
      },
    },
    { avals: { lhs: f32(2, 4, 4), rhs: f32(6, 2, 2) }, params: { ...usual, featureGroupCount: 2 } },
    { avals: { lhs: f32(4, 2, 4), rhs: f32(6, 2, 2) }, params: { ...usual, batchGroupCount: 2, windowStrides: [2] } },
    { avals: { lhs: f32(1, 1, 6), rhs: f32(1, 1, 2) }, params: { ...usual, padding: [[-1, -2]] } },
    {
      avals: { lhs: bf16(1, 1, 4), rhs: bf16(1, 1, 2) },
      params: { ...usual, preferredElementType: "float32", precision: "highest" },
      skipGradients: "cotangents are rounded to bfloat16",
    },
  ],
});

const hloDims = ({ lhsSpec, rhsSpec, outSpec }: ConvDimensionNumbers): ConvDims => ({
  inputBatch: lhsSpec[0],
  inputFeature: lhsSpec[1],
  inputSpatial: spatial(lhsSpec),
  kernelOutputFeature: rhsSpec[0],
  kernelInputFeature: rhsSpec[1],
  kernelSpatial: spatial(rhsSpec),
  outputBatch: outSpec[0],
  outputFeature: outSpec[1],
  outputSpatial: spatial(outSpec),
});

/** Slides the kernel `rhs` over `lhs` and sums products; see `ConvParams`. */
export const convGeneralDilated = (lhs: Tensor, rhs: Tensor, params: ConvParams): Tensor =>
  convGeneralDilatedP.bind({ lhs, rhs }, inScope(params));

const swapped = (spec: Dims): Dims => [spec[1], spec[0], ...spatial(spec)];

const slideOf = (lhs: Shaped, rhs: Shaped, ct: Shaped, p: ConvParams): Slide => ({
  inSizes: pick(lhs, spatial(p.dimensionNumbers.lhsSpec)),
  windowSizes: pick(rhs, spatial(p.dimensionNumbers.rhsSpec)),
  outSizes: pick(ct, spatial(p.dimensionNumbers.outSpec)),
  strides: p.windowStrides,
  padding: p.padding,
  inDilation: p.lhsDilation,
  windowDilation: p.rhsDilation,
});

const inDtype = (x: Tensor, dtype: DType): Tensor => (x.dtype === dtype ? x : convert(x, dtype));

// Without the spatial dimensions a convolution is [m, j]·[j, k] → [m, k] of batch m, features j and k; with g feature
// groups [m, gj]·[j, gk] → [m, gk], with g batch groups [gm, j]·[j, gk] → [m, gk].

/** [m, gk]·[k, gj] → [m, gj] with feature groups; with batch groups [m, gk]·[gk, j] → [gm, j], as feature groups too. */
function lhsCotangent(ct: Tensor, lhs: Shaped, rhs: Tensor, p: ConvParams): Tensor {
  const { lhsSpec, rhsSpec, outSpec } = p.dimensionNumbers;
  const groups = Math.max(p.featureGroupCount, p.batchGroupCount);
  const regrouped = groups === 1 ? rhs : intoDimension(rhsSpec[0], rhsSpec[1], outOfDimension(rhsSpec[0], groups, rhs));
  const product = convGeneralDilated(ct, inDtype(rev(regrouped, spatial(rhsSpec)), ct.dtype), {
    ...p,
    windowStrides: p.lhsDilation,
    padding: operandTransposePadding(slideOf(lhs, rhs, ct, p)),
    lhsDilation: p.windowStrides,
    dimensionNumbers: { lhsSpec: outSpec, rhsSpec: swapped(rhsSpec), outSpec: lhsSpec },
    featureGroupCount: groups,
    batchGroupCount: 1,
  });
  const cotangent = inDtype(product, lhs.dtype);
  if (p.batchGroupCount === 1) return cotangent;
  return intoDimension(lhsSpec[1], lhsSpec[0], outOfDimension(lhsSpec[1], groups, cotangent));
}

/** [gj, m]·[m, gk] → [j, gk], as batch groups; with batch groups [j, gm]·[m, gk] → [j, gk], as feature groups. */
function rhsCotangent(ct: Tensor, lhs: Tensor, rhs: Shaped, p: ConvParams): Tensor {
  // Without places the convolution's window would have size 0.
  if (ct.size === 0) return zerosLike(rhs);
  const { lhsSpec, rhsSpec, outSpec } = p.dimensionNumbers;
  const product = convGeneralDilated(inDtype(lhs, ct.dtype), ct, {
    ...p,
    windowStrides: p.rhsDilation,
    padding: kernelTransposePadding(slideOf(lhs, rhs, ct, p)),
    rhsDilation: p.windowStrides,
    dimensionNumbers: { lhsSpec: swapped(lhsSpec), rhsSpec: swapped(outSpec), outSpec: swapped(rhsSpec) },
    featureGroupCount: p.batchGroupCount,
    batchGroupCount: p.featureGroupCount,
  });
  return inDtype(product, rhs.dtype);
}
