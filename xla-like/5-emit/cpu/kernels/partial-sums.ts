/** What a row kernel adds up over rows: partial results in scratch memory, those of each chunk on their own. */
import { arrayShape } from "../../../hlo/shape.js";
import { constantInt, type Int, type Placed, pointerType } from "../../elements/frame.js";
import { chooseValue } from "../../elements/selections.js";
import { loadElements, storeElements, storeScalar } from "../../scalar/memory.js";
import { spreadValue, type Value } from "../../scalar/value.js";
import type { Kernel } from "./kernel.js";
import { horizontal } from "./row-combine.js";
import type { Reduction, RowPlan } from "./row-plan.js";

/** Where in the columns a vector is, and which of its lanes are within the row. */
interface ColumnPlace {
  readonly column: Int;
  readonly mask: Placed | undefined;
}

export class PartialSums {
  constructor(
    private readonly kernel: Kernel,
    private readonly plan: RowPlan,
  ) {}

  /** Before the first row sums of columns are the element that changes nothing. */
  fillColumns(chunk: Int): void {
    const { kernel, plan } = this;
    const { frame, lanes, evaluator } = kernel;
    const filled = plan.column.filter((r) => r.reducer.hasIdentity);
    if (filled.length === 0) return;
    const loop = frame.openLoop(constantInt(0), constantInt(plan.columns), lanes, true);
    for (const r of filled) {
      const cx = evaluator.context(frame.depth, lanes);
      const identity = r.reducer.identity(cx) as Value;
      storeElements(cx, r.reducer.accumulators[0], this.at(r, chunk, loop.index).value, spreadValue(cx, identity));
    }
    frame.closeLoop(loop);
  }

  /** Adds what rows have in some columns; the first row of a chunk may have nothing to be added to. */
  addColumns(
    r: Reduction,
    chunk: Int,
    { column, mask }: ColumnPlace,
    xs: readonly Value[],
    isFirst: Placed | undefined,
  ): void {
    const { kernel } = this;
    const { frame, evaluator, lanes } = kernel;
    const [dtype] = r.reducer.accumulators;
    const at = this.at(r, chunk, column).value;
    const cx = evaluator.context(frame.depth, lanes);
    let next = loadElements(cx, dtype, at);
    for (const x of xs) {
      [next] = r.reducer.step(cx, [next], [x]);
      if (!r.reducer.hasIdentity && isFirst !== undefined) next = chooseValue(frame.here, isFirst, x, next);
    }
    const options = mask === undefined ? {} : { mask: kernel.coordinates.widen(mask, lanes).value };
    storeElements(cx, dtype, at, next, options);
  }

  /** Keeps a unit's part of the full reductions. */
  keepFull(unit: Int, totals: readonly Value[]): void {
    const { kernel, plan } = this;
    const { evaluator, frame } = kernel;
    plan.full.forEach((r, k) => {
      const [total] = horizontal(kernel, r.reducer, [totals[k]]);
      const at = this.at(r, unit, constantInt(0));
      storeScalar(evaluator.context(frame.depth, 1), r.reducer.accumulators[0], at.value, total);
    });
  }

  /** Where a chunk's partial results of a reduction lie, from `column` on. */
  private at(r: Reduction, chunk: Int, column: Int): Placed {
    const { kernel } = this;
    const { ints, frame } = kernel;
    const offset = ints.add(ints.mul(chunk, r.stride), r.offset);
    const base = frame.pure(
      pointerType,
      `getelementptr i8, ptr ${kernel.scratch.value.text}, i64 ${offset.text}`,
      offset.depth,
    );
    return kernel.evaluator.pointer(base, arrayShape(r.reducer.accumulators[0], []), column);
  }
}
