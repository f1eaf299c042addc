/** Prefix combinations as HLO: a window that reaches from each place to the edge, which backends run as one scan. */

import type { HloBuilder, HloInstruction } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { identityElement, monoidReducer } from "./reducers.js";

export type PrefixMonoid = "sum" | "prod" | "max" | "min" | "logsumexp";

/** For each element along `axis` the combination of all up to it, or from it on. */
export function lowerPrefix(
  b: HloBuilder,
  x: HloInstruction,
  monoid: PrefixMonoid,
  { shape, dtype }: ShapedArray,
  axis: number,
  reverse: boolean,
): HloInstruction {
  if (shape.includes(0)) return x;
  const init = b.scalar(dtype, monoid === "logsumexp" ? -Infinity : identityElement(monoid, dtype));
  const reducer =
    monoid === "logsumexp" ? b.scalarComputation("logaddexp", dtype, logaddexp) : monoidReducer(b, monoid, dtype);
  const window = shape.map((n, d) => {
    const size = d === axis ? n : 1;
    const [padLow, padHigh] = reverse ? [0, size - 1] : [size - 1, 0];
    return { size, stride: 1, padLow, padHigh, baseDilation: 1, windowDilation: 1 };
  });
  return b.reduceWindow([x], [init], window, reducer)[0];
}

function logaddexp(b: HloBuilder, x: HloInstruction, y: HloInstruction): HloInstruction {
  const delta = b.binary("subtract", x, y);
  const smaller = b.unary("exponential", b.unary("negate", b.unary("abs", delta)));
  const sum = b.binary("add", b.binary("maximum", x, y), b.unary("log-plus-one", smaller));
  // A NaN difference: NaNs, or infinities of one sign, whose sum is right.
  return b.select(b.compare(delta, delta, "NE"), b.binary("add", x, y), sum);
}
