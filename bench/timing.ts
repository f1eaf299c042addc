/** What benches of single kernels share. */

/** The least milliseconds that an action took. */
export const least = (times: number, action: () => void): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < times; k++) {
    const start = performance.now();
    action();
    best = Math.min(best, performance.now() - start);
  }
  return best;
};

/** A call with its arguments. */
export function bind<A extends unknown[]>(f: (...args: A) => unknown, ...args: A): () => unknown {
  return () => f(...args);
}
