/** Products in loops of what no turn changes. */
import { describe, expect, it } from "vitest";
import type { HloBuilder, HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";
import { byColumns, loop, matmul, stepOf } from "./loop-helpers.js";

/** h ← tanh(x·w + h): the last h. */
const recurrence = (b: HloBuilder, trips: number, [xs, w, h]: readonly HloInstruction[]) =>
  loop(b, trips, [xs, w, h], (c, at, [xs, w, h]) => [
    xs,
    w,
    c.unary("tanh", c.binary("add", c.dot(stepOf(c, xs, at), w, matmul), h)),
  ])[2];

describe("products in loops", () => {
  it("products-of-steps", () => {
    expect(
      rewritten("products-of-steps", [f32(4, 2, 3), f32(3, 5), f32(2, 5)], (b, given) => recurrence(b, 4, given)),
    ).toMatchInlineSnapshot(`
      "%below (parameter.3: s32[], parameter.4: f32[4,2,3], parameter.5: f32[3,5], parameter.6: f32[2,5]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[4,2,3] parameter(1)
        %parameter.5 = f32[3,5] parameter(2)
        %parameter.6 = f32[2,5] parameter(3)
        %constant.7 = s32[] constant(4)
        ROOT %compare.8 = pred[] compare(%parameter.3, %constant.7), direction=LT
      }

      %turn (parameter.9: s32[], parameter.10: f32[4,2,3], parameter.11: f32[3,5], parameter.12: f32[2,5]) -> (s32[], f32[4,2,3], f32[3,5], f32[2,5]) {
        %parameter.9 = s32[] parameter(0)
        %parameter.10 = f32[4,2,3] parameter(1)
        %parameter.11 = f32[3,5] parameter(2)
        %parameter.12 = f32[2,5] parameter(3)
        %constant.13 = s32[] constant(1)
        %add.14 = s32[] add(%parameter.9, %constant.13)
        %constant.15 = s32[] constant(0)
        %constant.16 = s32[] constant(0)
        %dynamic-slice.17 = f32[1,2,3] dynamic-slice(%parameter.10, %parameter.9, %constant.15, %constant.16), dynamic_slice_sizes={1,2,3}
        %reshape.18 = f32[2,3] reshape(%dynamic-slice.17)
        %dot.19 = f32[2,5] dot(%reshape.18, %parameter.11), lhs_contracting_dims={1}, rhs_contracting_dims={0}
        %add.20 = f32[2,5] add(%dot.19, %parameter.12)
        %tanh.21 = f32[2,5] tanh(%add.20)
        ROOT %tuple.22 = (s32[], f32[4,2,3], f32[3,5], f32[2,5]) tuple(%add.14, %parameter.10, %parameter.11, %tanh.21)
      }

      %constant.23 = s32[] constant(0)
      %while.24 = (s32[], f32[4,2,3], f32[3,5], f32[2,5]) while(%constant.23, %parameter.0, %parameter.1, %parameter.2), condition=%below, body=%turn
      %get-tuple-element.28 = f32[2,5] get-tuple-element(%while.24), index=3
      return %get-tuple-element.28
      ⇒
      %below.1 (parameter.31: s32[], parameter.32: f32[4,2,3], parameter.33: f32[3,5], parameter.34: f32[2,5], parameter.35: f32[4,2,5]) -> pred[] {
        %parameter.31 = s32[] parameter(0)
        %parameter.32 = f32[4,2,3] parameter(1)
        %parameter.33 = f32[3,5] parameter(2)
        %parameter.34 = f32[2,5] parameter(3)
        %parameter.35 = f32[4,2,5] parameter(4)
        %constant.36 = s32[] constant(4)
        ROOT %compare.37 = pred[] compare(%parameter.31, %constant.36), direction=LT
      }

      %turn.1 (parameter.38: s32[], parameter.39: f32[4,2,3], parameter.40: f32[3,5], parameter.41: f32[2,5], parameter.42: f32[4,2,5]) -> (s32[], f32[4,2,3], f32[3,5], f32[2,5], f32[4,2,5]) {
        %parameter.38 = s32[] parameter(0)
        %parameter.39 = f32[4,2,3] parameter(1)
        %parameter.40 = f32[3,5] parameter(2)
        %parameter.41 = f32[2,5] parameter(3)
        %parameter.42 = f32[4,2,5] parameter(4)
        %constant.43 = s32[] constant(0)
        %dynamic-slice.45 = f32[1,2,5] dynamic-slice(%parameter.42, %parameter.38, %constant.43, %constant.43), dynamic_slice_sizes={1,2,5}
        %reshape.46 = f32[2,5] reshape(%dynamic-slice.45)
        %constant.47 = s32[] constant(1)
        %add.48 = s32[] add(%parameter.38, %constant.47)
        %add.52 = f32[2,5] add(%reshape.46, %parameter.41)
        %tanh.53 = f32[2,5] tanh(%add.52)
        ROOT %tuple.54 = (s32[], f32[4,2,3], f32[3,5], f32[2,5], f32[4,2,5]) tuple(%add.48, %parameter.39, %parameter.40, %tanh.53, %parameter.42)
      }

      %constant.23 = s32[] constant(0)
      %dot.30 = f32[4,2,5] dot(%parameter.0, %parameter.1), lhs_contracting_dims={2}, rhs_contracting_dims={0}
      %while.55 = (s32[], f32[4,2,3], f32[3,5], f32[2,5], f32[4,2,5]) while(%constant.23, %parameter.0, %parameter.1, %parameter.2, %dot.30), condition=%below.1, body=%turn.1
      %get-tuple-element.56 = s32[] get-tuple-element(%while.55), index=0
      %get-tuple-element.57 = f32[4,2,3] get-tuple-element(%while.55), index=1
      %get-tuple-element.58 = f32[3,5] get-tuple-element(%while.55), index=2
      %get-tuple-element.59 = f32[2,5] get-tuple-element(%while.55), index=3
      %tuple.61 = (s32[], f32[4,2,3], f32[3,5], f32[2,5]) tuple(%get-tuple-element.56, %get-tuple-element.57, %get-tuple-element.58, %get-tuple-element.59)
      %get-tuple-element.28 = f32[2,5] get-tuple-element(%tuple.61), index=3
      return %get-tuple-element.28"
    `);
    // Most of the sequence is never read.
    expectUntouched("products-of-steps", [f32(40, 2, 3), f32(3, 5), f32(2, 5)], (b, given) => recurrence(b, 4, given));
    // The weights change.
    expectUntouched("products-of-steps", [f32(4, 2, 3), f32(3, 5), f32(2, 5)], (b, given) =>
      loop(b, 4, given, (c, at, [xs, w, h]) => [
        xs,
        c.binary("add", w, w),
        c.binary("add", c.dot(stepOf(c, xs, at), w, matmul), h),
      ]),
    );
  });

  it("transpose-before-loop", () => {
    const program = (trips: number) => (b: HloBuilder, given: readonly HloInstruction[]) =>
      loop(b, trips, given, (c, _, [w, h]) => [w, c.dot(h, w, byColumns)])[1];
    expect(rewritten("transpose-before-loop", [f32(3, 3), f32(2, 3)], program(5))).toMatchInlineSnapshot(`
      "%below (parameter.2: s32[], parameter.3: f32[3,3], parameter.4: f32[2,3]) -> pred[] {
        %parameter.2 = s32[] parameter(0)
        %parameter.3 = f32[3,3] parameter(1)
        %parameter.4 = f32[2,3] parameter(2)
        %constant.5 = s32[] constant(5)
        ROOT %compare.6 = pred[] compare(%parameter.2, %constant.5), direction=LT
      }

      %turn (parameter.7: s32[], parameter.8: f32[3,3], parameter.9: f32[2,3]) -> (s32[], f32[3,3], f32[2,3]) {
        %parameter.7 = s32[] parameter(0)
        %parameter.8 = f32[3,3] parameter(1)
        %parameter.9 = f32[2,3] parameter(2)
        %constant.10 = s32[] constant(1)
        %add.11 = s32[] add(%parameter.7, %constant.10)
        %dot.12 = f32[2,3] dot(%parameter.9, %parameter.8), lhs_contracting_dims={1}, rhs_contracting_dims={1}
        ROOT %tuple.13 = (s32[], f32[3,3], f32[2,3]) tuple(%add.11, %parameter.8, %dot.12)
      }

      %constant.14 = s32[] constant(0)
      %while.15 = (s32[], f32[3,3], f32[2,3]) while(%constant.14, %parameter.0, %parameter.1), condition=%below, body=%turn
      %get-tuple-element.18 = f32[2,3] get-tuple-element(%while.15), index=2
      return %get-tuple-element.18
      ⇒
      %below.1 (parameter.21: s32[], parameter.22: f32[3,3], parameter.23: f32[2,3], parameter.24: f32[3,3]) -> pred[] {
        %parameter.21 = s32[] parameter(0)
        %parameter.22 = f32[3,3] parameter(1)
        %parameter.23 = f32[2,3] parameter(2)
        %parameter.24 = f32[3,3] parameter(3)
        %constant.25 = s32[] constant(5)
        ROOT %compare.26 = pred[] compare(%parameter.21, %constant.25), direction=LT
      }

      %turn.1 (parameter.27: s32[], parameter.28: f32[3,3], parameter.29: f32[2,3], parameter.30: f32[3,3]) -> (s32[], f32[3,3], f32[2,3], f32[3,3]) {
        %parameter.27 = s32[] parameter(0)
        %parameter.28 = f32[3,3] parameter(1)
        %parameter.29 = f32[2,3] parameter(2)
        %parameter.30 = f32[3,3] parameter(3)
        %dot.31 = f32[2,3] dot(%parameter.29, %parameter.30), lhs_contracting_dims={1}, rhs_contracting_dims={0}
        %constant.32 = s32[] constant(1)
        %add.33 = s32[] add(%parameter.27, %constant.32)
        ROOT %tuple.34 = (s32[], f32[3,3], f32[2,3], f32[3,3]) tuple(%add.33, %parameter.28, %dot.31, %parameter.30)
      }

      %constant.14 = s32[] constant(0)
      %transpose.20 = f32[3,3] transpose(%parameter.0), dimensions={1,0}
      %while.35 = (s32[], f32[3,3], f32[2,3], f32[3,3]) while(%constant.14, %parameter.0, %parameter.1, %transpose.20), condition=%below.1, body=%turn.1
      %get-tuple-element.36 = s32[] get-tuple-element(%while.35), index=0
      %get-tuple-element.37 = f32[3,3] get-tuple-element(%while.35), index=1
      %get-tuple-element.38 = f32[2,3] get-tuple-element(%while.35), index=2
      %tuple.40 = (s32[], f32[3,3], f32[2,3]) tuple(%get-tuple-element.36, %get-tuple-element.37, %get-tuple-element.38)
      %get-tuple-element.18 = f32[2,3] get-tuple-element(%tuple.40), index=2
      return %get-tuple-element.18"
    `);
    expectUntouched("transpose-before-loop", [f32(3, 3), f32(2, 3)], program(3));
    expectUntouched("transpose-before-loop", [f32(3, 3), f32(65, 3)], program(5));
  });
});
