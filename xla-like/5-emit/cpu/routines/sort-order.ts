/** What a sort's comparator says, if it is of the kind that the routine knows: the order of some operands, one after the other. */
import { dtypes, type HloComputation, type HloInstruction, isComplex, isFloat, realPart } from "../../../hlo/index.js";
import { shapeOf } from "./routine.js";

export interface SortKey {
  readonly operand: number;
  /** Of a complex operand the part that is compared. */
  readonly part: "whole" | "real" | "imag";
  readonly descending: boolean;
  /** Floats by their bits, so that -0 stands before 0; otherwise zeros are equal, and NaNs are and stand last. */
  readonly byBits: boolean;
}

/** Half of a comparison: which parameter it reads, and what it makes of it. */
interface Side {
  readonly parameter: number;
  readonly part: SortKey["part"];
  readonly canonical: boolean;
}

/** The keys that `comparator` compares its (a0, b0, a1, b1, …) by; undefined if it is any other computation. */
export function sortOrder(comparator: HloComputation): readonly SortKey[] | undefined {
  const keys: SortKey[] = [];
  let rest: HloInstruction | undefined = comparator.root;
  while (rest !== undefined) {
    // before, or equal and before by what follows.
    const [before, next]: readonly [HloInstruction, HloInstruction | undefined] =
      rest.opcode === "or" ? splitOr(rest) : [rest, undefined];
    const key = keyOf(before);
    if (key === undefined) return undefined;
    keys.push(key);
    if (next === undefined) return keys;
    rest = afterEqual(next, before);
  }
  return undefined;
}

const splitOr = (i: HloInstruction): readonly [HloInstruction, HloInstruction] => {
  const [x, y] = i.operands;
  return y.opcode === "compare" && x.opcode === "and" ? [y, x] : [x, y];
};

/** What decides where `before`'s two sides are equal. */
function afterEqual(i: HloInstruction, before: HloInstruction): HloInstruction | undefined {
  if (i.opcode !== "and") return undefined;
  const [x, y] = i.operands;
  if (isEqualityOf(x, before)) return y;
  return isEqualityOf(y, before) ? x : undefined;
}

function isEqualityOf(i: HloInstruction, before: HloInstruction): boolean {
  if (i.opcode !== "compare" || i.direction !== "EQ" || before.opcode !== "compare") return false;
  if (i.totalOrder !== before.totalOrder) return false;
  const [a, b] = i.operands.map(sideOf);
  const [x, y] = before.operands.map(sideOf);
  if (a === undefined || b === undefined || x === undefined || y === undefined) return false;
  return (sameSide(a, x) && sameSide(b, y)) || (sameSide(a, y) && sameSide(b, x));
}

const sameSide = (a: Side, b: Side): boolean =>
  a.parameter === b.parameter && a.part === b.part && a.canonical === b.canonical;

function keyOf(i: HloInstruction): SortKey | undefined {
  if (i.opcode !== "compare" || (i.direction !== "LT" && i.direction !== "GT")) return undefined;
  const [x, y] = i.operands.map(sideOf);
  if (x === undefined || y === undefined || x.part !== y.part || x.canonical !== y.canonical) return undefined;
  const operand = x.parameter >> 1;
  if (y.parameter !== (x.parameter ^ 1)) return undefined;
  const isForward = x.parameter % 2 === 0;
  // Floats that compare by their values alone have no order with NaN.
  const { dtype } = shapeOf(i.operands[0]);
  if (isFloat(dtype) && !i.totalOrder) return undefined;
  if (isComplex(dtype)) return undefined;
  return {
    operand,
    part: x.part,
    descending: (i.direction === "GT") === isForward,
    byBits: isFloat(dtype) && !x.canonical,
  };
}

function sideOf(i: HloInstruction): Side | undefined {
  if (i.opcode === "parameter") return { parameter: i.index, part: "whole", canonical: false };
  if (i.opcode === "real" || i.opcode === "imag") {
    const [of] = i.operands;
    return of.opcode === "parameter" ? { parameter: of.index, part: i.opcode, canonical: false } : undefined;
  }
  const x = canonicalOperand(i);
  const side = x === undefined ? undefined : sideOf(x);
  return side === undefined || side.canonical ? undefined : { ...side, canonical: true };
}

/** x, if `i` is x with NaNs made one and zeros without their sign: two selects, in either order. */
function canonicalOperand(i: HloInstruction): HloInstruction | undefined {
  const outer = replacement(i);
  const inner = outer && replacement(outer.otherwise);
  if (outer === undefined || inner === undefined || outer.what === inner.what) return undefined;
  const x = inner.otherwise;
  // Both conditions may ask the operand itself; the outer one may ask what the inner one gives.
  const asks = (condition: HloInstruction): boolean => condition === x || condition === outer.otherwise;
  return asks(outer.tested) && inner.tested === x ? x : undefined;
}

interface Replacement {
  readonly what: "zero" | "nan";
  readonly tested: HloInstruction;
  readonly otherwise: HloInstruction;
}

/** select(x == 0, 0, y) or select(x != x, NaN, y). */
function replacement(i: HloInstruction): Replacement | undefined {
  if (i.opcode !== "select") return undefined;
  const [condition, value, otherwise] = i.operands;
  if (condition.opcode !== "compare" || condition.totalOrder) return undefined;
  const [a, b] = condition.operands;
  if (condition.direction === "NE" && a === b && isScalar(value, "nan")) return { what: "nan", tested: a, otherwise };
  if (condition.direction !== "EQ" || !isScalar(value, "zero")) return undefined;
  if (isScalar(b, "zero")) return { what: "zero", tested: a, otherwise };
  return isScalar(a, "zero") ? { what: "zero", tested: b, otherwise } : undefined;
}

/** Whether a constant is +0 (or, where it is compared with, any zero), or a positive NaN, as its bits have it. */
function isScalar(i: HloInstruction, what: Replacement["what"]): boolean {
  if (i.opcode !== "constant" || i.data.length !== 1) return false;
  const { dtype } = i.shape;
  const infinity = infinityBits[dtype];
  if (infinity === undefined) return false;
  const { buffer, byteOffset } = i.data;
  const view = new DataView(buffer, byteOffset, dtypes[dtype].bytes);
  const bits = {
    2: () => BigInt(view.getUint16(0, true)),
    4: () => BigInt(view.getUint32(0, true)),
    8: () => view.getBigUint64(0, true),
  }[dtypes[dtype].bytes as 2 | 4 | 8]();
  return what === "zero"
    ? bits === 0n
    : bits > infinity && bits < infinity * 2n + 2n && bits >> BigInt(8 * dtypes[dtype].bytes - 1) === 0n;
}

const infinityBits: Partial<Record<string, bigint>> = {
  float16: 0x7c00n,
  bfloat16: 0x7f80n,
  float32: 0x7f800000n,
  float64: 0x7ff0000000000000n,
};

/** The type that a key compares. */
export const keyType = (dtype: Parameters<typeof realPart>[0], part: SortKey["part"]): typeof dtype =>
  part === "whole" ? dtype : realPart(dtype);
