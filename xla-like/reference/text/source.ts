/**
 * Inner loops made from text. Each distinct text becomes one JavaScript function of its own, so that the engine
 * specialises it to its element types; a shared higher-order loop would turn megamorphic and ten times slower.
 */

/** The values that a text refers to by name. A name stands for the same value in every text that may be cached. */
export class Bindings {
  readonly #values = new Map<string, unknown>();
  #private = false;
  #names = 0;

  /** Makes `value` known under a name that means the same everywhere; returns the name. */
  shared(name: string, value: unknown): string {
    this.#values.set(name, value);
    return name;
  }

  /** Makes a value known that belongs to this text alone, which is then not cached. */
  own(value: unknown): string {
    this.#private = true;
    const name = `own${this.#values.size}`;
    this.#values.set(name, value);
    return name;
  }

  /** A variable name not used before in this text. */
  fresh(prefix: string): string {
    this.#names += 1;
    return `${prefix}_${this.#names}`;
  }

  get cacheable(): boolean {
    return !this.#private;
  }
  get names(): string[] {
    return [...this.#values.keys()];
  }
  get values(): unknown[] {
    return [...this.#values.values()];
  }
}

const cacheLimit = 4096;
const cache = new Map<string, unknown>();

/** The function with the given parameters and body. The caller answers for F agreeing with the text. */
export const functionFromText = <F>(parameters: string, body: string, bindings: Bindings): F => {
  const text = `return (${parameters}) => {\n${body}\n};`;
  const cached = cache.get(text);
  if (cached !== undefined && bindings.cacheable) return cached as F;
  const made = new Function(...bindings.names, `"use strict";\n${text}`)(...bindings.values) as F;
  if (bindings.cacheable) {
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(text, made);
  }
  return made;
};
