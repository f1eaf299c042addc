/**
 * Kernels over rows: a row has a team of threads, part of a warp or a block, which goes over its columns in passes with
 * reductions between them. Threads beyond the end compute what others do and keep none of it, so that all of them come
 * to every shuffle and barrier.
 */
import type { HloInstruction } from "../../hlo/instruction.js";
import { affine } from "../elements/coordinates.js";
import type { Int, Placed } from "../elements/frame.js";
import { constantInt } from "../elements/frame.js";
import { type Fusion, rootsOf } from "../elements/fusion.js";
import type { Index } from "../elements/index.js";
import { flatten, unflatten } from "../elements/reductions.js";
import type { IrModule } from "../scalar/ir.js";
import type { Value } from "../scalar/value.js";
import { BlockKernel, partsOf, unravel } from "./block-kernel.js";
import { acrossTeam, carriedOf, type Held, heldBy, Partials } from "./held.js";
import { keptPlan } from "./kept-plan.js";
import { emitColumns } from "./row-columns.js";
import { emitFinish } from "./row-finish.js";
import {
  arranged,
  gridPlan,
  initsOf,
  inputsOf,
  type Kept,
  keep,
  type Reduction,
  type RowPlan,
  Scratch,
  type Teams,
  teamsOf,
} from "./row-plan.js";
import type { CudaKernels, CudaLaunch, CudaTarget } from "./target.js";

/** The kernels of a row fusion, or undefined where loops over elements are to compute it. */
export function emitCudaRows(
  module: IrModule,
  fusion: Fusion,
  symbol: string,
  target: CudaTarget,
): CudaKernels | undefined {
  const plan = gridPlan(fusion) ?? keptPlan(fusion);
  if (plan === undefined) return undefined;
  if (plan.passes.every((p) => p.length === 0) && plan.perRow.length === 0) {
    return emitColumns(module, fusion, plan, symbol, target);
  }
  const teams = teamsOf(fusion, plan);
  const scratch = new Scratch();
  const rowParts = teams.parts > 1 ? keep(scratch, plan.passes[0], teams.teams) : [];
  const full = keep(scratch, plan.full, teams.teams);
  const column = keep(scratch, plan.column, teams.teams * plan.columns);
  const first = new RowKernel(module, fusion, plan, { symbol, teams, target, rowParts, full, column, scratch }).emit();
  const launches: CudaLaunch[] = [first];
  const shared = { module, fusion, plan, target };
  if (rowParts.length > 0) {
    const { rows } = plan;
    launches.push(
      emitFinish(shared, { symbol: `${symbol}_rows`, rows, parts: teams.parts, kept: rowParts, results: plan.perRow }),
    );
  }
  if (column.length > 0) {
    const second = { symbol: `${symbol}_columns`, partialRows: teams.teams, kept: column };
    launches.push(...emitColumns(module, fusion, plan, second.symbol, target, second).launches);
  }
  if (full.length > 0) {
    const results = totalsOf(fusion, plan);
    launches.push(emitFinish(shared, { symbol: `${symbol}_total`, rows: 1, parts: teams.teams, kept: full, results }));
  }
  return { launches, scratchBytes: scratch.bytes };
}

/** Outputs that are sums over everything. */
export const totalsOf = (fusion: Fusion, { full }: RowPlan) =>
  rootsOf(fusion)
    .map((root, number) => ({ root, number }))
    .filter(({ root }) => full.some((r) => r.instruction === root));

interface RowSetting {
  readonly symbol: string;
  readonly teams: Teams;
  readonly target: CudaTarget;
  readonly rowParts: readonly Kept[];
  readonly full: readonly Kept[];
  readonly column: readonly Kept[];
  readonly scratch: Scratch;
}

/** The elements of one step of a thread. */
interface Place {
  readonly step: number;
  readonly column: Int;
  /** Whether they are the thread's own, where not all need be. */
  readonly inside: Placed | undefined;
}

interface Row {
  readonly number: Int;
  readonly index: Index;
  /** Whether there is such a row. */
  readonly valid: Placed | undefined;
}

