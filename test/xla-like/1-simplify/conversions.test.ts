/** Rules of conversions, complex numbers and constants: each on a program it changes, and on one that it must leave alone. */
import { describe, expect, it } from "vitest";
import { arrayShape, type HloBuilder } from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

const f64 = (...dims: number[]) => arrayShape("float64", dims);
const c64 = (...dims: number[]) => arrayShape("complex64", dims);
const s8 = (...dims: number[]) => arrayShape("int8", dims);

describe("conversions", () => {
  it("convert-to-same", () => {
    expect(rewritten("convert-to-same", [f32(4)], (b, [x]) => b.convert(x, "float32"))).toMatchInlineSnapshot(`
      "%convert.1 = f32[4] convert(%parameter.0)
      return %convert.1
      ⇒
      return %parameter.0"
    `);
    expectUntouched("convert-to-same", [f32(4)], (b, [x]) => b.convert(x, "float64"));
  });

  it("convert-through-wider", () => {
    expect(
      rewritten("convert-through-wider", [s8(9)], (b, [x]) => b.convert(b.convert(x, "int32"), "float32")),
    ).toMatchInlineSnapshot(`
      "%convert.1 = s32[9] convert(%parameter.0)
      %convert.2 = f32[9] convert(%convert.1)
      return %convert.2
      ⇒
      %convert.4 = f32[9] convert(%parameter.0)
      return %convert.4"
    `);
    expect(
      rewritten("convert-through-wider", [f32(14)], (b, [x]) => b.convert(b.convert(x, "float64"), "int8")),
    ).not.toContain("⇒\n%convert.1");
    expectUntouched("convert-through-wider", [f64(4)], (b, [x]) => b.convert(b.convert(x, "float32"), "float64"));
    expectUntouched("convert-through-wider", [s32(4)], (b, [x]) => b.convert(b.convert(x, "float32"), "int32"));
    // A float saturates where an integer wraps around.
    expectUntouched("convert-through-wider", [s8(4)], (b, [x]) => b.convert(b.convert(x, "float32"), "uint8"));
  });

  it("bitcast-twice", () => {
    expect(
      rewritten("bitcast-twice", [f32(14)], (b, [x]) => b.bitcastConvert(b.bitcastConvert(x, "int32"), "uint32")),
    ).toMatchInlineSnapshot(`
      "%bitcast-convert.1 = s32[14] bitcast-convert(%parameter.0)
      %bitcast-convert.2 = u32[14] bitcast-convert(%bitcast-convert.1)
      return %bitcast-convert.2
      ⇒
      %bitcast-convert.4 = u32[14] bitcast-convert(%parameter.0)
      return %bitcast-convert.4"
    `);
    expectUntouched("bitcast-twice", [f32(4)], (b, [x]) => b.bitcastConvert(b.bitcastConvert(x, "uint16"), "int16"));
  });

  it("reduce-to-full-precision", () => {
    expect(
      rewritten("reduce-to-full-precision", [f32(14)], (b, [x]) => b.reducePrecision(x, 8, 23)),
    ).toMatchInlineSnapshot(`
      "%reduce-precision.1 = f32[14] reduce-precision(%parameter.0), exponent_bits=8, mantissa_bits=23
      return %reduce-precision.1
      ⇒
      return %parameter.0"
    `);
    expectUntouched("reduce-to-full-precision", [f32(4)], (b, [x]) => b.reducePrecision(x, 8, 7));
  });

  it("reduce-precision-twice", () => {
    expect(
      rewritten("reduce-precision-twice", [f32(14)], (b, [x]) => b.reducePrecision(b.reducePrecision(x, 5, 10), 5, 10)),
    ).toMatchInlineSnapshot(`
      "%reduce-precision.1 = f32[14] reduce-precision(%parameter.0), exponent_bits=5, mantissa_bits=10
      %reduce-precision.2 = f32[14] reduce-precision(%reduce-precision.1), exponent_bits=5, mantissa_bits=10
      return %reduce-precision.2
      ⇒
      %reduce-precision.1 = f32[14] reduce-precision(%parameter.0), exponent_bits=5, mantissa_bits=10
      return %reduce-precision.1"
    `);
    expectUntouched("reduce-precision-twice", [f32(4)], (b, [x]) =>
      b.reducePrecision(b.reducePrecision(x, 8, 7), 5, 10),
    );
  });
});

