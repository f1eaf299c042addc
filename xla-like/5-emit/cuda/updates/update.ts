/** Kernels that write into their first operand's memory, which is also the result's. */
import { dtypes } from "../../../hlo/dtype.js";
import type { HloInstruction, Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import { factorsOf } from "../../elements/domain.js";
import { dynamicUpdateRuns } from "../../elements/forms.js";
import { constantInt, type Int } from "../../elements/frame.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { type Index, merged, regroup, splitIndex } from "../../elements/index.js";
import { clampedStart } from "../../elements/maps.js";
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

const throughReshapes = (i: HloInstruction): HloInstruction =>
  i.opcode === "reshape" ? throughReshapes(i.operands[0]) : i;

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
function placeInResult({ coordinates, ints, evaluator }: GridKernel, slice: Slice, index: Index): Int {
  const { dims } = arrayOf(slice.operands[1]);
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
  const written = rootsOf(fusion).map(writtenBy);
  const slices = written.flatMap(({ slice }) => slice ?? []);
  const { dims } = arrayOf(written[0].value);
  if (sizeOf(dims) === 0) return [];
  const cuts = slices.map((s) => dynamicUpdateRuns(s).map((r) => r.operand));
  const found = factorsOf(
    written.map((w) => w.value),
    dims,
    cuts,
  );
  const factors = found.length === 0 ? [1] : found;
  const inner = factors[factors.length - 1];
  const lanes = slices.every(isDense) ? lanesFor(written, inner) : 1;
  const args = Array.from({ length: fusion.operands.length + written.length }, (_, k) => k);
  const kernel = new GridKernel(module, target, { symbol, block, args, fusion, lanes });
  const threads = sizeOf(dims) / lanes;
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
