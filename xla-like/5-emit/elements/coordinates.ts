/**
 * Coordinates of lanes: where along one dimension each lane of a vector is. Most are a scalar plus a constant step per
 * lane, from which loads of neighbours are seen; the others are a vector.
 */
import { type IrType, type IrValue, irType, typeText } from "../scalar/ir.js";
import { choose, compareIntegers, integer, range, spread } from "../scalar/lanes.js";
import { alignOf, constantInt, type Frame, type Int, i1, type Placed } from "./frame.js";
import { Integers } from "./integers.js";

interface Affine {
  readonly kind: "affine";
  readonly base: Int;
  readonly step: number;
}
interface Uniform extends Affine {
  readonly step: 0;
}
interface PerLane {
  readonly kind: "lanes";
  readonly value: IrValue;
  readonly depth: number;
}
export type Coordinate = Affine | PerLane;

export const affine = (base: Int | number, step = 0): Coordinate => ({
  kind: "affine",
  base: typeof base === "number" ? constantInt(base) : base,
  step,
});

export const depthOf = (c: Coordinate): number => (c.kind === "affine" ? c.base.depth : c.depth);
export const keyOf = (c: Coordinate): string => (c.kind === "affine" ? `${c.base.text}:${c.step}` : c.value.text);
/** Whether all lanes are at the same place. */
export const isUniform = (c: Coordinate): c is Uniform => c.kind === "affine" && c.step === 0;

const divides = (k: number, n: number): boolean => n % k === 0;

export class Coordinates {
  readonly ints: Integers;
  private readonly type: IrType;

  constructor(
    readonly frame: Frame,
    readonly lanes: number,
    /** How wide the lanes of an index must be. */
    readonly bits: 32 | 64,
  ) {
    this.ints = new Integers(frame);
    this.type = irType(`i${bits}`, lanes);
  }

  private vector(operation: string, depth: number): Coordinate {
    const { value } = this.frame.pure(this.type, operation, depth);
    return { kind: "lanes", value, depth };
  }

  private binary(op: string, a: Coordinate, b: Coordinate): Coordinate {
    const [x, y] = [this.toLanes(a), this.toLanes(b)];
    const text = `${op} ${typeText(this.type)} ${x.value.text}, ${y.value.text}`;
    return this.vector(text, Math.max(x.depth, y.depth));
  }

  /** Every lane's place, as a vector. */
  toLanes(c: Coordinate): Placed {
    if (c.kind === "lanes") return { value: c.value, depth: c.depth };
    const steps: IrValue = {
      type: this.type,
      text:
        this.lanes === 1
          ? "0"
          : `<${range(this.lanes)
              .map((l) => `i${this.bits} ${l * c.step}`)
              .join(", ")}>`,
    };
    const start = this.spread(c.base);
    if (c.step === 0) return start;
    if (c.base.constant === 0) return { value: steps, depth: 0 };
    return this.frame.pure(this.type, `add ${typeText(this.type)} ${start.value.text}, ${steps.text}`, start.depth);
  }

  /** A scalar in every lane. */
  spread(x: Int): Placed {
    if (x.constant !== undefined) return { value: integer(this.type, x.constant), depth: 0 };
    const { frame } = this;
    const key = `spread ${this.bits} ${x.text}`;
    const known = frame.recall<Placed>(key);
    if (known !== undefined) return known;
    const narrow =
      this.bits === 64
        ? { type: irType("i64", 1), text: x.text }
        : frame.pure(irType("i32", 1), `trunc i64 ${x.text} to i32`, x.depth).value;
    return frame.remember(key, x.depth, { value: spread(frame.at(x.depth), narrow, this.lanes), depth: x.depth });
  }

  add(c: Coordinate, by: Int | number): Coordinate {
    if (c.kind === "affine") return affine(this.ints.add(c.base, by), c.step);
    return by === 0 ? c : this.binary("add", c, affine(by));
  }

  sum(a: Coordinate, b: Coordinate): Coordinate {
    if (a.kind === "affine" && b.kind === "affine") return affine(this.ints.add(a.base, b.base), a.step + b.step);
    if (isUniform(a) && a.base.constant === 0) return b;
    if (isUniform(b) && b.base.constant === 0) return a;
    return this.binary("add", a, b);
  }

  scale(c: Coordinate, by: number): Coordinate {
    if (c.kind === "affine") return affine(this.ints.mul(c.base, by), c.step * by);
    return by === 1 ? c : this.binary("mul", c, affine(by));
  }

  /** (limit - c), as reversals need it. */
  from(limit: number, c: Coordinate): Coordinate {
    if (c.kind === "affine") return affine(this.ints.sub(limit, c.base), -c.step);
    return this.binary("sub", affine(limit), c);
  }

  /** Whether all lanes, which advance by steps, stay within one block of k. */
  private withinBlock(c: Affine, k: number): boolean {
    const reach = c.step * this.lanes;
    return c.step > 0 && divides(reach, k) && divides(reach, alignOf(c.base));
  }

