/** `x[index]`: as a slice where the index is constant, a dynamic slice where it is scalar, else a gather. */
import { DeviceTensor } from "../../core/device-tensor.js";
import { literal, literalValue, type ScalarValue } from "../../core/scalars.js";
import type { Tensor } from "../../core/tensor.js";
import { isEager } from "../../interpreters/evaluate.js";
import * as p from "../../primitives/index.js";
import { planGather, wrapNegative } from "./gather-plan.js";
import { type Parsed, type ParsedIndex, parseIndex, sliceLength } from "./parse.js";

/** What becomes of indices out of range: filled in or dropped, moved to the edge, or promised not to occur. */
export type IndexMode = "fill" | "drop" | "clip" | "promise_in_bounds";

export interface TakeOptions {
  readonly mode?: IndexMode | null | undefined;
  readonly fillValue?: ScalarValue | undefined;
  readonly indicesAreSorted?: boolean | undefined;
  readonly uniqueIndices?: boolean | undefined;
  /** Whether -1 is the last element; true by default. */
  readonly wrapNegativeIndices?: boolean | undefined;
}

const modes: Readonly<Record<IndexMode, p.GatherScatterMode>> = {
  fill: "fill_or_drop",
  drop: "fill_or_drop",
  clip: "clip",
  promise_in_bounds: "promise_in_bounds",
};
export const isIndexMode = (x: unknown): x is IndexMode => typeof x === "string" && Object.hasOwn(modes, x);
/** The mode of the primitives; `otherwise` where none is asked for. */
export const gatherMode = (mode: IndexMode | null | undefined, otherwise: p.GatherScatterMode): p.GatherScatterMode =>
  mode === undefined || mode === null ? otherwise : modes[mode];

/** The elements of x that the index names, for the names of messages see `parseIndex`. */
export function takeIndex(fn: string, x: Tensor, index: readonly unknown[], options: TakeOptions = {}): Tensor {
  const parsed = parseIndex(fn, index, x.shape);
  const mode = gatherMode(options.mode, "promise_in_bounds");
  const wrap = options.wrapNegativeIndices ?? true;
  if (mode !== "fill_or_drop" && parsed.added.length === 0) {
    if (isStatic(parsed, mode, wrap)) return staticSlice(x, parsed, wrap);
    if (isScalar(parsed)) return dynamicSlice(x, parsed, wrap);
  }
  return gathered(fn, x, parsed, mode, wrap, options);
}

/** Whether every part is known and in range (or brought there). */
function isStatic({ shape, parts }: ParsedIndex, mode: p.GatherScatterMode, wrap: boolean): boolean {
  return parts.every((q) => {
    if (q.kind !== "integer") return q.kind !== "array";
    const size = shape[q.axis];
    const i = wrap && q.value < 0 ? q.value + size : q.value;
    return size > 0 && (mode === "clip" || (i >= 0 && i < size));
  });
}

/** Where new axes go in what is left of the array's dimensions. */
const newAxesOf = (parts: readonly Parsed[]): number[] => {
  const axes: number[] = [];
  let kept = 0;
  for (const q of parts) {
    if (q.kind === "new") axes.push(kept + axes.length);
    else if (q.kind === "slice") kept++;
  }
  return axes;
};

/** Reverses, drops and adds the dimensions that the parts ask for. */
function finish(x: Tensor, parts: readonly Parsed[]): Tensor {
  const reversed = parts.flatMap((q) => (q.kind === "slice" && q.step < 0 ? [q.axis] : []));
  const dropped = parts.flatMap((q) => (q.kind === "integer" || q.kind === "array" ? [q.axis] : []));
  const y = reversed.length > 0 ? p.rev(x, reversed) : x;
  return p.expandDims(p.squeeze(y, dropped), newAxesOf(parts));
}

