/** Contractions of two operands: dot_general, and the products written with it. */

import type { Precision } from "../../xla-like/index.js";
import type { Shaped, ShapedArray } from "../core/aval.js";
import { bf16, c64, f32, i32 } from "../core/avals.js";
import { type DType, dtypes, isFloat } from "../core/dtype.js";
import { inScope, precisionOf } from "../core/matmul-precision.js";
import { type Param, type ParamValues, param } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { out, type Result } from "./checks.js";
import { convert } from "./convert.js";
import { dimAfterRemoval, shiftAxes, transpose } from "./shape.js";

type Dims = readonly number[];
/** `[[lhs contracting, rhs contracting], [lhs batch, rhs batch]]`; the lists of each pair go together, item by item. */
export type DotDimensionNumbers = readonly [readonly [Dims, Dims], readonly [Dims, Dims]];

const precisionText = param.data<Precision>((p) => `(Precision.${p.toUpperCase()}, Precision.${p.toUpperCase()})`);
/** How exactly floats are multiplied and summed. */
export const precisionParam: Param<Precision | undefined> = param.optional(precisionText);

const list = (xs: Dims): string => `[${xs.join(", ")}]`;
const dotParams = {
  dimensionNumbers: param.data<DotDimensionNumbers>(
    ([[lc, rc], [lb, rb]]) => `((${list(lc)}, ${list(rc)}), (${list(lb)}, ${list(rb)}))`,
  ),
  precision: param.given(precisionText),
  preferredElementType: param.given(param.dtype),
};
type DotParams = ParamValues<typeof dotParams>;
export type DotOptions = Omit<DotParams, "dimensionNumbers">;

const freeDims = (x: Shaped, contracting: Dims, batch: Dims): number[] =>
  range(x.shape.length).filter((d) => !contracting.includes(d) && !batch.includes(d));

const fail = (message: string): Either.Either<ShapeError, never> =>
  Either.left(new ShapeError("CT107", `dot_general: ${message}`));

function checkSide(side: "lhs" | "rhs", x: ShapedArray, contracting: Dims, batch: Dims): Result<null> {
  const all = [...batch, ...contracting];
  const bad = all.find((d) => !Number.isInteger(d) || d < 0 || d >= x.ndim);
  if (bad !== undefined)
    return fail(`operand '${side}' has rank ${x.ndim}, but its dimension ${bad} is named. Name dimensions from 0.`);
  const twice = all.find((d, i) => all.indexOf(d) !== i);
  return twice === undefined
    ? Either.right(null)
    : fail(
        `dimension ${twice} of operand '${side}' is named twice (batch [${batch}], contracting [${contracting}]). ` +
          "A dimension is batch, contracting or neither.",
      );
}

function checkPairs(role: string, x: ShapedArray, y: ShapedArray, xs: Dims, ys: Dims): Result<null> {
  if (xs.length !== ys.length) {
    return fail(
      `lhs names ${role} dimensions [${xs}], rhs [${ys}]. They go together in pairs; give as many on each side.`,
    );
  }
  const i = xs.findIndex((d, k) => x.shape[d] !== y.shape[ys[k]]);
  if (i < 0) return Either.right(null);
  return Either.left(
    new ShapeError(
      "CT103",
      `dot_general: operand 'lhs' of shape [${x.shape}] has size ${x.shape[xs[i]]} in ${role} dimension ${xs[i]}, ` +
        `but operand 'rhs' of shape [${y.shape}] has size ${y.shape[ys[i]]} in dimension ${ys[i]}. ` +
        "They must be equal; transpose an operand, or name other dimensions.",
    ),
  );
}

/** What decides the wider of two types, most important first: complex, exponent range, mantissa, width, signedness. */
function rank(dtype: DType): readonly number[] {
  const { kind, bytes } = dtypes[dtype];
  if (kind === "complex") return [1, ...floatRanks[bytes === 8 ? "float32" : "float64"], 1];
  if (isFloat(dtype)) return [0, ...floatRanks[dtype as keyof typeof floatRanks], 1];
  return [0, -1, -1, dtype === "bool" ? 1 : 8 * bytes, kind === "signed" ? 1 : 0];
}
const floatRanks = {
  float16: [16, 10, 16],
  bfloat16: [128, 7, 16],
  float32: [128, 23, 32],
  float64: [1024, 52, 64],
} as const;

/** The type that sums of products have: the wider operand's. */
function productDtype(x: DType, y: DType): DType {
  const [a, b] = [rank(x), rank(y)];
  const i = a.findIndex((_, k) => a[k] !== b[k]);
  return i < 0 || a[i] > b[i] ? x : y;
}

