/**
 * Attention as products and arithmetic of rows, for devices without a routine that does all of it. Scores and weights
 * are float32 at least. Query heads that share a head of keys become more rows of its one product, so that keys and
 * values are never repeated.
 */
import { computationsOf } from "../../hlo/graph.js";
import type { HloInstruction, HloModule, Instr, Precision } from "../../hlo/instruction.js";
import { dimsOf, dtypeOf } from "../facts/shapes.js";
import { rewriteToFixpoint } from "../rewriting/fixpoint.js";
import { type RewriteContext, type Rule, rule } from "../rewriting/rule.js";
import { tupleRules } from "../rules/tuples.js";

type Call = Instr<"custom-call">;

const isAttention = (i: HloInstruction): i is Call =>
  i.opcode === "custom-call" && (i.target === "attention" || i.target === "attention-gradient");

/** Expands each call of attention but those that `keeps` says a routine computes. */
export const expandAttention = (module: HloModule, keeps: (call: Call) => boolean = () => false): HloModule => {
  const isToExpand = (i: HloInstruction): i is Call => isAttention(i) && !keeps(i);
  if (!computationsOf(module).some((c) => c.instructions.some(isToExpand))) return module;
  return rewriteToFixpoint([expansion(isToExpand), ...tupleRules])(module);
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

/** A call's operands, its heads' matrices, and its scores. */
class Heads {
  readonly #cx: RewriteContext;
  readonly #config: Call["config"];
  readonly #precision: Precision;
  readonly #dims: Readonly<Record<"B" | "T" | "N" | "H" | "S" | "K", number>>;
  /** What scores are computed in. */
  readonly type: "float32" | "float64";
  readonly keys: HloInstruction;
  readonly values: HloInstruction;
  readonly queries: HloInstruction;

  constructor(cx: RewriteContext, { operands: [q, k, v], config }: Call) {
    const [B, T, N, H] = dimsOf(q);
    const [, S, K] = dimsOf(k);
    this.#cx = cx;
    this.#config = config;
    this.#precision = (config.precision ?? "default") as Precision;
    this.#dims = { B, T, N, H, S, K };
    this.type = dtypeOf(q) === "float64" ? "float64" : "float32";
    this.queries = this.rows(q);
    [this.keys, this.values] = [k, v].map((x) => cx.transpose(x, [0, 2, 1, 3]));
  }

  /** [B, T, N, H] as one matrix for each head of keys, its rows being all queries that read it. */
  rows(x: HloInstruction): HloInstruction {
    const { B, T, N, H, K } = this.#dims;
    const apart = this.#cx.reshape(x, [B, T, K, N / Math.max(K, 1), H]);
    return this.#cx.reshape(this.#cx.transpose(apart, [0, 2, 3, 1, 4]), this.#matrices(H));
  }

  /** The inverse of `rows`. */
  fromRows(x: HloInstruction): HloInstruction {
    const { B, T, N, H, K } = this.#dims;
    const apart = this.#cx.reshape(x, [B, K, N / Math.max(K, 1), T, H]);
    return this.#cx.reshape(this.#cx.transpose(apart, [0, 3, 1, 2, 4]), [B, T, N, H]);
  }

  #matrices(columns: number): number[] {
    const { B, T, N, K } = this.#dims;
    return [B, K, (N / Math.max(K, 1)) * T, columns];
  }

  /** x·y for each head of keys, summed over dimensions `overX` and `overY` of the matrices. */
  product(x: HloInstruction, overX: 2 | 3, y: HloInstruction, overY: 2 | 3, type = dtypeOf(x)): HloInstruction {
    const dims = { lhsBatch: [0, 1], rhsBatch: [0, 1], lhsContracting: [overX], rhsContracting: [overY] };
    return this.#cx.dot(x, y, dims, { precision: this.#precision, preferredDtype: type });
  }

  /** Something for each query and key, from a product of rows of either: [B, N, T, S]. */
  forPairs(rows: HloInstruction, columns: HloInstruction): HloInstruction {
    return this.#cx.reshape(this.product(rows, 3, columns, 3, this.type), this.pairs);
  }

  /** The operand of a product that [B, N, T, S] is. */
  matrices(x: HloInstruction): HloInstruction {
    return this.#cx.reshape(this.#cx.convert(x, dtypeOf(this.keys)), this.#matrices(this.#dims.S));
  }

  get pairs(): number[] {
    const { B, N, T, S } = this.#dims;
    return [B, N, T, S];
  }

  scaled(x: HloInstruction): HloInstruction {
    return this.#cx.binary("multiply", x, this.#cx.scalar(this.type, Number(this.#config.scale)));
  }

  /** [B, N, T, S]; -∞ where a query does not see a key. */
  scores(bias: HloInstruction | undefined): HloInstruction {
    const cx = this.#cx;
    let scores = this.scaled(this.forPairs(this.queries, this.keys));
    if (bias !== undefined) scores = cx.binary("add", scores, this.#forAll(cx.convert(bias, this.type)));
    if (this.#config.causal !== true) return scores;
    const { T, S } = this.#dims;
    const sees = cx.compare(cx.iota("int32", [T, S], 0), cx.iota("int32", [T, S], 1), "GE");
    const hidden = cx.fill(Number.NEGATIVE_INFINITY, this.type, this.pairs);
    return cx.select(cx.broadcast(sees, this.pairs, [2, 3]), scores, hidden);
  }

  /** A bias for each batch and head. */
  #forAll(bias: HloInstruction): HloInstruction {
    const dims = dimsOf(bias);
    const own = this.pairs.flatMap((_, d) => (d < 2 && dims[d] === 1 ? [] : [d]));
    return this.#cx.broadcast(
      this.#cx.reshape(
        bias,
        own.map((d) => dims[d]),
      ),
      this.pairs,
      own,
    );
  }

  /** The sum of what a bias was added to, in its own dimensions. */
  sumForBias(x: HloInstruction, bias: HloInstruction): HloInstruction {
    const dims = dimsOf(bias);
    const shared = [0, 1].filter((d) => dims[d] === 1);
    return this.#cx.convert(this.#cx.reshape(this.sum(x, shared), dims), dtypeOf(bias));
  }

  sum(x: HloInstruction, dimensions: readonly number[]): HloInstruction {
    if (dimensions.length === 0) return x;
    const cx = this.#cx;
    return cx.reduce([x], [cx.scalar(this.type, 0)], dimensions, cx.reducer("add", this.type))[0];
  }

  /** A value of each query, for each of its keys. */
  forKeys(x: HloInstruction): HloInstruction {
    return this.#cx.broadcast(x, this.pairs, [0, 1, 2]);
  }
}

