// Programs made into PTX, and PTX into machine code where NVIDIA's assembler is installed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { emitCudaFusion } from "../../../../xla-like/5-emit/cuda/fusion.js";
import { type CudaArch, type CudaKernels, cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrModule } from "../../../../xla-like/5-emit/scalar/ir.js";
import { loadJit } from "../../../../xla-like/runtime/native.js";
import type { Program } from "./programs.js";

const loaded = loadJit();
const noCode = "PTX_NO_TARGET";

/** The compiler if it compiles for cards, or why it does not. */
function compiler() {
  if (!loaded.ok) return { ok: false, reason: loaded.reason } as const;
  try {
    loaded.jit.ptxOf("", "sm_80");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === noCode) {
      return { ok: false, reason: error.message } as const;
    }
    throw error;
  }
  return { ok: true, jit: loaded.jit } as const;
}
const found = compiler();
export const nvptx = found.ok ? found.jit : undefined;
export const whyNoPtx = found.ok ? "" : ` (skipped: ${found.reason})`;

const ptxas = process.env.COTANGENT_PTXAS ?? "ptxas";
export const hasAssembler = spawnSync(ptxas, ["--version"]).status === 0;
export const whyNoAssembler = hasAssembler ? "" : ` (skipped: ${ptxas} is not installed; COTANGENT_PTXAS names it)`;

export interface Emitted {
  readonly ir: string;
  readonly kernels: readonly CudaKernels[];
}

/** All programs' kernels in one module. */
export function emitAll(programs: readonly Program[], arch: CudaArch): Emitted {
  const module = new IrModule();
  const kernels = programs.map(({ name, fusion }) => emitCudaFusion(module, fusion, name, cudaTarget(arch)));
  return { ir: module.toString(), kernels };
}

export function ptxOf(programs: readonly Program[], arch: CudaArch): string {
  if (nvptx === undefined) throw new Error(`no compiler${whyNoPtx}`);
  return nvptx.ptxOf(emitAll(programs, arch).ir, arch);
}

/** The kernels that a text defines. */
export const entriesOf = (ptx: string): string[] =>
  [...ptx.matchAll(/\.entry (\w+)\(/g)].map(([, name]) => String(name));

/** What the assembler reports of each kernel. */
export function assemble(ptx: string, arch: CudaArch, level = 3): string {
  const dir = mkdtempSync(join(tmpdir(), "cotangent-ptx-"));
  try {
    writeFileSync(join(dir, "kernels.ptx"), ptx);
    const options = ["-v", `-O${level}`, `-arch=${arch}`, "kernels.ptx", "-o", "kernels.cubin"];
    const { status, stderr } = spawnSync(ptxas, options, { cwd: dir, encoding: "utf8" });
    if (status !== 0) throw new Error(`ptxas: ${stderr}`);
    return stderr;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** What a kernel takes of a card. */
export interface Figures {
  readonly registers: number;
  /** Bytes that do not fit into registers, written and read back. */
  readonly spilled: number;
  /** A thread's own memory. */
  readonly stack: number;
  /** Shared memory whose size the kernel says itself. */
  readonly shared: number;
}

/** The figures of every kernel in a report. */
export function figuresOf(report: string): ReadonlyMap<string, Figures> {
  const found = new Map<string, Figures>();
  for (const part of report.split("Compiling entry function ").slice(1)) {
    const number = (pattern: RegExp): number => Number(pattern.exec(part)?.[1] ?? 0);
    found.set(/^'(\w+)'/.exec(part)?.[1] ?? "?", {
      registers: number(/Used (\d+) registers/),
      spilled: number(/(\d+) bytes spill stores/) + number(/(\d+) bytes spill loads/),
      stack: number(/(\d+) bytes stack frame/),
      shared: number(/(\d+) bytes smem/),
    });
  }
  return found;
}
