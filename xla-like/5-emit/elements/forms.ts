/**
 * Which dimensions an operation tells apart: the runs of its result's dimensions that it treats as one, and what they
 * are in its operands. Emission regroups indices to these runs; the choice of a kernel's loops asks for the same runs,
 * so that loops are as few and as long as the operations allow.
 */
import type { HloInstruction, Instr, WindowDim } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { greatestCommonDivisor } from "./frame.js";
import { runSize, runsOf } from "./index.js";

/** A run of an operand's dimensions: as long as `size`; at the place of the result's run `group`, unless computed. */
export interface OperandRun {
  readonly size: number;
  readonly group?: number;
}

export interface Form {
  /** Sizes of the runs of the result's dimensions. */
  readonly groups: readonly number[];
  readonly operands: readonly (readonly OperandRun[])[];
}

export function dimsOf(i: HloInstruction): readonly number[] {
  const { shape } = i;
  return shape.kind === "array" ? shape.dims : shape.elements[0]!.dims;
}

const all = (sizes: readonly number[]): readonly OperandRun[] => sizes.map((size, group) => ({ size, group }));

export function broadcastForm(i: Instr<"broadcast">): Form {
  const { dims } = i.shape;
  const from = dims.map((_, d) => i.dimensions.indexOf(d));
  const runs = runsOf(dims.length, (d) =>
    from[d]! < 0 ? from[d - 1]! >= 0 : from[d]! !== from[d - 1]! + 1 || from[d - 1]! < 0,
  );
  const groups = runs.map((run) => runSize(dims, run));
  const mapped = runs.flatMap(([first], group) => (from[first]! < 0 ? [] : [{ size: groups[group]!, group }]));
  return { groups, operands: [mapped] };
}

export function transposeForm(i: Instr<"transpose">): Form {
  const { dims } = i.shape;
  const { permutation } = i;
  // Dimensions of size 1 have no place of their own.
  const order = permutation.filter((d) => dims[permutation.indexOf(d)] !== 1);
  const rank = order.length;
  const sorted = [...order].sort((a, b) => a - b);
  const at = order.map((d) => sorted.indexOf(d));
  const kept = dims.filter((n) => n !== 1);
  const runs = runsOf(rank, (d) => at[d]! !== at[d - 1]! + 1);
  const groups = runs.map((run) => runSize(kept, run));
  const byOperand = runs.map((_, group) => group).sort((a, b) => at[runs[a]![0]]! - at[runs[b]![0]]!);
  return { groups, operands: [byOperand.map((group) => ({ size: groups[group]!, group }))] };
}

/** One run of dimensions of an operation that shifts: the leading one does, those after it are taken whole. */
export interface ShiftRun {
  readonly lead: number;
  readonly shifts: boolean;
  /** Elements of the dimensions after the leading one. */
  readonly inner: number;
  /** Sizes of the run in the result and in the operand. */
  readonly result: number;
  readonly operand: number;
}

/**
 * Runs of an operation under which a dimension is shifted or kept; a shift by whole elements takes the kept dimensions
 * after it along, which `whole` must allow.
 */
export function shiftRuns(
  result: readonly number[],
  operand: readonly number[],
  shifts: (d: number) => boolean,
  whole: (d: number) => boolean = () => true,
): readonly ShiftRun[] {
  let lead = 0;
  const runs = runsOf(result.length, (d) => {
    const starts = shifts(d) || (shifts(lead) && !whole(lead));
    if (starts) lead = d;
    return starts;
  });
  return runs.map(([first, last]) => {
    const inner = sizeOf(result.slice(first + 1, last + 1));
    return {
      lead: first,
      shifts: shifts(first),
      inner,
      result: result[first]! * inner,
      operand: operand[first]! * inner,
    };
  });
}

export const shiftForm = (runs: readonly ShiftRun[], others: number): Form => ({
  groups: runs.map((r) => r.result),
  operands: [
    runs.map((r, group) => (r.shifts ? { size: r.operand } : { size: r.operand, group })),
    ...Array.from({ length: others }, () => []),
  ],
});

