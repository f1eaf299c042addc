/**
 * A stable merge sort of lines of records. Blocks sort tiles in shared memory, and launches merge runs in global memory
 * until one is left. Everywhere a record's place after a merge is its place in its own run and how many of the
 * other run stand before it, which it finds by bisection. Where only the first few are wanted, runs are cut to them.
 */
import { type DType, dtypes } from "../../../hlo/dtype.js";
import { constantInt, type Int, intOf, type Placed } from "../../elements/frame.js";
import type { Fusion } from "../../elements/fusion.js";
import type { IrModule, IrValue } from "../../scalar/ir.js";
import type { OperationContext, Value } from "../../scalar/value.js";
import { GridKernel } from "../grid-kernel.js";
import type { CudaKernels, CudaLaunch, CudaTarget } from "../target.js";

export interface SortedLines {
  readonly lines: number;
  readonly length: number;
  /** How many of each line are wanted. */
  readonly keep: number;
  /** What records are of, as they are moved. */
  readonly types: readonly DType[];
  /** The parts of a record that `before` asks for. */
  readonly keys: readonly number[];
  readonly before: (cx: OperationContext, a: Keys, b: Keys) => IrValue;
  readonly read: (kernel: GridKernel, line: Int, place: Int) => readonly Value[];
  readonly write: (kernel: GridKernel, line: Int, place: Int, record: readonly Value[]) => void;
}
/** A record's keys, at their numbers. */
export type Keys = readonly (Value | undefined)[];

export interface SortMemory {
  /** What kernels are launched with. */
  readonly args: readonly number[];
  /** Which of them is scratch memory, and from where on it is the sort's. */
  readonly scratch: number;
  readonly offset: number;
  readonly fusion?: Fusion;
}

const mostThreads = 256;
const mostTile = 1024;
const sharedBytes = 48 * 1024;
const stateBytes = 256;

const powerAtLeast = (n: number): number => 2 ** Math.ceil(Math.log2(Math.max(1, n)));
const powerAtMost = (n: number): number => 2 ** Math.floor(Math.log2(n));
const padded = (bytes: number): number => Math.ceil(bytes / 256) * 256;

export function emitMergeSort(
  module: IrModule,
  sort: SortedLines,
  symbol: string,
  target: CudaTarget,
  memory: SortMemory,
): CudaKernels {
  return new MergeSort(module, sort, symbol, target, memory).emit();
}

/** A run of sorted records somewhere in memory: how many, and one of them. */
interface Run {
  readonly count: Int;
  /** The other run stands before this one in the line. */
  readonly isRight: Placed;
  /** How many steps of bisection find a place in it. */
  readonly rounds: Int;
  readonly key: (k: number, at: Int) => Value;
}

class MergeSort {
  /** Records that a block sorts at a time, in tiles of one line each. */
  readonly slots: number;
  readonly tile: number;
  readonly tiles: number;
  readonly recordBytes: number;
  /** Merges through global memory. */
  readonly levels: number;
  /** How many slots runs are apart when they are as long as they get, and those of a line. */
  readonly widest: number;
  readonly lineSlots: number;

  constructor(
    private readonly module: IrModule,
    private readonly sort: SortedLines,
    private readonly symbol: string,
    private readonly target: CudaTarget,
    private readonly memory: SortMemory,
  ) {
    this.recordBytes = sort.types.reduce((n, d) => n + dtypes[d].bytes, 0);
    this.slots = Math.max(32, Math.min(mostTile, powerAtMost(sharedBytes / 2 / this.recordBytes)));
    this.tile = Math.min(this.slots, powerAtLeast(sort.length));
    this.tiles = Math.ceil(sort.length / this.tile);
    this.levels = Math.log2(powerAtLeast(this.tiles));
    this.widest = powerAtLeast(sort.keep);
    this.lineSlots = this.tiles * Math.min(this.tile, this.widest);
  }

  emit(): CudaKernels {
    const { lines, keep } = this.sort;
    if (lines * keep === 0) return { launches: [], scratchBytes: 0 };
    const launches: CudaLaunch[] = [this.sortTiles()];
    if (this.levels > 1) {
      const merge = this.merge("_merge", undefined);
      const next = this.nextLevel();
      for (let level = 0; level < this.levels - 1; level++) launches.push(merge, next);
    }
    if (this.levels > 0) launches.push(this.merge("_last", this.levels - 1));
    const buffers = Math.min(2, this.levels);
    return { launches, scratchBytes: this.levels === 0 ? 0 : stateBytes + buffers * this.bufferBytes };
  }

  private kernel(suffix: string, block: number): GridKernel {
    const { args, fusion } = this.memory;
    const options = { symbol: `${this.symbol}${suffix}`, block, args };
    return new GridKernel(this.module, this.target, fusion === undefined ? options : { ...options, fusion });
  }

  private get bufferBytes(): number {
    return this.sort.types.reduce((n, d) => n + this.partBytes(d), 0);
  }

