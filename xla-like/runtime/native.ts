/** The one door to the native addon: found and loaded when first asked for, or the reason why it is not there. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { NativeFiles } from "./native-files.js";

/** What the processor can do; an instruction set counts only if the operating system saves its registers. */
export interface CpuFeatures {
  readonly vendor: string;
  readonly brand: string;
  /** Logical processors this process may use. */
  readonly cores: number;
  readonly sse42: boolean;
  readonly avx: boolean;
  readonly f16c: boolean;
  readonly fma: boolean;
  readonly avx2: boolean;
  readonly avx512f: boolean;
  readonly avx512dq: boolean;
  readonly avx512bw: boolean;
  readonly avx512vl: boolean;
  readonly avx512vnni: boolean;
  readonly avx512bf16: boolean;
  readonly avx512fp16: boolean;
  readonly amxbf16: boolean;
  readonly neon: boolean;
}

declare const kernelBrand: unique symbol;

/** Loaded machine code, unloaded when collected or released. */
export interface NativeKernel {
  readonly [kernelBrand]: true;
}

/** What to compile for: this processor unless `cpu` or `features` are given. */
export interface JitOptions {
  /** LLVM's name of a processor; by default the plainest, once `features` are given. */
  readonly cpu?: string;
  /** `+avx2,+fma`. */
  readonly features?: string;
  /** 0, the default, runs no passes: the emitters write what they mean. */
  readonly optLevel?: 0 | 1 | 2 | 3;
}

/** A grid of fibres, and the order in which warps and their lanes come to run where nothing orders them. */
export interface FibreLaunch {
  /** Blocks. */
  readonly grid: number;
  /** Threads of a block. */
  readonly block: number;
  readonly sharedBytes: number;
  readonly order: "forward" | "reverse" | "shuffled";
  readonly seed: number;
}

/** The compiler. Whatever LLVM complains about is thrown as an error with its message. */
export interface NativeJit {
  /** `19.1.7`. */
  llvmVersion(): string;
  /** The object file made from LLVM IR text; its triple and data layout are filled in. */
  jitObject(ir: string, options?: JitOptions): Uint8Array;
  /** Whether plans can call the routine of a name. */
  hasRoutine(name: string): boolean;
  /** The same for several texts, on as many threads as there are processors. */
  jitObjects(irs: readonly string[], options?: JitOptions): Uint8Array[];
  /** What is compiled for by default: this processor, or less where COTANGENT_CPU_FEATURES restricts it. */
  jitTarget(): { readonly cpu: string; readonly features: string };
  jitLoad(object: Uint8Array, symbols: readonly string[]): NativeKernel;
  jitCompile(ir: string, symbols: readonly string[], options?: JitOptions): NativeKernel;
  /** Calls `void symbol(ptr* buffers, i64 n)` on this thread. */
  jitRun(kernel: NativeKernel, symbol: string, buffers: readonly ArrayBufferView[], n: number): void;
  /**
   * Runs `void symbol(ptr* buffers)` in every thread of a grid, each a fibre of this thread: what was emitted for a card
   * with the intrinsics "fibres". Throws where a card would hang.
   */
  jitRunFibres(kernel: NativeKernel, symbol: string, buffers: readonly ArrayBufferView[], launch: FibreLaunch): void;
  /** Unloads the code now; a later run throws. */
  jitRelease(kernel: NativeKernel): void;
  /**
   * PTX made from LLVM IR text for an NVIDIA architecture (`sm_80`): text that the card's driver compiles, so none need be
   * there. Errors have a `code`: PTX_NO_TARGET where this LLVM compiles for no card, PTX_ARCH, PTX_FAILED.
   */
  ptxOf(ir: string, arch: string): string;
  /**
   * A runtime with memory, plans and a stream of its own. `progress` is called some time after a notification came
   * due; `host` runs a plan's callback, whose arguments and results `io` has as pairs of an address and a length.
   */
  startRuntime(
    io: Float64Array,
    state: Float64Array,
    progress: () => void,
    host: (callback: number, operands: number, results: number) => void,
  ): NativeRuntime;
  /** A runtime for the card of a number, likewise. Makes its context: throws where the driver does not. */
  startCuda(
    card: number,
    io: Float64Array,
    state: Float64Array,
    progress: () => void,
    host: (callback: number, operands: number, results: number) => void,
  ): CudaRuntime;
}

