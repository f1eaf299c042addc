/** Whether a called computation takes and gives what its caller needs. */
import { check } from "../error.js";
import type { HloComputation } from "../instruction.js";
import { type ArrayShape, arrayShape, type HloShape, sameDims, shapeEquals, shapeText, tupleShape } from "../shape.js";

/** `(f32[], f32[]) -> f32[]`. */
export const signatureText = (parameters: readonly HloShape[], result: HloShape): string =>
  `(${parameters.map(shapeText).join(", ")}) -> ${shapeText(result)}`;

export const checkSignature = (
  what: string,
  c: HloComputation,
  parameters: readonly ArrayShape[],
  result: HloShape,
): void =>
  check(
    c.parameters.length === parameters.length &&
      parameters.every((p, i) => shapeEquals(p, c.parameters[i].shape)) &&
      shapeEquals(c.root.shape, result),
    () =>
      `${what} needs a computation ${signatureText(parameters, result)}, but %${c.name} is ` +
      signatureText(
        c.parameters.map((p) => p.shape),
        c.root.shape,
      ),
  );

/** Operands of one size each with a scalar initial value, and a reducer from (accumulators, elements) to accumulators. */
export const checkReducer = (
  what: string,
  xs: readonly ArrayShape[],
  inits: readonly ArrayShape[],
  computation: HloComputation,
): void => {
  check(xs.length > 0, () => `${what} needs at least one operand`);
  check(xs.length === inits.length, () => `${what} has ${xs.length} operands, but ${inits.length} initial values`);
  xs.forEach((x, i) => {
    check(
      sameDims(x.dims, xs[0].dims),
      () => `${what}'s operands must have the same dimensions, not ${shapeText(xs[0])} and ${shapeText(x)}`,
    );
    check(
      inits[i].dims.length === 0 && inits[i].dtype === x.dtype,
      () => `${what}'s initial value ${i} is ${shapeText(inits[i])}, but must be a ${x.dtype} scalar`,
    );
  });
  const scalars = xs.map((x) => arrayShape(x.dtype, []));
  checkSignature(what, computation, [...scalars, ...scalars], scalars.length === 1 ? scalars[0] : tupleShape(scalars));
};
