/**
 * Two devices side by side: calls return before the work is done, so both are given theirs before either is waited for.
 * Run: npx tsx examples/d2l/side-by-side.ts
 */
import { blockUntilReady, type Device, devicePut, devices, jit, random, type Tensor } from "cotangent";
import { whenRun } from "../when-run.js";

/** Powers of a matrix, kept from growing: work that takes a while and comes to one number. */
const work = jit((a: Tensor): Tensor => {
  let power = a;
  for (let k = 0; k < 10; k++) power = power.matmul(a).div(a.shape[0]!);
  return power.sum();
});

export function main({ places = devices("cuda"), size = 4000 }: { places?: readonly Device[]; size?: number } = {}) {
  const [first, second] = places;
  if (first === undefined || second === undefined) {
    console.log(`skipped: two devices are needed, and there ${places.length === 1 ? "is one" : "are none"}`);
    return undefined;
  }
  const a = random.normal(random.key(0), [size, size]);
  const [here, there] = [devicePut(a, first), devicePut(a, second)];
  const timed = (...inputs: readonly Tensor[]): { sums: Tensor[]; ms: number } => {
    blockUntilReady(inputs.map((x) => work(x)));
    const start = performance.now();
    const sums = blockUntilReady(inputs.map((x) => work(x)));
    return { sums, ms: performance.now() - start };
  };
  const [sequence, together] = [timed(here, here), timed(here, there)];
  console.log(
    `twice on ${first}: ${sequence.ms.toFixed(1)} ms; on ${first} and ${second}: ${together.ms.toFixed(1)} ms`,
  );
  return { sequence, together, scaling: sequence.ms / together.ms };
}

await whenRun(import.meta.url, main);
