/** Kernels of cards on disk: PTX by the LLVM IR that it was made from, and the card's machine code by the PTX. */
import type { CudaTarget } from "../5-emit/cuda/index.js";
import { DiskCache, sha256 } from "./disk-cache.js";
import { INTERFACE_VERSION, type NativeJit } from "./native.js";
import { targetKey } from "./object-cache.js";

export class KernelCache {
  /** How often LLVM was asked, and the driver. */
  compiled = 0;
  assembled = 0;
  readonly #key: string;
  readonly #ptx: DiskCache;
  readonly #code: DiskCache;

  constructor(
    private readonly jit: NativeJit,
    directory: string | undefined,
  ) {
    this.#key = `${jit.llvmVersion()}\n${INTERFACE_VERSION}`;
    this.#ptx = new DiskCache(directory, ".ptx");
    this.#code = new DiskCache(directory, ".cubin");
  }

  /** All that kernels depend on besides their text. */
  keyOf({ arch, intrinsics }: CudaTarget): string {
    return `${this.#key}\n${intrinsics === "nvptx" ? arch : targetKey(this.jit)}`;
  }

  /** PTX, which every driver compiles for itself; for the simulated card an object file of this machine's. */
  compile(llvm: string, target: CudaTarget): Uint8Array {
    const { arch, intrinsics } = target;
    const isPtx = intrinsics === "nvptx";
    return this.#kept(this.#ptx, [this.keyOf(target), llvm], () => {
      this.compiled++;
      return isPtx ? new TextEncoder().encode(this.jit.ptxOf(llvm, arch)) : this.jit.jitObject(llvm);
    });
  }

  /** Machine code for PTX, made by `assemble`; `card` and `driver` are what it depends on. */
  assemble(ptx: Uint8Array, card: string, driver: string, assemble: (ptx: Uint8Array) => Uint8Array): Uint8Array {
    return this.#kept(this.#code, [this.#key, card, driver, ptx], () => {
      this.assembled++;
      return assemble(ptx);
    });
  }

  #kept(disk: DiskCache, parts: readonly (string | Uint8Array)[], make: () => Uint8Array): Uint8Array {
    const key = sha256(...parts.flatMap((part) => [part, "\n"])).toString("hex");
    const found = disk.read(key);
    if (found !== undefined) return found;
    const made = make();
    disk.write(key, made);
    return made;
  }
}