function staticSlice(x: Tensor, { shape, parts }: ParsedIndex, wrap: boolean): Tensor {
  const starts: number[] = [];
  const limits: number[] = [];
  const strides: number[] = [];
  for (const q of parts) {
    if (q.kind === "integer") {
      const i = wrap && q.value < 0 ? q.value + shape[q.axis] : q.value;
      const start = Math.min(Math.max(i, 0), shape[q.axis] - 1);
      starts.push(start);
      limits.push(start + 1);
      strides.push(1);
    } else if (q.kind === "slice") {
      const n = sliceLength(q);
      // Backwards, the same elements from the far end are taken and then reversed.
      const start = q.step > 0 ? q.start : n === 0 ? Math.min(shape[q.axis], q.stop + 1) : q.start + (n - 1) * q.step;
      starts.push(start);
      limits.push(Math.max(start, q.step > 0 ? q.stop : n === 0 ? start : q.start + 1));
      strides.push(Math.abs(q.step));
    }
  }
  const trivial = strides.every((s) => s === 1) && starts.every((s, d) => s === 0 && limits[d] === shape[d]);
  const sliced = trivial ? x : p.slice(x, starts, limits, strides.every((s) => s === 1) ? undefined : strides);
  return finish(sliced, parts);
}

/** Whether tensors in the index are scalars and slices have steps of 1 or -1: then it is one block. */
const isScalar = ({ shape, parts }: ParsedIndex): boolean =>
  parts.every((q) => {
    if (q.kind === "slice") return Math.abs(q.step) === 1;
    if (q.kind === "array") return q.value.ndim === 0 && shape[q.axis] > 0;
    return q.kind === "new" || shape[q.axis] > 0;
  });

/** Constants are wrapped at once when running, but written down as JAX does when tracing. */
function wrapStart(start: Tensor, size: number): Tensor {
  if (isEager() && start instanceof DeviceTensor && start.isLiteral) {
    const value = Number(literalValue(start));
    return value < 0 ? literal(value + size, start.dtype) : start;
  }
  return wrapNegative(start, size);
}

function dynamicSlice(x: Tensor, { shape, parts }: ParsedIndex, wrap: boolean): Tensor {
  const starts: Tensor[] = [];
  const sizes: number[] = [];
  for (const q of parts) {
    if (q.kind === "integer" || q.kind === "array") {
      starts.push(q.kind === "integer" ? literal(q.value, "int32") : q.value);
      sizes.push(1);
    } else if (q.kind === "slice") {
      const n = sliceLength(q);
      starts.push(literal(q.step > 0 ? q.start : q.stop + 1, "int32"));
      sizes.push(n);
    }
  }
  const type = shape.some((n) => n > 2 ** 31 - 1) ? "int64" : "int32";
  const typed = starts.length > 1 ? starts.map((s) => p.convert(s, type)) : starts;
  const wrapped = wrap ? typed.map((s, d) => wrapStart(s, shape[d])) : typed;
  return finish(p.dynamicSlice(x, wrapped, sizes), parts);
}

function gathered(
  fn: string,
  x: Tensor,
  parsed: ParsedIndex,
  mode: p.GatherScatterMode,
  wrap: boolean,
  { fillValue, indicesAreSorted = false, uniqueIndices = false }: TakeOptions,
): Tensor {
  const plan = planGather(fn, parsed, wrap);
  const operand = p.expandDims(x, parsed.added);
  if (plan.shape.includes(0)) return p.full(plan.shape, 0, x.dtype, x.weakType);
  let y = operand;
  if (plan.dimensions.startIndexMap.length > 0) {
    y = p.gather(operand, plan.indices, plan.dimensions, plan.windowSizes, {
      mode,
      indicesAreSorted: plan.basic || indicesAreSorted,
      uniqueIndices: plan.basic || uniqueIndices,
      ...(fillValue !== undefined && { fillValue }),
    });
  }
  if (plan.reversed.length > 0) y = p.rev(y, plan.reversed);
  return p.expandDims(y, plan.newAxes);
}
