/**
 * Instructions that no fusion takes in because of what they combine by: scatters by any computation, and reductions by
 * those that are more than operations on single elements. Each becomes the kernels of a fusion of its own.
 */
import { isElementwise } from "../../../1-simplify/facts/elementwise.js";
import { HloBuilder } from "../../../hlo/builder.js";
import { dtypes } from "../../../hlo/dtype.js";
import type { HloComputation, HloInstruction, Instr } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf } from "../../elements/computed.js";
import type { Fusion } from "../../elements/fusion.js";
import type { IrModule } from "../../scalar/ir.js";
import { emitCudaFusion } from "../fusion.js";
import { GridKernel } from "../grid-kernel.js";
import type { CudaKernels, CudaLaunch, CudaTarget } from "../target.js";

type Reduction = Instr<"reduce" | "reduce-window" | "select-and-scatter">;
type Body = (b: HloBuilder, xs: readonly HloInstruction[]) => readonly HloInstruction[];

const passed: ReadonlySet<string> = new Set<HloInstruction["opcode"]>([
  "parameter", "constant", "tuple", "get-tuple-element", "broadcast", "reshape", "optimization-barrier",
]); // biome-ignore format: a table

/** Whether scalars can be combined by a computation where they are: it has no loops and branches. */
const isApplicable = (c: HloComputation): boolean =>
  c.instructions.every(
    (i) => passed.has(i.opcode) || isElementwise(i) || (i.opcode === "call" && isApplicable(i.computation)),
  );

/** A fusion of nothing else, whose operands are the instruction's. */
function fusionOf(i: HloInstruction, kind: "loop" | "update", body: Body): Fusion {
  const shapes = i.operands.map(arrayOf);
  const b = new HloBuilder("alone");
  const computation = b.computation("whole", shapes, body);
  const [first] = b.fusion(
    kind,
    computation,
    shapes.map((s) => b.parameter(s)),
  );
  const [fusion] = first.operands;
  if (fusion.opcode !== "fusion") throw new TypeError(`${fusion.opcode} is not a fusion`);
  return fusion;
}

export function emitCudaScatterWhole(
  module: IrModule,
  i: Instr<"scatter">,
  symbol: string,
  target: CudaTarget,
): CudaKernels | undefined {
  if (!isApplicable(i.computation)) return undefined;
  const fusion = fusionOf(i, "update", (b, [x, indices, updates]) => [
    b.scatter(x, indices, updates, i.dims, i.computation, i),
  ]);
  const { launches, scratchBytes } = emitCudaFusion(module, fusion, symbol, target);
  // Updates are made in place.
  const { dtype, dims } = i.shape;
  const copy = emitCopy(module, sizeOf(dims) * dtypes[dtype].bytes, 0, i.operands.length, `${symbol}_copy`, target);
  return { launches: [...copy, ...launches], scratchBytes };
}

export function emitCudaReduction(
  module: IrModule,
  i: Reduction,
  symbol: string,
  target: CudaTarget,
): CudaKernels | undefined {
  const computations = i.opcode === "select-and-scatter" ? [i.select, i.scatter] : [i.computation];
  if (!computations.every(isApplicable)) return undefined;
  const fusion = fusionOf(i, "loop", (b, xs) => {
    if (i.opcode === "select-and-scatter") {
      const [x, source, init] = xs;
      return [b.selectAndScatter(x, source, init, i.window, i.select, i.scatter)];
    }
    const [arrays, inits] = [xs.slice(0, xs.length / 2), xs.slice(xs.length / 2)];
    return i.opcode === "reduce"
      ? b.reduce(arrays, inits, i.dimensions, i.computation)
      : b.reduceWindow(arrays, inits, i.window, i.computation);
  });
  return emitCudaFusion(module, fusion, symbol, target);
}

const block = 256;

/** Copies so many bytes and what the last word of them has besides: buffers are padded. */
function emitCopy(
  module: IrModule,
  bytes: number,
  from: number,
  to: number,
  symbol: string,
  target: CudaTarget,
): readonly CudaLaunch[] {
  if (bytes === 0) return [];
  const words = Math.ceil(bytes / 8);
  const kernel = new GridKernel(module, target, { symbol, block, args: [from, to] });
  kernel.forThreads(words, (at) => {
    kernel.write(kernel.argument(to), "int64", at, kernel.read(kernel.argument(from), "int64", at));
  });
  return [kernel.launch(Math.ceil(words / block))];
}
