/** Kernels that write into their first operand's memory, which is also the result's. */
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import type { IrModule } from "../../scalar/ir.js";
import type { CpuTarget } from "../target.js";
import { affine } from "./coordinates.js";
import { arrayOf } from "./evaluator.js";
import { factorsOf } from "./domain.js";
import { dynamicUpdateRuns } from "./forms.js";
import { constantInt, type Int } from "./frame.js";
import { merged, regroup, splitIndex } from "./index.js";
import { grainOf } from "./cost.js";
import { allArguments, type Fusion, Kernel, rootsOf } from "./kernel.js";
import type { Launch } from "./launch.js";
import { clampedStart } from "./maps.js";
import { emitScatter } from "./scatter.js";
import { lanesFor, mostLanes } from "./vectors.js";
import { nestedDomain } from "./walk.js";

export function emitUpdate(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): readonly Launch[] {
  const hero = throughReshapes(rootsOf(fusion)[0]);
  if (hero.opcode === "scatter") return emitScatter(module, fusion, hero, symbol, target);
  if (hero.opcode === "dynamic-update-slice") return emitDynamicUpdate(module, fusion, hero, symbol, target);
  throw new TypeError(`an update fusion ends in an update, not in ${hero.opcode}`);
}

const throughReshapes = (i: HloInstruction): HloInstruction =>
  i.opcode === "reshape" ? throughReshapes(i.operands[0]) : i;

/** Each element of the update goes to its place in the result. */
function emitDynamicUpdate(
  module: IrModule,
  fusion: Fusion,
  i: Instr<"dynamic-update-slice">,
  symbol: string,
  target: CpuTarget,
): readonly Launch[] {
  const update = i.operands[1];
  const dims = arrayOf(update).dims;
  if (sizeOf(dims) === 0) return [];
  const runs = dynamicUpdateRuns(i);
  const sizes = runs.map((r) => r.operand);
  const found = factorsOf([update], dims, [sizes]);
  const factors = found.length === 0 ? [1] : found;
  // Neighbours in the update are neighbours in the result, unless further in the result goes on.
  const inmost = runs.findLastIndex((r) => r.operand > 1);
  const dense = inmost >= 0 && runs.slice(inmost + 1).every((r) => r.result === 1);
  const kernel = new Kernel(
    module,
    fusion,
    dense ? lanesFor(factors[factors.length - 1], mostLanes(fusion, target)) : 1,
    target,
  );
  const { coordinates, ints, evaluator } = kernel;
  const { units, unit } = nestedDomain(kernel, factors, ({ index, mask }) => {
    const groups = regroup(index, sizes, splitIndex(coordinates));
    let [place, scale]: [ReturnType<typeof affine>, number] = [affine(0), 1];
    for (let k = runs.length - 1; k >= 0; k--) {
      const { lead, shifts, inner, result } = runs[k];
      const within = merged(coordinates, groups[k]);
      const start = shifts
        ? clampedStart(evaluator, i.operands[2 + lead], arrayOf(i).dims[lead] - dims[lead])
        : constantInt(0);
      place = coordinates.sum(place, coordinates.scale(coordinates.sum(within, affine(ints.mul(start, inner))), scale));
      scale *= result;
    }
    const base: Int | undefined = place.kind === "affine" ? place.base : undefined;
    if (base === undefined) throw new TypeError("a vector of an update is not in one piece");
    kernel.store(kernel.output(0), i, base, evaluator.evaluate(update, index), mask);
  });
  kernel.define(symbol);
  return [{ symbol, args: allArguments(fusion), units, grain: grainOf(fusion, sizeOf(dims) / unit) }];
}
