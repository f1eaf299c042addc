/** Kernels over rows: passes over the columns, with reductions between them, and sums over rows on the side. */
import { dtypes } from "../../../hlo/dtype.js";
import type { HloInstruction } from "../../../hlo/instruction.js";
import { arrayOf, type Computed } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import { grainOf } from "../../elements/cost.js";
import { factorsOf } from "../../elements/domain.js";
import { dimsOf } from "../../elements/forms.js";
import { constantInt, type Int, type Placed } from "../../elements/frame.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { type Index, indexKey } from "../../elements/index.js";
import { flatten, unflatten } from "../../elements/reductions.js";
import { chooseValue } from "../../elements/selections.js";
import type { IrModule } from "../../scalar/ir.js";
import { range } from "../../scalar/lanes.js";
import { loadElements, storeElements, storeScalar } from "../../scalar/memory.js";
import type { Value } from "../../scalar/value.js";
import type { CpuTarget } from "../target.js";
import { allArguments, Kernel } from "./kernel.js";
import type { Launch } from "./launch.js";
import { inRegisters } from "./ordered-reducer.js";
import { PartialSums } from "./partial-sums.js";
import { prefetch, wholeOperands } from "./prefetch.js";
import { combineLaunches, horizontal } from "./row-combine.js";
import type { Output, Reduction, RowPlan } from "./row-plan.js";
import { lanesFor, mostLanes } from "./vectors.js";
import { begin, end, unravel } from "./walk.js";

/** What a row and the next one may take of the caches, which others use too. */
const firstCache = 32 * 1024;
const secondCache = 512 * 1024;

/** A vector's place in a row. */
interface RowPlace {
  readonly index: Index;
  /** Its place within the row. */
  readonly column: Int;
  /** Whether it is the first of its row, or of its block. */
  readonly isFirst: () => Placed;
  readonly mask: Placed | undefined;
}

/** A row's coordinates and where it begins in arrays of the whole domain. */
interface Row {
  readonly index: Index;
  readonly number: Int;
}

export function emitRows(
  module: IrModule,
  fusion: Fusion,
  plan: RowPlan,
  symbol: string,
  target: CpuTarget,
): readonly Launch[] {
  return new RowKernel(module, fusion, plan, symbol, target).emit();
}

class RowKernel {
  private readonly rowFactors: readonly number[];
  private readonly columnFactors: readonly number[];
  private readonly kernel: Kernel;
  private readonly sums: readonly Reduction[];
  private readonly partial: PartialSums;
  /** Reductions over the columns, by the pass that computes them. */
  private readonly passes: readonly (readonly Reduction[])[];

  constructor(
    private readonly module: IrModule,
    private readonly fusion: Fusion,
    private readonly plan: RowPlan,
    private readonly symbol: string,
    private readonly target: CpuTarget,
  ) {
    const { rows, columns, whole, passes, column, full } = plan;
    this.sums = [...column, ...full];
    this.passes = passes.map((list) => list.map((r) => ({ ...r, reducer: inRegisters(r.reducer, target) })));
    const reduced = [...passes.flat(), ...this.sums].flatMap((r) =>
      r.instruction.operands.slice(0, r.reducer.accumulators.length),
    );
    const roots = [...whole.map((o) => o.root), ...reduced];
    const factors = factorsOf(roots, dimsOf(roots[0]), [[rows, columns]]);
    let count = 0;
    for (let inner = 1; inner < columns; count++) inner *= factors[factors.length - 1 - count];
    this.rowFactors = factors.slice(0, factors.length - count);
    this.columnFactors = count === 0 ? [1] : factors.slice(factors.length - count);
    this.kernel = new Kernel(module, fusion, this.lanes(), target);
    this.partial = new PartialSums(this.kernel, plan);
  }

  private lanes(): number {
    const inner = this.columnFactors[this.columnFactors.length - 1];
    const lanes = lanesFor(inner, mostLanes(this.fusion, this.target));
    // Without an element that changes nothing, every lane must begin with one of its own.
    const known = [...this.plan.passes.flat(), ...this.plan.full].every((r) => r.reducer.hasIdentity);
    return known ? lanes : Math.min(lanes, 2 ** Math.floor(Math.log2(inner)));
  }

