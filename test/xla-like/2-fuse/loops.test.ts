// Loops: what is computed where it is used, what is kept, and what is computed side by side.
import { describe, expect, it } from "vitest";
import {
  arrayShape,
  type GatherDims,
  type HloBuilder,
  type HloInstruction,
  type WindowDim,
} from "../../../xla-like/hlo/index.js";
import { fusedText, kindsOf } from "./helpers.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const s32 = (...dims: number[]) => arrayShape("int32", dims);
const u32 = (...dims: number[]) => arrayShape("uint32", dims);

describe("loops", () => {
  it("chains of arithmetic are one", () => {
    expect(
      fusedText([f32(100)], (b, [x]) => {
        const s = b.binary("add", b.binary("multiply", b.unary("sine", x), b.scalar("float32", 2)), x);
        return b.binary("multiply", b.unary("tanh", s), b.unary("exponential", b.unary("negate", x)));
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.23 = (f32[100]) fusion(%parameter.11), kind=loop, calls=%fused_loop
          %sine.13 = f32[100] sine(%parameter.12)
          %broadcast.15 = f32[100] broadcast(%constant.14), dimensions={}
          %multiply.16 = f32[100] multiply(%sine.13, %broadcast.15)
          %add.17 = f32[100] add(%multiply.16, %parameter.12)
          %tanh.18 = f32[100] tanh(%add.17)
          %negate.19 = f32[100] negate(%parameter.12)
          %exponential.20 = f32[100] exponential(%negate.19)
          %multiply.21 = f32[100] multiply(%tanh.18, %exponential.20)
          %tuple.22 = (f32[100]) tuple(%multiply.21)"
    `);
  });

  it("read other places of what they compute, once", () => {
    expect(
      fusedText([f32(100, 80), f32(80, 100)], (b, [x, y]) =>
        b.binary("add", b.transpose(b.unary("exponential", x), [1, 0]), y),
      ),
    ).toMatchInlineSnapshot(`
      "%fusion.14 = (f32[80,100]) fusion(%parameter.6, %parameter.7), kind=loop, calls=%fused_loop
          %exponential.10 = f32[100,80] exponential(%parameter.8)
          %transpose.11 = f32[80,100] transpose(%exponential.10), dimensions={1,0}
          %add.12 = f32[80,100] add(%transpose.11, %parameter.9)
          %tuple.13 = (f32[80,100]) tuple(%add.12)"
    `);
  });

  it("keep dear values that are needed at two places", () => {
    expect(
      fusedText([f32(90, 90)], (b, [x]) => {
        const e = b.unary("exponential", x);
        return b.binary("add", b.transpose(e, [1, 0]), e);
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.9 = (f32[90,90]) fusion(%parameter.5), kind=loop, calls=%fused_loop
          %exponential.7 = f32[90,90] exponential(%parameter.6)
          %tuple.8 = (f32[90,90]) tuple(%exponential.7)
      %fusion.15 = (f32[90,90]) fusion(%get-tuple-element.10), kind=loop, calls=%fused_loop.1
          %transpose.12 = f32[90,90] transpose(%parameter.11), dimensions={1,0}
          %add.13 = f32[90,90] add(%transpose.12, %parameter.11)
          %tuple.14 = (f32[90,90]) tuple(%add.13)"
    `);
  });

  it("compute cheap ones twice", () => {
    expect(
      kindsOf([f32(90, 90)], (b, [x]) => {
        const e = b.unary("negate", x);
        return b.binary("add", b.transpose(e, [1, 0]), e);
      }),
    ).toBe("loop 1");
  });

  it("share what they read and what they compute", () => {
    expect(
      fusedText([f32(100), f32(100)], (b, [x, y]) => {
        const e = b.unary("exponential", x);
        return [e, b.binary("add", e, y), b.unary("tanh", y)];
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.14 = (f32[100], f32[100], f32[100]) fusion(%parameter.6, %parameter.7), kind=loop, calls=%fused_loop
          %exponential.10 = f32[100] exponential(%parameter.8)
          %add.11 = f32[100] add(%exponential.10, %parameter.9)
          %tanh.12 = f32[100] tanh(%parameter.9)
          %tuple.13 = (f32[100], f32[100], f32[100]) tuple(%exponential.10, %add.11, %tanh.12)"
    `);
  });

  it("stay apart where they share nothing", () => {
    expect(kindsOf([f32(100), f32(100)], (b, [x, y]) => [b.unary("tanh", x), b.unary("tanh", y)])).toBe("loop 2");
  });

  it("on single numbers are one", () => {
    const numbers = Array.from({ length: 30 }, () => f32());
    expect(kindsOf(numbers, (b, xs) => xs.map((x) => b.binary("add", x, b.scalar("float32", 1))))).toBe("loop 1");
  });

  it("compute numbers for arrays where they are used, but dear ones once", () => {
    const scaled = (b: HloBuilder, x: HloInstruction, factor: HloInstruction): HloInstruction =>
      b.binary("multiply", x, factor);
    expect(kindsOf([f32(100), f32()], (b, [x, n]) => scaled(b, x, b.binary("add", n, n)))).toBe("loop 1");
    expect(kindsOf([f32(100), f32()], (b, [x, n]) => scaled(b, x, b.unary("exponential", n)))).toBe("loop 2");
  });

  it("look rows of a table up", () => {
    const rows: GatherDims = {
      offsetDims: [1],
      collapsedSliceDims: [0],
      operandBatchingDims: [],
      startIndicesBatchingDims: [],
      startIndexMap: [0],
      indexVectorDim: 1,
    };
    expect(
      fusedText([f32(50, 80), s32(30)], (b, [table, at]) => b.unary("tanh", b.gather(table, at, rows, [1, 80]))),
    ).toMatchInlineSnapshot(`
      "%fusion.12 = (f32[30,80]) fusion(%parameter.5, %parameter.6), kind=loop, calls=%fused_loop
          %gather.9 = f32[30,80] gather(%parameter.7, %parameter.8), offset_dims={1}, collapsed_slice_dims={0}, start_index_map={0}, index_vector_dim=1, slice_sizes={1,80}
          %tanh.10 = f32[30,80] tanh(%gather.9)
          %tuple.11 = (f32[30,80]) tuple(%tanh.10)"
    `);
  });

  it("join pieces, each computed in its place", () => {
    expect(
      fusedText([f32(10, 30), f32(10, 20)], (b, [x, y]) =>
        b.pad(b.concatenate([b.unary("tanh", x), b.unary("negate", y)], 1), b.scalar("float32", 0), [1, 0], [0, 2]),
      ),
    ).toMatchInlineSnapshot(`
      "%fusion.18 = (f32[11,52]) fusion(%parameter.8, %parameter.9), kind=loop, calls=%fused_loop
          %tanh.12 = f32[10,30] tanh(%parameter.10)
          %negate.13 = f32[10,20] negate(%parameter.11)
          %concatenate.14 = f32[10,50] concatenate(%tanh.12, %negate.13), dimensions={1}
          %pad.16 = f32[11,52] pad(%concatenate.14, %constant.15), padding=1_0x0_2
          %tuple.17 = (f32[11,52]) tuple(%pad.16)"
    `);
  });

  const window: readonly WindowDim[] = [
    { size: 1, stride: 1, padLow: 0, padHigh: 0, baseDilation: 1, windowDilation: 1 },
    { size: 3, stride: 1, padLow: 1, padHigh: 1, baseDilation: 1, windowDilation: 1 },
  ];
  it("compute windows once, and what overlapping windows read before", () => {
    expect(
      fusedText([f32(10, 30)], (b, [x]) => {
        const max = b.reducer("maximum", "float32");
        const [pooled] = b.reduceWindow([b.unary("exponential", x)], [b.scalar("float32", 0)], window, max);
        return b.binary("add", pooled, x);
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.13 = (f32[10,30]) fusion(%parameter.9), kind=loop, calls=%fused_loop
          %exponential.11 = f32[10,30] exponential(%parameter.10)
          %tuple.12 = (f32[10,30]) tuple(%exponential.11)
      %fusion.21 = (f32[10,30]) fusion(%get-tuple-element.14, %parameter.9), kind=loop, calls=%fused_loop.1
          %reduce-window.18 = f32[10,30] reduce-window(%parameter.15, %constant.17), window={size=1x3 pad=0_0x1_1}, to_apply=%maximum.float32
          %add.19 = f32[10,30] add(%reduce-window.18, %parameter.16)
          %tuple.20 = (f32[10,30]) tuple(%add.19)"
    `);
  });

  it("leave cumulative windows whole", () => {
    const running = [window[0], { ...window[1], size: 30, padLow: 29, padHigh: 0 }];
    expect(
      fusedText([f32(10, 30)], (b, [x]) => {
        const add = b.reducer("add", "float32");
        return b.unary("tanh", b.reduceWindow([b.unary("negate", x)], [b.scalar("float32", 0)], running, add)[0]);
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.13 = (f32[10,30]) fusion(%parameter.9), kind=loop, calls=%fused_loop
          %negate.11 = f32[10,30] negate(%parameter.10)
          %tuple.12 = (f32[10,30]) tuple(%negate.11)
      %constant.15 = f32[] constant(0)
      %reduce-window.16 = f32[10,30] reduce-window(%get-tuple-element.14, %constant.15), window={size=1x30 pad=0_0x29_0}, to_apply=%add.float32
      %fusion.20 = (f32[10,30]) fusion(%reduce-window.16), kind=loop, calls=%fused_loop.1
          %tanh.18 = f32[10,30] tanh(%parameter.17)
          %tuple.19 = (f32[10,30]) tuple(%tanh.18)"
    `);
  });

  it("make random numbers where they are used", () => {
    expect(
      kindsOf([u32(2), f32(64)], (b, [key, x]) => {
        let bits = b.binary(
          "add",
          b.iota("uint32", [64], 0),
          b.broadcast(b.reshape(b.slice(key, [0], [1]), []), [64], []),
        );
        for (let k = 1; k < 20; k++) {
          const left = b.binary("shift-left", bits, b.scalar("uint32", k));
          bits = b.binary(
            "xor",
            b.binary("or", left, b.binary("shift-right-logical", bits, b.scalar("uint32", 32 - k))),
            bits,
          );
        }
        return b.select(b.compare(bits, b.scalar("uint32", 2 ** 31), "LT"), x, b.binary("subtract", x, x));
      }),
    ).toBe("loop 1");
  });

  it("end where a kernel would grow too large", () => {
    expect(
      kindsOf([f32(100)], (b, [x]) => {
        let y = x;
        for (let k = 0; k < 450; k++) y = b.unary(k % 2 === 0 ? "sine" : "cos", y);
        return y;
      }),
    ).toBe("loop 3");
  });
});

describe("what stays outside", () => {
  it("is what no kernel computes: sorts, barriers, custom calls", () => {
    expect(
      fusedText([f32(30), f32(6, 6)], (b, [x, m]) => {
        const s = arrayShape("float32", []);
        const less = b.computation("less", [s, s], (c, [p, q]) => c.compare(p, q, "LT"));
        const [sorted] = b.sort([b.unary("lgamma", x)], 0, less);
        const [factor] = b.customCall("cholesky", [b.binary("add", m, m)], [f32(6, 6)], { config: { lower: true } });
        const [values] = b.topK(b.optimizationBarrier(sorted), 3);
        return [b.unary("negate", factor), b.unary("tanh", values)];
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.22 = (f32[30]) fusion(%parameter.17), kind=loop, calls=%fused_loop
          %lgamma.20 = f32[30] lgamma(%parameter.19)
          %tuple.21 = (f32[30]) tuple(%lgamma.20)
      %sort.24 = f32[30] sort(%get-tuple-element.23), dimensions={0}, to_apply=%less
      %fusion.28 = (f32[6,6]) fusion(%parameter.18), kind=loop, calls=%fused_loop.1
          %add.26 = f32[6,6] add(%parameter.25, %parameter.25)
          %tuple.27 = (f32[6,6]) tuple(%add.26)
      %custom-call.30 = (f32[6,6]) custom-call(%get-tuple-element.29), custom_call_target="cholesky", backend_config={"lower":true}
      %optimization-barrier.32 = f32[30] optimization-barrier(%sort.24)
      %top-k.33 = (f32[3], s32[3]) top-k(%optimization-barrier.32), k=3
      %fusion.38 = (f32[6,6]) fusion(%get-tuple-element.31), kind=loop, calls=%fused_loop.2
          %negate.36 = f32[6,6] negate(%parameter.35)
          %tuple.37 = (f32[6,6]) tuple(%negate.36)
      %fusion.43 = (f32[3]) fusion(%get-tuple-element.34), kind=loop, calls=%fused_loop.3
          %tanh.41 = f32[3] tanh(%parameter.40)
          %tuple.42 = (f32[3]) tuple(%tanh.41)"
    `);
  });

  it("reshapes are the same memory", () => {
    expect(fusedText([f32(6, 5)], (b, [x]) => b.reshape(x, [30]))).toMatchInlineSnapshot(
      `"%reshape.4 = f32[30] reshape(%parameter.3)"`,
    );
    expect(kindsOf([f32(6, 5)], (b, [x]) => b.unary("tanh", b.reshape(b.unary("exponential", x), [30])))).toBe(
      "loop 1",
    );
  });

  it("one step of a sequence is read where it lies by all who want it", () => {
    expect(
      kindsOf([f32(5, 40, 30), s32(), f32(30, 40), f32(40, 30)], (b, [xs, t, w, v]) => {
        const zero = b.scalar("int32", 0);
        const dims = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
        const x = b.reshape(b.dynamicSlice(xs, [t, zero, zero], [1, 40, 30]), [40, 30]);
        const h = b.dot(b.dot(b.unary("tanh", x), w, dims), v, dims);
        return b.transpose(b.unary("tanh", b.binary("add", h, b.unary("exponential", x))), [1, 0]);
      }),
    ).toBe("dot 2, loop 2");
  });

  it("bodies of loops and branches are divided as well", () => {
    expect(
      kindsOf([s32(), f32(40)], (b, [n, x]) => {
        const types = [s32(), f32(40)];
        const more = b.computation("more", types, (c, [i]) => c.compare(i, c.scalar("int32", 3), "LT"));
        const turn = b.computation("turn", types, (c, [i, y]) => [
          c.binary("add", i, c.scalar("int32", 1)),
          c.unary("tanh", c.binary("multiply", y, c.scalar("float32", 2))),
        ]);
        const [, y] = b.while(more, turn, [b.scalar("int32", 0), x]);
        const branch = (negated: boolean) =>
          b.computation("branch", [f32(40)], (c, [z]) => [negated ? c.unary("negate", c.unary("sine", z)) : z]);
        return b.conditional(n, [branch(false), branch(true)], [y]);
      }),
    ).toBe("loop 4");
  });
});
