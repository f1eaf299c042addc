/**
 * How a row fusion is computed: in passes over the columns of each row, each pass computing the reductions that need
 * nothing later; values that are dear and needed again are kept in a buffer as long as a row. Rows are divided into
 * chunks by their number alone, so that sums over rows come out the same however many threads there are.
 */
import { type RowForm, rowForm } from "../../../2-fuse/row-grammar.js";
import { isRowByRow } from "../../../3-schedule/row-kernels.js";
import { dtypes } from "../../../hlo/dtype.js";
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { sameDims, sizeOf } from "../../../hlo/shape.js";
import { arrayOf } from "../../elements/computed.js";
import { isShort, weightOf } from "../../elements/cost.js";
import { factorsOf } from "../../elements/domain.js";
import { dimsOf } from "../../elements/forms.js";
import { greatestCommonDivisor } from "../../elements/frame.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { Reducer } from "../../elements/reducer.js";

export interface Reduction {
  readonly instruction: Instr<"reduce">;
  readonly reducer: Reducer;
  /** The instructions that are its results: itself, or the elements of its tuple. */
  readonly results: readonly HloInstruction[];
  /** Outputs of the fusion that are this reduction's result. */
  readonly outputs: readonly number[];
  /** Where its partial results begin in scratch memory, and how far apart they are. */
  readonly offset: number;
  readonly stride: number;
}

export interface Output {
  readonly root: HloInstruction;
  readonly number: number;
}

export interface Buffered {
  readonly instruction: HloInstruction;
  /** The pass that computes it; later ones read it. */
  readonly pass: number;
}

export interface Chunks {
  /** Of each chunk; the last may have fewer. */
  readonly rows: number;
  readonly count: number;
  /** So many of a chunk's rows are read side by side, as far apart as it has them: memory gives more than to one alone. */
  readonly side: number;
}

export interface RowPlan {
  readonly rows: number;
  readonly columns: number;
  /** Reductions over the columns, by the pass that computes them. */
  readonly passes: readonly (readonly Reduction[])[];
  readonly buffered: readonly Buffered[];
  readonly whole: readonly Output[];
  readonly perRow: readonly Output[];
  readonly column: readonly Reduction[];
  /** How many short rows of the domain are taken as one: sums of columns are in so many parts. */
  readonly fold: number;
  readonly full: readonly Reduction[];
  /** Undefined where every row is on its own. */
  readonly chunk: Chunks | undefined;
  /** Where everything is added up and rows mean nothing: blocks of the innermost loop, of so many elements. */
  readonly block: { readonly size: number; readonly count: number } | undefined;
  readonly scratchBytes: number;
}

/** Elements of a chunk, at least; more chunks than these only make more to add up. */
const chunkElements = 16384;
const mostChunks = 64;
const mostBlocks = 256;
/** Memory for sums of columns, at most. */
const mostPartialBytes = 8 * 2 ** 20;
/** Rows side by side, at most. */
const mostSide = 8;
/** Elements of a vector, mostly. */
const vectorElements = 64;
/** Rows below this are better reduced beside each other. */
const shortestRow = 32;
/** On the stack. */
const mostBufferBytes = 256 * 1024;
/** From here on keeping a value is cheaper than computing it again. */
const dear = 16;

const roundUp = (n: number, to: number): number => Math.ceil(n / to) * to;

const plans = new WeakMap<Fusion, RowPlan | undefined>();

/** The plan of a row fusion; undefined if simple loops do as well or the fusion has another form. */
export function rowPlan(fusion: Fusion): RowPlan | undefined {
  if (!plans.has(fusion)) plans.set(fusion, makePlan(fusion));
  return plans.get(fusion);
}

