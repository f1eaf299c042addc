// Native memory in programs that do not give it back, and where there is not enough.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { OutOfMemory } from "../../../xla-like/runtime/errors.js";
import { loadJit } from "../../../xla-like/runtime/native.js";
import { addition, clientOf, floats, type Parts, program, slot } from "./cpu-programs.js";

const jit = loadJit();
const MB = 1 << 20;

/** Makes an array of n floats out of another, and touches little of it. */
const touch = (n: number, over: Partial<Parts> = {}) =>
  program({
    parameters: [floats(n)],
    results: [floats(n)],
    slots: [slot({ kind: "parameter", index: 0 }, 4 * n), slot({ kind: "output", index: 0 }, 4 * n)],
    outputs: [{ slot: 1, bytes: 4 * n }],
    thunks: [{ kind: "routine", name: "fill", args: [1], params: [0, Math.min(4 * n, 4096)] }],
    ...over,
  });

describe.runIf(jit.ok)("memory of the cpu client", () => {
  if (!jit.ok) return;
  const { client, load } = clientOf(jit.jit);
  const [device] = client.devices;
  const array = (n: number) => client.fromHost(new Float32Array(n), floats(n), device);

  test("loops that never dispose stay within twice the live bytes and 512 MB", () => {
    const n = MB;
    const run = load(touch(n));
    const before = process.memoryUsage().rss;
    let x = array(n);
    const kept = Array.from({ length: 10 }, () => array(n));
    const live = 11 * 4 * MB;
    let most = 0;
    for (let i = 0; i < 10_000; i++) {
      [x] = run.execute([x]);
      most = Math.max(most, client.memoryStats(device).bytesReserved);
    }
    expect(most).toBeLessThan(2 * live + 512 * MB);
    expect(process.memoryUsage().rss - before).toBeLessThan(2 * live + 512 * MB);
    expect(kept.every((b) => !b.isDeleted)).toBe(true);
  });

  test("so do loops over small arrays, and over many sizes", () => {
    const small = load(touch(4));
    let x = array(4);
    for (let i = 0; i < 300_000; i++) [x] = small.execute([x]);
    const sizes = Array.from({ length: 12 }, (_, i) => 1000 * 2 ** i + 17 * i);
    const runs = sizes.map((n) => load(touch(n)));
    const arrays = sizes.map((n) => array(n));
    for (let i = 0; i < 300; i++) {
      for (const [k, run] of runs.entries()) [arrays[k]] = run.execute([arrays[k]]);
    }
    expect(client.memoryStats(device).bytesReserved).toBeLessThan(700 * MB);
    expect(arrays.every((b) => b.read()[0] === 0)).toBe(true);
  });

  test("live arrays keep their memory through collections", () => {
    const n = 300;
    const run = load(addition(n));
    const arrays = Array.from({ length: 3000 }, (_, i) =>
      client.fromHost(new Float32Array(n).fill(i), floats(n), device),
    );
    const scalars = Array.from({ length: 3000 }, (_, i) => client.fromHost(Float32Array.of(i), floats(1), device));
    for (let i = 0; i < 40_000; i++) run.execute([arrays[i % 3000], arrays[0]]);
    expect(arrays.findIndex((b, i) => b.read().some((value) => value !== i))).toBe(-1);
    expect(scalars.findIndex((b, i) => b.read()[0] !== i)).toBe(-1);
  });

  test("a collected array leaves the statistics", () => {
    const before = client.memoryStats(device).liveBuffers;
    const run = load(touch(n4));
    let x = array(n4);
    for (let i = 0; i < 20_000; i++) [x] = run.execute([x]);
    // All but those that no collection has looked at yet.
    expect(client.memoryStats(device).liveBuffers - before).toBeLessThan(12_000);
    expect(x.isDeleted).toBe(false);
  });

  test("memory that there is not is asked for in vain, and the process lives", () => {
    expect(() => client.compile(load(touch(1)).module, device).execute([array(1)])).not.toThrow();
    const script = `
      import { clientOf, floats, program, slot } from "./test/xla-like/runtime/cpu-programs.ts";
      import { loadJit } from "./xla-like/runtime/native.ts";
      const { client, load } = clientOf(loadJit().jit);
      const [device] = client.devices;
      const n = 4 << 20;
      const run = load(program({
        parameters: [floats(n)], results: [floats(n)],
        slots: [slot({ kind: "parameter", index: 0 }, 4 * n), slot({ kind: "output", index: 0 }, 4 * n)],
        outputs: [{ slot: 1, bytes: 4 * n }],
        thunks: [{ kind: "routine", name: "fill", args: [1], params: [0, 4 * n] }],
      }));
      const x = client.fromHost(new Float32Array(n), floats(n), device);
      const kept = [], out = [];
      for (let round = 0; round < 2; round++) {
        try {
          for (;;) kept.push(run.execute([x])[0]);
        } catch (error) {
          out.push(error.name, error.bytes, kept.length);
        }
        for (const b of kept.splice(0)) b.delete();
      }
      for (let i = 0; i < 50; i++) run.execute([x]);
      try {
        client.fromHost(new Float32Array(64 << 20), floats(64 << 20), device);
      } catch (error) {
        out.push(error.name, error.message);
      }
      out.push(x.read()[5], client.memoryStats(device).liveBuffers > 0);
      console.log(JSON.stringify(out));`;
    const text = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
      encoding: "utf8",
      env: { ...process.env, COTANGENT_MEMORY_LIMIT: String(128 * MB) },
    });
    const out = JSON.parse(text) as unknown[];
    expect(out.slice(0, 6)).toEqual(["OutOfMemory", 16 * MB, 5, "OutOfMemory", 16 * MB, 5]);
    expect(out[6]).toBe("OutOfMemory");
    expect(out[7]).toMatch(/cpu:0 has no room for 268435456 bytes: live buffers hold \d+/);
    expect(out.slice(8)).toEqual([0, true]);
    expect(new OutOfMemory("cpu:0", 1, 2)).toBeInstanceOf(Error);
  }, 120_000);
});

const n4 = 1000;
