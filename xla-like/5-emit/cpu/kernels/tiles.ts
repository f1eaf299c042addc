/**
 * Loops over a domain part of whose operands lie across it: square tiles of them are read along their memory, turned in
 * registers, and kept in a small buffer from which the rows of the tile are computed.
 */
import { dtypes } from "../../../hlo/dtype.js";
import { type ArrayShape, sizeOf } from "../../../hlo/shape.js";
import { type IrValue, irType, typeText } from "../../scalar/ir.js";
import { range, shuffle } from "../../scalar/lanes.js";
import { loadElements } from "../../scalar/memory.js";
import type { Computed } from "./computed.js";
import { affine, type Coordinate, isUniform, keyOf } from "./coordinates.js";
import { constantInt, type Int, type Placed, pointerType } from "./frame.js";
import { type Index, indexKey, merged } from "./index.js";
import type { Kernel } from "./kernel.js";
import { begin, end, type Place, type Split, unravel } from "./walk.js";

/** Rows and columns of a unit, in tiles. */
const tilesPerUnit = 8;

/** `factor` is the one along which operands that lie across are contiguous. */
export function tiledDomain(
  kernel: Kernel,
  factors: readonly number[],
  factor: number,
  body: (place: Place) => void,
): Split {
  const { lanes, ints, frame, evaluator } = kernel;
  const innermost = factors.length - 1;
  const [rows, columns] = [factors[factor], factors[innermost]];
  const side = tilesPerUnit * lanes;
  const [rowBlocks, columnBlocks] = [Math.ceil(rows / side), Math.ceil(columns / side)];
  const others = factors.map((_, d) => d).filter((d) => d !== factor && d !== innermost);
  const otherFactors = others.map((d) => factors[d]);

  const unit = frame.openLoop(begin, end, 1, false);
  const block = ints.div(unit.index, rowBlocks * columnBlocks);
  const outer = unravel(kernel, block, otherFactors);
  const within = ints.rem(unit.index, rowBlocks * columnBlocks);
  const firstRow = ints.mul(ints.div(within, columnBlocks), side);
  const firstColumn = ints.mul(ints.rem(within, columnBlocks), side);

  const down = frame.openLoop(firstRow, ints.min(ints.add(firstRow, side), rows), lanes, true);
  const across = frame.openLoop(firstColumn, ints.min(ints.add(firstColumn, side), columns), lanes, true);
  const [top, left] = [down.index, across.index];
  const tileDepth = frame.depth;
  const each = frame.openLoop(top, ints.min(ints.add(top, lanes), rows), 1, true);
  const at = factors.map((_, d) => (d === factor ? each.index : d === innermost ? left : outer[others.indexOf(d)]));
  const index: Index = at.map((base, d) => ({ size: factors[d], coordinate: affine(base, d === innermost ? 1 : 0) }));
  const mask = columns % lanes === 0 ? undefined : kernel.below(left, columns);
  evaluator.tail = mask === undefined ? undefined : () => mask;
  const tile = new Tile(kernel, tileDepth, { row: each.index, top, left, columns });
  evaluator.across = (base, shape, part) => tile.read(base, shape, part);
  let [position, scale] = [constantInt(0), 1];
  for (let d = innermost; d >= 0; d--) {
    position = ints.add(position, ints.mul(at[d], scale));
    scale *= factors[d];
  }
  body({ index, at: position, mask });
  frame.closeLoop(each);
  frame.closeLoop(across);
  frame.closeLoop(down);
  frame.closeLoop(unit);
  const units = sizeOf(otherFactors) * rowBlocks * columnBlocks;
  return { units, unit: sizeOf(factors) / units };
}

interface TilePlace {
  /** The row being computed, and the tile's first row and column. */
  readonly row: Int;
  readonly top: Int;
  readonly left: Int;
  /** How many columns the domain has. */
  readonly columns: number;
}

class Tile {
  private readonly buffers = new Map<string, Placed>();
  private readonly rowKey: string;
  private readonly columnKey: string;

