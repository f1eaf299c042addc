import { describe, expect, test } from "vitest";
import { arrayShape, HloBuilder, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { costAnalysis } from "../../../xla-like/pipeline/cost-analysis.js";
import { f32, s32, unitWindow } from "../hlo/programs.js";

/** The cost of a program of one entry computation. */
const costOf = (make: (b: HloBuilder) => HloInstruction | readonly HloInstruction[]) => {
  const b = new HloBuilder("main");
  const roots = make(b);
  return costAnalysis(b.module("m", "opcode" in roots ? [roots] : roots));
};

describe("counting what a program costs", () => {
  test("elementwise operations count once an element, transcendental ones apart", () => {
    const cost = costOf((b) => {
      const x = b.parameter(f32(2, 3));
      return b.unary("tanh", b.binary("add", x, b.binary("multiply", x, x)));
    });
    expect(cost).toEqual({ flops: 12, transcendentals: 6, bytesAccessed: 24 * (3 + 3 + 2) });
  });

  test("moving elements costs bytes only, and names for them nothing", () => {
    const cost = costOf((b) => {
      const x = b.parameter(f32(4, 5));
      return b.slice(b.reshape(b.transpose(x, [1, 0]), [20]), [0], [3], [1]);
    });
    expect(cost).toEqual({ flops: 0, transcendentals: 0, bytesAccessed: 2 * 80 + 2 * 12 });
  });

  test("products count a multiplication and an addition for each contracted element", () => {
    const dims = { lhsBatch: [0], rhsBatch: [0], lhsContracting: [2], rhsContracting: [1] };
    const dot = costOf((b) => b.dot(b.parameter(f32(2, 3, 4)), b.parameter(f32(2, 4, 5)), dims));
    expect(dot.flops).toBe(2 * (2 * 3 * 5) * 4);
    expect(dot.bytesAccessed).toBe(4 * (24 + 40 + 30));
    const c64 = arrayShape("complex64", [2, 2]);
    const simple = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
    expect(costOf((b) => b.dot(b.parameter(c64), b.parameter(c64), simple)).flops).toBe(4 * 2 * 4 * 2);
  });

  test("convolutions count the taps of each output", () => {
    const dims = {
      inputBatch: 0,
      inputFeature: 3,
      inputSpatial: [1, 2],
      kernelInputFeature: 2,
      kernelOutputFeature: 3,
      kernelSpatial: [0, 1],
      outputBatch: 0,
      outputFeature: 3,
      outputSpatial: [1, 2],
    };
    const window = [unitWindow(3), unitWindow(3)];
    const cost = costOf((b) =>
      b.convolution(b.parameter(f32(2, 8, 8, 3)), b.parameter(f32(3, 3, 3, 16)), { dims, window }),
    );
    expect(cost.flops).toBe(2 * (2 * 6 * 6 * 16) * (3 * 3 * 3));
  });

  test("reductions and scatters count their computation as often as it is applied", () => {
    const sum = costOf(
      (b) => b.reduce([b.parameter(f32(4, 8))], [b.scalar("float32", 0)], [1], b.reducer("add", "float32"))[0],
    );
    expect(sum).toEqual({ flops: 4 * 7, transcendentals: 0, bytesAccessed: 4 * (32 + 1 + 4) });
    const pool = costOf(
      (b) =>
        b.reduceWindow(
          [b.parameter(f32(8))],
          [b.scalar("float32", 0)],
          [unitWindow(2, { stride: 2 })],
          b.reducer("maximum", "float32"),
        )[0],
    );
    expect(pool.flops).toBe(4);
  });

  const counting = (limit: number | null) =>
    costOf((b) => {
      const bound = limit === null ? b.parameter(s32()) : b.scalar("int32", limit);
      const condition = b.computation("c", [s32(), s32(), f32(10)], (c, [i, n]) => c.compare(i, n, "LT"));
      const body = b.computation("s", [s32(), s32(), f32(10)], (c, [i, n, x]) => [
        c.binary("add", i, c.scalar("int32", 1)),
        n,
        c.unary("sine", c.binary("multiply", x, x)),
      ]);
      return b.while(condition, body, [b.scalar("int32", 0), bound, b.parameter(f32(10))]);
    });

  test("loops count as often as they run, or once where that is unknown", () => {
    expect(counting(7)).toMatchObject({ flops: 7 * 12, transcendentals: 70 });
    expect(counting(null)).toMatchObject({ flops: 12, transcendentals: 10 });
    expect(counting(0)).toMatchObject({ flops: 0, transcendentals: 0 });
  });

  test("of branches the dearest counts; calls and fusions count what is inside", () => {
    const cost = costOf((b) => {
      const x = b.parameter(f32(6));
      const cheap = b.computation("cheap", [f32(6)], (_, [y]) => [y]);
      const dear = b.computation("dear", [f32(6)], (c, [y]) => [c.unary("exponential", c.binary("add", y, y))]);
      return b.conditional(b.parameter(s32()), [cheap, dear], [x]);
    });
    expect(cost).toMatchObject({ flops: 6, transcendentals: 6 });
    const fused = costOf((b) => {
      const inside = b.computation("inside", [f32(6)], (c, [y]) => [c.unary("exponential", c.binary("add", y, y))]);
      return b.fusion("loop", inside, [b.parameter(f32(6))]);
    });
    expect(fused).toEqual({ flops: 6, transcendentals: 6, bytesAccessed: 48 });
  });

  test("factorizations count their leading term", () => {
    const cost = costOf((b) => b.customCall("cholesky", [b.parameter(f32(2, 30, 30))], [f32(2, 30, 30)], {}));
    expect(cost.flops).toBe((2 * 30 ** 3) / 3);
  });

  test("attention costs its products, and an exponential for each query and key", () => {
    const attention = costOf((b) => {
      const [q, k, v] = [f32(2, 3, 6, 8), f32(2, 5, 2, 8), f32(2, 5, 2, 8)].map((s) => b.parameter(s));
      return b.customCall("attention", [q, k, v], [], { config: { scale: 1, causal: false } })[0];
    });
    const scores = 2 * 6 * 3 * 5;
    const elements = 2 * 3 * 6 * 8;
    const bytes = 4 * (2 * elements + 2 * 2 * 5 * 2 * 8 + 2 * 6 * 3);
    expect(attention).toEqual({ flops: 2 * 2 * 8 * scores, transcendentals: scores, bytesAccessed: bytes });
    const gradient = costOf((b) => {
      const shapes = [f32(2, 3, 6, 8), f32(2, 5, 2, 8), f32(2, 5, 2, 8)];
      const operands = [...shapes, shapes[0], f32(2, 6, 3), shapes[0]].map((s) => b.parameter(s));
      return b.customCall("attention-gradient", operands, [], { config: { scale: 1, causal: true, bias: false } });
    });
    expect(gradient.flops).toBe(5 * 2 * 8 * scores);
  });
});
