/**
 * What tiles ask for before it is read. The tiles of a unit share out the unit that comes next, so that together they ask for
 * all of it in the order of memory: lines that follow each other come faster than as many that are a row apart.
 */
import type { Int } from "../../elements/frame.js";
import { range } from "../../scalar/lanes.js";
import type { Kernel } from "./kernel.js";

/** Elements that are contiguous in what lies across: rows of one column. */
export interface Run {
  readonly top: Int;
  readonly left: Int;
  readonly length: number;
}

/** Where a tile is in its unit, and that among the others. */
interface PlaceInUnit {
  /** The number of its unit: they go down the rows first. */
  readonly unit: Int;
  /** How many units there are down the rows. */
  readonly below: number;
  /** The unit's rows and columns, and its first ones. */
  readonly height: number;
  readonly width: number;
  readonly firstRow: Int;
  readonly firstColumn: Int;
  /** The tile's own first ones. */
  readonly top: Int;
  readonly left: Int;
}

export class NextUnit {
  constructor(
    private readonly kernel: Kernel,
    private readonly place: PlaceInUnit,
  ) {}

  /** The number of the tile in its unit. */
  private get number(): Int {
    const { ints, lanes } = this.kernel;
    const { firstRow, firstColumn, top, left, width } = this.place;
    const above = ints.mul(ints.div(ints.sub(top, firstRow), lanes), width / lanes);
    return ints.add(above, ints.div(ints.sub(left, firstColumn), lanes));
  }

  /** The tile's share of what lies across: as many elements as it has. */
  runs(): readonly Run[] {
    const { ints, lanes } = this.kernel;
    const { unit, below, height, width } = this.place;
    const length = Math.min(height, lanes * lanes);
    const perRun = Math.ceil(height / length);
    const runs = Math.ceil((lanes * lanes) / length);
    const next = ints.add(unit, 1);
    const top = ints.add(ints.mul(ints.rem(next, below), height), ints.mul(ints.rem(this.number, perRun), length));
    const left = ints.add(ints.mul(ints.div(next, below), width), ints.mul(ints.div(this.number, perRun), runs));
    return range(runs).map((k) => ({ top, left: ints.add(left, k), length }));
  }

  /**
   * The share that a row of the tile has of what lies along the domain, a vector: of the unit below.
   *
   * @param offset where the tile's row is read
   * @param stride elements from a row to the next
   */
  vector(offset: Int, row: Int, stride: number): Int {
    const { ints, lanes } = this.kernel;
    const { height, width, firstRow, firstColumn, top, left } = this.place;
    const vector = ints.add(ints.mul(this.number, lanes), ints.sub(row, top));
    const down = ints.add(ints.sub(firstRow, row), ints.add(ints.div(vector, width / lanes), height));
    const across = ints.add(ints.sub(firstColumn, left), ints.mul(ints.rem(vector, width / lanes), lanes));
    return ints.add(offset, ints.add(ints.mul(down, stride), across));
  }
}
