import { asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ArgumentError, ShapeError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import * as random from "../../random/index.js";
import { type Initializer, lecunNormal, zeros } from "../initializers.js";
import {
  checkApply,
  checkCount,
  checkFeatures,
  features,
  fromFunction,
  inputStruct,
  type Layer,
  paramDtype,
} from "./layer.js";

export interface ConvParams {
  readonly kernel: Tensor;
  readonly bias?: Tensor;
}

type Sizes = number | readonly number[];
export type Padding = p.PaddingName | readonly (readonly [low: number, high: number])[];

export interface ConvOptions {
  /** 1 by default; a number is the stride of every axis. */
  readonly strides?: Sizes | undefined;
  /** "SAME" by default. */
  readonly padding?: Padding | undefined;
  /** The distance of the kernel's elements; 1 by default. */
  readonly kernelDilation?: Sizes | undefined;
  /** Into how many independent groups the features are split; 1 by default. */
  readonly featureGroupCount?: number | undefined;
  readonly kernelInit?: Initializer | undefined;
  readonly biasInit?: Initializer | undefined;
  readonly useBias?: boolean | undefined;
}
const convOptions = ["strides", "padding", "kernelDilation", "featureGroupCount", "kernelInit", "biasInit", "useBias"];

const each = (sizes: Sizes, rank: number): number[] =>
  typeof sizes === "number" ? range(rank).map(() => sizes) : [...sizes];

function checkSizes(fn: string, name: string, sizes: readonly number[], rank: number): void {
  if (sizes.length === rank && sizes.every((n) => Number.isInteger(n) && n > 0)) return;
  throw new ArgumentError(
    "CT004",
    `${fn}: ${name} is [${sizes}], but it must be ${rank} whole numbers of at least 1, one for each axis of space.`,
  );
}

/** With one batch axis, which images may lack or have more of. */
function withBatch(fn: string, x: Tensor, rank: number, f: (x: Tensor) => Tensor): Tensor {
  const inner = rank + 1;
  if (x.ndim < inner) {
    throw new ShapeError(
      "CT107",
      `${fn}: the input has shape [${x.shape}], but it needs ${rank} axes of space and a last one of features.`,
    );
  }
  const lead = x.shape.slice(0, x.ndim - inner);
  const y = f(p.reshape(x, [lead.reduce((n, d) => n * d, 1), ...x.shape.slice(lead.length)]));
  return p.reshape(y, [...lead, ...y.shape.slice(1)]);
}

const letters = "DHW";
/** Batch, space, features: `NHWC`, and for kernels space, inputs, outputs. */
const layout = (rank: number): readonly [string, string, string] => {
  const space = letters.slice(letters.length - rank);
  return [`N${space}C`, `${space}IO`, `N${space}C`];
};

/**
 * A convolution over the axes of space, which stand before the last axis of features.
 * @param size how many features come out
 * @param kernelSize the kernel's size along each axis of space, one to three of them
 * @returns parameters `{ kernel: [...kernelSize, in / groups, size], bias: [size] }`
 * @throws ArgumentError CT004 for sizes that are no positive whole numbers; ShapeError CT103, CT107
 * @example
 * const layer = nn.conv(32, [3, 3], { strides: 2 });
 * const params = layer.init(random.key(0), [8, 28, 28, 1]);
 * layer.apply(params, np.ones([8, 28, 28, 1])).shape; // [8, 14, 14, 32]
 */
export function conv(size: number, kernelSize: readonly number[], options: ConvOptions = {}): Layer<ConvParams> {
  const fn = "nn.conv";
  checkOptions(fn, options, convOptions);
  checkCount(fn, "features", size);
  const rank = kernelSize.length;
  if (rank < 1 || rank > 3) {
    throw new ArgumentError(
      "CT004",
      `${fn}: kernelSize is [${kernelSize}], but it must have 1 to 3 entries, one for each axis of space.`,
    );
  }
  const { kernelInit = lecunNormal(), biasInit = zeros, useBias = true, featureGroupCount = 1 } = options;
  const { padding = "SAME" } = options;
  const windowStrides = each(options.strides ?? 1, rank);
  const rhsDilation = each(options.kernelDilation ?? 1, rank);
  checkSizes(fn, "kernelSize", kernelSize, rank);
  checkSizes(fn, "strides", windowStrides, rank);
  checkSizes(fn, "kernelDilation", rhsDilation, rank);
  checkCount(fn, "featureGroupCount", featureGroupCount);
  return {
    init(key, input) {
      const struct = inputStruct(fn, input);
      const dtype = paramDtype(struct);
      const inputs = features(fn, struct);
      if (inputs % featureGroupCount !== 0 || size % featureGroupCount !== 0) {
        throw new ShapeError(
          "CT103",
          `${fn}: ${inputs} features in and ${size} out do not split into ${featureGroupCount} groups. Both must be multiples of that.`,
        );
      }
      const [forKernel, forBias] = np.unstack(random.split(key));
      const kernel = kernelInit(forKernel, [...kernelSize, inputs / featureGroupCount, size], { dtype });
      return useBias ? { kernel, bias: biasInit(forBias, [size], { dtype }) } : { kernel };
    },
    apply({ kernel, bias }, input, given) {
      checkApply("conv", given);
      const x = asTensor(input, fn);
      checkFeatures(fn, x, kernel.shape[rank] * featureGroupCount);
      const y = withBatch(fn, x, rank, (batch) =>
        p.convolve(batch, kernel, windowStrides, padding, {
          dimensionNumbers: layout(rank),
          rhsDilation,
          featureGroupCount,
        }),
      );
      return bias === undefined ? y : np.add(y, bias);
    },
  };
}

export interface PoolOptions {
  /** The window's size by default, so that windows do not overlap. */
  readonly strides?: Sizes | undefined;
  /** "VALID" by default. */
  readonly padding?: Padding | undefined;
}

type WindowReduction = (x: Tensor, window: Parameters<typeof p.reduceWindowMax>[1]) => Tensor;

function pool(name: string, size: readonly number[], options: PoolOptions, reduce: WindowReduction): Layer<null> {
  const fn = `nn.${name}`;
  checkOptions(fn, options, ["strides", "padding"]);
  const rank = size.length;
  const strides = each(options.strides ?? size, rank);
  checkSizes(fn, "the window", size, rank);
  checkSizes(fn, "strides", strides, rank);
  return fromFunction(name, (x) =>
    withBatch(fn, x, rank, (batch) => {
      const sizes = batch.shape.slice(1, -1);
      const pads = p.resolvePadding(fn, options.padding ?? "VALID", sizes, size, strides);
      const ones = batch.shape.map(() => 1);
      return reduce(batch, {
        windowDimensions: [1, ...size, 1],
        windowStrides: [1, ...strides, 1],
        padding: [[0, 0], ...pads, [0, 0]],
        baseDilation: ones,
        windowDilation: ones,
      });
    }),
  );
}

/**
 * The largest element of each window over the axes of space.
 * @example nn.maxPool([2, 2]);
 */
export const maxPool = (size: readonly number[], options: PoolOptions = {}): Layer<null> =>
  pool("maxPool", size, options, p.reduceWindowMax);

/** The mean of each window over the axes of space; padding does not count. */
export const avgPool = (size: readonly number[], options: PoolOptions = {}): Layer<null> =>
  pool("avgPool", size, options, (x, window) => {
    const counts = p.reduceWindowSum(p.fullLike(x, 1), window);
    return p.div(p.reduceWindowSum(x, window), counts);
  });
