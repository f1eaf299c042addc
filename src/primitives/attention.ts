/**
 * Attention as one operation. Its tangent is one too, which is linear, and whose transpose is the gradient that
 * libraries have routines for. Derivatives of those two are written out.
 */
import { AttentionHeads, arrayShape, type HloInstruction } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { bf16, f32, f64 } from "../core/avals.js";
import { inScope, precisionOf } from "../core/matmul-precision.js";
import {
  type DefinedMultiPrimitive,
  defineMultiPrimitive,
  type LoweringContext,
  type MultiOut,
  type MultiSample,
} from "../core/primitive.js";
import { LinearOperand, type Tensor, Zero } from "../core/tensor.js";
import { TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { addAny } from "./arithmetic.js";
import { gradientChange, tangentChange } from "./attention-composed.js";
import {
  type AttentionParams,
  attentionParams,
  checkInputs,
  checkTypes,
  FoldedBatch,
  statsOf,
  typeOf,
} from "./attention-shapes.js";
import type { Result } from "./checks.js";
import { zerosLike } from "./fill.js";
import { instantiate, linearTranspose, zeroTangent } from "./linear.js";

type Tangent = Tensor | Zero;

const isZero = (t: Tangent): t is Zero => t instanceof Zero;
const partOf = (t: Tangent): Tensor | null => (isZero(t) ? null : t);
const sumOf = (x: Tensor | null, y: Tensor | null): Tensor | null => (x && y ? addAny(x, y) : (x ?? y));

/** Options of the HLO's operation. */
function configOf({ causal, precision, scale }: AttentionParams) {
  const chosen = precisionOf(precision);
  return { causal, scale, ...(chosen && { precision: chosen }) };
}

function whole(
  target: "attention" | "attention-gradient",
  { b, outs }: LoweringContext,
  args: readonly HloInstruction[],
  config: ReturnType<typeof configOf> & { readonly bias?: boolean },
): HloInstruction[] {
  const shapes = outs.map((o) => arrayShape(o.dtype, o.shape));
  return b.customCall(target, args, shapes, { config });
}

/** How a batching rule folds operands that come as inputs, result, statistics, and more like the inputs or the result. */
function foldedBatch(args: readonly Tensor[], dims: readonly (number | null)[], size: number): FoldedBatch {
  return new FoldedBatch(size, args[0].shape.filter((_, d) => d !== dims[0])[0]);
}

const sampleInputs = [f32(2, 3, 4, 2), f32(2, 5, 2, 2), f32(2, 5, 2, 2)];
const causal = { causal: true, scale: 0.75 };
const full = { causal: false, scale: -0.5, precision: "highest" } as const;
const inputSamples: readonly (readonly [readonly ShapedArray[], AttentionParams])[] = [
  [sampleInputs, full],
  [[...sampleInputs, f32(1, 4, 3, 5)], causal],
  [[f64(2, 2, 1, 3), f64(2, 2, 1, 3), f64(2, 2, 1, 3), f64(2, 1, 2, 2)], full],
  [[bf16(1, 2, 2, 4), bf16(1, 2, 2, 4), bf16(1, 2, 2, 4)], causal],
  [[f32(1, 2, 1, 2), f32(1, 0, 1, 2), f32(1, 0, 1, 2)], full],
  [[f32(0, 2, 2, 1), f32(0, 3, 1, 1), f32(0, 3, 1, 1), f32(1, 1, 2, 3)], causal],
];
/** Samples of an operation with the types of more operands. */
const samplesWith = (
  more: (inputs: readonly ShapedArray[], stats: ShapedArray) => readonly ShapedArray[],
  skipGradients: string,
): MultiSample<AttentionParams>[] =>
  inputSamples.map(([inputs, params]) => {
    const { shape, dtype } = statsOf(inputs[0]);
    const avals = [...inputs, ...more(inputs, f32(...shape).withDtype(dtype))];
    // Statistics no smaller than most scores, as they are: weights are exponentials of differences.
    const domain = avals.map((_, i) => (i === inputs.length + 1 ? { min: 5, max: 7 } : {}));
    return { avals, domain, params, skipGradients };
  });

export const attentionP: DefinedMultiPrimitive<AttentionParams> = defineMultiPrimitive<typeof attentionParams>({
  name: "attention",
  doc: "softmax(scale query·keyᵀ + bias)·value for each head, and of each query the logarithm of its scores' sum of exponentials, which has no derivative. Operands are query [B,T,N,H], key and value [B,S,K,H], and perhaps a bias [B or 1,N or 1,T,S]; K divides N.",
  params: attentionParams,
  abstractEval: (inputs) =>
    Either.map((): MultiOut => ({ avals: [typeOf(inputs[0]), statsOf(inputs[0])] }))(checkInputs("attention", inputs)),
  jvp(inputs, tangents, params) {
    const [out, stats] = attentionP.bind(inputs, params);
    const still = zeroTangent(stats);
    if (tangents.every(isZero)) return { outs: [out, stats], tangents: [zeroTangent(out), still] };
    const args = [...inputs, out, stats, ...tangents.map(instantiate)];
    return { outs: [out, stats], tangents: [attentionTangentP.bind(args, params)[0], still] };
  },
  transpose(cts, args, params) {
    const [q, k, v, ...bias] = args;
    if ([q, k, ...bias].some((x) => x instanceof LinearOperand)) {
      throw new TransformError(
        "CT326",
        "attention is linear in values alone, so it cannot be transposed in queries, keys or bias. Use grad or vjp.",
      );
    }
    return linearTranspose(cts.slice(0, 1), args, ([ct]) => {
      // Neither the weights nor what they make of ct depend on the values.
      const inputs = [q, k, zerosLike(v), ...bias] as Tensor[];
      const dinputs = attentionGradientP.bind([...inputs, ...attentionP.bind(inputs, params), ct], params);
      return args.map((_, i) => (i === 2 ? dinputs[2] : null));
    });
  },
  batching(args, dims, params, { size }) {
    const batch = foldedBatch(args, dims, size);
    const inputs = args.map((x, i) => foldInput(batch, x, i, dims[i]));
    const outs = attentionP.bind(inputs, params).map((x) => batch.unfold(x));
    return { outs, dims: [0, 0] };
  },
  partialEval: "whole",
  dce: "whole",
  lower: (cx, args, params) => whole("attention", cx, args, configOf(params)),
  samples: samplesWith(() => [], "the logarithms of sums have no derivative"),
});

/** An input; a bias that all batches share still does. */
function foldInput(batch: FoldedBatch, x: Tensor, i: number, dim: number | null): Tensor {
  if (i < 3) return batch.fold(x, dim);
  return dim === null && x.shape[0] === 1 ? x : batch.foldBias(x, dim);
}

function checkTangent(avals: readonly ShapedArray[]): Result<MultiOut> {
  const n = (avals.length - 2) / 2;
  const inputs = avals.slice(0, n);
  return Either.chain(() => {
    const want = [typeOf(inputs[0]), statsOf(inputs[0]), ...inputs.map(typeOf)];
    const fits = checkTypes("attention_tangent", "operand after the inputs", avals.slice(n), want);
    return Either.map((): MultiOut => ({ avals: [typeOf(inputs[0])] }))(fits);
  })(checkInputs("attention_tangent", inputs));
}

export const attentionTangentP: DefinedMultiPrimitive<AttentionParams> = defineMultiPrimitive<typeof attentionParams>({
  name: "attention_tangent",
  doc: "The tangent of attention's first result, given its inputs, its results and the inputs' tangents, in which alone it is linear.",
  params: attentionParams,
  abstractEval: checkTangent,
  jvp(args, tangents, params) {
    const outs = attentionTangentP.bind(args, params);
    const n = (args.length - 2) / 2;
    const linear = tangents.slice(n + 2);
    const direct = linear.every(isZero)
      ? null
      : attentionTangentP.bind([...args.slice(0, n + 2), ...linear.map(instantiate)], params)[0];
    const changes = tangents.slice(0, n).map(partOf);
    const curved = changes.every((x) => x === null)
      ? null
      : tangentChange(args.slice(0, n), args.slice(n + 2), changes, params);
    return { outs, tangents: [sumOf(direct, curved) ?? zeroTangent(outs[0])] };
  },
  transpose(cts, args, params) {
    const n = (args.length - 2) / 2;
    return linearTranspose(cts, args, ([ct]) => {
      const gradients = attentionGradientP.bind([...(args.slice(0, n + 2) as Tensor[]), ct], params);
      return args.map((x, i) => (x instanceof LinearOperand ? gradients[i - n - 2] : null));
    });
  },
  batching(args, dims, params, { size }) {
    const batch = foldedBatch(args, dims, size);
    const n = (args.length - 2) / 2;
    const isBias = (i: number): boolean => n === 4 && (i === 3 || i === 9);
    // The bias and its tangent keep one shape.
    const isShared = dims[3] === null && dims[9] === null && args[3].shape[0] === 1;
    const folded = args.map((x, i) => {
      if (isBias(i)) return isShared ? x : batch.foldBias(x, dims[i]);
      return batch.fold(x, dims[i]);
    });
    return { outs: [batch.unfold(attentionTangentP.bind(folded, params)[0])], dims: [0] };
  },
  partialEval: "whole",
  dce: "whole",
  lower({ b }, args, params) {
    const n = (args.length - 2) / 2;
    const stats = args[n + 1];
    const [dq, dk, dv, dbias] = args.slice(n + 2);
    const heads = new AttentionHeads(b, args, configOf(params));
    const scores = heads.scores(n === 4 ? args[3] : undefined);
    const weights = b.unary("exponential", b.binary("subtract", scores, heads.forKeys(stats)));
    const products = [heads.pairs(heads.rows(dq), heads.keys), heads.pairs(heads.queries, heads.columns(dk))];
    const dproducts = heads.scaled(b.binary("add", products[0], products[1]));
    const dscores = n === 4 ? b.binary("add", dproducts, heads.fromBias(dbias)) : dproducts;
    const means = heads.sum(b.binary("multiply", weights, dscores), [3]);
    const dweights = b.binary("multiply", weights, b.binary("subtract", dscores, heads.forKeys(means)));
    const mixed = b.binary(
      "add",
      heads.mixColumns(dweights, heads.values),
      heads.mixColumns(weights, heads.columns(dv)),
    );
    return [heads.fromRows(mixed)];
  },
  samples: samplesWith(([q, ...others], stats) => [q, stats, q, ...others], "it takes results that go with its inputs"),
});

function checkGradient(avals: readonly ShapedArray[]): Result<MultiOut> {
  const inputs = avals.slice(0, -3);
  return Either.chain(() => {
    const want = [typeOf(inputs[0]), statsOf(inputs[0]), typeOf(inputs[0])];
    const fits = checkTypes("attention_gradient", "operand after the inputs", avals.slice(-3), want);
    return Either.map((): MultiOut => ({ avals: inputs.map(typeOf) }))(fits);
  })(checkInputs("attention_gradient", inputs));
}

export const attentionGradientP: DefinedMultiPrimitive<AttentionParams> = defineMultiPrimitive<typeof attentionParams>({
  name: "attention_gradient",
  doc: "The gradients of attention's inputs, given those, its results and the gradient of the first of these, in which alone it is linear.",
  params: attentionParams,
  abstractEval: checkGradient,
  jvp(args, tangents, params) {
    const outs = attentionGradientP.bind(args, params);
    const inputs = args.slice(0, -3);
    const dout = tangents[args.length - 1];
    const direct = isZero(dout) ? null : attentionGradientP.bind([...args.slice(0, -1), dout], params);
    const changes = tangents.slice(0, -3).map(partOf);
    const curved = changes.every((x) => x === null)
      ? null
      : gradientChange(inputs, args[args.length - 1], changes, params);
    return { outs, tangents: outs.map((x, i) => sumOf(direct?.[i] ?? null, curved?.[i] ?? null) ?? zeroTangent(x)) };
  },
  transpose: (cts, args, params) =>
    linearTranspose(cts, args, (dinputs) => {
      const known = args.slice(0, -1) as Tensor[];
      const [ct] = attentionTangentP.bind([...known, ...dinputs], params);
      return args.map((x) => (x instanceof LinearOperand ? ct : null));
    }),
  batching(args, dims, params, { size }) {
    const batch = foldedBatch(args, dims, size);
    const isBias = (i: number): boolean => i === 3 && args.length === 7;
    const folded = args.map((x, i) => (isBias(i) ? batch.foldBias(x, dims[i]) : batch.fold(x, dims[i])));
    const outs = attentionGradientP.bind(folded, params).map((x, i) => {
      if (!isBias(i)) return batch.unfold(x);
      return batch.unfoldBias(x, args[i].shape.filter((_, d) => d !== dims[i])[0] === 1);
    });
    return { outs, dims: outs.map(() => 0) };
  },
  partialEval: "whole",
  dce: "whole",
  lower: (cx, args, params) => whole("attention-gradient", cx, args, { ...configOf(params), bias: args.length === 7 }),
  samples: samplesWith(([q], stats) => [q, stats, q], "it takes results that go with its inputs"),
});

/** Query, key and value, and perhaps a bias. */
export type AttentionInputs = readonly [q: Tensor, k: Tensor, v: Tensor, bias?: Tensor];

/** softmax(scale query·keyᵀ + bias)·value, and the logarithms of the sums of exponentials, which have no derivative. */
export const attention = (inputs: AttentionInputs, params: AttentionParams): readonly [out: Tensor, stats: Tensor] => {
  const given = inputs.filter((x) => x !== undefined);
  const [out, stats] = attentionP.bind(given, inScope(params));
  return [out, stats];
};

/** The tangent of `attention`'s first result; both of them are given. */
export const attentionTangent = (
  inputs: readonly Tensor[],
  results: readonly [out: Tensor, stats: Tensor],
  tangents: readonly Tensor[],
  params: AttentionParams,
): Tensor => attentionTangentP.bind([...inputs, ...results, ...tangents], params)[0];

/** The gradients of `attention`'s inputs, given both of its results and the first one's gradient. */
export const attentionGradient = (
  inputs: readonly Tensor[],
  results: readonly [out: Tensor, stats: Tensor],
  dout: Tensor,
  params: AttentionParams,
): readonly Tensor[] => attentionGradientP.bind([...inputs, ...results, dout], params);
