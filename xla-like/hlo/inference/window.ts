/** Windows sliding over arrays: their output sizes, reduce-window and select-and-scatter. */
import { check } from "../error.js";
import type { HloComputation, WindowDim } from "../instruction.js";
import { type ArrayShape, arrayShape, type HloShape, sameDims, shapeText, tupleShape } from "../shape.js";
import { checkReducer, checkSignature } from "./computation.js";
import { checkLength } from "./dimensions.js";

const dilated = (size: number, dilation: number): number => (size === 0 ? 0 : (size - 1) * dilation + 1);

/** How many places the window takes along a dimension of `size` elements. */
export const windowOutputSize = (size: number, w: WindowDim): number => {
  const padded = dilated(size, w.baseDilation) + w.padLow + w.padHigh;
  const window = dilated(w.size, w.windowDilation);
  return padded <= 0 || window > padded ? 0 : Math.floor((padded - window) / w.stride) + 1;
};

export const checkWindow = (window: readonly WindowDim[], rank: number): void => {
  checkLength("the window", window, rank);
  window.forEach((w, d) => {
    for (const field of ["size", "stride", "baseDilation", "windowDilation"] as const)
      check(
        Number.isSafeInteger(w[field]) && w[field] >= 1,
        () => `the window's ${field} is ${w[field]} in dimension ${d}, but must be a positive integer`,
      );
    for (const field of ["padLow", "padHigh"] as const)
      check(Number.isSafeInteger(w[field]), () => `the window's ${field} is ${w[field]}, which is no integer`);
  });
};

export const inferReduceWindow = (
  xs: readonly ArrayShape[],
  inits: readonly ArrayShape[],
  window: readonly WindowDim[],
  computation: HloComputation,
): HloShape => {
  checkReducer("reduce-window", xs, inits, computation);
  const { dims } = xs[0];
  checkWindow(window, dims.length);
  check(!window.some((w) => w.reversal === true), () => "only a convolution's window can be reversed");
  const out = dims.map((n, d) => windowOutputSize(n, window[d]));
  const shapes = xs.map((x) => arrayShape(x.dtype, out));
  return shapes.length === 1 ? shapes[0] : tupleShape(shapes);
};

export const inferSelectAndScatter = (
  operand: ArrayShape,
  source: ArrayShape,
  init: ArrayShape,
  window: readonly WindowDim[],
  select: HloComputation,
  scatter: HloComputation,
): ArrayShape => {
  const scalar = arrayShape(operand.dtype, []);
  checkWindow(window, operand.dims.length);
  check(
    window.every((w) => w.baseDilation === 1 && w.windowDilation === 1 && w.reversal !== true),
    () => "select-and-scatter's window can be neither dilated nor reversed",
  );
  checkSignature("select", select, [scalar, scalar], arrayShape("bool", []));
  checkSignature("scatter", scatter, [scalar, scalar], scalar);
  const dims = operand.dims.map((n, d) => windowOutputSize(n, window[d]));
  check(
    source.dtype === operand.dtype && sameDims(source.dims, dims),
    () => `select-and-scatter's source is ${shapeText(source)}, but the window takes the places [${dims}]`,
  );
  check(
    init.dtype === operand.dtype && init.dims.length === 0,
    () => `select-and-scatter's initial value is ${shapeText(init)}, but must be a ${operand.dtype} scalar`,
  );
  return operand;
};
