/** Comparisons, which give booleans. */

import type { CompareDirection } from "../../xla-like/index.js";
import type { DefinedPrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import type { DTypeClass } from "./checks.js";
import { defineBinary } from "./elementwise.js";
import { dtypeOf, ordersTotally } from "./lowering.js";
import { type Operand, pair } from "./operand.js";

type Comparison = DefinedPrimitive<"x" | "y", Readonly<Record<never, never>>>;

const comparison = (name: string, doc: string, takes: DTypeClass, direction: CompareDirection): Comparison =>
  defineBinary({
    name,
    doc,
    takes,
    gives: () => "bool",
    lower: (b, x, y) => b.compare(x, y, direction),
    diff: { kind: "discrete" },
  });

/** Compares floats in the total order, which tells -0 from 0 and has places for NaNs. */
const totalComparison = (name: string, doc: string, takes: DTypeClass, direction: CompareDirection): Comparison =>
  defineBinary({
    name,
    doc: `${doc}, in the order -NaN < -∞ < … < -0 < 0 < … < ∞ < NaN.`,
    takes,
    gives: () => "bool",
    lower: (b, x, y) => b.compare(x, y, direction, { totalOrder: ordersTotally(dtypeOf(x)) }),
    diff: { kind: "discrete" },
  });

export const eqP = comparison("eq", "Whether x equals y; NaN equals nothing.", "any", "EQ");
export const neP = comparison("ne", "Whether x differs from y; NaN differs from everything.", "any", "NE");
export const ltP = comparison("lt", "Whether x is below y.", "ordered", "LT");
export const leP = comparison("le", "Whether x is not above y; false with NaN.", "ordered", "LE");
export const gtP = comparison("gt", "Whether x is above y.", "ordered", "GT");
export const geP = comparison("ge", "Whether x is not below y; false with NaN.", "ordered", "GE");
export const eqToP = totalComparison("eq_to", "Whether x is y", "any", "EQ");
export const ltToP = totalComparison("lt_to", "Whether x stands before y", "ordered", "LT");
export const leToP = totalComparison("le_to", "Whether x stands before y or is it", "ordered", "LE");

/** x = y, element by element. */
export const eq = (x: Operand, y: Operand): Tensor => eqP.bind(pair(x, y), {});
/** x ≠ y, element by element. */
export const ne = (x: Operand, y: Operand): Tensor => neP.bind(pair(x, y), {});
/** x < y, element by element. */
export const lt = (x: Operand, y: Operand): Tensor => ltP.bind(pair(x, y), {});
/** x ≤ y, element by element. */
export const le = (x: Operand, y: Operand): Tensor => leP.bind(pair(x, y), {});
/** x > y, element by element. */
export const gt = (x: Operand, y: Operand): Tensor => gtP.bind(pair(x, y), {});
/** x ≥ y, element by element. */
export const ge = (x: Operand, y: Operand): Tensor => geP.bind(pair(x, y), {});
/** x = y in the total order of floats. */
export const eqTo = (x: Operand, y: Operand): Tensor => eqToP.bind(pair(x, y), {});
/** x < y in the total order of floats. */
export const ltTo = (x: Operand, y: Operand): Tensor => ltToP.bind(pair(x, y), {});
/** x ≤ y in the total order of floats. */
export const leTo = (x: Operand, y: Operand): Tensor => leToP.bind(pair(x, y), {});
