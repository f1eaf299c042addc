/** What fusions that update slices in place write, and where: the same for all targets. */
import { throughReshapes } from "../../hlo/graph.js";
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { arrayOf } from "./computed.js";
import { affine, type Coordinates } from "./coordinates.js";
import { factorsOf } from "./domain.js";
import type { Evaluator } from "./evaluator.js";
import { dynamicUpdateRuns } from "./forms.js";
import { constantInt, type Int } from "./frame.js";
import { type Fusion, rootsOf } from "./fusion.js";
import { type Index, merged, regroup, splitIndex } from "./index.js";
import { clampedStart } from "./maps.js";

type Slice = Instr<"dynamic-update-slice">;

/** A result: a value of the kernel's elements, stored as it is or into a slice. */
export interface Written {
  readonly value: HloInstruction;
  readonly slice?: Slice;
}

const writtenBy = (root: HloInstruction): Written => {
  const i = throughReshapes(root);
  return i.opcode === "dynamic-update-slice" ? { value: i.operands[1], slice: i } : { value: root };
};

/** Neighbours in the update are neighbours in the result, unless further in the result goes on. */
const isDense = (slice: Slice): boolean => {
  const runs = dynamicUpdateRuns(slice);
  const inmost = runs.findLastIndex((r) => r.operand > 1);
  return inmost >= 0 && runs.slice(inmost + 1).every((r) => r.result === 1);
};

/** What an update fusion of slices writes: so many elements of each result. */
export interface SliceUpdates {
  readonly written: readonly Written[];
  readonly size: number;
  /** The dimensions as the kernel goes over them; at least one. */
  readonly factors: readonly number[];
  /** Whether neighbours along the last factor stay neighbours in every result. */
  readonly isDense: boolean;
}

/** Undefined where it writes nothing. */
export function sliceUpdates(fusion: Fusion): SliceUpdates | undefined {
  const written = rootsOf(fusion).map(writtenBy);
  const slices = written.flatMap(({ slice }) => slice ?? []);
  const { dims } = arrayOf(written[0].value);
  const size = sizeOf(dims);
  if (size === 0) return undefined;
  const cuts = slices.map((s) => dynamicUpdateRuns(s).map((r) => r.operand));
  const found = factorsOf(
    written.map((w) => w.value),
    dims,
    cuts,
  );
  return { written, size, factors: found.length === 0 ? [1] : found, isDense: slices.every(isDense) };
}

/** Where an element of the update at `index` lies in the result. */
export function placeInResult(
  { coordinates, evaluator }: { readonly coordinates: Coordinates; readonly evaluator: Evaluator },
  slice: Slice,
  index: Index,
): Int {
  const { dims } = arrayOf(slice.operands[1]);
  const { ints } = coordinates;
  const runs = dynamicUpdateRuns(slice);
  const groups = regroup(
    index,
    runs.map((r) => r.operand),
    splitIndex(coordinates),
  );
  let [place, scale]: [ReturnType<typeof affine>, number] = [affine(0), 1];
  for (let k = runs.length - 1; k >= 0; k--) {
    const { lead, shifts, inner, result } = runs[k];
    const within = merged(coordinates, groups[k]);
    const start = shifts
      ? clampedStart(evaluator, slice.operands[2 + lead], arrayOf(slice).dims[lead] - dims[lead])
      : constantInt(0);
    place = coordinates.sum(place, coordinates.scale(coordinates.sum(within, affine(ints.mul(start, inner))), scale));
    scale *= result;
  }
  if (place.kind !== "affine") throw new TypeError("a vector of an update is not in one piece");
  return place.base;
}
