/** Kernels that write into their first operand's memory, which is also the result's. */
import { throughReshapes } from "../../../hlo/graph.js";
import { grainOf } from "../../elements/cost.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { placeInResult, sliceUpdates } from "../../elements/slice-updates.js";
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

/** Each element of the updates goes to its place in its result; other results have as many elements. */
function emitDynamicUpdates(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): readonly Launch[] {
  const updates = sliceUpdates(fusion);
  if (updates === undefined) return [];
  const { written, size, factors, isDense } = updates;
  const lanes = isDense ? lanesFor(factors[factors.length - 1], mostLanes(fusion, target)) : 1;
  const kernel = new Kernel(module, fusion, lanes, target);
  const { units, unit } = nestedDomain(kernel, factors, ({ index, at, mask }) => {
    const values = written.map((w) => kernel.evaluator.evaluate(w.value, index));
    written.forEach(({ value, slice }, k) => {
      const place = slice === undefined ? at : placeInResult(kernel, slice, index);
      kernel.store(kernel.output(k), slice ?? value, place, values[k], mask);
    });
  });
  kernel.define(symbol);
  return [{ symbol, args: allArguments(fusion), units, grain: grainOf(fusion, size / unit) }];
}
