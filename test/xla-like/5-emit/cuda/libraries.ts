// Work of kernels and library calls: kernels run as fibres, calls by stand-ins for NVIDIA's libraries (test/native).
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { type CudaTarget, type CudaWork, cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import { dtypes, type HloInstruction, type HloModule, type HostArray, sizeOf } from "../../../../xla-like/index.js";
import { evaluate } from "../../../../xla-like/reference/evaluate.js";
import { loadNative } from "../../../../xla-like/runtime/native.js";
import { buildStandIns, driver, type StandIn, whyNoStandIns } from "../../../native/stand-ins.js";
import { expectClose, jit } from "../cpu/kernels/harness.js";
import { orders } from "./harness.js";

const loaded = loadNative();

/** Why no work can be run here, or undefined. */
export const whyNoLibraries = whyNoStandIns();

/** Builds the stand-ins, and has this process use them. What it returns takes them away. */
export function useStandIns(standIns: readonly StandIn[]): () => void {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-libraries-"));
  buildStandIns(folder, [driver, ...standIns]);
  process.env.COTANGENT_CUDA_PATH = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

const padding = 256;

function padded(bytes: number, poison: number, from?: HostArray): Uint8Array {
  const memory = new Uint8Array(bytes + padding).fill(poison);
  if (from !== undefined) memory.set(new Uint8Array(from.buffer, from.byteOffset, from.byteLength));
  return memory;
}

export type EmitWork = (ir: IrModule, symbol: string, target: CudaTarget) => CudaWork | undefined;

export interface Ran {
  readonly results: readonly HostArray[];
  readonly work: CudaWork;
  /** What was done, in a word each: the routine, or `kernel`. */
  readonly steps: readonly string[];
}

/** Runs what an instruction of the module becomes on arguments, in two orders of the kernels' threads. */
export function runWork(i: HloInstruction, args: readonly HostArray[], emit: EmitWork): Ran {
  if (jit === undefined || !loaded.ok) throw new Error(whyNoLibraries);
  const [compilerOfKernels, { module: native }] = [jit, loaded];
  const ir = new IrModule();
  const work = emit(ir, "kernel", cudaTarget("sm_90", "fibres"));
  if (work === undefined) throw new Error("no library has it");
  const symbols = [...new Set(work.steps.flatMap((s) => (s.kind === "launch" ? [s.symbol] : [])))];
  const kernel = symbols.length === 0 ? undefined : compilerOfKernels.jitCompile(ir.toString(), symbols);
  const shapes = i.shape.kind === "tuple" ? i.shape.elements : [i.shape];
  let results: HostArray[] | undefined;
  for (const [turn, order] of orders.slice(0, 2).entries()) {
    const poison = 0xa5 ^ (0xff * turn);
    const operands = args.map((data) => padded(data.byteLength, poison, data));
    const outputs = shapes.map((s) => padded(sizeOf(s.dims) * dtypes[s.dtype].bytes, poison));
    const memory = [...operands, ...outputs, padded(work.scratchBytes, poison)];
    for (const step of work.steps) {
      const buffers = step.args.map((k) => memory[k]);
      if (step.kind === "call") native.cudaCallLibrary(step.routine, buffers, step.params);
      else if (kernel !== undefined) {
        const { symbol, grid, block, sharedBytes } = step;
        compilerOfKernels.jitRunFibres(kernel, symbol, buffers, { grid: grid[0], block, sharedBytes, ...order });
      }
    }
    operands.forEach((memoryOf, k) => {
      expect(memoryOf, "an operand was written to").toEqual(padded(args[k].byteLength, poison, args[k]));
    });
    const got = shapes.map((shape, k) => {
      const length = sizeOf(shape.dims) * dtypes[shape.dtype].bytes;
      expect(
        outputs[k].subarray(length).every((x) => x === poison),
        "what lies behind a result was written to",
      ).toBe(true);
      const { storage } = dtypes[shape.dtype];
      const out = new storage(length / new storage(1).byteLength);
      new Uint8Array(out.buffer).set(outputs[k].subarray(0, length));
      return out;
    });
    if (results !== undefined) expect(got, "another order gave other bits").toEqual(results);
    results = got;
  }
  if (kernel !== undefined) compilerOfKernels.jitRelease(kernel);
  const steps = work.steps.map((s) => (s.kind === "call" ? s.routine : "kernel"));
  return { results: results ?? [], work, steps };
}

/** Runs the work and expects what the reference evaluator gives. */
export function checkWork(
  module: HloModule,
  i: HloInstruction,
  args: readonly HostArray[],
  emit: EmitWork,
  scale = 1e-30,
): Ran {
  const ran = runWork(i, args, emit);
  const want = evaluate(module, args);
  const shapes = i.shape.kind === "tuple" ? i.shape.elements : [i.shape];
  shapes.forEach((shape, k) => expectClose(shape, ran.results[k], want[k], scale));
  return ran;
}
