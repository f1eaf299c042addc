// A million steps: compiled code goes through them in a second, a device that is slow does not.
import { describe, expect, it } from "vitest";
import { grad } from "../../src/api/index.js";
import { foriLoop, scan } from "../../src/control/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import { mul, sin } from "../../src/primitives/index.js";
import { t } from "./support.js";

type T = Tensor;

describe("scan", () => {
  it("goes through a million steps, forwards and backwards, in linear time and without recursion", {
    timeout: 60_000,
  }, () => {
    const n = 1_000_000;
    const f = (x: T): T => scan((c: T) => [mul(sin(c), 1.0000001), null], x, null, { length: n })[0];
    const start = performance.now();
    const value = grad(f)(t(0.5)).item() as number;
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(1e-6);
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});

describe("foriLoop", () => {
  it("differentiates a million steps", { timeout: 60_000 }, () => {
    const f = (x: T): T => foriLoop(0, 1_000_000, (_, c) => sin(c), x);
    expect(f(t(0.5)).item()).toBeCloseTo(0.00173, 5);
    expect(grad(f)(t(0.5)).item()).toBeCloseTo(3.94e-8, 10);
  });
});
