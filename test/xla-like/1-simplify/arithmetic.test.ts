/** Rules of elementwise arithmetic: each on a program it changes, and on one that it must leave alone. */
import { describe, expect, it } from "vitest";
import { arrayShape, type HloBuilder, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

const pred = (...dims: number[]) => arrayShape("bool", dims);
const c64 = (...dims: number[]) => arrayShape("complex64", dims);
const u8 = (...dims: number[]) => arrayShape("uint8", dims);

const float = (b: HloBuilder, value: number): HloInstruction => b.scalar("float32", value);
const int = (b: HloBuilder, value: number): HloInstruction => b.scalar("int32", value);

describe("identities", () => {
  it("constant-to-the-right", () => {
    expect(
      rewritten("constant-to-the-right", [f32(4)], (b, [x]) => b.binary("add", float(b, 2), x)),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(2)
      %broadcast.2 = f32[4] broadcast(%constant.1), dimensions={}
      %add.3 = f32[4] add(%broadcast.2, %parameter.0)
      return %add.3
      ⇒
      %constant.1 = f32[] constant(2)
      %broadcast.2 = f32[4] broadcast(%constant.1), dimensions={}
      %add.5 = f32[4] add(%parameter.0, %broadcast.2)
      return %add.5"
    `);
    expectUntouched("constant-to-the-right", [f32(4)], (b, [x]) => b.binary("subtract", float(b, 2), x));
  });

  it("neutral-element", () => {
    expect(
      rewritten("neutral-element", [f32(14)], (b, [x]) => b.binary("subtract", x, float(b, 0))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %subtract.3 = f32[14] subtract(%parameter.0, %broadcast.2)
      return %subtract.3
      ⇒
      return %parameter.0"
    `);
    expect(rewritten("neutral-element", [f32(14)], (b, [x]) => b.binary("add", x, float(b, -0)))).toContain(
      "return %parameter",
    );
    expect(rewritten("neutral-element", [f32(14)], (b, [x]) => b.binary("multiply", x, float(b, 1)))).toContain(
      "return %parameter",
    );
    expect(
      rewritten("neutral-element", [f32(14)], (b, [x]) => b.binary("maximum", x, float(b, Number.NEGATIVE_INFINITY))),
    ).toContain("return %parameter");
    expect(rewritten("neutral-element", [s32(9)], (b, [x]) => b.binary("and", x, int(b, -1)))).toContain(
      "return %parameter",
    );
    // 0 takes -0 to 0, and -0 is subtracted with a loss likewise.
    expectUntouched("neutral-element", [f32(4)], (b, [x]) => b.binary("add", x, float(b, 0)));
    expectUntouched("neutral-element", [f32(4)], (b, [x]) => b.binary("subtract", x, float(b, -0)));
    expectUntouched("neutral-element", [c64(4)], (b, [x]) => b.binary("multiply", x, b.scalar("complex64", 1)));
    expectUntouched("neutral-element", [u8(4)], (b, [x]) => b.binary("minimum", x, b.scalar("uint8", 127)));
  });

  it("absorbing-element", () => {
    expect(
      rewritten("absorbing-element", [s32(4)], (b, [x]) => b.binary("multiply", x, int(b, 0))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = s32[] constant(0)
      %broadcast.2 = s32[4] broadcast(%constant.1), dimensions={}
      %multiply.3 = s32[4] multiply(%parameter.0, %broadcast.2)
      return %multiply.3
      ⇒
      %constant.1 = s32[] constant(0)
      %broadcast.2 = s32[4] broadcast(%constant.1), dimensions={}
      return %broadcast.2"
    `);
    // NaN and infinity times 0 are NaN.
    expectUntouched("absorbing-element", [f32(4)], (b, [x]) => b.binary("multiply", x, float(b, 0)));
  });

  it("idempotent-operation", () => {
    expect(
      rewritten("idempotent-operation", [f32(4), f32(4)], (b, [x, y]) =>
        b.binary("maximum", b.binary("maximum", x, y), y),
      ),
    ).toMatchInlineSnapshot(`
      "%maximum.2 = f32[4] maximum(%parameter.0, %parameter.1)
      %maximum.3 = f32[4] maximum(%maximum.2, %parameter.1)
      return %maximum.3
      ⇒
      %maximum.2 = f32[4] maximum(%parameter.0, %parameter.1)
      return %maximum.2"
    `);
    expectUntouched("idempotent-operation", [f32(4), f32(4)], (b, [x, y]) =>
      b.binary("maximum", b.binary("minimum", x, y), y),
    );
  });

  it("cancels-itself", () => {
    expect(rewritten("cancels-itself", [s32(4)], (b, [x]) => b.binary("subtract", x, x))).toMatchInlineSnapshot(`
      "%subtract.1 = s32[4] subtract(%parameter.0, %parameter.0)
      return %subtract.1
      ⇒
      %constant.3 = s32[] constant(0)
      %broadcast.4 = s32[4] broadcast(%constant.3), dimensions={}
      return %broadcast.4"
    `);
    expectUntouched("cancels-itself", [f32(4)], (b, [x]) => b.binary("subtract", x, x));
  });

  it("shift-by-zero", () => {
    expect(
      rewritten("shift-by-zero", [s32(4)], (b, [x]) => b.binary("shift-left", x, int(b, 0))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = s32[] constant(0)
      %broadcast.2 = s32[4] broadcast(%constant.1), dimensions={}
      %shift-left.3 = s32[4] shift-left(%parameter.0, %broadcast.2)
      return %shift-left.3
      ⇒
      return %parameter.0"
    `);
    expectUntouched("shift-by-zero", [s32(4)], (b, [x]) => b.binary("shift-left", x, int(b, 1)));
  });

  it("remainder-of-one", () => {
    expect(
      rewritten("remainder-of-one", [s32(4)], (b, [x]) => b.binary("remainder", x, int(b, 1))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = s32[] constant(1)
      %broadcast.2 = s32[4] broadcast(%constant.1), dimensions={}
      %remainder.3 = s32[4] remainder(%parameter.0, %broadcast.2)
      return %remainder.3
      ⇒
      %constant.5 = s32[] constant(0)
      %broadcast.6 = s32[4] broadcast(%constant.5), dimensions={}
      return %broadcast.6"
    `);
    expectUntouched("remainder-of-one", [f32(4)], (b, [x]) => b.binary("remainder", x, float(b, 1)));
  });

  it("and-or-with-negation", () => {
    expect(
      rewritten("and-or-with-negation", [pred(4)], (b, [p]) => b.binary("or", p, b.unary("not", p))),
    ).toMatchInlineSnapshot(`
      "%not.1 = pred[4] not(%parameter.0)
      %or.2 = pred[4] or(%parameter.0, %not.1)
      return %or.2
      ⇒
      %constant.4 = pred[] constant(true)
      %broadcast.5 = pred[4] broadcast(%constant.4), dimensions={}
      return %broadcast.5"
    `);
    expectUntouched("and-or-with-negation", [s32(4)], (b, [p]) => b.binary("or", p, b.unary("not", p)));
  });

  it("xor-with-true", () => {
    expect(
      rewritten("xor-with-true", [pred(4)], (b, [p]) => b.binary("xor", p, b.scalar("bool", true))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = pred[] constant(true)
      %broadcast.2 = pred[4] broadcast(%constant.1), dimensions={}
      %xor.3 = pred[4] xor(%parameter.0, %broadcast.2)
      return %xor.3
      ⇒
      %not.5 = pred[4] not(%parameter.0)
      return %not.5"
    `);
    expectUntouched("xor-with-true", [pred(4)], (b, [p]) => b.binary("xor", p, b.scalar("bool", false)));
  });
});

describe("signs", () => {
  it("involution", () => {
    expect(
      rewritten("involution", [f32(4)], (b, [x]) => b.unary("negate", b.unary("negate", x))),
    ).toMatchInlineSnapshot(`
      "%negate.1 = f32[4] negate(%parameter.0)
      %negate.2 = f32[4] negate(%negate.1)
      return %negate.2
      ⇒
      return %parameter.0"
    `);
    expectUntouched("involution", [f32(4)], (b, [x]) => b.unary("negate", b.unary("abs", x)));
  });

  it("idempotent-function", () => {
    expect(
      rewritten("idempotent-function", [f32(4)], (b, [x]) => b.unary("floor", b.unary("floor", x))),
    ).toMatchInlineSnapshot(`
      "%floor.1 = f32[4] floor(%parameter.0)
      %floor.2 = f32[4] floor(%floor.1)
      return %floor.2
      ⇒
      %floor.1 = f32[4] floor(%parameter.0)
      return %floor.1"
    `);
    expectUntouched("idempotent-function", [f32(4)], (b, [x]) => b.unary("floor", b.unary("ceil", x)));
  });

  it("abs-of-non-negative", () => {
    expect(
      rewritten("abs-of-non-negative", [f32(14)], (b, [x]) => b.unary("abs", b.unary("square", x))),
    ).toMatchInlineSnapshot(`
      "%square.1 = f32[14] square(%parameter.0)
      %abs.2 = f32[14] abs(%square.1)
      return %abs.2
      ⇒
      %square.1 = f32[14] square(%parameter.0)
      return %square.1"
    `);
    // The root of -0 is -0.
    expectUntouched("abs-of-non-negative", [f32(4)], (b, [x]) => b.unary("abs", b.unary("sqrt", x)));
  });

  it("even-function", () => {
    expect(
      rewritten("even-function", [f32(14)], (b, [x]) => b.unary("cos", b.unary("negate", x))),
    ).toMatchInlineSnapshot(`
      "%negate.1 = f32[14] negate(%parameter.0)
      %cos.2 = f32[14] cos(%negate.1)
      return %cos.2
      ⇒
      %cos.4 = f32[14] cos(%parameter.0)
      return %cos.4"
    `);
    expectUntouched("even-function", [f32(4)], (b, [x]) => b.unary("sine", b.unary("negate", x)));
    expectUntouched("even-function", [arrayShape("complex64", [4])], (b, [z]) => b.unary("square", b.unary("abs", z)));
  });

  it("add-negated", () => {
    expect(
      rewritten("add-negated", [f32(14), f32(14)], (b, [x, y]) => b.binary("add", b.unary("negate", x), y)),
    ).toMatchInlineSnapshot(`
      "%negate.2 = f32[14] negate(%parameter.0)
      %add.3 = f32[14] add(%negate.2, %parameter.1)
      return %add.3
      ⇒
      %subtract.5 = f32[14] subtract(%parameter.1, %parameter.0)
      return %subtract.5"
    `);
    expectUntouched("add-negated", [f32(4), f32(4)], (b, [x, y]) => b.binary("multiply", b.unary("negate", x), y));
  });

  it("subtract-negated", () => {
    expect(
      rewritten("subtract-negated", [f32(14), f32(14)], (b, [x, y]) => b.binary("subtract", x, b.unary("negate", y))),
    ).toMatchInlineSnapshot(`
      "%negate.2 = f32[14] negate(%parameter.1)
      %subtract.3 = f32[14] subtract(%parameter.0, %negate.2)
      return %subtract.3
      ⇒
      %add.5 = f32[14] add(%parameter.0, %parameter.1)
      return %add.5"
    `);
    // -x - y is -(x + y) but for the sign of zero.
    expectUntouched("subtract-negated", [f32(4), f32(4)], (b, [x, y]) => b.binary("subtract", b.unary("negate", x), y));
  });

  it("negative-zero-minus", () => {
    expect(
      rewritten("negative-zero-minus", [f32(14)], (b, [x]) => b.binary("subtract", float(b, -0), x)),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(-0)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %subtract.3 = f32[14] subtract(%broadcast.2, %parameter.0)
      return %subtract.3
      ⇒
      %negate.5 = f32[14] negate(%parameter.0)
      return %negate.5"
    `);
    expectUntouched("negative-zero-minus", [f32(4)], (b, [x]) => b.binary("subtract", float(b, 0), x));
  });

  it("times-minus-one", () => {
    expect(
      rewritten("times-minus-one", [f32(14)], (b, [x]) => b.binary("multiply", x, float(b, -1))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(-1)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %multiply.3 = f32[14] multiply(%parameter.0, %broadcast.2)
      return %multiply.3
      ⇒
      %negate.5 = f32[14] negate(%parameter.0)
      return %negate.5"
    `);
    expectUntouched("times-minus-one", [c64(4)], (b, [x]) => b.binary("multiply", x, b.scalar("complex64", -1)));
  });

  it("product-of-negated", () => {
    expect(
      rewritten("product-of-negated", [f32(14), f32(14)], (b, [x, y]) =>
        b.binary("divide", b.unary("negate", x), b.unary("negate", y)),
      ),
    ).toMatchInlineSnapshot(`
      "%negate.2 = f32[14] negate(%parameter.0)
      %negate.3 = f32[14] negate(%parameter.1)
      %divide.4 = f32[14] divide(%negate.2, %negate.3)
      return %divide.4
      ⇒
      %divide.6 = f32[14] divide(%parameter.0, %parameter.1)
      return %divide.6"
    `);
    // The most negative integer is its own negation.
    expectUntouched("product-of-negated", [s32(4), s32(4)], (b, [x, y]) =>
      b.binary("divide", b.unary("negate", x), b.unary("negate", y)),
    );
  });

  it("negated-times-constant", () => {
    expect(
      rewritten("negated-times-constant", [f32(14)], (b, [x]) =>
        b.binary("multiply", b.unary("negate", x), float(b, 3)),
      ),
    ).toMatchInlineSnapshot(`
      "%negate.1 = f32[14] negate(%parameter.0)
      %constant.2 = f32[] constant(3)
      %broadcast.3 = f32[14] broadcast(%constant.2), dimensions={}
      %multiply.4 = f32[14] multiply(%negate.1, %broadcast.3)
      return %multiply.4
      ⇒
      %constant.2 = f32[] constant(3)
      %broadcast.3 = f32[14] broadcast(%constant.2), dimensions={}
      %negate.6 = f32[14] negate(%broadcast.3)
      %multiply.7 = f32[14] multiply(%parameter.0, %negate.6)
      return %multiply.7"
    `);
    expectUntouched("negated-times-constant", [f32(4), f32(4)], (b, [x, y]) =>
      b.binary("multiply", b.unary("negate", x), y),
    );
  });

  it("negated-product", () => {
    expect(
      rewritten("negated-product", [f32(14)], (b, [x]) => b.unary("negate", b.binary("multiply", x, float(b, 3)))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(3)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %multiply.3 = f32[14] multiply(%parameter.0, %broadcast.2)
      %negate.4 = f32[14] negate(%multiply.3)
      return %negate.4
      ⇒
      %constant.1 = f32[] constant(3)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %negate.6 = f32[14] negate(%broadcast.2)
      %multiply.7 = f32[14] multiply(%parameter.0, %negate.6)
      return %multiply.7"
    `);
    // Somebody else needs the product.
    expectUntouched("negated-product", [f32(4)], (b, [x]) => {
      const p = b.binary("multiply", x, float(b, 3));
      return [p, b.unary("negate", p)];
    });
  });
});
