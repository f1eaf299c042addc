/**
 * Cumulative windows along a dimension. Lines that lie one after the other in memory are scanned by blocks, a tile at a
 * time; those side by side, and very short ones, each by a thread. Where lines are few and long they are cut into
 * pieces: first what each comes to, then what each begins with, then the pieces.
 */
import { cumulativeOf } from "../../../2-fuse/cumulative.js";
import { type DType, dtypes } from "../../../hlo/dtype.js";
import type { Instr } from "../../../hlo/instruction.js";
import { arrayOf } from "../../elements/computed.js";
import { constantInt, type Int, type Placed } from "../../elements/frame.js";
import { flatten, unflatten } from "../../elements/reductions.js";
import type { IrModule } from "../../scalar/ir.js";
import type { Value } from "../../scalar/value.js";
import { GridKernel } from "../grid-kernel.js";
import type { CudaKernels, CudaLaunch, CudaTarget } from "../target.js";
import { Lines } from "./lines.js";
import { type ScanCombiner, scanCombiner } from "./scan-combiner.js";

const block = 256;
const warps = block / 32;
/** Neighbours that a thread scans on its own. */
const itemsOfThread = 4;
const tile = block * itemsOfThread;
/** Lines up to this length are not worth a block. */
const shortLine = 32;
/** So many elements are worth a block, or a thread, of their own, and so many blocks and threads keep a card busy. */
const smallestPiece = { byBlock: 4 * tile, byThread: 32 };
const enough = { blocks: 264, threads: 2 ** 14 };

export function emitCudaCumulative(
  module: IrModule,
  i: Instr<"reduce-window">,
  symbol: string,
  target: CudaTarget,
): CudaKernels | undefined {
  const along = cumulativeOf(i);
  if (along === undefined) return undefined;
  return new Cumulative(module, i, along.dimension, along.reverse, symbol, target).emit();
}

class Cumulative {
  private readonly lines: Lines;
  private readonly types: readonly DType[];
  private readonly combiner: ScanCombiner;
  private readonly byBlock: boolean;
  private readonly piece: number;
  private readonly pieces: number;

  constructor(
    private readonly module: IrModule,
    i: Instr<"reduce-window">,
    dimension: number,
    private readonly reverse: boolean,
    private readonly symbol: string,
    private readonly target: CudaTarget,
  ) {
    const arrays = i.operands.slice(0, i.operands.length / 2).map(arrayOf);
    this.types = arrays.map((a) => a.dtype);
    this.lines = new Lines(arrays[0].dims, dimension);
    this.combiner = scanCombiner(i.computation, this.types);
    const { inner, length, count } = this.lines;
    this.byBlock = inner === 1 && length > shortLine;
    const smallest = this.byBlock ? smallestPiece.byBlock : smallestPiece.byThread;
    const wanted = Math.ceil((this.byBlock ? enough.blocks : enough.threads) / Math.max(1, count));
    const pieces = Math.max(1, Math.min(wanted, Math.floor(length / smallest)));
    const step = this.byBlock ? tile : 1;
    this.piece = Math.ceil(length / pieces / step) * step;
    this.pieces = Math.ceil(length / this.piece);
  }

  emit(): CudaKernels {
    const { count, length } = this.lines;
    if (count * length === 0) return { launches: [], scratchBytes: 0 };
    if (this.pieces === 1) return { launches: [this.scan("", "whole")], scratchBytes: 0 };
    return {
      launches: [this.scan("_totals", "totals"), this.starts(), this.scan("", "pieces")],
      scratchBytes: this.combiner.types.reduce((n, d) => n + this.totalBytes(d), 0),
    };
  }

  private kernel(suffix: string): GridKernel {
    const args = Array.from({ length: 3 * this.types.length + (this.pieces > 1 ? 1 : 0) }, (_, k) => k);
    return new GridKernel(this.module, this.target, { symbol: `${this.symbol}${suffix}`, block, args });
  }

  private totalBytes(dtype: DType): number {
    return Math.ceil((this.lines.count * this.pieces * dtypes[dtype].bytes) / 256) * 256;
  }

