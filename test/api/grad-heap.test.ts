// Calls by the hundred thousand: about this process, and too many for devices that are slow.
import { describe, expect, it } from "vitest";
import { grad } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import { mul } from "../../src/primitives/arithmetic.js";
import { settledHeap } from "./support.js";

const cube = (x: Tensor): Tensor => mul(x, mul(x, x));

describe("grad", () => {
  it("leaves the heap where it was after 100,000 calls", { timeout: 120_000 }, async () => {
    const slope = grad(cube);
    const run = async (n: number): Promise<void> => {
      for (let i = 0; i < n; i++) {
        slope(1.5);
        // Finalizers run between tasks.
        if (i % 1000 === 999) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await run(5000);
    const heap = [await settledHeap()];
    for (let i = 0; i < 4; i++) {
      await run(25_000);
      heap.push(await settledHeap());
    }
    // What leaks grows every time; a table that had to grow once, because finalizers came late, does not.
    const growth = heap.slice(1).map((bytes, i) => bytes - heap[i]);
    expect(Math.min(...growth)).toBeLessThan(1 << 20);
  });
});