function makePlan(fusion: Fusion): RowPlan | undefined {
  const form = rowForm(fusion.computation);
  if (form === undefined || !isRowByRow(form)) return undefined;
  const { domain, split } = form;
  const reductions = [...form.reductions];
  const has = (as: string): boolean => reductions.some(([, a]) => a === as);
  const own = { rows: sizeOf(domain.slice(0, split)), columns: sizeOf(domain.slice(split)) };

  const level = levels();
  const outputs = rootsOf(fusion).map((root, number) => ({ root, number }));
  const isReduced = ({ root }: Output): boolean => reductions.some(([i, as]) => i === root && as !== "row");
  const direct = outputs.filter((o) => !isReduced(o));
  const whole = direct.filter(({ root }) => !isRowReduce(form, root) && sameDims(dimsOf(root), domain));
  const perRow = direct.filter((o) => !whole.includes(o));
  if (!has("row") && !has("column") && perRow.length === 0) return fullPlan(outputs, whole, reductions);

  const sums = reductions.map(([i]) => i.operands[0]);
  const isPlain = !has("row") && perRow.length === 0;
  const fold = isPlain ? rowsTogether([...whole.map((o) => o.root), ...sums], domain, own.rows, own.columns) : 1;
  const [rows, columns] = [own.rows / fold, own.columns * fold];
  const rowReductions = reductions.filter(([, as]) => as === "row").map(([i]) => i);
  const reducedLate = reductions.filter(([, as]) => as !== "row").map(([i]) => i);
  const last = Math.max(
    0,
    ...rowReductions.map((i) => level(i.operands[0])),
    ...[...reducedLate.map((i) => i.operands[0]), ...whole.map((o) => o.root)].map(level),
  );
  const bare = (i: Instr<"reduce">): Reduction => ({ ...reductionOf(i, outputs), offset: 0, stride: 0 });
  const passes = Array.from({ length: last + 1 }, (_, p) =>
    rowReductions.filter((i) => level(i.operands[0]) === p).map(bare),
  );
  const passRoots = passes.map((list, p) => [
    ...list.map((r) => r.instruction.operands[0]),
    ...(p === last ? [...whole.map((o) => o.root), ...reducedLate.map((i) => i.operands[0])] : []),
  ]);

  // Where nothing is written, no first row differs from the others, and little is written out for each.
  const readsOnly = isPlain && whole.length === 0 && isShort(fusion);
  const many = readsOnly && reductions.every(([i]) => reductionOf(i, outputs).reducer.hasIdentity);
  const chunk = reducedLate.length === 0 ? undefined : chunksOf(rows, columns, reductions, many ? mostSide : 1);
  const scratch = new Scratch(chunk?.count ?? 0);
  const column = partials(scratch, reductions, "column", columns, outputs);
  const full = partials(scratch, reductions, "full", 1, outputs);
  return {
    rows,
    columns,
    passes,
    buffered: bufferedValues(passRoots, domain, columns),
    whole,
    perRow,
    column,
    fold,
    full,
    chunk,
    block: undefined,
    scratchBytes: scratch.bytes,
  };
}

/** How many rows are taken as one where they are shorter than vectors and nothing needs to tell them apart. */
function rowsTogether(
  roots: readonly HloInstruction[],
  domain: readonly number[],
  rows: number,
  columns: number,
): number {
  const together = vectorElements / greatestCommonDivisor(vectorElements, columns);
  if (columns >= vectorElements) return 1;
  for (let fold = 4 * together; fold >= together; fold /= 2) {
    if (rows % fold !== 0 || rows < 2 * fold) continue;
    const factors = factorsOf(roots, domain, [[rows / fold, columns * fold]]);
    return factors[factors.length - 1] === columns * fold ? fold : 1;
  }
  return 1;
}

const isRowReduce = (form: RowForm, i: HloInstruction): boolean =>
  i.opcode === "reduce" && form.reductions.get(i) === "row";

function reductionOf(i: Instr<"reduce">, outputs: readonly Output[]) {
  return {
    instruction: i,
    reducer: new Reducer(i.computation, [arrayOf(i.operands[0]).dtype]),
    results: [i],
    outputs: outputs.filter((o) => o.root === i).map((o) => o.number),
  };
}

/** Where partial results lie: for each reduction one row per chunk. */
class Scratch {
  bytes = 0;
  constructor(private readonly chunks: number) {}

  take(rowBytes: number): { readonly offset: number; readonly stride: number } {
    // Vectors may run over the end of a row's partial results, and into none of another's.
    const stride = roundUp(rowBytes, 64) + (rowBytes > 16 ? 256 : 0);
    const offset = this.bytes;
    this.bytes += stride * this.chunks;
    return { offset, stride };
  }
}

function partials(
  scratch: Scratch,
  reductions: readonly (readonly [Instr<"reduce">, string])[],
  as: "column" | "full",
  elements: number,
  outputs: readonly Output[],
): readonly Reduction[] {
  return reductions
    .filter(([, a]) => a === as)
    .map(([i]) => {
      const one = reductionOf(i, outputs);
      return { ...one, ...scratch.take(elements * dtypes[one.reducer.accumulators[0]].bytes) };
    });
}

function chunksOf(
  rows: number,
  columns: number,
  reductions: readonly (readonly [Instr<"reduce">, string])[],
  most: number,
): Chunks {
  const rowBytes = 8 * columns * Math.max(1, reductions.filter(([, as]) => as === "column").length);
  const fitting = Math.max(1, Math.floor(mostPartialBytes / rowBytes));
  const wanted = Math.min(mostChunks, fitting, rows, Math.ceil((rows * columns) / chunkElements));
  const each = Math.ceil(rows / wanted);
  const side = rows % each === 0 ? greatestCommonDivisor(each, most) : 1;
  return { rows: each, count: Math.ceil(rows / each), side };
}

