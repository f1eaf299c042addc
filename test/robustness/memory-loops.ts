// Loops that never let the event loop turn and never dispose of anything; prints what memory they took.
import { grad, jit, memory, nn, numpy as np, random, type Tensor } from "../../src/index.js";

export interface LoopReport {
  readonly live: number;
  readonly mostReserved: number;
  readonly rssGrowth: number;
  readonly result: number;
}

/** Runs a step many times and watches what is held. */
function watch(live: number, times: number, step: (i: number) => void, result: () => number): LoopReport {
  const before = process.memoryUsage().rss;
  let [mostReserved, mostRss] = [0, 0];
  for (let i = 0; i < times; i++) {
    step(i);
    mostReserved = Math.max(mostReserved, memory.stats().bytesReserved);
    if (i % 50 === 0) mostRss = Math.max(mostRss, process.memoryUsage().rss);
  }
  return { live, mostReserved, rssGrowth: mostRss - before, result: result() };
}

/** 4 MB of a new array in each round. */
function allocations(): LoopReport {
  const n = 1 << 20;
  let x = np.zeros([n]);
  return watch(
    4 * n,
    3000,
    () => {
      x = x.add(1);
    },
    () => Number(x.slice(7).item()),
  );
}

/** Steps of gradient descent on a network of two layers, whose parameters are replaced and not donated. */
function training(): LoopReport {
  const sizes = [256, 512, 64] as const;
  const [k0, k1, k2] = random.split(random.key(0), 3);
  const x = random.normal(k0, [128, sizes[0]]);
  type Params = readonly Tensor[];
  let params: Params = [
    random.normal(k1, [sizes[0], sizes[1]]).mul(0.05),
    random.normal(k2, [sizes[1], sizes[2]]).mul(0.05),
  ];
  const loss = ([w, v]: Params): Tensor => np.mean(np.square(np.matmul(nn.relu(np.matmul(x, w)), v).sub(1)));
  const gradient = jit(grad(loss));
  const live = 4 * (sizes[0] * sizes[1] + sizes[1] * sizes[2] + 128 * sizes[0]);
  return watch(
    live,
    1500,
    () => {
      const g = gradient(params);
      params = params.map((p, i) => p.sub(g[i].mul(0.05)));
    },
    () => Number(loss(params).item()),
  );
}

const loops = { allocations, training };
console.log(JSON.stringify(loops[process.argv[2] as keyof typeof loops]()));
