/** gather: the operand at places that the indices name, moved so that every slice lies inside. */

import { dtypes } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { type IrValue, mangled, typeText } from "../scalar/ir.js";
import { castTo, choose, compareIntegers, integer } from "../scalar/lanes.js";
import { single } from "../scalar/value.js";
import { arrayOf, type Computed } from "./computed.js";
import { affine, type Coordinate } from "./coordinates.js";
import type { Evaluator } from "./evaluator.js";
import { constantInt, type Placed } from "./frame.js";
import { type Index, merged, type Part, regroup, splitIndex } from "./index.js";

export function evaluateGather(e: Evaluator, i: Instr<"gather">, index: Index, active: Placed | undefined): Computed {
  const { coordinates } = e;
  const [operand, indices] = i.operands;
  const { dims } = i;
  const groups = regroup(index, i.shape.dims, splitIndex(coordinates));
  const batch = i.shape.dims.map((_, d) => d).filter((d) => !dims.offsetDims.includes(d));
  const indexDims = arrayOf(indices).dims;

  /** The index of entry k of the index vector. */
  const indexAt = (k: number, ofBatch = batch.map((d) => groups[d])): Index => {
    let b = 0;
    return indexDims.flatMap((size, d): readonly Part[] => {
      if (d === dims.indexVectorDim) return size === 1 ? [] : [{ size, coordinate: affine(k) }];
      return ofBatch[b++];
    });
  };
  /** The coordinate along a batch dimension of the indices. */
  const batchCoordinate = (d: number): Coordinate => {
    const k = indexDims
      .map((_, n) => n)
      .filter((n) => n !== dims.indexVectorDim)
      .indexOf(d);
    return merged(coordinates, groups[batch[k]]);
  };

  const operandDims = arrayOf(operand).dims;
  const windowDims = operandDims
    .map((_, d) => d)
    .filter((d) => !dims.collapsedSliceDims.includes(d) && !dims.operandBatchingDims.includes(d));
  const place = operandDims.flatMap((size, d): readonly Part[] => {
    const batching = dims.operandBatchingDims.indexOf(d);
    if (batching >= 0) return part(size, batchCoordinate(dims.startIndicesBatchingDims[batching]));
    const window = windowDims.indexOf(d);
    const offset = window < 0 ? [] : groups[dims.offsetDims[window]];
    const k = dims.startIndexMap.indexOf(d);
    const limit = size - i.sliceSizes[d];
    if (k < 0 || limit === 0) return i.sliceSizes[d] === size ? offset : part(size, merged(coordinates, offset));
    const start = clampedLanes(e, arrayOf(indices).dtype, e.evaluate(indices, indexAt(k), active), limit);
    return part(size, coordinates.sum(start, merged(coordinates, offset)));
  });
  if (batch.length === 1) fetchLater(e, i, groups[batch[0]], (k, later) => indexAt(k, [later]));
  return e.evaluate(operand, place, active);
}

/** So many slices later what is asked for now will be there. */
const slicesAhead = 8;
/** Bytes of a slice that are asked for: what follows is foreseen from them. */
const fewestFetched = 64;
const mostFetched = 1024;
/** Arrays below this are in the caches already. */
const fewBytes = 2 ** 20;

/** Where slices are taken one after the other, a later one is brought near: nothing else foresees where it lies. */
function fetchLater(
  e: Evaluator,
  i: Instr<"gather">,
  batch: readonly Part[],
  indexAt: (entry: number, batch: readonly Part[]) => Index,
): void {
  const [operand, indices] = i.operands;
  const { dtype, dims } = arrayOf(operand);
  const { bytes } = dtypes[dtype];
  const slice = bytes * sizeOf(i.sliceSizes);
  const isFar = operand.opcode === "parameter" && indices.opcode === "parameter" && bytes * sizeOf(dims) >= fewBytes;
  const coordinate = batch.length === 1 ? batch[0].coordinate : undefined;
  if (
    e.fetch === undefined ||
    !isFar ||
    slice < fewestFetched ||
    coordinate?.kind !== "affine" ||
    coordinate.step !== 0
  )
    return;
  const { base } = coordinate;
  const key = `later ${i.id} ${base.text}`;
  if (base.depth === 0 || e.frame.recall(key) !== undefined) return;
  e.frame.remember(key, base.depth, true);
  const { ints } = e.coordinates;
  const last = batch[0].size - 1;
  const later = affine(ints.min(ints.add(base, slicesAhead), last));
  const origin = i.dims.startIndexMap.reduce((sum, d, entry) => {
    const start = e.toInt(arrayOf(indices), e.evaluate(indices, indexAt(entry, [{ ...batch[0], coordinate: later }])));
    return ints.add(sum, ints.mul(start, sizeOf(dims.slice(d + 1))));
  }, constantInt(0));
  const { value, depth } = e.pointer(e.addressOf(operand), arrayOf(operand), origin);
  e.fetch(e.frame.at(depth), value, Math.min(slice, mostFetched));
}

const part = (size: number, coordinate: Coordinate): readonly Part[] => (size === 1 ? [] : [{ size, coordinate }]);

/** Integers of each lane, moved into [0, limit], as places. */
export function clampedLanes(
  e: Evaluator,
  dtype: keyof typeof dtypes,
  { value, depth }: Computed,
  limit: number,
): Coordinate {
  const { kind } = dtypes[dtype];
  const x = single(value);
  const { coordinates } = e;
  if (x.type.lanes === 1) {
    const wide = e.toInt({ kind: "array", dtype, dims: [] }, { value, depth });
    if (kind === "unsigned") {
      const { ints } = coordinates;
      return affine(ints.select(ints.compare("ult", wide, limit), wide, limit));
    }
    return affine(coordinates.ints.clamp(wide, 0, limit));
  }
  const b = e.frame.at(depth);
  const bits = 8 * dtypes[dtype].bytes;
  // Clamped at the wider of both widths, for the limit must fit and nothing may wrap before.
  const width = Math.max(bits, coordinates.bits);
  const wide = bits === width ? x : castTo(b, kind === "unsigned" ? "zext" : "sext", x, `i${width}`);
  const top = integer(wide.type, limit);
  const bounded =
    kind === "unsigned"
      ? choose(b, compareIntegers(b, "ult", wide, top), wide, top)
      : intrinsic(e, b, "smin", intrinsic(e, b, "smax", wide, integer(wide.type, 0)), top);
  const narrow = width === coordinates.bits ? bounded : castTo(b, "trunc", bounded, `i${coordinates.bits}`);
  return { kind: "lanes", value: narrow, depth };
}

function intrinsic(
  e: Evaluator,
  b: ReturnType<Evaluator["frame"]["at"]>,
  name: string,
  x: IrValue,
  y: IrValue,
): IrValue {
  const full = `llvm.${name}.${mangled(x.type)}`;
  const text = typeText(x.type);
  e.frame.module.declare(full, `${text} @${full}(${text}, ${text})`);
  return b.pure(x.type, `call ${text} @${full}(${text} ${x.text}, ${text} ${y.text})`);
}