describe("complex numbers", () => {
  it("part-of-pair", () => {
    expect(
      rewritten("part-of-pair", [f32(4), f32(4)], (b, [x, y]) => b.unary("imag", b.binary("complex", x, y))),
    ).toMatchInlineSnapshot(`
      "%complex.2 = c64[4] complex(%parameter.0, %parameter.1)
      %imag.3 = f32[4] imag(%complex.2)
      return %imag.3
      ⇒
      return %parameter.1"
    `);
    expectUntouched("part-of-pair", [c64(4)], (b, [z]) => b.unary("imag", b.unary("conjugate", z)));
  });

  it("part-of-real", () => {
    expect(rewritten("part-of-real", [f32(4)], (b, [x]) => b.unary("imag", x))).toMatchInlineSnapshot(`
      "%imag.1 = f32[4] imag(%parameter.0)
      return %imag.1
      ⇒
      %constant.3 = f32[] constant(0)
      %broadcast.4 = f32[4] broadcast(%constant.3), dimensions={}
      return %broadcast.4"
    `);
    expectUntouched("part-of-real", [c64(4)], (b, [z]) => b.unary("imag", z));
  });

  it("pair-of-parts", () => {
    expect(
      rewritten("pair-of-parts", [c64(4)], (b, [z]) => b.binary("complex", b.unary("real", z), b.unary("imag", z))),
    ).toMatchInlineSnapshot(`
      "%real.1 = f32[4] real(%parameter.0)
      %imag.2 = f32[4] imag(%parameter.0)
      %complex.3 = c64[4] complex(%real.1, %imag.2)
      return %complex.3
      ⇒
      return %parameter.0"
    `);
    expectUntouched("pair-of-parts", [c64(4)], (b, [z]) => b.binary("complex", b.unary("imag", z), b.unary("real", z)));
  });
});

describe("constants", () => {
  it("constant-folding", () => {
    expect(
      rewritten("constant-folding", [], (b) =>
        b.binary(
          "multiply",
          b.constant("float32", [3], Float32Array.of(1, -0, Number.NaN)),
          b.constant("float32", [3], Float32Array.of(0.1, 2, 3)),
        ),
      ),
    ).toMatchInlineSnapshot(`
      "%constant.0 = f32[3] constant({1, -0, nan})
      %constant.1 = f32[3] constant({0.1, 2, 3})
      %multiply.2 = f32[3] multiply(%constant.0, %constant.1)
      return %multiply.2
      ⇒
      %constant.4 = f32[3] constant({0.1, -0, nan})
      return %constant.4"
    `);
    const big = (b: HloBuilder) =>
      b.constant(
        "float32",
        [100],
        Float32Array.from({ length: 100 }, (_, k) => k),
      );
    // The outer product would hold a hundred times what it is made of.
    expectUntouched("constant-folding", [], (b) =>
      b.dot(big(b), big(b), { lhsBatch: [], rhsBatch: [], lhsContracting: [], rhsContracting: [] }),
    );
  });

  it("constant-splat", () => {
    expect(
      rewritten("constant-splat", [], (b) => b.constant("float32", [2, 2], Float32Array.of(3, 3, 3, 3))),
    ).toMatchInlineSnapshot(`
      "%constant.0 = f32[2,2] constant({ {3, 3}, {3, 3} })
      return %constant.0
      ⇒
      %constant.2 = f32[] constant(3)
      %broadcast.3 = f32[2,2] broadcast(%constant.2), dimensions={}
      return %broadcast.3"
    `);
    expectUntouched("constant-splat", [], (b) => b.constant("float32", [2], Float32Array.of(0, -0)));
  });

  it("reshape-of-constant", () => {
    expect(
      rewritten("reshape-of-constant", [], (b) =>
        b.reshape(b.constant("int32", [4], Int32Array.of(1, 2, 3, 4)), [2, 2]),
      ),
    ).toMatchInlineSnapshot(`
      "%constant.0 = s32[4] constant({1, 2, 3, 4})
      %reshape.1 = s32[2,2] reshape(%constant.0)
      return %reshape.1
      ⇒
      %constant.3 = s32[2,2] constant({ {1, 2}, {3, 4} })
      return %constant.3"
    `);
    expectUntouched("reshape-of-constant", [], (b) => b.reshape(b.iota("int32", [4], 0), [2, 2]));
  });

  it("empty-array", () => {
    expect(rewritten("empty-array", [f32(0, 3)], (b, [x]) => b.unary("sine", x))).toMatchInlineSnapshot(`
      "%sine.1 = f32[0,3] sine(%parameter.0)
      return %sine.1
      ⇒
      %constant.3 = f32[] constant(0)
      %broadcast.4 = f32[0,3] broadcast(%constant.3), dimensions={}
      return %broadcast.4"
    `);
    expectUntouched("empty-array", [f32(1, 3)], (b, [x]) => b.unary("sine", x));
  });

  it("iota-of-one-dimension", () => {
    expect(rewritten("iota-of-one-dimension", [], (b) => b.iota("int32", [2, 3], 1))).toMatchInlineSnapshot(`
      "%iota.0 = s32[2,3] iota(), iota_dimension=1
      return %iota.0
      ⇒
      %iota.2 = s32[3] iota(), iota_dimension=0
      %broadcast.3 = s32[2,3] broadcast(%iota.2), dimensions={1}
      return %broadcast.3"
    `);
    expectUntouched("iota-of-one-dimension", [], (b) => b.iota("int32", [3], 0));
  });
});
