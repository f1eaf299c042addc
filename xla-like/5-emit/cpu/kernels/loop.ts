/** Kernels that compute each element of their results on its own: loops over the factors of the domain. */
import { sizeOf } from "../../../hlo/shape.js";
import type { HloInstruction } from "../../../hlo/instruction.js";
import type { IrModule } from "../../scalar/ir.js";
import type { CpuTarget } from "../target.js";
import { affine } from "./coordinates.js";
import { costOf } from "./cost.js";
import { factorsOf } from "./domain.js";
import { dimsOf } from "./forms.js";
import { constantInt, type Int, type Placed } from "./frame.js";
import type { Index } from "./index.js";
import { type Fusion, Kernel, rootsOf } from "./kernel.js";
import type { Launch } from "./launch.js";
import { lanesFor, mostLanes } from "./vectors.js";

/** Elements that a unit of work has at least, where the domain has as many. */
const unitElements = 2048;
/** Work, in operations and bytes, that is worth another thread. */
const grainWork = 32768;

/** One element at the kernel's place in its domain: outputs by number. */
interface Output {
  readonly root: HloInstruction;
  readonly number: number;
}

/** The launches of a fusion whose results are computed elementwise; those of different dimensions one by one. */
export function emitLoops(module: IrModule, fusion: Fusion, symbol: string, target: CpuTarget): readonly Launch[] {
  const groups = new Map<string, Output[]>();
  rootsOf(fusion).forEach((root, number) => {
    const key = dimsOf(root).join();
    groups.set(key, [...(groups.get(key) ?? []), { root, number }]);
  });
  return [...groups.values()]
    .filter(([first]) => sizeOf(dimsOf(first.root)) > 0)
    .map((outputs, k) => emitLoop(module, fusion, outputs, k === 0 ? symbol : `${symbol}.${k}`, target));
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
  const inner = factors.at(-1) ?? 1;
  const most = mostLanes(fusion, target);
  const flat = factors.length < 2;
  // Along a flat domain vectors may run over the end, so that the last one need not fit.
  const lanes = flat ? Math.min(most, ceilPower(inner)) : lanesFor(inner, most);
  const kernel = new Kernel(module, fusion, lanes, target);
  const { units, unit } = flat ? emitFlat(kernel, outputs, inner) : emitNest(kernel, outputs, factors);
  kernel.define(symbol);
  const { flops, bytes } = costOf(fusion);
  const work = ((flops + bytes) / sizeOf(dims)) * unit;
  const args = Array.from({ length: fusion.operands.length + rootsOf(fusion).length }, (_, k) => k);
  return { symbol, args, units, grain: Math.max(1, Math.ceil(grainWork / Math.max(1, work))) };
}

interface Split {
  readonly units: number;
  /** Elements of one unit. */
  readonly unit: number;
}

const ceilPower = (n: number): number => 2 ** Math.ceil(Math.log2(n));
const begin: Int = { text: "%begin", depth: 0 };
const end: Int = { text: "%end", depth: 0 };

function emitFlat(kernel: Kernel, outputs: readonly Output[], size: number): Split {
  const { lanes, ints, frame, evaluator } = kernel;
  const step = (at: Int) => {
    if (size % lanes !== 0) evaluator.tail = () => kernel.below(at, size);
    storeAll(kernel, outputs, size === 1 ? [] : [{ size, coordinate: affine(at, lanes === 1 ? 0 : 1) }], at);
  };
  if (size <= lanes) {
    step(constantInt(0));
    return { units: 1, unit: size };
  }
  const unit = Math.ceil(unitElements / lanes) * lanes;
  const loop = frame.openLoop(ints.mul(begin, unit), ints.min(ints.mul(end, unit), size), lanes, false);
  step(loop.index);
  frame.closeLoop(loop);
  return { units: Math.ceil(size / unit), unit };
}

/** Computes all results before any is written: a result may lie where an operand is read. */
function storeAll(kernel: Kernel, outputs: readonly Output[], index: Index, at: Int, mask?: Placed): void {
  const values = outputs.map(({ root }) => kernel.evaluator.evaluate(root, index));
  outputs.forEach(({ root, number }, k) => kernel.store(kernel.output(number), root, at, values[k], mask));
}

/** Units are places of the outer factors, or blocks of the innermost one; within them there are loops. */
function emitNest(kernel: Kernel, outputs: readonly Output[], factors: readonly number[]): Split {
  const { lanes, ints, frame, evaluator } = kernel;
  const inner = factors[factors.length - 1];
  const block = inner > 2 * unitElements ? Math.ceil(unitElements / lanes) * lanes : inner;
  const blocks = Math.ceil(inner / block);
  // The factors from `looped` on are loops within a unit.
  let looped = factors.length - 1;
  let unit = block;
  while (looped > 0 && unit < unitElements) unit *= factors[--looped];
  const outer = factors.slice(0, looped);

  const units = sizeOf(outer) * blocks;
  const loop = frame.openLoop(begin, end, 1, false);
  const coordinates: Int[] = [];
  let rest = ints.div(loop.index, blocks);
  for (let k = outer.length - 1; k >= 0; k--) {
    coordinates[k] = k === 0 ? rest : ints.rem(rest, outer[k]);
    rest = ints.div(rest, outer[k]);
  }
  const start = ints.mul(ints.rem(loop.index, blocks), block);

  const nest = (k: number, at: readonly Int[]): void => {
    if (k < factors.length - 1) {
      const each = frame.openLoop(constantInt(0), constantInt(factors[k]), 1, true);
      nest(k + 1, [...at, each.index]);
      frame.closeLoop(each);
      return;
    }
    let [row, scale] = [constantInt(0), inner];
    for (let d = at.length - 1; d >= 0; d--) {
      row = ints.add(row, ints.mul(at[d], scale));
      scale *= factors[d];
    }
    const limit = blocks === 1 ? constantInt(inner) : ints.min(ints.add(start, block), inner);
    const vector = (column: Int) => {
      const index: Index = [...at, column].map((base, d) => ({
        size: factors[d],
        coordinate: affine(base, d === at.length && lanes > 1 ? 1 : 0),
      }));
      const mask = inner % lanes === 0 ? undefined : kernel.below(column, inner);
      evaluator.tail = mask === undefined ? undefined : () => mask;
      storeAll(kernel, outputs, index, ints.add(row, column), mask);
    };
    if (inner <= lanes) {
      vector(constantInt(0));
      return;
    }
    const columns = frame.openLoop(start, limit, lanes, true);
    vector(columns.index);
    frame.closeLoop(columns);
  };
  nest(looped, coordinates);
  frame.closeLoop(loop);
  return { units, unit };
}
