/**
 * x less the nearest multiple of pi/2. Ordinary arguments are reduced with pi/2 in three parts (Cody and Waite); large
 * ones go one by one through Payne and Hanek's reduction, which the module has once, as a function.
 */
import { halfPiPair, halfPiParts, twoOverPi } from "./coefficients.js";
import { type DoubleWord, fastTwoSum, narrow, productResidual, twoProduct, twoSum, widen } from "./double-word.js";
import { FloatOps, float64Format } from "./float-ops.js";
import { IrBuilder, type IrModule, type IrValue, irType } from "./ir.js";
import { anyTrue } from "./lanes.js";

export interface Reduced {
  readonly remainder: DoubleWord;
  /** The multiple, of which the two lowest bits count. */
  readonly quadrant: IrValue;
}

/** Beyond this the multiple has too many digits for the three parts. */
const limitOf = (f: FloatOps): number => (f.format.bits === 32 ? 2 ** 16 : 2 ** 30);

export const isLarge = (f: FloatOps, x: IrValue): IrValue => f.compare("ogt", f.abs(x), limitOf(f));

/** For arguments that are not large; as a pair, unless a remainder rounded once is asked for and enough. */
export function reduceOrdinary(f: FloatOps, x: IrValue, once = false): Reduced {
  const k = f.nearestInt(f.mul(x, 2 / Math.PI));
  const [first, second, third] = f.pick(halfPiParts);
  if (once && f.format.bits === 32 && f.target.fma) {
    // The first step is exact.
    const hi = f.mulAdd(k.float, -third, f.mulAdd(k.float, -second, f.mulAdd(k.float, -first, x)));
    return { remainder: { hi, lo: f.const(0) }, quadrant: k.int };
  }
  const near = productResidual(f, x, k.float, f.const(first));
  const product = twoProduct(f, k.float, f.const(second));
  const sum = twoSum(f, near, f.neg(product.hi));
  const lo = f.sub(sum.lo, f.mulAdd(k.float, third, product.lo));
  return { remainder: fastTwoSum(f, sum.hi, lo), quadrant: k.int };
}

/** For one large argument; what comes out for others means nothing. */
export function reduceLarge(f: FloatOps, x: IrValue): Reduced {
  // What is not large, or not a number, must still index the table within its bounds.
  const safe = f.select(f.compare("ogt", f.abs(x), 2 ** 16), x, 2 ** 40);
  const found = reduceLane(f, safe);
  // Infinity has no remainder.
  const infinite = f.compare("oeq", f.abs(x), Number.POSITIVE_INFINITY);
  const hi = f.select(infinite, Number.NaN, found.remainder.hi);
  return { remainder: { hi, lo: found.remainder.lo }, quadrant: found.quadrant };
}

export const anyLane = (f: FloatOps, condition: IrValue): IrValue => anyTrue(f.b, condition);

/** One lane, through the float64 function: every float32 is a float64. */
function reduceLane(f: FloatOps, x: IrValue): Reduced {
  const { b } = f;
  b.module.define("payneHanek", () => payneHanek(b.module, f));
  const wide = f.format.bits === 64 ? x : widen(f, x);
  const all = b.pure(
    irType("{ double, double, i64 }", 1),
    `call { double, double, i64 } @payneHanek(double ${wide.text})`,
  );
  const part = (element: string, i: number) =>
    b.pure(irType(element, 1), `extractvalue { double, double, i64 } ${all.text}, ${i}`);
  const [hi, lo, quadrant] = [part("double", 0), part("double", 1), part("i64", 2)];
  if (f.format.bits === 64) return { remainder: { hi, lo }, quadrant };
  const near = narrow(f, hi);
  const wideOps = f.as(float64Format);
  const rest = narrow(f, wideOps.add(wideOps.sub(hi, widen(f, near)), lo));
  return { remainder: { hi: near, lo: rest }, quadrant: b.pure(irType("i32", 1), `trunc i64 ${quadrant.text} to i32`) };
}

/**
 * x = M 2^e. Of 2/pi's bits only those count that give x 2/pi modulo 4: 192 of them from bit e - 2 on, times M, modulo
 * 2^192; the two top bits of that are the quadrant, and the rest, as a signed number, the remainder over pi/2.
 */
