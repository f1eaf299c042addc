/**
 * How a row fusion is computed on a card: which reductions are complete after which pass over the columns, and how the
 * work is divided among threads. Divisions depend on shapes alone and sums have one tree, so that results repeat.
 */
import { type RowForm, rowForm } from "../../2-fuse/row-grammar.js";
import { type DType, dtypes } from "../../hlo/dtype.js";
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { sameDims, sizeOf } from "../../hlo/shape.js";
import { arrayOf } from "../elements/computed.js";
import { factorsOf } from "../elements/domain.js";
import { dimsOf } from "../elements/forms.js";
import { type Fusion, type Output, rootsOf } from "../elements/fusion.js";
import type { Index } from "../elements/index.js";
import { Reducer } from "../elements/reducer.js";
import { mostLanes } from "./lanes.js";

export interface Reduction {
  readonly instruction: Instr<"reduce">;
  readonly reducer: Reducer;
  /** The instructions that are its results: itself, or the elements of its tuple. */
  readonly results: readonly HloInstruction[];
}

/** What a reduction reads, and what it starts from. */
export const inputsOf = ({ instruction: { operands } }: Reduction): readonly HloInstruction[] =>
  operands.slice(0, operands.length / 2);
export const initsOf = ({ instruction: { operands } }: Reduction): readonly HloInstruction[] =>
  operands.slice(operands.length / 2);

export interface RowPlan {
  /** Matrices of rows and columns, each of which is computed on its own; one but where sums over rows are kept by more. */
  readonly outer: number;
  readonly rows: number;
  readonly columns: number;
  /** The domain's row-major factors that operations tell apart: of matrices, of the rows, and of the columns. */
  readonly outerFactors: readonly number[];
  readonly rowFactors: readonly number[];
  readonly columnFactors: readonly number[];
  /** How the domain has them: each of its factors as a number in the list of outer ones, rows' and columns'. */
  readonly order: readonly number[];
  /** Reductions over the columns, by the pass that computes them. */
  readonly passes: readonly (readonly Reduction[])[];
  /** Outputs as large as the domain, and those with an element for each row. */
  readonly whole: readonly Output[];
  readonly perRow: readonly Output[];
  readonly perColumn: readonly Output[];
  /** Reductions over the rows, one result for each column; and over everything. */
  readonly column: readonly Reduction[];
  readonly full: readonly Reduction[];
}

/** The index of an element from its coordinates: of a matrix, over its rows, over its columns. */
export const arranged = ({ order }: RowPlan, parts: Index): Index =>
  order.map((k) => parts[k]).filter((p) => p.size !== 1);

/** The plan of a row fusion; undefined if it is none, or one of a single reduction of dimensions in between. */
export function gridPlan(fusion: Fusion): RowPlan | undefined {
  if (fusion.kind !== "row") return undefined;
  const form = rowForm(fusion.computation);
  if (form === undefined || sizeOf(form.domain) === 0) return undefined;
  const { domain, split } = form;
  const kinds = [...form.reductions.values()];
  if (kinds.includes("middle")) return undefined;
  const of = (as: string): readonly Reduction[] =>
    [...form.reductions].filter(([, a]) => a === as).map(([i]) => reductionOf(i));
  const outputs = rootsOf(fusion).map((root, number) => ({ root, number }));
  const isLate = ({ root }: Output): boolean => [...form.reductions].some(([i, as]) => i === root && as !== "row");
  const direct = outputs.filter((o) => !isLate(o));
  const whole = direct.filter(({ root }) => !isRowReduce(form, root) && sameDims(dimsOf(root), domain));
  const perRow = direct.filter((o) => !whole.includes(o));
  const [row, column, full] = [of("row"), of("column"), of("full")];
  // With nothing told apart by rows, everything is one.
  const isOneRow = row.length === 0 && column.length === 0 && perRow.length === 0;
  const at = isOneRow ? 0 : split;
  const shape = { outer: 1, rows: sizeOf(domain.slice(0, at)), columns: sizeOf(domain.slice(at)) };
  const late = [...column, ...full];
  const roots = [...whole.map((o) => o.root), ...[...row, ...late].map((r) => r.instruction.operands[0])];
  const factors = rowFactorsOf(roots, domain, shape);
  if (isOneRow) {
    const totals = outputs.filter((o) => !whole.includes(o));
    return { ...shape, ...factors, passes: [full], whole, perRow: totals, perColumn: [], column: [], full: [] };
  }
  const level = levels();
  const last = Math.max(
    0,
    ...row.map((r) => level(r.instruction.operands[0])),
    ...[...late.map((r) => r.instruction.operands[0]), ...whole.map((o) => o.root)].map(level),
  );
  const passes = Array.from({ length: last + 1 }, (_, p) => row.filter((r) => level(r.instruction.operands[0]) === p));
  const perColumn = outputs.filter(({ root }) => column.some((r) => r.instruction === root));
  return { ...shape, ...factors, passes, whole, perRow, perColumn, column, full };
}

const isRowReduce = (form: RowForm, i: HloInstruction): boolean =>
  i.opcode === "reduce" && form.reductions.get(i) === "row";

function reductionOf(i: Instr<"reduce">): Reduction {
  return { instruction: i, reducer: new Reducer(i.computation, [arrayOf(i.operands[0]).dtype]), results: [i] };
}