class RowKernel {
  private readonly kernel: BlockKernel;
  private readonly teams: Teams;
  /** The thread's number in its team, and the team's in the grid. */
  private readonly member: Int;
  private readonly team: Int;
  private readonly blocks: number;
  private readonly isTeam: Placed | undefined;
  private readonly full: readonly Partials[];
  private readonly column: readonly Partials[];

  constructor(
    module: IrModule,
    fusion: Fusion,
    private readonly plan: RowPlan,
    private readonly setting: RowSetting,
  ) {
    const { teams, symbol, target, scratch } = setting;
    this.teams = teams;
    const hasScratch = scratch.bytes > 0;
    this.kernel = new BlockKernel(module, fusion, symbol, teams.lanes, teams.block, target, hasScratch);
    const { ints, threadId, blockId } = this.kernel;
    const together = teams.block / teams.threads;
    this.member = ints.rem(threadId, teams.threads);
    const inBlock = together === 1 ? constantInt(0) : ints.div(threadId, teams.threads);
    this.team = ints.add(ints.mul(blockId, together), inBlock);
    this.blocks = Math.ceil(teams.teams / together);
    this.isTeam = this.blocks * together === teams.teams ? undefined : ints.compare("slt", this.team, teams.teams);
    this.full = plan.full.map((r) => new Partials(this.kernel, r.reducer));
    this.column = plan.column.map((r) => new Partials(this.kernel, r.reducer));
  }

  emit(): CudaLaunch {
    const { kernel, teams, team, plan, isTeam } = this;
    const { frame, ints } = kernel;
    let late: readonly Held[] = this.lateSums.map((p) => p.start(teams.lanes));
    if (teams.rowsEach === 1) {
      const number = ints.div(team, teams.parts);
      const row = isTeam === undefined ? number : ints.min(number, plan.rows - 1);
      late = this.row({ number: row, valid: isTeam, index: this.rowIndex(row) }, late, undefined);
    } else {
      const flat = flatten(late.flatMap(carriedOf));
      const loop = frame.openLoop(constantInt(0), constantInt(teams.rowsEach), 1, true, flat);
      const wanted = ints.add(ints.mul(team, teams.rowsEach), loop.index);
      const isExact = this.blocks * (teams.block / teams.threads) * teams.rowsEach === plan.rows;
      const number = isExact ? wanted : ints.min(wanted, plan.rows - 1);
      const valid = isExact ? undefined : ints.compare("slt", wanted, plan.rows);
      const first = ints.compare("eq", loop.index, 0);
      const next = this.row(
        { number, valid, index: this.rowIndex(number) },
        heldBy(this.lateSums, unflatten(loop.carried, late.flatMap(carriedOf))),
        first,
      );
      // The next row's totals are written where this one's are read.
      if (teams.threads > 32 && plan.passes.some((p) => p.length > 0)) kernel.barrier();
      frame.closeLoop(loop, flatten(next.flatMap(carriedOf)));
      late = next;
    }
    this.keepLate(late);
    return kernel.launch(this.blocks);
  }

  private rowIndex(number: Int): Index {
    return partsOf(this.kernel.ints, number, this.plan.rowFactors);
  }

  /** What is added up over rows in registers: over everything, and for each step's columns. */
  private get lateSums(): readonly Partials[] {
    const { teams, full, column } = this;
    if (!teams.unrolled) return full;
    return [...full, ...Array.from({ length: teams.steps }, () => column).flat()];
  }

  private place(local: Int, step: number, isWhole: boolean): Place {
    const { kernel, teams, plan } = this;
    const { ints, coordinates } = kernel;
    const all = plan.columns / teams.lanes;
    let inside = isWhole ? undefined : ints.compare("slt", local, teams.groups);
    let group = local;
    if (teams.parts > 1) {
      group = ints.add(ints.mul(ints.rem(this.team, teams.parts), teams.groups), local);
      if (teams.parts * teams.groups !== all) inside = coordinates.and(inside, ints.compare("slt", group, all));
    }
    return { step, column: ints.mul(inside === undefined ? group : ints.min(group, all - 1), teams.lanes), inside };
  }

