/** The second launch of a row kernel: the partial results of all chunks are combined, always in the same order. */
import { arrayShape } from "../../../hlo/shape.js";
import { grainOf } from "../../elements/cost.js";
import { constantInt, type Int, pointerType } from "../../elements/frame.js";
import type { Fusion } from "../../elements/fusion.js";
import type { Reducer } from "../../elements/reducer.js";
import { flatten, unflatten } from "../../elements/reductions.js";
import type { IrModule } from "../../scalar/ir.js";
import { range, shuffle } from "../../scalar/lanes.js";
import { loadElements } from "../../scalar/memory.js";
import { isComplexValue, type Value } from "../../scalar/value.js";
import type { CpuTarget } from "../target.js";
import { allArguments, Kernel } from "./kernel.js";
import type { Launch } from "./launch.js";
import type { Reduction, RowPlan } from "./row-plan.js";
import { lanesFor, mostLanes } from "./vectors.js";
import { begin, end } from "./walk.js";

/** All lanes of the accumulators combined, half with half. */
export function horizontal(kernel: Kernel, reducer: Reducer, values: readonly Value[]): readonly Value[] {
  const { frame, evaluator } = kernel;
  const b = frame.here;
  const pick = (v: Value, lanes: readonly number[]): Value => {
    const one = (x: Exclude<Value, { re: unknown }>) =>
      lanes.length === 1
        ? b.pure(
            { ...x.type, lanes: 1 },
            `extractelement <${x.type.lanes} x ${x.type.element}> ${x.text}, i32 ${lanes[0]}`,
          )
        : shuffle(b, x, undefined, lanes);
    return isComplexValue(v) ? { re: one(v.re), im: one(v.im) } : one(v);
  };
  let totals = values;
  for (let half = kernel.lanes / 2; half >= 1; half /= 2) {
    const cx = evaluator.context(frame.depth, half);
    const [low, high] = [range(half), range(half, half)];
    totals = reducer.step(
      cx,
      totals.map((v) => pick(v, low)),
      totals.map((v) => pick(v, high)),
    );
  }
  return totals;
}

export function combineLaunches(
  module: IrModule,
  fusion: Fusion,
  plan: RowPlan,
  symbol: string,
  target: CpuTarget,
): readonly Launch[] {
  const launches: Launch[] = [];
  const parts = (plan.chunk?.count ?? 0) * (plan.block?.count ?? 1);
  if (plan.column.length > 0) {
    launches.push(combine(module, fusion, plan.column, { parts, ...foldOf(plan) }, `${symbol}.columns`, target));
  }
  if (plan.full.length > 0) {
    launches.push(combine(module, fusion, plan.full, { parts, fold: 1, columns: 1 }, `${symbol}.total`, target));
  }
  return launches;
}

const foldOf = ({ fold, columns }: RowPlan) => ({ fold, columns: columns / fold });

interface Parts {
  readonly parts: number;
  /** Each part has the columns so many times, one after the other. */
  readonly fold: number;
  readonly columns: number;
}

/** For each vector of columns, the sum over the parts. */
function combine(
  module: IrModule,
  fusion: Fusion,
  reductions: readonly Reduction[],
  { parts, fold, columns }: Parts,
  symbol: string,
  target: CpuTarget,
): Launch {
  const lanes = lanesFor(columns, mostLanes(fusion, target));
  const kernel = new Kernel(module, fusion, lanes, target);
  const { frame, ints, evaluator } = kernel;
  const unit = 4 * lanes;
  const load = (r: Reduction, part: Int, column: Int): Value => {
    const offset = ints.add(ints.mul(part, r.stride), r.offset);
    const text = `getelementptr i8, ptr ${kernel.scratch.value.text}, i64 ${offset.text}`;
    const row = frame.pure(pointerType, text, offset.depth);
    const [dtype] = r.reducer.accumulators;
    const at = evaluator.pointer(row, arrayShape(dtype, []), column);
    return loadElements(evaluator.context(frame.depth, lanes), dtype, at.value);
  };
  const vector = (column: Int): void => {
    const mask = columns % lanes === 0 ? undefined : kernel.below(column, columns);
    // The very first one is what the others are added to.
    const firsts = reductions.map((r) => load(r, constantInt(0), column));
    let totals: readonly Value[] = firsts;
    if (parts * fold > 1) {
      const loop = frame.openLoop(constantInt(1), constantInt(parts * fold), 1, true, flatten(firsts));
      const inside = unflatten(loop.carried, firsts);
      const [part, time] = [ints.div(loop.index, fold), ints.rem(loop.index, fold)];
      const at = ints.add(column, ints.mul(time, columns));
      totals = reductions.map((r, k) => {
        const next = load(r, part, at);
        return r.reducer.step(evaluator.context(frame.depth, lanes), [inside[k]], [next])[0];
      });
      frame.closeLoop(loop, flatten(totals));
    }
    reductions.forEach((r, k) => {
      const init = evaluator.spread(evaluator.evaluate(r.instruction.operands[1], []));
      const cx = evaluator.context(frame.depth, lanes);
      const [value] = r.reducer.finish(cx, r.reducer.step(cx, [init.value], [totals[k]]));
      for (const number of r.outputs) {
        kernel.store(kernel.output(number), r.instruction, column, { value, depth: frame.depth }, mask);
      }
    });
  };
  if (columns <= lanes) vector(constantInt(0));
  else {
    const loop = frame.openLoop(ints.mul(begin, unit), ints.min(ints.mul(end, unit), columns), lanes, false);
    vector(loop.index);
    frame.closeLoop(loop);
  }
  kernel.define(symbol);
  const units = columns <= lanes ? 1 : Math.ceil(columns / unit);
  return { symbol, args: allArguments(fusion, true), units, grain: Math.max(8, grainOf(fusion, units)) };
}
