/** Rounding and clipping, element by element. */
import type { ArrayLike } from "../core/array-like.js";
import { isComplex, isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { jitted } from "./jitted.js";
import { asTensors, promoteArgs, promoteInexact, toTensor } from "./promote.js";
import { refuseComplex } from "./refuse.js";
import { type Unary, unary } from "./ufunc.js";
import { whereTensors } from "./where.js";

/** Integers and booleans are whole already. */
const whole = (name: string, f: (x: Tensor) => Tensor): Unary =>
  unary(name, (x) => (isComplex(x.dtype) ? refuseComplex(name) : isInexact(x.dtype) ? f(x) : x));

/** The greatest whole number not above x. */
export const floor: Unary = whole("floor", p.floor);
/** The smallest whole number not below x. */
export const ceil: Unary = whole("ceil", p.ceil);

const truncCall = jitted("trunc", ([x]) => (isInexact(x.dtype) ? whereTensors(p.lt(x, 0), p.ceil(x), p.floor(x)) : x));
/** x without its fraction. */
export const trunc: Unary = (x) => {
  const t = toTensor("trunc", x);
  return isComplex(t.dtype) ? refuseComplex("trunc") : truncCall([t]);
};
export { trunc as fix };

const rintCall = jitted("rint", ([x]): Tensor => {
  if (isComplex(x.dtype)) return p.complex(rintCall([p.real(x)]), rintCall([p.imag(x)]));
  return isInexact(x.dtype) ? p.round(x, "toNearestEven") : promoteInexact("rint", x);
});
/** The nearest whole number as a float, halves to the even neighbour. */
export const rint: Unary = (x) => rintCall(asTensors("rint", x));

const roundCall = jitted("round", ([x], decimals: number): Tensor => {
  if (!isInexact(x.dtype)) return x;
  if (decimals === 0) return roundReal(x, (y) => p.round(y, "toNearestEven"));
  const factor = 10 ** decimals;
  // Half types are scaled in float32, where the factor fits.
  const wide = x.dtype === "bfloat16" || x.dtype === "float16" ? "float32" : x.dtype;
  const rounded = roundReal(p.convert(x, wide, x.weakType), (y) =>
    p.div(p.round(p.mul(y, factor), "toNearestEven"), factor),
  );
  return p.convert(rounded, x.dtype, x.weakType);
});
const roundReal = (x: Tensor, f: (x: Tensor) => Tensor): Tensor =>
  isComplex(x.dtype) ? p.complex(f(p.real(x)), f(p.imag(x))) : f(x);

/**
 * x rounded to so many decimals, halves to the even neighbour.
 * @throws ArgumentError CT004 for integers and negative decimals
 * @example np.round([0.5, 1.5, 2.34], { decimals: 1 }).js(); // [0.5, 1.5, 2.3]
 */
export function round(x: ArrayLike, options: { readonly decimals?: number } = {}): Tensor {
  checkOptions("round", options, ["decimals"]);
  const { decimals = 0 } = options;
  const t = toTensor("round", x);
  if (!Number.isInteger(decimals) || (decimals < 0 && !isInexact(t.dtype))) {
    throw new ArgumentError(
      "CT004",
      `round: decimals is ${decimals} for a ${t.dtype} tensor. It must be an integer, and not negative for integers; ` +
        "convert x to a float with astype first.",
    );
  }
  return roundCall([t], decimals);
}
export { round as around };

const clipCall = jitted("clip", ([x, ...bounds], hasMin: boolean) => {
  const apply = (y: Tensor, bound: Tensor | undefined, f: (a: Tensor, b: Tensor) => Tensor): Tensor => {
    if (bound === undefined) return y;
    const [b, z] = promoteArgs("clip", bound, y);
    return f(b, z);
  };
  const [first, second] = hasMin ? bounds : [undefined, bounds[0]];
  return apply(apply(x, first, p.max), second, p.min);
});

/**
 * x brought into [min, max], element by element; either bound may be left out. A bound broadcasts with x.
 * @example np.clip([-1, 0.5, 2], 0, 1).js(); // [0, 0.5, 1]
 */
export function clip(x: ArrayLike, min?: ArrayLike | null, max?: ArrayLike | null): Tensor {
  const given = (bound: ArrayLike | null | undefined): bound is ArrayLike => bound !== null && bound !== undefined;
  const operands = asTensors("clip", x, ...[min, max].filter(given));
  if (operands.some((t) => isComplex(t.dtype))) return refuseComplex("clip");
  return clipCall(operands, given(min));
}
