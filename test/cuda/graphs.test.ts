// Graphs, seen from the public API on the simulated card: what a step of training costs the driver.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type * as Example from "../../examples/training-log.js";
import type * as Cotangent from "../../src/index.js";
import { whyNoStandIns } from "../native/stand-ins.js";
import { buildSimulation, environment, type Simulation } from "./simulation.js";

describe.skipIf(whyNoStandIns() !== undefined)("graphs", () => {
  let simulation: Simulation;
  let ct: typeof Cotangent;
  let example: typeof Example;
  let log = "";
  beforeAll(async () => {
    simulation = buildSimulation();
    log = join(simulation.folder, "log");
    Object.assign(process.env, environment(simulation.folder, "devices=1"), { FAKE_CUDA_LOG: log });
    ct = await import("../../src/index.js");
    ct.defaultDevice("cuda:0");
    example = await import("../../examples/training-log.js");
  });
  beforeEach(() => writeFileSync(log, ""));
  afterAll(() => simulation.remove());

  const lines = (): string[] => readFileSync(log, "utf8").split("\n");
  const count = (part: RegExp): number => lines().filter((l) => part.test(l)).length;
  /** Work that the driver was given, but for uploads. */
  const submissions = (): string[] => lines().filter((l) => / (launches|fills) | copies .* from /.test(l));

  test("a donated training loop is one launch of a graph a step, also where its losses are kept", () => {
    const { jit, numpy: np, random, optim, valueAndGrad, tree } = ct;
    const x = random.normal(random.key(0), [6, 3]);
    const params = { w: random.normal(random.key(1), [3, 4]), v: random.normal(random.key(2), [4]) };
    const optimizer = optim.adam(0.05);
    type Params = typeof params;
    const loss = ({ w, v }: Params) => np.square(np.tanh(np.matmul(x, w)).mul(v).sum(1).sub(1)).mean();
    const step = jit(
      (p: Params, state: ReturnType<typeof optimizer.init>) => {
        const [value, grads] = valueAndGrad(loss)(p);
        const [updates, next] = optimizer.update(grads, state, p);
        return [value, optim.applyUpdates(p, updates), next] as const;
      },
      { donateArgnums: [0, 1] },
    );
    const train = (): number[] => {
      let p = tree.map((t: Cotangent.Tensor) => t.add(0), params) as Params;
      let state = optimizer.init(p);
      const losses: Cotangent.Tensor[] = [];
      ct.blockUntilReady([p, state]);
      writeFileSync(log, "");
      for (let k = 0; k < 100; k++) {
        let value: Cotangent.Tensor;
        [value, p, state] = step(p, state);
        losses.push(value);
      }
      return losses.map((l) => l.item() as number);
    };
    const losses = train();
    const graphs = count(/ launches a graph of /);
    // The first step goes kernel by kernel: they are loaded, and libraries choose.
    expect(graphs).toBe(99);
    expect(count(/ is instantiated/)).toBe(1);
    const submitted = submissions();
    expect(submitted.slice(-100 - 99, -100).every((l) => l.includes("launches a graph"))).toBe(true);
    expect(submitted.slice(-100).every((l) => l.includes("copies 4 bytes from"))).toBe(true);
    // Only where the loss goes is changed.
    expect(count(/a graph changes /)).toBeLessThanOrEqual(2 * 99);
    expect(losses[99]! / losses[0]!).toBeLessThan(0.5);
    const onCpu = ct.withDefaultDevice("cpu:0", () => ct.deviceGet(losses[0]!));
    expect(onCpu).toBe(losses[0]);
  });

  test("batches that come in new memory are copied, where a library reads them", () => {
    const { jit, numpy: np, valueAndGrad } = ct;
    const loss = (w: Cotangent.Tensor, x: Cotangent.Tensor) =>
      np.square(np.tanh(np.matmul(x, w, { precision: "highest" }))).mean();
    const step = jit(
      (w: Cotangent.Tensor, x: Cotangent.Tensor) => {
        const [value, g] = valueAndGrad(loss)(w, x);
        return [value, w.sub(g.mul(0.1))] as const;
      },
      { donateArgnums: 0 },
    );
    const train = (device: string): number[] => {
      let w = np.ones([3, 4], { device });
      const [batches, losses]: [Cotangent.Tensor[], Cotangent.Tensor[]] = [[], []];
      for (let k = 0; k < 30; k++) {
        batches.push(np.array([[k, 1, 2], [1, k, 0]], { dtype: "float32", device }).div(30)); // biome-ignore format: a matrix
        let value: Cotangent.Tensor;
        [value, w] = step(w, batches[k]!);
        losses.push(value);
      }
      return losses.map((l) => l.item() as number);
    };
    const onCard = train("cuda:0");
    expect(count(/ launches a graph of /)).toBe(29);
    expect(count(/ is instantiated/)).toBeLessThanOrEqual(2);
    train("cpu:0").forEach((l, k) => {
      expect(Math.abs(onCard[k]! - l)).toBeLessThan(1e-5 * l + 1e-7);
    });
  });

  test("losses in a ring: each step a graph, a reading each so many steps", async () => {
    const losses = await example.inBulk(40, 20);
    expect(losses).toHaveLength(40);
    expect(losses.at(-1)! / losses[0]!).toBeLessThan(0.5);
    const submitted = submissions();
    const first = submitted.findIndex((l) => l.includes("launches a graph"));
    expect(submitted.slice(first).filter((l) => l.includes("copies 80 bytes from"))).toHaveLength(2);
    expect(count(/ launches a graph of /)).toBeGreaterThanOrEqual(38);
    expect(submitted.slice(first).filter((l) => / launches (?!a graph)/.test(l)).length).toBeLessThanOrEqual(2 * 20);
  });

  test("loops and branches that data decides: the host neither asks nor waits", () => {
    const { jit, lax, numpy: np } = ct;
    type Carry = readonly [Cotangent.Tensor, Cotangent.Tensor];
    const body = ([y, n]: Carry): Carry => {
      const grown = lax.cond(
        np.greater(y.at(0).get(), 3),
        (z) => z.add(5),
        (z) => z.mul(2),
        y,
      );
      return [grown, n.add(1)];
    };
    const f = jit(
      (y: Cotangent.Tensor, n: Cotangent.Tensor) => {
        const limit = n.add(1).mul(40);
        return lax.whileLoop(([z]: Carry) => np.less(z.sum(), limit), body, [y, n]);
      },
      { donateArgnums: [0, 1] },
    );
    const run = (device: string): unknown[] => {
      let state: Carry = [np.ones([4], { device }), np.array(0, { dtype: "int32", device })];
      const seen: unknown[] = [];
      for (let k = 0; k < 6; k++) {
        state = f(...state);
        seen.push(state.map((t) => t.js()));
      }
      return seen;
    };
    const results = run("cuda:0");
    // The first goes step by step.
    expect(count(/ launches a graph of /)).toBe(5);
    const submitted = submissions();
    const after = submitted.slice(submitted.findIndex((l) => l.includes("launches a graph")));
    expect(after.filter((l) => !/launches a graph|copies (4|16) bytes from/.test(l))).toEqual([]);
    expect(after).toHaveLength(3 * 5);
    expect(results).toEqual(run("cpu:0"));
  });

  const failing = `
    import { jit, numpy as np, defaultDevice, devicePut } from "./src/index.ts";
    defaultDevice("cuda:0");
    const f = jit((x) => np.cumsum(np.sort(np.tanh(x)), 0).sum(), { donateArgnums: [] });
    const x = np.arange(64).astype("float32");
    const results = [];
    let thrown;
    try {
      for (let k = 0; k < 40; k++) results.push(f(x).item());
    } catch (e) {
      thrown = { name: e.name, code: e.code, message: e.message };
    }
    console.log(JSON.stringify({ results, thrown }));`;
  interface Seen {
    readonly results: readonly number[];
    readonly thrown?: { readonly name: string; readonly message: string };
  }

  test("a kernel that fails inside of a graph is told of by who reads the result", () => {
    const { results, thrown } = simulation.run<Seen>(failing, "kernel=719,kernelafter=60");
    expect(results.length).toBeGreaterThan(2);
    expect(new Set(results).size).toBe(1);
    expect(thrown).toMatchObject({ name: "DeviceError" });
    expect(thrown?.message).toMatch(/kernel.*failed/);
  });

  test.each(["instantiate=2", "conditions=218"])("a driver that makes no graphs (%s) runs step by step", (settings) => {
    const { results, thrown } = simulation.run<Seen>(failing, settings);
    expect(thrown).toBeUndefined();
    expect(results).toHaveLength(40);
    expect(new Set(results).size).toBe(1);
  });
});
