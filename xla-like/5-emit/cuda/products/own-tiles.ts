/**
 * Products of matrices by tiles: a block computes a tile of the result, of which each thread keeps a few rows and
 * columns in registers; slices of both operands pass through shared memory. Where tiles are few the summed dimension is
 * divided too, and another launch adds up the parts, always in the same order.
 */
import { type DType, dtypes } from "../../../hlo/dtype.js";
import { constantInt, type Int, type Placed } from "../../elements/frame.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { flatten, unflatten } from "../../elements/reductions.js";
import { type IrModule, type IrValue, irType, typeText } from "../../scalar/ir.js";
import { loadElements } from "../../scalar/memory.js";
import { isComplexValue, type Value } from "../../scalar/value.js";
import { GridKernel } from "../grid-kernel.js";
import type { CudaKernels, CudaLaunch, CudaTarget } from "../target.js";
import { finish } from "./own-finish.js";
import { add, computeType, multiplyAdd, type OwnProduct, zero } from "./own-product.js";

/** Threads of a block along rows and along columns. */
const side = 16;
const block = side * side;
/** So many blocks keep a card busy, and a part of so many slices of the sum is worth a block. */
const enoughBlocks = 264;
const smallestPart = 8;

/** Elements between rows of a slice; vectors of so many stay aligned. */
const pitchBeyond = 4;
const vectorBytes = 16;

interface Tiling {
  /** Rows and columns of a thread. */
  readonly rows: number;
  readonly columns: number;
  /** Length of a slice. */
  readonly slice: number;
  /** Slices of a run, and of all. */
  readonly perRun: number;
  readonly slices: number;
  /** Into how many parts sums are divided, and of how many slices each is. */
  readonly parts: number;
  readonly part: number;
}

/** Rows or columns of a thread, not many more than there are. */
const perThread = (extent: number, most: number): number => {
  let n = most;
  while (n > 1 && (n / 2) * side >= extent) n /= 2;
  return n;
};

function tilingOf({ batch, rows, columns, runs, run }: OwnProduct, compute: DType): Tiling {
  const { bytes } = dtypes[compute];
  const most = bytes > 8 ? 2 : 4;
  const [r, c] = [perThread(rows, most), perThread(columns, most)];
  const slice = bytes > 4 ? 8 : 16;
  const tiles = batch * Math.ceil(rows / (r * side)) * Math.ceil(columns / (c * side));
  const perRun = Math.ceil(run / slice);
  const slices = runs * perRun;
  const wanted = Math.min(Math.ceil(enoughBlocks / tiles), Math.floor(slices / smallestPart));
  const parts = Math.max(1, tiles < enoughBlocks / 2 ? wanted : 1);
  const part = Math.max(1, Math.ceil(slices / parts));
  return { rows: r, columns: c, slice, perRun, slices, part, parts: Math.max(1, Math.ceil(slices / part)) };
}

export function emitTiles(
  module: IrModule,
  fusion: Fusion,
  own: OwnProduct,
  symbol: string,
  target: CudaTarget,
): CudaKernels {
  const compute = computeType(own.product);
  const tiling = tilingOf(own, compute);
  const elements = own.batch * own.rows * own.columns;
  if (elements === 0) return { launches: [], scratchBytes: 0 };
  const emit = new TileEmitter(module, fusion, own, compute, tiling, symbol, target);
  if (tiling.parts === 1) return { launches: [emit.tiles("")], scratchBytes: 0 };
  return {
    launches: [emit.tiles("_parts"), emit.sums()],
    scratchBytes: tiling.parts * elements * dtypes[compute].bytes,
  };
}

class TileEmitter {
  private readonly scratch: number;

  constructor(
    private readonly module: IrModule,
    private readonly fusion: Fusion,
    private readonly own: OwnProduct,
    private readonly compute: DType,
    private readonly tiling: Tiling,
    private readonly symbol: string,
    private readonly target: CudaTarget,
  ) {
    this.scratch = fusion.operands.length + rootsOf(fusion).length;
  }

  private kernel(suffix: string, isWhole: boolean): GridKernel {
    const count = isWhole ? this.scratch : this.scratch + 1;
    const args = Array.from({ length: count }, (_, k) => k);
    const symbol = `${this.symbol}${suffix}`;
    return new GridKernel(this.module, this.target, { symbol, block, args, fusion: this.fusion });
  }

