/** How long the project itself takes for a workload: measured as its peers measure themselves. */
import { blockUntilReady } from "cotangent";
import type { Workload } from "./workloads/index.js";

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** The value that a share of the others, from 0 to 1, comes before. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.round(share * (values.length - 1))];

const prepared = new Map<string, () => unknown>();

/** Calls too short for the clock are timed many at once; the last is waited for. */
function perCall(run: () => unknown, calls: number): number {
  const rounds = Array.from({ length: 5 }, () => {
    const start = performance.now();
    let last: unknown;
    for (let k = 0; k < calls; k++) last = run();
    blockUntilReady(last);
    return (performance.now() - start) / calls;
  });
  return median(rounds);
}

/** The median milliseconds of one run, in about `seconds`. */
export function measure(workload: Workload, seconds: number): number {
  const run = prepared.get(workload.name) ?? workload.prepare();
  prepared.set(workload.name, run);
  if (workload.name.startsWith("call")) {
    perCall(run, 500);
    return perCall(run, workload.name === "call1" ? 20_000 : 1000);
  }
  const once = (): number => {
    const start = performance.now();
    blockUntilReady(run());
    return performance.now() - start;
  };
  once();
  once();
  const times = Math.max(5, Math.min(400, Math.floor((seconds * 1000) / Math.max(once(), 1e-3))));
  return median(Array.from({ length: times }, once));
}
