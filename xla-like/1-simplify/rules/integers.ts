/** Integer arithmetic, which is exact modulo 2ⁿ: constants meet. */
import { isInteger } from "../../hlo/dtype.js";
import { splatOf } from "../facts/literals.js";
import { rule } from "../rewriting/rule.js";

/** x - c → x + -c, so that only sums need be looked at. */
const subtractConstant = rule({
  name: "subtract-integer-constant",
  match: ["subtract"],
  rewrite: (i, cx) => {
    const [x, y] = i.operands;
    return isInteger(i.shape.dtype) && splatOf(y) && !splatOf(x)
      ? cx.binary("add", x, cx.unary("negate", y))
      : undefined;
  },
});

/** (x + a) + b → x + (a + b), and the same for products and bits. */
const constantsMeet = rule({
  name: "integer-constants-meet",
  match: ["add", "multiply", "and", "or", "xor", "maximum", "minimum"],
  rewrite: (i, cx) => {
    const [inner, b] = i.operands;
    if (inner.opcode !== i.opcode || !(isInteger(i.shape.dtype) || i.shape.dtype === "bool")) return undefined;
    const [x, a] = inner.operands;
    return splatOf(a) && splatOf(b) ? cx.binary(i.opcode, x, cx.binary(i.opcode, a, b)) : undefined;
  },
});

/** (x + y) - y → x, x - (x - y) → y, (x - y) + y → x. */
const cancellation = rule({
  name: "integer-cancellation",
  match: ["add", "subtract"],
  rewrite: (i) => {
    const [x, y] = i.operands;
    if (!isInteger(i.shape.dtype)) return undefined;
    if (i.opcode === "add") {
      if (x.opcode === "subtract" && x.operands[1] === y) return x.operands[0];
      return y.opcode === "subtract" && y.operands[1] === x ? y.operands[0] : undefined;
    }
    if (y.opcode === "subtract" && y.operands[0] === x) return y.operands[1];
    if (x.opcode !== "add") return undefined;
    if (x.operands[1] === y) return x.operands[0];
    return x.operands[0] === y ? x.operands[1] : undefined;
  },
});

export const integerRules = [subtractConstant, constantsMeet, cancellation];
