/** Windows within an expression: reduce-window, and select-and-scatter seen from where it scatters to. */
import type { Instr, WindowDim } from "../../hlo/instruction.js";
import { emitConstant } from "../scalar/constants.js";
import type { IrValue } from "../scalar/ir.js";
import { arithmetic, choose } from "../scalar/lanes.js";
import { single, spreadValue, type Value } from "../scalar/value.js";
import { arrayOf, type Computed } from "./computed.js";
import { affine, type Coordinate, isUniform } from "./coordinates.js";
import type { Evaluator } from "./evaluator.js";
import { dimsOf, isPlainWindow, windowRuns } from "./forms.js";
import type { Int, Placed } from "./frame.js";
import { type Index, indexDepth, merged, type Part, regroup, runSize, splitIndex } from "./index.js";
import { Reducer } from "./reducer.js";
import { nestedLoops, spreadValues } from "./reductions.js";
import { chooseValue, lanesFrom, mustMask } from "./selections.js";

/** A run of dimensions under a window: one real dimension, or several that the window leaves alone. */
interface Axis {
  readonly window: WindowDim | undefined;
  readonly operand: number;
  readonly result: number;
}

function axesOf(result: readonly number[], operand: readonly number[], window: readonly WindowDim[]): readonly Axis[] {
  return windowRuns(result, window).map((run) => ({
    window: isPlainWindow(window[run[0]]) ? undefined : window[run[0]],
    operand: runSize(operand, run),
    result: runSize(result, run),
  }));
}

interface Under {
  readonly index: Index;
  /** Its coordinate along each axis under a window. */
  readonly along: readonly Coordinate[];
  /** Whether there is an element, if that is not certain. */
  readonly condition: Placed | undefined;
  readonly mask: Placed | undefined;
}

/** The operand's element under step `steps[k]` of the window at `places`. */
function elementUnder(
  e: Evaluator,
  axes: readonly Axis[],
  places: readonly Index[],
  steps: readonly (Int | undefined)[],
  active: Placed | undefined,
): Under {
  const { coordinates } = e;
  let condition: Placed | undefined;
  let mask = active;
  const along: Coordinate[] = [];
  const index = axes.flatMap(({ window: w, operand, result }, k): readonly Part[] => {
    along[k] = affine(0);
    if (w === undefined) return places[k];
    const step = coordinates.ints.mul(steps[k] ?? 0, w.windowDilation);
    const start = coordinates.add(coordinates.scale(merged(coordinates, places[k]), w.stride), -w.padLow);
    const at = coordinates.sum(start, affine(step));
    const reach = (result - 1) * w.stride + (w.size - 1) * w.windowDilation - w.padLow;
    const last = (operand - 1) * w.baseDilation;
    if (w.padLow <= 0 && reach <= last && w.baseDilation === 1) {
      along[k] = at;
      return operand === 1 ? [] : [{ size: operand, coordinate: at }];
    }
    let inside = coordinates.inside(at, last + 1);
    let place: Coordinate = at;
    if (w.baseDilation > 1) {
      const safe = coordinates.clamp(isUniform(at) ? at : lanesFrom(e, at), last + 1);
      inside = coordinates.and(inside, coordinates.isZero(coordinates.rem(safe, w.baseDilation)));
      place = coordinates.div(safe, w.baseDilation);
    }
    condition = coordinates.and(condition, inside);
    mask = mustMask(place, inside, mask, e);
    along[k] = coordinates.clamp(place, operand);
    return operand === 1 ? [] : [{ size: operand, coordinate: along[k] }];
  });
  return { index, along, condition, mask };
}

export function evaluateReduceWindow(
  e: Evaluator,
  i: Instr<"reduce-window">,
  index: Index,
  active: Placed | undefined,
): readonly Computed[] {
  const count = i.operands.length / 2;
  const [result, operand] = [dimsOf(i), dimsOf(i.operands[0])];
  const axes = axesOf(result, operand, i.window);
  const inits = i.operands.slice(count).map((x) => e.evaluate(x, []));
  if (operand.includes(0) || i.window.some((w) => w.size === 0)) return inits;
  const places = regroup(
    index,
    axes.map((a) => a.result),
    splitIndex(e.coordinates),
  );
  const depth = Math.max(e.loopDepth, indexDepth(index), active?.depth ?? 0, ...inits.map((x) => x.depth));
  const lanes = index.every((p) => isUniform(p.coordinate)) ? 1 : e.lanes;
  const reducer = new Reducer(
    i.computation,
    i.operands.slice(0, count).map((x) => arrayOf(x).dtype),
  );
  const windowed = axes.filter((a) => a.window !== undefined);
  return e.frame.hoisted(depth, () => {
    const totals = nestedLoops(
      e,
      windowed.map((a) => a.window?.size ?? 1),
      spreadValues(e, depth, lanes, inits),
      (at, carried) => {
        const steps = axes.map((a) => (a.window === undefined ? undefined : at[windowed.indexOf(a)]));
        const under = elementUnder(e, axes, places, steps, active);
        const xs = i.operands.slice(0, count).map((x) => e.evaluate(x, under.index, under.mask));
        const cx = e.context(e.frame.depth, lanes);
        const next = reducer.step(cx, carried, spreadValues(e, e.frame.depth, lanes, xs));
        const { condition } = under;
        return condition === undefined ? next : next.map((v, k) => chooseValue(cx.builder, condition, v, carried[k]));
      },
    );
    const here = e.frame.depth;
    return reducer.finish(e.context(here, lanes), totals).map((value) => ({ value, depth: here }));
  });
}

