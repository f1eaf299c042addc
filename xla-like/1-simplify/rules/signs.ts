/** Negations and absolute values, cancelled and moved into constants. All exact: a sign is one bit. */
import { dtypes } from "../../hlo/dtype.js";
import type { HloInstruction } from "../../hlo/instruction.js";
import { idempotentOpcodes, isNonNegative } from "../facts/elementwise.js";
import { isSplat, splatOf } from "../facts/literals.js";
import { dtypeOf } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

const isNegation = (x: HloInstruction): boolean => x.opcode === "negate";
const isReal = (x: HloInstruction): boolean => dtypes[dtypeOf(x)].kind !== "complex";

/** -(-x) → x, !(!x) → x, and the conjugate's conjugate. */
const involution = rule({
  name: "involution",
  match: ["negate", "not", "conjugate"],
  rewrite: ({ opcode, operands: [x] }) => (x.opcode === opcode ? x.operands[0] : undefined),
});

/** floor(floor(x)) → floor(x). */
const idempotentFunction = rule({
  name: "idempotent-function",
  match: idempotentOpcodes,
  rewrite: ({ opcode, operands: [x] }) => (x.opcode === opcode && isReal(x) ? x : undefined),
});

/** |x| → x where x is never negative. */
const absOfNonNegative = rule({
  name: "abs-of-non-negative",
  match: ["abs"],
  rewrite: ({ operands: [x] }) => (isNonNegative(x) ? x : undefined),
});

/** |-x| → |x|, and likewise for even functions. */
const evenFunction = rule({
  name: "even-function",
  match: ["abs", "square", "cos", "cosh"],
  rewrite: ({ opcode, operands: [x] }, cx) => {
    const isSigned = isNegation(x) || (x.opcode === "abs" && opcode !== "abs");
    // |z| is real where z is not, and z² is not |z|².
    return isSigned && isReal(x.operands[0]) ? cx.unary(opcode, x.operands[0]) : undefined;
  },
});

/** x + -y → x - y, and -x + y → y - x. */
const addNegated = rule({
  name: "add-negated",
  match: ["add"],
  rewrite: ({ operands: [x, y] }, cx) => {
    if (isNegation(y)) return cx.binary("subtract", x, y.operands[0]);
    return isNegation(x) ? cx.binary("subtract", y, x.operands[0]) : undefined;
  },
});

/** x - -y → x + y. */
const subtractNegated = rule({
  name: "subtract-negated",
  match: ["subtract"],
  rewrite: ({ operands: [x, y] }, cx) => (isNegation(y) ? cx.binary("add", x, y.operands[0]) : undefined),
});

/** -0 - x → -x. 0 - x is another matter: it takes 0 to 0. */
const negativeZeroMinus = rule({
  name: "negative-zero-minus",
  match: ["subtract"],
  rewrite: ({ operands: [x, y] }, cx) => {
    const { kind } = dtypes[dtypeOf(x)];
    const isNothing = kind === "float" ? isSplat(x, -0) : kind === "signed" && isSplat(x, 0);
    return isNothing ? cx.unary("negate", y) : undefined;
  },
});

/** -x · -y → x · y, and the same for quotients. */
const productOfNegated = rule({
  name: "product-of-negated",
  match: ["multiply", "divide"],
  rewrite: ({ opcode, operands: [x, y] }, cx) =>
    isNegation(x) && isNegation(y) && dtypes[dtypeOf(x)].kind === "float"
      ? cx.binary(opcode, x.operands[0], y.operands[0])
      : undefined,
});

/** -x · c → x · -c. */
const negatedTimesConstant = rule({
  name: "negated-times-constant",
  match: ["multiply", "divide"],
  rewrite: ({ opcode, operands: [x, y] }, cx) =>
    isNegation(x) && splatOf(y) && dtypes[dtypeOf(x)].kind === "float"
      ? cx.binary(opcode, x.operands[0], cx.unary("negate", y))
      : undefined,
});

/** -(x · c) → x · -c, where nobody else needs the product. */
const negatedProduct = rule({
  name: "negated-product",
  match: ["negate"],
  rewrite: ({ operands: [p] }, cx) => {
    if ((p.opcode !== "multiply" && p.opcode !== "divide") || cx.isShared(p)) return undefined;
    const [x, y] = p.operands;
    return splatOf(y) && dtypes[p.shape.dtype].kind === "float"
      ? cx.binary(p.opcode, x, cx.unary("negate", y))
      : undefined;
  },
});

/** x · -1 → -x, and x / -1 likewise. */
const timesMinusOne = rule({
  name: "times-minus-one",
  match: ["multiply", "divide"],
  rewrite: ({ operands: [x, y] }, cx) => {
    const { kind } = dtypes[dtypeOf(x)];
    return (kind === "float" || kind === "signed") && isSplat(y, -1) ? cx.unary("negate", x) : undefined;
  },
});

export const signRules = [
  involution,
  idempotentFunction,
  absOfNonNegative,
  evenFunction,
  addNegated,
  subtractNegated,
  negativeZeroMinus,
  timesMinusOne,
  productOfNegated,
  negatedTimesConstant,
  negatedProduct,
];
