/** Conversions of element types that change nothing, or that one conversion does as well as two. */
import { type DType, dtypes, isInteger } from "../../hlo/dtype.js";
import { holds } from "../facts/conversions.js";
import { dtypeOf } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

/** convert to the operand's own type → the operand. */
const convertToSame = rule({
  name: "convert-to-same",
  match: ["convert", "bitcast-convert"],
  rewrite: ({ shape, operands: [x] }) => (dtypeOf(x) === shape.dtype ? x : undefined),
});

/** Floats saturate where integers wrap around: int8 → float32 → uint8 is not int8 → uint8. */
const saturates = (from: DType, through: DType, to: DType): boolean =>
  isInteger(from) && !isInteger(through) && isInteger(to) && !holds(to, from);

/** A → B → C is A → C where B holds every A: int8 → int32 → float32. */
const convertThroughWider = rule({
  name: "convert-through-wider",
  match: ["convert"],
  rewrite: ({ shape, operands: [x] }, cx) => {
    if (x.opcode !== "convert") return undefined;
    const [source] = x.operands;
    // A complex number may not become a real one, and one made from a real number is one to be again.
    const isAllowed = dtypes[dtypeOf(source)].kind !== "complex" || dtypes[shape.dtype].kind === "complex";
    const through = x.shape.dtype;
    return isAllowed && holds(through, dtypeOf(source)) && !saturates(dtypeOf(source), through, shape.dtype)
      ? cx.convert(source, shape.dtype)
      : undefined;
  },
});

/** Bits read as B and then as C are bits read as C, while widths stay. */
const bitcastTwice = rule({
  name: "bitcast-twice",
  match: ["bitcast-convert"],
  rewrite: ({ shape, operands: [x] }, cx) => {
    if (x.opcode !== "bitcast-convert") return undefined;
    const [source] = x.operands;
    const widths = new Set([shape.dtype, x.shape.dtype, dtypeOf(source)].map((d) => dtypes[d].bytes));
    // Bool is no type to read bits as, but for its own.
    const isAllowed = dtypeOf(source) !== "bool" && shape.dtype !== "bool";
    return widths.size === 1 && isAllowed ? cx.bitcastConvert(source, shape.dtype) : undefined;
  },
});

const fullPrecision: Readonly<Record<string, readonly [exponentBits: number, mantissaBits: number]>> = {
  float16: [5, 10],
  bfloat16: [8, 7],
  float32: [8, 23],
  float64: [11, 52],
};

/** reduce-precision to at least what the type has. */
const reduceToFullPrecision = rule({
  name: "reduce-to-full-precision",
  match: ["reduce-precision"],
  rewrite: ({ shape, exponentBits, mantissaBits, operands: [x] }) => {
    const [e, m] = fullPrecision[shape.dtype];
    return exponentBits >= e && mantissaBits >= m ? x : undefined;
  },
});

/** Reducing twice to the same precision. */
const reducePrecisionTwice = rule({
  name: "reduce-precision-twice",
  match: ["reduce-precision"],
  rewrite: ({ exponentBits, mantissaBits, operands: [x] }) =>
    x.opcode === "reduce-precision" && x.exponentBits === exponentBits && x.mantissaBits === mantissaBits
      ? x
      : undefined,
});

export const conversionRules = [
  convertToSame,
  convertThroughWider,
  bitcastTwice,
  reduceToFullPrecision,
  reducePrecisionTwice,
];