  private partBytes(dtype: DType): number {
    return padded(this.sort.lines * this.lineSlots * dtypes[dtype].bytes);
  }

  /** Part k of the records of buffer `parity`. */
  private part(kernel: GridKernel, parity: Int | number, k: number): Placed {
    const before = this.sort.types.slice(0, k).reduce((n, d) => n + this.partBytes(d), 0);
    const scratch = kernel.argument(this.memory.scratch);
    const first = kernel.offset(scratch, this.memory.offset + stateBytes + before);
    return kernel.offset(first, kernel.ints.mul(intOf(parity), this.bufferBytes));
  }

  private state(kernel: GridKernel): Placed {
    return kernel.offset(kernel.argument(this.memory.scratch), this.memory.offset);
  }

  /** The places that a record takes in the merge of its run with another one. */
  private rankIn(kernel: GridKernel, run: Run, mine: Keys, own: Int): Int {
    const { keys, before } = this.sort;
    const { ints } = kernel;
    const number = (x: IrValue): Int => ({ text: x.text, depth: kernel.depth });
    const limits = [constantInt(0), run.count].map((x) => ints.value(x));
    const [found] = kernel.times(run.rounds, limits, (_, carried) => {
      const [low, high] = carried.map(number);
      const isOpen = ints.compare("slt", low, high);
      const middle = kernel.bits("lshr", ints.add(low, high), 1);
      // Past the end nothing is read but what is there anyway.
      const at = ints.select(isOpen, middle, own);
      const other: Value[] = [];
      for (const k of keys) other[k] = run.key(k, at);
      const pick = (x: Keys, y: Keys): Keys => {
        const out: Value[] = [];
        for (const k of keys) out[k] = kernel.choose(run.isRight, x[k] as Value, y[k] as Value);
        return out;
      };
      const b = kernel.here.builder;
      const isBefore = before(kernel.here, pick(mine, other), pick(other, mine));
      // Of equals those of the left run come first.
      const goes = b.pure(isBefore.type, `xor i1 ${isBefore.text}, ${run.isRight.value.text}`);
      const up = kernel.and(isOpen, { value: goes, depth: kernel.depth });
      const down = kernel.and(isOpen, kernel.not({ value: goes, depth: kernel.depth }));
      return [ints.select(up, ints.add(middle, 1), low), ints.select(down, middle, high)].map((x) => ints.value(x));
    });
    return number(found);
  }

  /** Sorts tiles in shared memory, in which they go to and fro between two halves. */
  private sortTiles(): CudaLaunch {
    const { slots, tile, tiles, recordBytes, sort } = this;
    const { types, lines, length, keep, keys } = sort;
    const block = Math.min(mostThreads, slots);
    const kernel = this.kernel("", block);
    const { ints } = kernel;
    const halfBytes = slots * recordBytes;
    const shared = kernel.shared(2 * halfBytes);
    const partOf = (half: Int, k: number): Placed => {
      const before = types.slice(0, k).reduce((n, d) => n + dtypes[d].bytes, 0);
      return kernel.offset(kernel.offset(shared, slots * before), ints.mul(half, halfBytes));
    };
    const perBlock = slots / tile;
    const number = (e: Int): { line: Int; inTile: Int; first: Int; inside: Placed } => {
      const inTile = kernel.bits("and", e, tile - 1);
      const n = ints.add(ints.mul(kernel.blockId, perBlock), kernel.bits("lshr", e, Math.log2(tile)));
      const first = ints.mul(ints.rem(n, tiles), tile);
      const isLine = ints.compare("ult", n, lines * tiles);
      const inside = kernel.and(isLine, ints.compare("slt", ints.add(first, inTile), length));
      return { line: ints.div(n, tiles), inTile, first, inside };
    };
    const each = (emit: (e: Int) => void): void => {
      kernel.times(slots / block, [], (k) => {
        emit(ints.add(ints.mul(k, block), kernel.threadId));
        return [];
      });
    };
    const readAll = (half: Int, at: Int): Value[] => types.map((d, k) => kernel.read(partOf(half, k), d, at));

    if (this.levels > 0) {
      kernel.forThreads(1, () => kernel.writeInt(this.state(kernel), "int64", constantInt(0), constantInt(0)));
    }
    each((e) => {
      const { line, inTile, first, inside } = number(e);
      kernel.when(inside, () => {
        const record = sort.read(kernel, kernel.pin(line), kernel.pin(ints.add(first, inTile)));
        record.forEach((x, k) => kernel.write(partOf(constantInt(0), k), types[k], e, x));
      });
    });
    kernel.barrier();
    const passes = Math.log2(tile);
    if (passes > 0) {
      kernel.times(passes, [], (s) => {
        const half = kernel.bits("and", s, 1);
        const width = kernel.bits("shl", 1, s);
        each((e) => {
          const { inTile, first, inside } = number(e);
          kernel.when(inside, () => {
            const other = kernel.bits("and", kernel.bits("xor", inTile, width), ints.sub(0, width));
            const isLeft = ints.compare("eq", kernel.bits("and", inTile, width), 0);
            const left = ints.sub(length, ints.add(first, other));
            const base = ints.sub(e, inTile);
            const record = readAll(half, e);
            const run: Run = {
              count: ints.max(0, ints.min(left, width)),
              isRight: kernel.not(isLeft),
              rounds: ints.add(s, 1),
              key: (k, at) => kernel.read(partOf(half, k), types[k], ints.add(ints.add(base, other), at)),
            };
            const mine: Value[] = [];
            for (const k of keys) mine[k] = record[k];
            const rank = this.rankIn(kernel, run, mine, ints.sub(inTile, other));
            const own = kernel.bits("and", inTile, ints.sub(width, 1));
            const group = kernel.bits("and", inTile, ints.sub(0, ints.mul(width, 2)));
            const to = ints.add(ints.add(base, group), ints.add(own, rank));
            record.forEach((x, k) => kernel.write(partOf(ints.sub(1, half), k), types[k], to, x));
          });
        });
        kernel.barrier();
        return [];
      });
    }
    each((e) => {
      const { line, inTile, first, inside } = number(e);
      const wanted = Math.min(tile, keep);
      kernel.when(kernel.and(inside, ints.compare("slt", inTile, wanted)), () => {
        const record = readAll(constantInt(passes % 2), e);
        if (this.levels === 0) {
          sort.write(kernel, kernel.pin(line), kernel.pin(ints.add(first, inTile)), record);
          return;
        }
        const run = ints.mul(ints.div(first, tile), Math.min(tile, this.widest));
        const slot = ints.add(ints.mul(line, this.lineSlots), ints.add(run, inTile));
        record.forEach((x, k) => kernel.write(this.part(kernel, 0, k), types[k], slot, x));
      });
    });
    return kernel.launch(Math.ceil((lines * tiles) / perBlock));
  }

