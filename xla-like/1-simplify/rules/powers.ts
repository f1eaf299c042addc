/** Powers with a small constant exponent, and division by a power of two. */
import { type DType, dtypes, isComplex } from "../../hlo/dtype.js";
import type { HloInstruction } from "../../hlo/instruction.js";
import { isSplat, splatNumber } from "../facts/literals.js";
import { dimsOf, dtypeOf } from "../facts/shapes.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

/** The exponents of the least and the greatest power of two whose reciprocal is a normal number. */
const exponentLimit: Readonly<Partial<Record<DType, number>>> = {
  float16: 14,
  bfloat16: 126,
  float32: 126,
  float64: 1022,
};

const isPowerOfTwo = (x: number, d: DType): boolean => {
  const limit = exponentLimit[d];
  const exponent = Math.log2(Math.abs(x));
  return (
    limit !== undefined && Number.isInteger(exponent) && Math.abs(exponent) <= limit && 2 ** exponent === Math.abs(x)
  );
};

/** x / 2ᵏ → x · 2⁻ᵏ: the same real number, rounded the same way. */
const divideByPowerOfTwo = rule({
  name: "divide-by-power-of-two",
  match: ["divide"],
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    const divisor = splatNumber(y);
    return divisor !== undefined && isPowerOfTwo(divisor, i.shape.dtype)
      ? cx.binary("multiply", x, cx.fill(1 / divisor, i.shape.dtype, i.shape.dims))
      : undefined;
  },
});

const one = (cx: RewriteContext, like: HloInstruction): HloInstruction => cx.fill(1, dtypeOf(like), dimsOf(like));

/** x⁰ → 1, also for NaN. */
const powerZero = rule({
  name: "power-zero",
  match: ["power"],
  rewrite: (i, cx) =>
    !isComplex(i.shape.dtype) && (isSplat(i.operands[1], 0) || isSplat(i.operands[1], -0)) ? one(cx, i) : undefined,
});

const integerPower = (cx: RewriteContext, x: HloInstruction, exponent: number): HloInstruction | undefined => {
  switch (exponent) {
    case 2:
      return cx.unary("square", x);
    case 3:
      return cx.binary("multiply", cx.unary("square", x), x);
    case 4:
      return cx.unary("square", cx.unary("square", x));
    default:
      return undefined;
  }
};

/** Integers wrap the same way, whatever the order of products. */
const smallIntegerPower = rule({
  name: "integer-to-small-power",
  match: ["power"],
  rewrite: (i, cx) => {
    const { kind } = dtypes[i.shape.dtype];
    const exponent = splatNumber(i.operands[1]);
    return exponent !== undefined && (kind === "signed" || kind === "unsigned")
      ? integerPower(cx, i.operands[0], exponent)
      : undefined;
  },
});

/** x² as one product is as good as a power can be; x³ and x⁴ round twice. */
const smallFloatPower = rule({
  name: "float-to-small-power",
  match: ["power"],
  exactness: "order",
  rewrite: (i, cx) => {
    const exponent = splatNumber(i.operands[1]);
    if (exponent === undefined || dtypes[i.shape.dtype].kind !== "float") return undefined;
    return exponent === -1 ? cx.binary("divide", one(cx, i), i.operands[0]) : integerPower(cx, i.operands[0], exponent);
  },
});

export const powerRules = [divideByPowerOfTwo, powerZero, smallIntegerPower, smallFloatPower];
