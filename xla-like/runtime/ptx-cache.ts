/** What a card's driver is given, by the LLVM IR that it was made from. */
import type { CudaTarget } from "../5-emit/cuda/index.js";
import { DiskCache, sha256 } from "./disk-cache.js";
import { INTERFACE_VERSION, type NativeJit } from "./native.js";
import { targetKey } from "./object-cache.js";

export class KernelCache {
  /** How many came from disk, and how many were compiled. */
  hits = 0;
  misses = 0;
  /** All that kernels depend on besides their text and target. */
  readonly key: string;
  readonly #disk: DiskCache;

  constructor(
    private readonly jit: NativeJit,
    directory: string | undefined,
  ) {
    this.key = `${jit.llvmVersion()}\n${INTERFACE_VERSION}`;
    this.#disk = new DiskCache(directory, ".ptx");
  }

  /** PTX, which every driver compiles for itself; for the simulated card an object file of this machine's. */
  compile(llvm: string, { arch, intrinsics }: CudaTarget): Uint8Array {
    const isPtx = intrinsics === "nvptx";
    const key = sha256(this.key, "\n", isPtx ? arch : targetKey(this.jit), "\n", llvm).toString("hex");
    const found = this.#disk.read(key);
    if (found !== undefined) {
      this.hits++;
      return found;
    }
    this.misses++;
    const made = isPtx ? new TextEncoder().encode(this.jit.ptxOf(llvm, arch)) : this.jit.jitObject(llvm);
    this.#disk.write(key, made);
    return made;
  }
}
