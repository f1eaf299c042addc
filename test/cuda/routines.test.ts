// Sorts, scans, scatters, products and windows of the public API on a simulated card, beside the processor.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as Cotangent from "../../src/index.js";
import { whyNoStandIns } from "../native/stand-ins.js";
import { buildSimulation, environment, type Simulation } from "./simulation.js";

describe.skipIf(whyNoStandIns() !== undefined)("routines on cuda:0", () => {
  let simulation: Simulation;
  let ct: typeof Cotangent;
  beforeAll(async () => {
    simulation = buildSimulation();
    Object.assign(process.env, environment(simulation.folder));
    ct = await import("../../src/index.js");
  });
  afterAll(() => simulation.remove());

  /** What a program gives on a card is what it gives on the processor. */
  const same = (build: (ct: typeof Cotangent) => unknown): void => {
    const on = (device: string): unknown => ct.deviceGet(ct.withDefaultDevice(device, () => build(ct)));
    const [got, want] = [on("cuda:0"), on("cpu:0")];
    expect(JSON.stringify(round(got))).toBe(JSON.stringify(round(want)));
  };
  const round = (x: unknown): unknown =>
    Array.isArray(x) ? x.map(round) : typeof x === "number" ? Number(x.toPrecision(5)) : x;

  const shuffled = ({ numpy: np }: typeof Cotangent, n: number): Cotangent.Tensor =>
    np.mod(np.arange(n).mul(37), 101).astype("float32");

  test("sorts", () => {
    same((c) => c.numpy.sort(shuffled(c, 300).reshape([3, 100]), 1));
    same((c) => c.numpy.argsort(shuffled(c, 300), 0, { descending: true }));
    same((c) => c.numpy.lexsort([shuffled(c, 60), c.numpy.mod(c.numpy.arange(60), 3)]));
    same((c) => c.lax.topK(shuffled(c, 1500), 7));
    same((c) => c.numpy.median(shuffled(c, 33)));
    same((c) => c.numpy.unique(shuffled(c, 40)));
    same((c) => c.grad((x: Cotangent.Tensor) => c.numpy.sort(x).mul(c.numpy.arange(50)).sum())(shuffled(c, 50)));
    same((c) => c.random.permutation(c.random.key(3), 20));
  });

  test("scans", () => {
    same((c) => c.numpy.cumsum(shuffled(c, 700)));
    same((c) => c.numpy.cumprod(shuffled(c, 24).add(0.5).reshape([4, 6]), 0));
    for (const reverse of [false, true]) {
      same((c) => c.lax.cummax(shuffled(c, 90).reshape([3, 30]), { axis: 1, reverse }));
      same((c) => c.lax.cumlogsumexp(shuffled(c, 90), { reverse }));
    }
    same((c) => c.grad((x: Cotangent.Tensor) => c.numpy.cumsum(x).pow(2).sum())(shuffled(c, 20)));
  });

  test("scatters", () => {
    const at = (c: typeof Cotangent) => c.numpy.mod(c.numpy.arange(30), 7);
    same((c) =>
      c.numpy
        .zeros([7, 3])
        .at(at(c))
        .add(shuffled(c, 90).reshape([30, 3])),
    );
    same((c) => c.numpy.zeros([7]).at(at(c)).set(shuffled(c, 30)));
    same((c) => c.numpy.ones([7]).at(at(c)).mul(shuffled(c, 30).add(1)));
    same((c) => c.numpy.zeros([7], { dtype: "int8" }).at(at(c)).max(c.numpy.arange(30).astype("int8")));
    same((c) =>
      c.numpy
        .arange(9)
        .astype("float32")
        .at(c.numpy.array([1, 4], { dtype: "int32" }))
        .apply((x) => c.numpy.sin(x)),
    );
    // An embedding's gradient.
    same((c) =>
      c.grad((table: Cotangent.Tensor) => c.numpy.take(table, at(c), 0).pow(2).sum())(shuffled(c, 21).reshape([7, 3])),
    );
    same((c) => c.numpy.bincount(at(c), { length: 9 }));
  });

  test("scatters in one order, where that is asked for", () => {
    const inOrder = simulation.run<string>(
      `import { jit, numpy as np } from "./src/index.js";
      const f = jit((x) => np.zeros([3]).at(np.array([0, 1, 0], { dtype: "int32" })).add(x), { device: "cuda:0" });
      console.log(JSON.stringify(f.lower(np.ones([3])).asText("llvm")));`,
      "",
      { COTANGENT_DETERMINISTIC: "1" },
    );
    expect(inOrder).toContain("_sort");
    expect(inOrder).not.toContain("atomicrmw fadd");
  });

  test("products of integers, and convolutions", () => {
    same((c) => c.numpy.matmul(c.numpy.arange(12).reshape([3, 4]), c.numpy.arange(20).reshape([4, 5])));
    // Small integers, whose sums are exact in any order, and their products in TF32 too.
    const image = (c: typeof Cotangent) => c.numpy.mod(shuffled(c, 2 * 3 * 8 * 8), 4).reshape([2, 3, 8, 8]);
    const filter = (c: typeof Cotangent) =>
      c.numpy
        .mod(shuffled(c, 4 * 3 * 3 * 3), 4)
        .sub(2)
        .reshape([4, 3, 3, 3]);
    same((c) => c.lax.conv(image(c), filter(c), [2, 1], "SAME"));
    same((c) => c.grad((k: Cotangent.Tensor) => c.lax.conv(image(c), k, [1, 1], "VALID").pow(2).sum())(filter(c)));
  });

  test("windows, and where their extrema stood", () => {
    const pool = (c: typeof Cotangent, x: Cotangent.Tensor, size: number): Cotangent.Tensor =>
      c.lax.reduceWindow(x, -Infinity, c.lax.max, [1, size, size, 1], [1, 2, 2, 1], "SAME");
    const image = (c: typeof Cotangent) => shuffled(c, 64).reshape([1, 8, 8, 1]);
    for (const size of [2, 3]) {
      same((c) => pool(c, image(c), size));
      same((c) => c.grad((x: Cotangent.Tensor) => pool(c, x, size).pow(2).sum())(image(c)));
    }
    same((c) => c.lax.reduceWindow(shuffled(c, 30), 0, c.lax.add, [5], [3], "SAME"));
  });
});
