/**
 * Sums over rows, one for each column: tiles of columns by rows, a thread adding up every 32nd row of its column; the
 * threads of a column then meet in one warp, by way of shared memory whose rows are padded so that no two lanes want
 * the same bank. Many rows are divided into chunks, whose sums a second launch adds up alike.
 */
import { type DType, dtypes } from "../../hlo/dtype.js";
import { constantInt, type Int } from "../elements/frame.js";
import { type Fusion, rootsOf } from "../elements/fusion.js";
import type { Index } from "../elements/index.js";
import { flatten, unflatten } from "../elements/reductions.js";
import type { IrModule, IrValue } from "../scalar/ir.js";
import type { Value } from "../scalar/value.js";
import { BlockKernel, partsOf } from "./block-kernel.js";
import { acrossTeam, carriedOf, type Held, heldBy, Partials } from "./held.js";
import { staticSharedBytes, warpThreads } from "./intrinsics.js";
import { emitFinish } from "./row-finish.js";
import { arranged, initsOf, inputsOf, type Kept, keep, powerAbove, type RowPlan, Scratch } from "./row-plan.js";
import type { CudaKernels, CudaLaunch, CudaTarget } from "./target.js";

/** Sums of columns that an earlier launch left in so many rows. */
interface Second {
  readonly partialRows: number;
  readonly kept: readonly Kept[];
}

/** Fewer rows than these a thread adds up alone. */
const tileRows = 32;
const aloneThreads = 128;
/** More rows than a launch adds up at once; beyond `oneStage` there are chunks only to fill the card. */
const mostRows = 4096;
const oneStage = 1024;
const leastChunk = 256;
const fillingBlocks = 512;

export function emitColumns(
  module: IrModule,
  fusion: Fusion,
  plan: RowPlan,
  symbol: string,
  target: CudaTarget,
  second?: Second,
): CudaKernels {
  const rows = second?.partialRows ?? plan.rows;
  const depth = rows >= tileRows ? tileRows : 1;
  const width = depth === 1 ? aloneThreads : Math.min(warpThreads, powerAbove(plan.columns));
  const tiles = Math.ceil(plan.columns / width);
  // A second stage is the last.
  const wanted = second === undefined ? chunksOf(rows, plan.outer * tiles) : 1;
  const chunkRows = Math.ceil(rows / wanted / depth) * depth;
  const chunks = Math.ceil(rows / chunkRows);
  const shape: Shape = { rows, depth, width, tiles, chunks, chunkRows };
  const scratch = new Scratch();
  const column = chunks > 1 ? keep(scratch, plan.column, plan.outer * chunks * plan.columns) : [];
  const full = second === undefined ? keep(scratch, plan.full, chunks * tiles) : [];
  const hasScratch = second !== undefined || scratch.bytes > 0;
  const kernel = new BlockKernel(module, fusion, symbol, 1, depth * width, target, hasScratch);
  const launches: CudaLaunch[] = [new ColumnKernel(kernel, plan, shape, { column, full, second }).emit()];
  if (column.length > 0) {
    const next = { partialRows: chunks, kept: column };
    launches.push(...emitColumns(module, fusion, plan, `${symbol}_columns`, target, next).launches);
  }
  if (full.length > 0) {
    const results = rootsOf(fusion)
      .map((root, number) => ({ root, number }))
      .filter(({ root }) => plan.full.some((r) => r.instruction === root));
    const total = { symbol: `${symbol}_total`, rows: 1, parts: chunks * tiles, kept: full, results };
    launches.push(emitFinish({ module, fusion, plan, target }, total));
  }
  return { launches, scratchBytes: scratch.bytes };
}

function chunksOf(rows: number, tiles: number): number {
  if (rows <= oneStage) return 1;
  const filling = Math.min(Math.ceil(fillingBlocks / tiles), Math.ceil(rows / leastChunk));
  return Math.max(filling, Math.ceil(rows / mostRows));
}

interface Shape {
  readonly rows: number;
  /** Rows and columns of a block's threads. */
  readonly depth: number;
  readonly width: number;
  /** Blocks beside each other, and one below the other. */
  readonly tiles: number;
  readonly chunks: number;
  readonly chunkRows: number;
}

/** Where a reduction's accumulators lie in shared memory, and its flag if it has one. */
interface Tile {
  readonly number: number;
  readonly values: readonly { readonly dtype: DType; readonly offset: number }[];
  readonly flag: number;
}

interface Sums {
  /** Where chunks leave their sums, if there is more than one. */
  readonly column: readonly Kept[];
  readonly full: readonly Kept[];
  readonly second: Second | undefined;
}

class ColumnKernel {
  private readonly column: readonly Partials[];
  private readonly full: readonly Partials[];
  private readonly all: readonly Partials[];
  private readonly tile: Int;
  private readonly chunk: Int;
  /** The matrix. */
  private readonly outer: Int;

