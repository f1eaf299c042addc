/** x log y and what is made of it, without NaN at 0. */
import type { Tensor } from "../../core/tensor.js";
import { withJvp } from "../../numpy/ufunc.js";
import { select3, whereTensors } from "../../numpy/where.js";
import * as p from "../../primitives/index.js";
import { type Special1, type Special2, special1, special2 } from "./functions.js";

/** f, and 0 where x is 0, unless y is NaN. */
const zeroAtZero = (x: Tensor, y: Tensor, f: Tensor): Tensor =>
  whereTensors(p.bitwiseOr(p.ne(x, 0), p.ne(y, y)), f, p.fullLike(f, 0));

const xlogyOf = withJvp(
  "xlogy",
  (x, y) => zeroAtZero(x, y, p.mul(x, p.log(y))),
  ([x, y], [dx, dy]) => p.add(p.mul(dx, p.log(y)), p.div(p.mul(dy, x), y)),
);
/** x log y, and 0 where x is 0. */
export const xlogy: Special2 = special2("xlogy", xlogyOf);

const xlog1pyOf = withJvp(
  "xlog1py",
  (x, y) => zeroAtZero(x, y, p.mul(x, p.log1p(y))),
  ([x, y], [dx, dy]) => p.add(p.mul(dx, p.log1p(y)), p.div(p.mul(dy, x), p.add(y, 1))),
);
/** x log(1 + y), and 0 where x is 0. */
export const xlog1py: Special2 = special2("xlog1py", xlog1pyOf);

const xlogxOf = withJvp(
  "_xlogx",
  (x) => xlogyOf(x, x),
  ([x], [t]) => p.mul(t, p.add(p.log(x), 1)),
);

/** -x log x; 0 at 0 and -∞ below. */
export const entr: Special1 = special1("entr", (x) =>
  p.select(p.lt(x, 0), p.fullLike(x, Number.NEGATIVE_INFINITY), p.neg(xlogxOf(x))),
);

const relativeEntropy = (x: Tensor, y: Tensor): Tensor => {
  const positive = p.bitwiseAnd(p.gt(x, 0), p.gt(y, 0));
  const isZero = p.bitwiseAnd(p.eq(x, 0), p.ge(y, 0));
  // Safe operands keep the derivatives of the other branches finite.
  const [a, b] = [select3(positive, x, 1), select3(positive, y, 1)];
  const value = p.sub(xlogxOf(a), xlogyOf(a, b));
  return whereTensors(positive, value, select3(isZero, p.fullLike(value, 0), Number.POSITIVE_INFINITY));
};
/** x log(x / y); 0 where x is 0, and ∞ outside x ≥ 0, y > 0. */
export const relEntr: Special2 = special2("rel_entr", relativeEntropy);
/** x log(x / y) - x + y: what a point adds to the Kullback-Leibler divergence. */
export const klDiv: Special2 = special2("kl_div", (x, y) => p.add(p.sub(relativeEntropy(x, y), x), y));
