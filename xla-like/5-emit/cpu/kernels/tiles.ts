/**
 * Loops over a domain part of whose operands lie across it: square tiles of them are read along their memory, turned in
 * registers, and computed on there, or kept in a small buffer from which the rows of the tile are computed.
 */
import { dtypes, isComplex } from "../../../hlo/dtype.js";
import { type ArrayShape, sizeOf } from "../../../hlo/shape.js";
import { arrayOf, type Computed } from "../../elements/computed.js";
import { affine, type Coordinate, isUniform, keyOf } from "../../elements/coordinates.js";
import { isShort } from "../../elements/cost.js";
import { constantInt, type Int, type Placed, pointerType } from "../../elements/frame.js";
import { rootsOf } from "../../elements/fusion.js";
import { type Index, indexKey, merged } from "../../elements/index.js";
import { type IrValue, irType, typeText } from "../../scalar/ir.js";
import { range, shuffle } from "../../scalar/lanes.js";
import { elementsOfBits, loadElements } from "../../scalar/memory.js";
import type { Kernel } from "./kernel.js";
import { NextUnit } from "./next-unit.js";
import { prefetch } from "./prefetch.js";
import { begin, end, type Place, type Split, unravel } from "./walk.js";

/**
 * Bytes of the narrowest array that a unit reads in a run (of what lies across), and writes in a run: of one operand, and of
 * several, which share the first cache, and some of which are read as the results are written.
 */
const runBytes = { alone: [1024, 128], besides: [256, 512] } as const;
/** Arrays from this size on are asked for before they are read: the second cache does not hold them. */
const fetchedBytes = 2 ** 20;

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
  const arrays = [...kernel.fusion.operands, ...rootsOf(kernel.fusion)];
  const narrowest = Math.min(...arrays.map((i) => dtypes[arrayOf(i).dtype].bytes));
  const large = kernel.fusion.operands.filter((i) => sizeOf(arrayOf(i).dims) >= sizeOf(factors));
  const [read, written] = large.length <= 1 ? runBytes.alone : runBytes.besides;
  const height = Math.min(Math.max(lanes, read / narrowest), Math.ceil(rows / lanes) * lanes);
  const width = Math.max(lanes, written / narrowest);
  const [rowBlocks, columnBlocks] = [Math.ceil(rows / height), Math.ceil(columns / width)];
  const others = factors.map((_, d) => d).filter((d) => d !== factor && d !== innermost);
  const otherFactors = others.map((d) => factors[d]);

  const unit = frame.openLoop(begin, end, 1, false);
  const block = ints.div(unit.index, rowBlocks * columnBlocks);
  const outer = unravel(kernel, block, otherFactors);
  const within = ints.rem(unit.index, rowBlocks * columnBlocks);
  // Neighbouring units continue along the memory of what lies across.
  const firstRow = ints.mul(ints.rem(within, rowBlocks), height);
  const firstColumn = ints.mul(ints.div(within, rowBlocks), width);

  // Across first: what is written in a run is complete soon.
  const down = frame.openLoop(firstRow, ints.min(ints.add(firstRow, height), rows), lanes, true);
  const across = frame.openLoop(firstColumn, ints.min(ints.add(firstColumn, width), columns), lanes, true);
  const [top, left] = [down.index, across.index];
  const mask = columns % lanes === 0 ? undefined : kernel.below(left, columns);
  evaluator.tail = mask === undefined ? undefined : () => mask;
  const coming = new NextUnit(kernel, {
    unit: within,
    below: rowBlocks,
    height,
    width,
    firstRow,
    firstColumn,
    top,
    left,
  });
  const tile = new Tile(kernel, { top, left, columns, coming });
  evaluator.across = (base, shape, part) => tile.read(base, shape, part);
  evaluator.later = (offset) => coming.vector(offset, tile.row.number, sizeOf(factors.slice(factor + 1)));
  const row = (number: Int): void => {
    const at = factors.map((_, d) => (d === factor ? number : d === innermost ? left : outer[others.indexOf(d)]));
    const index: Index = at.map((base, d) => ({ size: factors[d], coordinate: affine(base, d === innermost ? 1 : 0) }));
    const position = at.reduce((n, c, d) => ints.add(ints.mul(n, factors[d]), c), constantInt(0));
    body({ index, at: position, mask });
  };
  // Written once for every row, the tile stays in registers.
  if (rows % lanes === 0 && isShort(kernel.fusion)) {
    for (let k = 0; k < lanes; k++) {
      tile.row = { number: ints.add(top, k), k };
      row(tile.row.number);
    }
  } else {
    const each = frame.openLoop(top, ints.min(ints.add(top, lanes), rows), 1, true);
    tile.row = { number: each.index };
    row(each.index);
    frame.closeLoop(each);
  }
  frame.closeLoop(across);
  frame.closeLoop(down);
  frame.closeLoop(unit);
  const units = sizeOf(otherFactors) * rowBlocks * columnBlocks;
  return { units, unit: sizeOf(factors) / units };
}

