/** Convolutions as people write them: dimensions by letters, padding by name, defaults for the rest. */

import type { Precision } from "../../xla-like/index.js";
import type { Shaped } from "../core/aval.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { type ConvDimensionNumbers, convGeneralDilated } from "./convolution.js";
import { rev } from "./rev.js";
import { transpose } from "./shape.js";
import { dilatedSize, type Padding } from "./window-geometry.js";

/** No padding; as much as makes the result's sizes those of the operand divided by the strides; the same, more of it before. */
export type PaddingName = "VALID" | "SAME" | "SAME_LOWER";

/** `["NCHW", "OIHW", "NCHW"]`: of lhs (batch N, feature C), rhs (output O, input I) and the result; other letters are spatial. */
export type ConvDimensionNames = readonly [lhs: string, rhs: string, out: string];

/** Padding by name, for a window of the given sizes (with its holes). */
export function resolvePadding(
  where: string,
  padding: PaddingName | Padding,
  inSizes: readonly number[],
  windowSizes: readonly number[],
  strides: readonly number[],
): Padding {
  if (typeof padding !== "string") return padding;
  if (padding === "VALID") return inSizes.map(() => [0, 0] as const);
  if (padding !== "SAME" && padding !== "SAME_LOWER") {
    throw new ArgumentError(
      "CT004",
      `${where}: padding is '${padding}', but must be 'VALID', 'SAME', 'SAME_LOWER', or [low, high] for each dimension.`,
    );
  }
  return inSizes.map((n, d) => {
    const needed = (Math.ceil(n / strides[d]) - 1) * strides[d] + windowSizes[d] - n;
    const total = Math.max(needed, 0);
    const less = total >> 1;
    return padding === "SAME" ? ([less, total - less] as const) : ([total - less, less] as const);
  });
}

/** Dimension numbers from letters; batch, feature, then spatial dimensions in order if none are given. */
export function convDimensionNumbers(
  where: string,
  rank: number,
  names: ConvDimensionNames | ConvDimensionNumbers | undefined,
): ConvDimensionNumbers {
  if (names === undefined) return { lhsSpec: range(rank), rhsSpec: range(rank), outSpec: range(rank) };
  if ("lhsSpec" in names) return names;
  const [lhs, rhs, out] = names;
  const isSpatial = (text: string, ends: string): string[] => [...text].filter((c) => !ends.includes(c));
  const spatial = isSpatial(rhs, "OI");
  const spec = (which: string, text: string, ends: readonly [string, string]): number[] => {
    const letters = [...ends, ...spatial];
    const fits = text.length === rank && new Set(text).size === rank && letters.every((c) => text.includes(c));
    if (fits) return letters.map((c) => text.indexOf(c));
    throw new ShapeError(
      "CT107",
      `${where}: dimensionNumbers are ['${lhs}', '${rhs}', '${out}'], but ${which} must name ${rank} dimensions, each once: ` +
        `${ends[0]}, ${ends[1]} and the same letters for space as the kernel's (${spatial.join(", ")}).`,
    );
  };
  return {
    lhsSpec: spec("lhs", lhs, ["N", "C"]),
    rhsSpec: spec("rhs", rhs, ["O", "I"]),
    outSpec: spec("the result", out, ["N", "C"]),
  };
}

export interface ConvolutionOptions {
  readonly lhsDilation?: readonly number[] | undefined;
  readonly rhsDilation?: readonly number[] | undefined;
  readonly dimensionNumbers?: ConvDimensionNames | ConvDimensionNumbers | undefined;
  readonly featureGroupCount?: number | undefined;
  readonly batchGroupCount?: number | undefined;
  readonly precision?: Precision | undefined;
  readonly preferredElementType?: DType | undefined;
}

const spatialSizes = (x: Shaped, spec: readonly number[]): number[] => spec.slice(2).map((d) => x.shape[d]);

function checkRank(where: string, lhs: Shaped, rhs: Shaped): void {
  if (lhs.shape.length === rhs.shape.length && lhs.shape.length >= 2) return;
  throw new ShapeError(
    "CT107",
    `${where}: operand 'lhs' has shape [${lhs.shape}] and 'rhs' shape [${rhs.shape}]. ` +
      "Both need the same number of spatial dimensions and two more.",
  );
}

