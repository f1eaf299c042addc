import { vmap } from "../src/api/index.js";
import type { AnyFunction } from "../src/api/types.js";
import { type Dim, materialize } from "../src/interpreters/batching.js";
import { index } from "../src/control/index-at.js";
import type { Tensor } from "../src/core/tensor.js";
import { isFloat, isComplex } from "../src/core/dtype.js";
import { GradientCheckError } from "../src/prelude/errors.js";
import { checkOptions } from "../src/prelude/options.js";
import { compareTrees } from "./compare.js";
import { randomVector, uniforms } from "./directions.js";
import { leavesOf, numbersOf, tensorOf } from "./leaves.js";

export interface CheckVmapOptions {
  /** The size of the batches. */
  readonly size?: number;
  readonly atol?: number;
  readonly rtol?: number;
  readonly seed?: number;
}

/**
 * Checks that mapping `f` with vmap is what a loop over the batch gives: with all arguments batched, and each alone,
 * along every dimension, and with an empty batch.
 *
 * @param args arguments for one call of `f`, as a list; batches are made of variations of them
 * @throws GradientCheckError CT802 naming the result, index, both values and the batch dimensions
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
  for (const dims of layouts(leaves.map((l) => l.tensor))) {
    const inAxes = treedef.unflatten(dims) as never;
    const batched = (n: number) =>
      treedef.unflatten(
        leaves.map((l, k) =>
          stack(
            l.tensor,
            variations.slice(0, n).map((v) => v[k]),
            dims[k],
          ),
        ),
      ) as unknown[];
    const mapped = vmap(f, { inAxes });
    const got = mapped(...(batched(size) as never[]));
    const looped = variations.map((v) =>
      f(...(treedef.unflatten(v.map((x, k) => (dims[k] === null ? leaves[k].tensor : x))) as unknown[])),
    );
    looped.forEach((want, b) => {
      const { leaves: results, treedef: outTree } = leavesOf(got);
      const element = outTree.unflatten(results.map((r) => index(r.tensor, 0, b)));
      fail(compareTrees(element, want, tolerances), f, dims, `element ${b} of the batch`);
    });
    checkEmpty(mapped(...(batched(0) as never[])), looped[0], f, dims);
  }
}

/** All arguments batched in front, in the last place, and each alone along each of its dimensions. */
function layouts(xs: readonly Tensor[]): Dim[][] {
  const alone = xs.flatMap((x, k) =>
    Array.from({ length: x.ndim + 1 }, (_, d) => xs.map((_, j) => (j === k ? d : null))),
  );
  return [xs.map(() => 0), xs.map((x) => x.ndim), ...alone];
}

/** Other values of the same kind: perturbed where numbers may be, the same where they may not. */
function vary(x: Tensor, next: () => number): Tensor {
  if (!isFloat(x.dtype) && !isComplex(x.dtype)) return x;
  const numbers = numbersOf(x);
  const noise = randomVector(numbers.length, next);
  return tensorOf(
    numbers.map((v, i) => v * (1 + noise[i] / 16)),
    x,
  );
}

function stack(x: Tensor, elements: readonly Tensor[], dim: Dim): Tensor {
  if (dim === null) return x;
  const numbers = Float64Array.from(elements.flatMap((e) => [...numbersOf(e)]));
  return materialize(
    tensorOf(numbers, { shape: [elements.length, ...x.shape], dtype: x.dtype }),
    0,
    dim,
    elements.length,
  );
}

function checkEmpty(got: unknown, want: unknown, f: AnyFunction, dims: readonly Dim[]): void {
  const wanted = leavesOf(want).leaves;
  leavesOf(got).leaves.forEach(({ tensor }, i) => {
    const shape = [0, ...wanted[i].tensor.shape];
    if (String(tensor.shape) === String(shape) && tensor.dtype === wanted[i].tensor.dtype) return;
    throw new GradientCheckError(
      "CT802",
      `checkVmap: ${f.name || "the function"} over an empty batch (axes [${spell(dims)}]) gives ${tensor.aval}, but it should give shape [${shape}].`,
    );
  });
}

const spell = (dims: readonly Dim[]): string => dims.map((d) => d ?? "null").join(", ");

function fail(found: ReturnType<typeof compareTrees>, f: AnyFunction, dims: readonly Dim[], where: string): void {
  if (found === null) return;
  throw new GradientCheckError(
    "CT802",
    `checkVmap: ${f.name || "the function"} with batch axes [${spell(dims)}], ${where}: ${found.message} (vmap against a loop)`,
    found.mismatch,
  );
}