/**
 * For each element of the result: the windows that cover it, in order, and for each whether it is the element that the
 * window chooses; if so, the window's source value is taken in.
 */
export function evaluateSelectAndScatter(
  e: Evaluator,
  i: Instr<"select-and-scatter">,
  index: Index,
  active: Placed | undefined,
): Computed {
  const { coordinates } = e;
  const [, source, init] = i.operands;
  const { dims } = i.shape;
  const axes = axesOf(arrayOf(source).dims, dims, i.window);
  const start = e.evaluate(init, []);
  if (arrayOf(source).dims.includes(0)) return start;
  const places = regroup(
    index,
    axes.map((a) => a.operand),
    splitIndex(coordinates),
  );
  const depth = Math.max(e.loopDepth, indexDepth(index), active?.depth ?? 0, start.depth);
  const lanes = index.every((p) => isUniform(p.coordinate)) ? 1 : e.lanes;
  const windowed = axes.filter((a) => a.window !== undefined);
  /** How many windows can cover an element along an axis. */
  const covers = (w: WindowDim) => Math.floor(((w.size - 1) * w.windowDilation) / w.stride) + 1;

  return e.frame.hoisted(depth, () => {
    const totals = nestedLoops(
      e,
      windowed.map(({ window: w }) => (w === undefined ? 1 : covers(w))),
      spreadValues(e, depth, lanes, [start]),
      (at, carried) => {
        let condition: Placed | undefined;
        let mask = active;
        const window = axes.map((axis, k): Index => {
          const { window: w, result } = axis;
          if (w === undefined) return places[k];
          // Windows in their order: the one `back` places before the last that can reach the element.
          const back = coordinates.ints.sub(covers(w) - 1, at[windowed.indexOf(axis)]);
          // Moved up by whole strides, so that the quotient is of a number that is not negative.
          const lift = Math.max(0, Math.ceil(-w.padLow / w.stride)) + covers(w);
          const reached = coordinates.add(merged(coordinates, places[k]), w.padLow + lift * w.stride);
          const quotient = coordinates.div(reached, w.stride);
          const q = coordinates.sum(coordinates.add(quotient, -lift), affine(coordinates.ints.mul(back, -1)));
          const inside = coordinates.inside(q, result);
          condition = coordinates.and(condition, inside);
          mask = mustMask(q, inside, mask, e);
          return result === 1 ? [] : [{ size: result, coordinate: coordinates.clamp(q, result) }];
        });
        const wins = coordinates.and(condition, choosesOwn(e, i, axes, window, places, lanes, mask));
        const x = e.evaluate(source, window.flat(), mask);
        const cx = e.context(e.frame.depth, lanes);
        const [sum] = e.apply(i.scatter, [carried[0], spreadValue(cx, x.value)], lanes);
        return [chooseValue(cx.builder, wins, sum, carried[0])];
      },
    );
    return { value: totals[0], depth: e.frame.depth };
  });
}

/** Whether the element that the window at `window` chooses is the one at `own`. */
function choosesOwn(
  e: Evaluator,
  i: Instr<"select-and-scatter">,
  axes: readonly Axis[],
  window: readonly Index[],
  own: readonly Index[],
  lanes: number,
  active: Placed | undefined,
): Placed {
  const { coordinates, frame } = e;
  const windowed = axes.filter((a) => a.window !== undefined);
  const [operand] = i.operands;
  const outer = e.context(frame.depth, lanes);
  const truth = (value: boolean): Value => emitConstant(outer, "bool", value);
  const nothing = emitConstant(outer, i.shape.dtype, i.shape.dtype === "bool" ? false : 0);
  const [, mine] = nestedLoops(
    e,
    windowed.map((a) => a.window?.size ?? 1),
    [nothing, truth(false), truth(false)],
    (at, [kept, mineSoFar, seen]) => {
      const steps = axes.map((a) => (a.window === undefined ? undefined : at[windowed.indexOf(a)]));
      const under = elementUnder(e, axes, window, steps, active);
      const x = e.evaluate(operand, under.index, under.mask);
      let isOwn = coordinates.truth;
      axes.forEach((a, k) => {
        if (a.window === undefined || a.operand === 1) return;
        isOwn = coordinates.and(isOwn, coordinates.same(under.along[k], merged(coordinates, own[k])));
      });
      const cx = e.context(frame.depth, lanes);
      const { builder: b } = cx;
      const candidate = spreadValue(cx, x.value);
      const [keeps] = e.apply(i.select, [kept, candidate], lanes);
      const stays = arithmetic(b, "and", single(seen), single(keeps));
      const all = (p: Placed): IrValue => coordinates.widen(p, lanes).value;
      const present = all(under.condition ?? coordinates.truth);
      const takes = arithmetic(b, "and", present, arithmetic(b, "xor", stays, single(truth(true))));
      return [
        chooseValue(b, { value: takes, depth: frame.depth }, candidate, kept),
        choose(b, takes, all(isOwn), single(mineSoFar)),
        arithmetic(b, "or", present, single(seen)),
      ];
    },
  );
  return { value: single(mine), depth: frame.depth };
}
