/** Rules of loops. */
import { describe, expect, it } from "vitest";
import { simplify, tripCount } from "../../../xla-like/1-simplify/index.js";
import { HloBuilder, type HloInstruction, verify } from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";
import { expectSameResults, expectUntouched, moduleOf, rewritten } from "./helpers.js";

const int = (b: HloBuilder, value: number): HloInstruction => b.scalar("int32", value);

/** Counts from `first` up to `limit` in steps of `step`, and carries x along, doubled each time. */
const counting = (b: HloBuilder, x: HloInstruction, first: number, limit: number, step = 1): HloInstruction[] => {
  const condition = b.computation("below", [s32(), f32(3)], (c, [i]) => c.compare(i, int(c, limit), "LT"));
  const body = b.computation("turn", [s32(), f32(3)], (c, [i, s]) => [
    c.binary("add", i, int(c, step)),
    c.binary("add", s, s),
  ]);
  return b.while(condition, body, [int(b, first), x]);
};

describe("loops", () => {
  it("while-never-turns", () => {
    expect(
      rewritten("while-never-turns", [f32(3)], (b, [x]) => counting(b, x, 5, 5)[1], ["element-of-tuple"]),
    ).toMatchInlineSnapshot(`
      "%below (parameter.1: s32[], parameter.2: f32[3]) -> pred[] {
        %parameter.1 = s32[] parameter(0)
        %parameter.2 = f32[3] parameter(1)
        %constant.3 = s32[] constant(5)
        ROOT %compare.4 = pred[] compare(%parameter.1, %constant.3), direction=LT
      }

      %turn (parameter.5: s32[], parameter.6: f32[3]) -> (s32[], f32[3]) {
        %parameter.5 = s32[] parameter(0)
        %parameter.6 = f32[3] parameter(1)
        %constant.7 = s32[] constant(1)
        %add.8 = s32[] add(%parameter.5, %constant.7)
        %add.9 = f32[3] add(%parameter.6, %parameter.6)
        ROOT %tuple.10 = (s32[], f32[3]) tuple(%add.8, %add.9)
      }

      %constant.11 = s32[] constant(5)
      %while.12 = (s32[], f32[3]) while(%constant.11, %parameter.0), condition=%below, body=%turn
      %get-tuple-element.14 = f32[3] get-tuple-element(%while.12), index=1
      return %get-tuple-element.14
      ⇒
      return %parameter.0"
    `);
    expectUntouched("while-never-turns", [f32(3)], (b, [x]) => counting(b, x, 0, 5)[1]);
  });

  it("while-turns-once", () => {
    expect(
      rewritten("while-turns-once", [f32(3)], (b, [x]) => counting(b, x, 0, 2, 2)[1], ["element-of-tuple"]),
    ).toMatchInlineSnapshot(`
      "%below (parameter.1: s32[], parameter.2: f32[3]) -> pred[] {
        %parameter.1 = s32[] parameter(0)
        %parameter.2 = f32[3] parameter(1)
        %constant.3 = s32[] constant(2)
        ROOT %compare.4 = pred[] compare(%parameter.1, %constant.3), direction=LT
      }

      %turn (parameter.5: s32[], parameter.6: f32[3]) -> (s32[], f32[3]) {
        %parameter.5 = s32[] parameter(0)
        %parameter.6 = f32[3] parameter(1)
        %constant.7 = s32[] constant(2)
        %add.8 = s32[] add(%parameter.5, %constant.7)
        %add.9 = f32[3] add(%parameter.6, %parameter.6)
        ROOT %tuple.10 = (s32[], f32[3]) tuple(%add.8, %add.9)
      }

      %constant.11 = s32[] constant(0)
      %while.12 = (s32[], f32[3]) while(%constant.11, %parameter.0), condition=%below, body=%turn
      %get-tuple-element.14 = f32[3] get-tuple-element(%while.12), index=1
      return %get-tuple-element.14
      ⇒
      %add.18 = f32[3] add(%parameter.0, %parameter.0)
      return %add.18"
    `);
    expectUntouched("while-turns-once", [f32(3)], (b, [x]) => counting(b, x, 0, 2)[1]);
  });

  it("narrow-while", () => {
    expect(
      rewritten(
        "narrow-while",
        [f32(3), f32(3), f32(3)],
        (b, [x, w, z]) => {
          const types = [s32(), f32(3), f32(3), f32(3), f32(3), f32()];
          const condition = b.computation("below", types, (c, [i]) => c.compare(i, int(c, 3), "LT"));
          // w is never changed, its second copy no more so; z changes, but nobody asks for it; v is a constant.
          const body = b.computation("turn", types, (c, [i, s, w1, w2, dead, v]) => [
            c.binary("add", i, int(c, 1)),
            c.binary("multiply", c.binary("add", c.binary("multiply", s, w1), w2), v),
            w1,
            w2,
            c.unary("sine", dead),
            v,
          ]);
          const all = b.while(condition, body, [int(b, 0), x, w, w, z, b.scalar("float32", 0.5)]);
          return [all[1], all[2]];
        },
        ["element-of-tuple"],
      ),
    ).toMatchInlineSnapshot(`
      "%below (parameter.3: s32[], parameter.4: f32[3], parameter.5: f32[3], parameter.6: f32[3], parameter.7: f32[3], parameter.8: f32[]) -> pred[] {
        %parameter.3 = s32[] parameter(0)
        %parameter.4 = f32[3] parameter(1)
        %parameter.5 = f32[3] parameter(2)
        %parameter.6 = f32[3] parameter(3)
        %parameter.7 = f32[3] parameter(4)
        %parameter.8 = f32[] parameter(5)
        %constant.9 = s32[] constant(3)
        ROOT %compare.10 = pred[] compare(%parameter.3, %constant.9), direction=LT
      }

      %turn (parameter.11: s32[], parameter.12: f32[3], parameter.13: f32[3], parameter.14: f32[3], parameter.15: f32[3], parameter.16: f32[]) -> (s32[], f32[3], f32[3], f32[3], f32[3], f32[]) {
        %parameter.11 = s32[] parameter(0)
        %parameter.12 = f32[3] parameter(1)
        %parameter.13 = f32[3] parameter(2)
        %parameter.14 = f32[3] parameter(3)
        %parameter.15 = f32[3] parameter(4)
        %parameter.16 = f32[] parameter(5)
        %constant.17 = s32[] constant(1)
        %add.18 = s32[] add(%parameter.11, %constant.17)
        %multiply.19 = f32[3] multiply(%parameter.12, %parameter.13)
        %add.20 = f32[3] add(%multiply.19, %parameter.14)
        %broadcast.21 = f32[3] broadcast(%parameter.16), dimensions={}
        %multiply.22 = f32[3] multiply(%add.20, %broadcast.21)
        %sine.23 = f32[3] sine(%parameter.15)
        ROOT %tuple.24 = (s32[], f32[3], f32[3], f32[3], f32[3], f32[]) tuple(%add.18, %multiply.22, %parameter.13, %parameter.14, %sine.23, %parameter.16)
      }

      %constant.25 = s32[] constant(0)
      %constant.26 = f32[] constant(0.5)
      %while.27 = (s32[], f32[3], f32[3], f32[3], f32[3], f32[]) while(%constant.25, %parameter.0, %parameter.1, %parameter.1, %parameter.2, %constant.26), condition=%below, body=%turn
      %get-tuple-element.29 = f32[3] get-tuple-element(%while.27), index=1
      %get-tuple-element.30 = f32[3] get-tuple-element(%while.27), index=2
      %tuple.34 = (f32[3], f32[3]) tuple(%get-tuple-element.29, %get-tuple-element.30)
      ⇒
      %below.1 (parameter.35: s32[], parameter.36: f32[3], parameter.37: f32[3]) -> pred[] {
        %parameter.35 = s32[] parameter(0)
        %parameter.36 = f32[3] parameter(1)
        %parameter.37 = f32[3] parameter(2)
        %constant.39 = s32[] constant(3)
        ROOT %compare.40 = pred[] compare(%parameter.35, %constant.39), direction=LT
      }

      %turn.1 (parameter.41: s32[], parameter.42: f32[3], parameter.43: f32[3]) -> (s32[], f32[3], f32[3]) {
        %parameter.41 = s32[] parameter(0)
        %parameter.42 = f32[3] parameter(1)
        %parameter.43 = f32[3] parameter(2)
        %constant.44 = f32[] constant(0.5)
        %constant.45 = s32[] constant(1)
        %add.46 = s32[] add(%parameter.41, %constant.45)
        %multiply.47 = f32[3] multiply(%parameter.42, %parameter.43)
        %add.48 = f32[3] add(%multiply.47, %parameter.43)
        %broadcast.49 = f32[3] broadcast(%constant.44), dimensions={}
        %multiply.50 = f32[3] multiply(%add.48, %broadcast.49)
        ROOT %tuple.51 = (s32[], f32[3], f32[3]) tuple(%add.46, %multiply.50, %parameter.43)
      }

      %constant.25 = s32[] constant(0)
      %while.52 = (s32[], f32[3], f32[3]) while(%constant.25, %parameter.0, %parameter.1), condition=%below.1, body=%turn.1
      %get-tuple-element.54 = f32[3] get-tuple-element(%while.52), index=1
      %tuple.34 = (f32[3], f32[3]) tuple(%get-tuple-element.54, %parameter.1)"
    `);
    expectUntouched("narrow-while", [f32(3)], (b, [x]) => counting(b, x, 0, 5));
  });

  it("keeps what an effect needs", () => {
    const calls: number[] = [];
    const m = moduleOf([f32(3)], (b, [x]) => {
      const condition = b.computation("below", [s32(), f32(3)], (c, [i]) => c.compare(i, int(c, 2), "LT"));
      const body = b.computation("turn", [s32(), f32(3)], (c, [i, s]) => {
        c.customCall("callback", [s], [], {
          hasSideEffect: true,
          callback: (data) => {
            calls.push(Number(data[0]));
            return [];
          },
        });
        return [c.binary("add", i, int(c, 1)), c.binary("add", s, c.scalar("float32", 1))];
      });
      b.while(condition, body, [int(b, 0), x]);
      return x;
    });
    const s = simplify(m);
    verify(s);
    expectSameResults(m, s, "bits", 0);
    const [first, second, ...again] = calls;
    expect(second).toBe(Math.fround(first + 1));
    expect(again).toEqual([first, second]);
  });

  it("counts turns", () => {
    const turns = (
      first: number,
      limit: number,
      step: number,
      direction: "LT" | "LE" | "NE" | "GT" | "GE",
    ): number | undefined => {
      const b = new HloBuilder("main");
      const condition = b.computation("c", [s32()], (c, [i]) => c.compare(i, int(c, limit), direction));
      const body = b.computation("t", [s32()], (c, [i]) => [c.binary("add", i, int(c, step))]);
      b.while(condition, body, [int(b, first)]);
      const loop = b.build(b.while(condition, body, [int(b, first)])).instructions.find((i) => i.opcode === "while");
      if (loop?.opcode !== "while") throw new Error("no loop");
      return tripCount(loop);
    };
    expect(turns(0, 10, 1, "LT")).toBe(10);
    expect(turns(0, 10, 3, "LT")).toBe(4);
    expect(turns(0, 9, 3, "LE")).toBe(4);
    expect(turns(0, 9, 3, "NE")).toBe(3);
    expect(turns(5, 0, -2, "GT")).toBe(3);
    expect(turns(5, 1, -2, "GE")).toBe(3);
    expect(turns(3, 3, 1, "LT")).toBe(0);
    // These would run until the counter wraps around.
    expect(turns(0, 10, 3, "NE")).toBe(undefined);
    expect(turns(0, 10, 0, "LT")).toBe(undefined);
    expect(turns(0, 10, -1, "LT")).toBe(undefined);
  });
});