  /** Goes over a thread's groups of a row; values are carried from one to the next. */
  private steps(
    carried: readonly Value[],
    body: (place: Place, carried: readonly Value[]) => readonly Value[],
  ): readonly Value[] {
    const { kernel, teams, member } = this;
    const { frame, ints } = kernel;
    const { threads, groups, steps } = teams;
    if (teams.unrolled) {
      let values = carried;
      for (let k = 0; k < steps; k++) values = body(this.stepPlace(k), values);
      return values;
    }
    const loop = frame.openLoop(constantInt(0), constantInt(steps * threads), threads, true, flatten(carried));
    const place = this.place(ints.add(loop.index, member), 0, steps * threads === groups);
    const next = body(place, unflatten(loop.carried, carried));
    frame.closeLoop(loop, flatten(next));
    return next;
  }

  private stepPlace(k: number): Place {
    const { threads, groups } = this.teams;
    return this.place(this.kernel.ints.add(this.member, k * threads), k, (k + 1) * threads <= groups);
  }

  private index(row: Row, { column }: Place): Index {
    const { columnFactors } = this.plan;
    const { lanes } = this.teams;
    const last = columnFactors.length - 1;
    const coordinates = unravel(this.kernel.ints, column, columnFactors);
    const columns = coordinates.map((base, d) => ({
      size: columnFactors[d],
      coordinate: affine(d === last ? { ...base, align: lanes } : base, d === last && lanes > 1 ? 1 : 0),
    }));
    return arranged(this.plan, [...row.index, ...columns]);
  }

  /** All passes over a row; the sums over rows after it. */
  private row(row: Row, late: readonly Held[], isFirst: Placed | undefined): readonly Held[] {
    const { kernel, plan, teams } = this;
    const { evaluator, frame } = kernel;
    evaluator.loopDepth = frame.depth;
    let sums = late;
    plan.passes.forEach((reductions, pass) => {
      const isLast = pass === plan.passes.length - 1;
      const own = reductions.map((r) => new Partials(kernel, r.reducer));
      const all = [...own, ...(isLast ? this.lateSums : [])];
      const starts = [...own.map((p) => p.start(teams.lanes)), ...(isLast ? sums : [])];
      const after = this.steps(starts.flatMap(carriedOf), (place, carried) => {
        const index = this.index(row, place);
        const held = heldBy(all, carried);
        const next = own.map((p, k) => p.take(held[k], this.elements(reductions[k], index), teams.lanes, place.inside));
        if (isLast) next.push(...this.last(row, place, index, held.slice(own.length), isFirst));
        return next.flatMap(carriedOf);
      });
      const held = heldBy(all, after);
      const pending = own.map((partials, k) => ({ partials, held: held[k] }));
      this.finishPass(reductions, own, acrossTeam(kernel, pending, teams.lanes, teams.threads));
      if (isLast) sums = held.slice(own.length);
    });
    if (teams.parts === 1) this.storeRow(row);
    return sums;
  }

  private elements(r: Reduction, index: Index): readonly Value[] {
    const { evaluator } = this.kernel;
    const xs = inputsOf(r).map((x) => evaluator.spread(evaluator.evaluate(x, index)).value);
    return r.reducer.enter(evaluator.context(this.kernel.frame.depth, this.teams.lanes), xs);
  }

  /** What only the last pass does: results as large as the domain, and sums over rows. */
  private last(
    row: Row,
    place: Place,
    index: Index,
    held: readonly Held[],
    isFirst: Placed | undefined,
  ): readonly Held[] {
    const { kernel, plan, teams } = this;
    const { evaluator, ints, coordinates } = kernel;
    const results = plan.whole.map((o) => evaluator.evaluate(o.root, index));
    const both =
      row.valid === undefined || place.inside === undefined
        ? (row.valid ?? place.inside)
        : coordinates.and(row.valid, place.inside);
    const next = [...held];
    plan.full.forEach((r, k) => {
      next[k] = this.full[k].take(held[k], this.elements(r, index), teams.lanes, both);
    });
    plan.column.forEach((r, k) => {
      const xs = this.elements(r, index);
      if (teams.unrolled) {
        const slot = plan.full.length + place.step * plan.column.length + k;
        next[slot] = this.column[k].take(held[slot], xs, teams.lanes, row.valid);
      } else kernel.where([both], () => this.addColumn(this.setting.column[k], place, xs, isFirst));
    });
    const at = ints.add(ints.mul(row.number, plan.columns), place.column);
    if (plan.whole.length > 0) {
      kernel.where([both], () => {
        plan.whole.forEach((o, k) => kernel.put(o.number, o.root, at, results[k], teams.lanes));
      });
    }
    return next;
  }

