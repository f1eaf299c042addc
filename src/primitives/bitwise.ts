/** Operations on the bits of integers, and on booleans. */

import type { BinaryOpcode } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { bool, i32, u8, u32 } from "../core/avals.js";
import type { DefinedPrimitive, Domain, Sample } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { defineBinary, defineUnary } from "./elementwise.js";
import { type Operand, pair } from "./operand.js";

type NoParams = Readonly<Record<never, never>>;
type Binary = DefinedPrimitive<"x" | "y", NoParams>;

const sample = (x: ShapedArray, y: ShapedArray, domain?: Domain): Sample<"x" | "y", NoParams> => ({
  avals: { x, y },
  params: {},
  ...(domain && { domain: { y: domain } }),
});

const connective = (name: string, doc: string, lower: BinaryOpcode): Binary =>
  defineBinary({
    name,
    doc,
    takes: "bool or integer",
    lower,
    diff: { kind: "discrete" },
    samples: [sample(i32(2, 3), i32(2, 3)), sample(bool(3), bool(3)), sample(u8(3), u8()), sample(bool(), bool(0))],
  });

const shift = (name: string, doc: string, lower: BinaryOpcode): Binary => {
  const places: Domain = { min: 0, max: 7 };
  return defineBinary({
    name,
    doc,
    takes: "integer",
    lower,
    diff: { kind: "discrete" },
    samples: [sample(i32(2, 3), i32(2, 3), places), sample(u32(3), u32(), places), sample(u8(), u8(2), places)],
  });
};

export const notP = defineUnary({
  name: "not",
  doc: "Every bit flipped; the negation of booleans.",
  takes: "bool or integer",
  lower: "not",
  diff: { kind: "discrete" },
  samples: [i32(2, 3), bool(3), u8()].map((x) => ({ avals: { x }, params: {} })),
});
/** Every bit flipped; the negation of booleans. */
export const bitwiseNot = (x: Tensor): Tensor => notP.bind({ x }, {});

export const andP = connective("and", "The bits that both have.", "and");
/** The bits that both have; the conjunction of booleans. */
export const bitwiseAnd = (x: Operand, y: Operand): Tensor => andP.bind(pair(x, y), {});

export const orP = connective("or", "The bits that either has.", "or");
/** The bits that either has; the disjunction of booleans. */
export const bitwiseOr = (x: Operand, y: Operand): Tensor => orP.bind(pair(x, y), {});

export const xorP = connective("xor", "The bits that exactly one has.", "xor");
/** The bits that exactly one has. */
export const bitwiseXor = (x: Operand, y: Operand): Tensor => xorP.bind(pair(x, y), {});

export const shiftLeftP = shift("shift_left", "x with its bits moved y places up; 0 from the width on.", "shift-left");
/** x with its bits moved y places up. */
export const shiftLeft = (x: Operand, y: Operand): Tensor => shiftLeftP.bind(pair(x, y), {});

export const shiftRightArithmeticP = shift(
  "shift_right_arithmetic",
  "x with its bits moved y places down, copies of the sign bit following.",
  "shift-right-arithmetic",
);
/** x with its bits moved y places down, copies of the sign bit following. */
export const shiftRightArithmetic = (x: Operand, y: Operand): Tensor => shiftRightArithmeticP.bind(pair(x, y), {});

export const shiftRightLogicalP = shift(
  "shift_right_logical",
  "x with its bits moved y places down, zeros following.",
  "shift-right-logical",
);
/** x with its bits moved y places down, zeros following. */
export const shiftRightLogical = (x: Operand, y: Operand): Tensor => shiftRightLogicalP.bind(pair(x, y), {});

export const populationCountP = defineUnary({
  name: "population_count",
  doc: "The number of bits that are set.",
  takes: "integer",
  lower: "popcnt",
  diff: { kind: "discrete" },
});
/** The number of bits that are set. */
export const populationCount = (x: Tensor): Tensor => populationCountP.bind({ x }, {});

export const clzP = defineUnary({
  name: "clz",
  doc: "The number of zero bits above the highest that is set.",
  takes: "integer",
  lower: "count-leading-zeros",
  diff: { kind: "discrete" },
});
/** The number of zero bits above the highest that is set. */
export const clz = (x: Tensor): Tensor => clzP.bind({ x }, {});
