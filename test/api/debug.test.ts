import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { debug, grad, jit, lax, numpy as np, type Tensor, vmap } from "../../src/index.js";
import { thrownBy } from "./support.js";

describe("debug.print", () => {
  const lines: unknown[] = [];
  beforeEach(() => {
    lines.length = 0;
    vi.spyOn(console, "log").mockImplementation((...args) => void lines.push(...args));
  });
  afterEach(() => vi.restoreAllMocks());

  it("fills fields in order, by position and by name", () => {
    debug.print("{} {}", 1, np.array([1, 2.5]));
    debug.print("{1} {0}", 1, true);
    debug.print("{} x={x} {x}", 1, { x: 2.5 });
    debug.print("{{}} {}", "text");
    debug.print("{}", { w: [np.array([1]), 2], none: null, m: new Map([["k", 3]]) });
    expect(lines).toEqual(["1 [1.  2.5]", "True 1", "1 x=2.5 2.5", "{} text", "{m: {k: 3}, none: null, w: [[1.], 2]}"]);
  });

  it("prints values when they are computed, under every transform", () => {
    const f = (x: Tensor): Tensor => {
      debug.print("x={x}", { x });
      return x.mul(x);
    };
    jit(f)(1.5);
    jit(grad(f))(2.5);
    jit(vmap(grad(f)))(np.array([1, 2]));
    lax.scan((c, x) => [c, f(x)], np.array(0.5), np.array([3, 4]));
    expect(lines).toEqual(["x=1.5", "x=2.5", "x=1.", "x=2.", "x=3.", "x=4."]);
  });

  it("refuses formats that do not fit the values", () => {
    for (const call of [
      () => debug.print("{} {}", 1),
      () => debug.print("{}", 1, 2),
      () => debug.print("{x}", { y: 1 }),
      () => debug.print("{x}"),
      () => debug.print("{", 1),
    ]) {
      expect(thrownBy(call)).toMatchObject({ name: "ArgumentError", code: "CT018" });
    }
  });
});

describe("debug.callback", () => {
  it("gets pytrees as they were passed", () => {
    const seen: unknown[] = [];
    jit((x: Tensor) => {
      debug.callback((p, n) => seen.push(p.a.item(), p.b[0].item(), n.item()), { a: x, b: [x.mul(2)] }, 7);
      return x;
    })(1.5);
    expect(seen).toEqual([1.5, 3, 7]);
  });
});
