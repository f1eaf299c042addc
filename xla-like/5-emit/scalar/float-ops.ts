/** Arithmetic on lanes of float32 or float64, as the mathematical functions are written in it. */
import { floatBitsText, type IrBuilder, type IrType, type IrValue, irType, splat, typeText } from "./ir.js";
import { range, shuffle, spread } from "./lanes.js";

/** What the target can do that changes how a function is best written. */
export interface ScalarTarget {
  /** Whether a fused multiply-add is one instruction. */
  readonly fma: boolean;
  /** Whether float16 and float32 are converted by instructions (on x86, F16C); without it, by integer arithmetic. */
  readonly half?: boolean;
  /** Whether whole vectors are multiplied by powers of two by an instruction, as AVX-512 does. */
  readonly scales?: boolean;
  /** Whether memory is read and written as whole vectors only where it is aligned to them, as NVIDIA's cards do. */
  readonly aligned?: boolean;
  /** Bits of the vectors that functions pass each other in registers; kernels must be defined with the same. */
  readonly vectorBits?: 512 | 256 | 128;
}

export type Compare = "oeq" | "one" | "ogt" | "oge" | "olt" | "ole" | "une" | "uno" | "ueq";
type Number_ = IrValue | number;

/** What float32 and float64 differ in. */
export interface FloatFormat {
  readonly bits: 32 | 64;
  readonly element: "float" | "double";
  /** Significant bits, the hidden one included. */
  readonly precision: 24 | 53;
  readonly maxExponent: 127 | 1023;
  readonly max: number;
  readonly minNormal: number;
}

export const float32Format: FloatFormat = {
  bits: 32,
  element: "float",
  precision: 24,
  maxExponent: 127,
  max: (2 - 2 ** -23) * 2 ** 127,
  minNormal: 2 ** -126,
};
export const float64Format: FloatFormat = {
  bits: 64,
  element: "double",
  precision: 53,
  maxExponent: 1023,
  max: Number.MAX_VALUE,
  minNormal: 2 ** -1022,
};

export class FloatOps {
  readonly type: IrType;
  readonly intType: IrType;
  readonly boolType: IrType;

  constructor(
    readonly b: IrBuilder,
    readonly format: FloatFormat,
    readonly lanes: number,
    readonly target: ScalarTarget,
  ) {
    this.type = irType(format.element, lanes);
    this.intType = irType(`i${format.bits}`, lanes);
    this.boolType = irType("i1", lanes);
  }

  /** The same lanes in the other format. */
  as(format: FloatFormat): FloatOps {
    return new FloatOps(this.b, format, this.lanes, this.target);
  }

  /** The constant rounded to this format, in every lane. */
  const(value: number): IrValue {
    return splat(this.type, floatBitsText(this.round(value)));
  }

  int(value: bigint | number): IrValue {
    return splat(this.intType, String(value));
  }

  bool(value: boolean): IrValue {
    return splat(this.boolType, String(value));
  }

  /** A number as this format holds it. */
  round(value: number): number {
    return this.format.bits === 32 ? Math.fround(value) : value;
  }

  private val(x: Number_): IrValue {
    return typeof x === "number" ? this.const(x) : x;
  }

  private binary(op: string, x: Number_, y: Number_): IrValue {
    return this.b.pure(this.type, `${op} ${typeText(this.type)} ${this.val(x).text}, ${this.val(y).text}`);
  }

  add = (x: Number_, y: Number_): IrValue => this.binary("fadd", x, y);
  sub = (x: Number_, y: Number_): IrValue => this.binary("fsub", x, y);
  mul = (x: Number_, y: Number_): IrValue => this.binary("fmul", x, y);
  div = (x: Number_, y: Number_): IrValue => this.binary("fdiv", x, y);
  rem = (x: Number_, y: Number_): IrValue => this.binary("frem", x, y);
  neg = (x: IrValue): IrValue => this.b.pure(this.type, `fneg ${typeText(this.type)} ${x.text}`);
  abs = (x: IrValue): IrValue => this.b.intrinsic("fabs", x);
  sqrt = (x: IrValue): IrValue => this.b.intrinsic("sqrt", x);
  floor = (x: IrValue): IrValue => this.b.intrinsic("floor", x);
  ceil = (x: IrValue): IrValue => this.b.intrinsic("ceil", x);
  trunc = (x: IrValue): IrValue => this.b.intrinsic("trunc", x);
  roundEven = (x: IrValue): IrValue => this.b.intrinsic("roundeven", x);
  roundAway = (x: IrValue): IrValue => this.b.intrinsic("round", x);
  copySign = (x: Number_, sign: IrValue): IrValue => this.b.intrinsic("copysign", this.val(x), sign);

  /** x y + z, rounded once where that is one instruction, twice where it is not. */
  mulAdd(x: Number_, y: Number_, z: Number_): IrValue {
    if (this.target.fma) return this.b.intrinsic("fma", this.val(x), this.val(y), this.val(z));
    return this.add(this.mul(x, y), z);
  }

  compare(how: Compare, x: Number_, y: Number_): IrValue {
    return this.b.pure(this.boolType, `fcmp ${how} ${typeText(this.type)} ${this.val(x).text}, ${this.val(y).text}`);
  }

  select(condition: IrValue, yes: Number_, no: Number_): IrValue {
    const [x, y, type] = [this.val(yes), this.val(no), typeText(this.type)];
    return this.b.pure(
      this.type,
      `select ${typeText(this.boolType)} ${condition.text}, ${type} ${x.text}, ${type} ${y.text}`,
    );
  }

  selectInt(condition: IrValue, yes: IrValue, no: IrValue): IrValue {
    const type = typeText(this.intType);
    return this.b.pure(
      this.intType,
      `select ${typeText(this.boolType)} ${condition.text}, ${type} ${yes.text}, ${type} ${no.text}`,
    );
  }