  /** Where an element of the raw product lies among the parts. */
  private partPlace({ ints }: GridKernel, part: Int, batch: Int, row: Int, column: Int): Int {
    const { own } = this;
    const matrix = ints.add(ints.mul(part, own.batch), batch);
    return ints.add(ints.mul(ints.add(ints.mul(matrix, own.rows), row), own.columns), column);
  }

  /** Adds up the parts of each element, and finishes it. */
  sums(): CudaLaunch {
    const { own, compute, tiling } = this;
    const elements = own.batch * own.rows * own.columns;
    const kernel = this.kernel("", false);
    const { ints } = kernel;
    kernel.forThreads(elements, (number) => {
      const read = (part: Int): Value =>
        kernel.read(kernel.argument(this.scratch), compute, ints.add(ints.mul(part, elements), number));
      const start = [read(constantInt(0))];
      const sum = kernel.times(tiling.parts - 1, flatten(start), (k, carried) => {
        const [before] = unflatten(carried, start);
        return flatten([add(kernel.here, compute, before, read(ints.add(k, 1)))]);
      });
      const column = ints.rem(number, own.columns);
      const matrixRow = ints.div(number, own.columns);
      const [row, batch] = [ints.rem(matrixRow, own.rows), ints.div(matrixRow, own.rows)];
      const at = own.coordinates(kernel, batch, row, column);
      finish(kernel, this.fusion, own, at, unflatten(sum, start)[0], compute);
    });
    return kernel.launch(Math.ceil(elements / block));
  }

  /** A block for each tile of the result and each part of the sum. */
  tiles(suffix: string): CudaLaunch {
    const { own, compute, tiling, fusion } = this;
    const kernel = this.kernel(suffix, tiling.parts === 1);
    const { ints } = kernel;
    const [tileRows, tileColumns] = [tiling.rows * side, tiling.columns * side];
    const [rowTiles, columnTiles] = [Math.ceil(own.rows / tileRows), Math.ceil(own.columns / tileColumns)];
    const perPart = rowTiles * columnTiles * own.batch;
    const part = ints.div(kernel.blockId, perPart);
    const inPart = ints.rem(kernel.blockId, perPart);
    const batch = ints.div(inPart, rowTiles * columnTiles);
    const tile = ints.rem(inPart, rowTiles * columnTiles);
    const firstRow = ints.mul(ints.div(tile, columnTiles), tileRows);
    const firstColumn = ints.mul(ints.rem(tile, columnTiles), tileColumns);
    const bytes = dtypes[compute].bytes;
    // Somewhat more than a tile is wide, so that threads that go along the slice write into different banks.
    const leftPitch = tileRows + pitchBeyond;
    const rightPitch = tileColumns + pitchBeyond;
    const left = kernel.shared(tiling.slice * leftPitch * bytes);
    const right = kernel.shared(tiling.slice * rightPitch * bytes);
    const result = kernel.shared(tileRows * tileColumns * bytes);
    const mine = ints.mul(ints.div(kernel.threadId, side), tiling.rows);
    const myColumn = ints.mul(ints.rem(kernel.threadId, side), tiling.columns);

    const start: Value[] = Array.from({ length: tiling.rows * tiling.columns }, () => zero(kernel.here, compute));
    let sums: readonly Value[] = start;
    if (tiling.slices > 0) {
      const from = ints.mul(part, tiling.part);
      const end = ints.add(from, tiling.part);
      const to = tiling.parts === 1 ? constantInt(tiling.slices) : ints.min(end, tiling.slices);
      const loop = kernel.frame.openLoop(from, to, 1, true, flatten(start));
      const run = ints.div(loop.index, tiling.perRun);
      const first = ints.mul(ints.rem(loop.index, tiling.perRun), tiling.slice);
      this.fill(kernel, left, leftPitch, tileRows, own.leftAlongDepth, first, (x, k) =>
        own.left(kernel, batch, ints.min(ints.add(firstRow, x), own.rows - 1), { run, k }),
      );
      this.fill(kernel, right, rightPitch, tileColumns, own.rightAlongDepth, first, (x, k) =>
        own.right(kernel, batch, { run, k }, ints.min(ints.add(firstColumn, x), own.columns - 1)),
      );
      kernel.barrier();
      sums = this.multiply(kernel, left, leftPitch, mine, right, rightPitch, myColumn, unflatten(loop.carried, start));
      kernel.barrier();
      kernel.frame.closeLoop(loop, flatten(sums));
    }
    for (let r = 0; r < tiling.rows; r++) {
      for (let c = 0; c < tiling.columns; c++) {
        const at = ints.add(ints.mul(ints.add(mine, r), tileColumns), ints.add(myColumn, c));
        kernel.write(result, compute, at, sums[r * tiling.columns + c]);
      }
    }
    kernel.barrier();
    kernel.times(tiling.rows * tiling.columns, [], (n) => {
      const e = ints.add(ints.mul(n, block), kernel.threadId);
      const [r, c] = own.outAlongRows
        ? [ints.rem(e, tileRows), ints.div(e, tileRows)]
        : [ints.div(e, tileColumns), ints.rem(e, tileColumns)];
      const [row, column] = [ints.add(firstRow, r), ints.add(firstColumn, c)];
      const inside = kernel.and(ints.compare("slt", row, own.rows), ints.compare("slt", column, own.columns));
      kernel.when(inside, () => {
        const sum = kernel.read(result, compute, ints.add(ints.mul(r, tileColumns), c));
        if (tiling.parts > 1) {
          const place = this.partPlace(kernel, part, batch, row, column);
          kernel.write(kernel.argument(this.scratch), compute, place, sum);
          return;
        }
        const at = own.coordinates(kernel, batch, row, column).map((x) => kernel.pin(x));
        finish(kernel, fusion, own, at, sum, compute);
      });
      return [];
    });
    return kernel.launch(perPart * tiling.parts);
  }

