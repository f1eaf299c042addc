/**
 * Loops over a domain part of whose operands lie across it: a block reads a tile of them along their memory into shared
 * memory, and computes the tile from there along the results' memory. Rows of the tile are padded, so that no two lanes
 * want the same bank.
 */
import { dtypes } from "../../hlo/dtype.js";
import { type ArrayShape, sizeOf } from "../../hlo/shape.js";
import type { Computed } from "../elements/computed.js";
import { affine, type Coordinate, isUniform, keyOf } from "../elements/coordinates.js";
import { crossedFactor } from "../elements/domain.js";
import { constantInt, type Int, type Placed } from "../elements/frame.js";
import type { Fusion, Output } from "../elements/fusion.js";
import { type Index, indexKey, merged } from "../elements/index.js";
import type { IrModule } from "../scalar/ir.js";
import { BlockKernel, unravel } from "./block-kernel.js";
import { staticSharedBytes } from "./intrinsics.js";
import type { CudaLaunch, CudaTarget } from "./target.js";

const side = 32;
/** Threads are so many rows of the tile; each computes several elements. */
const threadRows = 8;
const stride = side + 1;

/** The launch that computes the outputs, of equal dimensions, by tiles; undefined where nothing lies across. */
export function emitCudaTransposed(
  module: IrModule,
  fusion: Fusion,
  outputs: readonly Output[],
  factors: readonly number[],
  symbol: string,
  target: CudaTarget,
): CudaLaunch | undefined {
  const roots = outputs.map((o) => o.root);
  const factor = crossedFactor(roots, factors);
  const innermost = factors.length - 1;
  if (factor === undefined || factors[factor] < side || factors[innermost] < side) return undefined;
  const kernel = new BlockKernel(module, fusion, symbol, 1, side * threadRows, target, false);
  const { ints, threadId, blockId, evaluator } = kernel;
  const [rows, columns] = [factors[factor], factors[innermost]];
  const [down, across] = [Math.ceil(rows / side), Math.ceil(columns / side)];
  const others = factors.map((_, d) => d).filter((d) => d !== factor && d !== innermost);
  const outer = unravel(
    ints,
    ints.div(blockId, down * across),
    others.map((d) => factors[d]),
  );
  const within = ints.rem(blockId, down * across);
  const [top, left] = [ints.mul(ints.div(within, across), side), ints.mul(ints.rem(within, across), side)];
  const [x, y] = [ints.rem(threadId, side), ints.div(threadId, side)];
  const column = bounded(kernel, ints.add(left, x), columns);
  const tile = new Tile(kernel, { top, left, rows, columns, x, y }, column.at);
  evaluator.across = (base, shape, index) => tile.read(base, shape, index);
  for (let k = 0; k < side; k += threadRows) {
    const row = bounded(kernel, ints.add(ints.add(top, y), k), rows);
    tile.row = { at: row.at, k };
    const at = factors.map((_, d) => (d === factor ? row.at : d === innermost ? column.at : outer[others.indexOf(d)]));
    const index = at.map((base, d) => ({ size: factors[d], coordinate: affine(base) })).filter((p) => p.size !== 1);
    const position = at.reduce((n, c, d) => ints.add(ints.mul(n, factors[d]), c), constantInt(0));
    const values = roots.map((root) => evaluator.evaluate(root, index));
    kernel.where([row.inside, column.inside], () => {
      outputs.forEach((o, n) => kernel.put(o.number, o.root, position, values[n]));
    });
  }
  return kernel.launch(sizeOf(others.map((d) => factors[d])) * down * across);
}

/** A place moved to where there are elements, and whether it was there, if that is not known. */
function bounded({ ints }: BlockKernel, wanted: Int, size: number): { at: Int; inside: Placed | undefined } {
  if (size % side === 0) return { at: wanted, inside: undefined };
  return { at: ints.min(wanted, size - 1), inside: ints.compare("slt", wanted, size) };
}

interface TilePlace {
  readonly top: Int;
  readonly left: Int;
  readonly rows: number;
  readonly columns: number;
  /** The thread's place among the block's. */
  readonly x: Int;
  readonly y: Int;
}

class Tile {
  /** The row being computed: its coordinate, and how far it is from the thread's first. */
  row = { at: constantInt(0), k: 0 };
  private readonly kept = new Map<string, Placed>();

  constructor(
    private readonly kernel: BlockKernel,
    private readonly place: TilePlace,
    private readonly column: Int,
  ) {}

  /** An element that lies across: its memory goes along the tile's rows, and elsewhere along its columns. */
  read(base: Placed, shape: ArrayShape, index: Index): Computed | undefined {
    const { kernel, place, row, column } = this;
    const last = index.length - 1;
    if (last < 1 || keyOf(index[last].coordinate) !== keyOf(affine(row.at))) return undefined;
    const across = index.findIndex((p) => keyOf(p.coordinate) === keyOf(affine(column)));
    const isFixed = (c: Coordinate): boolean => isUniform(c) && c.base.depth === 0;
    if (across < 0 || !index.every((p, k) => k === across || k === last || isFixed(p.coordinate))) return undefined;
    const key = `${base.value.text} ${shape.dtype} ${indexKey(index.slice(0, last))}`;
    let memory = this.kept.get(key);
    if (memory === undefined) {
      const bytes = side * stride * dtypes[shape.dtype].bytes;
      if (kernel.thread.sharedBytes + bytes > staticSharedBytes) return undefined;
      // Where all threads come by, before any loop or branch that this is asked for in.
      memory = kernel.frame.hoisted(0, () => this.load(base, shape, index, across, bytes));
      this.kept.set(key, memory);
    }
    const { ints, frame } = kernel;
    const from = ints.add(ints.mul(place.x, stride), ints.add(place.y, row.k));
    const found = memory;
    return frame.hoisted(0, () => ({ value: kernel.read(found, shape.dtype, 0, from), depth: 0 }));
  }

  /** The tile, read along memory. */
  private load(base: Placed, shape: ArrayShape, index: Index, across: number, bytes: number): Placed {
    const { kernel, place } = this;
    const { ints, coordinates } = kernel;
    const last = index.length - 1;
    const memory = kernel.shared(bytes);
    const row = bounded(kernel, ints.add(place.top, place.x), place.rows).at;
    for (let k = 0; k < side; k += threadRows) {
      const line = ints.add(place.y, k);
      const column = bounded(kernel, ints.add(place.left, line), place.columns).at;
      const moved = index.map((p, d) =>
        d === last ? { ...p, coordinate: affine(row) } : d === across ? { ...p, coordinate: affine(column) } : p,
      );
      const offset = merged(coordinates, moved);
      if (!isUniform(offset)) throw new TypeError("a thread reads one element at a time");
      const value = kernel.read(base, shape.dtype, 0, offset.base);
      kernel.write(memory, shape.dtype, 0, ints.add(ints.mul(line, stride), place.x), value);
    }
    kernel.barrier();
    return memory;
  }
}
