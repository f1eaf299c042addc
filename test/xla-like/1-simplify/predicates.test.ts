/** Rules of predicates and selects: each on a program it changes, and on one that it must leave alone. */
import { describe, expect, it } from "vitest";
import { arrayShape, type HloBuilder, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

const pred = (...dims: number[]) => arrayShape("bool", dims);

const float = (b: HloBuilder, value: number): HloInstruction => b.scalar("float32", value);

describe("predicates", () => {
  it("compare-with-itself", () => {
    expect(rewritten("compare-with-itself", [s32(4)], (b, [x]) => b.compare(x, x, "LE"))).toMatchInlineSnapshot(`
      "%compare.1 = pred[4] compare(%parameter.0, %parameter.0), direction=LE
      return %compare.1
      ⇒
      %constant.3 = pred[] constant(true)
      %broadcast.4 = pred[4] broadcast(%constant.3), dimensions={}
      return %broadcast.4"
    `);
    expect(
      rewritten("compare-with-itself", [f32(14)], (b, [x]) => b.compare(x, x, "EQ", { totalOrder: true })),
    ).toContain("true");
    // This is how one asks for NaNs.
    expectUntouched("compare-with-itself", [f32(4)], (b, [x]) => b.compare(x, x, "NE"));
  });

  it("compare-constant-to-the-right", () => {
    expect(
      rewritten("compare-constant-to-the-right", [f32(14)], (b, [x]) => b.compare(float(b, 1), x, "LT")),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(1)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %compare.3 = pred[14] compare(%broadcast.2, %parameter.0), direction=LT
      return %compare.3
      ⇒
      %constant.1 = f32[] constant(1)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %compare.5 = pred[14] compare(%parameter.0, %broadcast.2), direction=GT
      return %compare.5"
    `);
    expectUntouched("compare-constant-to-the-right", [f32(4)], (b, [x]) => b.compare(x, float(b, 1), "LT"));
  });

  it("compare-predicate", () => {
    expect(
      rewritten("compare-predicate", [pred(4)], (b, [p]) => b.compare(p, b.scalar("bool", false), "EQ")),
    ).toMatchInlineSnapshot(`
      "%constant.1 = pred[] constant(false)
      %broadcast.2 = pred[4] broadcast(%constant.1), dimensions={}
      %compare.3 = pred[4] compare(%parameter.0, %broadcast.2), direction=EQ
      return %compare.3
      ⇒
      %not.5 = pred[4] not(%parameter.0)
      return %not.5"
    `);
    expectUntouched("compare-predicate", [pred(4)], (b, [p]) => b.compare(p, b.scalar("bool", false), "LE"));
  });

  it("negated-compare", () => {
    expect(
      rewritten("negated-compare", [s32(4), s32(4)], (b, [x, y]) => b.unary("not", b.compare(x, y, "LT"))),
    ).toMatchInlineSnapshot(`
      "%compare.2 = pred[4] compare(%parameter.0, %parameter.1), direction=LT
      %not.3 = pred[4] not(%compare.2)
      return %not.3
      ⇒
      %compare.5 = pred[4] compare(%parameter.0, %parameter.1), direction=GE
      return %compare.5"
    `);
    expect(
      rewritten("negated-compare", [f32(14), f32(14)], (b, [x, y]) => b.unary("not", b.compare(x, y, "EQ"))),
    ).toContain("NE");
    // Neither x < y nor x >= y holds for a NaN.
    expectUntouched("negated-compare", [f32(4), f32(4)], (b, [x, y]) => b.unary("not", b.compare(x, y, "LT")));
  });

  it("select-of-same", () => {
    expect(rewritten("select-of-same", [pred(4), f32(4)], (b, [p, x]) => b.select(p, x, x))).toMatchInlineSnapshot(`
      "%select.2 = f32[4] select(%parameter.0, %parameter.1, %parameter.1)
      return %select.2
      ⇒
      return %parameter.1"
    `);
    expectUntouched("select-of-same", [pred(4), f32(4), f32(4)], (b, [p, x, y]) => b.select(p, x, y));
  });

  it("select-by-constant", () => {
    expect(
      rewritten("select-by-constant", [f32(4), f32(4)], (b, [x, y]) => b.select(b.fill(false, "bool", [4]), x, y)),
    ).toMatchInlineSnapshot(`
      "%constant.2 = pred[] constant(false)
      %broadcast.3 = pred[4] broadcast(%constant.2), dimensions={}
      %select.4 = f32[4] select(%broadcast.3, %parameter.0, %parameter.1)
      return %select.4
      ⇒
      return %parameter.1"
    `);
    expectUntouched("select-by-constant", [f32(2), f32(2)], (b, [x, y]) =>
      b.select(b.constant("bool", [2], Uint8Array.of(1, 0)), x, y),
    );
  });

  it("select-of-predicates", () => {
    expect(
      rewritten("select-of-predicates", [pred(), pred(4)], (b, [p, x]) => b.select(p, x, b.fill(false, "bool", [4]))),
    ).toMatchInlineSnapshot(`
      "%constant.2 = pred[] constant(false)
      %broadcast.3 = pred[4] broadcast(%constant.2), dimensions={}
      %select.4 = pred[4] select(%parameter.0, %parameter.1, %broadcast.3)
      return %select.4
      ⇒
      %broadcast.6 = pred[4] broadcast(%parameter.0), dimensions={}
      %and.7 = pred[4] and(%broadcast.6, %parameter.1)
      return %and.7"
    `);
    expectUntouched("select-of-predicates", [pred(4), pred(4), pred(4)], (b, [p, x, y]) => b.select(p, x, y));
  });

  it("select-by-negation", () => {
    expect(
      rewritten("select-by-negation", [pred(4), f32(4), f32(4)], (b, [p, x, y]) => b.select(b.unary("not", p), x, y)),
    ).toMatchInlineSnapshot(`
      "%not.3 = pred[4] not(%parameter.0)
      %select.4 = f32[4] select(%not.3, %parameter.1, %parameter.2)
      return %select.4
      ⇒
      %select.6 = f32[4] select(%parameter.0, %parameter.2, %parameter.1)
      return %select.6"
    `);
    expectUntouched("select-by-negation", [f32(4), f32(4)], (b, [x, y]) => b.select(b.unary("is-finite", x), x, y));
  });

  it("nested-select", () => {
    expect(
      rewritten("nested-select", [pred(4), f32(4), f32(4), f32(4)], (b, [p, x, y, z]) =>
        b.select(p, b.select(p, x, y), z),
      ),
    ).toMatchInlineSnapshot(`
      "%select.4 = f32[4] select(%parameter.0, %parameter.1, %parameter.2)
      %select.5 = f32[4] select(%parameter.0, %select.4, %parameter.3)
      return %select.5
      ⇒
      %select.7 = f32[4] select(%parameter.0, %parameter.1, %parameter.3)
      return %select.7"
    `);
    expectUntouched("nested-select", [pred(4), pred(4), f32(4), f32(4)], (b, [p, q, x, y]) =>
      b.select(p, b.select(q, x, y), y),
    );
  });

  it("select-by-scalar", () => {
    expect(
      rewritten("select-by-scalar", [pred(), f32(4), f32(4)], (b, [p, x, y]) =>
        b.select(b.broadcast(p, [4], []), x, y),
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.3 = pred[4] broadcast(%parameter.0), dimensions={}
      %select.4 = f32[4] select(%broadcast.3, %parameter.1, %parameter.2)
      return %select.4
      ⇒
      %select.6 = f32[4] select(%parameter.0, %parameter.1, %parameter.2)
      return %select.6"
    `);
    expectUntouched("select-by-scalar", [pred(2), f32(2, 2), f32(2, 2)], (b, [p, x, y]) =>
      b.select(b.broadcast(p, [2, 2], [0]), x, y),
    );
  });

  it("clamp-by-scalars", () => {
    expect(
      rewritten("clamp-by-scalars", [f32(4), f32()], (b, [x, lo]) =>
        b.clamp(b.broadcast(lo, [4], []), x, b.fill(1, "float32", [4])),
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.2 = f32[4] broadcast(%parameter.1), dimensions={}
      %constant.3 = f32[] constant(1)
      %broadcast.4 = f32[4] broadcast(%constant.3), dimensions={}
      %clamp.5 = f32[4] clamp(%broadcast.2, %parameter.0, %broadcast.4)
      return %clamp.5
      ⇒
      %constant.3 = f32[] constant(1)
      %clamp.7 = f32[4] clamp(%parameter.1, %parameter.0, %constant.3)
      return %clamp.7"
    `);
    expectUntouched("clamp-by-scalars", [f32(4), f32(4)], (b, [x, lo]) => b.clamp(lo, x, float(b, 1)));
  });

  it("clamp-twice", () => {
    expect(
      rewritten("clamp-twice", [f32(4), f32(), f32()], (b, [x, lo, hi]) => b.clamp(lo, b.clamp(lo, x, hi), hi)),
    ).toMatchInlineSnapshot(`
      "%clamp.3 = f32[4] clamp(%parameter.1, %parameter.0, %parameter.2)
      %clamp.4 = f32[4] clamp(%parameter.1, %clamp.3, %parameter.2)
      return %clamp.4
      ⇒
      %clamp.3 = f32[4] clamp(%parameter.1, %parameter.0, %parameter.2)
      return %clamp.3"
    `);
    expectUntouched("clamp-twice", [f32(4), f32(), f32()], (b, [x, lo, hi]) => b.clamp(lo, b.clamp(hi, x, lo), hi));
  });
});
