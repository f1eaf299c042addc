/** log(eˣ + eʸ), the sum of numbers given by their logarithms. */
import { isComplex } from "../core/dtype.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { currentTrace } from "../core/trace.js";
import { abs, add, div, max, mul, neg, sub } from "./arithmetic.js";
import { eq, ne } from "./comparison.js";
import { complex, imag, real } from "./complex.js";
import { exp, log1p } from "./exponential.js";
import { zerosLike } from "./fill.js";
import { floor } from "./rounding.js";
import { select } from "./select.js";

function value(x: Tensor, y: Tensor): Tensor {
  const greater = max(x, y);
  if (isComplex(x.dtype)) {
    const sum = add(greater, log1p(exp(sub(add(x, y), mul(greater, 2)))));
    return complex(real(sum), wrapAngle(imag(sum)));
  }
  const delta = sub(x, y);
  // A NaN difference: NaNs, or infinities of one sign, whose sum is right.
  return select(ne(delta, delta), add(x, y), add(greater, log1p(exp(neg(abs(delta))))));
}

/** The angle within ±π. */
const wrapAngle = (x: Tensor): Tensor => sub(x, mul(floor(div(add(x, Math.PI), 2 * Math.PI)), 2 * Math.PI));

const withoutInfinity = (x: Tensor): Tensor =>
  select(eq(x, Number.POSITIVE_INFINITY), zerosLike(x.aval.strengthen()), x);

/** The tangent that a tangent of one operand causes: its share of the sum. */
const share = (t: Tensor, x: Tensor, sum: Tensor): Tensor => mul(t, exp(sub(withoutInfinity(x), withoutInfinity(sum))));

/** The sum and its tangent. */
export function logaddexpDual(x: Tensor, t: Tensor, y: Tensor, u: Tensor): readonly [Tensor, Tensor] {
  const sum = logaddexp(x, y);
  return [sum, add(share(t, x, sum), share(u, y, sum))];
}

/**
 * log(eˣ + eʸ) without overflow, for operands of one shape and inexact dtype. Its derivative is its own: that of the
 * formula would be NaN at infinities and one-sided at ties.
 */
export function logaddexp(x: Tensor, y: Tensor): Tensor {
  const [sum] = currentTrace().bindCustomJvp(
    {
      name: "logaddexp",
      fun: (a, b) => [value(a, b)],
      // The name that jaxprs show.
      jvp: function _logaddexp_jvp([a, b], [t, u]) {
        const dual = logaddexpDual(a, instantiate(t), b, instantiate(u));
        return { outs: [dual[0]], tangents: [dual[1]] };
      },
    },
    [x, y],
  );
  return sum;
}

const instantiate = (t: Tensor | Zero): Tensor => (t instanceof Zero ? zerosLike(t.aval) : t);