/** The result's type, given what the products have and what the caller prefers. */
export function preferredDtype(name: string, product: DType, preferred: DType | undefined): Result<DType> {
  if (preferred === undefined || preferred === product) return Either.right(product);
  const narrow = !isFloat(product) && dtypes[preferred].bytes < dtypes[product].bytes;
  const losesImaginary = dtypes[product].kind === "complex" && dtypes[preferred].kind !== "complex";
  if (!narrow && !losesImaginary) return Either.right(preferred);
  return Either.left(
    new DTypeError(
      "CT104",
      `${name}: preferredElementType is ${preferred}, which cannot hold products of type ${product}. Leave it out, and convert the result.`,
    ),
  );
}

export const dotGeneralP = definePrimitive({
  name: "dot_general",
  doc: "Sums of products over the contracting dimensions, for each index of the batch dimensions: batch, then lhs's other, then rhs's other dimensions.",
  operands: ["lhs", "rhs"],
  params: dotParams,
  abstractEval({ lhs, rhs }, { dimensionNumbers, preferredElementType }) {
    const [[lc, rc], [lb, rb]] = dimensionNumbers;
    for (const check of [
      checkSide("lhs", lhs, lc, lb),
      checkSide("rhs", rhs, rc, rb),
      checkPairs("batch", lhs, rhs, lb, rb),
      checkPairs("contracting", lhs, rhs, lc, rc),
    ]) {
      if (Either.isLeft(check)) return check;
    }
    const shape = [
      ...lb.map((d) => lhs.shape[d]),
      ...freeDims(lhs, lc, lb).map((d) => lhs.shape[d]),
      ...freeDims(rhs, rc, rb).map((d) => rhs.shape[d]),
    ];
    return Either.chain((dtype: DType) => out(shape, dtype))(
      preferredDtype("dot_general", productDtype(lhs.dtype, rhs.dtype), preferredElementType),
    );
  },
  diff: {
    kind: "bilinear",
    transpose: {
      lhs: (ct, { lhs, rhs }, { dimensionNumbers, ...options }) =>
        transposedDot(ct, lhs, rhs, dimensionNumbers, options, false),
      rhs: (ct, { lhs, rhs }, { dimensionNumbers: [[lc, rc], [lb, rb]], ...options }) =>
        transposedDot(
          ct,
          rhs,
          lhs,
          [
            [rc, lc],
            [rb, lb],
          ],
          options,
          true,
        ),
    },
  },
  batching({ lhs, rhs }, dims, { dimensionNumbers, ...options }) {
    const batched = batchedDimensionNumbers(lhs, dims.lhs, dims.rhs, dimensionNumbers);
    return [dotGeneral(lhs, rhs, batched.dimensionNumbers, options), batched.dim];
  },
  lower(b, { lhs, rhs }, { dimensionNumbers: [[lc, rc], [lb, rb]], precision }, { avals, out: o }) {
    const chosen = precisionOf(precision);
    const [x, y] = avals.lhs.dtype === avals.rhs.dtype ? [lhs, rhs] : [lhs, rhs].map((z) => b.convert(z, o.dtype));
    return b.dot(
      x,
      y,
      { lhsBatch: lb, rhsBatch: rb, lhsContracting: lc, rhsContracting: rc },
      { preferredDtype: o.dtype, ...(chosen && { precision: chosen }) },
    );
  },
  samples: [
    {
      avals: { lhs: f32(2, 3), rhs: f32(3, 4) },
      params: {
        dimensionNumbers: [
          [[1], [0]],
          [[], []],
        ],
      },
    },
    {
      avals: { lhs: f32(3, 2, 4), rhs: f32(4, 5, 3) },
      params: {
        dimensionNumbers: [
          [[2], [0]],
          [[0], [2]],
        ],
      },
    },
    {
      avals: { lhs: f32(2, 3, 4), rhs: f32(4, 2, 3) },
      params: {
        dimensionNumbers: [
          [
            [2, 0, 1],
            [0, 1, 2],
          ],
          [[], []],
        ],
      },
    },
    {
      avals: { lhs: f32(2), rhs: f32(3) },
      params: {
        dimensionNumbers: [
          [[], []],
          [[], []],
        ],
      },
    },
    {
      avals: { lhs: f32(2, 0), rhs: f32(0, 3) },
      params: {
        dimensionNumbers: [
          [[1], [0]],
          [[], []],
        ],
      },
    },
    {
      avals: { lhs: c64(2, 3), rhs: c64(3) },
      params: {
        dimensionNumbers: [
          [[1], [0]],
          [[], []],
        ],
      },
    },
    {
      avals: { lhs: bf16(2, 3), rhs: bf16(3, 2) },
      params: {
        dimensionNumbers: [
          [[1], [0]],
          [[], []],
        ],
        preferredElementType: "float32",
        precision: "highest",
      },
      skipGradients: "cotangents are rounded to bfloat16",
    },
    {
      avals: { lhs: i32(2, 3), rhs: i32(3) },
      params: {
        dimensionNumbers: [
          [[1], [0]],
          [[], []],
        ],
      },
    },
  ],
});