  emit(): readonly Launch[] {
    const { plan, kernel, fusion, symbol, module, target } = this;
    const { frame, ints } = kernel;
    const { chunk, block } = plan;
    const loop = frame.openLoop(begin, end, 1, false);
    let units = plan.rows;
    if (chunk === undefined) this.row([loop.index], this.start(), undefined);
    else if (block !== undefined) {
      units = plan.rows * block.count;
      const from = ints.mul(ints.rem(loop.index, block.count), block.size);
      const totals = this.row([ints.div(loop.index, block.count)], this.start(), { from, size: block.size });
      this.partial.keepFull(loop.index, totals);
    } else {
      units = chunk.count;
      this.partial.fillColumns(loop.index);
      const from = ints.mul(loop.index, chunk.rows);
      const start = this.start();
      const apart = chunk.rows / chunk.side;
      // So many streams the processor foresees by itself.
      if (chunk.side > 1) kernel.evaluator.fetch = undefined;
      const rows = frame.openLoop(from, ints.min(ints.add(from, apart), plan.rows), 1, true, flatten(start));
      const first = ints.compare("eq", rows.index, from);
      const together = range(chunk.side).map((k) => ints.add(rows.index, k * apart));
      const next = this.row(together, unflatten(rows.carried, start), undefined, loop.index, first);
      frame.closeLoop(rows, flatten(next));
      this.partial.keepFull(loop.index, next);
    }
    frame.closeLoop(loop);
    kernel.define(symbol);
    const args = allArguments(fusion, plan.scratchBytes > 0);
    const main = { symbol, args, units, grain: chunk === undefined ? grainOf(fusion, units) : 1 };
    return [main, ...combineLaunches(module, fusion, plan, symbol, target)];
  }

  /** What the accumulators of full reductions start from. */
  private start(): readonly Value[] {
    return this.plan.full.flatMap((r) => this.initial(r));
  }

  /** Elements that change nothing, or such as the first ones replace. */
  private initial({ reducer }: Reduction): readonly Value[] {
    const cx = this.kernel.evaluator.context(this.kernel.frame.depth, this.kernel.lanes);
    const identity = reducer.identity(cx);
    return identity === undefined ? reducer.zeros(cx) : [identity];
  }

  /** All passes over a row, or over rows side by side; the accumulators of full reductions after them. */
  private row(
    numbers: readonly Int[],
    full: readonly Value[],
    span: { readonly from: Int; readonly size: number } | undefined,
    chunk?: Int,
    isFirst?: Placed,
  ): readonly Value[] {
    const { plan, kernel } = this;
    const { evaluator, frame } = kernel;
    evaluator.loopDepth = frame.depth;
    const [row, ...others] = numbers.map((number): Row => {
      const coordinates = unravel(kernel, number, this.rowFactors);
      return { index: this.rowFactors.map((size, k) => ({ size, coordinate: affine(coordinates[k]) })), number };
    });
    // A row that is one vector stays in registers.
    const isOneVector = plan.columns <= kernel.lanes;
    const buffers = new Map(
      (isOneVector ? [] : plan.buffered).map((b) => [b.instruction, this.buffer(b.instruction)] as const),
    );
    let totals = full;
    this.passes.forEach((reductions, pass) => {
      const isLast = pass === this.passes.length - 1;
      const starts = [...reductions.flatMap((r) => this.initial(r)), ...(isLast ? full : [])];
      const own = [...reductions, ...(isLast ? plan.full : [])];
      const firstOf = own.map((_, k) => own.slice(0, k).reduce((n, r) => n + r.reducer.accumulators.length, 0));
      const part = (values: readonly Value[], k: number) =>
        values.slice(firstOf[k], firstOf[k] + own[k].reducer.accumulators.length);
      const after = this.columns(row, starts, span, (place, carried) => {
        const key = indexKey(place.index);
        for (const [i, memory] of buffers) {
          const kept = plan.buffered.find((b) => b.instruction === i);
          if (kept === undefined || kept.pass >= pass) continue;
          evaluator.overrides.set(i, (at) =>
            indexKey(at) === key ? this.readBuffer(i, memory, place.column) : undefined,
          );
        }
        const next = reductions.flatMap((r, k) => this.accumulate(r, part(carried, k), place, undefined));
        if (pass === 1) this.fetchNext(row, place);
        if (isLast) {
          const results = plan.whole.map((o) => evaluator.evaluate(o.root, place.index));
          const inRow = place.index.slice(row.index.length);
          const places = [place, ...others.map((o) => ({ ...place, index: [...o.index, ...inRow] }))];
          plan.full.forEach((r, k) => {
            let values: readonly Value[] = part(carried, reductions.length + k);
            for (const at of places) values = this.accumulate(r, values, at, isFirst);
            next.push(...values);
          });
          for (const r of plan.column) {
            if (chunk === undefined) throw new TypeError("sums of columns are of chunks");
            const xs = places.map((at) => this.elements(r, at)[0]);
            this.partial.addColumns(r, chunk, place, xs, isFirst);
          }
          plan.whole.forEach((o, k) => this.storeWhole(o, row, place, results[k]));
        }
        for (const { instruction, pass: made } of plan.buffered) {
          const memory = buffers.get(instruction);
          if (made !== pass || memory === undefined) continue;
          const at = evaluator.pointer(memory, arrayOf(instruction), place.column);
          const x = evaluator.spread(evaluator.evaluate(instruction, place.index));
          storeElements(evaluator.context(frame.depth, kernel.lanes), arrayOf(instruction).dtype, at.value, x.value);
        }
        return next;
      });
      reductions.forEach((r, k) => {
        const values = this.finish(r, part(after, k));
        r.results.forEach((i, n) => {
          evaluator.overrides.set(i, () => values[n]);
        });
      });
      totals = isLast ? after.slice(starts.length - full.length) : full;
    });
    for (const o of plan.perRow) this.storeRow(o, row);
    // What was read from buffers is another row's from now on.
    for (const { instruction } of plan.buffered) evaluator.overrides.delete(instruction);
    return totals;
  }

