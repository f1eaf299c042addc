/**
 * Derivatives of attention's derivatives, written out: what changes in its tangent and in its gradient when queries,
 * keys, values and bias change. Weights are computed anew, so that these can be differentiated again.
 */
import type { Tensor } from "../core/tensor.js";
import { add, div, mul, sub } from "./arithmetic.js";
import type { AttentionParams } from "./attention-shapes.js";
import { ge } from "./comparison.js";
import { convert, stopGradient } from "./convert.js";
import { dotGeneral } from "./dot.js";
import { exp } from "./exponential.js";
import { full } from "./fill.js";
import { iota } from "./iota.js";
import { reduceMax, reduceSum } from "./reductions.js";
import { select } from "./select.js";
import { broadcastTo, expandDims, reshape, transpose } from "./shape.js";

/** Null for what is zero. */
type Part = Tensor | null;

const map = (x: Part, f: (x: Tensor) => Tensor): Part => x && f(x);
const map2 = (x: Part, y: Part, f: (x: Tensor, y: Tensor) => Tensor): Part => x && y && f(x, y);
const plus = (x: Part, y: Part): Part => (x && y ? add(x, y) : (x ?? y));
const minus = (x: Part, y: Part): Part => (x && y ? sub(x, y) : (x ?? map(y, (z) => mul(z, -1))));
const times = (x: Part, y: Part): Part => map2(x, y, mul);
const rowSum = (x: Part): Part => map(x, (y) => expandDims(reduceSum(y, [3]), [3]));

/** Changes of queries, keys, values and bias, as matrices. */
interface Change {
  readonly q: Part;
  readonly k: Part;
  readonly v: Part;
  readonly bias: Part;
}

/** Matrices of one head of keys: rows [B,K,GT,H], columns [B,K,S,H], and pairs of them [B,K,GT,S]. */
class Matrices {
  readonly #inputs: readonly Tensor[];
  readonly #params: AttentionParams;
  readonly #type: "float32" | "float64";
  readonly #size: Readonly<Record<"B" | "T" | "N" | "H" | "S" | "K" | "G", number>>;
  readonly q: Tensor;
  readonly k: Tensor;
  readonly v: Tensor;
  /** Softmax of the scores. */
  readonly weights: Tensor;

  constructor(inputs: readonly Tensor[], params: AttentionParams) {
    const [q, k, v, bias] = inputs;
    const [B, T, N, H] = q.shape;
    const [, S, K] = k.shape;
    this.#inputs = inputs;
    this.#params = params;
    this.#type = q.dtype === "float64" ? "float64" : "float32";
    this.#size = { B, T, N, H, S, K, G: N / Math.max(K, 1) };
    this.q = this.rows(q);
    this.k = this.columns(k);
    this.v = this.columns(v);
    this.weights = this.#softmax(bias === undefined ? null : this.fromBias(bias));
  }

  change(tangents: readonly Part[]): Change {
    const [q, k, v, bias = null] = tangents;
    return {
      q: map(q, (x) => this.rows(x)),
      k: map(k, (x) => this.columns(x)),
      v: map(v, (x) => this.columns(x)),
      bias: map(bias, (x) => this.fromBias(x)),
    };
  }

