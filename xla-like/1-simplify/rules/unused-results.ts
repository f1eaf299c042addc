/** Sorts and reductions of several arrays at once, and attention's gradient, leave out results that nobody uses. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { closure, parametersBehind, resultsOf } from "../facts/dependence.js";
import { dimsOf, dtypeOf, range } from "../facts/shapes.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

/** The results that stay, at their places in a tuple of all; the others hold whatever `spare` gives. */
const spread = (
  cx: RewriteContext,
  count: number,
  kept: readonly number[],
  results: readonly HloInstruction[],
  spare: (k: number) => HloInstruction,
): HloInstruction => cx.tuple(range(count).map((k) => (kept.includes(k) ? results[kept.indexOf(k)] : spare(k))));

/** An array that decides nothing about the order and that nobody uses is not sorted along. */
const narrowSort = rule({
  name: "narrow-sort",
  match: ["sort"],
  dependsOnUses: true,
  rewrite: (i, cx) => {
    const used = cx.usedElements(i);
    const n = i.operands.length;
    if (used === undefined || n === 1) return undefined;
    const compared = parametersBehind([i.comparator.root]);
    const kept = range(n).filter((k) => used.has(k) || compared.has(2 * k) || compared.has(2 * k + 1));
    if (kept.length === n) return undefined;
    const shapes = kept.flatMap((k) => [2 * k, 2 * k + 1]).map((p) => i.comparator.parameters[p].shape);
    const comparator = cx.derived(i.comparator, shapes, (b, given) => {
      const values = range(2 * n).map((p) => {
        const at = kept.indexOf(Math.floor(p / 2));
        return at < 0 ? undefined : given[2 * at + (p % 2)];
      });
      return b.copyBody(i.comparator, values, [i.comparator.root])[0];
    });
    const operands = kept.map((k) => i.operands[k]);
    const results = cx.sort(operands, i.dimension, comparator, { stable: i.stable });
    return spread(cx, n, kept, results, (k) => i.operands[k]);
  },
});

/** Lines of at most one element are sorted. */
const sortOfSingles = rule({
  name: "sort-of-single-elements",
  match: ["sort"],
  rewrite: (i, cx) => {
    if (dimsOf(i.operands[0])[i.dimension] > 1) return undefined;
    return i.operands.length === 1 ? i.operands[0] : cx.tuple(i.operands);
  },
});

/** An accumulator that nobody uses, and that no accumulator in use is computed from, is not kept. */
const narrowReduce = rule({
  name: "narrow-reduce",
  match: ["reduce"],
  dependsOnUses: true,
  rewrite: (i: Instr<"reduce">, cx) => {
    const used = cx.usedElements(i);
    const next = resultsOf(i.computation);
    if (used === undefined || next === undefined || i.shape.kind === "array") return undefined;
    const n = next.length;
    const needed = closure(used, (k) => [...parametersBehind([next[k]])].map((p) => p % n));
    const kept = range(n).filter((k) => needed.has(k));
    if (kept.length === n || kept.length === 0) return undefined;
    const shapes = [...kept, ...kept.map((k) => n + k)].map((p) => i.computation.parameters[p].shape);
    const computation = cx.derived(i.computation, shapes, (b, given) => {
      const values = range(2 * n).map((p) => {
        const at = kept.indexOf(p % n);
        return at < 0 ? undefined : given[p < n ? at : kept.length + at];
      });
      const results = b.copyBody(
        i.computation,
        values,
        kept.map((k) => next[k]),
      );
      return results.length === 1 ? results[0] : results;
    });
    const inputs = kept.map((k) => i.operands[k]);
    const inits = kept.map((k) => i.operands[n + k]);
    const results = cx.reduce(inputs, inits, i.dimensions, computation);
    const { elements } = i.shape;
    return spread(cx, n, kept, results, (k) => cx.fill(0, dtypeOf(i.operands[k]), elements[k].dims));
  },
});

/** Masks are biases that need no gradient. */
const narrowAttentionGradient = rule({
  name: "narrow-attention-gradient",
  match: ["custom-call"],
  dependsOnUses: true,
  rewrite: (i, cx) => {
    if (i.target !== "attention-gradient" || i.shape.elements.length < 4) return undefined;
    const used = cx.usedElements(i);
    if (used === undefined || used.has(3)) return undefined;
    const { elements } = i.shape;
    const config = { ...i.config, biasGradient: false };
    const results = cx.customCall(i.target, i.operands, elements.slice(0, 3), { config });
    return cx.tuple([...results, cx.fill(0, elements[3].dtype, elements[3].dims)]);
  },
});

/** What attention needs to know of its uses before anything decides how it is computed. */
export const attentionRules = [narrowAttentionGradient];
export const unusedResultRules = [sortOfSingles, narrowSort, narrowReduce, ...attentionRules];
