/** Operations whose elements come from one of several places: pad, concatenate, dynamic-update-slice. */
import type { Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { choose } from "../../scalar/lanes.js";
import { isComplexValue, parts, spreadValue, type Value } from "../../scalar/value.js";
import { affine, type Coordinate, isUniform } from "./coordinates.js";
import { arrayOf, type Computed, type Evaluator, lanesOf } from "./evaluator.js";
import { concatenateForm, dynamicUpdateRuns, padRuns } from "./forms.js";
import type { Placed } from "./frame.js";
import { type Index, merged, type Part, regroup, splitIndex } from "./index.js";
import { clampedStart } from "./maps.js";

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

export function evaluatePad(e: Evaluator, i: Instr<"pad">, index: Index, active: Placed | undefined): Computed {
  const [x, padding] = i.operands;
  const value = e.evaluate(padding, []);
  if (sizeOf(arrayOf(x).dims) === 0) return value;
  const { coordinates } = e;
  const runs = padRuns(i);
  const groups = regroup(
    index,
    runs.map((r) => r.result),
    splitIndex(coordinates),
  );
  let condition: Placed | undefined;
  let mask = active;
  const inner = runs.flatMap((run, k): readonly Part[] => {
    if (!run.shifts) return groups[k];
    const low = i.low[run.lead] * run.inner;
    const at = coordinates.add(merged(coordinates, groups[k]), -low);
    const spacing = i.interior[run.lead] + 1;
    let inside = coordinates.inside(at, (run.operand - 1) * spacing + 1);
    let place = at;
    if (spacing > 1) {
      // A coordinate below zero is no multiple of anything here: as an unsigned number it is not inside.
      const safe = coordinates.clamp(isUniform(at) ? at : lanesFrom(e, at), (run.operand - 1) * spacing + 1);
      inside = coordinates.and(inside, coordinates.isZero(coordinates.rem(safe, spacing)));
      place = coordinates.div(safe, spacing);
    }
    condition = coordinates.and(condition, inside);
    mask = mustMask(place, inside, mask, e);
    return [{ size: run.operand, coordinate: coordinates.clamp(place, run.operand) }].filter((p) => p.size !== 1);
  });
  const taken = e.evaluate(x, inner, mask);
  return condition === undefined ? taken : select(e, condition, taken, value);
}

export function lanesFrom(e: Evaluator, c: Coordinate): Coordinate {
  return { kind: "lanes", ...e.coordinates.toLanes(c) };
}

export function evaluateConcatenate(
  e: Evaluator,
  i: Instr<"concatenate">,
  index: Index,
  active: Placed | undefined,
): Computed {
  const { coordinates } = e;
  const form = concatenateForm(i);
  const [before, along] = regroup(index, form.groups, splitIndex(coordinates));
  const at = merged(coordinates, along);
  const pieces: { readonly start: number; readonly size: number; readonly k: number }[] = [];
  let start = 0;
  i.operands.forEach((_, k) => {
    const { size } = form.operands[k][1];
    if (size > 0) pieces.push({ start, size, k });
    start += size;
  });
  const piece = ({ start, size, k }: (typeof pieces)[number]): { taken: Computed; inside: Placed } => {
    const place = coordinates.add(at, -start);
    const inside = coordinates.inside(place, size);
    const mask = pieces.length === 1 ? active : mustMask(place, inside, active, e);
    const part = { size, coordinate: pieces.length === 1 ? place : coordinates.clamp(place, size) };
    return {
      taken: e.evaluate(
        i.operands[k],
        [...before, part].filter((p) => p.size !== 1),
        mask,
      ),
      inside,
    };
  };
  // The last piece is what is left where no other one is chosen.
  const last = pieces[pieces.length - 1];
  let result = piece(last).taken;
  for (const one of pieces.slice(0, -1).reverse()) {
    const { taken, inside } = piece(one);
    result = select(e, inside, taken, result);
  }
  return result;
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
  const runs = dynamicUpdateRuns(i);
  const groups = regroup(
    index,
    runs.map((r) => r.result),
    splitIndex(coordinates),
  );
  let condition: Placed | undefined;
  let mask = active;
  const inner = runs.flatMap((run, k): readonly Part[] => {
    if (!run.shifts) return groups[k];
    const start = clampedStart(e, i.operands[2 + run.lead], dims[run.lead] - size[run.lead]);
    const offset = coordinates.ints.mul(start, -run.inner);
    const place = coordinates.sum(merged(coordinates, groups[k]), affine(offset));
    const inside = coordinates.inside(place, run.operand);
    condition = coordinates.and(condition, inside);
    mask = mustMask(place, inside, mask, e);
    return [{ size: run.operand, coordinate: coordinates.clamp(place, run.operand) }].filter((p) => p.size !== 1);
  });
  const taken = e.evaluate(update, inner, mask);
  return condition === undefined ? taken : select(e, condition, taken, old());
}