export const sliceRuns = (i: Instr<"slice">): readonly ShiftRun[] => {
  const operand = dimsOf(i.operands[0]!);
  return shiftRuns(
    i.shape.dims,
    operand,
    (d) => i.shape.dims[d] !== operand[d] || i.starts[d] !== 0,
    (d) => i.strides[d] === 1,
  );
};

export const reverseRuns = (i: Instr<"reverse">): readonly ShiftRun[] =>
  shiftRuns(
    i.shape.dims,
    i.shape.dims,
    (d) => i.dimensions.includes(d) && i.shape.dims[d]! > 1,
    () => false,
  );

export const padRuns = (i: Instr<"pad">): readonly ShiftRun[] =>
  shiftRuns(
    i.shape.dims,
    dimsOf(i.operands[0]!),
    (d) => i.low[d] !== 0 || i.high[d] !== 0 || i.interior[d] !== 0,
    (d) => i.interior[d] === 0,
  );

export const dynamicSliceRuns = (i: Instr<"dynamic-slice">): readonly ShiftRun[] => {
  const operand = dimsOf(i.operands[0]!);
  return shiftRuns(i.shape.dims, operand, (d) => i.shape.dims[d] !== operand[d]);
};

/** Of the array that is updated; the operand of these runs is the update. */
export const dynamicUpdateRuns = (i: Instr<"dynamic-update-slice">): readonly ShiftRun[] => {
  const update = dimsOf(i.operands[1]!);
  return shiftRuns(i.shape.dims, update, (d) => i.shape.dims[d] !== update[d]);
};

/** Pieces in multiples of this are told apart by a coordinate of their own. */
const smallestPiece = 32;

/** Elements of each operand of a concatenation along it, the dimensions inside taken along. */
export function pieceSizes(i: Instr<"concatenate">): readonly number[] {
  const inner = sizeOf(i.shape.dims.slice(i.dimension + 1));
  return i.operands.map((x) => dimsOf(x)[i.dimension] * inner);
}

/** The largest piece that all operands of a concatenation are multiples of, if it is worth a coordinate. */
export function commonPiece(i: Instr<"concatenate">): number | undefined {
  const piece = pieceSizes(i).reduce(greatestCommonDivisor, 0);
  return piece >= smallestPiece ? piece : undefined;
}

/** The runs before and along the concatenated dimension; the latter in pieces, if all operands are whole pieces. */
export function concatenateForm(i: Instr<"concatenate">): Form {
  const before = sizeOf(i.shape.dims.slice(0, i.dimension));
  const sizes = pieceSizes(i);
  const total = sizes.reduce((m, n) => m + n, 0);
  const piece = commonPiece(i);
  if (piece === undefined) {
    return { groups: [before, total], operands: sizes.map((size) => [{ size: before, group: 0 }, { size }]) };
  }
  return {
    groups: [before, total / piece, piece],
    operands: sizes.map((size) => [{ size: before, group: 0 }, { size: size / piece }, { size: piece, group: 2 }]),
  };
}

export interface ReduceForm extends Form {
  /** Of each operand's run, whether it is reduced. */
  readonly reduced: readonly boolean[];
  readonly sizes: readonly number[];
}

export function reduceForm(i: Instr<"reduce">): ReduceForm {
  const dims = dimsOf(i.operands[0]!);
  const gone = dims.map((_, d) => i.dimensions.includes(d));
  const runs = runsOf(dims.length, (d) => gone[d] !== gone[d - 1]);
  const sizes = runs.map((run) => runSize(dims, run));
  const reduced = runs.map(([first]) => gone[first]!);
  let group = 0;
  const operand = sizes.map((size, k) => (reduced[k] ? { size } : { size, group: group++ }));
  const count = i.operands.length / 2;
  const groups = sizes.filter((_, k) => !reduced[k]);
  return { groups, sizes, reduced, operands: i.operands.map((_, k) => (k < count ? operand : [])) };
}

export const isPlainWindow = (w: WindowDim): boolean =>
  w.size === 1 && w.stride === 1 && w.padLow === 0 && w.padHigh === 0 && w.baseDilation === 1;

/** Runs of dimensions along which a window is one element are one run. */
export function windowRuns(
  dims: readonly number[],
  window: readonly WindowDim[],
): readonly (readonly [first: number, last: number])[] {
  return runsOf(dims.length, (d) => !isPlainWindow(window[d]!) || !isPlainWindow(window[d - 1]!));
}