  rows(x: Tensor): Tensor {
    const { B, T, K, G, H } = this.#size;
    const apart = reshape(convert(x, this.#type), [B, T, K, G, H]);
    return reshape(transpose(apart, [0, 2, 3, 1, 4]), [B, K, G * T, H]);
  }

  fromRows(x: Tensor): Tensor {
    const { B, T, N, K, G, H } = this.#size;
    const apart = reshape(x, [B, K, G, T, H]);
    return convert(reshape(transpose(apart, [0, 3, 1, 2, 4]), [B, T, N, H]), this.#inputs[0].dtype);
  }

  columns(x: Tensor): Tensor {
    return transpose(convert(x, this.#type), [0, 2, 1, 3]);
  }

  fromColumns(x: Tensor): Tensor {
    return convert(transpose(x, [0, 2, 1, 3]), this.#inputs[1].dtype);
  }

  fromBias(x: Tensor): Tensor {
    const { B, T, N, S, K, G } = this.#size;
    return reshape(broadcastTo(convert(x, this.#type), [B, N, T, S]), [B, K, G * T, S]);
  }

  toBias(pairs: Tensor): Tensor {
    const { B, T, N, S } = this.#size;
    const { shape, dtype } = this.#inputs[3];
    const shared = [0, 1].filter((d) => shape[d] === 1);
    return convert(reshape(reduceSum(reshape(pairs, [B, N, T, S]), shared), shape), dtype);
  }

  #dot(x: Tensor, overX: number, y: Tensor, overY: number): Tensor {
    const batch = [0, 1];
    const { precision } = this.#params;
    return dotGeneral(
      x,
      y,
      [
        [[overX], [overY]],
        [batch, batch],
      ],
      precision === undefined ? {} : { precision },
    );
  }

  pairs(rows: Part, columns: Part): Part {
    return map2(rows, columns, (x, y) => this.#dot(x, 3, y, 3));
  }

  mixColumns(pairs: Part, columns: Part): Part {
    return map2(pairs, columns, (x, y) => this.#dot(x, 3, y, 2));
  }

  mixRows(pairs: Part, rows: Part): Part {
    return map2(pairs, rows, (x, y) => this.#dot(x, 2, y, 2));
  }

  scaled(x: Part): Part {
    return map(x, (y) => mul(y, this.#params.scale));
  }

  /** How scores change. */
  scores({ q, k, bias }: Change): Part {
    return plus(this.scaled(plus(this.pairs(q, this.k), this.pairs(this.q, k))), bias);
  }

  /** Less their mean over each row, as the weights weigh them. */
  centred(pairs: Part): Part {
    return minus(pairs, rowSum(times(this.weights, pairs)));
  }

  #softmax(bias: Part): Tensor {
    const { T, S, G } = this.#size;
    const products = mul(this.#dot(this.q, 3, this.k, 3), this.#params.scale);
    let scores = bias === null ? products : add(products, bias);
    if (this.#params.causal) {
      const sees = ge(iota("int32", [1, 1, 1, T, S], 3), iota("int32", [1, 1, 1, T, S], 4));
      const [B, K] = scores.shape;
      const each = reshape(broadcastTo(sees, [B, K, G, T, S]), scores.shape);
      scores = select(each, scores, full(scores.shape, Number.NEGATIVE_INFINITY, scores.dtype));
    }
    const powers = exp(sub(scores, stopGradient(expandDims(reduceMax(scores, [3]), [3]))));
    return div(powers, expandDims(reduceSum(powers, [3]), [3]));
  }
}

/** How attention's tangent along `tangents` changes with the inputs; null if not at all. */
export function tangentChange(
  inputs: readonly Tensor[],
  tangents: readonly Tensor[],
  changes: readonly Part[],
  params: AttentionParams,
): Part {
  const m = new Matrices(inputs, params);
  const { weights } = m;
  const [t, x] = [m.change(tangents), m.change(changes)];
  const [dt, dx] = [m.scores(t), m.scores(x)].map((d) => m.centred(d));
  const [weightsT, weightsX] = [times(weights, dt), times(weights, dx)];
  // Scores are bilinear: queries and keys change together.
  const both = m.scaled(plus(m.pairs(t.q, x.k), m.pairs(x.q, t.k)));
  const mixed = minus(m.centred(both), rowSum(times(weightsX, dt)));
  const weightsTX = plus(times(weightsX, dt), times(weights, mixed));
  const change = plus(m.mixColumns(weightsTX, m.v), plus(m.mixColumns(weightsT, x.v), m.mixColumns(weightsX, t.v)));
  return map(change, (y) => m.fromRows(y));
}

/** How attention's gradients of the inputs, given its result's, change with the inputs; null if not at all. */
export function gradientChange(
  inputs: readonly Tensor[],
  dout: Tensor,
  changes: readonly Part[],
  params: AttentionParams,
): readonly Part[] {
  const m = new Matrices(inputs, params);
  const { weights } = m;
  const x = m.change(changes);
  const rows = m.rows(dout);
  const weightsX = times(weights, m.centred(m.scores(x)));
  const centred = m.centred(m.pairs(rows, m.v));
  const scores = times(weights, centred);
  const mean = rowSum(times(weightsX, centred));
  const scoresX = plus(times(weightsX, centred), times(weights, minus(m.centred(m.pairs(rows, x.v)), mean)));
  const [dproducts, dproductsX] = [m.scaled(scores), m.scaled(scoresX)];
  const gradients = [
    map(plus(m.mixColumns(dproductsX, m.k), m.mixColumns(dproducts, x.k)), (g) => m.fromRows(g)),
    map(plus(m.mixRows(dproductsX, m.q), m.mixRows(dproducts, x.q)), (g) => m.fromColumns(g)),
    map(m.mixRows(weightsX, rows), (g) => m.fromColumns(g)),
  ];
  return inputs.length === 3 ? gradients : [...gradients, map(scoresX, (g) => m.toBias(g))];
}
