/** Powers of float32 by way of float64, in which one logarithm and one exponential are exact enough. */
import { exp2Short, log2Tail } from "./coefficients.js";
import { narrow, widen } from "./double-word.js";
import { type FloatOps, float64Format } from "./float-ops.js";
import type { IrValue } from "./ir.js";
import { splitNormal } from "./logarithm.js";
import { callOutOfLine } from "./out-of-line.js";

/** |x|^y of float32 numbers, but for what is special; rounded once. */
export function powSingle(f: FloatOps, size: IrValue, y: IrValue): IrValue {
  const [power] = callOutOfLine(f.as(float64Format), "pow.single", [widen(f, size), widen(f, y)], 1, (g, [x, n]) => [
    powShort(g, x, n),
  ]);
  return narrow(f, power);
}

function powShort(f: FloatOps, x: IrValue, y: IrValue): IrValue {
  const { exponent, m } = splitNormal(f, x);
  const t = f.sub(m, 1);
  const s = f.div(t, f.add(t, 2));
  const z = f.mul(s, s);
  const logarithm = f.mulAdd(s, f.mulAdd(z, f.polynomial(z, log2Tail), f.const(2 * Math.LOG2E)), exponent);
  // Beyond these it has overflown or vanished in float32.
  const product = f.mul(logarithm, y);
  const below = f.select(f.compare("ogt", product, 300), 300, product);
  const bounded = f.select(f.compare("olt", below, -300), -300, below);
  const k = f.nearestInt(bounded);
  const r = f.sub(bounded, k.float);
  return f.mul(f.mulAdd(r, f.polynomial(r, exp2Short), f.const(1)), f.pow2(k.int));
}