/**
 * The runtime of a device. The functions without parameters take their arguments from the first cells of `io`, and leave their
 * results there and in `state` (see runtime-state.ts): crossing costs the same then, however many arguments there are.
 */
export interface DeviceRuntime {
  freePlan(plan: number): void;
  /** A longer `io` from here on. */
  grow(io: Float64Array): void;
  /** io: plan, 1 to ignore the budget, addresses of parameters, addresses of outputs or 0 → the outputs' addresses. */
  execute(): void;
  /** io: bytes, 1 for memory that nothing in flight uses, 1 to ignore the budget → the address. */
  allocate(): void;
  /** io: an address. */
  free(): void;
  /** io: an address, whose memory is free once `owner` is collected. */
  track(owner: object): void;
  /** Frees the memory of collected owners. */
  sweep(): number;
  /** Gives free memory back to the system. */
  trim(): void;
  /** io: an address. */
  read(to: ArrayBufferView): void;
  /** io: an address. */
  write(from: ArrayBufferView): void;
  /** io: a submission. */
  wait(): void;
  /** io: a submission, after which `progress` will be called. Until `settled` the process stays alive. */
  notify(): void;
  settled(): void;
  /**
   * io → the first and the last submission that failed since this was asked, and the bytes there was no room for. The
   * result says what else went wrong.
   */
  failure(): string | undefined;
}

/** The CPU's, whose memory JavaScript sees. */
export interface NativeRuntime extends DeviceRuntime {
  loadPlan(
    objects: readonly Uint8Array[],
    symbols: readonly string[],
    words: Float64Array,
    routines: readonly string[],
    constants: Uint8Array,
  ): number;
  /** io: bytes, 1 to ignore the budget → the address of the new memory that the result is a view of. */
  slab(): ArrayBuffer | undefined;
}

/** That of one of NVIDIA's cards. What the card or its driver refuses is thrown with the code `failureCode`. */
export interface CudaRuntime extends DeviceRuntime {
  /** The card's machine code for PTX, by the driver's compiler. */
  assemble(ptx: Uint8Array): Uint8Array;
  /**
   * @param image PTX or machine code of the kernels; an object file, if they are fibres for the simulated card
   * @param names what the symbols compute, for messages
   */
  loadPlan(
    image: Uint8Array,
    areFibres: boolean,
    name: string,
    symbols: readonly string[],
    names: readonly string[],
    words: Float64Array,
    routines: readonly string[],
    constants: Uint8Array,
  ): number;
}

/** The same in native/runtime/fast_calls.h. */
export const failureCode = "COTANGENT_DEVICE";

/** A card, as the driver describes it. */
export interface CudaCard {
  readonly name: string;
  readonly memoryBytes: number;
  /** `9.0`. */
  readonly computeCapability: string;
  readonly multiprocessors: number;
}

/** NVIDIA's driver and its cards, or why it cannot be used. */
export type CudaProbe =
  | {
      readonly ok: true;
      readonly path: string;
      /** The newest CUDA that the driver is for: `12.4`. */
      readonly version: string;
      readonly cards: readonly CudaCard[];
    }
  | {
      readonly ok: false;
      readonly kind: "no-library" | "missing-symbol" | "old-driver" | "not-initialized" | "no-device";
      readonly reason: string;
      /** Where the library was looked for, and what was wrong there. */
      readonly searched: readonly string[];
      readonly remedy: string;
    };