function results(cx: RewriteContext, i: Call): HloInstruction[] {
  const heads = new Heads(cx, i);
  const { type } = heads;
  const scores = heads.scores(i.operands[3]);
  const least = cx.scalar(type, Number.NEGATIVE_INFINITY);
  const [greatest] = cx.reduce([scores], [least], [3], cx.reducer("maximum", type));
  const powers = cx.unary("exponential", cx.binary("subtract", scores, heads.forKeys(greatest)));
  const sums = heads.sum(powers, [3]);
  const weights = cx.binary("divide", powers, heads.forKeys(sums));
  const out = heads.fromRows(heads.product(heads.matrices(weights), 3, heads.values, 2));
  // A query that sees nothing has a sum of nothing, and not -∞ - -∞.
  const logs = cx.binary("add", greatest, cx.unary("log", sums));
  return [out, cx.select(cx.compare(greatest, least, "EQ"), greatest, logs)];
}

function gradients(cx: RewriteContext, i: Call): HloInstruction[] {
  const heads = new Heads(cx, i);
  const bias = i.config.bias === true ? i.operands[3] : undefined;
  const [out, stats, dout] = i.operands.slice(-3);
  const weights = cx.unary("exponential", cx.binary("subtract", heads.scores(bias), heads.forKeys(stats)));
  const drows = heads.rows(dout);
  const [x, y] = [dout, out].map((o) => cx.convert(o, heads.type));
  const means = cx.transpose(heads.sum(cx.binary("multiply", x, y), [3]), [0, 2, 1]);
  const dweights = heads.forPairs(drows, heads.values);
  const dscores = cx.binary("multiply", weights, cx.binary("subtract", dweights, heads.forKeys(means)));
  const dproducts = heads.matrices(heads.scaled(dscores));
  const dq = heads.fromRows(heads.product(dproducts, 3, heads.keys, 2));
  const [dk, dv] = [
    heads.product(dproducts, 2, heads.queries, 2),
    heads.product(heads.matrices(weights), 2, drows, 2),
  ].map((g) => cx.transpose(g, [0, 2, 1, 3]));
  return bias === undefined ? [dq, dk, dv] : [dq, dk, dv, heads.sumForBias(dscores, bias)];
}
