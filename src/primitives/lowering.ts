/** What lowerings of elementwise operations share: HLO for operations that have no opcode. */

import type { BinaryOpcode, HloBuilder, HloInstruction } from "../../xla-like/index.js";
import { type DType, dtypes, isFloat } from "../core/dtype.js";

/** The element type of an array instruction. */
export function dtypeOf(x: HloInstruction): DType {
  if (x.shape.kind === "array") return x.shape.dtype;
  throw new TypeError("dtypeOf: the instruction is a tuple");
}
/** The dimensions of an array instruction. */
export function dimsOf(x: HloInstruction): readonly number[] {
  if (x.shape.kind === "array") return x.shape.dims;
  throw new TypeError("dimsOf: the instruction is a tuple");
}

/** x repeated to `dims`: a scalar, or of the same rank with sizes of 1 where it repeats. */
export function spread(b: HloBuilder, x: HloInstruction, dims: readonly number[]): HloInstruction {
  const own = dimsOf(x);
  if (own.length === dims.length && own.every((d, i) => d === dims[i])) return x;
  if (own.length === 0) return b.broadcast(x, dims, []);
  const kept = dims.map((_, i) => i).filter((i) => own[i] === dims[i]);
  return b.broadcast(
    b.reshape(
      x,
      kept.map((i) => own[i]),
    ),
    dims,
    kept,
  );
}

/** Both operands in the shape of the result; a scalar beside an operand of that shape stays one. */
export function spreadPair(
  b: HloBuilder,
  x: HloInstruction,
  y: HloInstruction,
  dims: readonly number[],
): readonly [HloInstruction, HloInstruction] {
  const fits = (z: HloInstruction): boolean => dimsOf(z).length === 0 || dimsOf(z).every((d, i) => d === dims[i]);
  return fits(x) && fits(y) ? [x, y] : [spread(b, x, dims), spread(b, y, dims)];
}

/** Instructions on operands of one dtype, beside which numbers are scalars of that dtype. */
export class Arithmetic {
  constructor(
    readonly b: HloBuilder,
    readonly dtype: DType,
  ) {}
  of = (x: HloInstruction | number | bigint): HloInstruction =>
    typeof x === "object" ? x : this.b.scalar(this.dtype, x);
  #binary =
    (opcode: BinaryOpcode) =>
    (x: HloInstruction | number | bigint, y: HloInstruction | number | bigint): HloInstruction =>
      this.b.binary(opcode, this.of(x), this.of(y));
  add = this.#binary("add");
  sub = this.#binary("subtract");
  mul = this.#binary("multiply");
  div = this.#binary("divide");
  and = this.#binary("and");
  shiftRight = this.#binary("shift-right-logical");
  shiftRightArithmetic = this.#binary("shift-right-arithmetic");
}

const wider: Partial<Record<DType, DType>> = {
  int8: "int16",
  int16: "int32",
  int32: "int64",
  uint8: "uint16",
  uint16: "uint32",
  uint32: "uint64",
};

/** The upper half of a product: taken in a type of twice the width, or from half-width products for 64 bits. */
export function lowerMulhi(b: HloBuilder, x: HloInstruction, y: HloInstruction): HloInstruction {
  const dtype = dtypeOf(x);
  const wide = wider[dtype];
  const signed = dtypes[dtype].kind === "signed";
  if (wide !== undefined) {
    const product = b.binary("multiply", b.convert(x, wide), b.convert(y, wide));
    const bits = b.scalar(wide, 8 * dtypes[dtype].bytes);
    return b.convert(b.binary(signed ? "shift-right-arithmetic" : "shift-right-logical", product, bits), dtype);
  }
  const { add, mul, and, shiftRight } = new Arithmetic(b, "uint64");
  const low = 0xffffffffn;
  const halves = (z: HloInstruction): [HloInstruction, HloInstruction] => {
    const u = signed ? b.convert(z, "uint64") : z;
    return [and(u, low), shiftRight(u, 32)];
  };
  const [xl, xh] = halves(x);
  const [yl, yh] = halves(y);
  const [lh, hl] = [mul(xl, yh), mul(xh, yl)];
  const cross = add(add(and(lh, low), and(hl, low)), shiftRight(mul(xl, yl), 32));
  const carried = add(shiftRight(lh, 32), add(shiftRight(hl, 32), shiftRight(cross, 32)));
  const high = add(mul(xh, yh), carried);
  if (!signed) return high;
  // Read as unsigned, a negative factor is 2^64 too large: the other factor comes off the upper half.
  const s = new Arithmetic(b, "int64");
  const excess = s.add(s.mul(s.shiftRightArithmetic(x, 63), y), s.mul(s.shiftRightArithmetic(y, 63), x));
  return s.add(b.convert(high, "int64"), excess);
}

/** x to a constant integer power by repeated squaring. */
export function lowerIntegerPow(b: HloBuilder, x: HloInstruction, y: number): HloInstruction {
  const one = b.scalar(dtypeOf(x), 1);
  if (y === 0) return spread(b, one, dimsOf(x));
  let power = x;
  let result: HloInstruction | null = null;
  for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = result === null ? power : b.binary("multiply", result, power);
    if (n > 1) power = b.binary("multiply", power, power);
  }
  return y < 0 ? b.binary("divide", one, result as HloInstruction) : (result as HloInstruction);
}

/** The total order is one of floats; integers and booleans are ordered totally as they are. */
export const ordersTotally = (dtype: DType): boolean => isFloat(dtype);

/** The distance from 1 to the next number of a float type. */
export const epsilonOf = (dtype: DType): number => {
  const bits: Partial<Record<DType, number>> = { float16: 10, bfloat16: 7, float32: 23, float64: 52 };
  return 2 ** -(bits[dtype] ?? 52);
};
/** The smallest normal number of a float type. */
export const tiniestOf = (dtype: DType): number =>
  dtype === "float64" ? 2 ** -1022 : dtype === "float16" ? 2 ** -14 : 2 ** -126;

export const isHalf = (dtype: DType): boolean => dtype === "float16" || dtype === "bfloat16";
