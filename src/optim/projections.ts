/** The nearest points of convex sets, for trees as one long vector. */
import { cond } from "../control/cond.js";
import type { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { withJvp } from "../numpy/ufunc.js";
import * as p from "../primitives/index.js";
import { flattenInto } from "../tree/flatten.js";
import { like } from "./scalars.js";
import { mapTensors, tensorLeaves, treeAddScale, treeMul, treeNorm, treeScale, treeVdot } from "./trees.js";
import type { Scalar } from "./types.js";

/** No element below 0. */
export const projectionNonNegative = <T>(t: T): T => mapTensors((x) => p.max(x, 0), t);

/** Each element between bounds: scalars, or trees of them. */
export const projectionBox = <T>(t: T, lower: unknown, upper: unknown): T => {
  const isScalar = (x: unknown): boolean => typeof x === "number";
  const bound = (x: unknown): unknown => (isScalar(x) ? mapTensors((y) => like(y, x as number), t as unknown) : x);
  return mapTensors((x, lo, hi) => np.minimum(np.maximum(x, lo), hi), t, bound(lower), bound(upper));
};

/** Each element between 0 and scale. */
export const projectionHypercube = <T>(t: T, scale: number = 1): T => projectionBox(t, 0, scale);

/** Probabilities, by sorting (Duchi et al., 2008); the derivative is that of the active face. */
const unitSimplex = withJvp(
  "_projection_unit_simplex",
  (x) => {
    const n = x.shape[0];
    const descending = np.flip(np.sort(x));
    const sums = p.cumsum(descending, 0);
    const counts = p.add(p.iota(x.dtype, [n]), 1);
    const active = p.gt(p.add(p.div(1, counts), p.sub(descending, p.div(sums, counts))), 0);
    const count = np.sum(active);
    const threshold = np.take(sums, p.sub(count, 1), 0);
    const size = p.convert(count, x.dtype);
    return p.max(p.add(p.div(1, size), p.sub(x, p.div(threshold, size))), 0);
  },
  (_, [t], out) => {
    const face = p.convert(p.gt(out, 0), t.dtype);
    const mean = p.div(np.sum(p.mul(face, t)), np.sum(face));
    return p.mul(face, p.sub(t, mean));
  },
);

/** Elements of at least 0 that add up to scale. */
export function projectionSimplex<T>(t: T, scale: Scalar = 1): T {
  const leaves = tensorLeaves(t);
  const vector = np.concatenate(
    leaves.map((x) => p.reshape(x, [x.size])),
    0,
  );
  const factor = like(vector, scale);
  const projected = p.mul(factor, unitSimplex(p.div(vector, factor)));
  let at = 0;
  const parts = leaves.map((x) => {
    at += x.size;
    return p.convert(p.reshape(p.slice(projected, [at - x.size], [at]), x.shape), x.dtype);
  });
  const unused: unknown[] = [];
  return flattenInto(t, unused).unflatten(parts) as T;
}

/** Moduli that add up to scale. */
export const projectionL1Sphere = <T>(t: T, scale: Scalar = 1): T =>
  treeMul(mapTensors(p.sign, t), projectionSimplex(mapTensors(p.abs, t), scale));

/** Moduli that add up to scale at most. */
export function projectionL1Ball<T>(t: T, scale: Scalar = 1): T {
  const norm = treeNorm(t, { ord: 1 });
  return cond(
    p.le(norm, like(norm, scale)),
    () => mapTensors((x) => x, t) as never,
    () => projectionL1Sphere(t, scale) as never,
  ) as unknown as T;
}

/** A length of scale. */
export function projectionL2Sphere<T>(t: T, scale: Scalar = 1): T {
  const norm = treeNorm(t);
  return treeScale(p.div(like(norm, scale), norm), t);
}

/** A length of scale at most. */
export function projectionL2Ball<T>(t: T, scale: Scalar = 1): T {
  const square = treeNorm(t, { squared: true });
  const most = like(square, scale);
  return treeScale(p.div(most, p.sqrt(p.max(square, p.mul(most, most)))), t);
}

/** Each element between -scale and scale. */
export const projectionLinfBall = <T>(t: T, scale: number = 1): T => projectionBox(t, -scale, scale);

/** The part of x along a. */
export const projectionVector = <T>(x: T, a: T): T => treeScale(p.div(treeVdot(x, a), treeVdot(a, a)), a);

const distance = (x: unknown, a: unknown, b: Scalar): Tensor => {
  const product = treeVdot(x, a);
  return p.div(p.sub(like(product, b), product), treeVdot(a, a));
};
/** The points with ⟨x, a⟩ = b. */
export const projectionHyperplane = <T>(x: T, a: unknown, b: Scalar): T => treeAddScale(x, distance(x, a, b), a);
/** The points with ⟨x, a⟩ ≤ b. */
export const projectionHalfspace = <T>(x: T, a: unknown, b: Scalar): T =>
  treeAddScale(x, p.min(distance(x, a, b), 0), a);
