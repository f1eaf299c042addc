/** Rules of tuples, calls, branches, and operations with several results. */
import { describe, expect, it } from "vitest";
import { arrayShape, type HloBuilder, type HloComputation, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

const int = (b: HloBuilder, value: number): HloInstruction => b.scalar("int32", value);

describe("tuples", () => {
  it("element-of-tuple", () => {
    expect(
      rewritten("element-of-tuple", [f32(2), f32(3)], (b, xs) => b.getTupleElement(b.tuple(xs), 1)),
    ).toMatchInlineSnapshot(`
      "%tuple.2 = (f32[2], f32[3]) tuple(%parameter.0, %parameter.1)
      %get-tuple-element.3 = f32[3] get-tuple-element(%tuple.2), index=1
      return %get-tuple-element.3
      ⇒
      return %parameter.1"
    `);
    expectUntouched("element-of-tuple", [f32(4)], (b, [x]) => b.topK(x, 2)[0]);
  });

  it("tuple-of-elements", () => {
    expect(
      rewritten("tuple-of-elements", [f32(4)], (b, [x]) => b.getTupleElement(b.tuple(b.topK(x, 2)), 1)),
    ).toMatchInlineSnapshot(`
      "%top-k.1 = (f32[2], s32[2]) top-k(%parameter.0), k=2
      %get-tuple-element.2 = f32[2] get-tuple-element(%top-k.1), index=0
      %get-tuple-element.3 = s32[2] get-tuple-element(%top-k.1), index=1
      %tuple.4 = (f32[2], s32[2]) tuple(%get-tuple-element.2, %get-tuple-element.3)
      %get-tuple-element.5 = s32[2] get-tuple-element(%tuple.4), index=1
      return %get-tuple-element.5
      ⇒
      %top-k.1 = (f32[2], s32[2]) top-k(%parameter.0), k=2
      %get-tuple-element.3 = s32[2] get-tuple-element(%top-k.1), index=1
      return %get-tuple-element.3"
    `);
    // The module's own result stays a tuple, for later phases to look into.
    expectUntouched("tuple-of-elements", [f32(4)], (b, [x]) => b.topK(x, 2));
    expectUntouched("tuple-of-elements", [f32(4)], (b, [x]) =>
      b.getTupleElement(b.tuple([...b.topK(x, 2)].reverse()), 1),
    );
  });
});

describe("calls and branches", () => {
  const double = (b: HloBuilder) => b.computation("double", [f32(3)], (c, [x]) => [c.binary("add", x, x)]);
  const branches = (b: HloBuilder): HloComputation[] =>
    (["sine", "cos"] as const).map((op) =>
      b.computation(op, [f32(3), f32(3)], (c, [x, y]) => [c.unary(op, x), y, c.unary(op, y)]),
    );

  it("inline-call", () => {
    expect(
      rewritten("inline-call", [f32(3)], (b, [x]) => b.call(double(b), [x])[0], ["element-of-tuple"]),
    ).toMatchInlineSnapshot(`
      "%call.4 = (f32[3]) call(%parameter.0), to_apply=%double
      %get-tuple-element.5 = f32[3] get-tuple-element(%call.4), index=0
      return %get-tuple-element.5
      ⇒
      %add.7 = f32[3] add(%parameter.0, %parameter.0)
      return %add.7"
    `);
    expectUntouched("inline-call", [s32(), f32(3)], (b, [i, x]) => b.conditional(i, [double(b), double(b)], [x]));
  });

  it("conditional-of-known-branch", () => {
    // The index is clamped.
    expect(
      rewritten("conditional-of-known-branch", [f32(3)], (b, [x]) => b.conditional(int(b, 7), branches(b), [x, x])[0], [
        "element-of-tuple",
      ]),
    ).toMatchInlineSnapshot(`
      "%sine (parameter.2: f32[3], parameter.3: f32[3]) -> (f32[3], f32[3], f32[3]) {
        %parameter.2 = f32[3] parameter(0)
        %parameter.3 = f32[3] parameter(1)
        %sine.4 = f32[3] sine(%parameter.2)
        %sine.5 = f32[3] sine(%parameter.3)
        ROOT %tuple.6 = (f32[3], f32[3], f32[3]) tuple(%sine.4, %parameter.3, %sine.5)
      }

      %cos (parameter.7: f32[3], parameter.8: f32[3]) -> (f32[3], f32[3], f32[3]) {
        %parameter.7 = f32[3] parameter(0)
        %parameter.8 = f32[3] parameter(1)
        %cos.9 = f32[3] cos(%parameter.7)
        %cos.10 = f32[3] cos(%parameter.8)
        ROOT %tuple.11 = (f32[3], f32[3], f32[3]) tuple(%cos.9, %parameter.8, %cos.10)
      }

      %constant.1 = s32[] constant(7)
      %conditional.12 = (f32[3], f32[3], f32[3]) conditional(%constant.1, %parameter.0, %parameter.0), branch_computations={%sine, %cos}
      %get-tuple-element.13 = f32[3] get-tuple-element(%conditional.12), index=0
      return %get-tuple-element.13
      ⇒
      %cos.17 = f32[3] cos(%parameter.0)
      return %cos.17"
    `);
    expectUntouched("conditional-of-known-branch", [s32(), f32(3)], (b, [i, x]) =>
      b.conditional(i, branches(b), [x, x]),
    );
  });

  it("conditional-of-same-branches", () => {
    expect(
      rewritten(
        "conditional-of-same-branches",
        [s32(), f32(3)],
        (b, [i, x]) => b.conditional(i, [double(b), double(b)], [x])[0],
        ["element-of-tuple"],
      ),
    ).toMatchInlineSnapshot(`
      "%conditional.8 = (f32[3]) conditional(%parameter.0, %parameter.1), branch_computations={%double, %double.1}
      %get-tuple-element.9 = f32[3] get-tuple-element(%conditional.8), index=0
      return %get-tuple-element.9
      ⇒
      %add.11 = f32[3] add(%parameter.1, %parameter.1)
      return %add.11"
    `);
    expectUntouched("conditional-of-same-branches", [s32(), f32(3)], (b, [i, x]) =>
      b.conditional(i, branches(b), [x, x]),
    );
  });

  it("narrow-conditional", () => {
    expect(
      rewritten(
        "narrow-conditional",
        [s32(), f32(3), f32(3)],
        // The second result is the operand whatever the branch, and the third nobody uses.
        (b, [i, x, y]) => b.conditional(i, branches(b), [x, y]).slice(0, 2),
        ["element-of-tuple"],
      ),
    ).toMatchInlineSnapshot(`
      "%sine (parameter.3: f32[3], parameter.4: f32[3]) -> (f32[3], f32[3], f32[3]) {
        %parameter.3 = f32[3] parameter(0)
        %parameter.4 = f32[3] parameter(1)
        %sine.5 = f32[3] sine(%parameter.3)
        %sine.6 = f32[3] sine(%parameter.4)
        ROOT %tuple.7 = (f32[3], f32[3], f32[3]) tuple(%sine.5, %parameter.4, %sine.6)
      }

      %cos (parameter.8: f32[3], parameter.9: f32[3]) -> (f32[3], f32[3], f32[3]) {
        %parameter.8 = f32[3] parameter(0)
        %parameter.9 = f32[3] parameter(1)
        %cos.10 = f32[3] cos(%parameter.8)
        %cos.11 = f32[3] cos(%parameter.9)
        ROOT %tuple.12 = (f32[3], f32[3], f32[3]) tuple(%cos.10, %parameter.9, %cos.11)
      }

      %conditional.13 = (f32[3], f32[3], f32[3]) conditional(%parameter.0, %parameter.1, %parameter.2), branch_computations={%sine, %cos}
      %get-tuple-element.14 = f32[3] get-tuple-element(%conditional.13), index=0
      %get-tuple-element.15 = f32[3] get-tuple-element(%conditional.13), index=1
      %tuple.17 = (f32[3], f32[3]) tuple(%get-tuple-element.14, %get-tuple-element.15)
      ⇒
      %conditional.24 = (f32[3]) conditional(%parameter.0, %parameter.1), branch_computations={%sine.1, %cos.1}
      %get-tuple-element.25 = f32[3] get-tuple-element(%conditional.24), index=0
      %tuple.17 = (f32[3], f32[3]) tuple(%get-tuple-element.25, %parameter.2)"
    `);
    expectUntouched("narrow-conditional", [s32(), f32(3), f32(3)], (b, [i, x, y]) => {
      const swapping = [0, 1].map((k) => b.computation(`pick ${k}`, [f32(3), f32(3)], (_, xs) => [xs[k]]));
      return b.conditional(i, swapping, [x, y]);
    });
  });
});

describe("operations with several results", () => {
  const less = (b: HloBuilder, ...types: ReturnType<typeof s32>[]) =>
    b.computation(
      "less",
      types.flatMap((t) => [t, t]),
      (c, [p, q]) => c.compare(p, q, "LT"),
    );

  it("narrow-sort", () => {
    expect(
      rewritten(
        "narrow-sort",
        [s32(6), f32(6)],
        (b, [x, y]) => b.sort([x, y], 0, less(b, s32(), f32()), { stable: true })[0],
        ["element-of-tuple"],
      ),
    ).toMatchInlineSnapshot(`
      "%less (parameter.2: s32[], parameter.3: s32[], parameter.4: f32[], parameter.5: f32[]) -> pred[] {
        %parameter.2 = s32[] parameter(0)
        %parameter.3 = s32[] parameter(1)
        %parameter.4 = f32[] parameter(2)
        %parameter.5 = f32[] parameter(3)
        ROOT %compare.6 = pred[] compare(%parameter.2, %parameter.3), direction=LT
      }

      %sort.7 = (s32[6], f32[6]) sort(%parameter.0, %parameter.1), dimensions={0}, is_stable=true, to_apply=%less
      %get-tuple-element.8 = s32[6] get-tuple-element(%sort.7), index=0
      return %get-tuple-element.8
      ⇒
      %sort.14 = s32[6] sort(%parameter.0), dimensions={0}, is_stable=true, to_apply=%less.1
      return %sort.14"
    `);
    // The keys decide the order, whether anybody asks for them or not.
    expectUntouched("narrow-sort", [s32(6), f32(6)], (b, [x, y]) => b.sort([x, y], 0, less(b, s32(), f32()))[1]);
  });

  it("sort-of-single-elements", () => {
    expect(
      rewritten("sort-of-single-elements", [s32(3, 1)], (b, [x]) => b.sort([x], 1, less(b, s32()))[0]),
    ).toMatchInlineSnapshot(`
      "%sort.4 = s32[3,1] sort(%parameter.0), dimensions={1}, to_apply=%less
      return %sort.4
      ⇒
      return %parameter.0"
    `);
    expectUntouched("sort-of-single-elements", [s32(3, 1)], (b, [x]) => b.sort([x], 0, less(b, s32()))[0]);
  });

  const scalars = [arrayShape("float32", []), arrayShape("int32", [])];

  it("narrow-reduce", () => {
    const sums = (b: HloBuilder) =>
      b.computation("sums", [...scalars, ...scalars], (c, [p, i, q, j]) => [
        c.binary("add", p, q),
        c.binary("add", i, j),
      ]);
    expect(
      rewritten(
        "narrow-reduce",
        [f32(4, 2), s32(4, 2)],
        (b, [x, y]) => b.reduce([x, y], [b.scalar("float32", 0), int(b, 0)], [0], sums(b))[1],
        ["element-of-tuple"],
      ),
    ).toMatchInlineSnapshot(`
      "%sums (parameter.4: f32[], parameter.5: s32[], parameter.6: f32[], parameter.7: s32[]) -> (f32[], s32[]) {
        %parameter.4 = f32[] parameter(0)
        %parameter.5 = s32[] parameter(1)
        %parameter.6 = f32[] parameter(2)
        %parameter.7 = s32[] parameter(3)
        %add.8 = f32[] add(%parameter.4, %parameter.6)
        %add.9 = s32[] add(%parameter.5, %parameter.7)
        ROOT %tuple.10 = (f32[], s32[]) tuple(%add.8, %add.9)
      }

      %constant.2 = f32[] constant(0)
      %constant.3 = s32[] constant(0)
      %reduce.11 = (f32[2], s32[2]) reduce(%parameter.0, %parameter.1, %constant.2, %constant.3), dimensions={0}, to_apply=%sums
      %get-tuple-element.13 = s32[2] get-tuple-element(%reduce.11), index=1
      return %get-tuple-element.13
      ⇒
      %constant.3 = s32[] constant(0)
      %reduce.18 = s32[2] reduce(%parameter.1, %constant.3), dimensions={0}, to_apply=%sums.1
      return %reduce.18"
    `);
    const argmax = (b: HloBuilder) =>
      b.computation("argmax", [...scalars, ...scalars], (c, [p, i, q, j]) => {
        const keep = c.compare(p, q, "GE");
        return [c.select(keep, p, q), c.select(keep, i, j)];
      });
    // The place of the maximum needs the maximum.
    expectUntouched(
      "narrow-reduce",
      [f32(4, 2), s32(4, 2)],
      (b, [x, y]) => b.reduce([x, y], [b.scalar("float32", Number.NEGATIVE_INFINITY), int(b, 0)], [0], argmax(b))[1],
    );
  });

  it("narrow-attention-gradient", () => {
    const [rows, stats] = [f32(1, 2, 1, 3), f32(1, 1, 2)];
    const operands = [rows, rows, rows, f32(1, 1, 2, 2), rows, stats, rows];
    const gradients = (b: HloBuilder, xs: readonly HloInstruction[]) =>
      b.customCall("attention-gradient", xs, operands.slice(0, 4), { config: { scale: 1, causal: false, bias: true } });
    expect(
      rewritten("narrow-attention-gradient", operands, (b, xs) => gradients(b, xs).slice(0, 2), ["element-of-tuple"]),
    ).toMatchInlineSnapshot(`
      "%custom-call.7 = (f32[1,2,1,3], f32[1,2,1,3], f32[1,2,1,3], f32[1,1,2,2]) custom-call(%parameter.0, %parameter.1, %parameter.2, %parameter.3, %parameter.4, %parameter.5, %parameter.6), custom_call_target="attention-gradient", backend_config={"scale":1,"causal":false,"bias":true}
      %get-tuple-element.8 = f32[1,2,1,3] get-tuple-element(%custom-call.7), index=0
      %get-tuple-element.9 = f32[1,2,1,3] get-tuple-element(%custom-call.7), index=1
      %tuple.12 = (f32[1,2,1,3], f32[1,2,1,3]) tuple(%get-tuple-element.8, %get-tuple-element.9)
      ⇒
      %custom-call.13 = (f32[1,2,1,3], f32[1,2,1,3], f32[1,2,1,3]) custom-call(%parameter.0, %parameter.1, %parameter.2, %parameter.3, %parameter.4, %parameter.5, %parameter.6), custom_call_target="attention-gradient", backend_config={"scale":1,"causal":false,"bias":true,"biasGradient":false}
      %get-tuple-element.14 = f32[1,2,1,3] get-tuple-element(%custom-call.13), index=0
      %get-tuple-element.15 = f32[1,2,1,3] get-tuple-element(%custom-call.13), index=1
      %tuple.12 = (f32[1,2,1,3], f32[1,2,1,3]) tuple(%get-tuple-element.14, %get-tuple-element.15)"
    `);
    expectUntouched("narrow-attention-gradient", operands, (b, xs) => gradients(b, xs).slice(2));
  });
});
