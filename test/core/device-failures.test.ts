// A device without memory: an error with a code, after which the program goes on.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { teachFailure } from "../../src/core/device-failures.js";
import { DeviceFailure, HloBuilder, NoKernel, OutOfMemory } from "../../xla-like/index.js";
import { loadJit } from "../../xla-like/runtime/native.js";

describe("teachFailure", () => {
  test("leaves other errors alone", () => {
    const error = new RangeError("another");
    expect(teachFailure(error, "f")).toBe(error);
  });

  test("says what was asked for and what is held", () => {
    const error = teachFailure(new OutOfMemory("cpu:0", 3 << 20, 5 << 20), "matmul");
    expect(error).toMatchObject({ name: "OutOfMemoryError", code: "CT505" });
    expect((error as Error).message).toMatch(
      /^matmul: cpu:0 has no room for 3\.0 MB more; live tensors hold 5\.0 MB\./,
    );
  });
});

describe("failures of devices", () => {
  test("name the device and what it said", () => {
    const error = teachFailure(
      new DeviceFailure("cuda:1", "the kernel %fusion.3 (tanh) of jit_f failed"),
      "f",
    ) as Error;
    expect(error).toMatchObject({ name: "DeviceError", code: "CT506" });
    expect(error.message).toMatch(/^f: cuda:1 failed: the kernel %fusion\.3 \(tanh\) of jit_f failed\./);
  });

  test("and operations that a device does not have say where to compute them", () => {
    const b = new HloBuilder("entry");
    const error = teachFailure(
      new NoKernel(b.scalar("int32", 1), "eig", "NVIDIA's cards", "there is none"),
      "g",
    ) as Error;
    expect(error).toMatchObject({ name: "CompileError", code: "CT605" });
    expect(error.message).toMatch(
      /^g: eig cannot run on NVIDIA's cards: there is none .*withDefaultDevice\("cpu:0", f\)/,
    );
  });
});

describe.runIf(loadJit().ok)("on cpu:0", () => {
  test("calls that need too much throw, and smaller ones go on", () => {
    const script = `
      import { jit, numpy as np } from "./src/index.ts";
      const f = jit((x) => np.exp(np.matmul(x, x.T)));
      const small = np.ones([64, 64]);
      const out = [];
      for (const attempt of [() => np.zeros([8192, 8192]), () => f(np.ones([8192, 8]))]) {
        try {
          attempt();
        } catch (error) {
          out.push(error.name, error.code);
        }
      }
      out.push(f(small.div(64)).slice(0, 0).item());
      console.log(JSON.stringify(out));`;
    const text = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...process.env, COTANGENT_DEVICE: "cpu:0", COTANGENT_MEMORY_LIMIT: String(100 << 20) },
    });
    const out = JSON.parse(text) as unknown[];
    expect(out.slice(0, 4)).toEqual(["OutOfMemoryError", "CT505", "OutOfMemoryError", "CT505"]);
    expect(out[4]).toBeCloseTo(Math.exp(1 / 64), 5);
  }, 120_000);

  test("a computation without memory to work in has no results, nor has what is made of them, and others go on", () => {
    const script = `
      import { blockUntilReady, jit, numpy as np, whenReady } from "./src/index.ts";
      const order = jit((x) => np.argsort(x).astype("float32"));
      const next = jit((x) => x.add(1));
      const x = np.arange(1_000_000, { dtype: "float32" });
      const errors = [];
      const attempt = async (f) => {
        try {
          await f();
          errors.push("none");
        } catch (error) {
          errors.push(error.name + error.code);
        }
      };
      const y = order(x);
      // Whether or not the failure is known by now.
      await attempt(() => next(y).js());
      await attempt(() => y.js());
      await attempt(() => next(y));
      await attempt(() => y.jsAsync());
      await attempt(() => blockUntilReady([y]));
      await attempt(() => whenReady({ y }));
      const others = next(x).slice(5).item() + order(x.slice([0, 1000])).slice(7).item();
      console.log(JSON.stringify({ errors, others }));`;
    const text = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      encoding: "utf8",
      // Enough for the arrays, not for the two lists of places that sorting works in; on threads of the pool, too.
      env: {
        ...process.env,
        COTANGENT_DEVICE: "cpu:0",
        COTANGENT_MEMORY_LIMIT: String(32e6),
        COTANGENT_NUM_THREADS: "3",
      },
    });
    expect(JSON.parse(text)).toEqual({ errors: Array(6).fill("OutOfMemoryErrorCT505"), others: 13 });
  }, 120_000);
});
