/** A bounded map that forgets what was used longest ago. */
export class LruCache<K, V> {
  readonly #entries = new Map<K, V>();
  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.#entries.size;
  }

  /** The value of the key, computed if it is not there. */
  get(key: K, compute: () => V): V {
    let value = this.find(key);
    if (value === undefined) {
      value = compute();
      this.set(key, value);
    }
    return value;
  }

  /** The value of the key, if it is there. */
  find(key: K): V | undefined {
    const value = this.#entries.get(key);
    // Re-inserted at the young end, except when it is most likely there already.
    if (value !== undefined && this.#entries.size * 2 > this.capacity) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  /** Puts a new value in; gives back the one that had to go for it. */
  set(key: K, value: V): V | undefined {
    this.#entries.set(key, value);
    if (this.#entries.size <= this.capacity) return undefined;
    const [oldest, forgotten] = this.#entries.entries().next().value as [K, V];
    this.#entries.delete(oldest);
    return forgotten;
  }

  values(): IterableIterator<V> {
    return this.#entries.values();
  }

  delete(key: K): void {
    this.#entries.delete(key);
  }

  clear(): void {
    this.#entries.clear();
  }
}