interface TilePlace {
  /** The tile's first row and column. */
  readonly top: Int;
  readonly left: Int;
  /** How many columns the domain has. */
  readonly columns: number;
  /** What it asks for. */
  readonly coming: NextUnit;
}

/** The row being computed: which one of the tile's, where that is known. */
interface TileRow {
  readonly number: Int;
  readonly k?: number;
}

class Tile {
  row: TileRow = { number: constantInt(0) };
  private readonly squares = new Map<string, readonly IrValue[]>();
  private readonly buffers = new Map<string, Placed>();
  private readonly depth: number;
  private readonly columnKey: string;

  constructor(
    private readonly kernel: Kernel,
    private readonly place: TilePlace,
  ) {
    this.depth = kernel.frame.depth;
    this.columnKey = keyOf(affine(place.left, 1));
  }

  /** Elements of this row of the tile, if they lie across: contiguous along rows, apart along columns. */
  read(base: Placed, shape: ArrayShape, index: Index): Computed | undefined {
    const { kernel, row, depth } = this;
    const { dtype } = shape;
    const last = index.length - 1;
    if (last < 1 || dtypes[dtype].bytes > 8 || keyOf(index[last].coordinate) !== keyOf(affine(row.number)))
      return undefined;
    const column = index.findIndex((p) => keyOf(p.coordinate) === this.columnKey);
    const others = index.filter((_, k) => k !== column && k !== last);
    if (column < 0 || !others.every((p) => this.isFixed(p.coordinate))) return undefined;

    const square = this.square(base, shape, index, column);
    if (row.k !== undefined && !isComplex(dtype)) {
      const cx = kernel.evaluator.context(depth, kernel.lanes);
      return { value: elementsOfBits(cx, dtype, square.vectors[row.k]), depth };
    }
    return this.readBuffer(square, shape);
  }

  /** The row out of memory, where the tile is written turned. */
  private readBuffer(square: Square, shape: ArrayShape): Computed {
    const { kernel, place, row } = this;
    const { frame, ints, evaluator, lanes } = kernel;
    let buffer = this.buffers.get(square.key);
    if (buffer === undefined) {
      const b = frame.at(this.depth);
      const { bytes } = dtypes[shape.dtype];
      buffer = frame.alloca(lanes * lanes * bytes);
      this.buffers.set(square.key, buffer);
      for (const [k, v] of square.vectors.entries()) {
        const at = b.pure(pointerType, `getelementptr i8, ptr ${buffer.value.text}, i64 ${k * lanes * bytes}`);
        b.statement(`store ${typeText(v.type)} ${v.text}, ptr ${at.text}, align ${Math.min(64, lanes * bytes)}`);
      }
    }
    const at = evaluator.pointer(buffer, shape, ints.mul(ints.sub(row.number, place.top), lanes));
    const depth = Math.max(at.depth, frame.depth);
    return { value: loadElements(evaluator.context(depth, lanes), shape.dtype, at.value), depth };
  }

  private isFixed(c: Coordinate): boolean {
    return isUniform(c) && c.base.depth <= this.depth;
  }

  /** The tile, read along memory before its rows are computed, and turned. */
  private square(base: Placed, shape: ArrayShape, index: Index, column: number): Square {
    const { kernel, place, depth } = this;
    const { ints, coordinates, lanes, frame, evaluator } = kernel;
    const last = index.length - 1;
    const { bytes } = dtypes[shape.dtype];
    const address = (top: Int, left: Int): IrValue => {
      const moved = index.map((p, d) => (d === column ? at(p, left) : d === last ? at(p, top) : p));
      const offset = merged(coordinates, moved);
      if (!isUniform(offset)) throw new TypeError("the rows of a tile begin at one place");
      return evaluator.pointer(base, shape, offset.base).value;
    };
    const key = `${base.value.text} ${shape.dtype} ${indexKey(index.map((p, d) => (d === last ? at(p, place.top) : p)))}`;
    const known = this.squares.get(key);
    if (known !== undefined) return { key, vectors: known };

    const b = frame.at(depth);
    const type = irType(`i${8 * bytes}`, lanes);
    const fits = place.columns % lanes === 0;
    if (sizeOf(shape.dims) * bytes >= fetchedBytes) {
      for (const { top, left, length } of place.coming.runs()) prefetch(b, address(top, left), length * bytes, true);
    }
    const read = range(lanes).map((k): IrValue => {
      const wanted = ints.add(place.left, k);
      // Beyond the last column there is nothing; what is read instead is not used.
      const left = fits ? wanted : ints.min(wanted, place.columns - 1);
      return b.effectful(type, `load ${typeText(type)}, ptr ${address(place.top, left).text}, align ${bytes}`);
    });
    const vectors = turned(b, read);
    this.squares.set(key, vectors);
    return { key, vectors };
  }
}

const at = (part: Index[number], base: Int): Index[number] => ({ ...part, coordinate: affine(base) });

/** The rows of a tile, as integers of the elements' size. */
interface Square {
  readonly key: string;
  readonly vectors: readonly IrValue[];
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
