/**
 * A thousand products of matrices and the Frobenius norm of each: logged one by one, which waits for the device a
 * thousand times, and kept on the device until the end, which waits once.
 * Run: npx tsx examples/d2l/logging.ts
 */
import { blockUntilReady, jit, numpy as np, random, type Tensor } from "cotangent";
import { push, type Ring, ring } from "../ring.js";
import { whenRun } from "../when-run.js";

const norm = (a: Tensor, b: Tensor): Tensor => np.sqrt(np.square(np.matmul(a, b)).sum());
const normOf = jit(norm);
const logNorm = jit((log: Ring, a: Tensor, b: Tensor) => push(log, norm(a, b)), { donateArgnums: 0 });

function oneByOne(matrices: readonly Tensor[], b: Tensor): number[] {
  return matrices.map((a) => normOf(a, b).item() as number);
}

function inBulk(matrices: readonly Tensor[], b: Tensor): number[] {
  let log = ring(matrices.length);
  for (const a of matrices) log = logNorm(log, a, b);
  return log.values.js() as number[];
}

export function main({ times = 1000, size = 100 } = {}) {
  const b = random.normal(random.key(0), [size, size]);
  const matrices = [...random.normal(random.key(1), [times, size, size])];
  blockUntilReady(matrices);
  const timed = (log: typeof inBulk): { norms: number[]; ms: number } => {
    log(matrices, b);
    const start = performance.now();
    const norms = log(matrices, b);
    return { norms, ms: performance.now() - start };
  };
  const [single, bulk] = [timed(oneByOne), timed(inBulk)];
  console.log(`${times} products of ${size}×${size} on ${b.device}`);
  console.log(`norms logged one by one: ${single.ms.toFixed(1)} ms; in bulk: ${bulk.ms.toFixed(1)} ms`);
  return { single, bulk };
}

await whenRun(import.meta.url, main);
