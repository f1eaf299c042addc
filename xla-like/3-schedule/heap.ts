/** A binary heap. */
export class Heap<A> {
  readonly #items: A[] = [];
  readonly #before: (a: A, b: A) => boolean;

  constructor(before: (a: A, b: A) => boolean) {
    this.#before = before;
  }

  push(x: A): void {
    const items = this.#items;
    let k = items.length;
    items.push(x);
    while (k > 0) {
      const parent = (k - 1) >> 1;
      if (!this.#before(x, items[parent])) break;
      items[k] = items[parent];
      k = parent;
    }
    items[k] = x;
  }

  /** Takes out the item that is before all others. */
  pop(): A | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    const n = items.length;
    let k = 0;
    for (;;) {
      let child = 2 * k + 1;
      if (child >= n) break;
      if (child + 1 < n && this.#before(items[child + 1], items[child])) child++;
      if (!this.#before(items[child], last)) break;
      items[k] = items[child];
      k = child;
    }
    items[k] = last;
    return first;
  }
}
