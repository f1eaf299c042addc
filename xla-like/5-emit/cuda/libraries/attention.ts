/** Attention and its gradient by cuDNN, which has them for halves. */
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { type ArrayShape, arrayShape } from "../../../hlo/shape.js";
import { dtypeCode } from "../../dtype-code.js";
import { dimsOf } from "../../elements/forms.js";
import type { Parts, Placed } from "../parts.js";
import type { CudaTarget } from "../target.js";
import type { CustomCall } from "./matrices.js";

/** What heads are made of, and how much of that there is. */
const headStep = 8;
const mostOfHead = 128;
/** Keys that do not fill a tile have to be counted where gradients are computed. */
const tile = 128;

function shapeOf(i: HloInstruction): ArrayShape {
  if (i.shape.kind !== "array") throw new TypeError("attention is computed from arrays");
  return i.shape;
}

interface Attention {
  readonly isGradient: boolean;
  readonly bias: HloInstruction | undefined;
  readonly hasBiasGradient: boolean;
  readonly causal: boolean;
}

function describe({ target, operands, config, shape }: Instr<"custom-call">): Attention {
  const isGradient = target === "attention-gradient";
  return {
    isGradient,
    bias: operands.length > (isGradient ? 6 : 3) ? operands[3] : undefined,
    hasBiasGradient: isGradient && shape.elements.length > 3,
    causal: config.causal === true,
  };
}

/** Whether cuDNN computes it on cards of all kinds, by every version that can be used. */
export function keepsAttention(i: Instr<"custom-call">, target: CudaTarget): boolean {
  const [q, k] = i.operands;
  const {
    dtype,
    dims: [B, T, N, H],
  } = shapeOf(q);
  const S = dimsOf(k)[1];
  const { isGradient, bias, hasBiasGradient, causal } = describe(i);
  if (dtype !== "bfloat16" && dtype !== "float16") return false;
  if ([B, T, N, H, S].includes(0) || H % headStep !== 0 || H > mostOfHead) return false;
  // A single query sees a single key then; older versions have no mask for it.
  if (T === 1 && (causal || (isGradient && S === 1))) return false;
  if (bias !== undefined && (T % 2 !== 0 || S % 2 !== 0)) return false;
  // Its sum over the batch may come in any order.
  return !(hasBiasGradient && target.deterministic === true);
}

const bitsOf = (x: number): number => new Int32Array(Float32Array.of(x).buffer)[0];

/** What both routines are told first. */
function params(i: CustomCall): number[] {
  const [q, k] = i.operands.map(shapeOf);
  const [, S, K] = k.dims;
  const { bias, causal } = describe(i);
  const [biasBatch, biasHeads] = bias === undefined ? [0, 0] : dimsOf(bias);
  const scale = bitsOf(Number(i.config.scale));
  return [dtypeCode(q.dtype), ...q.dims, S, K, biasBatch, biasHeads, Number(causal), scale];
}

const operands = (parts: Parts, i: CustomCall): Placed[] => i.operands.map((_, n) => parts.operand(n));
const outputs = (parts: Parts, i: CustomCall): Placed[] => i.shape.elements.map((_, n) => parts.output(n));
const call = (parts: Parts, routine: string, arrays: readonly Placed[], numbers: readonly number[]): void =>
  parts.call(
    routine,
    arrays.map((a) => a.place),
    numbers,
  );

export function attention(parts: Parts, i: CustomCall): boolean {
  if (!keepsAttention(i, parts.target)) return false;
  call(parts, "attention", [...operands(parts, i), ...outputs(parts, i)], params(i));
  return true;
}

export function attentionGradient(parts: Parts, i: CustomCall): boolean {
  if (!keepsAttention(i, parts.target)) return false;
  const [[B, T], [, S]] = i.operands.map(dimsOf);
  const lengths: Placed[] = [];
  if (S % tile !== 0) {
    const shape = arrayShape("int32", [B]);
    lengths.push(parts.scratch(shape), parts.scratch(shape));
    parts.loop([], lengths, (b) => [T, S].map((n) => b.fill(n, "int32", shape.dims)));
  }
  const numbers = [...params(i), Number(describe(i).hasBiasGradient), Number(lengths.length > 0)];
  call(parts, "attention-gradient", [...operands(parts, i), ...outputs(parts, i), ...lengths], numbers);
  return true;
}
