/** The second launch of a reduction in parts: the parts of each row are combined, always in the same tree. */
import { constantInt } from "../elements/frame.js";
import type { Fusion, Output } from "../elements/fusion.js";
import { flatten, unflatten } from "../elements/reductions.js";
import type { IrModule } from "../scalar/ir.js";
import { BlockKernel, partsOf } from "./block-kernel.js";
import { acrossTeam, carriedOf, heldBy, Partials } from "./held.js";
import { warpThreads } from "./intrinsics.js";
import { initsOf, type Kept, powerAbove, type RowPlan } from "./row-plan.js";
import type { CudaLaunch, CudaTarget } from "./target.js";

interface Emission {
  readonly module: IrModule;
  readonly fusion: Fusion;
  readonly plan: RowPlan;
  readonly target: CudaTarget;
}

interface Finish {
  readonly symbol: string;
  readonly rows: number;
  /** Of each row; they lie beside each other. */
  readonly parts: number;
  readonly kept: readonly Kept[];
  /** Outputs with an element for each row. */
  readonly results: readonly Output[];
}

const mostThreads = 512;

export function emitFinish({ module, fusion, plan, target }: Emission, finish: Finish): CudaLaunch {
  const { rows, parts, kept } = finish;
  const threads = Math.min(powerAbove(parts), parts <= 1024 && rows > 1 ? warpThreads : mostThreads);
  const block = Math.max(threads, warpThreads);
  const together = block / threads;
  const blocks = Math.ceil(rows / together);
  const kernel = new BlockKernel(module, fusion, finish.symbol, 1, block, target, true);
  const { ints, frame, evaluator, threadId, blockId } = kernel;
  const member = ints.rem(threadId, threads);
  const wanted = ints.add(ints.mul(blockId, together), together === 1 ? 0 : ints.div(threadId, threads));
  const isExact = blocks * together === rows;
  const row = isExact ? wanted : ints.min(wanted, rows - 1);
  const valid = isExact ? undefined : ints.compare("slt", wanted, rows);

  const partials = kept.map(({ reduction }) => new Partials(kernel, reduction.reducer));
  const starts = partials.flatMap((p) => carriedOf(p.start(1)));
  const steps = Math.ceil(parts / threads);
  const loop = frame.openLoop(constantInt(0), constantInt(steps * threads), threads, true, flatten(starts));
  const part = ints.add(loop.index, member);
  const inside = steps * threads === parts ? undefined : ints.compare("slt", part, parts);
  const at = ints.add(ints.mul(row, parts), inside === undefined ? part : ints.min(part, parts - 1));
  const next = heldBy(partials, unflatten(loop.carried, starts)).map((held, k) => {
    const { accumulators } = kept[k].reduction.reducer;
    const xs = kept[k].offsets.map((o, n) => kernel.read(kernel.scratch, accumulators[n], o, at));
    return partials[k].take(held, xs, 1, inside);
  });
  frame.closeLoop(loop, flatten(next.flatMap(carriedOf)));

  const pending = partials.map((p, k) => ({ partials: p, held: next[k] }));
  acrossTeam(kernel, pending, 1, threads).forEach((total, k) => {
    const { reduction } = kept[k];
    const inits = initsOf(reduction).map((x) => evaluator.evaluate(x, []).value);
    const values = partials[k].finish(total, inits);
    reduction.results.forEach((i, n) => {
      evaluator.overrides.set(i, () => ({ value: values[n], depth: 0 }));
    });
  });
  const index = partsOf(ints, row, rows === 1 ? [] : plan.rowFactors).filter((p) => p.size !== 1);
  const values = finish.results.map((o) => evaluator.evaluate(o.root, index));
  kernel.where([ints.compare("eq", member, 0), valid], () => {
    finish.results.forEach((o, k) => kernel.put(o.number, o.root, row, values[k]));
  });
  return kernel.launch(blocks);
}
