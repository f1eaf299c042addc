/**
 * An index into an array: coordinates over factors of its row-major order, which need not be its dimensions. A reshape
 * leaves such an index as it is; an operation that tells dimensions apart regroups it to the runs it cares about.
 */
import { sizeOf } from "../../hlo/shape.js";
import { affine, type Coordinate, type Coordinates, depthOf, keyOf } from "./coordinates.js";

export interface Sized {
  readonly size: number;
}

/** One factor of an index; factors of size 1 are left out. */
export interface Part extends Sized {
  readonly coordinate: Coordinate;
}
export type Index = readonly Part[];

/** Splits a part into parts of the given sizes, outermost first. */
export type Split<P extends Sized> = (parts: readonly P[], sizes: readonly number[]) => readonly P[];

/** For each wanted size the parts that make it up. The products of both lists are equal; sizes of 1 get none. */
export function regroup<P extends Sized>(
  parts: readonly P[],
  wanted: readonly number[],
  split: Split<P>,
): readonly (readonly P[])[] {
  const groups: P[][] = wanted.map(() => []);
  let [i, j] = [0, 0];
  while (j < wanted.length) {
    if (wanted[j] === 1) {
      j++;
      continue;
    }
    const [firstPart, firstWanted] = [i, j];
    let [have, want] = [parts[i++]!.size, wanted[j++]!];
    while (have !== want) {
      if (have < want) have *= parts[i++]!.size;
      else want *= wanted[j++]!;
    }
    const [from, to] = [parts.slice(firstPart, i), wanted.slice(firstWanted, j)];
    if (to.length === 1) {
      groups[firstWanted]!.push(...from);
      continue;
    }
    const fine = splitAll(from, to, split);
    let at = fine.length - 1;
    // Backwards, each wanted size takes parts until it is filled.
    for (let k = j - 1; k >= firstWanted; k--) {
      for (let filled = 1; filled < wanted[k]!; at--) {
        groups[k]!.unshift(fine[at]!);
        filled *= fine[at]!.size;
      }
    }
  }
  return groups;
}

/** Parts such that each of the wanted sizes is a run of them. */
function splitAll<P extends Sized>(from: readonly P[], to: readonly number[], split: Split<P>): readonly P[] {
  const cuts = [...new Set([...innerSizes(from.map((p) => p.size)), ...innerSizes(to)])].sort((a, b) => a - b);
  const chain = cuts.every((cut, k) => k === 0 || cut % cuts[k - 1]! === 0);
  if (!chain)
    return split(
      from,
      to.filter((n) => n > 1),
    );
  const fine: P[] = [];
  let inner = from.reduce((n, p) => n * p.size, 1);
  for (const part of from) {
    const outer = inner;
    inner /= part.size;
    const within = [...cuts.filter((cut) => cut > inner && cut < outer), outer];
    const sizes = within.map((cut, k) => cut / (k === 0 ? inner : within[k - 1]!)).reverse();
    if (sizes.length === 1) fine.push(part);
    else fine.push(...split([part], sizes));
  }
  return fine;
}

/** The products of each list's tails: where the dimensions are cut. */
function innerSizes(sizes: readonly number[]): number[] {
  let inner = 1;
  return sizes
    .toReversed()
    .map((size) => {
      inner *= size;
      return inner;
    })
    .concat(1);
}

/** The row-major position that parts together stand for. */
export function merged(c: Coordinates, parts: Index): Coordinate {
  let inner = 1;
  let total: Coordinate = affine(0);
  for (const { size, coordinate } of parts.toReversed()) {
    total = c.sum(total, c.scale(coordinate, inner));
    inner *= size;
  }
  return total;
}

/** Divides a position into coordinates. */
export const splitIndex =
  (c: Coordinates): Split<Part> =>
  (parts, sizes) => {
    let rest = merged(c, parts);
    const split: Part[] = [];
    for (let k = sizes.length - 1; k >= 0; k--) {
      const size = sizes[k]!;
      split.unshift({ size, coordinate: k === 0 ? rest : c.rem(rest, size) });
      rest = c.div(rest, size);
    }
    return split;
  };

export const indexKey = (index: Index): string => index.map((p) => `${p.size}@${keyOf(p.coordinate)}`).join(",");
export const indexDepth = (index: Index): number => index.reduce((d, p) => Math.max(d, depthOf(p.coordinate)), 0);

/** One coordinate for each run of dimensions. */
export function coordinatesOf(c: Coordinates, index: Index, sizes: readonly number[]): Coordinate[] {
  return regroup(index, sizes, splitIndex(c)).map((parts) => merged(c, parts));
}

export const partsFrom = (sizes: readonly number[], coordinates: readonly Coordinate[]): Index =>
  sizes.map((size, k) => ({ size, coordinate: coordinates[k]! })).filter((p) => p.size !== 1);

/** Runs of dimensions as [first, last]; a run starts where `starts` says so. */
export function runsOf(rank: number, starts: (d: number) => boolean): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (let d = 0; d < rank; d++) {
    if (d === 0 || starts(d)) runs.push([d, d]);
    else runs.at(-1)![1] = d;
  }
  return runs;
}

export const runSize = (dims: readonly number[], [first, last]: readonly [number, number]): number =>
  sizeOf(dims.slice(first, last + 1));
