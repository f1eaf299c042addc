/** What lies under a window at each of its places. */
import type { WindowDim } from "../../hlo/instruction.js";
import { advance } from "../layout/strides.js";

/**
 * For each place of the window along one dimension, the offsets of the elements under it, in order. Places that
 * fall on padding or between dilated elements have none.
 */
const offsetsAlong = (size: number, places: number, w: WindowDim, stride: number): number[][] =>
  Array.from({ length: places }, (_, place) => {
    const offsets: number[] = [];
    for (let k = 0; k < w.size; k++) {
      const element = (place * w.stride + k * w.windowDilation - w.padLow) / w.baseDilation;
      if (Number.isInteger(element) && element >= 0 && element < size) offsets.push(element * stride);
    }
    return offsets;
  });

/** Places whose elements lie alike, away from the edges nearly all, share a pattern of offsets from the first one. */
interface Axis {
  readonly starts: readonly number[];
  readonly patternOf: readonly number[];
  readonly patterns: readonly (readonly number[])[];
}

const axisOf = (offsets: readonly (readonly number[])[]): Axis => {
  const known = new Map<string, number>();
  const patterns: number[][] = [];
  const patternOf = offsets.map((list) => {
    const relative = list.map((o) => o - list[0]);
    const key = relative.join();
    const id = known.get(`${list.length}:${key}`) ?? patterns.push(relative) - 1;
    known.set(`${list.length}:${key}`, id);
    return id;
  });
  return { starts: offsets.map((list) => list[0] ?? 0), patternOf, patterns };
};

/** Calls `visit` for every place of the window, row-major, with the offsets from `start` of what lies under it. */
export type EachWindow = (visit: (offsets: Int32Array, start: number, place: number) => void) => void;

export const windowsOver = (
  dims: readonly number[],
  strides: readonly number[],
  places: readonly number[],
  window: readonly WindowDim[],
): EachWindow => {
  const axes = dims.map((size, d) => axisOf(offsetsAlong(size, places[d], window[d], strides[d])));
  const combined = new Map<number, Int32Array>();

  /** All sums of one offset from each dimension's pattern, the last dimension varying fastest. */
  const combine = (index: readonly number[]): Int32Array => {
    const lists = axes.map((a, d) => a.patterns[a.patternOf[index[d]]]);
    return Int32Array.from(lists.reduce<number[]>((sums, list) => sums.flatMap((s) => list.map((o) => s + o)), [0]));
  };

  return (visit) => {
    if (places.includes(0)) return;
    const index = places.map(() => 0);
    let place = 0;
    do {
      let start = 0;
      let id = 0;
      for (let d = 0; d < axes.length; d++) {
        start += axes[d].starts[index[d]];
        id = id * axes[d].patterns.length + axes[d].patternOf[index[d]];
      }
      let offsets = combined.get(id);
      if (offsets === undefined) {
        offsets = combine(index);
        combined.set(id, offsets);
      }
      visit(offsets, start, place++);
    } while (advance(index, places));
  };
};