/** A reduction of several arrays at once over the last dimensions, as where the largest element is and what it is. */
export function variadicPlan(fusion: Fusion): RowPlan | undefined {
  const roots = rootsOf(fusion);
  const [reduce] = roots[0].operands;
  if (roots[0].opcode !== "get-tuple-element" || reduce?.opcode !== "reduce") return undefined;
  if (!roots.every((r) => r.opcode === "get-tuple-element" && r.operands[0] === reduce)) return undefined;
  const count = reduce.operands.length / 2;
  const dims = dimsOf(reduce.operands[0]);
  const split = dims.length - reduce.dimensions.length;
  const [rows, columns] = [sizeOf(dims.slice(0, split)), sizeOf(dims.slice(split))];
  if (!reduce.dimensions.every((d) => d >= split) || rows === 0 || columns < shortestRow) return undefined;
  const types = reduce.operands.slice(0, count).map((x) => arrayOf(x).dtype);
  const results = types.map((_, k) => roots.find((r) => r.opcode === "get-tuple-element" && r.index === k) ?? reduce);
  const reducer = new Reducer(reduce.computation, types);
  return {
    rows,
    columns,
    passes: [[{ instruction: reduce, reducer, results, outputs: [], offset: 0, stride: 0 }]],
    buffered: [],
    whole: [],
    perRow: roots.map((root, number) => ({ root, number })),
    column: [],
    fold: 1,
    full: [],
    chunk: undefined,
    block: undefined,
    scratchBytes: 0,
  };
}

/** Reductions to scalars alone, of any domain: it is divided by what its loops turn out to be. */
function fullPlan(
  outputs: readonly Output[],
  whole: readonly Output[],
  reductions: readonly (readonly [Instr<"reduce">, string])[],
): RowPlan {
  const domain = dimsOf(reductions[0][0].operands[0]);
  const size = sizeOf(domain);
  const roots = [...whole.map((o) => o.root), ...reductions.map(([i]) => i.operands[0])];
  const inner = factorsOf(roots, domain).at(-1) ?? 1;
  const rows = size / inner;
  // Long innermost loops are divided into blocks, short ones are taken by the row.
  const blockSize = Math.max(chunkElements, roundUp(Math.ceil(inner / mostBlocks), 4096));
  // A block must have an element for every lane to begin with, unless there is one that changes nothing.
  const known = reductions.every(([i]) => reductionOf(i, outputs).reducer.hasIdentity);
  const isLong = inner >= chunkElements / 4 && rows <= mostBlocks && known;
  const block = isLong ? { size: blockSize, count: Math.ceil(inner / blockSize) } : undefined;
  const chunk = isLong ? { rows: 1, count: rows, side: 1 } : chunksOf(rows, inner, [], 1);
  const scratch = new Scratch(chunk.count * (block?.count ?? 1));
  const full = partials(scratch, reductions, "full", 1, outputs);
  return {
    rows,
    columns: inner,
    passes: [[]],
    buffered: [],
    whole,
    perRow: [],
    column: [],
    fold: 1,
    full,
    chunk,
    block,
    scratchBytes: scratch.bytes,
  };
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

/** Dear values that a pass computes and a later one needs again, if a row of them has room on the stack. */
function bufferedValues(
  passRoots: readonly (readonly HloInstruction[])[],
  domain: readonly number[],
  columns: number,
): readonly Buffered[] {
  const firstPass = new Map<HloInstruction, number>();
  const buffered = new Map<HloInstruction, number>();
  let bytes = 0;
  passRoots.forEach((roots, pass) => {
    const seen = new Set<HloInstruction>();
    const visit = (i: HloInstruction): void => {
      if (seen.has(i) || i.opcode === "reduce") return;
      seen.add(i);
      const first = firstPass.get(i);
      if (first !== undefined && first < pass && sameDims(dimsOf(i), domain)) {
        if (buffered.has(i)) return;
        const more = columns * dtypes[arrayOf(i).dtype].bytes;
        if (costBelow(i, domain) >= dear && bytes + more <= mostBufferBytes) {
          bytes += more;
          buffered.set(i, first);
          return;
        }
      }
      if (first === undefined) firstPass.set(i, pass);
      i.operands.forEach(visit);
    };
    roots.forEach(visit);
  });
  return [...buffered].map(([instruction, pass]) => ({ instruction, pass }));
}

function costBelow(root: HloInstruction, domain: readonly number[]): number {
  const seen = new Set<HloInstruction>();
  const visit = (i: HloInstruction): number => {
    if (seen.has(i) || i.opcode === "reduce") return 0;
    seen.add(i);
    const own = sameDims(dimsOf(i), domain) ? weightOf(i) + (i.opcode === "gather" ? dear : 0) : 0;
    return i.operands.reduce((n, x) => n + visit(x), own);
  };
  return visit(root);
}
