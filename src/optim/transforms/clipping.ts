/** Updates kept from becoming too large. */

import { vmap } from "../../api/vmap.js";
import type { Tensor } from "../../core/tensor.js";
import * as np from "../../numpy/index.js";
import { ShapeError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import * as tree from "../../tree/index.js";
import { absSquare, like, negated, times } from "../scalars.js";
import { stateless, withParams } from "../transformation.js";
import { mapTensors, tensorLeaves, treeClip, treeNorm } from "../trees.js";
import type { EmptyState, GradientTransformation, Scalar } from "../types.js";

/** Each element between -maxDelta and maxDelta. */
export const clip = (maxDelta: Scalar): GradientTransformation<EmptyState> =>
  stateless((updates) => treeClip(updates, negated(maxDelta), maxDelta));

/** Each leaf with a root mean square of at most the threshold. */
export const clipByBlockRms = (threshold: Scalar): GradientTransformation<EmptyState> =>
  stateless((updates) =>
    mapTensors((g) => {
      const rms = p.sqrt(np.mean(absSquare(g)));
      return np.divide(g, p.max(1, p.div(rms, like(rms, threshold))));
    }, updates),
  );

/**
 * All updates scaled down together so that their length as one vector is at most maxNorm.
 * @example
 * optim.chain(optim.clipByGlobalNorm(1), optim.adam(1e-3));
 */
export const clipByGlobalNorm = (maxNorm: Scalar): GradientTransformation<EmptyState> =>
  stateless((updates) => {
    const norm = treeNorm(updates);
    const small = p.lt(norm, like(norm, maxNorm));
    return mapTensors((g) => p.select(small, g, times(maxNorm, p.div(g, p.convert(norm, g.dtype)))), updates);
  });

function checkBatch(fn: string, grads: unknown): Tensor[] {
  const leaves = tensorLeaves(grads);
  const size = leaves[0]?.shape[0];
  if (size !== undefined && leaves.every((g) => g.ndim > 0 && g.shape[0] === size)) return leaves;
  throw new ShapeError(
    "CT107",
    `optim.${fn}: the gradients have shapes ${leaves.map((g) => `[${g.shape}]`).join(", ")}, but each needs a leading axis of examples, of one size. Make them with vmap(grad(f)).`,
  );
}

/**
 * The sum over examples of gradients scaled down to a length of at most `clipNorm` each.
 * @param grads leaves with a leading axis of examples
 * @returns the sum, and how many examples were scaled down
 */
export function perExampleGlobalNormClip<T>(grads: T, clipNorm: Scalar): [sum: T, clipped: Tensor] {
  checkBatch("perExampleGlobalNormClip", grads);
  const norms = vmap((g: unknown) => treeNorm(g))(grads as never) as Tensor;
  const ratio = p.min(p.div(like(norms, clipNorm), norms), 1);
  const factors = p.select(p.ne(ratio, ratio), p.fullLike(ratio, 1), ratio);
  const sum = mapTensors((g) => np.tensordot(p.convert(factors, g.dtype), g, 1), grads);
  return [sum, np.sum(p.lt(factors, 1))];
}

/**
 * The same with each leaf clipped by itself, to shares of the length that are equal, or by the leaves' sizes.
 * @returns the sum, and how many examples of each leaf were scaled down
 */
export function perExampleLayerNormClip<T>(
  grads: T,
  clipNorm: number,
  options: { readonly uniform?: boolean } = {},
): [sum: T, clipped: T] {
  checkOptions("optim.perExampleLayerNormClip", options, ["uniform"]);
  const leaves = checkBatch("perExampleLayerNormClip", grads);
  const sizes = leaves.map((g) => ((options.uniform ?? true) ? 1 : g.size / g.shape[0]));
  const total = sizes.reduce((n, m) => n + m, 0);
  const results = leaves.map((g, i) => perExampleGlobalNormClip(g, clipNorm * Math.sqrt(sizes[i] / total)));
  const treedef = tree.structure(grads);
  return [
    treedef.unflatten(results.map(([sum]) => sum)) as T,
    treedef.unflatten(results.map(([, clipped]) => clipped)) as T,
  ];
}

/** Norms of the units of a layer, each repeated over its unit: vectors whole, others over all axes but the last. */
function unitwiseNorm(x: Tensor, axis: number | readonly number[] | undefined): Tensor {
  const plain = x.shape.filter((n) => n !== 1).length <= 1;
  if (axis === undefined && !plain && x.ndim > 5) {
    throw new ShapeError(
      "CT107",
      `optim.adaptiveGradClip: a parameter has shape [${x.shape}], for which no axes are known. Name those of a unit with the option axis.`,
    );
  }
  const over = axis ?? (plain ? null : x.ndim <= 3 ? 0 : range(x.ndim - 1));
  const norms = p.sqrt(np.sum(absSquare(x), over, { keepdims: true }));
  return np.broadcastTo(norms, x.shape);
}

export interface AdaptiveGradClipOptions {
  /** The least norm that parameters count with; 1e-3 by default. */
  readonly eps?: Scalar | undefined;
  /** The axes of a unit; by default all but the last. */
  readonly axis?: number | readonly number[] | undefined;
}

/** The updates of each unit with at most `clipping` times the length of its parameters (Brock et al., 2021). */
export function adaptiveGradClip(
  clipping: Scalar,
  options: AdaptiveGradClipOptions = {},
): GradientTransformation<EmptyState> {
  checkOptions("optim.adaptiveGradClip", options, ["eps", "axis"]);
  const { eps = 1e-3, axis } = options;
  return withParams("adaptiveGradClip", (g, x) => {
    const [gNorm, xNorm] = [unitwiseNorm(g, axis), unitwiseNorm(x, axis)];
    const most = times(clipping, p.max(xNorm, like(xNorm, eps)));
    const clipped = p.mul(g, p.div(most, p.max(gNorm, 1e-6)));
    return p.select(p.lt(gNorm, most), g, clipped);
  });
}
