// Fusions compiled and run as kernels, in one piece and in many, beside the reference evaluator.
import { expect } from "vitest";
import { emitFusion, fusionScratchBytes } from "../../../../../xla-like/5-emit/cpu/kernels/fusion.js";
import type { FusionKernels, Launch } from "../../../../../xla-like/5-emit/cpu/kernels/launch.js";
import type { CpuTarget } from "../../../../../xla-like/5-emit/cpu/target.js";
import { IrModule } from "../../../../../xla-like/5-emit/scalar/ir.js";
import {
  type ArrayShape,
  bf16ToNumber,
  type DType,
  dtypes,
  type FusionKind,
  f16ToNumber,
  HloBuilder,
  type HloInstruction,
  type HloModule,
  type HostArray,
  type Instr,
  numberToBf16,
  numberToF16,
  sizeOf,
} from "../../../../../xla-like/index.js";
import { evaluate } from "../../../../../xla-like/reference/evaluate.js";
import { type JitOptions, loadJit, type NativeKernel } from "../../../../../xla-like/runtime/native.js";

const loaded = loadJit();
export const jit = loaded.ok ? loaded.jit : undefined;
export const whyNoJit = loaded.ok ? "" : ` (skipped: ${loaded.reason})`;

export interface Machine {
  readonly name: string;
  readonly target: CpuTarget;
  readonly options: JitOptions;
}
export const host: Machine = {
  name: "this processor",
  target: { fma: true, half: true, vectorBits: 512 },
  options: {},
};
export const machines: readonly Machine[] =
  process.arch === "x64"
    ? [
        host,
        {
          name: "AVX2",
          target: { fma: true, half: true, vectorBits: 256 },
          options: { features: "+avx2,+fma,+f16c" },
        },
        { name: "SSE2", target: { fma: false, vectorBits: 128 }, options: { cpu: "x86-64", features: "" } },
      ]
    : [{ ...host, target: { fma: true, vectorBits: 128 } }];

export interface Program {
  readonly module: HloModule;
  readonly fusion: Instr<"fusion">;
}