  /** Brings a slice of an operand into shared memory; past the end of a run there are zeros. */
  private fill(
    kernel: GridKernel,
    shared: Placed,
    pitch: number,
    width: number,
    alongDepth: boolean,
    from: Int,
    read: (x: Int, k: Int) => { readonly value: Value },
  ): void {
    const { ints } = kernel;
    const { slice } = this.tiling;
    const isWhole = this.own.run % slice === 0;
    for (let first = 0; first < width * slice; first += block) {
      const e = ints.add(kernel.threadId, first);
      const store = (): void => {
        // Of those threads only that have something to read.
        const own = kernel.pin(e);
        const [x, k] = alongDepth
          ? [ints.div(own, slice), ints.rem(own, slice)]
          : [ints.rem(own, width), ints.div(own, width)];
        const place = ints.add(ints.mul(k, pitch), x);
        const at = ints.add(from, k);
        if (isWhole) {
          kernel.write(shared, this.compute, place, read(x, at).value);
          return;
        }
        const isInside = ints.compare("slt", at, this.own.run);
        const { value } = read(x, ints.min(at, this.own.run - 1));
        kernel.write(shared, this.compute, place, kernel.choose(isInside, value, zero(kernel.here, this.compute)));
      };
      // Narrow tiles need not all threads.
      if (first + block <= width * slice) store();
      else kernel.whenBelow(e, width * slice, store);
    }
  }

  /** The thread's sums after one more slice. */
  private multiply(
    kernel: GridKernel,
    left: Placed,
    leftPitch: number,
    row: Int,
    right: Placed,
    rightPitch: number,
    column: Int,
    start: readonly Value[],
  ): readonly Value[] {
    const { ints } = kernel;
    const { rows, columns, slice } = this.tiling;
    let sums = start;
    for (let k = 0; k < slice; k++) {
      const read = (from: Placed, pitch: number, x: Int, n: number): readonly Value[] => {
        const at = kernel.element(from, this.compute, ints.add(x, k * pitch));
        return neighbours(kernel, this.compute, at, n);
      };
      const xs = read(left, leftPitch, row, rows);
      const ys = read(right, rightPitch, column, columns);
      sums = sums.map((sum, n) =>
        multiplyAdd(kernel.here, this.compute, xs[Math.floor(n / columns)], ys[n % columns], sum),
      );
    }
    return sums;
  }
}

/** Elements beside each other in shared memory, read as one vector. */
function neighbours(kernel: GridKernel, dtype: DType, at: Placed, count: number): readonly Value[] {
  const cx = kernel.evaluator.context(kernel.depth, count);
  const all = loadElements(cx, dtype, at.value, { align: Math.min(vectorBytes, count * dtypes[dtype].bytes) });
  if (count === 1) return [all];
  const pick = (x: IrValue, n: number): IrValue =>
    cx.builder.pure(irType(x.type.element, 1), `extractelement ${typeText(x.type)} ${x.text}, i32 ${n}`);
  return Array.from({ length: count }, (_, n) =>
    isComplexValue(all) ? { re: pick(all.re, n), im: pick(all.im, n) } : pick(all, n),
  );
}
