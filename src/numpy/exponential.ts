/** Powers, roots, exponentials and logarithms, element by element. */
import type { ArrayLike } from "../core/array-like.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { type DType, dtypes, isComplex, isInexact, isInteger } from "../core/dtype.js";
import { literalValue } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import { asTensors, promoteArgs, promoteArgsNumeric, promoteShapes } from "./promote.js";
import { type Binary, binaryInexact, type Unary, unaryInexact, withJvp } from "./ufunc.js";
import { select3, whereTensors } from "./where.js";

/** eˣ, element by element. Integers become float32. */
export const exp: Unary = unaryInexact("exp", p.exp);
/** 2ˣ, element by element. */
export const exp2: Unary = unaryInexact("exp2", p.exp2);
/** eˣ - 1, exact near 0. */
export const expm1: Unary = unaryInexact("expm1", p.expm1);
/** The natural logarithm; NaN of negative floats. */
export const log: Unary = unaryInexact("log", p.log);
/** log(1 + x), exact near 0. */
export const log1p: Unary = unaryInexact("log1p", p.log1p);
/** The square root; NaN of negative floats. */
export const sqrt: Unary = unaryInexact("sqrt", p.sqrt);
/** The real cube root. */
export const cbrt: Unary = unaryInexact("cbrt", p.cbrt);

/** The natural logarithm scaled, part by part for complex numbers. */
const scaledLog =
  (scale: (logs: Tensor) => Tensor) =>
  (x: Tensor): Tensor => {
    const logs = p.log(x);
    if (!isComplex(x.dtype)) return scale(logs);
    return p.complex(scale(p.real(logs)), scale(p.imag(logs)));
  };
/** The logarithm to base 2. */
export const log2: Unary = unaryInexact(
  "log2",
  scaledLog((x) => p.div(x, p.log(p.scalarLike(x, 2)))),
);
/** The logarithm to base 10. */
export const log10: Unary = unaryInexact(
  "log10",
  scaledLog((x) => p.mul(x, Math.LOG10E)),
);

/** log(eˣ + eʸ) without overflow. */
export const logaddexp: Binary = binaryInexact("logaddexp", p.logaddexp);

const withoutInfinity = (x: Tensor): Tensor => p.select(p.eq(x, Number.POSITIVE_INFINITY), p.zerosLike(x), x);
const share2 = (t: Tensor, x: Tensor, sum: Tensor): Tensor =>
  p.mul(t, p.exp2(p.sub(withoutInfinity(x), withoutInfinity(sum))));
const logaddexp2Call = withJvp(
  "logaddexp2",
  (x, y) => {
    const greater = p.max(x, y);
    const delta = p.sub(x, y);
    const sum = p.add(greater, p.mul(Math.LOG2E, p.log1p(p.exp2(p.neg(p.abs(delta))))));
    return p.select(p.ne(delta, delta), p.add(x, y), sum);
  },
  ([x, y], [t, u], sum) => p.add(share2(t, x, sum), share2(u, y, sum)),
);
/** log₂(2ˣ + 2ʸ) without overflow. */
export const logaddexp2: Binary = binaryInexact("logaddexp2", logaddexp2Call);

/** x to the power y as a float. */
export const floatPower: Binary = binaryInexact("floatPower", p.pow);

/** The exponent, if it is a number written in the program rather than a value computed by it. */
function staticInteger(x: ArrayLike): number | undefined {
  if (typeof x === "number") return Number.isSafeInteger(x) ? x : undefined;
  if (typeof x === "bigint") return Number(x);
  if (!(x instanceof DeviceTensor && x.isLiteral && isInteger(x.dtype))) return undefined;
  return Number(literalValue(x));
}

const bitsOf = (dtype: DType): number => 8 * dtypes[dtype].bytes;

/** Integers to integer powers by repeated squaring; powers below 0 give 0, and 1 for base 1 as far as bits go. */
function integerPower(x: Tensor, y: Tensor): Tensor {
  // Six squarings reach every power that an integer of the type can hold.
  const steps = Math.min(6, Math.ceil(Math.log2(bitsOf(x.dtype))) + 3);
  let acc = select3(p.bitwiseAnd(p.eq(x, 0), p.ne(y, 0)), p.scalarLike(x, 0), p.scalarLike(x, 1));
  let base = x;
  let rest = y;
  for (let i = 0; i < steps; i++) {
    acc = whereTensors(p.bitwiseAnd(rest, 1), p.mul(acc, base), acc);
    base = p.mul(base, base);
    rest = p.shiftRightLogical(rest, 1);
  }
  return acc;
}

/**
 * x to the power y, element by element. An integer written as a number is a constant exponent, for which integers stay
 * integers and derivatives are exact.
 * @throws DTypeError CT105 for integers to a negative constant power
 * @example np.power([1, 2, 3], 2).js(); // [1, 4, 9]
 */
export function power(x: ArrayLike, y: ArrayLike): Tensor {
  const exponent = staticInteger(y);
  const [base] = asTensors("power", x);
  if (exponent !== undefined) {
    const [promoted] = exponentTypes(base, y);
    if (exponent < 0 && isInteger(promoted.dtype)) {
      throw new DTypeError(
        "CT105",
        `power: the base is ${promoted.dtype}, but the exponent is ${exponent}. Integers have no negative powers; ` +
          "make the base a float with astype, or use floatPower.",
      );
    }
    return p.integerPow(promoted, exponent);
  }
  const [a, b] = asTensors("power", x, y);
  if (isInexact(a.dtype) && isInteger(b.dtype)) {
    const [f, i] = promoteShapes("power", a, b);
    return p.pow(f, i);
  }
  const [u, v] =
    a.dtype === "bool" && b.dtype === "bool" ? promoteArgsNumeric("power", a, b) : promoteArgs("power", a, b);
  return isInteger(u.dtype) ? integerPower(u, v) : p.pow(u, v);
}
export { power as pow };

/** The base in the type that base and constant exponent promote to: that of the base, but int32 for booleans. */
const exponentTypes = (base: Tensor, y: ArrayLike): Tensor[] =>
  promoteArgs("power", base, typeof y === "bigint" ? Number(y) : y);
