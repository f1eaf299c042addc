/**
 * Sums over the turns of a loop of products, each of one step: they are the product over all steps, after the loop. The
 * gradients of a recurrent network's weights are computed so, once, from what the turns leave behind.
 */

import type { DotDims, HloInstruction, Instr } from "../../hlo/instruction.js";
import { bytesOf, sizeOf } from "../../hlo/shape.js";
import { parametersBehind, resultsOf } from "../facts/dependence.js";
import { isSplat } from "../facts/literals.js";
import { readersIn, type Step, stepOf, visitsEach } from "../facts/loop-steps.js";
import { knownReducer } from "../facts/reducers.js";
import { arrayShapeOf, dimsOf, range } from "../facts/shapes.js";
import { counterOf } from "../facts/trip-count.js";
import { dotLike } from "../rewriting/dots.js";
import { loopOver, mayGrowBy, startsAt } from "../rewriting/loops.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

type While = Instr<"while">;
type Dot = Instr<"dot">;
type Reduce = Instr<"reduce">;

/** Products that add up this many terms in one turn gain nothing from adding up more. */
const manyTerms = 512;

/** A carried value to which each turn adds what it computes, and does nothing else with. */
interface Sum<T extends HloInstruction> {
  readonly position: number;
  readonly added: T;
}

/** A sum of products of two arrays, of which one is a step or both are. */
interface SumOfProducts extends Sum<Dot> {
  readonly steps: readonly (Step | undefined)[];
  readonly at: HloInstruction;
}

const sumsOf = (loop: While): Sum<HloInstruction>[] => {
  const readers = readersIn(loop);
  const tested = parametersBehind([loop.condition.root]);
  return (resultsOf(loop.body) ?? []).flatMap((sum, position): Sum<HloInstruction>[] => {
    const before = loop.body.parameters[position];
    if (sum.opcode !== "add" || tested.has(position) || !sum.operands.includes(before)) return [];
    const added = sum.operands.find((x) => x !== before);
    const isOnlyAdded = added !== undefined && [sum, before, added].every((i) => readers.get(i) === 1);
    return isOnlyAdded ? [{ position, added }] : [];
  });
};

const termsOf = (dot: Dot): number => sizeOf(dot.dims.lhsContracting.map((d) => dimsOf(dot.operands[0])[d]));

/** The sums of products that can wait for the end, all of the same step. */
const sumsOfProducts = (loop: While, sums: readonly Sum<HloInstruction>[]): SumOfProducts[] => {
  const counter = counterOf(loop);
  if (counter === undefined || counter.trips < 2) return [];
  const found = sums.flatMap(({ position, added: dot }): SumOfProducts[] => {
    if (dot.opcode !== "dot" || dot.dims.lhsBatch.length > 0 || termsOf(dot) >= manyTerms) return [];
    const steps = dot.operands.map((x) => stepOf(loop, x));
    const first = steps.find((step) => step !== undefined);
    if (first === undefined || !visitsEach(loop, counter, first.at, dimsOf(first.array)[0])) return [];
    const isBeside = (step: Step | undefined): boolean => step?.at === first.at;
    return [{ position, added: dot, steps: steps.map((step) => (isBeside(step) ? step : undefined)), at: first.at }];
  });
  return found.filter(({ at }) => at === found[0].at);
};

/** Sums of elements of what is kept for products anyway. */
const sumsOfElements = (sums: readonly Sum<HloInstruction>[], kept: ReadonlySet<HloInstruction>): Sum<Reduce>[] =>
  sums.flatMap(({ position, added }): Sum<Reduce>[] => {
    if (added.opcode !== "reduce" || added.operands.length !== 2) return [];
    const isSum = knownReducer(added.computation) === "add" && isSplat(added.operands[1], 0);
    return isSum && kept.has(added.operands[0]) ? [{ position, added }] : [];
  });

const shifted = (list: readonly number[]): number[] => list.map((d) => d + 1);

const withSteps = (dims: DotDims): DotDims => ({
  ...dims,
  lhsContracting: [0, ...shifted(dims.lhsContracting)],
  rhsContracting: [0, ...shifted(dims.rhsContracting)],
});

/** The sum over all turns, of the operands that all turns have left behind. */
const whole = (cx: RewriteContext, added: Dot | Reduce, operands: readonly HloInstruction[]): HloInstruction => {
  if (added.opcode === "dot") return dotLike(cx, added, operands[0], operands[1], withSteps(added.dims));
  const { dtype } = arrayShapeOf(operands[0]);
  return cx.reduce([operands[0]], [cx.fill(0, dtype, [])], [0, ...shifted(added.dimensions)], added.computation)[0];
};

const sumsOfSteps = rule({
  name: "sums-over-steps",
  match: ["while"],
  exactness: "order",
  rewrite: (loop, cx) => {
    const sums = sumsOf(loop);
    const products = sumsOfProducts(loop, sums);
    if (products.length === 0) return undefined;
    const [{ at, steps: firstSteps }] = products;
    const [places] = dimsOf((firstSteps[0] ?? (firstSteps[1] as Step)).array);
    // What a turn computes is kept for each place, once for all the products it is in.
    const stacked = [
      ...new Set(products.flatMap(({ added, steps }) => added.operands.filter((_, k) => steps[k] === undefined))),
    ];
    const shapes = stacked.map(arrayShapeOf);
    if (!mayGrowBy(loop, places * shapes.reduce((sum, shape) => sum + bytesOf(shape), 0))) return undefined;

    const late = [...products, ...sumsOfElements(sums, new Set(stacked))];
    const results = loop.body.root.operands;
    const kept = range(results.length).filter((k) => late.every(({ position }) => position !== k));
    const next = kept.map((k) => results[k]);
    const inits = shapes.map(({ dtype, dims }) => cx.fill(0, dtype, [places, ...dims]));
    const after = loopOver(cx, loop, kept, inits, ({ b, own, added }) => {
      const [place, ...values] = b.copyBody(loop.body, own, [at, ...stacked, ...next]);
      const stacks = added.map((stack, k) =>
        b.dynamicUpdateSlice(stack, b.reshape(values[k], [1, ...shapes[k].dims]), startsAt(b, stack, place)),
      );
      return [...values.slice(stacked.length), ...stacks];
    });

    const finals = new Map(kept.map((k, place) => [k, after[place]]));
    const allTurns = (x: HloInstruction): HloInstruction => {
      const k = stacked.indexOf(x);
      return k < 0 ? loop.operands[(stepOf(loop, x) as Step).array.index] : after[kept.length + k];
    };
    for (const { position, added } of late) {
      const operands = added.opcode === "dot" ? added.operands : added.operands.slice(0, 1);
      finals.set(position, cx.binary("add", loop.operands[position], whole(cx, added, operands.map(allTurns))));
    }
    return cx.tuple(range(results.length).map((k) => finals.get(k) as HloInstruction));
  },
});

export const loopSumRules = [sumsOfSteps];
