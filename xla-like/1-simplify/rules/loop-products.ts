/**
 * Products in a loop of what no turn changes: as much as can be is done before the loop. Recurrent networks apply their
 * input weights to all steps in one product, and lay out their other weights once.
 */

import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { bytesOf, sizeOf } from "../../hlo/shape.js";
import { resultsOf } from "../facts/dependence.js";
import { freeDims } from "../facts/dot.js";
import { isInvariant, type Step, stepOf } from "../facts/loop-steps.js";
import { dimsOf, range, rankOf } from "../facts/shapes.js";
import { tripCount } from "../facts/trip-count.js";
import { dotLike } from "../rewriting/dots.js";
import { loopOver, mayGrowBy, startsAt } from "../rewriting/loops.js";
import { rule } from "../rewriting/rule.js";

type While = Instr<"while">;
type Dot = Instr<"dot">;
type Parameter = Instr<"parameter">;

/** The first instruction of the body of which something is known. */
const findInBody = <T>(loop: While, what: (i: HloInstruction) => T | undefined): T | undefined => {
  for (const i of loop.body.instructions) {
    const found = what(i);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** A product of a step and of an array that no turn changes. */
interface ProductOfStep {
  readonly dot: Dot;
  readonly step: Step;
  readonly weights: Parameter;
}

const productOfStep = (loop: While, dot: HloInstruction): ProductOfStep | undefined => {
  if (dot.opcode !== "dot" || dot.dims.lhsBatch.length > 0) return undefined;
  const [x, weights] = dot.operands;
  const step = stepOf(loop, x);
  if (step === undefined || !isInvariant(loop, weights)) return undefined;
  // Every place is multiplied before the loop, whichever the loop comes by.
  const [places] = dimsOf(step.array);
  const isWorthIt = places > 1 && 2 * (tripCount(loop) ?? 0) >= places && mayGrowBy(loop, places * bytesOf(dot.shape));
  return isWorthIt ? { dot, step, weights } : undefined;
};

/** A product of one step of an array is a step of the product of the array. */
const productsOfSteps = rule({
  name: "products-of-steps",
  match: ["while"],
  exactness: "order",
  rewrite: (loop, cx) => {
    const results = resultsOf(loop.body);
    const found = findInBody(loop, (i) => productOfStep(loop, i));
    if (found === undefined || results === undefined) return undefined;
    const { dot, step, weights } = found;
    const product = dotLike(cx, dot, loop.operands[step.array.index], loop.operands[weights.index], {
      ...dot.dims,
      lhsContracting: dot.dims.lhsContracting.map((d) => d + 1),
    });
    const after = loopOver(cx, loop, range(results.length), [product], ({ b, own, added: [all] }) => {
      const [at] = b.copyBody(loop.body, own, [step.at]);
      const { dims } = dot.shape;
      const slice = b.reshape(b.dynamicSlice(all, startsAt(b, all, at), [1, ...dims]), dims);
      return [...b.copyBody(loop.body, own, results, new Map([[dot, slice]])), all];
    });
    return cx.tuple(after.slice(0, -1));
  },
});

/** Products of more rows than these lay out their operands themselves, and as well. */
const fewRows = 64;
/** Loops of fewer turns than these are not worth another array. */
const fewTurns = 4;

/** A product of few rows and of a matrix that no turn changes and whose columns are not beside each other. */
const productOfColumns = (loop: While, i: HloInstruction): { dot: Dot; weights: Parameter } | undefined => {
  if (i.opcode !== "dot" || i.dims.lhsBatch.length > 0) return undefined;
  const weights = i.operands[1];
  if (!isInvariant(loop, weights) || rankOf(weights) !== 2 || i.dims.rhsContracting[0] !== 1) return undefined;
  const rows = sizeOf(freeDims(i, 0).map((d) => dimsOf(i.operands[0])[d]));
  const isWorthIt = rows <= fewRows && (tripCount(loop) ?? 0) >= fewTurns && mayGrowBy(loop, bytesOf(weights.shape));
  return isWorthIt ? { dot: i, weights } : undefined;
};

/** A matrix that a loop multiplies by, column by column, is transposed before the loop. */
const matrixBeforeLoop = rule({
  name: "transpose-before-loop",
  match: ["while"],
  rewrite: (loop, cx) => {
    const results = resultsOf(loop.body);
    const found = findInBody(loop, (i) => productOfColumns(loop, i));
    if (found === undefined || results === undefined) return undefined;
    const { dot, weights } = found;
    const transposed = cx.transpose(loop.operands[weights.index], [1, 0]);
    const after = loopOver(cx, loop, range(results.length), [transposed], ({ b, own, added: [matrix] }) => {
      const [x] = b.copyBody(loop.body, own, [dot.operands[0]]);
      const product = dotLike(b, dot, x, matrix, { ...dot.dims, rhsContracting: [0] });
      return [...b.copyBody(loop.body, own, results, new Map([[dot, product]])), matrix];
    });
    return cx.tuple(after.slice(0, -1));
  },
});

export const loopProductRules = [productsOfSteps, matrixBeforeLoop];
