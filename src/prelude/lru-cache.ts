/** A bounded map that forgets what was used longest ago. */
export class LruCache<K, V> {
  readonly #entries = new Map<K, V>();
  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.#entries.size;
  }

  /** The value of the key, computed if it is not there. */
  get(key: K, compute: () => V): V {
    let value = this.#entries.get(key);
    if (value !== undefined) {
      // Re-inserted at the young end, except when it is most likely there already.
      if (this.#entries.size * 2 > this.capacity) {
        this.#entries.delete(key);
        this.#entries.set(key, value);
      }
      return value;
    }
    value = compute();
    this.#entries.set(key, value);
    if (this.#entries.size > this.capacity) this.#entries.delete(this.#entries.keys().next().value as K);
    return value;
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
