/** Loops over a domain given by its factors, vectors along the innermost one. */
import { sizeOf } from "../../../hlo/shape.js";
import { affine } from "../../elements/coordinates.js";
import { unitElementsOf } from "../../elements/cost.js";
import { constantInt, type Int, type Placed } from "../../elements/frame.js";
import type { Index } from "../../elements/index.js";
import type { Kernel } from "./kernel.js";

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
  const unit = Math.ceil(unitElementsOf(kernel.fusion, size) / lanes) * lanes;
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

/** Which factor's range is divided among units, and into pieces of what length; loops run over what is inside. */
function divisionOf(
  factors: readonly number[],
  lanes: number,
  unitElements: number,
): { readonly k: number; readonly piece: number } {
  let k = factors.length - 1;
  let below = 1;
  while (k > 0 && below * factors[k] < unitElements) below *= factors[k--];
  const wanted = Math.ceil(unitElements / below);
  const piece = k === factors.length - 1 ? Math.ceil(wanted / lanes) * lanes : wanted;
  // A little more than a piece is not worth a second one.
  return { k, piece: factors[k] <= 2 * piece ? factors[k] : piece };
}

/** Units are places of the outer factors and pieces of the next one; within them there are loops. */
export function nestedDomain(kernel: Kernel, factors: readonly number[], body: (place: Place) => void): Split {
  const { lanes, ints, frame, evaluator } = kernel;
  const innermost = factors.length - 1;
  const { k: divided, piece } = divisionOf(factors, lanes, unitElementsOf(kernel.fusion, sizeOf(factors)));
  const pieces = Math.ceil(factors[divided] / piece);
  const outer = factors.slice(0, divided);

  const loop = frame.openLoop(begin, end, 1, false);
  const from = ints.mul(ints.rem(loop.index, pieces), piece);
  const to = pieces === 1 ? constantInt(factors[divided]) : ints.min(ints.add(from, piece), factors[divided]);

  const vector = (at: readonly Int[], column: Int): void => {
    const coordinates = [...at, column];
    let [position, scale] = [constantInt(0), 1];
    for (let d = innermost; d >= 0; d--) {
      position = ints.add(position, ints.mul(coordinates[d], scale));
      scale *= factors[d];
    }
    const index = coordinates
      .map((base, d) => ({ size: factors[d], coordinate: affine(base, d === innermost && lanes > 1 ? 1 : 0) }))
      .filter((p) => p.size !== 1);
    const inner = factors[innermost];
    const mask = inner % lanes === 0 ? undefined : kernel.below(column, inner);
    evaluator.tail = mask === undefined ? undefined : () => mask;
    body({ index, at: position, mask });
  };
  const nest = (k: number, at: readonly Int[]): void => {
    const isInner = k === innermost;
    if (isInner && factors[k] <= lanes) {
      vector(at, constantInt(0));
      return;
    }
    const bounds = k === divided ? ([from, to] as const) : ([constantInt(0), constantInt(factors[k])] as const);
    const each = frame.openLoop(bounds[0], bounds[1], isInner ? lanes : 1, true);
    if (isInner) vector(at, each.index);
    else nest(k + 1, [...at, each.index]);
    frame.closeLoop(each);
  };
  nest(divided, unravel(kernel, ints.div(loop.index, pieces), outer));
  frame.closeLoop(loop);
  return { units: sizeOf(outer) * pieces, unit: piece * sizeOf(factors.slice(divided + 1)) };
}
