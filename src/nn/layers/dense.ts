import { asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { checkOptions } from "../../prelude/options.js";
import * as random from "../../random/index.js";
import { type Initializer, lecunNormal, normal, zeros } from "../initializers.js";
import { checkApply, checkCount, checkFeatures, features, inputStruct, type Layer, paramDtype } from "./layer.js";

export interface DenseParams {
  readonly kernel: Tensor;
  readonly bias?: Tensor;
}

export interface DenseOptions {
  /** lecunNormal by default. */
  readonly kernelInit?: Initializer | undefined;
  /** zeros by default. */
  readonly biasInit?: Initializer | undefined;
  /** True by default. */
  readonly useBias?: boolean | undefined;
}

/**
 * An affine map of the last axis: x · kernel + bias.
 * @param size how many features come out
 * @returns parameters `{ kernel: [in, size], bias: [size] }`; [..., in] becomes [..., size]
 * @throws ArgumentError CT004 unless size is a positive whole number; ShapeError CT103 for an input of other features
 * @example
 * const layer = nn.dense(10);
 * const params = layer.init(random.key(0), [784]);
 * layer.apply(params, np.ones([32, 784])).shape; // [32, 10]
 */
export function dense(size: number, options: DenseOptions = {}): Layer<DenseParams> {
  const fn = "nn.dense";
  checkOptions(fn, options, ["kernelInit", "biasInit", "useBias"]);
  checkCount(fn, "features", size);
  const { kernelInit = lecunNormal(), biasInit = zeros, useBias = true } = options;
  return {
    init(key, input) {
      const struct = inputStruct(fn, input);
      const dtype = paramDtype(struct);
      const [forKernel, forBias] = np.unstack(random.split(key));
      const kernel = kernelInit(forKernel, [features(fn, struct), size], { dtype });
      return useBias ? { kernel, bias: biasInit(forBias, [size], { dtype }) } : { kernel };
    },
    apply({ kernel, bias }, input, given) {
      checkApply("dense", given);
      const x = asTensor(input, fn);
      checkFeatures(fn, x, kernel.shape[0]);
      const y = np.matmul(x, kernel);
      return bias === undefined ? y : np.add(y, bias);
    },
  };
}

export interface EmbedParams {
  readonly embedding: Tensor;
}

export interface EmbedOptions {
  /** Normal with standard deviation 1 / √size by default. */
  readonly embeddingInit?: Initializer | undefined;
}

/**
 * A vector for each of `count` integers: rows of a table.
 * @returns parameters `{ embedding: [count, size] }`; integers of any shape get a last axis of the size. Integers out of
 *   range give NaN.
 * @example
 * const layer = nn.embed(1000, 64);
 */
export function embed(count: number, size: number, options: EmbedOptions = {}): Layer<EmbedParams> {
  const fn = "nn.embed";
  checkOptions(fn, options, ["embeddingInit"]);
  checkCount(fn, "count", count);
  checkCount(fn, "size", size);
  const { embeddingInit = normal(1 / Math.sqrt(size)) } = options;
  return {
    init(key, input) {
      inputStruct(fn, input);
      return { embedding: embeddingInit(key, [count, size]) };
    },
    apply({ embedding }, input, given) {
      checkApply("embed", given);
      return np.take(embedding, asTensor(input, fn), 0);
    },
  };
}