  /** The quotient by a constant, of places that are not negative; some lanes may begin before the first place. */
  div(c: Coordinate, k: number): Coordinate {
    if (k === 1) return c;
    if (c.kind === "affine") {
      if (c.step === 0) return affine(this.ints.div(c.base, k));
      if (this.withinBlock(c, k)) return affine(this.ints.floorDiv(c.base, k));
      if (divides(k, c.step)) return affine(this.ints.floorDiv(c.base, k), c.step / k);
    }
    return this.binary("udiv", c, affine(k));
  }

  rem(c: Coordinate, k: number): Coordinate {
    if (k === 1) return affine(0);
    if (c.kind === "affine") {
      if (c.step === 0) return affine(this.ints.rem(c.base, k));
      if (divides(k, c.step)) return affine(this.ints.floorRem(c.base, k));
      if (this.withinBlock(c, k)) {
        const base = this.ints.floorRem(c.base, k);
        return affine(base.constant === undefined ? { ...base, align: c.step * this.lanes } : base, c.step);
      }
    }
    return this.binary("urem", c, affine(k));
  }

  /** Whether each lane is in [0, n): one answer where all lanes are at one place. */
  inside(c: Coordinate, n: number): Placed {
    if (isUniform(c)) return this.ints.compare("ult", c.base, n);
    const x = this.toLanes(c);
    return this.compare("ult", x, n);
  }

  /** Which of the lanes from `at` on are below the limit. */
  below(at: Int, limit: Int): Placed {
    const left = this.spread(this.ints.sub(limit, at));
    const steps = this.toLanes(affine(0, 1));
    const text = `icmp slt ${typeText(this.type)} ${steps.value.text}, ${left.value.text}`;
    return this.frame.pure(irType("i1", this.lanes), text, left.depth);
  }

  private compare(how: "ult" | "eq", x: Placed, n: number): Placed {
    const text = `icmp ${how} ${typeText(this.type)} ${x.value.text}, ${integer(this.type, n).text}`;
    return this.frame.pure(irType("i1", this.lanes), text, x.depth);
  }

  isZero(c: Coordinate): Placed {
    return isUniform(c) ? this.ints.compare("eq", c.base, 0) : this.compare("eq", this.toLanes(c), 0);
  }

  /** Which lanes are at the same place. */
  same(a: Coordinate, b: Coordinate): Placed {
    if (isUniform(a) && isUniform(b)) return this.ints.compare("eq", a.base, b.base);
    const [x, y] = [this.toLanes(a), this.toLanes(b)];
    const depth = Math.max(x.depth, y.depth);
    return { value: compareIntegers(this.frame.at(depth), "eq", x.value, y.value), depth };
  }

  /** Moved to the nearest place in [0, n). Lanes that advance by steps stay as they are: `inside` must mask them. */
  clamp(c: Coordinate, n: number): Coordinate {
    if (isUniform(c)) return affine(this.ints.clamp(c.base, 0, n - 1));
    if (c.kind === "affine") return c;
    const low = this.intrinsic("smax", c, 0);
    return this.intrinsic("smin", low, n - 1);
  }

  private intrinsic(name: string, c: PerLane, n: number): typeof c {
    const full = `llvm.${name}.${this.lanes === 1 ? "" : `v${this.lanes}`}i${this.bits}`;
    const text = typeText(this.type);
    this.frame.module.declare(full, `${text} @${full}(${text}, ${text})`);
    const call = `call ${text} @${full}(${text} ${c.value.text}, ${text} ${integer(this.type, n).text})`;
    const { value } = this.frame.pure(this.type, call, c.depth);
    return { kind: "lanes", value, depth: c.depth };
  }

  /** The same place as a value of the scope at `depth`, so that what is read there is read in that scope. */
  pinned(c: Coordinate, depth: number): Coordinate {
    return c.kind === "affine" ? affine({ ...c.base, depth }, c.step) : { ...c, depth };
  }

  /** Both conditions; each may be one for all lanes. */
  and(a: Placed | undefined, b: Placed): Placed {
    if (a === undefined) return b;
    const depth = Math.max(a.depth, b.depth);
    const lanes = Math.max(a.value.type.lanes, b.value.type.lanes);
    const [x, y] = [this.widen(a, lanes), this.widen(b, lanes)];
    const type = irType("i1", lanes);
    return this.frame.pure(type, `and ${typeText(type)} ${x.value.text}, ${y.value.text}`, depth);
  }

  /** A condition for each lane. */
  widen(condition: Placed, lanes: number): Placed {
    const { value, depth } = condition;
    if (value.type.lanes === lanes) return condition;
    const key = `widen ${lanes} ${value.text}`;
    const known = this.frame.recall<Placed>(key);
    if (known !== undefined) return known;
    return this.frame.remember(key, depth, { value: spread(this.frame.at(depth), value, lanes), depth });
  }

  choose(condition: Placed, a: Coordinate, b: Coordinate): Coordinate {
    if (condition.value.type.lanes === 1 && isUniform(a) && isUniform(b)) {
      return affine(this.ints.select(condition, a.base, b.base));
    }
    const [x, y] = [this.toLanes(a), this.toLanes(b)];
    const depth = Math.max(condition.depth, x.depth, y.depth);
    return { kind: "lanes", value: choose(this.frame.at(depth), condition.value, x.value, y.value), depth };
  }

  get truth(): Placed {
    return { value: { type: i1, text: "true" }, depth: 0 };
  }
}
