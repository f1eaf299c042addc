/** Machine code kept on disk, so that another process need not compile it again. */
import type { NativeJit } from "./native.js";

export class ObjectCache {
  constructor(private readonly jit: NativeJit) {}

  /** The object files of the texts. */
  compile(irs: readonly string[]): Uint8Array[] {
    return this.jit.jitObjects(irs);
  }
}
