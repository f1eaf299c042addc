/** Complex numbers taken apart and put together. */
import { isComplex } from "../../hlo/dtype.js";
import { dimsOf, dtypeOf } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

/** real(complex(x, y)) → x, imag(complex(x, y)) → y. */
const partOfPair = rule({
  name: "part-of-pair",
  match: ["real", "imag"],
  rewrite: ({ opcode, operands: [z] }) => (z.opcode === "complex" ? z.operands[opcode === "real" ? 0 : 1] : undefined),
});

/** real(x) → x and imag(x) → 0 for a real x. */
const partOfReal = rule({
  name: "part-of-real",
  match: ["real", "imag"],
  rewrite: ({ opcode, operands: [x] }, cx) => {
    if (isComplex(dtypeOf(x))) return undefined;
    return opcode === "real" ? x : cx.fill(0, dtypeOf(x), dimsOf(x));
  },
});

/** complex(real(z), imag(z)) → z. */
const pairOfParts = rule({
  name: "pair-of-parts",
  match: ["complex"],
  rewrite: ({ operands: [x, y] }) =>
    x.opcode === "real" && y.opcode === "imag" && x.operands[0] === y.operands[0] && isComplex(dtypeOf(x.operands[0]))
      ? x.operands[0]
      : undefined,
});

export const complexRules = [partOfPair, partOfReal, pairOfParts];