/**
 * Sums of products over the contracting dimensions, for each index of the batch dimensions. The result has the batch
 * dimensions, then lhs's other dimensions, then rhs's.
 */
export const dotGeneral = (
  lhs: Tensor,
  rhs: Tensor,
  dimensionNumbers: DotDimensionNumbers,
  options: DotOptions = {},
): Tensor => dotGeneralP.bind({ lhs, rhs }, { dimensionNumbers, ...inScope(options) });

/** The cotangent of x in the dot of x and y, which were in the other order if `swapped`. */
function transposedDot(
  ct: Tensor,
  x: Shaped,
  y: Tensor,
  [[xContracting, yContracting], [xBatch, yBatch]]: DotDimensionNumbers,
  options: DotOptions,
  swapped: boolean,
): Tensor {
  const xKept = freeDims(x, xContracting, xBatch);
  const yKept = freeDims(y, yContracting, yBatch);
  const ctBatch = range(xBatch.length);
  const firstOfY = xBatch.length + (swapped ? 0 : xKept.length);
  const ctY = range(firstOfY, firstOfY + yKept.length);
  const dot = dotGeneral(
    ct,
    y,
    [
      [ctY, yKept],
      [ctBatch, yBatch],
    ],
    options,
  );
  // The result has x's contracting dimensions in the order in which their partners stand in y.
  const order = range(yContracting.length).sort((i, j) => yContracting[i] - yContracting[j]);
  const dims = [...xBatch, ...xKept, ...order.map((i) => xContracting[i])];
  const cotangent = transpose(
    dot,
    range(dims.length).sort((i, j) => dims[i] - dims[j]),
  );
  return cotangent.dtype === x.dtype ? cotangent : convert(cotangent, x.dtype);
}

/** Two batched operands batch together, in front; one batched operand's batch dimension is free. */
function batchedDimensionNumbers(
  lhs: Tensor,
  lhsDim: number | null,
  rhsDim: number | null,
  [[lc, rc], [lb, rb]]: DotDimensionNumbers,
): { dimensionNumbers: DotDimensionNumbers; dim: number } {
  const shift = (dims: Dims, dim: number | null): number[] => (dim === null ? [...dims] : shiftAxes(dims, dim));
  const contracting = [shift(lc, lhsDim), shift(rc, rhsDim)] as const;
  const batch = [shift(lb, lhsDim), shift(rb, rhsDim)] as const;
  if (lhsDim !== null && rhsDim !== null) {
    return {
      dimensionNumbers: [
        contracting,
        [
          [lhsDim, ...batch[0]],
          [rhsDim, ...batch[1]],
        ],
      ],
      dim: 0,
    };
  }
  const used = (side: 0 | 1): number[] => [...contracting[side], ...batch[side]];
  const dim =
    lhsDim !== null
      ? lb.length + dimAfterRemoval(lhsDim, used(0))
      : lhs.ndim - lc.length + dimAfterRemoval(rhsDim as number, used(1));
  return { dimensionNumbers: [contracting, batch], dim };
}

/** The product of vectors and matrices: lhs's last dimension against rhs's first. */
export function dot(lhs: Tensor, rhs: Tensor, options: DotOptions = {}): Tensor {
  const fits =
    lhs.ndim >= 1 && lhs.ndim <= 2 && rhs.ndim >= 1 && rhs.ndim <= 2 && lhs.shape[lhs.ndim - 1] === rhs.shape[0];
  if (fits)
    return dotGeneral(
      lhs,
      rhs,
      [
        [[lhs.ndim - 1], [0]],
        [[], []],
      ],
      options,
    );
  throw new ShapeError(
    "CT103",
    `dot: operands of shapes [${lhs.shape}] and [${rhs.shape}] do not fit. ` +
      "Each must be a vector or a matrix, with lhs's last size equal to rhs's first; numpy's matmul takes batches.",
  );
}
