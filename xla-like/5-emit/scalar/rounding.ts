/** Rounding, sign and the exact remainder. */
import { productResidual } from "./double-word.js";
import type { FloatOps } from "./float-ops.js";
import { type IrValue, typeText } from "./ir.js";
import { splitExponent } from "./logarithm.js";
import { anyLane } from "./reduction.js";

export const floor = (f: FloatOps, x: IrValue): IrValue => f.floor(x);
export const ceil = (f: FloatOps, x: IrValue): IrValue => f.ceil(x);
export const roundEven = (f: FloatOps, x: IrValue): IrValue => f.roundEven(x);
export const roundAway = (f: FloatOps, x: IrValue): IrValue => f.roundAway(x);
export const sqrt = (f: FloatOps, x: IrValue): IrValue => f.sqrt(x);

/** -1, 0 or 1; zeros and NaN stay themselves. */
export function sign(f: FloatOps, x: IrValue): IrValue {
  const other = f.logic("or", f.compare("oeq", x, 0), f.isNaN(x));
  return f.select(other, x, f.copySign(1, x));
}

/**
 * x - trunc(x / y) y exactly, with the sign of x: long division on the significands, as many bits a step as a quotient
 * holds. One step serves while the exponents are close.
 */
export function remainder(f: FloatOps, x: IrValue, y: IrValue): IrValue {
  // Without fused multiply-add the steps are not exact; such processors have the C library's fmod.
  if (!f.target.fma) return f.rem(x, y);
  const { precision } = f.format;
  const infinity = Number.POSITIVE_INFINITY;
  const usable = f.logic("and", f.compare("olt", f.abs(x), infinity), f.compare("ogt", f.abs(y), 0));
  const [a, b] = [splitExponent(f, f.select(usable, f.abs(x), 1)), splitExponent(f, f.select(usable, f.abs(y), 1))];
  // An infinite y is never reached.
  const within = f.logic("and", f.compare("oge", f.abs(x), f.abs(y)), usable);
  const steps = f.select(within, f.sub(a.exponent, b.exponent), 0);

  // One step: r 2^s less the right multiple of m. The quotient may be one too large, and then r is negative.
  const step = (r: IrValue, s: IrValue): IrValue => {
    const scaled = f.mul(r, f.pow2(f.nearestInt(s).int));
    const quotient = f.trunc(f.div(scaled, b.m));
    const rest = productResidual(f, scaled, quotient, b.m);
    const raised = f.select(f.compare("olt", rest, 0), f.add(rest, b.m), rest);
    return f.select(f.compare("oge", raised, b.m), f.sub(raised, b.m), raised);
  };
  const chunk = precision - 3;
  const firstStep = f.min(steps, chunk);
  const first = step(a.m, f.max(firstStep, 0));
  const rest = longDivide(f, first, f.sub(steps, firstStep), chunk, step);
  const size = f.scale(rest, b.k);
  const reduced = f.copySign(size, x);
  const finite = f.select(within, reduced, x);
  return f.select(f.logic("or", f.not(f.logic("or", usable, isZero(f, x))), badPair(f, x, y)), Number.NaN, finite);
}

const isZero = (f: FloatOps, x: IrValue): IrValue => f.compare("oeq", x, 0);

/** What has no remainder: NaN, infinite x, zero y. */
function badPair(f: FloatOps, x: IrValue, y: IrValue): IrValue {
  const unordered = f.logic("or", f.isNaN(x), f.isNaN(y));
  return f.logic("or", unordered, f.logic("or", f.compare("oeq", f.abs(x), Number.POSITIVE_INFINITY), isZero(f, y)));
}

/** Steps until no lane has any left. */
function longDivide(
  f: FloatOps,
  first: IrValue,
  steps: IrValue,
  chunk: number,
  step: (r: IrValue, s: IrValue) => IrValue,
): IrValue {
  const { b } = f;
  const [loop, body, done] = [b.freshLabel("divide"), b.freshLabel("step"), b.freshLabel("divided")];
  const before = b.currentBlock;
  b.statement(`br label %${loop}`);
  b.startBlock(loop);
  const type = typeText(f.type);
  const phi = (start: IrValue) => {
    const hole = `<next ${b.freshLabel("")}>`;
    const value = b.effectful(f.type, `phi ${type} [ ${start.text}, %${before} ], [ ${hole}, %${body} ]`);
    return { value, close: (next: IrValue) => b.patch(hole, next.text) };
  };
  const [r, left] = [phi(first), phi(steps)];
  const any = anyLane(f, f.compare("ogt", left.value, 0));
  b.statement(`br i1 ${any.text}, label %${body}, label %${done}`);
  b.startBlock(body);
  const now = f.min(left.value, chunk);
  r.close(step(r.value, now));
  left.close(f.sub(left.value, now));
  b.statement(`br label %${loop}`);
  b.startBlock(done);
  return r.value;
}