  constructor(
    private readonly kernel: BlockKernel,
    private readonly plan: RowPlan,
    private readonly shape: Shape,
    private readonly sums: Sums,
  ) {
    this.column = plan.column.map((r) => new Partials(kernel, r.reducer));
    this.full = sums.full.map(({ reduction }) => new Partials(kernel, reduction.reducer));
    this.all = [...this.column, ...this.full];
    const { ints, blockId } = kernel;
    this.tile = ints.rem(blockId, shape.tiles);
    const above = ints.div(blockId, shape.tiles);
    this.chunk = plan.outer === 1 ? above : ints.rem(above, shape.chunks);
    this.outer = plan.outer === 1 ? constantInt(0) : ints.div(above, shape.chunks);
  }

  emit(): CudaLaunch {
    const { kernel, shape, plan, column, full, sums } = this;
    const { ints, threadId, frame, coordinates } = kernel;
    const { width, depth, rows, chunkRows, chunks, tiles } = shape;
    const x = ints.rem(threadId, width);
    const y = depth === 1 ? constantInt(0) : ints.div(threadId, width);
    const wantedColumn = ints.add(ints.mul(this.tile, width), x);
    const fits = plan.columns % width === 0;
    const isColumn = fits ? undefined : ints.compare("slt", wantedColumn, plan.columns);
    const at = fits ? wantedColumn : ints.min(wantedColumn, plan.columns - 1);

    const starts = this.all.flatMap((p) => carriedOf(p.start(1)));
    const loop = frame.openLoop(constantInt(0), constantInt(chunkRows), depth, true, flatten(starts));
    const wantedRow = ints.add(ints.mul(this.chunk, chunkRows), ints.add(loop.index, y));
    const isExact = chunks * chunkRows === rows;
    const isRow = isExact ? undefined : ints.compare("slt", wantedRow, rows);
    const row = isExact ? wantedRow : ints.min(wantedRow, rows - 1);
    const held = heldBy(this.all, unflatten(loop.carried, starts));
    const elements = this.elements(row, at);
    const both = isRow === undefined || isColumn === undefined ? (isRow ?? isColumn) : coordinates.and(isRow, isColumn);
    const next = held.map((h, k) => this.all[k].take(h, elements[k], 1, k < column.length ? isRow : both));
    if (sums.second === undefined) this.storeWhole(row, at, both);
    frame.closeLoop(loop, flatten(next.flatMap(carriedOf)));

    if (depth === 1) {
      kernel.where([isColumn], () => this.storeColumns(next.slice(0, column.length), at));
    } else this.meet(next.slice(0, column.length), x, y);
    const pending = full.map((partials, k) => ({ partials, held: next[column.length + k] }));
    const totals = acrossTeam(kernel, pending, 1, kernel.block);
    if (totals.length > 0) {
      kernel.where([ints.compare("eq", threadId, 0)], () => {
        sums.full.forEach((kept, k) => this.writeKept(kept, kernel.blockId, totals[k].values));
      });
    }
    return kernel.launch(plan.outer * tiles * chunks);
  }

  private index(row: Int, column: Int): Index {
    const { plan, outer } = this;
    const { ints } = this.kernel;
    return arranged(plan, [
      ...partsOf(ints, outer, plan.outerFactors),
      ...partsOf(ints, row, plan.rowFactors),
      ...partsOf(ints, column, plan.columnFactors),
    ]);
  }

  /** What each reduction takes in at a place: elements, or sums that an earlier launch left. */
  private elements(row: Int, column: Int): readonly (readonly Value[])[] {
    const { kernel, plan, sums } = this;
    const { evaluator, frame, ints } = kernel;
    if (sums.second !== undefined) {
      const at = ints.add(ints.mul(this.kept(sums.second.partialRows, row), plan.columns), column);
      return sums.second.kept.map(({ reduction, offsets }) =>
        offsets.map((o, n) => kernel.read(kernel.scratch, reduction.reducer.accumulators[n], o, at)),
      );
    }
    const index = this.index(row, column);
    return [...plan.column, ...sums.full.map((k) => k.reduction)].map((r) => {
      const values = inputsOf(r).map((x) => evaluator.evaluate(x, index).value);
      return r.reducer.enter(evaluator.context(frame.depth, 1), values);
    });
  }

  private storeWhole(row: Int, column: Int, inside: Parameters<BlockKernel["where"]>[0][number]): void {
    const { kernel, plan } = this;
    if (plan.whole.length === 0) return;
    const index = this.index(row, column);
    const values = plan.whole.map((o) => kernel.evaluator.evaluate(o.root, index));
    const at = kernel.ints.add(kernel.ints.mul(row, plan.columns), column);
    kernel.where([inside], () => {
      plan.whole.forEach((o, k) => kernel.put(o.number, o.root, at, values[k]));
    });
  }