  logic(op: "and" | "or" | "xor", x: IrValue, y: IrValue): IrValue {
    return this.b.pure(this.boolType, `${op} ${typeText(this.boolType)} ${x.text}, ${y.text}`);
  }

  not = (x: IrValue): IrValue => this.logic("xor", x, this.bool(true));
  isNaN = (x: IrValue): IrValue => this.compare("uno", x, 0);

  /** The lesser; the second where either is NaN, which is one instruction on x86. */
  min(x: Number_, y: Number_): IrValue {
    return this.select(this.compare("olt", x, y), x, y);
  }

  max(x: Number_, y: Number_): IrValue {
    return this.select(this.compare("ogt", x, y), x, y);
  }

  intOp(op: "add" | "sub" | "mul" | "shl" | "lshr" | "ashr" | "and" | "or" | "xor", x: IrValue, y: IrValue): IrValue {
    return this.b.pure(this.intType, `${op} ${typeText(this.intType)} ${x.text}, ${y.text}`);
  }

  compareInt(how: "eq" | "ne" | "slt" | "sgt", x: IrValue, y: IrValue): IrValue {
    return this.b.pure(this.boolType, `icmp ${how} ${typeText(this.intType)} ${x.text}, ${y.text}`);
  }

  bits(x: IrValue): IrValue {
    return this.b.pure(this.intType, `bitcast ${typeText(this.type)} ${x.text} to ${typeText(this.intType)}`);
  }

  fromBits(x: IrValue): IrValue {
    return this.b.pure(this.type, `bitcast ${typeText(this.intType)} ${x.text} to ${typeText(this.type)}`);
  }

  /** x with the sign of y toggled in: x where y is positive, -x where it is negative. */
  xorSign(x: IrValue, y: IrValue): IrValue {
    const sign = this.intOp("and", this.bits(y), this.int(-(1n << BigInt(this.format.bits - 1))));
    return this.fromBits(this.intOp("xor", this.bits(x), sign));
  }

  /**
   * The integer nearest to x, as a float and as an integer, for |x| below 2^(precision - 2): added to 1.5 * 2^(p-1), x
   * loses its fraction, and the low bits are the integer.
   */
  nearestInt(x: IrValue): { readonly float: IrValue; readonly int: IrValue } {
    const magic = 1.5 * 2 ** (this.format.precision - 1);
    const shifted = this.add(x, magic);
    const int = this.intOp("sub", this.bits(shifted), this.bits(this.const(magic)));
    return { float: this.sub(shifted, magic), int };
  }

  /** 2^k for k with a normal result, built from its bits. */
  pow2(k: IrValue): IrValue {
    const biased = this.intOp("add", k, this.int(this.format.maxExponent));
    return this.fromBits(this.intOp("shl", biased, this.int(this.format.precision - 1)));
  }

  /** x 2^k, in two steps so that the scale neither overflows nor loses what a denormal result keeps. */
  scale(x: IrValue, k: IrValue): IrValue {
    const half = this.intOp("ashr", k, this.int(1));
    return this.mul(this.mul(x, this.pow2(half)), this.pow2(this.intOp("sub", k, half)));
  }

  /** x 2^k, rounded once, where the processor has an instruction for it. */
  scaleByInstruction(x: IrValue, k: IrValue): IrValue | undefined {
    if (this.target.scales !== true) return undefined;
    const { b, lanes } = this;
    const whole = 512 / this.format.bits;
    const type = irType(this.format.element, whole);
    const text = typeText(type);
    const name = `llvm.x86.avx512.mask.scalef.${this.format.bits === 32 ? "ps" : "pd"}.512`;
    b.module.declare(name, `${text} @${name}(${text}, ${text}, ${text}, i${whole}, i32)`);
    const scaled = (from: number): IrValue => {
      // Fewer lanes take a whole vector all the same, so that they come out alike.
      const [p, n] = [x, k].map((v) => (lanes === 1 ? spread(b, v, whole) : shuffle(b, v, undefined, piece(from))));
      // Of all lanes, and with the rounding that is in force.
      const operands = `${text} ${p!.text}, ${text} ${n!.text}, ${text} zeroinitializer, i${whole} -1, i32 4`;
      return b.pure(type, `call ${text} @${name}(${operands})`);
    };
    const piece = (from: number): number[] => range(whole).map((lane) => Math.min(from + lane, lanes - 1));
    const join = (from: number, count: number): IrValue => {
      if (count <= whole) return scaled(from);
      const half = count / 2;
      return shuffle(b, join(from, half), join(from + half, half), range(count));
    };
    const all = join(0, lanes);
    if (lanes >= whole) return all;
    if (lanes > 1) return shuffle(b, all, undefined, range(lanes));
    return b.pure(this.type, `extractelement ${text} ${all.text}, i32 0`);
  }

  /** An integer of small magnitude as a float. */
  toFloat(k: IrValue): IrValue {
    const magic = 1.5 * 2 ** (this.format.precision - 1);
    return this.sub(this.fromBits(this.intOp("add", k, this.bits(this.const(magic)))), magic);
  }

  /** c[0] + c[1] x + … by Horner's rule: with many lanes a step, chains of other lanes fill the latency. */
  polynomial(x: IrValue, coefficients: readonly number[]): IrValue {
    let value = this.const(coefficients.at(-1)!);
    for (let i = coefficients.length - 2; i >= 0; i--) value = this.mulAdd(value, x, coefficients[i]!);
    return value;
  }

  /** The coefficients of this format. */
  pick<A, B>(of: { readonly f32: A; readonly f64: B }): A | B {
    return this.format.bits === 32 ? of.f32 : of.f64;
  }
}
