/** What a fusion costs, roughly: the scheduler's, the splitter's and the plan's measure. */
import { dtypes } from "../../../hlo/dtype.js";
import type { HloInstruction } from "../../../hlo/instruction.js";
import { type HloShape, sizeOf } from "../../../hlo/shape.js";
import { dimsOf } from "./forms.js";
import type { Fusion } from "./kernel.js";

const heavy: ReadonlySet<string> = new Set([
  "acos", "acosh", "asin", "asinh", "atan", "atanh", "atan2", "cbrt", "cos", "cosh", "digamma", "erf", "erfc", "erf-inv",
  "bessel-i0e", "bessel-i1e", "exponential", "exponential-minus-one", "lgamma", "log", "log-plus-one", "logistic", "sine",
  "sinh", "tan", "tanh", "power", "igamma", "igammac", "random-gamma-grad", "regularized-incomplete-beta-b", "zeta", "polygamma",
  "remainder",
]); // biome-ignore format: a table
const free: ReadonlySet<string> = new Set([
  "parameter", "constant", "tuple", "get-tuple-element", "broadcast", "reshape", "transpose", "slice", "reverse", "iota",
  "concatenate", "pad", "dynamic-slice", "gather", "optimization-barrier",
]); // biome-ignore format: a table

/** Operations for one element. */
export function weightOf(i: HloInstruction): number {
  if (free.has(i.opcode)) return 0;
  if (heavy.has(i.opcode)) return 20;
  return i.opcode === "divide" || i.opcode === "sqrt" || i.opcode === "rsqrt" ? 4 : 1;
}

const bytesOf = (shape: HloShape): number =>
  shape.kind === "tuple"
    ? shape.elements.reduce((n, s) => n + bytesOf(s), 0)
    : sizeOf(shape.dims) * dtypes[shape.dtype].bytes;

export function costOf(fusion: Fusion): { readonly flops: number; readonly bytes: number } {
  let flops = 0;
  for (const i of fusion.computation.instructions) {
    const touched = i.opcode === "reduce" || i.opcode === "reduce-window" ? i.operands[0] : i;
    if (i.opcode !== "tuple") flops += weightOf(i) * sizeOf(dimsOf(touched));
  }
  const read = fusion.operands.reduce((n, x) => n + bytesOf(x.shape), 0);
  return { flops, bytes: read + bytesOf(fusion.shape) };
}

/** Work, in operations and bytes, that is worth another thread. */
const grainWork = 32768;

/** How many of the units into which the whole work is divided one thread should take at least. */
export function grainOf(fusion: Fusion, units: number): number {
  const { flops, bytes } = costOf(fusion);
  return Math.max(1, Math.ceil((grainWork * units) / Math.max(1, flops + bytes)));
}
