/** Operations whose elements come from one of several places: pad, concatenate, dynamic-update-slice. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import type { IrValue } from "../scalar/ir.js";
import { choose } from "../scalar/lanes.js";
import { isComplexValue, parts, spreadValue, type Value } from "../scalar/value.js";
import { arrayOf, type Computed, lanesOf } from "./computed.js";
import { affine, type Coordinate, isUniform } from "./coordinates.js";
import type { Evaluator } from "./evaluator.js";
import { commonPiece, concatenateForm, dynamicUpdateRuns, padRuns, pieceSizes } from "./forms.js";
import type { Int, Placed } from "./frame.js";
import { type Index, indexDepth, merged, type Part, regroup, splitIndex } from "./index.js";
import { clampedStart } from "./maps.js";
import { flatten, spreadValues, unflatten } from "./reductions.js";

/** x where the condition holds, else y. */
export function select(e: Evaluator, condition: Placed, x: Computed, y: Computed): Computed {
  const depth = Math.max(condition.depth, x.depth, y.depth);
  const lanes = Math.max(condition.value.type.lanes, lanesOf(x.value), lanesOf(y.value));
  const cx = e.context(depth, lanes);
  const [a, b] = [spreadValue(cx, x.value), spreadValue(cx, y.value)];
  return { value: chooseValue(cx.builder, condition, a, b), depth };
}

export function chooseValue(b: Parameters<typeof choose>[0], { value: where }: Placed, x: Value, y: Value): Value {
  if (!isComplexValue(x)) return choose(b, where, x, y as typeof x);
  const other = parts(y);
  return { re: choose(b, where, x.re, other.re), im: choose(b, where, x.im, other.im) };
}

/** Lanes that must not be read: those whose coordinates could not be moved inside. */
export function mustMask(c: Coordinate, inside: Placed, active: Placed | undefined, e: Evaluator): Placed | undefined {
  return c.kind === "affine" && c.step !== 0 ? e.coordinates.and(active, inside) : active;
}

/** Where along a run's part of the operand a coordinate of the result reads, and whether it is inside. */
interface Found {
  readonly place: Coordinate;
  readonly inside: Placed;
}

/** An operand's index by runs of dimensions, some shifted: where it may be outside there is a condition, and a mask. */
function shiftedIndex<R extends { readonly result: number; readonly operand: number; readonly shifts: boolean }>(
  e: Evaluator,
  runs: readonly R[],
  index: Index,
  active: Placed | undefined,
  find: (run: R, at: Coordinate) => Found,
): { readonly inner: Index; readonly condition: Placed | undefined; readonly mask: Placed | undefined } {
  const { coordinates } = e;
  const groups = regroup(
    index,
    runs.map((r) => r.result),
    splitIndex(coordinates),
  );
  let condition: Placed | undefined;
  let mask = active;
  const inner = runs.flatMap((run, k): readonly Part[] => {
    if (!run.shifts) return groups[k];
    const { place, inside } = find(run, merged(coordinates, groups[k]));
    condition = coordinates.and(condition, inside);
    mask = mustMask(place, inside, mask, e);
    return [{ size: run.operand, coordinate: coordinates.clamp(place, run.operand) }].filter((p) => p.size !== 1);
  });
  return { inner, condition, mask };
}

export function evaluatePad(e: Evaluator, i: Instr<"pad">, index: Index, active: Placed | undefined): Computed {
  const [x, padding] = i.operands;
  const value = e.evaluate(padding, []);
  if (sizeOf(arrayOf(x).dims) === 0) return value;
  const { coordinates } = e;
  const { inner, condition, mask } = shiftedIndex(e, padRuns(i), index, active, (run, shifted) => {
    const at = coordinates.add(shifted, -i.low[run.lead] * run.inner);
    const spacing = i.interior[run.lead] + 1;
    const reach = (run.operand - 1) * spacing + 1;
    const inside = coordinates.inside(at, reach);
    if (spacing === 1) return { place: at, inside };
    // A coordinate below zero is no multiple of anything here: as an unsigned number it is not inside.
    const safe = coordinates.clamp(isUniform(at) ? at : lanesFrom(e, at), reach);
    const onGrid = coordinates.isZero(coordinates.rem(safe, spacing));
    return { place: coordinates.div(safe, spacing), inside: coordinates.and(inside, onGrid) };
  });
  const taken = e.evaluate(x, inner, mask);
  return condition === undefined ? taken : select(e, condition, taken, value);
}

export function lanesFrom(e: Evaluator, c: Coordinate): Coordinate {
  return { kind: "lanes", ...e.coordinates.toLanes(c) };
}

