/** What the emitter can compute inside a fusion. Everything else stays a whole instruction of its computation. */
import { isElementwise } from "../1-simplify/facts/elementwise.js";
import type { HloComputation, HloInstruction } from "../hlo/instruction.js";
import { isCumulative } from "./cumulative.js";

/** An operation on single elements that has emitted code, for every element type. */
export const isScalarOperation = (i: HloInstruction): boolean => isElementwise(i);

const emittableReducers = new WeakMap<HloComputation, boolean>();

/** A computation on scalars (a reducer, a selector) all of whose operations have emitted code. */
export const isScalarComputation = (c: HloComputation): boolean => {
  const known = emittableReducers.get(c);
  if (known !== undefined) return known;
  const answer = c.instructions.every(
    (i) => i.opcode === "parameter" || i.opcode === "constant" || i.opcode === "tuple" || isScalarOperation(i),
  );
  emittableReducers.set(c, answer);
  return answer;
};

const combinerOpcodes: ReadonlySet<string> = new Set(["add", "multiply", "minimum", "maximum", "and", "or"]);

/** A scatter's combiner: one operation on both values, or the update alone. */
export const isScatterCombiner = (c: HloComputation): boolean => {
  const { root } = c;
  if (root.opcode === "parameter") return root.index === 1;
  return (
    combinerOpcodes.has(root.opcode) &&
    root.operands[0] !== root.operands[1] &&
    root.operands.every((o) => o.opcode === "parameter")
  );
};

/** Whether the instruction may stand inside a fusion of some kind. */
export const isEmittable = (i: HloInstruction): boolean => {
  switch (i.opcode) {
    case "constant":
      return i.shape.dims.length === 0;
    case "iota":
    case "broadcast":
    case "reshape":
    case "transpose":
    case "reverse":
    case "slice":
    case "pad":
    case "concatenate":
    case "dynamic-slice":
    case "gather":
    case "dynamic-update-slice":
    case "dot":
    case "convolution":
      return true;
    case "reduce":
      return isScalarComputation(i.computation);
    case "reduce-window":
      return isScalarComputation(i.computation) && !isCumulative(i);
    case "select-and-scatter":
      return isScalarComputation(i.select) && isScalarComputation(i.scatter);
    case "scatter":
      return isScatterCombiner(i.computation);
    case "get-tuple-element":
      return (
        (i.operands[0].opcode === "reduce" || i.operands[0].opcode === "reduce-window") && isEmittable(i.operands[0])
      );
    default:
      return isScalarOperation(i);
  }
};