  /** Loops over the columns of a row, all or those of a block. */
  private columns(
    row: Row,
    carried: readonly Value[],
    span: { readonly from: Int; readonly size: number } | undefined,
    body: (place: RowPlace, carried: readonly Value[]) => readonly Value[],
  ): readonly Value[] {
    const { kernel, columnFactors } = this;
    const { frame, ints, lanes, evaluator } = kernel;
    const inner = columnFactors[columnFactors.length - 1];
    const vector = (at: readonly Int[], column: Int, values: readonly Value[]): readonly Value[] => {
      let [place, scale] = [constantInt(0), 1];
      [...at, column].forEach((c, k, all) => {
        const from = all.length - 1 - k;
        place = ints.add(place, ints.mul(all[from], scale));
        scale *= columnFactors[from];
        return c;
      });
      const index = [...at, column]
        .map((base, d) => ({ size: columnFactors[d], coordinate: affine(base, d === at.length && lanes > 1 ? 1 : 0) }))
        .filter((p) => p.size !== 1);
      const mask = inner % lanes === 0 ? undefined : kernel.below(column, inner);
      evaluator.tail = mask === undefined ? undefined : () => mask;
      const isFirst = () => ints.compare("eq", place, span?.from ?? 0);
      return body({ index: [...row.index, ...index], column: place, isFirst, mask }, values);
    };
    const nest = (k: number, at: readonly Int[], values: readonly Value[]): readonly Value[] => {
      const isInner = k === columnFactors.length - 1;
      if (isInner && inner <= lanes && span === undefined) return vector(at, constantInt(0), values);
      const [from, to] =
        isInner && span !== undefined
          ? [span.from, ints.min(ints.add(span.from, span.size), inner)]
          : [constantInt(0), constantInt(columnFactors[k])];
      const loop = frame.openLoop(from, to, isInner ? lanes : 1, true, flatten(values));
      const inside = unflatten(loop.carried, values);
      const next = isInner ? vector(at, loop.index, inside) : nest(k + 1, [...at, loop.index], inside);
      frame.closeLoop(loop, flatten(next));
      return next;
    };
    return nest(0, [], carried);
  }