  /** Part k of what pieces come to; later of what they and all before them do. */
  private totals(kernel: GridKernel, k: number): Placed {
    const before = this.combiner.types.slice(0, k).reduce((n, d) => n + this.totalBytes(d), 0);
    return kernel.offset(kernel.argument(3 * this.types.length), before);
  }

  private readTotals(kernel: GridKernel, at: Int): readonly Value[] {
    return this.combiner.types.map((d, k) => kernel.read(this.totals(kernel, k), d, at));
  }

  private writeTotals(kernel: GridKernel, at: Int, xs: readonly Value[]): void {
    xs.forEach((x, k) => kernel.write(this.totals(kernel, k), this.combiner.types[k], at, x));
  }

  /** The scalars that every line begins with. */
  private inits(kernel: GridKernel): readonly Value[] {
    const { types } = this;
    const read = types.map((d, k) => kernel.read(kernel.argument(types.length + k), d, constantInt(0)));
    return this.combiner.take(kernel.here, read);
  }

  private place(kernel: GridKernel, line: Int, k: Int): Int {
    return this.lines.at(kernel, line, this.reverse ? kernel.ints.sub(this.lines.length - 1, k) : k);
  }

  private load(kernel: GridKernel, line: Int, k: Int): readonly Value[] {
    const at = this.place(kernel, line, k);
    const read = this.types.map((d, n) => kernel.read(kernel.argument(n), d, at));
    return this.combiner.take(kernel.here, read);
  }

  private store(kernel: GridKernel, line: Int, k: Int, xs: readonly Value[]): void {
    const at = this.place(kernel, line, k);
    const given = this.combiner.give(kernel.here, xs);
    given.forEach((x, n) => kernel.write(kernel.argument(2 * this.types.length + n), this.types[n], at, x));
  }

  /** What a piece begins with. */
  private startOf(kernel: GridKernel, line: Int, piece: Int): readonly Value[] {
    const inits = this.inits(kernel);
    if (this.pieces === 1) return inits;
    const { ints } = kernel;
    const before = ints.add(ints.mul(line, this.pieces), ints.max(ints.sub(piece, 1), 0));
    const isFirst = ints.compare("eq", piece, 0);
    return this.readTotals(kernel, before).map((x, k) => kernel.choose(isFirst, inits[k], x));
  }

  /** Scans pieces, or only finds what they come to. */
  private scan(suffix: string, what: "whole" | "totals" | "pieces"): CudaLaunch {
    const kernel = this.kernel(suffix);
    const { ints } = kernel;
    const { count, length } = this.lines;
    const bounds = (piece: Int): readonly [Int, Int] => {
      const from = ints.mul(piece, this.piece);
      return [from, ints.min(ints.add(from, this.piece), length)];
    };
    const write = what !== "totals";
    if (this.byBlock) {
      const [line, piece] = [ints.div(kernel.blockId, this.pieces), ints.rem(kernel.blockId, this.pieces)];
      const [from, to] = bounds(piece);
      const start = write ? this.startOf(kernel, line, piece) : undefined;
      const total = scanByBlock(kernel, this.combiner, from, to, start, {
        load: (k) => this.load(kernel, line, k),
        store: (k, xs) => write && this.store(kernel, line, k, xs),
      });
      if (!write) kernel.whenBelow(kernel.threadId, 1, () => this.writeTotals(kernel, kernel.blockId, total));
      return kernel.launch(count * this.pieces);
    }
    const threads = count * this.pieces;
    kernel.forThreads(threads, (number) => {
      const [piece, line] = [ints.div(number, count), ints.rem(number, count)];
      const [from, to] = bounds(piece);
      const first = (): readonly Value[] => this.load(kernel, line, from);
      const start = write ? this.startOf(kernel, line, piece) : first();
      const loop = kernel.frame.openLoop(from, to, 1, true, flatten(start));
      const carried = unflatten(loop.carried, start);
      const x = this.load(kernel, line, loop.index);
      const combined = this.combiner.combine(kernel.here, carried, x);
      // What a piece comes to begins with its first element, which is not taken in twice.
      const isFirst = ints.compare("eq", loop.index, from);
      const next = write ? combined : combined.map((y, k) => kernel.choose(isFirst, x[k], y));
      if (write) this.store(kernel, line, loop.index, next);
      kernel.frame.closeLoop(loop, flatten(next));
      if (!write) this.writeTotals(kernel, ints.add(ints.mul(line, this.pieces), piece), next);
    });
    return kernel.launch(Math.ceil(threads / block));
  }

