/** Operations with a neutral or an absorbing element, and operations on one value twice. All exact in IEEE arithmetic. */
import { type DType, dtypes, isInteger } from "../../hlo/dtype.js";
import type { HloInstruction } from "../../hlo/instruction.js";
import { highestOf, isFalse, isIntegerSplat, isSplat, isTrue, lowestOf } from "../facts/literals.js";
import { arrayShapeOf, dtypeOf } from "../facts/shapes.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

const isFloat = (d: DType): boolean => dtypes[d].kind === "float";
const allOnes = (x: HloInstruction): boolean =>
  isIntegerSplat(x, dtypes[dtypeOf(x)].kind === "signed" ? -1 : highestOf(dtypeOf(x)));

/** The value of an array's type, everywhere. */
const filled = (cx: RewriteContext, like: HloInstruction, value: number): HloInstruction =>
  cx.fill(value, dtypeOf(like), arrayShapeOf(like).dims);

const commutativeOpcodes = ["add", "multiply", "maximum", "minimum", "and", "or", "xor"] as const;

const isConstant = (x: HloInstruction): boolean =>
  x.opcode === "constant" || (x.opcode === "broadcast" && isConstant(x.operands[0]));

/** 2 + x → x + 2: the rules below look for constants on the right. */
const constantToTheRight = rule({
  name: "constant-to-the-right",
  match: commutativeOpcodes,
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    return isConstant(x) && !isConstant(y) ? cx.binary(i.opcode, y, x) : undefined;
  },
});

/** x + -0, x - 0, x · 1, x / 1, … → x. x + 0 stays for floats, because it takes -0 to 0. */
const neutral = rule({
  name: "neutral-element",
  match: ["add", "subtract", "multiply", "divide", "maximum", "minimum", "and", "or", "xor", "power"],
  rewrite: (i) => {
    const [x, y] = i.operands;
    const d = i.shape.dtype;
    const is = (value: number | bigint): boolean =>
      isFloat(d) ? isSplat(y, Number(value)) : dtypes[d].kind !== "complex" && isIntegerSplat(y, value);
    const isNeutral = (): boolean => {
      switch (i.opcode) {
        case "add":
          return isFloat(d) ? isSplat(y, -0) : is(0);
        case "subtract":
          return is(0);
        case "multiply":
          return dtypes[d].kind === "bool" ? isTrue(y) : is(1);
        case "divide":
        case "power":
          return is(1);
        case "maximum":
          return is(lowestOf(d));
        case "minimum":
          return is(highestOf(d));
        case "and":
          return d === "bool" ? isTrue(y) : allOnes(y);
        case "or":
        case "xor":
          return is(0);
      }
    };
    return isNeutral() ? x : undefined;
  },
});

/** x · 0, x & 0 → 0 and the like, for integers; max(x, highest) → highest. */
const absorbing = rule({
  name: "absorbing-element",
  match: ["multiply", "and", "or", "maximum", "minimum"],
  rewrite: (i) => {
    const y = i.operands[1];
    const d = i.shape.dtype;
    if (!isInteger(d) && d !== "bool") return undefined;
    const isAbsorbing = (): boolean => {
      switch (i.opcode) {
        case "multiply":
        case "and":
          return isIntegerSplat(y, 0);
        case "or":
          return d === "bool" ? isTrue(y) : allOnes(y);
        case "maximum":
          return isIntegerSplat(y, highestOf(d));
        case "minimum":
          return isIntegerSplat(y, lowestOf(d));
      }
    };
    return isAbsorbing() ? y : undefined;
  },
});

/** max(x, x) → x, and max(max(x, y), y) → max(x, y). */
const idempotent = rule({
  name: "idempotent-operation",
  match: ["maximum", "minimum", "and", "or"],
  rewrite: (i) => {
    const [x, y] = i.operands;
    if (x === y || (y.opcode === i.opcode && y.operands.includes(x))) return y;
    return x.opcode === i.opcode && x.operands.includes(y) ? x : undefined;
  },
});

/** x - x, x ^ x → 0 for integers: a float may be NaN. */
const withItself = rule({
  name: "cancels-itself",
  match: ["subtract", "xor"],
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    const d = i.shape.dtype;
    return x === y && (isInteger(d) || d === "bool") ? filled(cx, i, 0) : undefined;
  },
});

/** Shifts by nothing. */
const shiftByZero = rule({
  name: "shift-by-zero",
  match: ["shift-left", "shift-right-arithmetic", "shift-right-logical"],
  rewrite: (i) => (isIntegerSplat(i.operands[1], 0) ? i.operands[0] : undefined),
});

/** x % 1 → 0 for integers. */
const remainderOfOne = rule({
  name: "remainder-of-one",
  match: ["remainder"],
  rewrite: (i, cx) => (isInteger(i.shape.dtype) && isIntegerSplat(i.operands[1], 1) ? filled(cx, i, 0) : undefined),
});

/** p & !p → false, p | !p → true. */
const withItsNegation = rule({
  name: "and-or-with-negation",
  match: ["and", "or"],
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    const isOpposite = (y.opcode === "not" && y.operands[0] === x) || (x.opcode === "not" && x.operands[0] === y);
    return isOpposite && i.shape.dtype === "bool" ? filled(cx, i, i.opcode === "or" ? 1 : 0) : undefined;
  },
});

/** xor(p, true) → not(p). */
const xorWithTrue = rule({
  name: "xor-with-true",
  match: ["xor"],
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    return isTrue(y) && !isFalse(x) ? cx.unary("not", x) : undefined;
  },
});

export const identityRules = [
  constantToTheRight,
  neutral,
  absorbing,
  idempotent,
  withItself,
  shiftByZero,
  remainderOfOne,
  withItsNegation,
  xorWithTrue,
];
