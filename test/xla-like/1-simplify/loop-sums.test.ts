/** Sums of products over the turns of a loop. */
import { describe, expect, it } from "vitest";
import { simplify } from "../../../xla-like/1-simplify/index.js";
import { computationsOf, type HloBuilder, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32 } from "../hlo/programs.js";
import { expectSameResults, expectUntouched, moduleOf, rewritten } from "./helpers.js";
import { loop, matmul, outer, stepOf } from "./loop-helpers.js";

describe("sums over steps", () => {
  /** Sums of x·y over steps, and of the elements of y, which each turn computes. */
  const gradients =
    (trips: number, reverse: boolean) =>
    (b: HloBuilder, [xs, h, c0, s0]: readonly HloInstruction[]) =>
      loop(
        b,
        trips,
        [xs, h, c0, s0],
        (c, at, [xs, h, sum, bias]) => {
          const y = c.unary("tanh", h);
          const add = c.computation("sum", [f32(), f32()], (d, [p, q]) => d.binary("add", p, q));
          return [
            xs,
            y,
            c.binary("add", sum, c.dot(stepOf(c, xs, at), y, outer)),
            c.binary("add", c.reduce([y], [c.scalar("float32", 0)], [0], add)[0], bias),
          ];
        },
        reverse,
      );

  const shapes = [f32(4, 2, 3), f32(2, 5), f32(3, 5), f32(5)];

  it("sums-over-steps", () => {
    expect(rewritten("sums-over-steps", shapes, gradients(4, true))).toMatchInlineSnapshot(`
      "%below (parameter.4: s32[], parameter.5: f32[4,2,3], parameter.6: f32[2,5], parameter.7: f32[3,5], parameter.8: f32[5]) -> pred[] {
        %parameter.4 = s32[] parameter(0)
        %parameter.5 = f32[4,2,3] parameter(1)
        %parameter.6 = f32[2,5] parameter(2)
        %parameter.7 = f32[3,5] parameter(3)
        %parameter.8 = f32[5] parameter(4)
        %constant.9 = s32[] constant(4)
        ROOT %compare.10 = pred[] compare(%parameter.4, %constant.9), direction=LT
      }

      %turn (parameter.11: s32[], parameter.12: f32[4,2,3], parameter.13: f32[2,5], parameter.14: f32[3,5], parameter.15: f32[5]) -> (s32[], f32[4,2,3], f32[2,5], f32[3,5], f32[5]) {
        %parameter.11 = s32[] parameter(0)
        %parameter.12 = f32[4,2,3] parameter(1)
        %parameter.13 = f32[2,5] parameter(2)
        %parameter.14 = f32[3,5] parameter(3)
        %parameter.15 = f32[5] parameter(4)
        %constant.16 = s32[] constant(3)
        %subtract.17 = s32[] subtract(%constant.16, %parameter.11)
        %constant.18 = s32[] constant(1)
        %add.19 = s32[] add(%parameter.11, %constant.18)
        %tanh.20 = f32[2,5] tanh(%parameter.13)
        %constant.24 = s32[] constant(0)
        %constant.25 = s32[] constant(0)
        %dynamic-slice.26 = f32[1,2,3] dynamic-slice(%parameter.12, %subtract.17, %constant.24, %constant.25), dynamic_slice_sizes={1,2,3}
        %reshape.27 = f32[2,3] reshape(%dynamic-slice.26)
        %dot.28 = f32[3,5] dot(%reshape.27, %tanh.20), lhs_contracting_dims={0}, rhs_contracting_dims={0}
        %add.29 = f32[3,5] add(%parameter.14, %dot.28)
        %constant.30 = f32[] constant(0)
        %reduce.31 = f32[5] reduce(%tanh.20, %constant.30), dimensions={0}, to_apply=%sum
        %add.32 = f32[5] add(%reduce.31, %parameter.15)
        ROOT %tuple.33 = (s32[], f32[4,2,3], f32[2,5], f32[3,5], f32[5]) tuple(%add.19, %parameter.12, %tanh.20, %add.29, %add.32)
      }

      %constant.34 = s32[] constant(0)
      %while.35 = (s32[], f32[4,2,3], f32[2,5], f32[3,5], f32[5]) while(%constant.34, %parameter.0, %parameter.1, %parameter.2, %parameter.3), condition=%below, body=%turn
      %get-tuple-element.37 = f32[4,2,3] get-tuple-element(%while.35), index=1
      %get-tuple-element.38 = f32[2,5] get-tuple-element(%while.35), index=2
      %get-tuple-element.39 = f32[3,5] get-tuple-element(%while.35), index=3
      %get-tuple-element.40 = f32[5] get-tuple-element(%while.35), index=4
      %tuple.41 = (f32[4,2,3], f32[2,5], f32[3,5], f32[5]) tuple(%get-tuple-element.37, %get-tuple-element.38, %get-tuple-element.39, %get-tuple-element.40)
      ⇒
      %below.1 (parameter.44: s32[], parameter.45: f32[4,2,3], parameter.46: f32[2,5], parameter.47: f32[4,2,5]) -> pred[] {
        %parameter.44 = s32[] parameter(0)
        %parameter.45 = f32[4,2,3] parameter(1)
        %parameter.46 = f32[2,5] parameter(2)
        %parameter.47 = f32[4,2,5] parameter(3)
        %constant.48 = s32[] constant(4)
        ROOT %compare.49 = pred[] compare(%parameter.44, %constant.48), direction=LT
      }

      %turn.1 (parameter.50: s32[], parameter.51: f32[4,2,3], parameter.52: f32[2,5], parameter.53: f32[4,2,5]) -> (s32[], f32[4,2,3], f32[2,5], f32[4,2,5]) {
        %parameter.50 = s32[] parameter(0)
        %parameter.51 = f32[4,2,3] parameter(1)
        %parameter.52 = f32[2,5] parameter(2)
        %parameter.53 = f32[4,2,5] parameter(3)
        %constant.54 = s32[] constant(3)
        %subtract.55 = s32[] subtract(%constant.54, %parameter.50)
        %constant.56 = s32[] constant(1)
        %add.57 = s32[] add(%parameter.50, %constant.56)
        %tanh.58 = f32[2,5] tanh(%parameter.52)
        %reshape.59 = f32[1,2,5] reshape(%tanh.58)
        %constant.60 = s32[] constant(0)
        %dynamic-update-slice.62 = f32[4,2,5] dynamic-update-slice(%parameter.53, %reshape.59, %subtract.55, %constant.60, %constant.60)
        ROOT %tuple.63 = (s32[], f32[4,2,3], f32[2,5], f32[4,2,5]) tuple(%add.57, %parameter.51, %tanh.58, %dynamic-update-slice.62)
      }

      %constant.34 = s32[] constant(0)
      %constant.42 = f32[] constant(0)
      %broadcast.43 = f32[4,2,5] broadcast(%constant.42), dimensions={}
      %while.64 = (s32[], f32[4,2,3], f32[2,5], f32[4,2,5]) while(%constant.34, %parameter.0, %parameter.1, %broadcast.43), condition=%below.1, body=%turn.1
      %get-tuple-element.65 = s32[] get-tuple-element(%while.64), index=0
      %get-tuple-element.66 = f32[4,2,3] get-tuple-element(%while.64), index=1
      %get-tuple-element.67 = f32[2,5] get-tuple-element(%while.64), index=2
      %get-tuple-element.68 = f32[4,2,5] get-tuple-element(%while.64), index=3
      %dot.69 = f32[3,5] dot(%parameter.0, %get-tuple-element.68), lhs_contracting_dims={0,1}, rhs_contracting_dims={0,1}
      %add.70 = f32[3,5] add(%parameter.2, %dot.69)
      %reduce.72 = f32[5] reduce(%get-tuple-element.68, %constant.42), dimensions={0,1}, to_apply=%sum
      %add.73 = f32[5] add(%parameter.3, %reduce.72)
      %tuple.74 = (s32[], f32[4,2,3], f32[2,5], f32[3,5], f32[5]) tuple(%get-tuple-element.65, %get-tuple-element.66, %get-tuple-element.67, %add.70, %add.73)
      %get-tuple-element.37 = f32[4,2,3] get-tuple-element(%tuple.74), index=1
      %get-tuple-element.38 = f32[2,5] get-tuple-element(%tuple.74), index=2
      %get-tuple-element.39 = f32[3,5] get-tuple-element(%tuple.74), index=3
      %get-tuple-element.40 = f32[5] get-tuple-element(%tuple.74), index=4
      %tuple.41 = (f32[4,2,3], f32[2,5], f32[3,5], f32[5]) tuple(%get-tuple-element.37, %get-tuple-element.38, %get-tuple-element.39, %get-tuple-element.40)"
    `);
    const m = moduleOf(shapes, gradients(4, false));
    expectSameResults(m, simplify(m), "order", 1);
    // Not every step is come by.
    expectUntouched("sums-over-steps", shapes, gradients(3, false));
    // What has been summed up so far is read.
    expectUntouched("sums-over-steps", [f32(4, 2, 3), f32(2, 3), f32(3, 3)], (b, given) =>
      loop(b, 4, given, (c, at, [xs, h, sum]) => [
        xs,
        c.dot(h, sum, matmul),
        c.binary("add", sum, c.dot(stepOf(c, xs, at), h, outer)),
      ]),
    );
  });

  it("keeps what two products share once", () => {
    const m = moduleOf([f32(4, 2, 3), f32(4, 2, 6), f32(2, 5), f32(3, 5), f32(6, 5)], (b, given) =>
      loop(b, 4, given, (c, at, [xs, zs, h, dx, dz]) => {
        const y = c.unary("tanh", h);
        const add = (sum: HloInstruction, steps: HloInstruction) =>
          c.binary("add", sum, c.dot(stepOf(c, steps, at), y, outer));
        return [xs, zs, y, add(dx, xs), add(dz, zs)];
      }).slice(3),
    );
    const after = simplify(m);
    expectSameResults(m, after, "order", 2);
    const inBody = computationsOf(after)
      .filter((c) => c !== after.entry)
      .flatMap((c) => c.instructions);
    expect(inBody.filter((i) => i.opcode === "dynamic-update-slice")).toHaveLength(1);
    expect(inBody.filter((i) => i.opcode === "dot")).toEqual([]);
  });
});
