/** Where a scatter's updates go: the windows, the places in them, and what tells places that may meet apart. */

import { rowMajorStrides } from "../../../2-fuse/views.js";
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import { constantInt, type Int, type Placed } from "../../elements/frame.js";
import type { Index } from "../../elements/index.js";
import { compareIntegers } from "../../scalar/lanes.js";
import { type GridKernel, unravelled } from "../grid-kernel.js";

/** Of an update at some coordinates: whether its window lies inside, and where it goes. */
export interface Target {
  readonly inside: Placed;
  readonly place: Int;
  /** The place as far as windows move: two items that may meet have the same key. */
  readonly key: Int;
}

export class ScatterPlaces {
  readonly indices: HloInstruction;
  readonly updates: HloInstruction;
  readonly resultDims: readonly number[];
  readonly updateDims: readonly number[];
  /** The updates' dimensions that count windows, and those within one. */
  readonly batchDims: readonly number[];
  readonly windowDims: readonly number[];
  /** Whether windows are one element long wherever they move: then they meet as a whole or not at all. */
  readonly arePoints: boolean;
  /** How many keys there are. */
  readonly keys: number;
  private readonly windowOf: readonly number[];
  private readonly keyDims: readonly number[];

  constructor(readonly scatter: Instr<"scatter">) {
    const { dims } = scatter;
    [, this.indices, this.updates] = scatter.operands;
    this.resultDims = scatter.shape.dims;
    this.updateDims = arrayOf(this.updates).dims;
    const all = this.updateDims.map((_, d) => d);
    this.batchDims = all.filter((d) => !dims.updateWindowDims.includes(d));
    this.windowDims = all.filter((d) => dims.updateWindowDims.includes(d));
    const places = this.resultDims.map((_, d) => d);
    this.windowOf = places.filter((d) => !dims.insertedWindowDims.includes(d) && !dims.inputBatchingDims.includes(d));
    this.arePoints = dims.scatterDimsToOperandDims.every((d) => this.windowSize(d) === 1);
    const moves = (d: number): boolean =>
      dims.scatterDimsToOperandDims.includes(d) || dims.inputBatchingDims.includes(d);
    this.keyDims = this.arePoints ? places.filter(moves) : places;
    this.keys = sizeOf(this.keyDims.map((d) => this.resultDims[d]));
  }

  get size(): number {
    return sizeOf(this.updateDims);
  }

  /** What meets as a whole: windows, or single elements. */
  get items(): number {
    return this.arePoints ? sizeOf(this.batchDims.map((d) => this.updateDims[d])) : this.size;
  }

  /** Elements of an item. */
  get itemSize(): number {
    return this.items === 0 ? 0 : this.size / this.items;
  }

  private updateDim(d: number): number {
    return this.scatter.dims.updateWindowDims[this.windowOf.indexOf(d)] ?? -1;
  }

  private windowSize(d: number): number {
    return this.windowOf.includes(d) ? this.updateDims[this.updateDim(d)] : 1;
  }

  /** The updates' dimensions in the order in which items are numbered: those of a later window come later. */
  private get itemDims(): readonly number[] {
    return this.arePoints ? this.batchDims : [...this.batchDims, ...this.windowDims];
  }

  /** The coordinates of an element of an item, one for every dimension of the updates. */
  coordinatesOf({ ints }: GridKernel, item: Int, element: Int): readonly Int[] {
    const at: Int[] = [];
    const put = (number: Int, dims: readonly number[]): void => {
      const sizes = dims.map((d) => this.updateDims[d]);
      const found = unravelled(ints, number, sizes);
      dims.forEach((d, k) => {
        at[d] = found[k];
      });
    };
    put(item, this.itemDims);
    if (this.arePoints) put(element, this.windowDims);
    return at;
  }

  /** The item that an update belongs to. */
  itemOf({ ints }: GridKernel, at: readonly Int[]): Int {
    const dims = this.itemDims;
    const strides = rowMajorStrides(dims.map((d) => this.updateDims[d]));
    return dims.reduce((sum, d, k) => ints.add(sum, ints.mul(at[d], strides[k])), constantInt(0));
  }

  updateIndex(at: readonly Int[]): Index {
    return this.updateDims.flatMap((size, d) => (size === 1 ? [] : [{ size, coordinate: affine(at[d]) }]));
  }

  private indexIndex(at: readonly Int[], entry: number): Index {
    const vectorDim = this.scatter.dims.indexVectorDim;
    let b = 0;
    return arrayOf(this.indices).dims.flatMap((size, d) => {
      const base = d === vectorDim ? constantInt(entry) : at[this.batchDims[b++]];
      return size === 1 ? [] : [{ size, coordinate: affine(base) }];
    });
  }

  target(kernel: GridKernel, at: readonly Int[]): Target {
    const { ints, evaluator, coordinates } = kernel;
    const { dims } = this.scatter;
    const position = new Map<number, Int>(this.windowOf.map((d) => [d, at[this.updateDim(d)]]));
    let inside: Placed = coordinates.truth;
    dims.scatterDimsToOperandDims.forEach((d, entry) => {
      const start = evaluator.toInt(
        arrayOf(this.indices),
        evaluator.evaluate(this.indices, this.indexIndex(at, entry)),
      );
      inside = coordinates.and(inside, isWithin(kernel, start, this.resultDims[d] - this.windowSize(d)));
      position.set(d, ints.add(start, position.get(d) ?? 0));
    });
    const indexBatches = arrayOf(this.indices)
      .dims.map((_, m) => m)
      .filter((m) => m !== dims.indexVectorDim);
    dims.inputBatchingDims.forEach((d, k) => {
      const n = indexBatches.indexOf(dims.scatterIndicesBatchingDims[k]);
      position.set(d, at[this.batchDims[n]]);
    });
    const linear = (ds: readonly number[]): Int => {
      const strides = rowMajorStrides(ds.map((d) => this.resultDims[d]));
      return ds.reduce(
        (sum, d, k) => ints.add(sum, ints.mul(position.get(d) ?? constantInt(0), strides[k])),
        constantInt(0),
      );
    };
    return { inside, place: linear(this.resultDims.map((_, d) => d)), key: linear(this.keyDims) };
  }
}

/** Whether a start is in [0, limit]; as an unsigned number, what is negative is beyond any limit. */
function isWithin(kernel: GridKernel, start: Int, limit: number): Placed {
  const { frame, ints } = kernel;
  if (limit < 0) return { value: { type: { element: "i1", lanes: 1 }, text: "false" }, depth: 0 };
  const type = ints.value(start).type;
  const value = compareIntegers(frame.at(start.depth), "ule", ints.value(start), { type, text: String(limit) });
  return { value, depth: start.depth };
}
