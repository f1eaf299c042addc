import type { HloInstruction } from "../../hlo/instruction.js";
import { bytesOf, sizeOf } from "../../hlo/shape.js";
import { dimsOf } from "./forms.js";
import type { Fusion } from "./fusion.js";

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

/** Whether a kernel may be written out several times, for each of a few rows, instead of in a loop. */
export const isShort = ({ computation }: Fusion): boolean => computation.instructions.length <= 12;

/** Operations for one element. */
export function weightOf(i: HloInstruction): number {
  if (free.has(i.opcode)) return 0;
  if (heavy.has(i.opcode)) return 20;
  return i.opcode === "divide" || i.opcode === "sqrt" || i.opcode === "rsqrt" ? 4 : 1;
}

const sliced: ReadonlySet<string> = new Set(["slice", "dynamic-slice", "gather"]);

/** What a user reads of its operand k. */
function readBy(user: HloInstruction, k: number): number {
  if (sliced.has(user.opcode) && k === 0) return bytesOf(user.shape);
  if (user.opcode === "scatter" && k === 0) return bytesOf(user.operands[2].shape);
  return user.opcode === "dynamic-update-slice" && k === 0 ? 0 : bytesOf(user.operands[k].shape);
}

/** What storing a result writes: of an update in place, only the update. */
function writtenFor(root: HloInstruction): number {
  if (root.opcode === "dynamic-update-slice") return bytesOf(root.operands[1].shape);
  return bytesOf(root.opcode === "scatter" ? root.operands[2].shape : root.shape);
}

const costs = new WeakMap<Fusion, { readonly flops: number; readonly bytes: number }>();

export function costOf(fusion: Fusion): { readonly flops: number; readonly bytes: number } {
  const known = costs.get(fusion);
  if (known !== undefined) return known;
  const { instructions, root } = fusion.computation;
  const isUpdate = fusion.kind === "update";
  let flops = 0;
  const read = new Map<HloInstruction, number>();
  for (const i of instructions) {
    if (i === root) continue;
    const touched = i.opcode === "reduce" || i.opcode === "reduce-window" ? i.operands[0] : i;
    const works =
      i.opcode !== "tuple" && !(isUpdate && (i.opcode === "dynamic-update-slice" || i.opcode === "scatter"));
    if (works) flops += weightOf(i) * sizeOf(dimsOf(touched));
    i.operands.forEach((x, k) => {
      if (x.opcode === "parameter") read.set(x, (read.get(x) ?? 0) + readBy(i, k));
    });
  }
  let bytes = root.operands.reduce((n, x) => n + (isUpdate ? writtenFor(x) : bytesOf(x.shape)), 0);
  for (const [x, n] of read) bytes += Math.min(n, bytesOf(x.shape));
  const cost = { flops, bytes };
  costs.set(fusion, cost);
  return cost;
}

/** Work, in operations and bytes, that is worth another thread. */
const grainWork = 32768;

/** How many of the units into which the whole work is divided one thread should take at least. */
export function grainOf(fusion: Fusion, units: number): number {
  const { flops, bytes } = costOf(fusion);
  return Math.max(1, Math.ceil((grainWork * units) / Math.max(1, flops + bytes)));
}

/** Elements of a unit of work, at least and at most: where they cost little, many to a unit. */
const fewestElements = 128;
const mostElements = 2048;

/** How many elements of a domain of `size` make a unit of work, where the domain has as many: a power of two. */
export function unitElementsOf(fusion: Fusion, size: number): number {
  const { flops, bytes } = costOf(fusion);
  const worthIt = (2 * grainWork * size) / Math.max(1, flops + bytes);
  return 2 ** Math.floor(Math.log2(Math.min(mostElements, Math.max(fewestElements, worthIt))));
}
