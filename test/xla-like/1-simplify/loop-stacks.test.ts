/** Arrays that loops fill step by step. */
import { describe, expect, it } from "vitest";
import type { HloBuilder, HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";
import { loop, stepOf, withStep } from "./loop-helpers.js";

describe("stacks", () => {
  const stacking =
    (size: number, trips: number, read = false) =>
    (b: HloBuilder, [x]: readonly HloInstruction[]) =>
      loop(b, trips, [x, b.fill(0, "float32", [8, size])], (c, at, [x, stack]) => [
        read ? c.binary("add", c.unary("sine", x), stepOf(c, stack, c.scalar("int32", 0))) : c.unary("sine", x),
        withStep(c, stack, at, x),
      ])[1];

  it("stack-not-filled-before", () => {
    expect(rewritten("stack-not-filled-before", [f32(256)], stacking(256, 8))).toMatchInlineSnapshot(`
      "%below (parameter.3: s32[], parameter.4: f32[256], parameter.5: f32[8,256]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[256] parameter(1)
        %parameter.5 = f32[8,256] parameter(2)
        %constant.6 = s32[] constant(8)
        ROOT %compare.7 = pred[] compare(%parameter.3, %constant.6), direction=LT
      }

      %turn (parameter.8: s32[], parameter.9: f32[256], parameter.10: f32[8,256]) -> (s32[], f32[256], f32[8,256]) {
        %parameter.8 = s32[] parameter(0)
        %parameter.9 = f32[256] parameter(1)
        %parameter.10 = f32[8,256] parameter(2)
        %constant.11 = s32[] constant(1)
        %add.12 = s32[] add(%parameter.8, %constant.11)
        %sine.13 = f32[256] sine(%parameter.9)
        %reshape.14 = f32[1,256] reshape(%parameter.9)
        %constant.15 = s32[] constant(0)
        %dynamic-update-slice.16 = f32[8,256] dynamic-update-slice(%parameter.10, %reshape.14, %parameter.8, %constant.15)
        ROOT %tuple.17 = (s32[], f32[256], f32[8,256]) tuple(%add.12, %sine.13, %dynamic-update-slice.16)
      }

      %constant.1 = f32[] constant(0)
      %broadcast.2 = f32[8,256] broadcast(%constant.1), dimensions={}
      %constant.18 = s32[] constant(0)
      %while.19 = (s32[], f32[256], f32[8,256]) while(%constant.18, %parameter.0, %broadcast.2), condition=%below, body=%turn
      %get-tuple-element.22 = f32[8,256] get-tuple-element(%while.19), index=2
      return %get-tuple-element.22
      ⇒
      %below (parameter.3: s32[], parameter.4: f32[256], parameter.5: f32[8,256]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[256] parameter(1)
        %parameter.5 = f32[8,256] parameter(2)
        %constant.6 = s32[] constant(8)
        ROOT %compare.7 = pred[] compare(%parameter.3, %constant.6), direction=LT
      }

      %turn (parameter.8: s32[], parameter.9: f32[256], parameter.10: f32[8,256]) -> (s32[], f32[256], f32[8,256]) {
        %parameter.8 = s32[] parameter(0)
        %parameter.9 = f32[256] parameter(1)
        %parameter.10 = f32[8,256] parameter(2)
        %constant.11 = s32[] constant(1)
        %add.12 = s32[] add(%parameter.8, %constant.11)
        %sine.13 = f32[256] sine(%parameter.9)
        %reshape.14 = f32[1,256] reshape(%parameter.9)
        %constant.15 = s32[] constant(0)
        %dynamic-update-slice.16 = f32[8,256] dynamic-update-slice(%parameter.10, %reshape.14, %parameter.8, %constant.15)
        ROOT %tuple.17 = (s32[], f32[256], f32[8,256]) tuple(%add.12, %sine.13, %dynamic-update-slice.16)
      }

      %constant.18 = s32[] constant(0)
      %custom-call.24 = (f32[8,256]) custom-call(), custom_call_target="allocate"
      %get-tuple-element.25 = f32[8,256] get-tuple-element(%custom-call.24), index=0
      %while.26 = (s32[], f32[256], f32[8,256]) while(%constant.18, %parameter.0, %get-tuple-element.25), condition=%below, body=%turn
      %get-tuple-element.27 = s32[] get-tuple-element(%while.26), index=0
      %get-tuple-element.28 = f32[256] get-tuple-element(%while.26), index=1
      %get-tuple-element.29 = f32[8,256] get-tuple-element(%while.26), index=2
      %tuple.30 = (s32[], f32[256], f32[8,256]) tuple(%get-tuple-element.27, %get-tuple-element.28, %get-tuple-element.29)
      %get-tuple-element.22 = f32[8,256] get-tuple-element(%tuple.30), index=2
      return %get-tuple-element.22"
    `);
    // Little; a part of it stays as it was; it is read.
    expectUntouched("stack-not-filled-before", [f32(3)], stacking(3, 8));
    expectUntouched("stack-not-filled-before", [f32(256)], stacking(256, 7));
    expectUntouched("stack-not-filled-before", [f32(256)], stacking(256, 8, true));
  });
});