interface Piece {
  readonly operand: HloInstruction;
  readonly start: number;
  readonly size: number;
}

function piecesOf(i: Instr<"concatenate">): readonly Piece[] {
  let start = 0;
  return pieceSizes(i).flatMap((size, k) => {
    const piece = { operand: i.operands[k], start, size };
    start += size;
    return size === 0 ? [] : [piece];
  });
}

export function evaluateConcatenate(
  e: Evaluator,
  i: Instr<"concatenate">,
  index: Index,
  active: Placed | undefined,
): Computed {
  const { coordinates } = e;
  const pieces = piecesOf(i);
  const common = commonPiece(i);
  if (common !== undefined && pieces.length > 1) {
    const groups = regroup(index, concatenateForm(i).groups, splitIndex(coordinates));
    const number = merged(coordinates, groups[1]);
    if (isUniform(number)) return onePiece(e, pieces, common, groups, number.base, index, active);
  }
  const before = sizeOf(i.shape.dims.slice(0, i.dimension));
  const total = pieces.reduce((n, p) => n + p.size, 0);
  const [outer, along] = regroup(index, [before, total], splitIndex(coordinates));
  const at = merged(coordinates, along);
  const taken = ({ operand, start, size }: Piece): { value: Computed; inside: Placed } => {
    const place = coordinates.add(at, -start);
    const inside = coordinates.inside(place, size);
    const mask = pieces.length === 1 ? active : mustMask(place, inside, active, e);
    const part = { size, coordinate: pieces.length === 1 ? place : coordinates.clamp(place, size) };
    return {
      value: e.evaluate(
        operand,
        [...outer, part].filter((p) => p.size !== 1),
        mask,
      ),
      inside,
    };
  };
  // The last piece is what is left where no other one is chosen.
  let result = taken(pieces[pieces.length - 1]).value;
  for (const piece of pieces.slice(0, -1).reverse()) {
    const { value, inside } = taken(piece);
    result = select(e, inside, value, result);
  }
  return result;
}

/** All lanes are in one piece: only that one is computed. */
function onePiece(
  e: Evaluator,
  pieces: readonly Piece[],
  common: number,
  [outer, , inner]: readonly Index[],
  number: Int,
  index: Index,
  active: Placed | undefined,
): Computed {
  const { coordinates, frame } = e;
  const lanes = index.every((p) => isUniform(p.coordinate)) ? 1 : e.lanes;
  const depth = Math.max(e.loopDepth, indexDepth(index), active?.depth ?? 0);
  return frame.hoisted(depth, () => {
    let like: readonly Value[] = [];
    const choose = (k: number, at: number): readonly IrValue[] => {
      const { operand, start, size } = pieces[k];
      const take = (here: number): readonly IrValue[] => {
        const place = coordinates.pinned(affine(coordinates.ints.add(number, -start / common)), here);
        const part = { size: size / common, coordinate: place };
        const pinned = inner.map((p) => ({ ...p, coordinate: coordinates.pinned(p.coordinate, here) }));
        const value = e.evaluate(
          operand,
          [...outer, part, ...pinned].filter((p) => p.size !== 1),
          active,
        );
        like = spreadValues(e, frame.depth, lanes, [value]);
        return flatten(like);
      };
      if (k === pieces.length - 1) return take(at);
      const below = coordinates.ints.compare("slt", number, (start + size) / common);
      return frame.branch(below.value, take, (here) => choose(k + 1, here));
    };
    const flat = choose(0, frame.depth);
    return { value: unflatten(flat, like)[0], depth: frame.depth };
  });
}

export function evaluateDynamicUpdate(
  e: Evaluator,
  i: Instr<"dynamic-update-slice">,
  index: Index,
  active: Placed | undefined,
): Computed {
  const { coordinates } = e;
  const [x, update] = i.operands;
  const old = (): Computed => e.evaluate(x, index, active);
  const [dims, size] = [arrayOf(x).dims, arrayOf(update).dims];
  if (sizeOf(size) === 0) return old();
  const { inner, condition, mask } = shiftedIndex(e, dynamicUpdateRuns(i), index, active, (run, at) => {
    const start = clampedStart(e, i.operands[2 + run.lead], dims[run.lead] - size[run.lead]);
    const place = coordinates.sum(at, affine(coordinates.ints.mul(start, -run.inner)));
    return { place, inside: coordinates.inside(place, run.operand) };
  });
  const taken = e.evaluate(update, inner, mask);
  return condition === undefined ? taken : select(e, condition, taken, old());
}
