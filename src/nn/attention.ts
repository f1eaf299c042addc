/** Scaled dot-product attention. */
import { vmap } from "../api/vmap.js";
import type { ArrayLike } from "../core/array-like.js";
import { type DType, isFloat, promoteTypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { toTensor } from "../numpy/promote.js";
import { select3 } from "../numpy/where.js";
import { ArgumentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { logsumexp, softmax } from "./normalization.js";

export interface AttentionOptions {
  /** Added to the scores; broadcasts to [batch, heads, queries, keys]. */
  readonly bias?: ArrayLike | undefined;
  /** Booleans: where false, a query does not see a key; broadcasts as bias does. */
  readonly mask?: ArrayLike | undefined;
  /** What scores are multiplied by; 1 / √size by default. */
  readonly scale?: number | undefined;
  /** Whether a query sees only the keys up to its own position. */
  readonly isCausal?: boolean | undefined;
  /** int32[batch]: how many queries count; results of others are 0. */
  readonly querySeqLengths?: ArrayLike | undefined;
  /** int32[batch]: how many keys count. */
  readonly keyValueSeqLengths?: ArrayLike | undefined;
  /** How many keys before and after its own position a query sees; a number is both. */
  readonly localWindowSize?: number | readonly [before: number, after: number] | undefined;
  /** Gives `[result, logsumexp of the scores]`; the second has no gradient. */
  readonly returnResidual?: boolean | undefined;
  /**
   * `"xla"` (the default): products and a softmax, each an operation. `"cudnn"`: one operation, which cuDNN computes on
   * NVIDIA's cards for float16 and bfloat16 and sizes up to 128 that are multiples of 8, and its gradients too; products
   * and a softmax elsewhere. Mask, lengths and window are then added to the bias, in query's dtype.
   */
  readonly implementation?: "xla" | "cudnn" | undefined;
}
const known = [
  "bias",
  "mask",
  "scale",
  "isCausal",
  "querySeqLengths",
  "keyValueSeqLengths",
  "localWindowSize",
  "returnResidual",
  "implementation",
];
const fn = "dotProductAttention";

/**
 * softmax(query · keyᵀ · scale + bias) · value, for each head.
 *
 * Fewer heads of keys than of queries are shared by groups of neighbouring queries (grouped-query attention). Scores
 * and softmax are computed in float32 at least.
 *
 * @param query [batch, queries, heads, size], or without the batch
 * @param key [batch, keys, heads, size]
 * @param value [batch, keys, heads, size]
 * @returns query's shape
 * @throws ShapeError CT103 for sizes that do not fit together; DTypeError CT104, CT105; ArgumentError CT004 for another
 *   implementation
 * @example
 * const [q, k, v] = random.normal(random.key(0), [3, 2, 5, 4, 8]);
 * nn.dotProductAttention(q, k, v, { isCausal: true }).shape; // [2, 5, 4, 8]
 */
export function dotProductAttention(
  query: ArrayLike,
  key: ArrayLike,
  value: ArrayLike,
  options: AttentionOptions & { readonly returnResidual: true },
): [Tensor, Tensor];
export function dotProductAttention(
  query: ArrayLike,
  key: ArrayLike,
  value: ArrayLike,
  options?: AttentionOptions,
): Tensor;
export function dotProductAttention(
  query: ArrayLike,
  key: ArrayLike,
  value: ArrayLike,
  options: AttentionOptions = {},
): Tensor | [Tensor, Tensor] {
  checkOptions(fn, options, known);
  const shape = toTensor(fn, query).shape;
  const [q, k, v] = [query, key, value].map(fourDimensions);
  const [B, S, K, H] = k.shape;
  checkOperand("value", v, [B, S, K, H], k);
  checkOperand("query", q, [B, null, null, H], k);
  const heads = q.shape[2];
  if (heads % K !== 0) {
    throw new ShapeError(
      "CT103",
      `${fn}: query has ${heads} heads, but key and value have ${K}. Query heads must be a multiple of theirs.`,
    );
  }
  const bias = optional(options.bias, fourDimensions);
  const mask = optional(options.mask, fourDimensions);
  if (mask !== undefined && mask.dtype !== "bool") {
    throw new DTypeError("CT105", `${fn}: mask is ${mask.dtype}, but it must be bool. Compare with notEqual(0).`);
  }
  const core: CoreOptions = {
    scale: options.scale ?? 1 / Math.sqrt(H),
    isCausal: options.isCausal ?? false,
    queries: optional(options.querySeqLengths, (x) => sequenceLengths("querySeqLengths", x, B)),
    keys: optional(options.keyValueSeqLengths, (x) => sequenceLengths("keyValueSeqLengths", x, B)),
    window: windowOf(options.localWindowSize),
  };
  const attended = isWhole(options.implementation, q, core.scale) ? whole : grouped;
  const { encoded, residual } = attended(q, k, v, bias, mask, core);
  const result = np.reshape(encoded, shape);
  if (!options.returnResidual) return result;
  return [result, p.stopGradient(np.reshape(residual, shape.slice(0, -1)))];
}

const optional = <T>(x: ArrayLike | undefined, f: (x: ArrayLike) => T): T | undefined =>
  x === undefined ? undefined : f(x);

/** Leading axes of size 1 where a batch is left out. */
function fourDimensions(x: ArrayLike): Tensor {
  const t = toTensor(fn, x);
  if (t.ndim <= 4) return t.ndim < 4 ? p.expandDims(t, range(4 - t.ndim)) : t;
  throw new ShapeError("CT107", `${fn}: an operand has shape [${t.shape}], but at most 4 axes are known. Use vmap.`);
}

function checkOperand(name: string, x: Tensor, shape: readonly (number | null)[], key: Tensor): void {
  if (x.dtype !== key.dtype) {
    throw new DTypeError("CT104", `${fn}: ${name} is ${x.dtype}, but key is ${key.dtype}. Convert one with astype.`);
  }
  if (shape.every((n, d) => n === null || n === x.shape[d])) return;
  throw new ShapeError(
    "CT103",
    `${fn}: ${name} has shape [${x.shape}], but key has shape [${key.shape}]. ` +
      "They need the same batch and size, and value as many keys and heads as key.",
  );
}

function sequenceLengths(name: string, x: ArrayLike, batch: number): Tensor {
  const t = toTensor(fn, x);
  if (t.dtype === "int32" && t.ndim === 1 && t.shape[0] === batch) return t;
  throw new ShapeError(
    "CT107",
    `${fn}: ${name} is ${t.aval}, but it must be i32[${batch}], a length for each element of the batch.`,
  );
}

function windowOf(size: AttentionOptions["localWindowSize"]): readonly [number, number] | undefined {
  if (size === undefined) return undefined;
  const pair = typeof size === "number" ? ([size, size] as const) : size;
  if (pair.length === 2 && pair.every((n) => Number.isInteger(n))) return pair;
  throw new ArgumentError("CT004", `${fn}: localWindowSize is ${String(size)}, but it must be a whole number or two.`);
}

/** Whether to trace one operation, which takes floats and a finite scale. */
function isWhole(implementation: unknown, q: Tensor, scale: number): boolean {
  if (implementation === undefined || implementation === "xla") return false;
  if (implementation === "cudnn") return isFloat(q.dtype) && Number.isFinite(scale);
  throw new ArgumentError(
    "CT004",
    `${fn}: implementation is ${JSON.stringify(implementation)}, but it must be "xla" or "cudnn".`,
  );
}

interface CoreOptions {
  readonly scale: number;
  readonly isCausal: boolean;
  readonly queries: Tensor | undefined;
  readonly keys: Tensor | undefined;
  readonly window: readonly [number, number] | undefined;
}
interface Attended {
  readonly encoded: Tensor;
  readonly residual: Tensor;
}

/** As one operation, to which all that hides keys but causality is a bias. */
function whole(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  bias: Tensor | undefined,
  mask: Tensor | undefined,
  options: CoreOptions,
): Attended {
  const { scale, isCausal: causal, queries } = options;
  const [T, S] = [q.shape[1], k.shape[1]];
  const visible = visibility(T, S, mask ?? null, { ...options, isCausal: false });
  const [zero, least] = [0, leastBias(q.dtype)].map((x) => p.full([], x, q.dtype));
  const hidden = visible && select3(visible, zero, least);
  const given = bias && p.convert(bias, q.dtype);
  const added = given && hidden ? np.add(given, hidden) : (given ?? hidden);
  const forPairs = added && np.broadcastTo(added, [...added.shape.slice(0, 2), T, S]);
  const [out, stats] = p.attention([q, k, v, forPairs], { causal, scale });
  const isAnyBlind = mask !== undefined || options.window !== undefined || options.keys !== undefined;
  const seen = isAnyBlind ? visibility(T, S, mask ?? null, { ...options, queries: undefined }) : undefined;
  const mixed = seen === undefined ? out : meanWhereBlind(out, v, np.any(seen, -1, { keepdims: true }));
  const encoded = queries === undefined ? mixed : onlyCounting(mixed, queries);
  return { encoded, residual: p.transpose(p.convert(stats, q.dtype), [0, 2, 1]) };
}

/** What hides a key when it is added to its score: not -∞, as a query that sees nothing must still have weights. */
function leastBias(dtype: DType): number {
  if (dtype === "float16") return -(2 ** 15);
  return dtype === "bfloat16" ? -(2 ** 41) : leastScore;
}

/** Queries that see no key have the mean of all values, as if all scores were equal: what a bias hides, it cannot say. */
function meanWhereBlind(encoded: Tensor, v: Tensor, sees: Tensor): Tensor {
  const [, , N, H] = encoded.shape;
  const [B, S, K] = v.shape;
  const { dtype } = promoteTypes([v, { dtype: "float32", weakType: false }]);
  const sum = np.sum(p.convert(v, dtype), 1, { keepdims: true });
  const mean = p.convert(p.expandDims(p.div(sum, Math.max(S, 1)), [3]), v.dtype);
  const forHeads = p.reshape(p.broadcastTo(mean, [B, 1, K, N / K, H]), [B, 1, N, H]);
  return select3(p.transpose(sees, [0, 2, 1, 3]), encoded, forHeads);
}

/** Zeros for queries that do not count. */
function onlyCounting(encoded: Tensor, queries: Tensor): Tensor {
  const counts = np.less(p.iota("int32", [1, encoded.shape[1]], 1), p.expandDims(queries, [1]));
  return p.mul(encoded, p.convert(p.expandDims(counts, [2, 3]), encoded.dtype));
}

/** Query heads that share a head of keys are mapped over. */
function grouped(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  bias: Tensor | undefined,
  mask: Tensor | undefined,
  options: CoreOptions,
): Attended {
  const [B, T, N, H] = q.shape;
  const K = k.shape[2];
  const G = N / K;
  if (G === 1) return attend(q, k, v, bias ?? null, mask ?? null, options);
  const split = (x: Tensor | undefined): Tensor | null => {
    if (x === undefined) return null;
    const [b, n, t, s] = x.shape;
    return n === 1 ? np.broadcastTo(p.expandDims(x, [2]), [b, 1, G, t, s]) : np.reshape(x, [b, K, G, t, s]);
  };
  const over = (qg: Tensor, bg: Tensor | null, mg: Tensor | null): Attended => attend(qg, k, v, bg, mg, options);
  const groups = [np.reshape(q, [B, T, K, G, H]), split(bias), split(mask)] as const;
  const inAxes = [3, groups[1] && 2, groups[2] && 2];
  const { encoded, residual } = vmap(over, { inAxes, outAxes: 3 })(...groups) as Attended;
  return { encoded: np.reshape(encoded, [B, T, N, H]), residual: np.reshape(residual, [B, T, N]) };
}

function attend(
  q: Tensor,
  k: Tensor,
  v: Tensor,
  bias: Tensor | null,
  mask: Tensor | null,
  options: CoreOptions,
): Attended {
  const { dtype } = promoteTypes([q, { dtype: "float32", weakType: false }]);
  const product = np.einsum("BTNH,BSNH->BNTS", q, k, { preferredElementType: dtype });
  let scores = p.mul(product, options.scale);
  if (bias !== null) scores = p.convert(np.add(scores, bias), dtype);
  const visible = visibility(q.shape[1], k.shape[1], mask, options);
  // Not -∞: a query that sees nothing would divide 0 by 0.
  if (visible !== undefined) scores = select3(visible, scores, p.full([], leastScore, scores.dtype));
  const weights = softmax(p.convert(scores, "float32"), -1);
  const mixed = np.einsum("BNTS,BSNH->BTNH", p.convert(weights, k.dtype), v);
  const encoded = options.queries === undefined ? mixed : onlyCounting(mixed, options.queries);
  const residual = p.convert(logsumexp(p.convert(scores, "float32"), -1), k.dtype);
  return { encoded, residual: p.transpose(residual, [0, 2, 1]) };
}

const leastScore = -0.7 * (2 - 2 ** -23) * 2 ** 127;

/** Which keys each query sees: booleans [batch, heads, queries, keys], undefined if it sees all. */
function visibility(T: number, S: number, mask: Tensor | null, options: CoreOptions): Tensor | undefined {
  const { isCausal, queries, keys, window } = options;
  const rows = (): Tensor => p.iota("int32", [1, 1, T, S], 2);
  const columns = (): Tensor => p.iota("int32", [1, 1, T, S], 3);
  const parts: Tensor[] = mask === null ? [] : [mask];
  if (isCausal) parts.push(p.ge(rows(), columns()));
  if (window !== undefined) {
    const [before, after] = window;
    parts.push(p.le(rows(), p.add(columns(), before)), p.ge(rows(), p.sub(columns(), after)));
  }
  if (queries !== undefined) parts.push(np.less(rows(), p.expandDims(queries, [1, 2, 3])));
  if (keys !== undefined) parts.push(np.less(columns(), p.expandDims(keys, [1, 2, 3])));
  return parts.length === 0 ? undefined : parts.reduce((x, y) => np.logicalAnd(x, y));
}
