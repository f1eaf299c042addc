/** Functions with series or recurrences of their own: Bessel's I₀, greatest common divisors, least common multiples. */
import { whileLoop } from "../control/while-loop.js";
import { isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import * as p from "../primitives/index.js";
import { absolute, floorDivide } from "./arithmetic.js";
import { jitted } from "./jitted.js";
import { asTensors, broadcastTensors, promoteDtypes, promoteInexact } from "./promote.js";
import { type Binary, type Unary, withJvp } from "./ufunc.js";
import { select3, whereTensors } from "./where.js";

const i0WithJvp = withJvp(
  "_i0",
  (x) => p.mul(p.exp(p.abs(x)), p.besselI0e(p.abs(x))),
  ([x], [t]) => p.mul(p.mul(p.exp(p.abs(x)), p.besselI1e(x)), t),
);
const i0Call = jitted("i0", ([x]) => i0WithJvp(promoteInexact("i0", x)));
/** The modified Bessel function of the first kind and order 0. */
export const i0: Unary = (x) => i0Call(asTensors("i0", x));

function integers(name: string, a: Tensor, b: Tensor): Tensor[] {
  const [x, y] = promoteDtypes(a, b);
  if (isInteger(x.dtype)) return broadcastTensors(name, x, y);
  throw new DTypeError(
    "CT105",
    `${name}: the operands are ${a.dtype} and ${b.dtype}, but it takes only integers. Convert them with astype.`,
  );
}

const gcdCall = jitted("gcd", ([a, b]) => {
  const start = integers("gcd", a, b).map((x) => absolute(x));
  // Euclid's algorithm on all pairs at once; pairs that are done stay as they are.
  const [gcds] = whileLoop(
    ([, y]: readonly Tensor[]) => p.reduceOr(p.ne(y, 0), range(y.ndim)),
    ([x, y]: readonly Tensor[]) => {
      const u = whereTensors(p.ne(y, 0), y, x);
      const v = select3(p.ne(y, 0), p.rem(x, y), p.scalarLike(y, 0));
      return [whereTensors(p.lt(u, v), v, u), whereTensors(p.lt(u, v), u, v)];
    },
    start as readonly Tensor[],
  );
  return gcds;
});
/** The greatest common divisor, element by element; not negative. */
export const gcd: Binary = (x, y) => gcdCall(asTensors("gcd", x, y));

const lcmCall = jitted("lcm", ([a, b]) => {
  const [x, y] = integers("lcm", a, b).map((z) => absolute(z));
  const divisor = gcd(x, y);
  return select3(p.eq(divisor, 0), p.scalarLike(x, 0), p.mul(x, floorDivide(y, divisor)));
});
/** The least common multiple, element by element; not negative. */
export const lcm: Binary = (x, y) => lcmCall(asTensors("lcm", x, y));
