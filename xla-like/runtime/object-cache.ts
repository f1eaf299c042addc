/** Machine code by the LLVM IR that it was made from. */
import { DiskCache, sha256 } from "./disk-cache.js";
import { INTERFACE_VERSION, type NativeJit } from "./native.js";

/** All that machine code depends on besides its text. */
export const targetKey = (jit: NativeJit): string => {
  const { cpu, features } = jit.jitTarget();
  return [process.arch, cpu, features, jit.llvmVersion(), INTERFACE_VERSION].join("\n");
};

export class ObjectCache {
  /** How many objects came from disk, and how many were compiled. */
  hits = 0;
  misses = 0;
  readonly #target: string;
  readonly #disk: DiskCache;

  constructor(
    private readonly jit: NativeJit,
    directory: string | undefined,
    limit?: number,
  ) {
    this.#target = targetKey(jit);
    this.#disk = new DiskCache(directory, ".o", limit);
  }

  /** The object files of LLVM IR texts. Those that are not on disk are made, all at the same time. */
  compile(irs: readonly string[]): Uint8Array[] {
    const keys = irs.map((ir) => sha256(this.#target, "\n", ir).toString("hex"));
    const objects = keys.map((key) => this.#disk.read(key));
    const missing = irs.flatMap((_, i) => (objects[i] === undefined ? [i] : []));
    this.hits += irs.length - missing.length;
    this.misses += missing.length;
    if (missing.length === 0) return objects as Uint8Array[];
    const made = this.jit.jitObjects(missing.map((i) => irs[i]));
    missing.forEach((i, k) => {
      objects[i] = made[k];
      this.#disk.write(keys[i], made[k]);
    });
    return objects as Uint8Array[];
  }
}
