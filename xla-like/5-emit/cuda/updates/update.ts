/** Kernels that write into their first operand's memory, which is also the result's. */
import { dtypes } from "../../../hlo/dtype.js";
import { throughReshapes } from "../../../hlo/graph.js";
import { arrayOf } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import type { Index } from "../../elements/index.js";
import { placeInResult, sliceUpdates, type Written } from "../../elements/slice-updates.js";
import type { IrModule } from "../../scalar/ir.js";
import { storeElements } from "../../scalar/memory.js";
import { GridKernel, unravelled } from "../grid-kernel.js";
import type { CudaKernels, CudaLaunch, CudaTarget } from "../target.js";
import { emitCudaScatter } from "./scatter.js";

const block = 256;
const vectorBytes = 16;

export function emitCudaUpdate(module: IrModule, fusion: Fusion, symbol: string, target: CudaTarget): CudaKernels {
  const hero = throughReshapes(rootsOf(fusion)[0]);
  if (hero.opcode === "scatter") return emitCudaScatter(module, fusion, hero, symbol, target);
  if (hero.opcode !== "dynamic-update-slice") {
    throw new TypeError(`an update fusion ends in an update, not in ${hero.opcode}`);
  }
  return { launches: emitDynamicUpdates(module, fusion, symbol, target), scratchBytes: 0 };
}

/** Whole vectors that divide the innermost extent. */
function lanesFor(written: readonly Written[], inner: number): number {
  const widest = Math.max(...written.map(({ value }) => dtypes[arrayOf(value).dtype].bytes));
  let lanes = Math.max(1, vectorBytes / widest);
  while (inner % lanes !== 0) lanes /= 2;
  return lanes;
}

/** Each element of the updates goes to its place in its result; other results have as many elements. */
function emitDynamicUpdates(
  module: IrModule,
  fusion: Fusion,
  symbol: string,
  target: CudaTarget,
): readonly CudaLaunch[] {
  const updates = sliceUpdates(fusion);
  if (updates === undefined) return [];
  const { written, size, factors, isDense } = updates;
  const inner = factors[factors.length - 1];
  const lanes = isDense ? lanesFor(written, inner) : 1;
  const args = Array.from({ length: fusion.operands.length + written.length }, (_, k) => k);
  const kernel = new GridKernel(module, target, { symbol, block, args, fusion, lanes });
  const threads = size / lanes;
  kernel.forThreads(threads, (number) => {
    const first = kernel.ints.mul(number, lanes);
    const at = unravelled(kernel.ints, { ...first, align: lanes }, factors);
    const index: Index = at.flatMap((base, k): Index => {
      const isInner = k === factors.length - 1;
      const coordinate = affine(isInner ? { ...base, align: lanes } : base, isInner && lanes > 1 ? 1 : 0);
      return factors[k] === 1 ? [] : [{ size: factors[k], coordinate }];
    });
    // All are computed before any is written: a result may lie where an operand is read.
    const values = written.map((w) => kernel.evaluator.evaluate(w.value, index));
    written.forEach(({ value, slice }, k) => {
      const place = slice === undefined ? { ...first, align: lanes } : placeInResult(kernel, slice, index);
      const { dtype } = arrayOf(value);
      const pointer = kernel.element(kernel.argument(fusion.operands.length + k), dtype, place);
      const cx = kernel.evaluator.context(kernel.depth, lanes);
      // A slice may begin anywhere, so that its vectors need not be aligned: the place knows.
      storeElements(
        cx,
        dtype,
        pointer.value,
        kernel.evaluator.spread(values[k]).value,
        kernel.evaluator.accessOf(dtype, place),
      );
    });
  });
  return [kernel.launch(Math.ceil(threads / block))];
}
