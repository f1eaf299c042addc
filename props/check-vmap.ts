import { vmap } from "../src/api/index.js";
import type { AnyFunction } from "../src/api/types.js";
import { index } from "../src/control/index-at.js";
import { fromHost } from "../src/core/device-tensor.js";
import { isInexact } from "../src/core/dtype.js";
import type { Tensor } from "../src/core/tensor.js";
import { type Dim, materialize } from "../src/interpreters/batching.js";
import { GradientCheckError } from "../src/prelude/errors.js";
import { checkOptions } from "../src/prelude/options.js";
import type { TreeDef } from "../src/tree/index.js";
import { hostArray } from "../xla-like/index.js";
import { compareTrees, type Tolerances } from "./compare.js";
import { randomVector, uniforms } from "./directions.js";
import { type Leaf, leavesOf, numbersOf, tensorOf } from "./leaves.js";

/** The options of {@link checkVmap}. */
export interface CheckVmapOptions {
  /** The size of the batches; 3 by default. An empty batch is checked too. */
  readonly size?: number;
  /** The absolute error allowed; by default a few units in the last place of numbers near 1. */
  readonly atol?: number;
  /** The relative error allowed; by default a few units in the last place. */
  readonly rtol?: number;
  /** Chooses the variations that batches are made of. */
  readonly seed?: number;
}

/**
 * Checks that mapping `f` with vmap is what a loop over the batch gives: with all arguments batched along the first
 * axis and along the last, with each alone along every axis, and with empty batches.
 *
 * @param args arguments for one call of `f`, as a list; batches are made of variations of them
 * @throws GradientCheckError CT802 naming the result, index, both values and the batch axes
 * @example
 * checkVmap((x: Tensor, y: Tensor) => x.mul(y).sum(), [np.ones([3]), np.arange(3)]);
 */
export function checkVmap(f: AnyFunction, args: readonly unknown[], options: CheckVmapOptions = {}): void {
  checkOptions("checkVmap", options, ["size", "atol", "rtol", "seed"]);
  const { size = 3, seed = 0, ...tolerances } = options;
  const { leaves, treedef } = leavesOf(args);
  const next = uniforms(seed);
  const variations = Array.from({ length: size }, (_, b) =>
    leaves.map((l) => (b === 0 ? l.tensor : vary(l.tensor, next))),
  );
  checkBatches({ f, leaves, treedef, variations, tolerances });
}

export interface Batches {
  readonly f: AnyFunction;
  readonly leaves: readonly Leaf[];
  readonly treedef: TreeDef;
  /** The leaves of each element of the batch. */
  readonly variations: readonly (readonly Tensor[])[];
  readonly tolerances: Tolerances;
}

/** The same with the elements of the batch given. */
export function checkBatches({ f, leaves, treedef, variations, tolerances }: Batches): void {
  const size = variations.length;
  const args = (xs: readonly Tensor[]): never[] => treedef.unflatten(xs) as never[];
  for (const dims of layouts(leaves.map((l) => l.tensor))) {
    const mapped = vmap(f, { inAxes: treedef.unflatten(dims) as never });
    const batch = (n: number): Tensor[] =>
      leaves.map(({ tensor }, k) => {
        const column = variations.slice(0, n).map((v) => v[k]);
        return stack(tensor, column, dims[k]);
      });
    const { leaves: results, treedef: outTree } = leavesOf(mapped(...args(batch(size))));
    let first: unknown;
    variations.forEach((v, b) => {
      const want = f(...args(v.map((x, k) => (dims[k] === null ? leaves[k].tensor : x))));
      first ??= want;
      const element = outTree.unflatten(results.map((r) => index(r.tensor, 0, b)));
      const found = compareTrees(element, want, tolerances);
      if (!found) return;
      throw new GradientCheckError(
        "CT802",
        `checkVmap: ${nameOf(f)} with batch axes [${spell(dims)}], element ${b} of the batch: ${found.message} (vmap against a loop)`,
        found.mismatch,
      );
    });
    checkEmpty(mapped(...args(batch(0))), first, f, dims);
  }
}

/** All arguments batched in front, in the last place, and each alone along each of its dimensions. */
function layouts(xs: readonly Tensor[]): Dim[][] {
  const alone = xs.flatMap((x, k) =>
    Array.from({ length: x.ndim + 1 }, (_, d) => xs.map((_, j) => (j === k ? d : null))),
  );
  const all = xs.length === 1 ? [] : [xs.map(() => 0), xs.map((x) => x.ndim)];
  return [...all, ...alone];
}

/** Other values of the same kind: perturbed where numbers may be, the same where they may not. */
function vary(x: Tensor, next: () => number): Tensor {
  if (!isInexact(x.dtype)) return x;
  const numbers = numbersOf(x);
  const noise = randomVector(numbers.length, next);
  return tensorOf(
    numbers.map((v, i) => v * (1 + noise[i] / 16)),
    x,
  );
}

function stack(like: Tensor, elements: readonly Tensor[], dim: Dim): Tensor {
  if (dim === null) return like;
  const hosts = elements.map((e) => e.concrete("stacking a batch").hostData());
  const data = hostArray(like.dtype, elements.length * like.size);
  for (const [b, host] of hosts.entries()) data.set(host as never, b * host.length);
  const front = fromHost(data, [elements.length, ...like.shape], like.dtype, { weakType: like.weakType });
  return materialize(front, 0, dim, elements.length);
}

function checkEmpty(got: unknown, want: unknown, f: AnyFunction, dims: readonly Dim[]): void {
  const wanted = leavesOf(want).leaves;
  leavesOf(got).leaves.forEach(({ tensor }, i) => {
    const shape = [0, ...wanted[i].tensor.shape];
    if (String(tensor.shape) === String(shape) && tensor.dtype === wanted[i].tensor.dtype) return;
    throw new GradientCheckError(
      "CT802",
      `checkVmap: ${nameOf(f)} over an empty batch (axes [${spell(dims)}]) gives ${tensor.aval}, but it should give shape [${shape}].`,
    );
  });
}

const nameOf = (f: AnyFunction): string => f.name || "the function";
const spell = (dims: readonly Dim[]): string => dims.map((d) => d ?? "null").join(", ");
