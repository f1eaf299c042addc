/**
 * Held results of reductions: what a thread holds, how it takes in more, and how the threads of a warp and of a block
 * combine theirs, in trees that never change. After that every thread holds the total.
 */
import { dtypes } from "../../hlo/dtype.js";
import { constantInt, type Int, type Placed } from "../elements/frame.js";
import type { Reducer } from "../elements/reducer.js";
import type { IrValue } from "../scalar/ir.js";
import { range, shuffle } from "../scalar/lanes.js";
import { isComplexValue, spreadValue, type Value } from "../scalar/value.js";
import { type BlockKernel, i1Type } from "./block-kernel.js";
import { warpThreads } from "./intrinsics.js";

/** Accumulators, and whether they hold any element, which is asked where no element changes nothing. */
export interface Held {
  readonly values: readonly Value[];
  readonly some: IrValue | undefined;
}

/** All that loops carry of it. */
export const carriedOf = (p: Held): readonly Value[] => (p.some === undefined ? p.values : [...p.values, p.some]);

export class Partials {
  constructor(
    private readonly kernel: BlockKernel,
    readonly reducer: Reducer,
  ) {}

  get carried(): number {
    return this.reducer.accumulators.length + (this.reducer.hasIdentity ? 0 : 1);
  }

  fromCarried(values: readonly Value[]): Held {
    if (this.reducer.hasIdentity) return { values, some: undefined };
    const some = values[values.length - 1];
    if (isComplexValue(some)) throw new TypeError("a flag is a bit");
    return { values: values.slice(0, -1), some };
  }

  private context(lanes: number) {
    return this.kernel.evaluator.context(this.kernel.frame.depth, lanes);
  }

  start(lanes: number): Held {
    const cx = this.context(lanes);
    const identity = this.reducer.identity(cx);
    if (this.reducer.hasIdentity && identity !== undefined)
      return { values: [spreadValue(cx, identity)], some: undefined };
    return { values: this.reducer.zeros(cx).map((v) => spreadValue(cx, v)), some: { type: i1Type, text: "false" } };
  }

  /** With another group of elements, or of accumulators, where `inside` holds. */
  take(held: Held, xs: readonly Value[], lanes: number, inside: Placed | undefined): Held {
    const some = inside?.value ?? { type: i1Type, text: "true" };
    if (held.some !== undefined) return this.merge(held, { values: xs, some }, lanes);
    const { values } = this.merge(held, { values: xs, some: undefined }, lanes);
    if (inside === undefined) return { values, some: undefined };
    return { values: values.map((v, k) => this.kernel.choose(inside, v, held.values[k])), some: undefined };
  }

  merge(a: Held, b: Held, lanes: number): Held {
    const { kernel } = this;
    const both = this.reducer.step(this.context(lanes), a.values, b.values);
    if (a.some === undefined || b.some === undefined) return { values: both, some: undefined };
    const builder = kernel.frame.here;
    const at = (value: IrValue): Placed => ({ value, depth: kernel.frame.depth });
    const [hasA, hasB] = [at(a.some), at(b.some)];
    const values = both.map((v, k) => kernel.choose(hasB, kernel.choose(hasA, v, b.values[k]), a.values[k]));
    return { values, some: builder.pure(i1Type, `or i1 ${a.some.text}, ${b.some.text}`) };
  }

  /** The lanes of one thread, half with half. */
  acrossLanes(held: Held, lanes: number): Held {
    const b = this.kernel.frame.here;
    const pick = (v: Value, picked: readonly number[]): Value => {
      const one = (x: IrValue): IrValue =>
        picked.length === 1
          ? b.pure(
              { ...x.type, lanes: 1 },
              `extractelement <${x.type.lanes} x ${x.type.element}> ${x.text}, i32 ${picked[0]}`,
            )
          : shuffle(b, x, undefined, picked);
      return isComplexValue(v) ? { re: one(v.re), im: one(v.im) } : one(v);
    };
    let { values } = held;
    for (let half = lanes / 2; half >= 1; half /= 2) {
      const [low, high] = [range(half), range(half, half)];
      values = this.reducer.step(
        this.context(half),
        values.map((v) => pick(v, low)),
        values.map((v) => pick(v, high)),
      );
    }
    return { values, some: held.some };
  }

  /** Neighbouring threads of a warp, a power of two of them: all come to the same total. */
  acrossThreads(held: Held, threads: number): Held {
    let all = held;
    for (let mask = threads / 2; mask >= 1; mask /= 2) {
      const other: Held = {
        values: all.values.map((v) => this.kernel.shuffled(v, mask)),
        some: all.some === undefined ? undefined : (this.kernel.shuffled(all.some, mask) as IrValue),
      };
      all = this.merge(all, other, 1);
    }
    return all;
  }

  /** The reduction's results, from a total without what it started from, and that. */
  finish(total: Held, inits: readonly Value[]): readonly Value[] {
    const cx = this.context(1);
    return this.reducer.finish(cx, this.reducer.step(cx, this.reducer.enter(cx, inits), total.values));
  }
}

/** One reduction's partial results on their way through a team. */
export interface Pending {
  readonly partials: Partials;
  readonly held: Held;
}

/** Totals of a team of threads: part of a warp, or a whole block, which then has one barrier here. */
export function acrossTeam(kernel: BlockKernel, pending: readonly Pending[], lanes: number, threads: number): Held[] {
  const own = pending.map(({ partials, held }) =>
    partials.acrossThreads(partials.acrossLanes(held, lanes), Math.min(threads, warpThreads)),
  );
  const warps = threads / warpThreads;
  if (warps <= 1 || pending.length === 0) return own;
  const { ints, threadId } = kernel;
  const [lane, warp] = [ints.rem(threadId, warpThreads), ints.div(threadId, warpThreads)];
  const slots = pending.map(({ partials, held }) => ({
    values: partials.reducer.accumulators.map((dtype) => ({ dtype, base: kernel.shared(warps * dtypes[dtype].bytes) })),
    some: held.some === undefined ? undefined : kernel.shared(warps),
  }));
  kernel.where([ints.compare("eq", lane, 0)], () => {
    slots.forEach(({ values, some }, k) => {
      values.forEach(({ dtype, base }, n) => kernel.write(base, dtype, 0, warp, own[k].values[n]));
      const has = own[k].some;
      if (some !== undefined && has !== undefined) kernel.write(some, "bool", 0, warp, has);
    });
  });
  kernel.barrier();
  const from: Int = warps === 1 ? constantInt(0) : ints.rem(threadId, warps);
  return slots.map(({ values, some }, k) => {
    const read = values.map(({ dtype, base }) => kernel.read(base, dtype, 0, from));
    const has = some === undefined ? undefined : (kernel.read(some, "bool", 0, from) as IrValue);
    return pending[k].partials.acrossThreads({ values: read, some: has }, warps);
  });
}

/** What loops carry, given back to those whose it is. */
export function heldBy(all: readonly Partials[], carried: readonly Value[]): readonly Held[] {
  let from = 0;
  return all.map((p) => {
    const to = from + p.carried;
    const held = p.fromCarried(carried.slice(from, to));
    from = to;
    return held;
  });
}
