/** Kernels of cards on disk: PTX by the LLVM IR that it was made from, and the card's machine code by the PTX. */
import type { CudaTarget } from "../5-emit/cuda/index.js";
import { DiskCache, sha256 } from "./disk-cache.js";
import { INTERFACE_VERSION, type NativeJit } from "./native.js";
import { targetKey } from "./object-cache.js";

export class KernelCache {
  /** How often LLVM was asked, and the driver. */
  compiled = 0;
  assembled = 0;
  /** All that kernels depend on besides their text and target. */
  readonly key: string;
  readonly #ptx: DiskCache;
  readonly #code: DiskCache;

  constructor(
    private readonly jit: NativeJit,
    directory: string | undefined,
  ) {
    this.key = `${jit.llvmVersion()}\n${INTERFACE_VERSION}`;
    this.#ptx = new DiskCache(directory, ".ptx");
    this.#code = new DiskCache(directory, ".cubin");
  }

  /** PTX, which every driver compiles for itself; for the simulated card an object file of this machine's. */
  compile(llvm: string, { arch, intrinsics }: CudaTarget): Uint8Array {
    const isPtx = intrinsics === "nvptx";
    return this.#kept(this.#ptx, [isPtx ? arch : targetKey(this.jit), llvm], () => {
      this.compiled++;
      return isPtx ? new TextEncoder().encode(this.jit.ptxOf(llvm, arch)) : this.jit.jitObject(llvm);
    });
  }

  /** Machine code for PTX, made by `assemble`; `card` and `driver` are what it depends on. */
  assemble(ptx: Uint8Array, card: string, driver: string, assemble: (ptx: Uint8Array) => Uint8Array): Uint8Array {
    return this.#kept(this.#code, [card, driver, ptx], () => {
      this.assembled++;
      return assemble(ptx);
    });
  }

  #kept(disk: DiskCache, parts: readonly (string | Uint8Array)[], make: () => Uint8Array): Uint8Array {
    const key = sha256(this.key, ...parts.flatMap((part) => ["\n", part])).toString("hex");
    const found = disk.read(key);
    if (found !== undefined) return found;
    const made = make();
    disk.write(key, made);
    return made;
  }
}
