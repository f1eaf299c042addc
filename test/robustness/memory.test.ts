// Memory that programs on cpu:0 hold which do nothing about it, and that donation saves.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { devices, jit, memory, numpy as np, type Tensor, withDefaultDevice } from "../../src/index.js";
import type { LoopReport } from "./memory-loops.js";

const MB = 1 << 20;

const loop = (name: string): LoopReport =>
  JSON.parse(
    execFileSync(process.execPath, ["--import", "tsx", "test/robustness/memory-loops.ts", name], {
      encoding: "utf8",
      env: { ...process.env, COTANGENT_DEVICE: "cpu:0" },
    }),
  ) as LoopReport;

describe.runIf(devices("cpu").length > 0)("memory on cpu:0", () => {
  test.each([
    ["allocations", (result: number) => expect(result).toBe(3000)],
    ["training", (result: number) => expect(result).toBeLessThan(0.1)],
  ])("a synchronous loop of %s that never disposes holds at most twice the live bytes and 512 MB", (name, check) => {
    const { live, mostReserved, rssGrowth, result } = loop(name);
    check(result);
    expect(mostReserved).toBeLessThan(2 * live + 512 * MB);
    expect(rssGrowth).toBeLessThan(2 * live + 512 * MB);
  });

  const onCpu = (f: () => void) => (): void => withDefaultDevice("cpu:0", f);

  test(
    "10,000 compiled calls whose results are disposed of leave the statistics as they were",
    onCpu(() => {
      const f = jit((x: Tensor) => [x.add(1), np.sum(x)] as const);
      const x = np.ones([300]);
      const call = (): void => {
        for (const y of f(x)) y.dispose();
      };
      call();
      const before = memory.stats();
      for (let i = 0; i < 10_000; i++) call();
      const after = memory.stats();
      expect(after.liveBuffers).toBe(before.liveBuffers);
      expect(after.bytesInUse).toBe(before.bytesInUse);
      expect(after.bytesReserved - before.bytesReserved).toBeLessThan(4 * MB);
    }),
  );

  test(
    "and those whose results are forgotten level off",
    onCpu(() => {
      const f = jit((x: Tensor) => [x.add(1), np.sum(x)] as const);
      const x = np.ones([3000]);
      const before = memory.stats();
      const reserved = Array.from({ length: 12 }, () => {
        for (let i = 0; i < 10_000; i++) f(x);
        return memory.stats().bytesReserved;
      });
      // 1.4 GB are forgotten. When the collector runs is its own affair: a leak is what grows in every stretch.
      expect(Math.max(...reserved)).toBeLessThan(2 * before.bytesInUse + 512 * MB);
      const later = reserved.slice(6);
      expect(later.every((bytes, i) => bytes > (i === 0 ? reserved[5] : later[i - 1]))).toBe(false);
    }),
  );

  test(
    "a chain of donations stays in the memory of its first tensor",
    onCpu(() => {
      const n = 4 * MB;
      const step = jit((x: Tensor) => x.mul(0.5).add(1), { donateArgnums: 0 });
      let x = step(np.zeros([n]));
      const before = memory.stats();
      for (let i = 0; i < 200; i++) {
        const next = step(x);
        expect(() => x.add(1)).toThrow(/donated/);
        x = next;
      }
      const after = memory.stats();
      expect(after.bytesReserved).toBe(before.bytesReserved);
      expect(after.peakBytesInUse - before.peakBytesInUse).toBeLessThan(4 * n);
      expect(after.liveBuffers).toBe(before.liveBuffers);
      expect(x.slice(5).item()).toBe(2);
    }),
  );
});
