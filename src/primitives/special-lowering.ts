/** HLO for special functions that have no opcode. */

import { arrayShape, type CompareDirection, type HloBuilder, type HloInstruction } from "../../xla-like/index.js";
import type { DType } from "../core/dtype.js";
import { Arithmetic, dtypeOf, epsilonOf, isHalf, spread, tiniestOf } from "./lowering.js";

type Value = HloInstruction | number;

/** Instructions on arrays of one float type and shape. */
class Floats extends Arithmetic {
  is = (x: Value, direction: CompareDirection, y: Value): HloInstruction =>
    this.b.compare(this.of(x), this.of(y), direction);
  either = (...xs: HloInstruction[]): HloInstruction => xs.reduce((p, q) => this.b.binary("or", p, q));
  both = (p: HloInstruction, q: HloInstruction): HloInstruction => this.b.binary("and", p, q);
  choose = (p: HloInstruction, x: Value, y: Value): HloInstruction => this.b.select(p, this.of(x), this.of(y));
  neg = (x: HloInstruction): HloInstruction => this.b.unary("negate", x);
  abs = (x: HloInstruction): HloInstruction => this.b.unary("abs", x);
  exp = (x: HloInstruction): HloInstruction => this.b.unary("exponential", x);
  log = (x: HloInstruction): HloInstruction => this.b.unary("log", x);
  log1p = (x: HloInstruction): HloInstruction => this.b.unary("log-plus-one", x);
  lgamma = (x: HloInstruction): HloInstruction => this.b.unary("lgamma", x);
}

/**
 * ∂P(a, x)/∂a. A sample x of the gamma distribution stays at one quantile when a changes, so that
 * ∂P/∂a + ∂P/∂x · dx/da = 0; dx/da has an opcode and ∂P/∂x is the density.
 */
export function lowerIgammaGradA(b: HloBuilder, a: HloInstruction, x: HloInstruction): HloInstruction {
  const f = new Floats(b, dtypeOf(a));
  const density = f.exp(f.sub(f.sub(f.mul(f.sub(a, 1), f.log(x)), x), f.lgamma(a)));
  const derivative = f.neg(f.mul(b.binary("random-gamma-grad", a, x), density));
  const vanishes = f.either(f.is(x, "EQ", 0), f.is(density, "EQ", 0));
  const outside = f.either(f.is(x, "LT", 0), f.is(a, "LE", 0), f.is(a, "NE", a), f.is(x, "NE", x));
  return f.choose(outside, Number.NaN, f.choose(vanishes, 0, derivative));
}

/**
 * I_x(a, b) by its continued fraction (DLMF 8.17.22), evaluated by Lentz's method; where that converges slowly, by
 * I_x(a, b) = 1 - I_{1-x}(b, a). Half types are computed in float32.
 */
export function lowerBetainc(
  b: HloBuilder,
  operands: { readonly a: HloInstruction; readonly b: HloInstruction; readonly x: HloInstruction },
  dims: readonly number[],
): HloInstruction {
  const given = dtypeOf(operands.x);
  const dtype: DType = isHalf(given) ? "float32" : given;
  const [p, q, x] = [operands.a, operands.b, operands.x].map((v) => {
    const wide = given === dtype ? v : b.convert(v, dtype);
    return spread(b, wide, dims);
  });
  const f = new Floats(b, dtype);

  const direct = f.is(x, "LT", f.div(f.add(p, 1), f.add(f.add(p, q), 2)));
  const [s, t] = [f.choose(direct, p, q), f.choose(direct, q, p)];
  const z = f.choose(direct, x, f.sub(1, x));
  const fraction = betaFraction(b, dtype, dims, s, t, z);

  // a·Γ(a) tends to 1 as a tends to 0, which spares a division of two infinities.
  const logBetaLess = f.sub(f.lgamma(t), f.lgamma(f.add(s, t)));
  const tail = f.mul(f.log1p(f.neg(z)), t);
  const usual = f.div(f.exp(f.sub(f.add(f.mul(f.log(z), s), tail), f.add(f.lgamma(s), logBetaLess))), s);
  const factor = f.choose(f.is(s, "LT", 2 * tiniestOf(dtype)), f.exp(f.sub(tail, logBetaLess)), usual);
  const partial = f.mul(fraction, factor);
  const inside = f.choose(direct, partial, f.sub(1, partial));

  const [atZero, atOne] = [f.is(x, "EQ", 0), f.is(x, "EQ", 1)];
  const lowEnd = f.either(f.is(p, "EQ", 0), f.is(q, "EQ", Number.POSITIVE_INFINITY));
  const highEnd = f.either(f.is(q, "EQ", 0), f.is(p, "EQ", Number.POSITIVE_INFINITY));
  const zero = f.either(f.both(highEnd, b.unary("not", atOne)), f.both(lowEnd, atZero));
  const one = f.either(f.both(lowEnd, b.unary("not", atZero)), f.both(highEnd, atOne));
  const outside = f.either(
    f.is(p, "LT", 0),
    f.is(q, "LT", 0),
    f.is(x, "LT", 0),
    f.is(x, "GT", 1),
    f.both(lowEnd, highEnd),
  );
  const nan = f.either(outside, f.is(p, "NE", p), f.is(q, "NE", q), f.is(x, "NE", x));
  const result = f.choose(nan, Number.NaN, f.choose(one, 1, f.choose(zero, 0, inside)));
  return given === dtype ? result : b.convert(result, given);
}

