/** Rules of powers, quotients and integers: each on a program it changes, and on one that it must leave alone. */
import { describe, expect, it } from "vitest";
import type { HloBuilder, HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

const float = (b: HloBuilder, value: number): HloInstruction => b.scalar("float32", value);
const int = (b: HloBuilder, value: number): HloInstruction => b.scalar("int32", value);

describe("powers", () => {
  it("divide-by-power-of-two", () => {
    expect(
      rewritten("divide-by-power-of-two", [f32(14)], (b, [x]) => b.binary("divide", x, float(b, 8))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(8)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %divide.3 = f32[14] divide(%parameter.0, %broadcast.2)
      return %divide.3
      ⇒
      %constant.5 = f32[] constant(0.125)
      %broadcast.6 = f32[14] broadcast(%constant.5), dimensions={}
      %multiply.7 = f32[14] multiply(%parameter.0, %broadcast.6)
      return %multiply.7"
    `);
    expectUntouched("divide-by-power-of-two", [f32(4)], (b, [x]) => b.binary("divide", x, float(b, 3)));
    // Its reciprocal would be denormal, and not keep all digits on every machine.
    expectUntouched("divide-by-power-of-two", [f32(4)], (b, [x]) => b.binary("divide", x, float(b, 2 ** 127)));
    expectUntouched("divide-by-power-of-two", [s32(4)], (b, [x]) => b.binary("divide", x, int(b, 8)));
  });

  it("power-zero", () => {
    expect(rewritten("power-zero", [f32(14)], (b, [x]) => b.binary("power", x, float(b, 0)))).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %power.3 = f32[14] power(%parameter.0, %broadcast.2)
      return %power.3
      ⇒
      %constant.5 = f32[] constant(1)
      %broadcast.6 = f32[14] broadcast(%constant.5), dimensions={}
      return %broadcast.6"
    `);
    expectUntouched("power-zero", [f32(4)], (b, [x]) => b.binary("power", float(b, 0), x));
  });

  it("integer-to-small-power", () => {
    expect(
      rewritten("integer-to-small-power", [s32(9)], (b, [x]) => b.binary("power", x, int(b, 3))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = s32[] constant(3)
      %broadcast.2 = s32[9] broadcast(%constant.1), dimensions={}
      %power.3 = s32[9] power(%parameter.0, %broadcast.2)
      return %power.3
      ⇒
      %square.5 = s32[9] square(%parameter.0)
      %multiply.6 = s32[9] multiply(%square.5, %parameter.0)
      return %multiply.6"
    `);
    expectUntouched("integer-to-small-power", [s32(4)], (b, [x]) => b.binary("power", x, int(b, 5)));
  });

  it("float-to-small-power", () => {
    expect(
      rewritten("float-to-small-power", [f32(14)], (b, [x]) => b.binary("power", x, float(b, 3))),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(3)
      %broadcast.2 = f32[14] broadcast(%constant.1), dimensions={}
      %power.3 = f32[14] power(%parameter.0, %broadcast.2)
      return %power.3
      ⇒
      %square.5 = f32[14] square(%parameter.0)
      %multiply.6 = f32[14] multiply(%square.5, %parameter.0)
      return %multiply.6"
    `);
    expect(rewritten("float-to-small-power", [f32(14)], (b, [x]) => b.binary("power", x, float(b, -1)))).toContain(
      "divide",
    );
    // The root of -0 is -0 and of -∞ NaN: powers give 0 and ∞.
    expectUntouched("float-to-small-power", [f32(4)], (b, [x]) => b.binary("power", x, float(b, 0.5)));
  });
});

describe("integers", () => {
  it("subtract-integer-constant", () => {
    expect(
      rewritten("subtract-integer-constant", [s32(9)], (b, [x]) => b.binary("subtract", x, int(b, 5)), [
        "constant-folding",
      ]),
    ).toMatchInlineSnapshot(`
      "%constant.1 = s32[] constant(5)
      %broadcast.2 = s32[9] broadcast(%constant.1), dimensions={}
      %subtract.3 = s32[9] subtract(%parameter.0, %broadcast.2)
      return %subtract.3
      ⇒
      %constant.1 = s32[] constant(5)
      %broadcast.2 = s32[9] broadcast(%constant.1), dimensions={}
      %negate.5 = s32[9] negate(%broadcast.2)
      %add.6 = s32[9] add(%parameter.0, %negate.5)
      return %add.6"
    `);
    expectUntouched("subtract-integer-constant", [f32(4)], (b, [x]) => b.binary("subtract", x, float(b, 5)));
  });

  it("integer-constants-meet", () => {
    expect(
      rewritten(
        "integer-constants-meet",
        [s32()],
        (b, [x]) => b.binary("add", b.binary("add", x, int(b, 5)), int(b, -7)),
        ["constant-folding"],
      ),
    ).toMatchInlineSnapshot(`
      "%constant.1 = s32[] constant(5)
      %add.2 = s32[] add(%parameter.0, %constant.1)
      %constant.3 = s32[] constant(-7)
      %add.4 = s32[] add(%add.2, %constant.3)
      return %add.4
      ⇒
      %constant.7 = s32[] constant(-2)
      %add.8 = s32[] add(%parameter.0, %constant.7)
      return %add.8"
    `);
    expectUntouched("integer-constants-meet", [f32()], (b, [x]) =>
      b.binary("add", b.binary("add", x, float(b, 5)), float(b, 7)),
    );
  });

  it("integer-cancellation", () => {
    expect(
      rewritten("integer-cancellation", [s32(4), s32(4)], (b, [x, y]) =>
        b.binary("subtract", b.binary("add", x, y), y),
      ),
    ).toMatchInlineSnapshot(`
      "%add.2 = s32[4] add(%parameter.0, %parameter.1)
      %subtract.3 = s32[4] subtract(%add.2, %parameter.1)
      return %subtract.3
      ⇒
      return %parameter.0"
    `);
    expectUntouched("integer-cancellation", [f32(4), f32(4)], (b, [x, y]) =>
      b.binary("subtract", b.binary("add", x, y), y),
    );
  });
});
