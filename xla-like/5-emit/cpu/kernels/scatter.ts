/**
 * scatter in place: for each window of updates, in order, its elements are combined into the result where the window
 * lies wholly inside. Threads divide what lies inside a window along a dimension that no window is moved along, so that
 * every element of the result has one owner, who sees the windows in their order.
 */
import { dtypes } from "../../../hlo/dtype.js";
import type { Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import { grainOf } from "../../elements/cost.js";
import { constantInt, type Int, type Placed } from "../../elements/frame.js";
import type { Fusion } from "../../elements/fusion.js";
import type { Index } from "../../elements/index.js";
import { emitConstant } from "../../scalar/constants.js";
import type { IrModule } from "../../scalar/ir.js";
import { compareIntegers } from "../../scalar/lanes.js";
import { loadElements, storeElements } from "../../scalar/memory.js";
import { single } from "../../scalar/value.js";
import type { CpuTarget } from "../target.js";
import { allArguments, Kernel } from "./kernel.js";
import type { Launch } from "./launch.js";
import { prefetch } from "./prefetch.js";
import { lanesFor, mostLanes } from "./vectors.js";
import { begin, end } from "./walk.js";

/** Into how many parts the elements of a window are divided at most. */
const mostParts = 16;
/** So many windows later what is asked for now will be there. */
const windowsAhead = 16;
/** Bytes of a window that are asked for: what follows is foreseen from them. */
const mostFetched = 1024;

export function emitScatter(
  module: IrModule,
  fusion: Fusion,
  i: Instr<"scatter">,
  symbol: string,
  target: CpuTarget,
): readonly Launch[] {
  const [, indices, updates] = i.operands;
  const { dims } = i;
  const resultDims = i.shape.dims;
  const updateDims = arrayOf(updates).dims;
  const indexDims = arrayOf(indices).dims;
  if (sizeOf(updateDims) === 0) return [];

  const windowOf = resultDims
    .map((_, d) => d)
    .filter((d) => !dims.insertedWindowDims.includes(d) && !dims.inputBatchingDims.includes(d));
  /** The update's dimension that is the result's dimension d within a window. */
  const updateDim = (d: number): number => dims.updateWindowDims[windowOf.indexOf(d)] ?? -1;
  const last = resultDims.findLastIndex((n) => n > 1);
  // Vectors lie along the result's last dimension, if windows do.
  const along = last >= 0 && windowOf.includes(last) ? updateDim(last) : -1;
  const extent = along < 0 ? 1 : updateDims[along];
  const lanes = along < 0 ? 1 : lanesFor(extent, mostLanes(fusion, target));
  const divides = along >= 0 && !dims.scatterDimsToOperandDims.includes(last);
  const block = divides ? Math.ceil(extent / mostParts / lanes) * lanes : extent;
  const units = Math.ceil(extent / block);

  const kernel = new Kernel(module, fusion, lanes, target);
  const { frame, ints, coordinates, evaluator } = kernel;
  const batchDims = updateDims.map((_, d) => d).filter((d) => !dims.updateWindowDims.includes(d));
  const vectorDim = dims.indexVectorDim;

  const combine = (at: readonly Int[], column: Int, row: Int): void => {
    const index: Index = updateDims.flatMap((size, d) => {
      if (size === 1) return [];
      return [{ size, coordinate: d === along ? affine(column, lanes > 1 ? 1 : 0) : affine(at[d]) }];
    });
    const mask = extent % lanes === 0 ? undefined : kernel.below(column, extent);
    evaluator.tail = mask === undefined ? undefined : () => mask;
    const x = evaluator.spread(evaluator.evaluate(updates, index));
    const pointer = evaluator.pointer(kernel.output(0), i.shape, ints.add(row, column)).value;
    const cx = evaluator.context(frame.depth, lanes);
    // Not remembered: an earlier window may have written what is read.
    const old = loadElements(cx, i.shape.dtype, pointer, mask === undefined ? {} : { mask: mask.value });
    const [next] = evaluator.apply(i.computation, [old, x.value], lanes);
    storeElements(cx, i.shape.dtype, pointer, next, mask === undefined ? {} : { mask: mask.value });
  };

  const indexAt = (at: readonly Int[], entry: number): Index => {
    let b = 0;
    return indexDims.flatMap((size, d) => {
      const base = d === vectorDim ? constantInt(entry) : at[batchDims[b++]];
      return size === 1 ? [] : [{ size, coordinate: affine(base) }];
    });
  };
  const strides = resultDims.map((_, d) => sizeOf(resultDims.slice(d + 1)));

  /** Asks for what a later window in a list of them will change: where that is, nothing foretells but the indices. */
  const fetchLater = (at: readonly Int[], unit: Int): void => {
    const [batch] = batchDims;
    if (batchDims.length !== 1 || windowOf.length !== 1 || along < 0) return;
    const later = [...at];
    later[batch] = ints.min(ints.add(at[batch], windowsAhead), updateDims[batch] - 1);
    const origin = dims.scatterDimsToOperandDims.reduce(
      (sum, d, entry) => {
        const start = evaluator.toInt(arrayOf(indices), evaluator.evaluate(indices, indexAt(later, entry)));
        return ints.add(sum, ints.mul(start, strides[d]));
      },
      ints.mul(unit, block),
    );
    const { value } = evaluator.pointer(kernel.output(0), i.shape, origin);
    const { bytes } = dtypes[i.shape.dtype];
    prefetch(frame.here, value, Math.min(bytes * Math.min(block, extent), mostFetched), true);
  };

  /** The window at `at`, a coordinate for every batch dimension of the updates. */
  const window = (at: readonly Int[], unit: Int): void => {
    let inside: Placed = coordinates.truth;
    let origin = constantInt(0);
    dims.scatterDimsToOperandDims.forEach((d, entry) => {
      const size = windowOf.includes(d) ? updateDims[updateDim(d)] : 1;
      const limit = resultDims[d] - size;
      const start = evaluator.evaluate(indices, indexAt(at, entry));
      inside = coordinates.and(inside, startsInside(kernel, indices, start, limit));
      origin = ints.add(origin, ints.mul(evaluator.toInt(arrayOf(indices), start), strides[d]));
    });
    dims.inputBatchingDims.forEach((d, k) => {
      const indexDim = dims.scatterIndicesBatchingDims[k];
      const n = indexDims
        .map((_, m) => m)
        .filter((m) => m !== vectorDim)
        .indexOf(indexDim);
      origin = ints.add(origin, ints.mul(at[batchDims[n]], strides[d]));
    });
    frame.when(inside.value, (depth) => {
      const loops = windowOf.filter((d) => d !== last || along < 0);
      const nest = (k: number, within: readonly Int[], row: Int): void => {
        if (k < loops.length) {
          const d = loops[k];
          const size = updateDims[updateDim(d)];
          const step = (c: Int) => {
            const next = [...within];
            next[updateDim(d)] = c;
            nest(k + 1, next, ints.add(row, ints.mul(c, strides[d])));
          };
          if (size === 1) {
            step(constantInt(0));
            return;
          }
          const loop = frame.openLoop(constantInt(0), constantInt(size), 1, true);
          step(loop.index);
          frame.closeLoop(loop);
          return;
        }
        if (extent <= lanes) {
          combine(within, { ...constantInt(0), depth }, row);
          return;
        }
        const from = units === 1 ? constantInt(0) : ints.mul(unit, block);
        const to = units === 1 ? constantInt(extent) : ints.min(ints.add(from, block), extent);
        const columns = frame.openLoop(from, to, lanes, true);
        combine(within, columns.index, row);
        frame.closeLoop(columns);
      };
      nest(0, at, origin);
    });
  };

  const unit = frame.openLoop(begin, end, 1, false);
  const batches = (k: number, at: readonly Int[]): void => {
    if (k === batchDims.length) {
      fetchLater(at, unit.index);
      window(at, unit.index);
      return;
    }
    const loop = frame.openLoop(constantInt(0), constantInt(updateDims[batchDims[k]]), 1, true);
    const next = [...at];
    next[batchDims[k]] = loop.index;
    batches(k + 1, next);
    frame.closeLoop(loop);
  };
  batches(0, []);
  frame.closeLoop(unit);
  kernel.define(symbol);
  return [{ symbol, args: allArguments(fusion), units, grain: grainOf(fusion, units) }];
}

/** Whether a start is in [0, limit]. */
function startsInside(
  kernel: Kernel,
  indices: Parameters<typeof arrayOf>[0],
  start: ReturnType<Kernel["evaluator"]["evaluate"]>,
  limit: number,
): Placed {
  const wide = kernel.evaluator.toInt(arrayOf(indices), start);
  // As an unsigned number, what is negative is beyond any limit.
  if (limit < 0) return { value: single(emitConstant(kernel.evaluator.context(0, 1), "bool", false)), depth: 0 };
  const b = kernel.frame.at(wide.depth);
  const type = kernel.ints.value(wide).type;
  return {
    value: compareIntegers(b, "ule", kernel.ints.value(wide), { type, text: String(limit) }),
    depth: wide.depth,
  };
}
