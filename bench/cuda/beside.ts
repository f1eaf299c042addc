/** Products and training steps, beside JAX and PyTorch on the same card. */
import { measure, median } from "../measure.js";
import type { Peer } from "../peers/peer.js";
import { largeWorkloads, workloads } from "../workloads/index.js";
import type { Figure, Section } from "./figures.js";

export interface Times {
  readonly ours: number;
  /** Milliseconds by peer. */
  readonly peers: Readonly<Record<string, number>>;
}

/** The fastest of the peers, among those named. */
export function bestOf(peers: Times["peers"], names: readonly string[]): Figure["beside"] {
  const all = names.flatMap((name) => (peers[name] === undefined ? [] : [{ name, value: peers[name] }]));
  return all.length === 0 ? undefined : all.reduce((a, b) => (b.value < a.value ? b : a));
}

/** A product of square matrices, in operations a second, at least 97% of PyTorch's. */
export function productFigure(name: string, n: number, { ours, peers }: Times): Figure {
  const rate = (ms: number): number => (2 * n ** 3) / (ms * 1e9);
  const best = bestOf(peers, ["torch-eager"]);
  const beside = best && { name: best.name, value: rate(best.value) };
  return { name, value: rate(ours), unit: "TFLOP/s", target: { share: 0.97 }, ...(beside && { beside }) };
}

/** A step, no slower than the better of JAX and torch.compile. */
export function stepFigure(name: string, { ours, peers }: Times): Figure {
  const beside = bestOf(peers, ["jax", "torch-compile"]);
  return { name, value: ours, unit: "ms", target: { share: 1 }, ...(beside && { beside }) };
}

async function timesOf(
  name: string,
  rounds: number,
  seconds: number,
  peers: readonly Peer[],
  notes: string[],
): Promise<Times> {
  const workload = [...workloads, ...largeWorkloads].find((w) => w.name === name);
  if (workload === undefined) throw new Error(`there is no workload ${name}`);
  const ours: number[] = [];
  const theirs: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round++) {
    ours.push(measure(workload, seconds));
    for (const peer of peers) {
      const answer = await peer.measure(name, seconds);
      if ("ms" in answer) theirs[peer.name] = [...(theirs[peer.name] ?? []), answer.ms];
      else if (round === 0) notes.push(`${peer.name} on ${name}: ${answer.error}`);
    }
  }
  const medians = Object.entries(theirs).map(([peer, times]) => [peer, median(times)]);
  return { ours: median(ours), peers: Object.fromEntries(medians) };
}

export async function runProducts(rounds: number, seconds: number, peers: readonly Peer[]): Promise<Section> {
  const notes: string[] = [];
  const figures: Figure[] = [];
  for (const n of [4096, 8192]) {
    const times = await timesOf(`gemm${n}_bf16`, rounds, seconds, peers, notes);
    figures.push(productFigure(`bfloat16, ${n} × ${n}`, n, times));
  }
  return { title: "Products", text: "Through the public API, beside PyTorch's.", figures, notes };
}

export async function runTraining(rounds: number, seconds: number, peers: readonly Peer[]): Promise<Section> {
  const notes: string[] = [];
  const figures: Figure[] = [];
  for (const name of ["convnet", "gpt", "gpt12"]) {
    const times = await timesOf(name, rounds, seconds, peers, notes);
    figures.push(stepFigure(name, times));
    const others = Object.entries(times.peers).map(([peer, ms]) => `${peer} ${ms.toFixed(2)} ms`);
    if (others.length > 0) notes.push(`${name}: ${others.join(", ")}`);
  }
  return {
    title: "Training steps",
    text: "Milliseconds of a step, waited for, beside the better of JAX and torch.compile on the same card.",
    figures,
    notes,
  };
}
