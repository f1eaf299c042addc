/** Functions that jump, made smooth by noise. */
import { vmap } from "../api/vmap.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import * as random from "../random/index.js";
import { mapTensors, treeAddScale, treeRandomLike, treeScale, treeSum } from "./trees.js";

/** Noise: samples, and the logarithm of their density up to a constant. */
export interface Noise {
  sample(key: Tensor, shape: readonly number[], options: { readonly dtype: DType }): Tensor;
  logProb(x: Tensor): Tensor;
}
/** Normal noise. */
export const normalNoise: Noise = { sample: random.normal, logProb: (x) => p.mul(-0.5, p.mul(x, x)) };
/** Gumbel noise. */
export const gumbelNoise: Noise = { sample: random.gumbel, logProb: (x) => p.sub(p.neg(x), p.exp(p.neg(x))) };

export interface PerturbationOptions {
  /** 1000 by default. */
  readonly numSamples?: number | undefined;
  /** The size of the noise; 0.1 by default. */
  readonly sigma?: number | undefined;
  readonly noise?: Noise | undefined;
  /** Whether the value without noise is taken off, which makes the gradient's variance smaller; true by default. */
  readonly useBaseline?: boolean | undefined;
}

/**
 * The mean of f under noise: differentiable however f jumps, by the noise's density (Berthet et al., 2020).
 * @returns a function of a key and f's argument
 * @example
 * const soft = optim.makePerturbedFun((x) => nn.oneHot(x.argmax(), 3));
 */
export function makePerturbedFun<T, R>(f: (x: T) => R, options: PerturbationOptions = {}): (key: Tensor, x: T) => R {
  checkOptions("optim.makePerturbedFun", options, ["numSamples", "sigma", "noise", "useBaseline"]);
  const { numSamples = 1000, sigma = 0.1, noise = gumbelNoise, useBaseline = true } = options;
  // Its value is 1, its derivative that of the logarithm: the score.
  const score = (x: Tensor): Tensor => p.exp(p.sub(x, p.stopGradient(x)));
  return (key, x) => {
    const baseline = useBaseline ? f(mapTensors(p.stopGradient, x)) : undefined;
    const one = (k: Tensor): unknown => {
      const drawn = treeRandomLike(k, x, (kk, shape, o) => noise.sample(kk, shape, o));
      const moved = mapTensors((a, z) => p.stopGradient(p.add(a, p.mul(sigma, z))), x, drawn);
      const seen = mapTensors((a, b) => p.div(p.sub(b, a), sigma), x, moved);
      const box = score(treeSum(mapTensors((z) => noise.logProb(z), seen)));
      const out = treeScale(box, f(moved));
      return baseline === undefined ? out : treeAddScale(out, p.sub(1, box), baseline);
    };
    const samples = vmap(one)(random.split(key, numSamples));
    return mapTensors((y) => np.mean(y, 0), samples as unknown) as R;
  };
}
