/** Calls and branches that are known beforehand are inlined; branches take and give only what is needed. */
import type { HloComputation, HloInstruction, Instr } from "../../hlo/instruction.js";
import { parametersBehind, parametersBehindEffects, resultsOf } from "../facts/dependence.js";
import { copySplat, splatNumber, splatOf } from "../facts/literals.js";
import { arrayShapeOf, byNumber, range } from "../facts/shapes.js";
import { type RewriteContext, rule } from "../rewriting/rule.js";

/** call(f, x) → f(x). */
const inlineCall = rule({
  name: "inline-call",
  match: ["call"],
  rewrite: ({ computation, operands }, cx) => cx.inline(computation, operands),
});

/** A conditional whose index is constant, or that has one branch, is that branch. */
const knownBranch = rule({
  name: "conditional-of-known-branch",
  match: ["conditional"],
  rewrite: ({ branches, operands: [index, ...operands] }, cx) => {
    const n = branches.length === 1 ? 0 : splatNumber(index);
    if (n === undefined) return undefined;
    return cx.inline(branches[Math.min(Math.max(n, 0), branches.length - 1)], operands);
  },
});

/** Branches that are all the same one. */
const sameBranches = rule({
  name: "conditional-of-same-branches",
  match: ["conditional"],
  rewrite: ({ branches, operands: [, ...operands] }, cx) =>
    branches.every((b) => b === branches[0]) ? cx.inline(branches[0], operands) : undefined,
});

/** Where every branch hands through the same operand, the result is the operand. */
const handedThrough = (i: Instr<"conditional">, k: number): HloInstruction | undefined => {
  const sources = new Set(
    i.branches.map((b) => {
      const result = resultsOf(b)?.[k];
      return result?.opcode === "parameter" ? i.operands[result.index + 1] : undefined;
    }),
  );
  const [source] = sources;
  return sources.size === 1 ? source : undefined;
};

/** What a narrowed conditional keeps, and where the parameters of its branches come from. */
interface Plan {
  readonly results: readonly number[];
  readonly parameters: readonly number[];
}

const planOf = (i: Instr<"conditional">, used: ReadonlySet<number>): Plan => {
  const results = range(i.shape.elements.length).filter((k) => used.has(k) && handedThrough(i, k) === undefined);
  const needed = new Set(
    i.branches.flatMap((b) => [
      ...parametersBehind(results.flatMap((k) => resultsOf(b)?.[k] ?? [])),
      ...parametersBehindEffects(b),
    ]),
  );
  const operands = i.operands.slice(1);
  // Constants go into the branches, and an operand that comes twice comes once.
  const passed = [...needed].map((k) => operands[k]).filter((x) => splatOf(x) === undefined);
  const parameters = [...new Set(passed)].map((x) => operands.indexOf(x)).sort(byNumber);
  return { results, parameters };
};

const narrowed = (cx: RewriteContext, i: Instr<"conditional">, b: HloComputation, plan: Plan): HloComputation => {
  const operands = i.operands.slice(1);
  const shapes = plan.parameters.map((k) => arrayShapeOf(operands[k]));
  return cx.derived(b, shapes, (c, given) => {
    const values = operands.map((x) =>
      splatOf(x) === undefined ? given[plan.parameters.indexOf(operands.indexOf(x))] : copySplat(c, x),
    );
    const results = resultsOf(b) ?? [];
    return c.copyBody(
      b,
      values,
      plan.results.map((k) => results[k]),
    );
  });
};

/** Operands that no branch needs and results that nobody uses are left out; constants move into the branches. */
const narrowConditional = rule({
  name: "narrow-conditional",
  match: ["conditional"],
  dependsOnUses: true,
  rewrite: (i, cx) => {
    const used = cx.usedElements(i);
    if (used === undefined || !i.branches.every(resultsOf)) return undefined;
    const plan = planOf(i, used);
    const [index, ...operands] = i.operands;
    const isSame = plan.results.length === i.shape.elements.length && plan.parameters.length === operands.length;
    if (isSame) return undefined;
    const branches = i.branches.map((b) => narrowed(cx, i, b, plan));
    const results = cx.conditional(
      index,
      branches,
      plan.parameters.map((k) => operands[k]),
    );
    return cx.tuple(
      i.shape.elements.map((s, k) => {
        const at = plan.results.indexOf(k);
        // Nobody reads the elements that are left out: any value of their type will do.
        return at >= 0 ? results[at] : (handedThrough(i, k) ?? cx.fill(0, s.dtype, s.dims));
      }),
    );
  },
});

export const callRules = [inlineCall, knownBranch, sameBranches, narrowConditional];
