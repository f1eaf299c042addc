/** Grids of coordinates given by slices. */

import { promoteTypes } from "../core/dtype.js";
import { scalarType } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import { promoteDtypes } from "./promote.js";
import { arange, linspace, meshgrid } from "./ranges.js";

/** `[start, stop]`, `[start, stop, step]`, or with `{ num }` so many numbers from start to stop, both included. */
export type GridRange =
  | readonly [number, number]
  | readonly [number, number, number]
  | readonly [number, number, { readonly num: number }];

function axisOf(fn: string, range: unknown): Tensor {
  if (Array.isArray(range) && (range.length === 2 || range.length === 3)) {
    const [start, stop, step = 1] = range as [number, number, (number | { num: number })?];
    if (typeof step !== "number") return linspace(start, stop, step.num);
    return arange(start, stop, step);
  }
  throw new ArgumentError(
    "CT003",
    `${fn}: give ranges as [start, stop], [start, stop, step] or [start, stop, { num }].`,
  );
}

const axesOf = (fn: string, ranges: readonly GridRange[]): Tensor[] =>
  promoteDtypes(...ranges.map((r) => axisOf(fn, r)));

/**
 * A dense grid: an array whose first axis runs over the ranges, each array of which has the coordinates along one.
 * @example np.mgrid([0, 2], [0, 3]).shape; // [2, 2, 3]
 */
export function mgrid(...ranges: readonly GridRange[]): Tensor {
  const axes = axesOf("mgrid", ranges);
  if (axes.length > 0) return p.stack(meshgrid(axes, { indexing: "ij" }), 0);
  return p.full([0], 0, promoteTypes([scalarType(0)]).dtype);
}

/**
 * An open grid: the coordinates along each range, as arrays that broadcast to the grid.
 * @example np.ogrid([0, 2], [0, 3]).map((x) => x.shape); // [[2, 1], [1, 3]]
 */
export const ogrid = (...ranges: readonly GridRange[]): Tensor[] =>
  meshgrid(axesOf("ogrid", ranges), { indexing: "ij", sparse: true });