/** What the addon exports; the compiler only where it was built with LLVM. */
export interface NativeModule extends Partial<NativeJit>, Partial<NativeFiles> {
  /** The version of this interface. */
  version(): number;
  cpuFeatures(): CpuFeatures;
  /** Opens NVIDIA's driver at the first call. */
  cudaProbe(): CudaProbe;
  /** One call of a library's routine on the first card, to which the buffers are copied, and back; for tests. */
  cudaCallLibrary(name: string, buffers: readonly Uint8Array[], params: readonly number[]): void;
}

/** The addon, or why it cannot be used. */
export type NativeResult =
  | { readonly ok: true; readonly module: NativeModule; readonly path: string }
  | { readonly ok: false; readonly reason: string };

/** Must equal `kInterfaceVersion` in native/addon.cc. */
export const INTERFACE_VERSION = 6;

let result: NativeResult | undefined;

/** Loads the addon once. Never throws: without it everything still runs on the reference device. */
export function loadNative(): NativeResult {
  result ??= load();
  return result;
}

/** The compiler, or why there is none. */
export type JitResult =
  | { readonly ok: true; readonly jit: NativeJit }
  | { readonly ok: false; readonly reason: string };

/** The addon's compiler, if the addon is there and was built with LLVM. */
export function loadJit(): JitResult {
  const native = loadNative();
  if (!native.ok) return native;
  if (hasJit(native.module)) return { ok: true, jit: native.module };
  return { ok: false, reason: "the addon was built without LLVM: install llvm-19-dev, then run `npm run setup`" };
}

function hasJit(module: NativeModule): module is NativeModule & NativeJit {
  return module.jitCompile !== undefined;
}

/** The host in a few words, for device descriptions: `AMD EPYC, 2 cores, avx512f`. */
export function describeHost(): string {
  const native = loadNative();
  if (!native.ok) {
    const all = cpus();
    return `${all[0]?.model.trim() || process.arch}, ${plural(Math.max(1, all.length))}`;
  }
  const cpu = native.module.cpuFeatures();
  const best = (["avx512f", "avx2", "avx", "sse42", "neon"] as const).find((name) => cpu[name]);
  const parts = [cpu.brand || cpus()[0]?.model.trim() || process.arch, plural(cpu.cores)];
  return (best === undefined ? parts : [...parts, best]).join(", ");
}

function plural(cores: number): string {
  return `${cores} ${cores === 1 ? "core" : "cores"}`;
}

function load(): NativeResult {
  if (process.env.COTANGENT_NATIVE === "0") return { ok: false, reason: "COTANGENT_NATIVE=0 turns the addon off" };
  const root = packageRoot();
  if (root === undefined) return { ok: false, reason: "the package's directory was not found" };
  const path = [
    join(root, "build", "Release", "cotangent.node"),
    join(root, "prebuilds", `${process.platform}-${process.arch}`, "cotangent.node"),
  ].find((candidate) => existsSync(candidate));
  if (path === undefined) return { ok: false, reason: "the addon is not built: run `npm run setup`" };
  try {
    const module = createRequire(import.meta.url)(path) as NativeModule;
    const version = module.version();
    if (version === INTERFACE_VERSION) return { ok: true, module, path };
    return {
      ok: false,
      reason: `the addon has interface version ${version}, not ${INTERFACE_VERSION}: run \`npm run setup\``,
    };
  } catch (error) {
    return { ok: false, reason: `the addon does not load: ${error instanceof Error ? error.message : String(error)}` };
  }
}

/** The nearest directory above this file that is the package: from the sources and from dist/ alike. */
function packageRoot(): string | undefined {
  let dir = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    const manifest = join(dir, "package.json");
    if (existsSync(manifest)) {
      const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { name?: unknown };
      if (name === "cotangent") return dir;
    }
    const parent = dirname(dir);
    if (parent === dir) return undefined;
    dir = parent;
  }
}
