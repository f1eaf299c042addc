/** Computations that combine two scalars by one operation. */
import { type DType, dtypes } from "../../hlo/dtype.js";
import type { HloComputation, HloInstruction } from "../../hlo/instruction.js";
import { highestOf, isIntegerSplat, isSplat, lowestOf } from "./literals.js";

const known = ["add", "multiply", "maximum", "minimum", "and", "or", "xor"] as const;
export type KnownReducer = (typeof known)[number];

const find = (opcode: string): KnownReducer | undefined => known.find((k) => k === opcode);

/** The operation of a computation that is nothing but a well-known operation on its two parameters. */
export const knownReducer = (c: HloComputation): KnownReducer | undefined => {
  const { root } = c;
  if (c.parameters.length !== 2 || root.operands.length !== 2) return undefined;
  const [x, y] = root.operands;
  return x !== y && x.opcode === "parameter" && y.opcode === "parameter" ? find(root.opcode) : undefined;
};

/** Whether the order and grouping of operands never matters: sums and products of floats round. */
export const isExact = (op: KnownReducer, d: DType): boolean =>
  (op !== "add" && op !== "multiply") || (dtypes[d].kind !== "float" && dtypes[d].kind !== "complex");

/** Whether combining a value with itself gives it back. */
export const isIdempotent = (op: KnownReducer): boolean =>
  op === "maximum" || op === "minimum" || op === "and" || op === "or";

/** Whether combining with `x`, a scalar constant or a broadcast one, changes nothing, up to the sign of a zero sum. */
export const isIdentity = (op: KnownReducer, d: DType, x: HloInstruction): boolean => {
  const { kind } = dtypes[d];
  if (kind === "complex") return false;
  const is = (value: number | bigint): boolean =>
    kind === "float" ? isSplat(x, Number(value)) : isIntegerSplat(x, value);
  switch (op) {
    case "add":
      return is(0) || (kind === "float" && isSplat(x, -0));
    case "or":
    case "xor":
      return is(0);
    case "multiply":
      return is(1);
    case "maximum":
      return is(lowestOf(d));
    case "minimum":
      return is(highestOf(d));
    case "and":
      return kind === "unsigned" || kind === "bool" ? is(highestOf(d)) : is(-1);
  }
};
