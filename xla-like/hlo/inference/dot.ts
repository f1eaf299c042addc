/** The shape of a dot: batch dimensions, then the left operand's free ones, then the right operand's. */
import { type DType, isComplex } from "../dtype.js";
import { check } from "../error.js";
import type { DotDims } from "../instruction.js";
import { type ArrayShape, arrayShape, shapeText } from "../shape.js";
import { checkDimensions, remaining } from "./dimensions.js";

/** The result of products summed in `preferred`: no complex number may lose its imaginary part. */
export const checkResultType = (what: string, operand: DType, result: DType): void =>
  check(
    !isComplex(operand) || isComplex(result),
    () => `${what} of ${operand} operands cannot have ${result} elements`,
  );

const checkPairs = (what: string, x: ArrayShape, y: ArrayShape, xs: readonly number[], ys: readonly number[]): void => {
  check(xs.length === ys.length, () => `dot has ${xs.length} and ${ys.length} ${what} dimensions: they come in pairs`);
  xs.forEach((d, i) => {
    check(
      x.dims[d] === y.dims[ys[i]],
      () =>
        `${what} dimension ${d} of ${shapeText(x)} has ${x.dims[d]} elements, but dimension ${ys[i]} of ` +
        `${shapeText(y)} has ${y.dims[ys[i]]}`,
    );
  });
};

export const inferDot = (x: ArrayShape, y: ArrayShape, dims: DotDims, result: DType): ArrayShape => {
  check(x.dtype === y.dtype, () => `dot needs operands of one type, not ${shapeText(x)} and ${shapeText(y)}`);
  checkResultType("a dot", x.dtype, result);
  const lhs = [...dims.lhsBatch, ...dims.lhsContracting];
  const rhs = [...dims.rhsBatch, ...dims.rhsContracting];
  checkDimensions("dot's left batch and contracting dimensions", lhs, x.dims.length);
  checkDimensions("dot's right batch and contracting dimensions", rhs, y.dims.length);
  checkPairs("batch", x, y, dims.lhsBatch, dims.rhsBatch);
  checkPairs("contracting", x, y, dims.lhsContracting, dims.rhsContracting);
  return arrayShape(result, [
    ...dims.lhsBatch.map((d) => x.dims[d]),
    ...remaining(x.dims.length, lhs).map((d) => x.dims[d]),
    ...remaining(y.dims.length, rhs).map((d) => y.dims[d]),
  ]);
};