/** A convolution with named dimensions and padding; see `convGeneralDilated`. */
export function convolve(
  lhs: Tensor,
  rhs: Tensor,
  windowStrides: readonly number[],
  padding: PaddingName | Padding,
  options: ConvolutionOptions = {},
): Tensor {
  const where = "conv_general_dilated";
  checkRank(where, lhs, rhs);
  const { featureGroupCount = 1, batchGroupCount = 1, precision, preferredElementType } = options;
  const ones = range(lhs.ndim - 2).map(() => 1);
  const { lhsDilation = ones, rhsDilation = ones } = options;
  const dimensionNumbers = convDimensionNumbers(where, lhs.ndim, options.dimensionNumbers);
  if (typeof padding === "string" && padding !== "VALID" && lhsDilation.some((d) => d !== 1)) {
    throw new ArgumentError(
      "CT004",
      `${where}: padding '${padding}' with lhsDilation [${lhsDilation}] has no one meaning. Give [low, high] for each dimension.`,
    );
  }
  const window = spatialSizes(rhs, dimensionNumbers.rhsSpec).map((n, i) => dilatedSize(n, rhsDilation[i]));
  const pads = resolvePadding(where, padding, spatialSizes(lhs, dimensionNumbers.lhsSpec), window, windowStrides);
  return convGeneralDilated(lhs, rhs, {
    batchGroupCount,
    dimensionNumbers,
    featureGroupCount,
    lhsDilation,
    padding: pads,
    rhsDilation,
    windowStrides,
    ...(precision && { precision }),
    ...(preferredElementType && { preferredElementType }),
  });
}

export interface ConvTransposeOptions
  extends Pick<ConvolutionOptions, "rhsDilation" | "dimensionNumbers" | "precision" | "preferredElementType"> {
  /** Mirrors the kernel and swaps its features, as in the gradient of a convolution. */
  readonly transposeKernel?: boolean | undefined;
  /** Numbers, too, are the padding of the convolution this undoes, not of this one. */
  readonly useConsistentPadding?: boolean | undefined;
}

const channelsLast: Readonly<Record<number, ConvDimensionNames>> = {
  2: ["NC", "IO", "NC"],
  3: ["NHC", "HIO", "NHC"],
  4: ["NHWC", "HWIO", "NHWC"],
  5: ["NHWDC", "HWDIO", "NHWDC"],
};

/** The padding that undoes a convolution of window size k, stride s and the given padding. */
function undoingPadding(k: number, s: number, padding: PaddingName | readonly [number, number]): [number, number] {
  if (typeof padding !== "string") return [k - 1 - padding[0], k - 1 - padding[1]];
  const total = k + s - 2 + (padding === "VALID" ? Math.max(k - s, 0) : 0);
  const low = padding === "VALID" || s > k - 1 ? k - 1 : Math.ceil(total / 2);
  return [low, total - low];
}

/** The convolution whose operand has `strides - 1` holes between its elements; channels come last by default. */
export function convTranspose(
  lhs: Tensor,
  rhs: Tensor,
  strides: readonly number[],
  padding: PaddingName | Padding,
  options: ConvTransposeOptions = {},
): Tensor {
  const where = "conv_transpose";
  checkRank(where, lhs, rhs);
  const names = options.dimensionNumbers ?? channelsLast[lhs.ndim];
  if (names === undefined) {
    throw new ArgumentError(
      "CT004",
      `${where}: operands of rank ${lhs.ndim} have no default dimensionNumbers. Give them.`,
    );
  }
  const dimensionNumbers = convDimensionNumbers(where, lhs.ndim, names);
  const { rhsSpec } = dimensionNumbers;
  const ones = strides.map(() => 1);
  const { rhsDilation = ones, transposeKernel = false, precision, preferredElementType } = options;
  const window = spatialSizes(rhs, rhsSpec).map((n, i) => dilatedSize(n, rhsDilation[i]));
  const pads =
    typeof padding === "string" || options.useConsistentPadding === true
      ? window.map((k, i) => undoingPadding(k, strides[i], typeof padding === "string" ? padding : padding[i]))
      : padding;
  const swap = range(rhs.ndim).map((d) => (d === rhsSpec[0] ? rhsSpec[1] : d === rhsSpec[1] ? rhsSpec[0] : d));
  const kernel = transposeKernel ? transpose(rev(rhs, rhsSpec.slice(2)), swap) : rhs;
  return convolve(lhs, kernel, ones, pads, {
    lhsDilation: strides,
    rhsDilation,
    dimensionNumbers,
    precision,
    preferredElementType,
  });
}
