/**
 * What one loop leaves behind for another, step by step, costs memory for all its steps at once. Where it is cheap
 * arithmetic on what is left behind as well, such as y(1 − y) of y, the other loop does it again instead.
 */
import type { HloInstruction, Instr, Opcode } from "../../hlo/instruction.js";
import { sameDims } from "../../hlo/shape.js";
import { resultsOf } from "../facts/dependence.js";
import { splatNumber } from "../facts/literals.js";
import { isInvariant, isOnePlace, placeWritten, stepOf, visitsEach } from "../facts/loop-steps.js";
import { dimsOf, range } from "../facts/shapes.js";
import { counterOf } from "../facts/trip-count.js";
import type { Copier } from "../rewriting/copier.js";
import { loopOver } from "../rewriting/loops.js";
import { rule } from "../rewriting/rule.js";

type While = Instr<"while">;
type DynamicSlice = Instr<"dynamic-slice">;

const cheap: ReadonlySet<Opcode> = new Set<Opcode>([
  "abs", "add", "and", "compare", "convert", "maximum", "minimum", "multiply", "negate", "not", "or", "select", "sign",
  "square", "subtract", "xor",
]); // biome-ignore format: a table

/** Instructions that doing it again may take. */
const mostInstructions = 4;

/** Arithmetic on steps of arrays that are there after the first loop, all at the place that the turn writes. */
interface Recipe {
  readonly value: HloInstruction;
  readonly instructions: readonly HloInstruction[];
  readonly arrays: ReadonlyMap<HloInstruction, HloInstruction>;
}

/** How the steps of the `position`-th result of a loop are made of steps of others that are at hand. */
const recipeOf = (
  loop: While,
  position: number,
  resultAt: (k: number) => HloInstruction | undefined,
): Recipe | undefined => {
  const results = resultsOf(loop.body);
  const counter = counterOf(loop);
  if (results === undefined || counter === undefined) return undefined;
  const places = results.map((result, k) => placeWritten(result, loop.body.parameters[k]));
  const at = places[position];
  if (at === undefined || !visitsEach(loop, counter, at, dimsOf(results[position])[0])) return undefined;
  const [, ...dims] = dimsOf(results[position]);
  const written = (k: number): HloInstruction => {
    const update = results[k].operands[1];
    return update.opcode === "reshape" && sameDims(dimsOf(update.operands[0]), dims) ? update.operands[0] : update;
  };
  const value = written(position);
  const stacks = new Map<HloInstruction, HloInstruction>();
  places.forEach((place, k) => {
    const stack = place === at && sameDims(dimsOf(results[k]), dimsOf(results[position])) ? resultAt(k) : undefined;
    if (stack !== undefined && written(k) !== value) stacks.set(written(k), stack);
  });

  const instructions: HloInstruction[] = [];
  const arrays = new Map<HloInstruction, HloInstruction>();
  const make = (i: HloInstruction): boolean => {
    if (instructions.includes(i) || arrays.has(i) || splatNumber(i) !== undefined) return true;
    const stack = stacks.get(i);
    const step = stack === undefined ? stepOf(loop, i) : undefined;
    if (stack !== undefined) arrays.set(i, stack);
    else if (step !== undefined && step.at === at) arrays.set(i, loop.operands[step.array.index]);
    else {
      if (!cheap.has(i.opcode) || instructions.length === mostInstructions || !i.operands.every(make)) return false;
      instructions.push(i);
    }
    return true;
  };
  // A value that is itself a step, or a number, is not made of anything.
  return sameDims(dimsOf(value), dims) && cheap.has(value.opcode) && make(value) && arrays.size > 0
    ? { value, instructions, arrays }
    : undefined;
};

/** All that reads an array which no turn changes, if that is whole steps of it. */
const stepsRead = (loop: While, array: HloInstruction): readonly DynamicSlice[] | undefined => {
  const readers = loop.body.instructions.filter((i) => i !== loop.body.root && i.operands.includes(array));
  const isStep = (i: HloInstruction): i is DynamicSlice =>
    i.opcode === "dynamic-slice" && isOnePlace(array, i.sizes, i.operands.slice(1));
  return readers.length > 0 && readers.every(isStep) ? readers : undefined;
};

interface Found {
  readonly position: number;
  readonly recipe: Recipe;
  readonly reads: readonly DynamicSlice[];
}

const findIn = (loop: While, isShared: (i: HloInstruction) => boolean): Found | undefined => {
  for (const [position, x] of loop.operands.entries()) {
    if (x.opcode !== "get-tuple-element" || x.operands[0].opcode !== "while" || isShared(x)) continue;
    const before = x.operands[0];
    const array = loop.body.parameters[position];
    const reads = isInvariant(loop, array) ? stepsRead(loop, array) : undefined;
    if (reads === undefined) continue;
    const recipe = recipeOf(before, x.index, (k) =>
      loop.operands.find((o) => o.opcode === "get-tuple-element" && o.operands[0] === before && o.index === k),
    );
    if (recipe !== undefined) return { position, recipe, reads };
  }
  return undefined;
};

/** The value of a recipe, given the steps it is made of. */
const follow = (b: Copier, { value, instructions }: Recipe, steps: ReadonlyMap<HloInstruction, HloInstruction>) => {
  const made = new Map(steps);
  const read = (i: HloInstruction): HloInstruction => {
    const known = made.get(i);
    if (known !== undefined) return known;
    const copy = b.copy(i, i.operands.map(read));
    made.set(i, copy);
    return copy;
  };
  instructions.forEach(read);
  return read(value);
};

const stepsMadeAgain = rule({
  name: "steps-made-again",
  match: ["while"],
  rewrite: (loop, cx) => {
    const results = resultsOf(loop.body);
    const found = findIn(loop, (i) => cx.isShared(i));
    if (found === undefined || results === undefined) return undefined;
    const { position, recipe, reads } = found;
    const kept = range(results.length).filter((k) => k !== position);
    const after = loopOver(cx, loop, kept, [...recipe.arrays.values()], ({ b, own, added }) => {
      const instead = new Map<HloInstruction, HloInstruction>();
      for (const read of reads) {
        const starts = b.copyBody(loop.body, own, read.operands.slice(1));
        const stepAt = (array: HloInstruction): HloInstruction =>
          b.reshape(b.dynamicSlice(array, starts, [1, ...dimsOf(array).slice(1)]), dimsOf(array).slice(1));
        const steps = new Map([...recipe.arrays.keys()].map((i, k) => [i, stepAt(added[k])]));
        instead.set(read, b.reshape(follow(b, recipe, steps), read.sizes));
      }
      const next = kept.map((k) => results[k]);
      return [...b.copyBody(loop.body, own, next, instead), ...added];
    });
    const finals = new Map(kept.map((k, place) => [k, after[place]]));
    return cx.tuple(range(results.length).map((k) => finals.get(k) ?? loop.operands[k]));
  },
});

export const loopResidualRules = [stepsMadeAgain];
