/** Arrays that a loop fills place by place need not hold anything before. */

import type { Instr } from "../../hlo/instruction.js";
import { bytesOf } from "../../hlo/shape.js";
import { parametersBehind, resultsOf } from "../facts/dependence.js";
import { splatOf } from "../facts/literals.js";
import { placeWritten, readersIn, visitsEach } from "../facts/loop-steps.js";
import { arrayShapeOf, dimsOf } from "../facts/shapes.js";
import { counterOf } from "../facts/trip-count.js";
import { rule } from "../rewriting/rule.js";

/** Filling less than this costs nothing. */
const fewBytes = 4096;

/** The carried values that begin with a fill of which nothing is left, and nothing read. */
const filledByTurns = (loop: Instr<"while">): number[] => {
  const results = resultsOf(loop.body);
  const counter = counterOf(loop);
  if (results === undefined || counter === undefined) return [];
  const readers = readersIn(loop);
  const tested = parametersBehind([loop.condition.root]);
  return results.flatMap((result, k) => {
    const stack = loop.body.parameters[k];
    if (splatOf(loop.operands[k]) === undefined || bytesOf(stack.shape) < fewBytes || tested.has(k)) return [];
    const at = placeWritten(result, stack);
    const isFilled = at !== undefined && visitsEach(loop, counter, at, dimsOf(stack)[0]);
    return isFilled && readers.get(stack) === 1 && readers.get(result) === 1 ? [k] : [];
  });
};

const stacksUnfilled = rule({
  name: "stack-not-filled-before",
  match: ["while"],
  rewrite: (loop, cx) => {
    const filled = filledByTurns(loop);
    if (filled.length === 0) return undefined;
    const operands = loop.operands.map((x, k) =>
      filled.includes(k) ? cx.customCall("allocate", [], [arrayShapeOf(x)])[0] : x,
    );
    return cx.tuple(cx.while(loop.condition, loop.body, operands));
  },
});

export const loopStackRules = [stacksUnfilled];
