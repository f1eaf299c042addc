/** A parsed index as one gather: index vectors, dimension numbers, and what is done before and after. */
import { type DType, dtypes } from "../../core/dtype.js";
import { literal } from "../../core/scalars.js";
import type { Tensor } from "../../core/tensor.js";
import { ShapeError } from "../../prelude/errors.js";
import { range } from "../../prelude/numbers.js";
import * as p from "../../primitives/index.js";
import { broadcastTensors } from "../promote.js";
import { type ParsedIndex, sliceLength } from "./parse.js";

export interface GatherPlan {
  /** Index vectors in the last dimension; null where everything is taken. */
  readonly indices: Tensor;
  readonly dimensions: {
    readonly offsetDims: readonly number[];
    readonly collapsedSliceDims: readonly number[];
    readonly startIndexMap: readonly number[];
  };
  readonly windowSizes: readonly number[];
  /** The result's shape, new axes included. */
  readonly shape: readonly number[];
  /** New axes of the result. */
  readonly newAxes: readonly number[];
  /** Dimensions of what is gathered that are to be reversed. */
  readonly reversed: readonly number[];
  /** Without tensors in the index, places are distinct and in order. */
  readonly basic: boolean;
}

/** Indices of -1 and below count from the end. */
export function wrapNegative(index: Tensor, size: number): Tensor {
  if (dtypes[index.dtype].kind === "unsigned") return index;
  return p.select(p.lt(index, 0), p.add(index, size), index);
}

const indexType = (shape: readonly number[]): DType => (shape.some((n) => n > 2 ** 31 - 1) ? "int64" : "int32");

/** An integer that is in range or below; further out it stays as it is, and is clipped, filled or dropped. */
const wrapped = (value: number, size: number): number => (value < 0 ? value + size : value);

/** The gather that takes what the index names; scatters use its inverse. */
export function planGather(fn: string, index: ParsedIndex, wrap = true): GatherPlan {
  const { shape, parts } = index;
  const type = indexType(shape);
  const hasArrays = parts.some((q) => q.kind === "array" && q.value.ndim > 0);
  const isAdvanced = (q: ParsedIndex["parts"][number]): boolean => q.kind === "array" || q.kind === "integer";
  const first = index.contiguous ? parts.findIndex(isAdvanced) : 0;

  const rows: { readonly value: Tensor; readonly at: number }[] = [];
  const batch: number[] = [];
  const offsetDims: number[] = [];
  const collapsed: number[] = [];
  const startIndexMap: number[] = [];
  const windowSizes: number[] = [];
  const out: number[] = [];
  const newAxes: number[] = [];
  const reversed: number[] = [];
  let gathered = 0;

  const normal = parts.map((q) => {
    if (q.kind === "integer") return literal(wrap ? wrapped(q.value, shape[q.axis]) : q.value, "int32");
    return q.kind === "array" ? (wrap ? wrapNegative(q.value, shape[q.axis]) : q.value) : null;
  });

  parts.forEach((q, position) => {
    if (hasArrays && position === first) {
      const which = range(parts.length).filter((i) => isAdvanced(parts[i]));
      const arrays = broadcastTensors(fn, ...which.map((i) => normal[i] as Tensor));
      const at = batch.length;
      for (const a of arrays) rows.push({ value: p.convert(a, type), at });
      const axes = which.map((i) => (parts[i] as { axis: number }).axis);
      batch.push(...arrays[0].shape);
      out.push(...arrays[0].shape);
      startIndexMap.push(...axes);
      collapsed.push(...axes);
      gathered += arrays[0].ndim;
    }
    if (q.kind === "new") {
      newAxes.push(out.length);
      out.push(1);
      return;
    }
    if (q.kind !== "slice") {
      windowSizes.push(1);
      if (hasArrays) return;
      if (shape[q.axis] === 0) {
        throw new ShapeError(
          "CT111",
          `${fn}: dimension ${q.axis} of the array of shape [${shape}] is empty, so there is no element to take.`,
        );
      }
      rows.push({ value: p.convert(normal[position] as Tensor, type), at: batch.length });
      collapsed.push(q.axis);
      startIndexMap.push(q.axis);
      return;
    }
    const length = sliceLength(q);
    out.push(length);
    if (q.step === 1) {
      // A whole dimension needs no index.
      if (length !== shape[q.axis]) {
        rows.push({ value: literal(q.start, type), at: batch.length });
        startIndexMap.push(q.axis);
      }
      windowSizes.push(length);
      offsetDims.push(gathered);
    } else {
      const places = p.add(q.start, p.mul(q.step, p.iota(type, [length], 0)));
      rows.push({ value: q.step < 0 ? p.rev(places, [0]) : places, at: batch.length });
      if (q.step < 0) reversed.push(gathered);
      startIndexMap.push(q.axis);
      collapsed.push(q.axis);
      windowSizes.push(1);
      batch.push(length);
    }
    gathered++;
  });

  return {
    indices: joinRows(rows, batch, type),
    dimensions: { offsetDims, collapsedSliceDims: [...collapsed].sort((a, b) => a - b), startIndexMap },
    windowSizes,
    shape: out,
    newAxes,
    reversed,
    basic: !hasArrays,
  };
}

/** The components of index vectors side by side in a last dimension. */
function joinRows(rows: readonly { value: Tensor; at: number }[], batch: readonly number[], type: DType): Tensor {
  if (rows.length === 0) return p.full([0], 0, type);
  if (rows.length === 1) return p.expandDims(rows[0].value, [rows[0].value.ndim]);
  const shape = [...batch, 1];
  const columns = rows.map(({ value, at }) => p.broadcastInDim(value, shape, range(at, at + value.ndim)));
  return p.concatenate(columns, batch.length);
}
