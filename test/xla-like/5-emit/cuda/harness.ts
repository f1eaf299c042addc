// Kernels for a card run as fibres, in several orders of their threads, beside the reference evaluator.
import { expect } from "vitest";
import { emitCudaFusion } from "../../../../xla-like/5-emit/cuda/fusion.js";
import {
  type CudaKernels,
  type CudaLaunch,
  type CudaTarget,
  cudaTarget,
} from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import { type ArrayShape, dtypes, type HostArray, sizeOf } from "../../../../xla-like/index.js";
import { evaluate } from "../../../../xla-like/reference/evaluate.js";
import type { FibreLaunch } from "../../../../xla-like/runtime/native.js";
import { expectClose, jit, type Program } from "../cpu/kernels/harness.js";

export interface Order {
  readonly order: FibreLaunch["order"];
  readonly seed: number;
}
export const orders: readonly Order[] = [
  { order: "forward", seed: 0 },
  { order: "reverse", seed: 0 },
  { order: "shuffled", seed: 1 },
  { order: "shuffled", seed: 2 },
];

export type EmitCuda = typeof emitCudaFusion;

export interface Grids {
  /** Launches the kernels over memory, whose pieces the launches' arguments count. */
  readonly run: (memory: readonly ArrayBufferView[], order: Order) => void;
  readonly release: () => void;
}

export function compileGrids(ir: string, launches: readonly CudaLaunch[]): Grids {
  if (jit === undefined) throw new Error("no compiler");
  const compiler = jit;
  const kernel = compiler.jitCompile(ir, [...new Set(launches.map((l) => l.symbol))]);
  return {
    run: (memory, { order, seed }) => {
      for (const { symbol, args, grid, block, sharedBytes } of launches) {
        expect(grid.slice(1), "blocks are numbered in one dimension").toEqual([1, 1]);
        const buffers = args.map((k) => memory[k]);
        compiler.jitRunFibres(kernel, symbol, buffers, { grid: grid[0], block, sharedBytes, order, seed });
      }
    },
    release: () => compiler.jitRelease(kernel),
  };
}

export interface CheckOptions {
  /** The size of what was added up, for sums of floats that may cancel. */
  readonly scale?: number;
  /** Output k lies where operand `inPlace[k]` does. */
  readonly inPlace?: Readonly<Record<number, number>>;
  /** Results may differ by roundings from one order to another: sums by atomics. */
  readonly unordered?: boolean;
  /** By default the emitter's own kernels. */
  readonly emit?: EmitCuda;
  /** So many threads keep the card busy: few of them, and a few elements are enough for vectors. */
  readonly busyThreads?: number | undefined;
  /** Spoils the kernels on purpose. */
  readonly edit?: (ir: string) => string;
}

const padding = 256;

/** Memory of its own for an array, of 256 bytes more than it has. */
export function padded(bytes: number, poison: number, from?: HostArray): Uint8Array {
  const memory = new Uint8Array(bytes + padding).fill(poison);
  if (from !== undefined) memory.set(new Uint8Array(from.buffer, from.byteOffset, from.byteLength));
  return memory;
}

/** An array at the start of memory. */
export function typed({ dtype, dims }: ArrayShape, memory: Uint8Array): HostArray {
  const { storage, bytes } = dtypes[dtype];
  const length = sizeOf(dims) * bytes;
  const out = new storage(length / new storage(1).byteLength);
  new Uint8Array(out.buffer).set(memory.subarray(0, length));
  return out;
}

/**
 * Emits a fusion, runs it in every order and expects what the reference evaluator gives, and the same bits in every
 * order. Memory that nobody has written to differs from order to order.
 */
export function checkCuda(
  { module, fusion }: Program,
  args: readonly HostArray[],
  options: CheckOptions = {},
): { readonly ir: string; readonly grids: CudaKernels } {
  const { scale = 1e-30 } = options;
  const want = evaluate(module, args);
  const shapes = fusion.shape.elements;
  const { emit = emitCudaFusion } = options;
  return runCuda(
    (module, symbol, target) => emit(module, fusion, symbol, target),
    shapes,
    args,
    options,
    (got) => shapes.forEach((shape, k) => expectClose(shape, got[k], want[k], scale)),
  );
}

/** Runs kernels with results of these shapes in every order; `check` sees those of each, which are the same in all. */
export function runCuda(
  emit: (module: IrModule, symbol: string, target: CudaTarget) => CudaKernels,
  shapes: readonly ArrayShape[],
  args: readonly HostArray[],
  { inPlace = {}, unordered = false, busyThreads, edit = (text) => text }: CheckOptions,
  check: (results: readonly HostArray[]) => void,
): { readonly ir: string; readonly grids: CudaKernels } {
  const kernels = new IrModule();
  const grids = emit(kernels, "kernel", cudaTarget("sm_90", "fibres", busyThreads));
  const ir = edit(kernels.toString());
  // Threads that do not exchange anything are as good in two orders as in any.
  const exchanges = /@ct_fibre_(barrier|shuffle|vote)|atomicrmw|cmpxchg/.test(ir);
  let what = "compiling";
  try {
    const compiled = compileGrids(ir, grids.launches);
    let first: HostArray[] | undefined;
    orders.slice(0, exchanges ? orders.length : 2).forEach((order, turn) => {
      what = `${order.order} ${order.seed}`;
      const poison = 0xa5 ^ (0xff * (turn % 2));
      const operands = args.map((data) => padded(data.byteLength, poison, data));
      const outputs = shapes.map((s, k) =>
        k in inPlace ? operands[inPlace[k]] : padded(sizeOf(s.dims) * dtypes[s.dtype].bytes, poison),
      );
      compiled.run([...operands, ...outputs, padded(grids.scratchBytes, poison)], order);
      const got = shapes.map((shape, k) => typed(shape, outputs[k]));
      check(got);
      if (!unordered) expect(got, "another order gave other bits").toEqual(first ?? got);
      first ??= got;
    });
    compiled.release();
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}\n${ir}`);
  }
  return { ir, grids };
}