  /** The threads of each column become the lanes of one warp. */
  private meet(held: readonly Held[], x: Int, y: Int): void {
    const { kernel, plan, shape } = this;
    const { ints, threadId } = kernel;
    const stride = shape.depth + 1;
    const [lane, warp] = [ints.rem(threadId, warpThreads), ints.div(threadId, warpThreads)];
    const [to, from] = [ints.add(ints.mul(x, stride), y), ints.add(ints.mul(warp, stride), lane)];
    const turns = this.turns(held, shape.width * stride);
    const memory = kernel.shared(Math.max(...turns.map((t) => t.bytes)));
    const totals: Held[] = [];
    turns.forEach(({ tiles }, turn) => {
      // What others read of the last ones is written over.
      if (turn > 0) kernel.barrier();
      for (const { number, values, flag } of tiles) {
        values.forEach(({ dtype, offset }, n) => kernel.write(memory, dtype, offset, to, held[number].values[n]));
        const { some } = held[number];
        if (some !== undefined) kernel.write(memory, "bool", flag, to, some);
      }
      kernel.barrier();
      for (const { number, values, flag } of tiles) {
        const read = values.map(({ dtype, offset }) => kernel.read(memory, dtype, offset, from));
        const some = held[number].some && (kernel.read(memory, "bool", flag, from) as IrValue);
        totals.push(this.column[number].acrossThreads({ values: read, some }, shape.depth));
      }
    });
    const column = ints.add(ints.mul(this.tile, shape.width), warp);
    const isColumn = plan.columns % shape.width === 0 ? undefined : ints.compare("slt", column, plan.columns);
    kernel.where([ints.compare("eq", lane, 0), isColumn], () => this.storeColumns(totals, column));
  }

  /** Reductions, as many at a time as shared memory has room for, and where their tiles of so many elements lie. */
  private turns(held: readonly Held[], elements: number): readonly { bytes: number; tiles: readonly Tile[] }[] {
    const turns: { bytes: number; tiles: Tile[] }[] = [];
    held.forEach(({ some }, number) => {
      let bytes = 0;
      const take = (n: number): number => {
        const offset = bytes;
        bytes += Math.ceil((elements * n) / 16) * 16;
        return offset;
      };
      const { accumulators } = this.column[number].reducer;
      const values = accumulators.map((dtype) => ({ dtype, offset: take(dtypes[dtype].bytes) }));
      const flag = some === undefined ? 0 : take(1);
      const last = turns[turns.length - 1];
      if (last === undefined || last.bytes + bytes > staticSharedBytes) {
        turns.push({ bytes, tiles: [{ number, values, flag }] });
      } else {
        const moved = values.map((v) => ({ ...v, offset: v.offset + last.bytes }));
        last.tiles.push({ number, values: moved, flag: flag + last.bytes });
        last.bytes += bytes;
      }
    });
    return turns;
  }

  private storeColumns(totals: readonly Held[], column: Int): void {
    const { kernel, plan, sums, shape, outer } = this;
    const { evaluator, ints, frame } = kernel;
    if (shape.chunks > 1) {
      const at = ints.add(ints.mul(this.kept(shape.chunks, this.chunk), plan.columns), column);
      sums.column.forEach((kept, k) => this.writeKept(kept, at, totals[k].values));
      return;
    }
    const { depth } = frame;
    plan.column.forEach((r, k) => {
      const inits = initsOf(r).map((x) => evaluator.evaluate(x, []).value);
      const values = this.column[k].finish(totals[k], inits);
      r.results.forEach((i, n) => {
        evaluator.overrides.set(i, () => ({ value: values[n], depth }));
      });
    });
    const parts = [...partsOf(ints, outer, plan.outerFactors), ...partsOf(ints, column, plan.columnFactors)];
    const index = parts.filter((p) => p.size !== 1);
    const values = plan.perColumn.map((o) => evaluator.evaluate(o.root, index));
    const at = ints.add(ints.mul(outer, plan.columns), column);
    plan.perColumn.forEach((o, k) => kernel.put(o.number, o.root, at, values[k]));
  }

  /** A row of a matrix's that an earlier launch left. */
  private kept(rows: number, row: Int): Int {
    const { ints } = this.kernel;
    return this.plan.outer === 1 ? row : ints.add(ints.mul(this.outer, rows), row);
  }

  private writeKept({ reduction, offsets }: Kept, at: Int, values: readonly Value[]): void {
    const { kernel } = this;
    offsets.forEach((o, n) => kernel.write(kernel.scratch, reduction.reducer.accumulators[n], o, at, values[n]));
  }
}
