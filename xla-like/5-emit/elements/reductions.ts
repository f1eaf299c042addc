/** reduce within an expression: a loop over the reduced dimensions, for each vector of results. */
import type { Instr } from "../../hlo/instruction.js";
import type { IrValue } from "../scalar/ir.js";
import { isComplexValue, spreadValue, type Value } from "../scalar/value.js";
import { arrayOf, type Computed } from "./computed.js";
import { affine, isUniform } from "./coordinates.js";
import type { Evaluator } from "./evaluator.js";
import { reduceForm } from "./forms.js";
import { constantInt, type Placed } from "./frame.js";
import { type Index, indexDepth, regroup, splitIndex } from "./index.js";
import { Reducer } from "./reducer.js";

/** Values as the loops carry them, complex ones in two. */
export const flatten = (values: readonly Value[]): readonly IrValue[] =>
  values.flatMap((v) => (isComplexValue(v) ? [v.re, v.im] : [v]));

/** Values shaped as `like` from flat ones. */
export function unflatten(flat: readonly IrValue[], like: readonly Value[]): readonly Value[] {
  let k = 0;
  return like.map((v) => (isComplexValue(v) ? { re: flat[k++], im: flat[k++] } : flat[k++]));
}

/** Nested loops over [0, sizes…), around what `body` makes of the carried values; those after the last round. */
export function nestedLoops(
  e: Evaluator,
  sizes: readonly number[],
  carried: readonly Value[],
  body: (at: readonly ReturnType<typeof constantInt>[], carried: readonly Value[]) => readonly Value[],
): readonly Value[] {
  const go = (k: number, at: readonly ReturnType<typeof constantInt>[], values: readonly Value[]): readonly Value[] => {
    if (k === sizes.length) return body(at, values);
    if (sizes[k] === 1) return go(k + 1, [...at, constantInt(0)], values);
    const loop = e.frame.openLoop(constantInt(0), constantInt(sizes[k]), 1, true, flatten(values));
    const nexts = go(k + 1, [...at, loop.index], unflatten(loop.carried, values));
    e.frame.closeLoop(loop, flatten(nexts));
    return nexts;
  };
  return go(0, [], carried);
}

export function evaluateReduce(
  e: Evaluator,
  i: Instr<"reduce">,
  index: Index,
  active: Placed | undefined,
): readonly Computed[] {
  const count = i.operands.length / 2;
  const form = reduceForm(i);
  const kept = regroup(index, form.groups, splitIndex(e.coordinates));
  const inits = i.operands.slice(count).map((x) => e.evaluate(x, []));
  if (form.sizes.includes(0)) return inits;
  const depth = Math.max(e.loopDepth, indexDepth(index), active?.depth ?? 0, ...inits.map((x) => x.depth));
  const lanes = index.every((p) => isUniform(p.coordinate)) ? 1 : e.lanes;
  const reducer = new Reducer(
    i.computation,
    i.operands.slice(0, count).map((x) => arrayOf(x).dtype),
  );
  return e.frame.hoisted(depth, () => {
    const start = spreadValues(e, depth, lanes, inits);
    const totals = nestedLoops(
      e,
      form.sizes.filter((_, k) => form.reduced[k]),
      start,
      (at, carried) => {
        let [group, step] = [0, 0];
        const inner = form.sizes.flatMap((size, k) => {
          if (!form.reduced[k]) return kept[group++];
          const coordinate = affine(at[step++]);
          return size === 1 ? [] : [{ size, coordinate }];
        });
        const xs = i.operands.slice(0, count).map((x) => e.evaluate(x, inner, active));
        const here = e.frame.depth;
        return reducer.step(e.context(here, lanes), carried, spreadValues(e, here, lanes, xs));
      },
    );
    const here = e.frame.depth;
    return reducer.finish(e.context(here, lanes), totals).map((value) => ({ value, depth: here }));
  });
}

export const spreadValues = (e: Evaluator, depth: number, lanes: number, xs: readonly Computed[]): readonly Value[] =>
  xs.map((x) => spreadValue(e.context(depth, lanes), x.value));
