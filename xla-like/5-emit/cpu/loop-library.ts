/** Loops that are kernels themselves, in a module of their own. */
import { IrModule } from "../scalar/index.js";
import type { LoopFunction } from "./loop-function.js";

export class LoopLibrary {
  readonly #module = new IrModule();
  readonly #names = new Set<string>();

  /** Adds a function that calls kernels, which may be in other modules. */
  add(symbol: string, { text, callees }: LoopFunction): void {
    for (const callee of callees) {
      if (!this.#names.has(callee)) this.#module.declare(callee, `void @${callee}(ptr, i64, i64)`);
    }
    this.#names.add(symbol);
    this.#module.declare("llvm.memmove", "void @llvm.memmove.p0.p0.i64(ptr, ptr, i64, i1)");
    this.#module.define(symbol, () => text);
  }

  /** The module's text, if there is any loop. */
  texts(): readonly string[] {
    return this.#names.size > 0 ? [this.#module.toString()] : [];
  }
}