  /** The accumulators with the elements at a place; lanes beyond the row are left as they are. */
  private accumulate(
    r: Reduction,
    accumulators: readonly Value[],
    place: RowPlace,
    isFirstRow: Placed | undefined,
  ): readonly Value[] {
    const { kernel } = this;
    const { evaluator, frame, coordinates } = kernel;
    const cx = evaluator.context(frame.depth, kernel.lanes);
    const xs = r.reducer.enter(cx, this.elements(r, place));
    let next = r.reducer.step(cx, accumulators, xs);
    if (!r.reducer.hasIdentity) {
      const atStart = place.isFirst();
      const first = isFirstRow === undefined ? atStart : coordinates.and(isFirstRow, atStart);
      next = next.map((v, k) => chooseValue(frame.here, first, xs[k], v));
    }
    const { mask } = place;
    if (mask === undefined) return next;
    const inside = coordinates.widen(mask, kernel.lanes);
    return next.map((v, k) => chooseValue(frame.here, inside, v, accumulators[k]));
  }

  private elements(r: Reduction, place: RowPlace): readonly Value[] {
    const { evaluator } = this.kernel;
    const operands = r.instruction.operands.slice(0, r.reducer.accumulators.length);
    return operands.map((x) => evaluator.spread(evaluator.evaluate(x, place.index)).value);
  }

  /** The reduction's results from the accumulators of all lanes. */
  private finish(r: Reduction, accumulators: readonly Value[]): readonly Computed[] {
    const { kernel } = this;
    const { evaluator, frame } = kernel;
    const totals = horizontal(kernel, r.reducer, accumulators);
    const inits = r.instruction.operands.slice(accumulators.length).map((x) => evaluator.evaluate(x, []).value);
    const cx = evaluator.context(frame.depth, 1);
    const values = r.reducer.finish(cx, r.reducer.step(cx, r.reducer.enter(cx, inits), totals));
    return values.map((value) => ({ value, depth: frame.depth }));
  }

  private buffer(i: HloInstruction): Placed {
    const bytes = this.plan.columns * dtypes[arrayOf(i).dtype].bytes + 256;
    return this.kernel.frame.alloca(bytes);
  }

  private readBuffer(i: HloInstruction, memory: Placed, column: Int): Computed {
    const { evaluator, frame } = this.kernel;
    const key = `buffer ${i.id} ${column.text}`;
    const known = frame.recall<Computed>(key);
    if (known !== undefined) return known;
    // Read here and not where its address is known: before this pass there is nothing to read.
    const { depth } = frame;
    const at = evaluator.pointer(memory, arrayOf(i), column);
    const value = loadElements(evaluator.context(depth, this.kernel.lanes), arrayOf(i).dtype, at.value);
    return frame.remember(key, depth, { value, depth });
  }

  /**
   * In its second pass a row comes from the caches: meanwhile the next one is brought there from memory, if both have
   * room.
   */
  private fetchNext(row: Row, place: RowPlace): void {
    const { kernel, plan, fusion } = this;
    const { ints, evaluator, frame, lanes } = kernel;
    const operands = wholeOperands(rootsOf(fusion), plan.rows * plan.columns);
    const rowBytes = plan.columns * operands.reduce((n, x) => n + dtypes[arrayOf(x).dtype].bytes, 0);
    if (plan.columns <= lanes || 2 * rowBytes > secondCache) return;
    const next = ints.add(ints.mul(ints.add(row.number, 1), plan.columns), place.column);
    for (const operand of operands) {
      const from = evaluator.pointer(evaluator.addressOf(operand), arrayOf(operand), next);
      prefetch(frame.here, from.value, lanes * dtypes[arrayOf(operand).dtype].bytes, 2 * rowBytes <= firstCache);
    }
  }

  private storeWhole(o: Output, row: Row, place: RowPlace, value: Computed): void {
    const { kernel, plan } = this;
    const at = kernel.ints.add(kernel.ints.mul(row.number, plan.columns), place.column);
    kernel.store(kernel.output(o.number), o.root, at, value, place.mask);
  }

  private storeRow(o: Output, row: Row): void {
    const { kernel } = this;
    const { evaluator, frame } = kernel;
    const { value } = evaluator.evaluate(o.root, row.index);
    const at = evaluator.pointer(kernel.output(o.number), arrayOf(o.root), row.number);
    storeScalar(evaluator.context(frame.depth, 1), arrayOf(o.root).dtype, at.value, value);
  }
}
