import { describe, expect, it } from "vitest";
import { grad } from "../../src/api/grad.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as p from "../../src/primitives/index.js";
import { scalar, tensor } from "./elementwise-support.js";

const f = tensor([1, 2, 3]);
const i = tensor([1, 2, 3], "int32");
const z = tensor([{ re: 1, im: 2 }], "complex64");
const yes = tensor([true, false, true], "bool");

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (e) {
    return String(e);
  }
  return "no error";
};

describe("errors name the primitive, the operand and the remedy", () => {
  it("shapes that differ", () => {
    expect(messageOf(() => p.add(f, tensor([1, 2])))).toMatchInlineSnapshot(
      `"ShapeError: add: operand 'x' has shape [3], but operand 'y' has shape [2]. Their sizes must be equal, or 1; operands may be scalars. Reshape one, or add dimensions of size 1 where it is to repeat.  [CT103]"`,
    );
    expect(messageOf(() => p.clamp(tensor([0]), f, 1))).toMatchInlineSnapshot(
      `"ShapeError: clamp: operand 'min' has shape [1], but operand 'x' has shape [3]. A bound must be a scalar or have x's shape.  [CT103]"`,
    );
  });

  it("dtypes that differ", () => {
    expect(messageOf(() => p.mul(f, i))).toMatchInlineSnapshot(
      `"DTypeError: mul: operand 'x' is float32, but operand 'y' is int32. lax's functions want equal dtypes; convert one with astype, or use numpy's, which promote.  [CT104]"`,
    );
    expect(messageOf(() => p.pow(i, f))).toMatchInlineSnapshot(
      `"DTypeError: pow: operand 'x' is int32 and operand 'y' is float32, but x must be a float or complex, and y an integer or of x's dtype. Convert one with astype, or use integerPow.  [CT104]"`,
    );
  });

  it("dtypes an operation does not take", () => {
    expect(messageOf(() => p.sin(i))).toMatchInlineSnapshot(
      `"DTypeError: sin: operand 'x' is int32, but it takes only floats and complex numbers. Convert it with astype.  [CT105]"`,
    );
    expect(messageOf(() => p.neg(yes))).toMatchInlineSnapshot(
      `"DTypeError: neg: operand 'x' is bool, but it takes only integers, floats and complex numbers. Convert it with astype.  [CT105]"`,
    );
    expect(messageOf(() => p.lt(z, z))).toMatchInlineSnapshot(
      `"DTypeError: lt: operand 'x' is complex64, but it takes only booleans, integers and floats. Convert it with astype.  [CT105]"`,
    );
    expect(messageOf(() => p.real(f))).toMatchInlineSnapshot(
      `"DTypeError: real: operand 'x' is float32, but it takes only complex numbers. Convert it with astype.  [CT105]"`,
    );
    expect(messageOf(() => p.abs(tensor([1], "uint8")))).toMatchInlineSnapshot(
      `"DTypeError: abs: operand 'x' is uint8, but it takes only signed integers, floats and complex numbers. Convert it with astype.  [CT105]"`,
    );
    expect(messageOf(() => p.complex(tensor([1], "float16"), tensor([1], "float16")))).toMatchInlineSnapshot(
      `"DTypeError: complex: operand 'x' is float16, but it takes only float32 and float64, the types complex numbers are made of. Convert it with astype.  [CT105]"`,
    );
    expect(messageOf(() => p.bitwiseAnd(f, f))).toMatchInlineSnapshot(
      `"DTypeError: and: operand 'x' is float32, but it takes only booleans and integers. Convert it with astype.  [CT105]"`,
    );
    expect(messageOf(() => p.shiftLeft(yes, yes))).toMatchInlineSnapshot(
      `"DTypeError: shift_left: operand 'x' is bool, but it takes only integers. Convert it with astype.  [CT105]"`,
    );
    expect(messageOf(() => p.round(i))).toMatchInlineSnapshot(
      `"DTypeError: round: operand 'x' is int32, but it takes only floats. Convert it with astype.  [CT105]"`,
    );
  });

  it("integer powers", () => {
    expect(messageOf(() => p.integerPow(i, -1))).toMatchInlineSnapshot(
      `"DTypeError: integer_pow: operand 'x' is int32, but the exponent is -1. Integers have no negative powers; convert x to a float with astype.  [CT105]"`,
    );
    expect(messageOf(() => p.integerPow(f, 0.5))).toMatchInlineSnapshot(
      `"ArgumentError: integer_pow: the exponent is 0.5, but it must be an integer. Use pow for others.  [CT003]"`,
    );
  });

  it("selection", () => {
    expect(messageOf(() => p.selectN(yes))).toMatchInlineSnapshot(
      `"ArgumentError: select_n: it needs at least one case, got none.  [CT003]"`,
    );
    expect(messageOf(() => p.select(yes, f, scalar(1)))).toMatchInlineSnapshot(
      `"ShapeError: select_n: case 0 has shape [], but case 1 has shape [3]. Broadcast them to one shape.  [CT103]"`,
    );
    expect(messageOf(() => p.select(yes, f, i))).toMatchInlineSnapshot(
      `"DTypeError: select_n: case 0 is int32, but case 1 is float32. Convert one with astype.  [CT104]"`,
    );
    expect(messageOf(() => p.select(tensor([true], "bool"), f, f))).toMatchInlineSnapshot(
      `"ShapeError: select_n: operand 'which' has shape [1], but the cases have shape [3]. It must be a scalar or have the cases' shape.  [CT103]"`,
    );
    expect(messageOf(() => p.select(f, f, f))).toMatchInlineSnapshot(
      `"DTypeError: select_n: operand 'which' is float32, but it takes only bool or integer types. Compare or round it first.  [CT105]"`,
    );
    expect(messageOf(() => p.selectN(yes, f, f, f))).toMatchInlineSnapshot(
      `"DTypeError: select_n: operand 'which' is bool, which tells two cases apart, but there are 3. Use an integer.  [CT105]"`,
    );
  });

  it("conversions", () => {
    expect(messageOf(() => p.bitcastConvertType(z, "int32"))).toMatchInlineSnapshot(
      `"DTypeError: bitcast_convert_type: the bits of complex64 cannot be read as int32. Both must be integers or floats; take complex numbers apart with real and imag first.  [CT105]"`,
    );
    expect(messageOf(() => p.bitcastConvertType(tensor([1, 2, 3], "uint8"), "float32"))).toMatchInlineSnapshot(
      `"ShapeError: bitcast_convert_type: operand 'x' has shape [3], but to read uint8 as float32 its last dimension must have size 4. Reshape it first.  [CT107]"`,
    );
    expect(messageOf(() => p.reducePrecision(f, 0, 3))).toMatchInlineSnapshot(
      `"ArgumentError: reduce_precision: exponentBits is 0 and mantissaBits 3. Give at least 1 exponent bit and 0 mantissa bits, as integers.  [CT004]"`,
    );
  });

  it("derivatives without a formula", () => {
    const gradient = (g: (x: Tensor) => Tensor) => () => grad(g)(scalar(0.5));
    expect(messageOf(gradient((x) => p.nextafter(x, 1)))).toMatchInlineSnapshot(
      `"TransformError: nextafter: no derivative with respect to operand 'x' is known. Use stopGradient on it if it is a constant, or give the function a rule of its own with customJvp.  [CT331]"`,
    );
    expect(messageOf(gradient((x) => p.betainc(x, scalar(1), scalar(0.5))))).toMatchInlineSnapshot(
      `"TransformError: regularized_incomplete_beta: no derivative with respect to operand 'a' is known. Use stopGradient on it if it is a constant, or give the function a rule of its own with customJvp.  [CT331]"`,
    );
  });
});