  /** Sums of columns that do not fit in registers are added up in memory, each by the one thread that has it. */
  private addColumn({ reduction, offsets }: Kept, place: Place, xs: readonly Value[], isFirst: Placed | undefined) {
    const { kernel, teams } = this;
    const { reducer } = reduction;
    const at = this.columnSlot(place);
    const old = offsets.map((o, n) => kernel.read(kernel.scratch, reducer.accumulators[n], o, at, teams.lanes));
    const cx = kernel.evaluator.context(kernel.frame.depth, teams.lanes);
    const added = reducer.step(cx, old, xs);
    const next = isFirst === undefined ? xs : added.map((v, n) => kernel.choose(isFirst, xs[n], v));
    offsets.forEach((o, n) => kernel.write(kernel.scratch, reducer.accumulators[n], o, at, next[n], teams.lanes));
  }

  private columnSlot({ column }: Place): Int {
    const { ints } = this.kernel;
    return ints.add(ints.mul(this.team, this.plan.columns), column);
  }

  /** From here on the reductions' results are known; or each part's are kept. */
  private finishPass(reductions: readonly Reduction[], own: readonly Partials[], totals: readonly Held[]): void {
    const { kernel, teams, setting, isTeam, member, team } = this;
    const { evaluator, frame, ints } = kernel;
    if (teams.parts > 1) {
      kernel.where([ints.compare("eq", member, 0), isTeam], () => {
        setting.rowParts.forEach((kept, k) => this.writeKept(kept, team, totals[k].values));
      });
      return;
    }
    reductions.forEach((r, k) => {
      const values = own[k].finish(
        totals[k],
        initsOf(r).map((x) => evaluator.evaluate(x, []).value),
      );
      const { depth } = frame;
      r.results.forEach((i: HloInstruction, n) => {
        evaluator.overrides.set(i, () => ({ value: values[n], depth }));
      });
    });
  }

  private writeKept({ reduction, offsets }: Kept, at: Int, values: readonly Value[], lanes = 1): void {
    const { kernel } = this;
    const { accumulators } = reduction.reducer;
    offsets.forEach((o, n) => kernel.write(kernel.scratch, accumulators[n], o, at, values[n], lanes));
  }

  private storeRow(row: Row): void {
    const { kernel, plan, member } = this;
    if (plan.perRow.length === 0) return;
    const index = row.index.filter((p) => p.size !== 1);
    const results = plan.perRow.map((o) => kernel.evaluator.evaluate(o.root, index));
    kernel.where([kernel.ints.compare("eq", member, 0), row.valid], () => {
      plan.perRow.forEach((o, k) => kernel.put(o.number, o.root, row.number, results[k]));
    });
  }

  /** Keeps the team's sums over its rows. */
  private keepLate(late: readonly Held[]): void {
    const { kernel, teams, setting, plan, isTeam, member, team } = this;
    const pending = this.full.map((partials, k) => ({ partials, held: late[k] }));
    const totals = acrossTeam(kernel, pending, teams.lanes, teams.threads);
    if (totals.length > 0) {
      kernel.where([kernel.ints.compare("eq", member, 0), isTeam], () => {
        setting.full.forEach((kept, k) => this.writeKept(kept, team, totals[k].values));
      });
    }
    if (!teams.unrolled || plan.column.length === 0) return;
    for (let step = 0; step < teams.steps; step++) {
      const place = this.stepPlace(step);
      kernel.where([isTeam, place.inside], () => {
        setting.column.forEach((kept, k) => {
          const { values } = late[plan.full.length + step * plan.column.length + k];
          this.writeKept(kept, this.columnSlot(place), values, teams.lanes);
        });
      });
    }
  }
}