/** The continued fraction of I_x(a, b) without its factor, for all elements until the last has converged. */
function betaFraction(
  b: HloBuilder,
  dtype: DType,
  dims: readonly number[],
  a: HloInstruction,
  c: HloInstruction,
  x: HloInstruction,
): HloInstruction {
  const small = epsilonOf(dtype) / 2;
  const limit = dtype === "float64" ? 600 : 200;
  const array = arrayShape(dtype, dims);
  // Elements that have converged stay as they are, so that a result does not depend on its neighbours in the array.
  const mask = arrayShape("bool", dims);
  const shapes = [arrayShape("int32", []), mask, array, array, array, array, array, array];
  const all = dims.map((_, i) => i);

  const condition = b.computation("betainc.condition", shapes, (inner, [n, moving]) => {
    const [any] = inner.reduce([moving], [inner.scalar("bool", false)], all, inner.reducer("or", "bool"));
    return inner.binary("and", inner.compare(n, inner.scalar("int32", limit), "LT"), any);
  });
  const body = b.computation("betainc.body", shapes, (inner, [n, moving, numerators, denominators, value, a, c, x]) => {
    const f = new Floats(inner, dtype);
    const half = inner.binary(
      "divide",
      inner.binary("subtract", n, inner.scalar("int32", 1)),
      inner.scalar("int32", 2),
    );
    const m = inner.convert(half, dtype);
    const first = inner.compare(n, inner.scalar("int32", 1), "EQ");
    const even = inner.compare(inner.binary("and", n, inner.scalar("int32", 1)), inner.scalar("int32", 0), "EQ");
    const am = f.add(a, f.mul(m, 2));
    const evenTerm = f.neg(f.div(f.mul(f.mul(f.add(a, m), f.add(f.add(a, c), m)), x), f.mul(am, f.add(am, 1))));
    const firstEven = f.neg(f.div(f.mul(f.add(a, c), x), f.add(a, 1)));
    const evens = f.choose(f.is(m, "EQ", 0), firstEven, evenTerm);
    const odds = f.div(f.mul(f.mul(m, f.sub(c, m)), x), f.mul(f.sub(am, 1), am));
    const term = f.choose(first, 1, f.choose(even, evens, odds));

    const away = (v: HloInstruction): HloInstruction => f.choose(f.is(f.abs(v), "LT", small), small, v);
    const nextNumerators = away(f.add(f.div(term, numerators), 1));
    const nextDenominators = f.div(1, away(f.add(f.mul(term, denominators), 1)));
    const ratio = f.mul(nextNumerators, nextDenominators);
    const changed = f.both(moving, f.is(f.abs(f.sub(ratio, 1)), "GE", small));
    const nextValue = f.choose(moving, f.mul(value, ratio), value);
    const next = inner.binary("add", n, inner.scalar("int32", 1));
    return [next, changed, nextNumerators, nextDenominators, nextValue, a, c, x];
  });
  const start = b.fill(small, dtype, dims);
  const inits = [b.scalar("int32", 1), b.fill(true, "bool", dims), start, b.fill(0, dtype, dims), start, a, c, x];
  return b.while(condition, body, inits)[4];
}