function rowFactorsOf(
  roots: readonly HloInstruction[],
  domain: readonly number[],
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Pick<RowPlan, "outerFactors" | "rowFactors" | "columnFactors" | "order"> {
  const factors = factorsOf(roots, domain, [[rows, columns]]);
  let count = 0;
  for (let inner = 1; inner < columns; count++) inner *= factors[factors.length - 1 - count];
  const rowFactors = factors.slice(0, factors.length - count);
  const columnFactors = count === 0 ? [1] : factors.slice(factors.length - count);
  const order = [...rowFactors, ...columnFactors].map((_, k) => k);
  return { outerFactors: [], rowFactors, columnFactors, order };
}

/** How many passes must be over before a value can be computed. */
function levels(): (i: HloInstruction) => number {
  const known = new Map<HloInstruction, number>();
  const level = (i: HloInstruction): number => {
    const found = known.get(i);
    if (found !== undefined) return found;
    const below = Math.max(0, ...i.operands.map(level));
    const own = i.opcode === "reduce" ? below + 1 : below;
    known.set(i, own);
    return own;
  };
  return level;
}

/** How threads share rows. */
export interface Teams {
  /** Neighbouring elements that a thread computes at a time: a group. */
  readonly lanes: number;
  /** Groups of a row's part. */
  readonly groups: number;
  /** Threads of a row, a power of two: part of a warp, or a whole block. */
  readonly threads: number;
  readonly block: number;
  /** Steps of a thread over a row, or over its part of one. */
  readonly steps: number;
  /** Whether all steps are written out, so that what they read stays in registers from pass to pass. */
  readonly unrolled: boolean;
  /** Parts that a row is divided into, each for a team; more than one only where there is one pass. */
  readonly parts: number;
  /** Rows that a team computes one after the other, adding up over them. */
  readonly rowsEach: number;
  /** Teams that have any rows. */
  readonly teams: number;
}

const warp = 32;
/** Longer rows have a block. */
const longestWarpRow = 1024;
const mostThreads = 512;
/** Values that a thread keeps in registers from pass to pass. */
const mostKept = 48;
const mostSteps = 8;
/** From here on a few rows are divided among blocks, into parts of about so many elements. */
const splitColumns = 16384;
const partColumns = 8192;
const mostParts = 1024;
/** Enough teams to fill a card, where each adds up over many rows: of a block, or of a part of a warp. */
const blocksThatAddUp = 396;
const warpsThatAddUp = 2048;
const mostPartialBytes = 32 * 2 ** 20;

export const powerAbove = (n: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, n)));

/** Elements of one vector load that rows are whole numbers of. */
function lanesOf(fusion: Fusion, { columnFactors }: RowPlan): number {
  const widest = Math.max(
    2,
    ...[...fusion.operands, ...rootsOf(fusion)].map((i) => dtypes[arrayOf(i).dtype as DType].bytes),
  );
  const inner = columnFactors[columnFactors.length - 1];
  let lanes = mostLanes(fusion, widest);
  while (inner % lanes !== 0) lanes /= 2;
  return lanes;
}

export function teamsOf(fusion: Fusion, plan: RowPlan): Teams {
  const { rows, columns } = plan;
  const widestVector = lanesOf(fusion, plan);
  const isSplit =
    plan.passes.length === 1 &&
    plan.column.length + plan.full.length === 0 &&
    columns > splitColumns &&
    rows < mostParts / 2;
  const wantedParts = isSplit
    ? Math.min(Math.ceil(columns / partColumns), Math.max(1, Math.floor(mostParts / rows)))
    : 1;
  // Short rows keep every thread busy with fewer elements at a time.
  const lanes = columns / widestVector < warp && plan.column.length === 0 ? Math.min(widestVector, 4) : widestVector;
  const all = columns / lanes;
  const groups = Math.ceil(all / wantedParts);
  const parts = Math.ceil(all / groups);
  const addsColumns = plan.column.length > 0;
  const isBlock = addsColumns ? groups > warp : columns > longestWarpRow;
  const threads = isBlock
    ? Math.min(mostThreads, Math.max(4 * warp, powerAbove(Math.ceil(groups / 4))))
    : Math.min(warp, powerAbove(groups));
  const block = isBlock ? threads : 4 * warp;
  const steps = Math.ceil(groups / threads);
  const domainOperands = fusion.operands.filter((x) => sizeOf(dimsOf(x)) >= rows * columns).length;
  const unrolled = steps <= mostSteps && steps * lanes * Math.max(1, domainOperands + plan.column.length) <= mostKept;
  const addsUp = plan.column.length + plan.full.length > 0;
  const partialBytes = 8 * columns * Math.max(1, plan.column.length);
  const wanted = Math.min(
    isBlock ? blocksThatAddUp : warpsThatAddUp,
    addsColumns ? Math.max(1, Math.floor(mostPartialBytes / partialBytes)) : rows,
  );
  const rowsEach = addsUp ? Math.ceil(rows / wanted) : 1;
  return { lanes, groups, threads, block, steps, unrolled, parts, rowsEach, teams: Math.ceil(rows / rowsEach) * parts };
}

/** Where partial results lie in scratch memory. */
export class Scratch {
  bytes = 0;

  /** Room for so many elements of each accumulator; where they begin. */
  take({ accumulators }: Reducer, elements: number): readonly number[] {
    return accumulators.map((dtype) => {
      const offset = this.bytes;
      this.bytes += Math.ceil((elements * dtypes[dtype].bytes) / 256) * 256;
      return offset;
    });
  }
}

/** A reduction and where its partial results begin, one array for each accumulator. */
export interface Kept {
  readonly reduction: Reduction;
  readonly offsets: readonly number[];
}

export const keep = (scratch: Scratch, reductions: readonly Reduction[], elements: number): readonly Kept[] =>
  reductions.map((reduction) => ({ reduction, offsets: scratch.take(reduction.reducer, elements) }));
