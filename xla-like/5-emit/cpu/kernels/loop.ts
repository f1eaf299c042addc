/** Kernels that compute each element of their results on its own: loops over the factors of the domain. */

import { dtypes } from "../../../hlo/dtype.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf } from "../../elements/computed.js";
import { grainOf } from "../../elements/cost.js";
import { crossedFactor, factorsOf } from "../../elements/domain.js";
import { dimsOf } from "../../elements/forms.js";
import { type Fusion, type Output, outputsByDims } from "../../elements/fusion.js";
import type { IrModule } from "../../scalar/ir.js";
import type { CpuTarget } from "../target.js";
import { allArguments, Kernel } from "./kernel.js";
import type { Launch } from "./launch.js";
import { tiledDomain } from "./tiles.js";
import { ceilPower, lanesFor, mostLanes } from "./vectors.js";
import { flatLoop, nestedDomain, type Place } from "./walk.js";

/** The launches of a fusion whose results are computed elementwise; those of different dimensions one by one. */
export function emitLoops(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): readonly Launch[] {
  return outputsByDims(fusion).map((outputs, k) =>
    emitLoop(module, fusion, outputs, k === 0 ? symbol : `${symbol}.${k}`, target),
  );
}

function emitLoop(
  module: IrModule,
  fusion: Fusion,
  outputs: readonly Output[],
  symbol: string,
  target: CpuTarget,
): Launch {
  const dims = dimsOf(outputs[0].root);
  const factors = factorsOf(
    outputs.map((o) => o.root),
    dims,
  );
  const crossed = tileOf(outputs, factors, target);
  if (crossed !== undefined) {
    const kernel = new Kernel(module, fusion, crossed.lanes, target);
    const { units, unit } = tiledDomain(kernel, factors, crossed.factor, (place) => storeAll(kernel, outputs, place));
    kernel.define(symbol);
    return { symbol, args: allArguments(fusion), units, grain: grainOf(fusion, sizeOf(dims) / unit) };
  }
  const inner = factors.at(-1) ?? 1;
  const most = mostLanes(fusion, target);
  const flat = factors.length < 2;
  // Along a flat domain vectors may run over the end, so that the last one need not fit.
  const lanes = flat ? Math.min(most, ceilPower(inner)) : lanesFor(inner, most);
  const kernel = new Kernel(module, fusion, lanes, target);
  const body = (place: Place) => storeAll(kernel, outputs, place);
  const { units, unit } = flat ? flatLoop(kernel, inner, body) : nestedDomain(kernel, factors, body);
  kernel.define(symbol);
  return { symbol, args: allArguments(fusion), units, grain: grainOf(fusion, sizeOf(dims) / unit) };
}

/** Computes all results before any is written: a result may lie where an operand is read. */
function storeAll(kernel: Kernel, outputs: readonly Output[], { index, at, mask }: Place): void {
  const values = outputs.map(({ root }) => kernel.evaluator.evaluate(root, index));
  outputs.forEach(({ root, number }, k) => kernel.store(kernel.output(number), root, at, values[k], mask));
}

/** Tiles to turn, where operands lie across the domain and both sides are long enough. */
function tileOf(outputs: readonly Output[], factors: readonly number[], target: CpuTarget) {
  const factor = crossedFactor(
    outputs.map((o) => o.root),
    factors,
  );
  const widest = Math.max(...outputs.map(({ root }) => dtypes[arrayOf(root).dtype].bytes));
  // Whole lines where results are narrow: half of one is not written past the caches.
  const lanes = target.vectorBits / (widest <= 2 ? 16 : 32);
  if (factor === undefined || factors[factor] < lanes || factors[factors.length - 1] < lanes) return undefined;
  return { factor, lanes };
}
