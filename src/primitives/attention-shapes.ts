/** What the primitives of attention share: their parameters, the shapes of their operands, and batches folded into batches. */
import { type ShapedArray, sameShape } from "../core/aval.js";
import { isFloat } from "../core/dtype.js";
import { type ParamValues, param } from "../core/params.js";
import type { OutAval } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { batchAt } from "./batched.js";
import { dtypeError, type Result } from "./checks.js";
import { precisionParam } from "./dot.js";
import { reduceSum } from "./reductions.js";
import { broadcastTo, reshape } from "./shape.js";

export const attentionParams = {
  /** Whether a query sees only the keys up to its own position. */
  causal: param.bool,
  precision: param.unless((p) => p === undefined, precisionParam),
  /** What products of queries and keys are multiplied by. */
  scale: param.number,
};
export type AttentionParams = ParamValues<typeof attentionParams>;

const names = ["query", "key", "value", "bias"] as const;

export const typeOf = (x: ShapedArray): OutAval => ({ shape: x.shape, dtype: x.dtype, weakType: false });

/** Of each query the logarithm of its scores' sum of exponentials: [B,N,T]. */
export const statsOf = ({ shape: [B, T, N], dtype }: ShapedArray): OutAval => ({
  shape: [B, N, T],
  dtype: dtype === "float64" ? "float64" : "float32",
  weakType: false,
});

const mismatch = (name: string, operand: string, x: ShapedArray, want: string): Result<never> =>
  Either.left(
    new ShapeError("CT103", `${name}: operand '${operand}' has shape [${x.shape}], but it must have ${want}.`),
  );

/** Checks query [B,T,N,H], key and value [B,S,K,H], and a bias [B or 1,N or 1,T,S] of one type of floats. */
export function checkInputs(name: string, inputs: readonly ShapedArray[]): Result<null> {
  const [q, k, v, bias] = inputs;
  for (const [i, x] of inputs.entries()) {
    if (!isFloat(x.dtype)) return Either.left(dtypeError(name, names[i], x.dtype, "float"));
    if (x.dtype !== q.dtype) {
      return Either.left(
        new DTypeError(
          "CT104",
          `${name}: operand 'query' is ${q.dtype}, but operand '${names[i]}' is ${x.dtype}. Convert one with astype.`,
        ),
      );
    }
    if (x.ndim !== 4) return mismatch(name, names[i], x, "4 dimensions");
  }
  const [B, T, N, H] = q.shape;
  const [, S, K] = k.shape;
  if (!sameShape(k.shape, [B, S, K, H])) return mismatch(name, "key", k, `query's batch ${B} and size ${H}`);
  if (!sameShape(v.shape, k.shape)) return mismatch(name, "value", v, `key's shape [${k.shape}]`);
  if (K === 0 ? N !== 0 : N % K !== 0) {
    return mismatch(name, "query", q, `a multiple of key's ${K} heads in its third dimension`);
  }
  if (bias === undefined) return Either.right(null);
  const [b, n] = bias.shape;
  if (sameShape(bias.shape, [b === 1 ? 1 : B, n === 1 ? 1 : N, T, S])) return Either.right(null);
  return mismatch(name, "bias", bias, `${B} or 1 batches, ${N} or 1 heads, ${T} queries and ${S} keys`);
}

/** Checks operands that must have the types of others. */
export function checkTypes(
  name: string,
  what: string,
  xs: readonly ShapedArray[],
  want: readonly OutAval[],
): Result<null> {
  const i = want.findIndex((w, k) => !sameShape(xs[k].shape, w.shape) || xs[k].dtype !== w.dtype);
  if (i < 0) return Either.right(null);
  return Either.left(
    new ShapeError(
      "CT103",
      `${name}: ${what} ${i} is ${xs[i]}, but it must be ${want[i].dtype}[${want[i].shape}], as attention has it.`,
    ),
  );
}

/** Operands with a mapped dimension of `size` as part of the batches of B that they have. */
export class FoldedBatch {
  constructor(
    readonly size: number,
    readonly B: number,
  ) {}

  fold(x: Tensor, dim: number | null): Tensor {
    const own = batchAt(x, dim, 0, this.size);
    const [size, B, ...rest] = own.shape;
    return reshape(own, [size * B, ...rest]);
  }

  /** A bias of one batch or all as one of all. */
  foldBias(x: Tensor, dim: number | null): Tensor {
    const own = batchAt(x, dim, 0, this.size);
    const [, , ...rest] = own.shape;
    return reshape(broadcastTo(own, [this.size, this.B, ...rest]), [this.size * this.B, ...rest]);
  }

  unfold(x: Tensor): Tensor {
    return reshape(x, [this.size, this.B, ...x.shape.slice(1)]);
  }

  /** The gradient of a bias that `foldBias` gave, summed over the batches that shared it. */
  unfoldBias(x: Tensor, isShared: boolean): Tensor {
    const all = this.unfold(x);
    if (!isShared) return all;
    return reshape(reduceSum(all, [1]), [this.size, 1, ...all.shape.slice(2)]);
  }
}
