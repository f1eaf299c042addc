/** What one loop leaves behind for another. */
import { describe, expect, it } from "vitest";
import { simplify } from "../../../xla-like/1-simplify/index.js";
import { computationsOf, type HloBuilder, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32 } from "../hlo/programs.js";
import { expectUntouched, moduleOf, rewritten } from "./helpers.js";
import { loop, stepOf, withStep } from "./loop-helpers.js";

describe("steps made again", () => {
  /** One loop leaves y and f(y) behind, the other reads both, last step first. */
  const backAndForth =
    (f: (b: HloBuilder, y: HloInstruction) => HloInstruction, alsoUsed = false) =>
    (b: HloBuilder, [x]: readonly HloInstruction[]) => {
      const empty = b.fill(0, "float32", [4, 3]);
      const [, ys, zs] = loop(b, 4, [x, empty, empty], (c, at, [x, ys, zs]) => {
        const y = c.unary("tanh", x);
        return [y, withStep(c, ys, at, y), withStep(c, zs, at, f(c, y))];
      });
      const back = loop(
        b,
        4,
        [x, ys, zs],
        (c, at, [g, ys, zs]) => [
          c.binary("add", c.binary("multiply", g, stepOf(c, zs, at)), stepOf(c, ys, at)),
          ys,
          zs,
        ],
        true,
      );
      return alsoUsed ? [back[0], zs] : back[0];
    };

  it("steps-made-again", () => {
    const ofItself = (c: HloBuilder, y: HloInstruction) =>
      c.binary("multiply", y, c.binary("subtract", c.fill(1, "float32", [3]), y));
    expect(rewritten("steps-made-again", [f32(3)], backAndForth(ofItself))).toMatchInlineSnapshot(`
      "%below (parameter.3: s32[], parameter.4: f32[3], parameter.5: f32[4,3], parameter.6: f32[4,3]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[3] parameter(1)
        %parameter.5 = f32[4,3] parameter(2)
        %parameter.6 = f32[4,3] parameter(3)
        %constant.7 = s32[] constant(4)
        ROOT %compare.8 = pred[] compare(%parameter.3, %constant.7), direction=LT
      }

      %turn (parameter.9: s32[], parameter.10: f32[3], parameter.11: f32[4,3], parameter.12: f32[4,3]) -> (s32[], f32[3], f32[4,3], f32[4,3]) {
        %parameter.9 = s32[] parameter(0)
        %parameter.10 = f32[3] parameter(1)
        %parameter.11 = f32[4,3] parameter(2)
        %parameter.12 = f32[4,3] parameter(3)
        %constant.13 = s32[] constant(1)
        %add.14 = s32[] add(%parameter.9, %constant.13)
        %tanh.15 = f32[3] tanh(%parameter.10)
        %reshape.16 = f32[1,3] reshape(%tanh.15)
        %constant.17 = s32[] constant(0)
        %dynamic-update-slice.18 = f32[4,3] dynamic-update-slice(%parameter.11, %reshape.16, %parameter.9, %constant.17)
        %constant.19 = f32[] constant(1)
        %broadcast.20 = f32[3] broadcast(%constant.19), dimensions={}
        %subtract.21 = f32[3] subtract(%broadcast.20, %tanh.15)
        %multiply.22 = f32[3] multiply(%tanh.15, %subtract.21)
        %reshape.23 = f32[1,3] reshape(%multiply.22)
        %constant.24 = s32[] constant(0)
        %dynamic-update-slice.25 = f32[4,3] dynamic-update-slice(%parameter.12, %reshape.23, %parameter.9, %constant.24)
        ROOT %tuple.26 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%add.14, %tanh.15, %dynamic-update-slice.18, %dynamic-update-slice.25)
      }

      %below.1 (parameter.33: s32[], parameter.34: f32[3], parameter.35: f32[4,3], parameter.36: f32[4,3]) -> pred[] {
        %parameter.33 = s32[] parameter(0)
        %parameter.34 = f32[3] parameter(1)
        %parameter.35 = f32[4,3] parameter(2)
        %parameter.36 = f32[4,3] parameter(3)
        %constant.37 = s32[] constant(4)
        ROOT %compare.38 = pred[] compare(%parameter.33, %constant.37), direction=LT
      }

      %turn.1 (parameter.39: s32[], parameter.40: f32[3], parameter.41: f32[4,3], parameter.42: f32[4,3]) -> (s32[], f32[3], f32[4,3], f32[4,3]) {
        %parameter.39 = s32[] parameter(0)
        %parameter.40 = f32[3] parameter(1)
        %parameter.41 = f32[4,3] parameter(2)
        %parameter.42 = f32[4,3] parameter(3)
        %constant.43 = s32[] constant(3)
        %subtract.44 = s32[] subtract(%constant.43, %parameter.39)
        %constant.45 = s32[] constant(1)
        %add.46 = s32[] add(%parameter.39, %constant.45)
        %constant.47 = s32[] constant(0)
        %dynamic-slice.48 = f32[1,3] dynamic-slice(%parameter.42, %subtract.44, %constant.47), dynamic_slice_sizes={1,3}
        %reshape.49 = f32[3] reshape(%dynamic-slice.48)
        %multiply.50 = f32[3] multiply(%parameter.40, %reshape.49)
        %constant.51 = s32[] constant(0)
        %dynamic-slice.52 = f32[1,3] dynamic-slice(%parameter.41, %subtract.44, %constant.51), dynamic_slice_sizes={1,3}
        %reshape.53 = f32[3] reshape(%dynamic-slice.52)
        %add.54 = f32[3] add(%multiply.50, %reshape.53)
        ROOT %tuple.55 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%add.46, %add.54, %parameter.41, %parameter.42)
      }

      %constant.1 = f32[] constant(0)
      %broadcast.2 = f32[4,3] broadcast(%constant.1), dimensions={}
      %constant.27 = s32[] constant(0)
      %while.28 = (s32[], f32[3], f32[4,3], f32[4,3]) while(%constant.27, %parameter.0, %broadcast.2, %broadcast.2), condition=%below, body=%turn
      %get-tuple-element.31 = f32[4,3] get-tuple-element(%while.28), index=2
      %get-tuple-element.32 = f32[4,3] get-tuple-element(%while.28), index=3
      %constant.56 = s32[] constant(0)
      %while.57 = (s32[], f32[3], f32[4,3], f32[4,3]) while(%constant.56, %parameter.0, %get-tuple-element.31, %get-tuple-element.32), condition=%below.1, body=%turn.1
      %get-tuple-element.59 = f32[3] get-tuple-element(%while.57), index=1
      return %get-tuple-element.59
      ⇒
      %below (parameter.3: s32[], parameter.4: f32[3], parameter.5: f32[4,3], parameter.6: f32[4,3]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[3] parameter(1)
        %parameter.5 = f32[4,3] parameter(2)
        %parameter.6 = f32[4,3] parameter(3)
        %constant.7 = s32[] constant(4)
        ROOT %compare.8 = pred[] compare(%parameter.3, %constant.7), direction=LT
      }

      %turn (parameter.9: s32[], parameter.10: f32[3], parameter.11: f32[4,3], parameter.12: f32[4,3]) -> (s32[], f32[3], f32[4,3], f32[4,3]) {
        %parameter.9 = s32[] parameter(0)
        %parameter.10 = f32[3] parameter(1)
        %parameter.11 = f32[4,3] parameter(2)
        %parameter.12 = f32[4,3] parameter(3)
        %constant.13 = s32[] constant(1)
        %add.14 = s32[] add(%parameter.9, %constant.13)
        %tanh.15 = f32[3] tanh(%parameter.10)
        %reshape.16 = f32[1,3] reshape(%tanh.15)
        %constant.17 = s32[] constant(0)
        %dynamic-update-slice.18 = f32[4,3] dynamic-update-slice(%parameter.11, %reshape.16, %parameter.9, %constant.17)
        %constant.19 = f32[] constant(1)
        %broadcast.20 = f32[3] broadcast(%constant.19), dimensions={}
        %subtract.21 = f32[3] subtract(%broadcast.20, %tanh.15)
        %multiply.22 = f32[3] multiply(%tanh.15, %subtract.21)
        %reshape.23 = f32[1,3] reshape(%multiply.22)
        %dynamic-update-slice.25 = f32[4,3] dynamic-update-slice(%parameter.12, %reshape.23, %parameter.9, %constant.17)
        ROOT %tuple.26 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%add.14, %tanh.15, %dynamic-update-slice.18, %dynamic-update-slice.25)
      }

      %turn.2 (parameter.69: s32[], parameter.70: f32[3], parameter.71: f32[4,3], parameter.72: f32[4,3]) -> (s32[], f32[3], f32[4,3], f32[4,3]) {
        %parameter.69 = s32[] parameter(0)
        %parameter.70 = f32[3] parameter(1)
        %parameter.71 = f32[4,3] parameter(2)
        %parameter.72 = f32[4,3] parameter(3)
        %constant.73 = s32[] constant(3)
        %subtract.74 = s32[] subtract(%constant.73, %parameter.69)
        %constant.75 = s32[] constant(0)
        %dynamic-slice.76 = f32[1,3] dynamic-slice(%parameter.72, %subtract.74, %constant.75), dynamic_slice_sizes={1,3}
        %reshape.77 = f32[3] reshape(%dynamic-slice.76)
        %constant.78 = f32[] constant(1)
        %broadcast.79 = f32[3] broadcast(%constant.78), dimensions={}
        %subtract.80 = f32[3] subtract(%broadcast.79, %reshape.77)
        %multiply.81 = f32[3] multiply(%reshape.77, %subtract.80)
        %reshape.82 = f32[1,3] reshape(%multiply.81)
        %constant.85 = s32[] constant(1)
        %add.86 = s32[] add(%parameter.69, %constant.85)
        %reshape.88 = f32[3] reshape(%reshape.82)
        %multiply.89 = f32[3] multiply(%parameter.70, %reshape.88)
        %dynamic-slice.90 = f32[1,3] dynamic-slice(%parameter.71, %subtract.74, %constant.75), dynamic_slice_sizes={1,3}
        %reshape.91 = f32[3] reshape(%dynamic-slice.90)
        %add.92 = f32[3] add(%multiply.89, %reshape.91)
        ROOT %tuple.93 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%add.86, %add.92, %parameter.71, %parameter.72)
      }

      %constant.1 = f32[] constant(0)
      %broadcast.2 = f32[4,3] broadcast(%constant.1), dimensions={}
      %constant.27 = s32[] constant(0)
      %while.28 = (s32[], f32[3], f32[4,3], f32[4,3]) while(%constant.27, %parameter.0, %broadcast.2, %broadcast.2), condition=%below, body=%turn
      %get-tuple-element.31 = f32[4,3] get-tuple-element(%while.28), index=2
      %get-tuple-element.32 = f32[4,3] get-tuple-element(%while.28), index=3
      %while.94 = (s32[], f32[3], f32[4,3], f32[4,3]) while(%constant.27, %parameter.0, %get-tuple-element.31, %get-tuple-element.31), condition=%below, body=%turn.2
      %get-tuple-element.95 = s32[] get-tuple-element(%while.94), index=0
      %get-tuple-element.96 = f32[3] get-tuple-element(%while.94), index=1
      %get-tuple-element.97 = f32[4,3] get-tuple-element(%while.94), index=2
      %tuple.99 = (s32[], f32[3], f32[4,3], f32[4,3]) tuple(%get-tuple-element.95, %get-tuple-element.96, %get-tuple-element.97, %get-tuple-element.32)
      %get-tuple-element.59 = f32[3] get-tuple-element(%tuple.99), index=1
      return %get-tuple-element.59"
    `);
    const whole = moduleOf([f32(3)], backAndForth(ofItself));
    const carried = computationsOf(simplify(whole)).flatMap((c) => c.instructions.filter((i) => i.opcode === "while"));
    // A counter, what goes on, and y alone.
    expect(carried.map((i) => i.operands.length)).toEqual([3, 3]);
    // Dear; wanted by others; made of what is not kept.
    expectUntouched(
      "steps-made-again",
      [f32(3)],
      backAndForth((c, y) => c.unary("exponential", y)),
    );
    expectUntouched("steps-made-again", [f32(3)], backAndForth(ofItself, true));
    expectUntouched(
      "steps-made-again",
      [f32(3)],
      backAndForth((c, y) => c.binary("add", c.unary("sine", y), y)),
    );
  });
});