  /** Merges runs two by two: those of a known level into the result, else those of the level that memory names. */
  private merge(suffix: string, known: number | undefined): CudaLaunch {
    const { sort, tile, widest, lineSlots } = this;
    const { types, lines, length, keep, keys } = sort;
    const kernel = this.kernel(suffix, mostThreads);
    const { ints } = kernel;
    const slots = lines * lineSlots;
    kernel.forThreads(slots, (number) => {
      const level =
        known === undefined ? kernel.readInt(this.state(kernel), "int64", constantInt(0)) : constantInt(known);
      const parity = kernel.bits("and", level, 1);
      const [line, slot] = [ints.div(number, lineSlots), ints.rem(number, lineSlots)];
      const span = ints.add(level, Math.log2(tile));
      const width = ints.min(span, Math.log2(widest));
      const run = kernel.bits("lshr", slot, width);
      const own = kernel.bits("and", slot, ints.sub(kernel.bits("shl", 1, width), 1));
      const countOf = (r: Int): Int => {
        const left = ints.sub(length, kernel.bits("shl", r, span));
        return ints.max(0, ints.min(left, ints.min(kernel.bits("shl", 1, span), keep)));
      };
      kernel.when(ints.compare("slt", own, countOf(run)), () => {
        const at = kernel.pin(number);
        const read = (k: number, from: Int): Value => kernel.read(this.part(kernel, parity, k), types[k], from);
        const other = kernel.bits("xor", run, 1);
        const base = ints.add(ints.mul(line, lineSlots), kernel.bits("shl", other, width));
        const mine: Value[] = [];
        for (const k of keys) mine[k] = read(k, at);
        const rank = this.rankIn(
          kernel,
          {
            count: countOf(other),
            isRight: ints.compare("eq", kernel.bits("and", run, 1), 1),
            rounds: ints.add(width, 1),
            key: (k, from) => read(k, ints.add(base, from)),
          },
          mine,
          ints.sub(at, base),
        );
        const place = ints.add(own, rank);
        const record = types.map((_, k) => mine[k] ?? read(k, at));
        kernel.when(ints.compare("slt", place, keep), () => {
          if (known !== undefined) {
            sort.write(kernel, line, place, record);
            return;
          }
          const next = ints.min(ints.add(span, 1), Math.log2(widest));
          const start = ints.add(ints.mul(line, lineSlots), kernel.bits("shl", kernel.bits("lshr", run, 1), next));
          const to = ints.add(start, place);
          record.forEach((x, k) => kernel.write(this.part(kernel, ints.sub(1, parity), k), types[k], to, x));
        });
      });
    });
    return kernel.launch(Math.ceil(slots / mostThreads));
  }

  private nextLevel(): CudaLaunch {
    const kernel = this.kernel("_next", 32);
    kernel.forThreads(1, () => {
      const state = this.state(kernel);
      const level = kernel.readInt(state, "int64", constantInt(0));
      kernel.writeInt(state, "int64", constantInt(0), kernel.ints.add(level, 1));
    });
    return kernel.launch(1);
  }
}