/** A module that is one fusion of its parameters. */
export function fused(
  kind: FusionKind,
  shapes: readonly ArrayShape[],
  body: (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[],
): Program {
  const b = new HloBuilder("main");
  const computation = b.computation("fused", shapes, (c, xs) => {
    const results = body(c, xs);
    return Array.isArray(results) ? (results as readonly HloInstruction[]) : [results as HloInstruction];
  });
  const results = b.fusion(
    kind,
    computation,
    shapes.map((s) => b.parameter(s)),
  );
  const fusion = results[0].operands[0];
  if (fusion.opcode !== "fusion") throw new Error("not a fusion");
  return { module: b.module("program", results), fusion };
}

const bytesOf = (s: ArrayShape): number => sizeOf(s.dims) * dtypes[s.dtype].bytes;
const padding = 256;
const bytesAfter = 0xa5;

/** The array's bytes, and 256 more. */
function padded(data: HostArray): Uint8Array {
  const bytes = new Uint8Array(data.byteLength + padding).fill(bytesAfter);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return bytes;
}

export interface Compiled {
  readonly ir: string;
  readonly kernels: FusionKernels;
  readonly run: (args: readonly HostArray[], options?: RunOptions) => HostArray[];
  readonly release: () => void;
}

export interface RunOptions {
  /** How many units each call of a kernel does; all at once by default. */
  readonly piece?: number;
  /** Output k lies where operand `inPlace[k]` does. */
  readonly inPlace?: Readonly<Record<number, number>>;
}

/** Calls a kernel with bounds that lie in the first buffer. */
const trampoline = (symbol: string): string => `
define void @run.${symbol}(ptr %buffers, i64 %n) {
  %bounds = load ptr, ptr %buffers
  %begin = load i64, ptr %bounds
  %second = getelementptr i64, ptr %bounds, i64 1
  %end = load i64, ptr %second
  %args = getelementptr ptr, ptr %buffers, i64 1
  call void @${symbol}(ptr %args, i64 %begin, i64 %end)
  ret void
}`;

export function compile({ fusion }: Program, machine: Machine = host): Compiled {
  if (jit === undefined) throw new Error("no compiler");
  const compiler = jit;
  const module = new IrModule();
  const kernels = emitFusion(module, fusion, "kernel", machine.target);
  expect(fusionScratchBytes(fusion)).toBe(kernels.scratchBytes);
  const ir = module.toString();
  const symbols = kernels.launches.map((l) => `run.${l.symbol}`);
  const native = compileText(ir + kernels.launches.map((l) => trampoline(l.symbol)).join("\n"), symbols, machine);
  const call = (launch: Launch, memory: readonly Uint8Array[], begin: number, end: number) => {
    const buffers = [BigInt64Array.of(BigInt(begin), BigInt(end)), ...launch.args.map((k) => memory[k])];
    compiler.jitRun(native, `run.${launch.symbol}`, buffers, 0);
  };
  return {
    ir,
    kernels,
    run: (args, { piece, inPlace = {} } = {}) => {
      const operands = args.map(padded);
      const outputs = fusion.shape.elements.map((s, k) =>
        k in inPlace ? operands[inPlace[k]] : new Uint8Array(bytesOf(s) + padding).fill(bytesAfter),
      );
      const memory = [...operands, ...outputs, new Uint8Array(kernels.scratchBytes + padding).fill(bytesAfter)];
      for (const launch of kernels.launches) {
        const step = piece ?? Math.max(1, launch.units);
        const starts = Array.from({ length: Math.ceil(launch.units / step) }, (_, k) => k * step);
        // Pieces run in any order.
        if (piece !== undefined) starts.reverse();
        for (const begin of starts) call(launch, memory, begin, Math.min(begin + step, launch.units));
      }
      return outputs.map((bytes, k) => {
        const { dtype, dims } = fusion.shape.elements[k];
        const length = bytesOf(fusion.shape.elements[k]);
        const copy = bytes.slice(0, length);
        const { storage } = dtypes[dtype];
        const entry = new storage(1).byteLength;
        const typed = new storage((sizeOf(dims) * dtypes[dtype].bytes) / entry);
        new Uint8Array(typed.buffer).set(copy);
        return typed;
      });
    },
    release: () => compiler.jitRelease(native),
  };
}

function compileText(ir: string, symbols: readonly string[], machine: Machine): NativeKernel {
  if (jit === undefined) throw new Error("no compiler");
  try {
    return jit.jitCompile(ir, symbols, machine.options);
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${ir}`);
  }
}

const asNumber = (d: DType, x: number | bigint): number =>
  d === "float16" ? f16ToNumber(Number(x)) : d === "bfloat16" ? bf16ToNumber(Number(x)) : Number(x);

const relative: Partial<Record<DType, number>> = {
  float32: 4e-6,
  complex64: 4e-6,
  float64: 1e-13,
  complex128: 1e-13,
  bfloat16: 2 ** -7,
  float16: 2 ** -10,
};

/** Equal, but for a few roundings of floats; `scale` is the size of what was added up. */
export function expectClose(shape: ArrayShape, got: HostArray, want: HostArray, scale = 0): void {
  const { dtype } = shape;
  const tolerance = relative[dtype] ?? 0;
  expect(got.length).toBe(want.length);
  for (let k = 0; k < want.length; k++) {
    const [g, w] = [asNumber(dtype, got[k]), asNumber(dtype, want[k])];
    if (
      tolerance === 0
        ? got[k] === want[k]
        : Object.is(g, w) || Math.abs(g - w) <= tolerance * Math.max(Math.abs(w), scale)
    )
      continue;
    expect.fail(`element ${k} of ${dtype}[${shape.dims}] is ${g}, not ${w}`);
  }
}

/** Runs the program as kernels, whole and in pieces, and expects what the reference evaluator gives. */
export function check(program: Program, args: readonly HostArray[], { scale = 1e-30, machine = host } = {}): Compiled {
  const want = evaluate(program.module, args);
  const compiled = compile(program, machine);
  const got = compiled.run(args);
  try {
    program.fusion.shape.elements.forEach((shape, k) => expectClose(shape, got[k], want[k], scale));
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${compiled.ir}`);
  }
  for (const piece of [1, 3]) expect(compiled.run(args, { piece }), `pieces of ${piece}`).toEqual(got);
  return compiled;
}

/** Elements that are unlike each other, of a moderate size. */
export function sample({ dtype, dims }: ArrayShape, seed = 1): HostArray {
  const { storage, kind } = dtypes[dtype];
  const entries = sizeOf(dims) * (kind === "complex" ? 2 : 1);
  const out = new storage(entries);
  let state = (seed * 2654435761) >>> 0;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let k = 0; k < entries; k++) {
    const x = next() * 6 - 3;
    if (out instanceof BigInt64Array || out instanceof BigUint64Array) {
      out[k] = kind === "unsigned" ? BigInt(Math.floor((x + 3) * 5)) : BigInt(Math.floor(x * 5));
    } else if (kind === "bool") out[k] = x > 0 ? 1 : 0;
    else if (dtype === "float16") out[k] = numberToF16(x);
    else if (dtype === "bfloat16") out[k] = numberToBf16(x);
    else if (kind === "unsigned") out[k] = Math.floor((x + 3) * 5);
    else if (kind === "signed") out[k] = Math.floor(x * 5);
    else out[k] = x;
  }
  return out;
}

/** Checks on sample data. */
export function checkSample(
  kind: FusionKind,
  shapes: readonly ArrayShape[],
  body: (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[],
  options: { readonly scale?: number; readonly machine?: Machine; readonly args?: readonly HostArray[] } = {},
): Compiled {
  const program = fused(kind, shapes, body);
  return check(program, options.args ?? shapes.map((s, k) => sample(s, k + 1)), options);
}