function payneHanek(module: IrModule, target: FloatOps): string {
  const b = new IrBuilder(module);
  const f = new FloatOps(b, float64Format, 1, target.target);
  const [i64, i128] = [irType("i64", 1), irType("i128", 1)];
  const words: string[] = ["0"];
  for (let i = 0; i < twoOverPi.length; i += 2) {
    words.push(String((BigInt(twoOverPi[i]!) << 32n) | BigInt(twoOverPi[i + 1]!)));
  }
  const x: IrValue = { type: f.type, text: "%x" };
  const op = (type: typeof i64, text: string) => b.pure(type, text);
  const bits = f.intOp("and", f.bits(x), f.int((1n << 63n) - 1n));
  const mantissa = f.intOp("or", f.intOp("and", bits, f.int((1n << 52n) - 1n)), f.int(1n << 52n));
  // The table starts with a word of zeros, for exponents below 2.
  const position = f.intOp("add", f.intOp("lshr", bits, f.int(52)), f.int(64 - 2 - 1075));
  const first = f.intOp("lshr", position, f.int(6));
  const shift = f.intOp("and", position, f.int(63));
  const word = (i: number) => {
    const index = f.intOp("add", first, f.int(i));
    const address = op(irType("ptr", 1), `getelementptr i64, ptr @twoOverPi, i64 ${index.text}`);
    return op(i64, `load i64, ptr ${address.text}`);
  };
  const read = [word(0), word(1), word(2), word(3)] as const;
  const [w0, w1, w2] = [0, 1, 2].map((i) => b.intrinsic("fshl", read[i]!, read[i + 1]!, shift)) as [
    IrValue,
    IrValue,
    IrValue,
  ];
  const wide = (v: IrValue) => op(i128, `zext i64 ${v.text} to i128`);
  const high = (v: IrValue) => op(i64, `trunc i128 ${op(i128, `lshr i128 ${v.text}, 64`).text} to i64`);
  const low = (v: IrValue) => op(i64, `trunc i128 ${v.text} to i64`);
  const times = (v: IrValue) => op(i128, `mul i128 ${wide(v).text}, ${wide(mantissa).text}`);
  const p2 = times(w2);
  const p1 = op(i128, `add i128 ${times(w1).text}, ${wide(high(p2)).text}`);
  const r0 = f.intOp("add", f.intOp("mul", w0, mantissa), high(p1));
  const [r1, r2] = [low(p1), low(p2)];
  const fractionHigh = b.intrinsic("fshl", r0, r1, f.int(2));
  const fractionLow = b.intrinsic("fshl", r1, r2, f.int(2));
  const negative = f.compareInt("slt", fractionHigh, f.int(0));
  const up = op(i64, `zext i1 ${negative.text} to i64`);
  const quadrant = f.intOp("add", f.intOp("lshr", r0, f.int(62)), up);

  // The magnitude's two words; its first 53 bits and the next are two floats. No float64 is so near a multiple that the
  // upper word vanishes.
  const zero = f.int(0);
  const borrowed = op(i64, `zext i1 ${f.compareInt("eq", fractionLow, zero).text} to i64`);
  const oppositeHigh = f.intOp("add", f.intOp("xor", fractionHigh, f.int(-1)), borrowed);
  const sizeHigh = f.selectInt(negative, oppositeHigh, fractionHigh);
  const sizeLow = f.selectInt(negative, f.intOp("sub", zero, fractionLow), fractionLow);
  module.declare("llvm.ctlz.i64", "i64 @llvm.ctlz.i64(i64, i1)");
  const zeros = op(i64, `call i64 @llvm.ctlz.i64(i64 ${sizeHigh.text}, i1 false)`);
  const normalHigh = b.intrinsic("fshl", sizeHigh, sizeLow, zeros);
  const normalLow = f.intOp("shl", sizeLow, zeros);
  const first53 = f.intOp("lshr", normalHigh, f.int(11));
  const between = f.intOp("shl", f.intOp("and", normalHigh, f.int(0x7ff)), f.int(42));
  const next53 = f.intOp("or", between, f.intOp("lshr", normalLow, f.int(22)));
  const real = (v: IrValue) => op(f.type, `uitofp i64 ${v.text} to double`);
  const scale = f.pow2(f.intOp("sub", f.int(-53), zeros));
  const hi = f.mul(real(first53), scale);
  const lo = f.mul(f.mul(real(next53), 2 ** -53), scale);
  const product = twoProduct(f, hi, f.const(halfPiPair.hi));
  const rest = f.mulAdd(hi, halfPiPair.lo, f.mulAdd(lo, halfPiPair.hi, product.lo));
  const remainder = fastTwoSum(f, product.hi, rest);
  // The remainder's own sign, then x's; and a negative x counts its multiples downwards.
  const signedBy = (v: IrValue) => f.xorSign(f.select(negative, f.neg(v), v), x);
  const below = f.compare("olt", x, 0);
  const turned = f.selectInt(below, f.intOp("sub", f.int(0), quadrant), quadrant);
  const result = "{ double, double, i64 }";
  const one = op(irType(result, 1), `insertvalue ${result} poison, double ${signedBy(remainder.hi).text}, 0`);
  const two = op(irType(result, 1), `insertvalue ${result} ${one.text}, double ${signedBy(remainder.lo).text}, 1`);
  const three = op(irType(result, 1), `insertvalue ${result} ${two.text}, i64 ${turned.text}, 2`);
  b.statement(`ret ${result} ${three.text}`);
  return [
    `@twoOverPi = private unnamed_addr constant [${words.length} x i64] [${words.map((w) => `i64 ${w}`).join(", ")}]`,
    `define internal ${result} @payneHanek(double %x) noinline {`,
    b.body(),
    "}",
  ].join("\n");
}
