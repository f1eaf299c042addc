// What goes wrong on a card, each in a process of its own: memory that there is not, kernels that fail, cards that are too
// old; and memory that must not run out.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { whyNoStandIns } from "../native/stand-ins.js";
import { buildSimulation, type Simulation } from "./simulation.js";

const prelude = `
  import { devicePut, devices, grad, jit, lax, memory, numpy as np, whenReady, withDefaultDevice } from "./src/index.ts";
  const [card] = devices("cuda");
  const attempt = (f) => { try { return f(); } catch (e) { return [e.name, e.code, e.message]; } };
  const print = (x) => console.log(JSON.stringify(x));
`;

describe.skipIf(whyNoStandIns() !== undefined)("a card in trouble", () => {
  let simulation: Simulation;
  beforeAll(() => {
    simulation = buildSimulation([]);
  });
  afterAll(() => simulation.remove());
  const run = <T>(script: string, settings: string, env: NodeJS.ProcessEnv = {}): T =>
    simulation.run<T>(prelude + script, settings, env);

  test("calls that need too much memory throw, and smaller ones go on", () => {
    const out = run<readonly (readonly string[] | number)[]>(
      `
      const double = jit((x) => np.concatenate([x, x]));
      const small = devicePut(np.ones([1000]), card);
      print([
        attempt(() => devicePut(np.zeros([32 << 20]), card).shape),
        attempt(() => double(devicePut(np.zeros([6 << 20]), card)).shape),
        double(small).sum().item(),
        memory.stats(card).bytesInUse,
      ]);`,
      `memory=${64 << 20}`,
    );
    expect(out[0]).toEqual([
      "OutOfMemoryError",
      "CT505",
      expect.stringContaining("cuda:0 has no room for 128.0 MB more"),
    ]);
    expect(out[1]).toEqual(["OutOfMemoryError", "CT505", expect.stringContaining("cuda:0 has no room for")]);
    expect(out[2]).toBe(2000);
    expect(out[3]).toBeLessThan(40 << 20);
  });

  test("memory that the program dropped is found when there is no other", () => {
    const out = run<readonly number[]>(
      `
      const f = jit((x) => x.mul(0.5).add(1));
      let x = devicePut(np.ones([1 << 18]), card);
      for (let k = 0; k < 30; k++) x = f(x);
      for (let k = 0; k < 30; k++) devicePut(np.ones([1 << 18]), card);
      print([x.at(5).get().item(), memory.stats(card).bytesReserved]);`,
      `memory=${24 << 20}`,
    );
    expect(out[0]).toBeCloseTo(2, 5);
    expect(out[1]).toBeLessThanOrEqual(24 << 20);
  });

  test("a training loop takes nothing more from the driver after its first steps", () => {
    const out = run<{ reserved: readonly number[]; live: readonly number[]; loss: readonly number[] }>(
      `
      const loss = (w, x, y) => np.square(np.tanh(x.mul(w)).sub(y)).mean();
      const step = jit((w, x, y) => w.sub(grad(loss)(w, x, y).mul(0.1)), { donateArgnums: [0] });
      const at = jit(loss);
      let w = devicePut(np.zeros([64]), card);
      const [x, y] = [np.linspace(-1, 1, 64), np.linspace(0, 0.5, 64)].map((a) => devicePut(a, card));
      const out = { reserved: [], live: [], loss: [] };
      for (let k = 0; k < 1000; k++) {
        w = step(w, x, y);
        if (k % 100 !== 50) continue;
        out.loss.push(at(w, x, y).item());
        gc();
        memory.stats(card);
        out.reserved.push(memory.stats(card).bytesReserved);
      }
      print(out);`,
      "",
    );
    expect(new Set(out.reserved).size).toBe(1);
    expect(out.loss.at(-1)).toBeLessThan(out.loss[0]);
  });

  test("a kernel that fails is named when its result is read, and nothing runs on the card any more", () => {
    const out = run<readonly (readonly string[] | number)[]>(
      `
      const f = jit((x) => np.tanh(x).add(1));
      const x = devicePut(np.ones([4]), card);
      const y = f(x);
      const z = y.mul(2);
      print([
        attempt(() => y.js()),
        attempt(() => z.js()),
        attempt(() => f(x).js()),
        attempt(() => devicePut(np.ones([4]), card).js()),
        np.ones([4]).sum().item(),
        await whenReady(y).then(() => ["ready"], (e) => [e.name, e.code]),
      ]);`,
      "kernel=719",
    );
    const [y, z, again, put, cpu, ready] = out;
    expect(y).toEqual(["DeviceError", "CT506", expect.stringMatching(/tanh.*CUDA_ERROR_LAUNCH_FAILED/)]);
    for (const other of [z, again, put]) expect(other).toEqual(["DeviceError", "CT506", expect.anything()]);
    expect(cpu).toBe(4);
    expect(ready).toEqual(["DeviceError", "CT506"]);
  });

  test("one kernel of many is named when each is waited for", () => {
    const script = `
      const f = jit((x) => [np.sort(np.sin(x)), np.cumsum(np.exp(x)), x.sum()]);
      const [a] = f(devicePut(np.linspace(0, 1, 100), card));
      print(attempt(() => a.js()));`;
    const [, code, text] = run<readonly string[]>(script, "kernel=719,kernelafter=1");
    expect(code).toBe("CT506");
    expect(text).toMatch(/one of the kernels of .*COTANGENT_CUDA_STEPWISE=1/);
    const [, , named] = run<readonly string[]>(script, "kernel=719,kernelafter=1", { COTANGENT_CUDA_STEPWISE: "1" });
    expect(named).toMatch(/the kernel %[\w.-]+.* failed: CUDA_ERROR_LAUNCH_FAILED/);
  });

  test("a launch that is refused has no results, and the card goes on", () => {
    const out = run<readonly (readonly string[] | readonly number[])[]>(
      `
      const x = devicePut(np.ones([4]), card);
      print([attempt(() => x.add(1).js()), x.js()]);`,
      "launch=701",
    );
    expect(out[0]).toEqual(["DeviceError", "CT506", expect.stringMatching(/to launch .*fusion.*error 701/)]);
    expect(out[1]).toEqual([1, 1, 1, 1]);
  });

  test("a failure in a loop that data ends is heard of by those who read", () => {
    const out = run<readonly string[]>(
      `
      const f = jit((x) => lax.whileLoop((y) => np.less(y.sum(), 1000), (y) => y.mul(2), x));
      print(await f(devicePut(np.ones([4]), card)).jsAsync().then(() => ["none"], (e) => [e.name, e.code]));`,
      "kernel=719,kernelafter=5",
    );
    expect(out).toEqual(["DeviceError", "CT506"]);
  });

  test("cards that are too old are refused by name", () => {
    const out = run<readonly string[]>('print(attempt(() => devicePut(np.ones([2]), "cuda:0").js()));', "major=7");
    expect(out[1]).toBe("CT506");
    expect(out[2]).toMatch(/compute capability 7\.0 is too old/);
  });

  test("workers have memory of their own, which goes with them", () => {
    const out = run<readonly number[]>(
      `
      import { Worker } from "node:worker_threads";
      const work = () => new Promise((resolve, reject) => {
        const worker = new Worker(
          'import("tsx/esm/api").then(({ tsImport }) => tsImport("./src/index.ts", process.cwd() + "/").then(async (ct) => {' +
          ' const x = ct.devicePut(ct.numpy.ones([1 << 20]), "cuda:0");' +
          ' (await import("node:worker_threads")).parentPort.postMessage(x.mul(2).at(7).get().item()); }))',
          { eval: true });
        worker.once("message", (sum) => worker.terminate().then(() => resolve(sum)));
        worker.once("error", reject);
      });
      const sums = [];
      for (let k = 0; k < 4; k++) sums.push(await work());
      print(sums);`,
      `memory=${20 << 20}`,
    );
    expect(out).toEqual([2, 2, 2, 2]);
  });
});
