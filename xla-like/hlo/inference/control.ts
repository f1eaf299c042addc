/** Shapes of reduce, sort, calls, branches, loops and tuples. */
import { check } from "../error.js";
import type { HloComputation } from "../instruction.js";
import {
  type ArrayShape,
  arrayShape,
  type HloShape,
  sameDims,
  shapeText,
  type TupleShape,
  tupleShape,
} from "../shape.js";
import { checkReducer, checkSignature } from "./computation.js";
import { checkDimensions } from "./dimensions.js";

export const inferReduce = (
  xs: readonly ArrayShape[],
  inits: readonly ArrayShape[],
  dimensions: readonly number[],
  computation: HloComputation,
): HloShape => {
  checkReducer("reduce", xs, inits, computation);
  checkDimensions("reduce's dimensions", dimensions, xs[0].dims.length);
  const dims = xs[0].dims.filter((_, d) => !dimensions.includes(d));
  const shapes = xs.map((x) => arrayShape(x.dtype, dims));
  return shapes.length === 1 ? shapes[0] : tupleShape(shapes);
};

export const inferSort = (xs: readonly ArrayShape[], dimension: number, comparator: HloComputation): HloShape => {
  check(xs.length > 0, () => "sort needs at least one operand");
  const [{ dims }] = xs;
  for (const x of xs)
    check(
      sameDims(x.dims, dims),
      () => `sort's operands must have the same dimensions, not ${shapeText(xs[0])} and ${shapeText(x)}`,
    );
  checkDimensions("sort's dimension", [dimension], dims.length);
  const pairs = xs.flatMap((x) => [arrayShape(x.dtype, []), arrayShape(x.dtype, [])]);
  checkSignature("sort", comparator, pairs, arrayShape("bool", []));
  return xs.length === 1 ? xs[0] : tupleShape(xs);
};

export const inferWhile = (
  condition: HloComputation,
  body: HloComputation,
  inits: readonly ArrayShape[],
): TupleShape => {
  const state = tupleShape(inits);
  checkSignature("while's condition", condition, inits, arrayShape("bool", []));
  checkSignature("while's body", body, inits, state);
  return state;
};

const resultTuple = (what: string, c: HloComputation): TupleShape => {
  const { shape } = c.root;
  check(shape.kind === "tuple", () => `${what} %${c.name} must return a tuple, not ${shapeText(shape)}`);
  return shape;
};

export const inferConditional = (
  index: ArrayShape,
  branches: readonly HloComputation[],
  operands: readonly ArrayShape[],
): TupleShape => {
  check(
    index.dtype === "int32" && index.dims.length === 0,
    () => `conditional's index is ${shapeText(index)}, but must be an int32 scalar`,
  );
  check(branches.length > 0, () => "conditional needs at least one branch");
  const result = resultTuple("conditional's branch", branches[0]);
  branches.forEach((b, i) => {
    checkSignature(`conditional's branch ${i}`, b, operands, result);
  });
  return result;
};

export const inferCall = (computation: HloComputation, operands: readonly ArrayShape[]): TupleShape => {
  const result = resultTuple("the called computation", computation);
  checkSignature("call", computation, operands, result);
  return result;
};

export const inferGetTupleElement = (t: HloShape, index: number): ArrayShape => {
  check(t.kind === "tuple", () => `get-tuple-element takes a tuple, not ${shapeText(t)}`);
  check(
    Number.isInteger(index) && 0 <= index && index < t.elements.length,
    () => `${shapeText(t)} has no element ${index}`,
  );
  return t.elements[index];
};