  constructor(
    private readonly kernel: Kernel,
    private readonly depth: number,
    private readonly place: TilePlace,
  ) {
    this.rowKey = keyOf(affine(place.row));
    this.columnKey = keyOf(affine(place.left, 1));
  }

  /** Elements of this row of the tile, if they lie across: contiguous along rows, apart along columns. */
  read(base: Placed, shape: ArrayShape, index: Index): Computed | undefined {
    const { kernel, place } = this;
    const last = index[index.length - 1];
    const { bytes } = dtypes[shape.dtype];
    if (index.length < 2 || bytes > 8 || keyOf(last.coordinate) !== this.rowKey) return undefined;
    const column = index.findIndex((p) => keyOf(p.coordinate) === this.columnKey);
    const others = index.filter((_, k) => k !== column && k !== index.length - 1);
    if (column < 0 || !others.every((p) => this.isFixed(p.coordinate))) return undefined;

    const key = `${base.value.text} ${shape.dtype} ${indexKey(index)}`;
    const { frame, ints, evaluator, lanes } = kernel;
    let buffer = this.buffers.get(key);
    if (buffer === undefined) {
      buffer = frame.alloca(lanes * lanes * bytes);
      this.buffers.set(key, buffer);
      this.fill(buffer, base, shape, index, column);
    }
    const at = evaluator.pointer(buffer, shape, ints.mul(ints.sub(place.row, place.top), lanes));
    const depth = Math.max(at.depth, frame.depth);
    return { value: loadElements(evaluator.context(depth, lanes), shape.dtype, at.value), depth };
  }

  private isFixed(c: Coordinate): boolean {
    return isUniform(c) && c.base.depth <= this.depth;
  }

  /** Reads the tile along memory, before its rows are computed, and writes it turned. */
  private fill(buffer: Placed, base: Placed, shape: ArrayShape, index: Index, column: number): void {
    const { kernel, place, depth } = this;
    const { ints, coordinates, lanes, frame, evaluator } = kernel;
    const b = frame.at(depth);
    const type = irType(`i${8 * dtypes[shape.dtype].bytes}`, lanes);
    const align = dtypes[shape.dtype].bytes;
    const fits = place.columns % lanes === 0;
    const vectors = range(lanes).map((k): IrValue => {
      const wanted = ints.add(place.left, k);
      // Beyond the last column there is nothing; what is read instead is not used.
      const safe = fits ? wanted : ints.min(wanted, place.columns - 1);
      const moved = index.map((p, d) => {
        if (d === column) return { ...p, coordinate: affine(safe) };
        return d === index.length - 1 ? { ...p, coordinate: affine(place.top) } : p;
      });
      const offset = merged(coordinates, moved);
      if (!isUniform(offset)) throw new TypeError("the rows of a tile begin at one place");
      const at = evaluator.pointer(base, shape, offset.base);
      return b.effectful(type, `load ${typeText(type)}, ptr ${at.value.text}, align ${align}`);
    });
    turned(b, vectors).forEach((v, k) => {
      const offset = k * lanes * align;
      const at = b.pure(pointerType, `getelementptr i8, ptr ${buffer.value.text}, i64 ${offset}`);
      b.statement(`store ${typeText(type)} ${v.text}, ptr ${at.text}, align ${Math.min(64, lanes * align)}`);
    });
  }
}

/** A square of vectors, its rows made columns: blocks of half the side change places, then blocks within them. */
function turned(b: Parameters<typeof shuffle>[0], square: readonly IrValue[]): readonly IrValue[] {
  const rows = [...square];
  const side = rows.length;
  for (let s = side / 2; s >= 1; s /= 2) {
    const upper = range(side).map((lane) => ((lane & s) === 0 ? lane : side + lane - s));
    const lower = range(side).map((lane) => ((lane & s) === 0 ? lane + s : side + lane));
    for (let i = 0; i < side; i++) {
      if ((i & s) !== 0) continue;
      const [x, y] = [rows[i], rows[i + s]];
      rows[i] = shuffle(b, x, y, upper);
      rows[i + s] = shuffle(b, x, y, lower);
    }
  }
  return rows;
}