/** The form of one result dimension per run, where operations are of no special shape; undefined for elementwise ones. */
export function formOf(i: HloInstruction): Form | undefined {
  switch (i.opcode) {
    case "broadcast":
      return broadcastForm(i);
    case "transpose":
      return transposeForm(i);
    case "slice":
      return shiftForm(sliceRuns(i), 0);
    case "reverse":
      return shiftForm(reverseRuns(i), 0);
    case "pad":
      return shiftForm(padRuns(i), 1);
    case "dynamic-slice":
      return shiftForm(dynamicSliceRuns(i), i.operands.length - 1);
    case "dynamic-update-slice": {
      const runs = dynamicUpdateRuns(i);
      const [update] = shiftForm(runs, 0).operands;
      const groups = runs.map((r) => r.result);
      return { groups, operands: [all(groups), update!, ...i.operands.slice(2).map(() => [])] };
    }
    case "concatenate":
      return concatenateForm(i);
    case "reduce":
      return reduceForm(i);
    case "iota": {
      const { dims } = i.shape;
      const inner = sizeOf(dims.slice(i.dimension + 1));
      return { groups: [sizeOf(dims.slice(0, i.dimension)), dims[i.dimension]!, inner], operands: [] };
    }
    case "reduce-window": {
      const count = i.operands.length / 2;
      return windowForm(i, dimsOf(i), i.window, (k) => k < count);
    }
    case "select-and-scatter":
      return windowForm(i, i.shape.dims, i.window, (k) => k < 2);
    case "gather":
      return gatherForm(i);
    case "bitcast-convert":
      return bitcastForm(i);
    default:
      return undefined;
  }
}

/** Along a window's dimensions every operand is read elsewhere; inits are scalars. */
function windowForm(
  i: HloInstruction,
  result: readonly number[],
  window: readonly WindowDim[],
  isArray: (k: number) => boolean,
): Form {
  const runs = windowRuns(result, window);
  const runsIn = (dims: readonly number[]): readonly OperandRun[] =>
    runs.map((run, group) =>
      isPlainWindow(window[run[0]]) ? { size: runSize(dims, run), group } : { size: runSize(dims, run) },
    );
  return {
    groups: runs.map((run) => runSize(result, run)),
    operands: i.operands.map((x, k) => (isArray(k) ? runsIn(dimsOf(x)) : [])),
  };
}

/** Runs of a gather's result: its batch dimensions one by one, and its offset dimensions likewise. */
function gatherForm(i: Instr<"gather">): Form {
  const { dims } = i.shape;
  const batch = dims.map((_, d) => d).filter((d) => !i.dims.offsetDims.includes(d));
  const indices = dimsOf(i.operands[1]!);
  let next = 0;
  const indexRuns = indices.map(
    (size, d): OperandRun => (d === i.dims.indexVectorDim ? { size } : { size, group: batch[next++] }),
  );
  const windowDims = dimsOf(i.operands[0]!)
    .map((_, d) => d)
    .filter((d) => !i.dims.collapsedSliceDims.includes(d) && !i.dims.operandBatchingDims.includes(d));
  const operand = dimsOf(i.operands[0]!).map((size, d): OperandRun => {
    const k = windowDims.indexOf(d);
    const whole = k >= 0 && !i.dims.startIndexMap.includes(d) && i.sliceSizes[d] === size;
    return whole ? { size, group: i.dims.offsetDims[k]! } : { size };
  });
  return { groups: dims, operands: [operand, indexRuns] };
}

/** A change of width has a dimension more on one side. */
function bitcastForm(i: Instr<"bitcast-convert">): Form | undefined {
  const [result, operand] = [i.shape.dims, dimsOf(i.operands[0]!)];
  if (result.length === operand.length) return undefined;
  const shared = sizeOf(result.length > operand.length ? operand : result);
  return result.length > operand.length
    ? { groups: [shared, result.at(-1)!], operands: [[{ size: shared, group: 0 }]] }
    : { groups: [shared], operands: [[{ size: shared, group: 0 }, { size: operand.at(-1)! }]] };
}
