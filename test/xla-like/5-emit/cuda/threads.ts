// Kernels for a card run on this processor, thread after thread: enough for kernels whose threads do not wait for each
// other, and with no more of a runtime than two numbers.
import { emitCudaFusion } from "../../../../xla-like/5-emit/cuda/fusion.js";
import { type CudaLaunch, cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import { type ArrayShape, dtypes, type HostArray, sizeOf } from "../../../../xla-like/hlo/index.js";
import { loadJit } from "../../../../xla-like/runtime/native.js";
import type { Program } from "./programs.js";

const loaded = loadJit();
export const jit = loaded.ok ? loaded.jit : undefined;
export const whyNoJit = loaded.ok ? "" : ` (skipped: ${loaded.reason})`;

const padding = 256;
const poison = 0xa5;

const numbers = `
@thread = internal global i32 0
@block = internal global i32 0
define internal i32 @ct_fibre_thread() nounwind { %x = load i32, ptr @thread ret i32 %x }
define internal i32 @ct_fibre_block() nounwind { %x = load i32, ptr @block ret i32 %x }
`;

/** Calls the kernel for every thread, the last one first. */
const runner = ({ symbol, grid, block }: CudaLaunch): string => `
define void @run.${symbol}(ptr %args, i64 %n) {
entry:
  br label %loop
loop:
  %next = phi i32 [ ${grid[0] * block}, %entry ], [ %now, %loop ]
  %now = sub i32 %next, 1
  %thread = urem i32 %now, ${block}
  %block = udiv i32 %now, ${block}
  store i32 %thread, ptr @thread
  store i32 %block, ptr @block
  call void @${symbol}(ptr %args)
  %more = icmp ne i32 %now, 0
  br i1 %more, label %loop, label %done
done:
  ret void
}`;

const bytesOf = ({ dtype, dims }: ArrayShape): number => sizeOf(dims) * dtypes[dtype].bytes;

/** An array's bytes, and as many more as every buffer is padded with, at a multiple of any vector. */
function buffer(bytes: number, data?: HostArray): Uint8Array {
  const all = new Uint8Array(bytes + padding).fill(poison);
  if (data !== undefined) all.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return all;
}

/** The fusion's results. */
export function runThreads({ fusion }: Program, args: readonly HostArray[]): HostArray[] {
  if (jit === undefined) throw new Error(`no compiler${whyNoJit}`);
  const module = new IrModule();
  const { launches } = emitCudaFusion(module, fusion, "kernel", cudaTarget("sm_80", "fibres"));
  const declared = /^declare i32 @ct_fibre_.*$/gm;
  const ir = [module.toString().replace(declared, ""), numbers, ...launches.map(runner)].join("\n");
  const kernel = jit.jitCompile(
    ir,
    launches.map((l) => `run.${l.symbol}`),
  );
  const outputs = fusion.shape.elements.map((s) => buffer(bytesOf(s)));
  const memory = [...args.map((a) => buffer(a.byteLength, a)), ...outputs];
  for (const l of launches) {
    const own = l.args.flatMap((k) => memory[k] ?? []);
    jit.jitRun(kernel, `run.${l.symbol}`, own, 0);
  }
  jit.jitRelease(kernel);
  return fusion.shape.elements.map((s, k) => {
    const { storage, bytes } = dtypes[s.dtype];
    const entry = new storage(1).byteLength;
    const result = new storage((sizeOf(s.dims) * bytes) / entry);
    new Uint8Array(result.buffer).set(outputs[k]?.subarray(0, bytesOf(s)) ?? []);
    return result;
  });
}