  /** Scans what the pieces of each line come to. */
  private starts(): CudaLaunch {
    const kernel = this.kernel("_starts");
    const { ints } = kernel;
    const first = ints.mul(kernel.blockId, this.pieces);
    scanByBlock(kernel, this.combiner, constantInt(0), constantInt(this.pieces), this.inits(kernel), {
      load: (k) => this.readTotals(kernel, ints.add(first, k)),
      store: (k, xs) => this.writeTotals(kernel, ints.add(first, k), xs),
    });
    return kernel.launch(this.lines.count);
  }
}

interface Elements {
  readonly load: (k: Int) => readonly Value[];
  readonly store: (k: Int, xs: readonly Value[]) => unknown;
}

/**
 * Scans [from, to) by all threads of a block, and gives what the last tile ends with, which is right where the tile is
 * full. Without a start the scan begins with the first element; then nothing can be stored but what all come to.
 */
function scanByBlock(
  kernel: GridKernel,
  { types, combine }: ScanCombiner,
  from: Int,
  to: Int,
  start: readonly Value[] | undefined,
  { load, store }: Elements,
): readonly Value[] {
  const { ints } = kernel;
  const shared = types.map((d) => kernel.shared(warps * dtypes[d].bytes));
  const lane = kernel.bits("and", kernel.threadId, 31);
  const warp = kernel.bits("lshr", kernel.threadId, 5);
  const choose = (where: Placed, xs: readonly Value[], ys: readonly Value[]): readonly Value[] =>
    xs.map((x, k) => kernel.choose(where, x, ys[k]));
  // Before the first tile any value stands for nothing.
  const begin = start ?? load(from);
  const loop = kernel.frame.openLoop(from, to, tile, true, flatten(begin));
  const carry = unflatten(loop.carried, begin);
  const cx = kernel.here;
  const first = ints.add(loop.index, ints.mul(kernel.threadId, itemsOfThread));
  const places = Array.from({ length: itemsOfThread }, (_, k) => ints.add(first, k));
  // Past the end the last element is read again: what comes of it goes nowhere.
  const elements = places.map((k) => load(ints.min(k, ints.sub(to, 1))));
  const own: (readonly Value[])[] = [];
  for (const x of elements) own.push(own.length === 0 ? x : combine(cx, own[own.length - 1], x));

  let within = own[own.length - 1];
  for (let by = 1; by < 32; by *= 2) {
    const before = within.map((x) => kernel.fromLane(x, kernel.bits("and", ints.sub(lane, by), 31)));
    within = choose(ints.compare("ult", lane, by), within, combine(cx, before, within));
  }
  const previous = within.map((x) => kernel.fromLane(x, kernel.bits("and", ints.sub(lane, 1), 31)));
  kernel.when(ints.compare("eq", lane, 31), () => within.forEach((x, k) => kernel.write(shared[k], types[k], warp, x)));
  kernel.barrier();
  const totalOf = (w: number): readonly Value[] => types.map((d, k) => kernel.read(shared[k], d, constantInt(w)));
  let upTo = totalOf(0);
  let beforeWarp = upTo;
  for (let w = 1; w < warps; w++) {
    if (w > 1) beforeWarp = choose(ints.compare("ult", warp, w), beforeWarp, upTo);
    upTo = combine(kernel.here, upTo, totalOf(w));
  }
  kernel.barrier();

  const here = kernel.here;
  const isStart = start === undefined ? ints.compare("eq", loop.index, from) : undefined;
  const next = isStart === undefined ? combine(here, carry, upTo) : choose(isStart, upTo, combine(here, carry, upTo));
  if (start !== undefined) {
    const ofWarp = choose(ints.compare("eq", warp, 0), carry, combine(here, carry, beforeWarp));
    const ofThread = choose(ints.compare("eq", lane, 0), ofWarp, combine(here, ofWarp, previous));
    places.forEach((k, n) => {
      kernel.when(ints.compare("slt", k, to), () => store(k, combine(kernel.here, ofThread, own[n])));
    });
  }
  kernel.frame.closeLoop(loop, flatten(next));
  return next;
}
