/** Kernels that write into their first operand's memory, which is also the result's. */
import { throughReshapes } from "../../../hlo/graph.js";
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import { grainOf } from "../../elements/cost.js";
import { factorsOf } from "../../elements/domain.js";
import { dynamicUpdateRuns } from "../../elements/forms.js";
import { constantInt, type Int } from "../../elements/frame.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { type Index, merged, regroup, splitIndex } from "../../elements/index.js";
import { clampedStart } from "../../elements/maps.js";
import type { IrModule } from "../../scalar/ir.js";
import type { CpuTarget } from "../target.js";
import { allArguments, Kernel } from "./kernel.js";
import type { Launch } from "./launch.js";
import { emitScatter } from "./scatter.js";
import { lanesFor, mostLanes } from "./vectors.js";
import { nestedDomain } from "./walk.js";

export function emitUpdate(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): readonly Launch[] {
  const hero = throughReshapes(rootsOf(fusion)[0]);
  if (hero.opcode === "scatter") return emitScatter(module, fusion, hero, symbol, target);
  if (hero.opcode === "dynamic-update-slice") return emitDynamicUpdates(module, fusion, symbol, target);
  throw new TypeError(`an update fusion ends in an update, not in ${hero.opcode}`);
}

type Slice = Instr<"dynamic-update-slice">;

/** A result: a value of the kernel's elements, stored as it is or into a slice. */
interface Written {
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

/** Where an element of the update at `index` lies in the result. */
function placeInResult(kernel: Kernel, slice: Slice, index: Index): Int {
  const { coordinates, ints, evaluator } = kernel;
  const dims = arrayOf(slice.operands[1]).dims;
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
  const base: Int | undefined = place.kind === "affine" ? place.base : undefined;
  if (base === undefined) throw new TypeError("a vector of an update is not in one piece");
  return base;
}

/** Each element of the updates goes to its place in its result; other results have as many elements. */
function emitDynamicUpdates(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): readonly Launch[] {
  const written = rootsOf(fusion).map(writtenBy);
  const slices = written.flatMap(({ slice }) => slice ?? []);
  const dims = arrayOf(written[0].value).dims;
  if (sizeOf(dims) === 0) return [];
  const cuts = slices.map((s) => dynamicUpdateRuns(s).map((r) => r.operand));
  const found = factorsOf(
    written.map((w) => w.value),
    dims,
    cuts,
  );
  const factors = found.length === 0 ? [1] : found;
  const lanes = slices.every(isDense) ? lanesFor(factors[factors.length - 1], mostLanes(fusion, target)) : 1;
  const kernel = new Kernel(module, fusion, lanes, target);
  const { units, unit } = nestedDomain(kernel, factors, ({ index, at, mask }) => {
    const values = written.map((w) => kernel.evaluator.evaluate(w.value, index));
    written.forEach(({ value, slice }, k) => {
      const place = slice === undefined ? at : placeInResult(kernel, slice, index);
      kernel.store(kernel.output(k), slice ?? value, place, values[k], mask);
    });
  });
  kernel.define(symbol);
  return [{ symbol, args: allArguments(fusion), units, grain: grainOf(fusion, sizeOf(dims) / unit) }];
}
