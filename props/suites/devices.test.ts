// Random programs and their gradients computed by machine code and by the reference evaluator. FC_RUNS tries more.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { devicePut, devices, grad, jit, numpy as np, type Tensor, vmap, withDefaultDevice } from "../../src/index.js";
import { program } from "../arbitraries/index.js";
import { compareTrees } from "../compare.js";

const numRuns = Number(process.env.FC_RUNS ?? 100);
const [reference] = devices("reference");

type Program = (...args: Tensor[]) => unknown;
type Transform = (f: (...args: Tensor[]) => Tensor, args: readonly Tensor[]) => Program;

const sum = (f: (...args: Tensor[]) => Tensor): Program =>
  grad((...args: Tensor[]) => np.sum(f(...args)) as Tensor) as Program;

const transforms: readonly (readonly [string, number, Transform])[] = [
  ["compiled", numRuns, (f) => jit(f) as Program],
  ["evaluated operation by operation", numRuns, (f) => f],
  ["differentiated", numRuns, (f) => jit(sum(f)) as Program],
  ["mapped over a batch", numRuns / 2, (f) => jit((...args: Tensor[]) => vmap(f)(...args.map(batched))) as Program],
];

/** Enough of them that kernels have whole vectors, and something left over. */
const batched = (x: Tensor): Tensor => {
  const factors = np.cos(np.arange(37, { dtype: "float32" }));
  return factors.reshape([37, ...x.shape.map(() => 1)]).mul(x);
};

describe.skipIf(devices("cpu").length === 0)("random programs on cpu:0 and reference:0", () => {
  it.each(transforms)(
    "agree when %s",
    (_, runs, transform) => {
      fc.assert(
        fc.property(program(), ({ f, args }) => {
          const [got, want] = [devices("cpu")[0], reference].map((device) =>
            withDefaultDevice(device, () => transform(f, args)(...args.map((x) => devicePut(x, device)))),
          );
          const difference = compareTrees(got, want, { atol: 2e-5, rtol: 2e-5 });
          if (difference !== null) expect.fail(`${difference.message} (cpu:0 against reference:0)`);
        }),
        { numRuns: Math.ceil(runs) },
      );
    },
    900_000,
  );
});
