/** Where windows stand: sizes, paddings and dilations, and what they become in transposes and batches. */

import type { WindowDim } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { param } from "../core/params.js";
import { ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import type { Result } from "./checks.js";

type Sizes = readonly number[];
/** Elements added before and after each dimension; negative ones are taken away. */
export type Padding = readonly (readonly [low: number, high: number])[];

export const paddingParam = param.data<Padding>(param.intLists.show);

/** A window that slides over every dimension of its operand. */
export interface PlainWindow {
  readonly padding: Padding;
  readonly windowDimensions: Sizes;
  readonly windowStrides: Sizes;
}
/** The same over an operand with holes between its elements, or with holes in the window. */
export interface Window extends PlainWindow {
  readonly baseDilation: Sizes;
  readonly windowDilation: Sizes;
}

export const plainWindowParams = { padding: paddingParam, windowDimensions: param.ints, windowStrides: param.ints };
export const windowParams = { ...plainWindowParams, baseDilation: param.ints, windowDilation: param.ints };

/** Only the parameters of the window. */
export const windowOf = (p: Window): Window => ({
  baseDilation: p.baseDilation,
  padding: p.padding,
  windowDilation: p.windowDilation,
  windowDimensions: p.windowDimensions,
  windowStrides: p.windowStrides,
});

export const dilatedSize = (size: number, dilation: number): number => (size === 0 ? 0 : (size - 1) * dilation + 1);

/** How many places a window takes. */
export const placesOf = (padded: number, window: number, stride: number): number =>
  padded < window ? 0 : Math.floor((padded - window) / stride) + 1;

/** The result's shape, or what is wrong with the window. */
export function windowedShape(name: string, x: ShapedArray, w: Window): Result<number[]> {
  const fields = ["windowDimensions", "windowStrides", "padding", "baseDilation", "windowDilation"] as const;
  for (const field of fields) {
    if (w[field].length !== x.ndim) {
      return Either.left(
        new ShapeError(
          "CT107",
          `${name}: operand 'x' has rank ${x.ndim}, but ${field} has ${w[field].length} entries. Give one for each dimension of x.`,
        ),
      );
    }
    const bad = field === "padding" ? undefined : w[field].find((n) => !Number.isInteger(n) || n < 1);
    if (bad !== undefined) {
      return Either.left(
        new ShapeError(
          "CT107",
          `${name}: ${field} is [${w[field]}], but ${bad} is not a positive integer. The least is 1.`,
        ),
      );
    }
  }
  return Either.right(
    x.shape.map((n, d) => {
      const [low, high] = w.padding[d];
      const size = dilatedSize(n, w.baseDilation[d]) + low + high;
      return placesOf(size, dilatedSize(w.windowDimensions[d], w.windowDilation[d]), w.windowStrides[d]);
    }),
  );
}

/** The window once a batch dimension, over which it does not slide, stands at `dim`. */
export function batchedWindow(w: Window, dim: number): Window {
  const at = <T>(xs: readonly T[], x: T): T[] => [...xs.slice(0, dim), x, ...xs.slice(dim)];
  return {
    baseDilation: at(w.baseDilation, 1),
    padding: at(w.padding, [0, 0] as const),
    windowDilation: at(w.windowDilation, 1),
    windowDimensions: at(w.windowDimensions, 1),
    windowStrides: at(w.windowStrides, 1),
  };
}

export const undilated = (w: PlainWindow): Window => ({
  ...w,
  baseDilation: w.windowDimensions.map(() => 1),
  windowDilation: w.windowDimensions.map(() => 1),
});

export const hloWindow = (w: Window): WindowDim[] =>
  w.windowDimensions.map((size, d) => ({
    size,
    stride: w.windowStrides[d],
    padLow: w.padding[d][0],
    padHigh: w.padding[d][1],
    baseDilation: w.baseDilation[d],
    windowDilation: w.windowDilation[d],
  }));

/** Sizes along the dimensions that a window slides over. */
export interface Slide {
  readonly inSizes: Sizes;
  readonly windowSizes: Sizes;
  readonly outSizes: Sizes;
  readonly strides: Sizes;
  readonly padding: Padding;
  readonly inDilation: Sizes;
  readonly windowDilation: Sizes;
}

/** The padding of a cotangent with which the same window, mirrored, gives the operand's cotangent. */
export function operandTransposePadding(s: Slide): [number, number][] {
  return s.inSizes.map((n, d) => {
    const input = dilatedSize(n, s.inDilation[d]);
    const window = dilatedSize(s.windowSizes[d], s.windowDilation[d]);
    const output = dilatedSize(s.outSizes[d], s.strides[d]);
    const before = window - s.padding[d][0] - 1;
    return [before, input + window - 1 - output - before];
  });
}

/** The padding of the operand with which the cotangent, as a window, gives the kernel's cotangent. */
export function kernelTransposePadding(s: Slide): [number, number][] {
  return s.inSizes.map((n, d) => {
    const input = dilatedSize(n, s.inDilation[d]);
    const window = dilatedSize(s.windowSizes[d], s.windowDilation[d]);
    const output = dilatedSize(s.outSizes[d], s.strides[d]);
    const low = s.padding[d][0];
    return [low, output - input + (window - low - 1)];
  });
}
