/** Loops over a domain given by its factors, vectors along the innermost one. */
import { sizeOf } from "../../../hlo/shape.js";
import { affine } from "./coordinates.js";
import { constantInt, type Int, type Placed } from "./frame.js";
import type { Index } from "./index.js";
import type { Kernel } from "./kernel.js";

/** Elements that a unit of work has at least, where the domain has as many. */
const unitElements = 2048;

/** A vector's place in the domain. */
export interface Place {
  readonly index: Index;
  /** The row-major position of the first lane. */
  readonly at: Int;
  /** The lanes within the domain, where not all need be. */
  readonly mask: Placed | undefined;
}

export interface Split {
  readonly units: number;
  /** Elements of one unit. */
  readonly unit: number;
}

export const begin: Int = { text: "%begin", depth: 0 };
export const end: Int = { text: "%end", depth: 0 };

/** One loop over a domain along which vectors may run over the end. */
export function flatLoop(kernel: Kernel, size: number, body: (place: Place) => void): Split {
  const { lanes, ints, frame, evaluator } = kernel;
  const step = (at: Int) => {
    if (size % lanes !== 0) evaluator.tail = () => kernel.below(at, size);
    const index = size === 1 ? [] : [{ size, coordinate: affine(at, lanes === 1 ? 0 : 1) }];
    body({ index, at, mask: undefined });
  };
  if (size <= lanes) {
    step(constantInt(0));
    return { units: 1, unit: size };
  }
  const unit = Math.ceil(unitElements / lanes) * lanes;
  const loop = frame.openLoop(ints.mul(begin, unit), ints.min(ints.mul(end, unit), size), lanes, false);
  step(loop.index);
  frame.closeLoop(loop);
  return { units: Math.ceil(size / unit), unit };
}

/** Coordinates over `factors` of a row-major position. */
export function unravel(kernel: Kernel, position: Int, factors: readonly number[]): readonly Int[] {
  const coordinates: Int[] = [];
  let rest = position;
  for (let k = factors.length - 1; k >= 0; k--) {
    coordinates[k] = k === 0 ? rest : kernel.ints.rem(rest, factors[k]);
    rest = kernel.ints.div(rest, factors[k]);
  }
  return coordinates;
}

/** Units are places of the outer factors, or blocks of the innermost one; within them there are loops. */
export function nestedDomain(kernel: Kernel, factors: readonly number[], body: (place: Place) => void): Split {
  const { lanes, ints, frame, evaluator } = kernel;
  const inner = factors[factors.length - 1];
  const block = inner > 2 * unitElements ? Math.ceil(unitElements / lanes) * lanes : inner;
  const blocks = Math.ceil(inner / block);
  // The factors from `looped` on are loops within a unit.
  let looped = factors.length - 1;
  let unit = block;
  while (looped > 0 && unit < unitElements) unit *= factors[--looped];
  const outer = factors.slice(0, looped);

  const units = sizeOf(outer) * blocks;
  const loop = frame.openLoop(begin, end, 1, false);
  const start = ints.mul(ints.rem(loop.index, blocks), block);

  const nest = (k: number, at: readonly Int[]): void => {
    if (k < factors.length - 1) {
      const each = frame.openLoop(constantInt(0), constantInt(factors[k]), 1, true);
      nest(k + 1, [...at, each.index]);
      frame.closeLoop(each);
      return;
    }
    let [row, scale] = [constantInt(0), inner];
    for (let d = at.length - 1; d >= 0; d--) {
      row = ints.add(row, ints.mul(at[d], scale));
      scale *= factors[d];
    }
    const limit = blocks === 1 ? constantInt(inner) : ints.min(ints.add(start, block), inner);
    const vector = (column: Int) => {
      const index = [...at, column]
        .map((base, d) => ({ size: factors[d], coordinate: affine(base, d === at.length && lanes > 1 ? 1 : 0) }))
        .filter((p) => p.size !== 1);
      const mask = inner % lanes === 0 ? undefined : kernel.below(column, inner);
      evaluator.tail = mask === undefined ? undefined : () => mask;
      body({ index, at: ints.add(row, column), mask });
    };
    if (inner <= lanes) {
      vector(constantInt(0));
      return;
    }
    const columns = frame.openLoop(start, limit, lanes, true);
    vector(columns.index);
    frame.closeLoop(columns);
  };
  nest(looped, unravel(kernel, ints.div(loop.index, blocks), outer));
  frame.closeLoop(loop);
  return { units, unit };
}
