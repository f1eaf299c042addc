import { asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import * as random from "../../random/index.js";
import { standardize } from "../normalization.js";
import { checkApply, checkFeatures, features, fromFunction, inputStruct, type Layer, paramDtype } from "./layer.js";

export interface NormParams {
  readonly scale?: Tensor;
  readonly bias?: Tensor;
}

export interface NormOptions {
  /** Added to the variance; 1e-6 by default. */
  readonly epsilon?: number | undefined;
  /** True by default. */
  readonly useScale?: boolean | undefined;
  /** True by default; rmsNorm has none. */
  readonly useBias?: boolean | undefined;
}

function affine(fn: string, x: Tensor, { scale, bias }: NormParams): Tensor {
  const size = (scale ?? bias)?.shape[0];
  if (size !== undefined) checkFeatures(fn, x, size);
  const scaled = scale === undefined ? x : np.multiply(x, scale);
  return bias === undefined ? scaled : np.add(scaled, bias);
}

/**
 * The features of the last axis with mean 0 and variance 1, scaled and shifted (Ba et al., 2016).
 * @returns parameters `{ scale: [features], bias: [features] }`
 * @example
 * const layer = nn.layerNorm();
 */
export function layerNorm(options: NormOptions = {}): Layer<NormParams> {
  const fn = "nn.layerNorm";
  checkOptions(fn, options, ["epsilon", "useScale", "useBias"]);
  const { epsilon = 1e-6, useScale = true, useBias = true } = options;
  return {
    init(_key, input) {
      const struct = inputStruct(fn, input);
      const shape = [features(fn, struct)];
      const dtype = paramDtype(struct);
      return {
        ...(useScale && { scale: p.full(shape, 1, dtype) }),
        ...(useBias && { bias: p.full(shape, 0, dtype) }),
      };
    },
    apply(params, input, given) {
      checkApply("layerNorm", given);
      return affine(fn, standardize(asTensor(input, fn), -1, { epsilon }), params);
    },
  };
}

/** The features of the last axis with mean square 1, scaled (Zhang and Sennrich, 2019). */
export function rmsNorm(options: Omit<NormOptions, "useBias"> = {}): Layer<NormParams> {
  const fn = "nn.rmsNorm";
  checkOptions(fn, options, ["epsilon", "useScale"]);
  const { epsilon = 1e-6, useScale = true } = options;
  return {
    init(_key, input) {
      const struct = inputStruct(fn, input);
      return useScale ? { scale: p.full([features(fn, struct)], 1, paramDtype(struct)) } : {};
    },
    apply(params, input, given) {
      checkApply("rmsNorm", given);
      return affine(
        fn,
        standardize(asTensor(input, fn), -1, { mean: 0, variance: meanSquare(asTensor(input, fn)), epsilon }),
        params,
      );
    },
  };
}

const meanSquare = (x: Tensor): Tensor => np.mean(np.square(x), -1, { keepdims: true });

/**
 * Sets each element to 0 with the given probability and scales the others up, where apply is given a key; else does nothing.
 * @param rate the probability, from 0 to 1
 * @throws ArgumentError CT004 for a rate outside
 * @example
 * const layer = nn.dropout(0.1);
 * layer.apply(null, np.ones([4]), { key: random.key(0) }); // in training
 * layer.apply(null, np.ones([4])).js(); // [1, 1, 1, 1]
 */
export function dropout(rate: number): Layer<null> {
  if (!(rate >= 0 && rate <= 1)) {
    throw new ArgumentError(
      "CT004",
      `nn.dropout: the rate is ${rate}, but it is a probability. Give a number from 0 to 1.`,
    );
  }
  return fromFunction("dropout", (x, { key }) => {
    if (key === undefined || rate === 0) return x;
    if (rate === 1) return p.fullLike(x, 0);
    const keep = random.bernoulli(key, 1 - rate, x.shape);
    return p.select(keep, np.divide(x, 1 - rate), p.fullLike(x, 0));
  });
}
