/**
 * What attention is made of: matrices of queries, keys and values, one for each head of keys, and what is computed for
 * each pair of a query and a key. Query heads that share a head of keys are more rows of its one matrix, so that keys
 * and values are never repeated.
 */
import type { HloBuilder } from "./builder.js";
import type { DType } from "./dtype.js";
import type { HloInstruction, Instr, Precision } from "./instruction.js";
import type { ArrayShape } from "./shape.js";

const shapeOf = ({ shape }: HloInstruction): ArrayShape => {
  if (shape.kind === "array") return shape;
  throw new TypeError("attention takes arrays, not tuples");
};
const dimsOf = (i: HloInstruction): readonly number[] => shapeOf(i).dims;
const dtypeOf = (i: HloInstruction): DType => shapeOf(i).dtype;

/** Written with a builder: dimensions are those of the custom call `attention`, and G query heads share a head of keys. */
export class AttentionHeads {
  /** What scores are computed in. */
  readonly type: "float32" | "float64";
  readonly queries: HloInstruction;
  readonly keys: HloInstruction;
  readonly values: HloInstruction;
  readonly #b: HloBuilder;
  readonly #config: Instr<"custom-call">["config"];
  readonly #size: Readonly<Record<"B" | "T" | "N" | "H" | "S" | "K" | "G", number>>;

  constructor(
    b: HloBuilder,
    [q, k, v]: readonly HloInstruction[],
    /** Options as the custom call has them. */
    config: Instr<"custom-call">["config"],
  ) {
    const [B, T, N, H] = dimsOf(q);
    const [, S, K] = dimsOf(k);
    this.#b = b;
    this.#config = config;
    this.#size = { B, T, N, H, S, K, G: N / Math.max(K, 1) };
    this.type = dtypeOf(q) === "float64" ? "float64" : "float32";
    this.queries = this.rows(q);
    this.keys = this.columns(k);
    this.values = this.columns(v);
  }

  /** Of [B,T,N,H] the matrices [B,K,GT,H]. */
  rows(x: HloInstruction): HloInstruction {
    const { B, T, H, K, G } = this.#size;
    const apart = this.#b.reshape(x, [B, T, K, G, H]);
    return this.#b.reshape(this.#b.transpose(apart, [0, 2, 3, 1, 4]), [B, K, G * T, H]);
  }

  fromRows(x: HloInstruction): HloInstruction {
    const { B, T, N, H, K, G } = this.#size;
    const apart = this.#b.reshape(x, [B, K, G, T, H]);
    return this.#b.reshape(this.#b.transpose(apart, [0, 3, 1, 2, 4]), [B, T, N, H]);
  }

  /** Of [B,S,K,H] the matrices [B,K,S,H]. */
  columns(x: HloInstruction): HloInstruction {
    return this.#b.transpose(x, [0, 2, 1, 3]);
  }

  fromColumns(x: HloInstruction): HloInstruction {
    return this.#b.transpose(x, [0, 2, 1, 3]);
  }

  /** Sums over dimension `overX` of matrices x and `overY` of matrices y. */
  #product(x: HloInstruction, overX: 2 | 3, y: HloInstruction, overY: 2 | 3, type: DType): HloInstruction {
    const dims = { lhsBatch: [0, 1], rhsBatch: [0, 1], lhsContracting: [overX], rhsContracting: [overY] };
    const precision = (this.#config.precision ?? "default") as Precision;
    return this.#b.dot(x, y, dims, { precision, preferredDtype: type });
  }

  /** The product of each row and each column: [B,N,T,S]. */
  pairs(rows: HloInstruction, columns: HloInstruction): HloInstruction {
    return this.#b.reshape(this.#product(rows, 3, columns, 3, this.type), this.#ofPairs);
  }

  /** [B,N,T,S], rounded to the operands' type, as matrices of a product. */
  #factors(pairs: HloInstruction): HloInstruction {
    const { B, K, G, T, S } = this.#size;
    return this.#b.reshape(this.#b.convert(pairs, dtypeOf(this.keys)), [B, K, G * T, S]);
  }

  /** For each row the sum of all columns times its pairs' numbers. */
  mixColumns(pairs: HloInstruction, columns: HloInstruction): HloInstruction {
    return this.#product(this.#factors(pairs), 3, columns, 2, dtypeOf(columns));
  }

  /** For each column the sum of all rows times its pairs' numbers. */
  mixRows(pairs: HloInstruction, rows: HloInstruction): HloInstruction {
    return this.#product(this.#factors(pairs), 2, rows, 2, dtypeOf(rows));
  }

  get #ofPairs(): number[] {
    const { B, N, T, S } = this.#size;
    return [B, N, T, S];
  }

  scaled(x: HloInstruction): HloInstruction {
    return this.#b.binary("multiply", x, this.#b.scalar(this.type, Number(this.#config.scale)));
  }

  /** [B,N,T,S]; -∞ where a query does not see a key. */
  scores(bias: HloInstruction | undefined): HloInstruction {
    const b = this.#b;
    const products = this.scaled(this.pairs(this.queries, this.keys));
    const scores = bias === undefined ? products : b.binary("add", products, this.fromBias(bias));
    if (this.#config.causal !== true) return scores;
    const { T, S } = this.#size;
    const sees = b.compare(b.iota("int32", [T, S], 0), b.iota("int32", [T, S], 1), "GE");
    const hidden = b.fill(Number.NEGATIVE_INFINITY, this.type, this.#ofPairs);
    return b.select(b.broadcast(sees, this.#ofPairs, [2, 3]), scores, hidden);
  }

  /** A bias for each batch and head. */
  fromBias(bias: HloInstruction): HloInstruction {
    const dims = dimsOf(bias);
    const own = dims.flatMap((n, d) => (d < 2 && n === 1 ? [] : [d]));
    const ownDims = own.map((d) => dims[d]);
    return this.#b.broadcast(this.#b.reshape(this.#b.convert(bias, this.type), ownDims), this.#ofPairs, own);
  }

  /** The sum of what a bias was added to, with its own dimensions and type. */
  toBias(pairs: HloInstruction, bias: HloInstruction): HloInstruction {
    const { dims, dtype } = shapeOf(bias);
    const shared = [0, 1].filter((d) => dims[d] === 1);
    const sum = shared.length === 0 ? pairs : this.sum(pairs, shared);
    return this.#b.convert(this.#b.reshape(sum, dims), dtype);
  }

  sum(x: HloInstruction, dimensions: readonly number[]): HloInstruction {
    const b = this.#b;
    return b.reduce([x], [b.scalar(this.type, 0)], dimensions, b.reducer("add", this.type))[0];
  }

  /** [B,N,T] for each key. */
  forKeys(x: HloInstruction): HloInstruction {
    return this.#b.broadcast(x, this.#ofPairs, [0, 1, 2]);
  }
}
