// The public API on simulated cards: what it computes, where, and in what order.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as Cotangent from "../../src/index.js";
import { whyNoStandIns } from "../native/stand-ins.js";
import { buildSimulation, environment, type Simulation } from "./simulation.js";

describe.skipIf(whyNoStandIns() !== undefined)("on cuda:0", () => {
  let simulation: Simulation;
  let ct: typeof Cotangent;
  beforeAll(async () => {
    simulation = buildSimulation();
    Object.assign(process.env, environment(simulation.folder, "devices=2"));
    ct = await import("../../src/index.js");
  });
  afterAll(() => simulation.remove());

  type Build = (ct: typeof Cotangent) => unknown;
  /** What a program gives on a card is what it gives on the processor. */
  const same = (build: Build): void => {
    const on = (device: string): unknown => ct.deviceGet(ct.withDefaultDevice(device, () => build(ct)));
    const [got, want] = [on("cuda:0"), on("cpu:0")];
    expect(JSON.stringify(round(got))).toBe(JSON.stringify(round(want)));
  };
  const round = (x: unknown): unknown =>
    Array.isArray(x) ? x.map(round) : typeof x === "number" ? Number(x.toPrecision(5)) : x;

  test("cards are devices, and hold what is put on them", () => {
    expect(ct.devices("cuda").map(String)).toEqual(["cuda:0", "cuda:1"]);
    expect(ct.devices("cuda")[0].description).toBe("Simulated card 0, compute capability 9.0, 1 GB");
    expect(String(ct.defaultDevice())).toBe("cpu:0");
    const x = ct.devicePut(ct.numpy.arange(6).reshape([2, 3]), "cuda:1");
    expect([String(x.device), ct.deviceGet(x)]).toEqual([
      "cuda:1",
      [
        [0, 1, 2],
        [3, 4, 5],
      ],
    ]);
    const y = x.add(1).mul(x);
    expect([String(y.device), y.js()]).toEqual([
      "cuda:1",
      [
        [0, 2, 6],
        [12, 20, 30],
      ],
    ]);
    for (const dtype of ["bool", "int8", "uint16", "float16", "bfloat16", "float64", "complex64"] as const) {
      const a = ct.numpy.array([1, 0, 1], { dtype });
      expect(ct.devicePut(a, "cuda:0").js()).toEqual(a.js());
    }
    expect(ct.devicePut(ct.numpy.zeros([0, 3]), "cuda:0").add(1).shape).toEqual([0, 3]);
  });

  test("transforms and control flow", () => {
    same(({ numpy: np }) => np.exp(np.arange(1000).div(999)).sum());
    same(({ nn, numpy: np }) => nn.softmax(np.arange(12).reshape([3, 4]), 0));
    same(({ grad, numpy: np }) => grad((x) => np.sin(x).mul(x).sum())(np.linspace(0, 1, 7)));
    same(({ vmap, numpy: np }) => vmap((x) => x.sub(np.mean(x)))(np.arange(12, { dtype: "float32" }).reshape([3, 4])));
    same(({ lax, numpy: np }) =>
      lax.scan((c, x) => [c.add(x), c.mul(x)], np.zeros([]), np.arange(5, { dtype: "float32" })),
    );
    same(({ lax, numpy: np }) => lax.foriLoop(0, 7, (_, x) => x.mul(1.5), np.ones([3])));
    same(({ jit, lax, numpy: np }) =>
      jit((x) =>
        lax.whileLoop(
          (y) => np.less(y.sum(), 100),
          (y) => y.mul(2).add(1),
          x,
        ),
      )(np.ones([3])),
    );
    same(({ jit, lax, numpy: np, vmap }) =>
      vmap(jit((x) => lax.switch(x, [(y) => y.add(1), (y) => y.mul(2), (y) => y.sub(3)], np.ones([2]))))(np.arange(3)),
    );
    same(({ jit, lax, numpy: np }) => {
      const f = jit((x) =>
        lax.cond(
          np.greater(x.sum(), 0),
          (y) => y.add(1),
          (y) => y.sub(1),
          x,
        ),
      );
      return np.stack([f(np.ones([2])), f(np.ones([2]).mul(-1))]);
    });
    same(({ random }) => random.normal(random.key(3), [2, 5]));
    same(({ numpy: np }) => np.sort(np.array([[3, 1, 2], [9, 7, 8]]), 0)); // biome-ignore format: a matrix
    same(({ numpy: np }) => np.matmul(np.arange(6).reshape([2, 3]).astype("float32"), np.ones([3, 2])).add(0.5));
    same(({ numpy: np }) =>
      np
        .zeros([5])
        .at(np.array([1, 3], { dtype: "int32" }))
        .add(2),
    );
  });

  test("a loop in a loop, of turns that data decides", () => {
    same(({ jit, lax, numpy: np }) =>
      jit((n) =>
        lax.whileLoop(
          ([i]) => np.less(i, n),
          ([i, s]) => [i.add(1), lax.foriLoop(0, i, (k, t) => t.add(k), s)],
          [np.array(0), np.array(0)],
        ),
      )(np.array(6)),
    );
  });

  test("what is donated is gone, and its memory is the result's", () => {
    const { jit, devicePut, numpy: np, memory, devices } = ct;
    const [card] = devices("cuda");
    const step = jit((x) => x.mul(2).add(1), { donateArgnums: [0] });
    let x = devicePut(np.ones([1 << 16]), card);
    x = step(x);
    const { bytesInUse, bytesReserved } = memory.stats(card);
    const old = x;
    for (let k = 0; k < 20; k++) x = step(x);
    expect(memory.stats(card)).toMatchObject({ bytesInUse, bytesReserved });
    expect(x.at(0).get().item()).toBe(2 ** 22 - 1);
    expect(() => old.js()).toThrow(expect.objectContaining({ code: "CT503" }));
  });

  test("devices do not mix, and copies between them are asked for", () => {
    const { devicePut, numpy: np } = ct;
    const [a, b] = ["cuda:0", "cuda:1"].map((d) => devicePut(np.ones([2]), d));
    expect(() => a.add(b)).toThrow(expect.objectContaining({ name: "DeviceError", code: "CT500" }));
    expect(a.add(devicePut(b, "cuda:0")).js()).toEqual([2, 2]);
    expect(String(devicePut(a, "cpu:0").add(np.ones([2])).device)).toBe("cpu:0");
  });

  test("waiting does not block the event loop", async () => {
    const { jit, lax, numpy: np, devicePut, whenReady } = ct;
    const f = jit((x) =>
      lax.whileLoop(
        (y) => np.less(y, 200),
        (y) => y.add(1),
        x,
      ),
    );
    const x = devicePut(np.array(0), "cuda:0");
    await whenReady(f(x));
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const results = Array.from({ length: 10 }, () => f(x));
    const before = turns;
    await whenReady(results);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(before);
    expect(results.map((r) => r.item())).toEqual(Array.from({ length: 10 }, () => 200));
    expect(await results[0].jsAsync()).toBe(200);
  });

  test("functions of the host are called with values, and what they throw is thrown", () => {
    const { jit, numpy: np, devicePut } = ct;
    const seen: unknown[] = [];
    const f = jit((x: Cotangent.Tensor) => {
      ct.debug.callback((v: Cotangent.Tensor) => seen.push(v.js()), x.mul(3));
      return x.add(1);
    });
    expect(f(devicePut(np.ones([2]), "cuda:0")).js()).toEqual([2, 2]);
    expect(seen).toEqual([[3, 3]]);
  });

  test("a compiled program can be read", () => {
    const { jit, numpy: np } = ct;
    const lowered = jit((x) => np.tanh(x).add(1), { device: "cuda:0" }).lower(np.ones([8]));
    expect(lowered.asText("hlo")).toContain("tanh");
    expect(lowered.asText("llvm")).toContain("ct_fibre_thread");
    const ptx = lowered.asText("ptx");
    for (const part of [".target sm_90", ".visible .entry loop_0(", "%tid.x"]) expect(ptx).toContain(part);
    expect(lowered.compile().asText("ptx")).toBe(ptx);
  });
});
