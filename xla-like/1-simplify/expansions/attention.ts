/**
 * Attention as products and arithmetic of rows, for devices without a routine that does all of it. Scores and weights
 * are float32 at least. Query heads that share a head of keys become more rows of its one product, so that keys and
 * values are never repeated.
 */
import { AttentionHeads } from "../../hlo/attention-heads.js";
import { computationsOf } from "../../hlo/graph.js";
import type { HloInstruction, HloModule, Instr } from "../../hlo/instruction.js";
import { rewriteToFixpoint } from "../rewriting/fixpoint.js";
import { type RewriteContext, type Rule, rule } from "../rewriting/rule.js";
import { tupleRules } from "../rules/tuples.js";
import { attentionRules } from "../rules/unused-results.js";

type Call = Instr<"custom-call">;

const isAttention = (i: HloInstruction): i is Call =>
  i.opcode === "custom-call" && (i.target === "attention" || i.target === "attention-gradient");

/** Expands each call of attention but those that `keeps` says a routine computes, without results that nobody uses. */
export const expandAttention = (module: HloModule, keeps: (call: Call) => boolean = () => false): HloModule => {
  const isToExpand = (i: HloInstruction): i is Call => isAttention(i) && !keeps(i);
  if (!computationsOf(module).some((c) => c.instructions.some(isAttention))) return module;
  return rewriteToFixpoint([...attentionRules, expansion(isToExpand), ...tupleRules])(module);
};

const expansion = (isToExpand: (i: HloInstruction) => i is Call): Rule =>
  rule({
    name: "expand-attention",
    match: ["custom-call"],
    exactness: "order",
    rewrite: (i, cx) => {
      if (!isToExpand(i)) return undefined;
      return cx.tuple(i.target === "attention" ? results(cx, i) : gradients(cx, i));
    },
  });

const headsOf = (cx: RewriteContext, { operands, config }: Call): AttentionHeads =>
  new AttentionHeads(cx, operands, config);

function results(cx: RewriteContext, i: Call): HloInstruction[] {
  const heads = headsOf(cx, i);
  const { type } = heads;
  const scores = heads.scores(i.operands[3]);
  const least = cx.scalar(type, Number.NEGATIVE_INFINITY);
  const [greatest] = cx.reduce([scores], [least], [3], cx.reducer("maximum", type));
  const powers = cx.unary("exponential", cx.binary("subtract", scores, heads.forKeys(greatest)));
  const sums = heads.sum(powers, [3]);
  const weights = cx.binary("divide", powers, heads.forKeys(sums));
  const out = heads.fromRows(heads.mixColumns(weights, heads.values));
  // A query that sees nothing has a sum of nothing, and not -∞ - -∞.
  const logs = cx.binary("add", greatest, cx.unary("log", sums));
  return [out, cx.select(cx.compare(greatest, least, "EQ"), greatest, logs)];
}

function gradients(cx: RewriteContext, i: Call): HloInstruction[] {
  const heads = headsOf(cx, i);
  const bias = i.config.bias === true ? i.operands[3] : undefined;
  const [, stats, dout] = i.operands.slice(-3);
  const weights = cx.unary("exponential", cx.binary("subtract", heads.scores(bias), heads.forKeys(stats)));
  const drows = heads.rows(dout);
  const dweights = heads.pairs(drows, heads.values);
  // Also the product of the result and its gradient, which are rounded.
  const means = heads.sum(cx.binary("multiply", weights, dweights), [3]);
  const dscores = cx.binary("multiply", weights, cx.binary("subtract", dweights, heads.forKeys(means)));
  const dproducts = heads.scaled(dscores);
  const gradients = [
    heads.fromRows(heads.mixColumns(dproducts, heads.keys)),
    heads.fromColumns(heads.mixRows(dproducts, heads.queries)),
    heads.fromColumns(heads.mixRows(weights, drows)),
  ];
  const isForBias = bias !== undefined && i.config.biasGradient !== false;
  return isForBias ? [...gradients, heads.toBias(dscores, bias)] : gradients;
}
