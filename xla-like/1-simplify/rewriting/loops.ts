/** Loops with other carried values than they had. */

import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { bytesOf } from "../../hlo/shape.js";
import { arrayShapeOf, dimsOf, dtypeOf } from "../facts/shapes.js";
import type { Copier } from "./copier.js";
import type { RewriteContext } from "./rule.js";

type While = Instr<"while">;

/** What a turn has: the loop's own values, undefined where they are not kept, and those that were added. */
interface Turn {
  readonly b: Copier;
  readonly own: readonly (HloInstruction | undefined)[];
  readonly added: readonly HloInstruction[];
}

/** The loop over `kept` of its values and more, which begin as `inits`; `turn` gives all of them after a turn. */
export const loopOver = (
  cx: RewriteContext,
  loop: While,
  kept: readonly number[],
  inits: readonly HloInstruction[],
  turn: (t: Turn) => readonly HloInstruction[],
): HloInstruction[] => {
  const operands = [...kept.map((k) => loop.operands[k]), ...inits];
  const shapes = operands.map(arrayShapeOf);
  const places = loop.operands.map((_, k) => kept.indexOf(k));
  const turnOf = (b: Copier, given: readonly HloInstruction[]): Turn => ({
    b,
    own: places.map((place) => (place < 0 ? undefined : given[place])),
    added: given.slice(kept.length),
  });
  const condition = cx.derived(
    loop.condition,
    shapes,
    (b, given) => b.copyBody(loop.condition, turnOf(b, given).own, [loop.condition.root])[0],
  );
  const body = cx.derived(loop.body, shapes, (b, given) => turn(turnOf(b, given)));
  return cx.while(condition, body, operands);
};

/** The start of a slice at place `at` of the first dimension and at the beginning of all others. */
export const startsAt = (b: Copier, array: HloInstruction, at: HloInstruction): HloInstruction[] =>
  dimsOf(array).map((_, d) => (d === 0 ? at : b.scalar(dtypeOf(at), 0)));

/** What a loop may hold more than it does, as a share of that, and without question. */
const mostGrowth = 0.5;
const fewBytes = 2 ** 24;

export const mayGrowBy = (loop: While, bytes: number): boolean => {
  const held = loop.operands.reduce((sum, x) => sum + bytesOf(arrayShapeOf(x)), 0);
  return bytes <= Math.max(fewBytes, mostGrowth * held);
};
