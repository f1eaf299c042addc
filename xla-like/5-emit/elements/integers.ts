/** Arithmetic on scalar 64-bit integers, constants folded, each operation written once in its scope. */
import type { IrValue } from "../scalar/ir.js";
import {
  alignOf,
  constantInt,
  type Frame,
  greatestCommonDivisor,
  type Int,
  i1,
  i64,
  intOf,
  type Placed,
} from "./frame.js";

type IntLike = Int | number;

export class Integers {
  constructor(readonly frame: Frame) {}

  private op(operation: string, a: Int, b: Int, fold: (a: number, b: number) => number, align = 1): Int {
    if (a.constant !== undefined && b.constant !== undefined) return constantInt(fold(a.constant, b.constant));
    const depth = Math.max(a.depth, b.depth);
    const placed = this.frame.pure(i64, `${operation} i64 ${a.text}, ${b.text}`, depth);
    return { text: placed.value.text, depth: placed.depth, align };
  }

  add(x: IntLike, y: IntLike): Int {
    const [a, b] = [intOf(x), intOf(y)];
    if (a.constant === 0) return b;
    if (b.constant === 0) return a;
    // The constant last and what changes oftener first, so that equal sums are written alike.
    const swap = a.constant !== undefined || (b.constant === undefined && a.depth < b.depth);
    const [first, second] = swap ? [b, a] : [a, b];
    return this.op("add nsw", first, second, (p, q) => p + q, greatestCommonDivisor(alignOf(a), alignOf(b)));
  }

  sub(x: IntLike, y: IntLike): Int {
    const [a, b] = [intOf(x), intOf(y)];
    if (b.constant !== undefined) return this.add(a, -b.constant);
    return this.op("sub nsw", a, b, (p, q) => p - q);
  }

  mul(x: IntLike, y: number): Int {
    const a = intOf(x);
    if (y === 1) return a;
    if (y === 0) return constantInt(0);
    return this.op("mul nsw", a, constantInt(y), (p, q) => p * q, alignOf(a) * Math.abs(y));
  }

  /** Of a number that is not negative, by a constant. */
  div(x: IntLike, y: number): Int {
    return y === 1 ? intOf(x) : this.op("udiv", intOf(x), constantInt(y), (p, q) => Math.floor(p / q));
  }

  rem(x: IntLike, y: number): Int {
    return y === 1 ? constantInt(0) : this.op("urem", intOf(x), constantInt(y), (p, q) => p % q);
  }

  /** Rounded down, of any number within 2^32 times the divisor. */
  floorDiv(x: IntLike, y: number): Int {
    const a = intOf(x);
    if (y === 1) return a;
    const shift = Math.log2(y);
    if (Number.isInteger(shift)) return this.op("ashr", a, constantInt(shift), (p) => Math.floor(p / y));
    if (a.constant !== undefined) return constantInt(Math.floor(a.constant / y));
    const bias = 2 ** 32;
    return this.sub(this.div(this.add(a, bias * y), y), bias);
  }

  floorRem(x: IntLike, y: number): Int {
    return this.sub(x, this.mul(this.floorDiv(x, y), y));
  }

  private extreme(name: "smin" | "smax", a: Int, b: Int): Int {
    if (a.constant !== undefined && b.constant !== undefined) {
      return constantInt(name === "smin" ? Math.min(a.constant, b.constant) : Math.max(a.constant, b.constant));
    }
    const full = `llvm.${name}.i64`;
    this.frame.module.declare(full, `i64 @${full}(i64, i64)`);
    const depth = Math.max(a.depth, b.depth);
    const placed = this.frame.pure(i64, `call i64 @${full}(i64 ${a.text}, i64 ${b.text})`, depth);
    return { text: placed.value.text, depth: placed.depth };
  }

  min = (x: IntLike, y: IntLike): Int => this.extreme("smin", intOf(x), intOf(y));
  max = (x: IntLike, y: IntLike): Int => this.extreme("smax", intOf(x), intOf(y));
  clamp = (x: IntLike, low: number, high: number): Int => this.min(this.max(x, low), high);

  compare(how: "eq" | "ne" | "slt" | "sge" | "ult", x: IntLike, y: IntLike): Placed {
    const [a, b] = [intOf(x), intOf(y)];
    return this.frame.pure(i1, `icmp ${how} i64 ${a.text}, ${b.text}`, Math.max(a.depth, b.depth));
  }

  select(condition: Placed, x: IntLike, y: IntLike): Int {
    const [a, b] = [intOf(x), intOf(y)];
    const depth = Math.max(condition.depth, a.depth, b.depth);
    const { value } = this.frame.pure(i64, `select i1 ${condition.value.text}, i64 ${a.text}, i64 ${b.text}`, depth);
    return { text: value.text, depth };
  }

  value(x: IntLike): IrValue {
    return { type: i64, text: intOf(x).text };
  }
}
