/** A reshape seen as independent merges and splits: [6, 4, 1] → [2, 3, 4] is {6 → 2, 3}, {4 → 4}, {1 → }. */
import { sizeOf } from "../../hlo/shape.js";

export interface Group {
  /** Neighbouring dimensions of the operand. */
  readonly from: readonly number[];
  /** The neighbouring dimensions of the result that hold the same elements. */
  readonly to: readonly number[];
}

/**
 * The finest such groups, in order. Dimensions of size 1 that match nothing stand in groups of their own, with an empty
 * other side. Undefined for arrays without elements, whose sizes say nothing.
 */
export const reshapeGroups = (from: readonly number[], to: readonly number[]): readonly Group[] | undefined => {
  if (sizeOf(from) !== sizeOf(to)) throw new TypeError(`[${from}] does not reshape to [${to}]`);
  if (from.includes(0)) return undefined;
  const groups: Group[] = [];
  let [f, t] = [0, 0];
  while (f < from.length || t < to.length) {
    if (from[f] !== 1 && to[t] === 1) {
      groups.push({ from: [], to: [t++] });
      continue;
    }
    if (from[f] === 1 && to[t] !== 1) {
      groups.push({ from: [f++], to: [] });
      continue;
    }
    const group = { from: [f], to: [t] };
    let [p, q] = [from[f++], to[t++]];
    while (p !== q) {
      if (p < q) {
        group.from.push(f);
        p *= from[f++];
      } else {
        group.to.push(t);
        q *= to[t++];
      }
    }
    groups.push(group);
  }
  return groups;
};

/** Whether a reshape only adds and takes away dimensions of size 1. */
export const onlyUnitsChange = (from: readonly number[], to: readonly number[]): boolean => {
  const [a, b] = [from.filter((n) => n !== 1), to.filter((n) => n !== 1)];
  return a.length === b.length && a.every((n, k) => n === b[k]);
};
