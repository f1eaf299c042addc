/** The custom calls `attention` and `attention-gradient`: plain loops over heads, queries and keys, in float64. */
import { type HostArray, hostArray } from "../hlo/dtype.js";
import type { Instr } from "../hlo/instruction.js";
import { type ArrayShape, sizeOf } from "../hlo/shape.js";
import { operandShape } from "./elementwise/expression.js";
import { decodeTable, encodeFloat } from "./half.js";
import type { Kernel } from "./host.js";

type Call = Instr<"custom-call">;

const numbersOf = ({ dtype }: ArrayShape, data: HostArray): Float64Array => {
  const decode = dtype === "float16" || dtype === "bfloat16" ? decodeTable(dtype) : undefined;
  return Float64Array.from(data as ArrayLike<number>, (x) => (decode === undefined ? x : decode[x]));
};

const stored = ({ dtype }: ArrayShape, values: Float64Array): HostArray => {
  const out = hostArray(dtype, values.length);
  const encode = dtype === "float16" || dtype === "bfloat16" ? encodeFloat(dtype) : (x: number) => x;
  for (let i = 0; i < values.length; i++) out[i] = encode(values[i]);
  return out;
};

/** Where the elements of a call's arrays lie, and what a query's scores are. */
class Heads {
  readonly B: number;
  readonly T: number;
  readonly N: number;
  readonly H: number;
  readonly S: number;
  readonly #K: number;
  readonly #bias: readonly number[] | undefined;
  readonly scale: number;
  readonly #causal: boolean;

  constructor(i: Call, hasBias: boolean) {
    [this.B, this.T, this.N, this.H] = operandShape(i, 0).dims;
    [, this.S, this.#K] = operandShape(i, 1).dims;
    this.#bias = hasBias ? operandShape(i, 3).dims : undefined;
    this.scale = Number(i.config.scale);
    this.#causal = i.config.causal === true;
  }

  /** The first element of a query, and of its result. */
  query(b: number, n: number, t: number): number {
    return ((b * this.T + t) * this.N + n) * this.H;
  }

  /** The first element of a key, and of its value, as query head n reads it. */
  key(b: number, n: number, s: number): number {
    const head = Math.floor(n / (this.N / this.#K));
    return ((b * this.S + s) * this.#K + head) * this.H;
  }

  stats(b: number, n: number, t: number): number {
    return (b * this.N + n) * this.T + t;
  }

  bias(b: number, n: number, t: number, s: number): number {
    const [batches, heads] = this.#bias ?? [1, 1];
    return (((batches === 1 ? 0 : b) * heads + (heads === 1 ? 0 : n)) * this.T + t) * this.S + s;
  }

  each(f: (b: number, n: number, t: number) => void): void {
    for (let b = 0; b < this.B; b++) for (let n = 0; n < this.N; n++) for (let t = 0; t < this.T; t++) f(b, n, t);
  }

  /** What query t of head n makes of each key: -∞ for those that it does not see. */
  scores(
    q: Float64Array,
    k: Float64Array,
    bias: Float64Array | undefined,
    b: number,
    n: number,
    t: number,
  ): Float64Array {
    const scores = new Float64Array(this.S);
    for (let s = 0; s < this.S; s++) {
      const product = dot(q, this.query(b, n, t), k, this.key(b, n, s), this.H);
      scores[s] = product * this.scale + (bias === undefined ? 0 : bias[this.bias(b, n, t, s)]);
      if (this.#causal && s > t) scores[s] = Number.NEGATIVE_INFINITY;
    }
    return scores;
  }
}

const dot = (x: Float64Array, at: number, y: Float64Array, from: number, length: number): number => {
  let sum = 0;
  for (let h = 0; h < length; h++) sum += x[at + h] * y[from + h];
  return sum;
};

/** y += factor x, for `length` elements. */
const addTo = (y: Float64Array, at: number, factor: number, x: Float64Array, from: number, length: number): void => {
  for (let h = 0; h < length; h++) y[at + h] += factor * x[from + h];
};

export const attentionKernel = (i: Call): Kernel => {
  const heads = new Heads(i, i.operands.length === 4);
  const shapes = i.operands.map((_, k) => operandShape(i, k));
  return (operands) => {
    const [q, k, v, bias] = operands.map((x, n): Float64Array | undefined => numbersOf(shapes[n], x as HostArray)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array | undefined,
    ];
    const [out, stats] = i.shape.elements.map((s) => new Float64Array(sizeOf(s.dims)));
    heads.each((b, n, t) => {
      const scores = heads.scores(q, k, bias, b, n, t);
      const greatest = scores.reduce((x, y) => (y > x || Number.isNaN(y) ? y : x), Number.NEGATIVE_INFINITY);
      const weights = scores.map((x) => Math.exp(x - greatest));
      const sum = weights.reduce((x, y) => x + y, 0);
      stats[heads.stats(b, n, t)] = greatest === Number.NEGATIVE_INFINITY ? greatest : greatest + Math.log(sum);
      for (let s = 0; s < heads.S; s++) {
        addTo(out, heads.query(b, n, t), weights[s] / sum, v, heads.key(b, n, s), heads.H);
      }
    });
    return [stored(i.shape.elements[0], out), stored(i.shape.elements[1], stats)];
  };
};

export const attentionGradientKernel = (i: Call): Kernel => {
  const hasBias = i.config.bias === true;
  const heads = new Heads(i, hasBias);
  const shapes = i.operands.map((_, k) => operandShape(i, k));
  return (operands) => {
    const inputs = operands.map((x, n) => numbersOf(shapes[n], x as HostArray));
    const [q, k, v] = inputs;
    const bias = hasBias ? inputs[3] : undefined;
    const [, stats, dout] = inputs.slice(hasBias ? 4 : 3);
    const gradients = i.shape.elements.map((s) => new Float64Array(sizeOf(s.dims)));
    const [dq, dk, dv, dbias] = gradients as [Float64Array, Float64Array, Float64Array, Float64Array | undefined];
    heads.each((b, n, t) => {
      const at = heads.query(b, n, t);
      const scores = heads.scores(q, k, bias, b, n, t);
      const weights = scores.map((x) => Math.exp(x - stats[heads.stats(b, n, t)]));
      const dweights = weights.map((_, s) => dot(dout, at, v, heads.key(b, n, s), heads.H));
      const mean = dot(weights, 0, dweights, 0, heads.S);
      for (let s = 0; s < heads.S; s++) {
        const from = heads.key(b, n, s);
        addTo(dv, from, weights[s], dout, at, heads.H);
        const dscore = weights[s] * (dweights[s] - mean);
        addTo(dq, at, dscore * heads.scale, k, from, heads.H);
        addTo(dk, from, dscore * heads.scale, q, at, heads.H);
        if (dbias !== undefined) dbias[heads.bias(b, n, t, s)] += dscore;
      }
    });
    return gradients.map((g, n) => stored(i.shape.elements[n], g));
  };
};
