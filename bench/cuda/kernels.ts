/** What kernels make of the card's memory, beside a copy on the device. */
import { blockUntilReady, grad, jit, nn, numpy as np, random, type Tensor, tree } from "cotangent";
import { median } from "../measure.js";
import type { Peer } from "../peers/peer.js";
import { layerNorm } from "../workloads/elementwise.js";
import type { Figure, Section } from "./figures.js";

/** Milliseconds of one of many runs that stand in line: what a wait costs is not counted. */
export function inLine(run: () => unknown, runs: number, rounds: number): number {
  const times = Array.from({ length: rounds + 1 }, () => {
    const start = performance.now();
    let last: unknown;
    for (let k = 0; k < runs; k++) {
      // Its memory is there for the next run.
      for (const x of tree.leaves(last) as Tensor[]) x.dispose();
      last = run();
    }
    blockUntilReady(last);
    return (performance.now() - start) / runs;
  });
  return median(times.slice(1));
}

interface Kernel {
  readonly name: string;
  readonly bytes: number;
  /** At least so much of a copy's speed. */
  readonly share?: number;
  readonly prepare: () => () => unknown;
}

const GiB = 2 ** 30;
const matrix = (dtype: "float32" | "bfloat16" = "float32", side?: number): Tensor =>
  random.normal(random.key(0), side === undefined ? [1 << 16, 1 << 12] : [side, side]).astype(dtype);
const unary = (f: (x: Tensor) => unknown, make: () => Tensor) => () => {
  const [x, compiled] = [make(), jit(f)];
  return () => compiled(x);
};
const vectors = (): [Tensor, Tensor] => [np.ones([1 << 12]), np.zeros([1 << 12])];

const kernels: readonly Kernel[] = [
  { name: "x * 2, float32", bytes: 2 * GiB, share: 0.9, prepare: unary((x) => x.mul(2), matrix) },
  {
    name: "x * y + 1, float32", bytes: 3 * GiB, share: 0.9,
    prepare: () => {
      const [x, f] = [matrix(), jit((a: Tensor, b: Tensor) => a.mul(b).add(1))];
      const y = blockUntilReady(x.add(1));
      return () => f(x, y);
    },
  },
  { name: "x * 2, bfloat16", bytes: GiB, share: 0.9, prepare: unary((x) => x.mul(2), () => matrix("bfloat16")) },
  { name: "float32 to bfloat16", bytes: 1.5 * GiB, share: 0.9, prepare: unary((x) => x.astype("bfloat16"), matrix) },
  { name: "bfloat16 to float32", bytes: 1.5 * GiB, share: 0.9, prepare: unary((x) => x.astype("float32"), () => matrix("bfloat16")) },
  { name: "softmax, float32 rows of 4096", bytes: 2 * GiB, share: 0.85, prepare: unary((x) => nn.softmax(x, -1), matrix) },
  { name: "softmax, bfloat16 rows of 4096", bytes: GiB, share: 0.85, prepare: unary((x) => nn.softmax(x, -1), () => matrix("bfloat16")) },
  { name: "layernorm, float32 rows of 4096", bytes: 2 * GiB, share: 0.85, prepare: unary((x) => layerNorm(x, ...vectors()), matrix) },
  {
    name: "gradient of layernorm", bytes: 3 * GiB,
    prepare: () => {
      const loss = (x: Tensor, g: Tensor, b: Tensor, w: Tensor) => layerNorm(x, g, b).mul(w).sum();
      const [x, f] = [matrix(), jit(grad(loss, { argnums: [0, 1, 2] }))];
      const w = blockUntilReady(x.mul(2));
      return () => f(x, ...vectors(), w);
    },
  },
  { name: "transpose + 1, float32", bytes: 2 * GiB, share: 0.8, prepare: unary((x) => np.transpose(x).add(1), () => matrix("float32", 1 << 14)) },
  { name: "transpose + 1, bfloat16", bytes: GiB, share: 0.8, prepare: unary((x) => np.transpose(x).add(1), () => matrix("bfloat16", 1 << 14)) },
  { name: "sums of rows", bytes: GiB, prepare: unary((x) => x.sum(1), matrix) },
  { name: "sums of columns", bytes: GiB, prepare: unary((x) => x.sum(0), matrix) },
]; // biome-ignore format: a table

/** Speeds beside the one of a copy, in GB/s that are read and written; only speeds where there is no copy. */
export function kernelFigures(
  times: readonly { readonly name: string; readonly bytes: number; readonly share?: number; readonly ms: number }[],
  copyMs: number | undefined,
): Figure[] {
  const rate = (bytes: number, ms: number): number => bytes / (ms * 1e6);
  return times.map(({ name, bytes, share, ms }) => ({
    name,
    value: rate(bytes, ms),
    unit: "GB/s",
    ...(copyMs === undefined ? {} : { beside: { name: "a copy", value: rate(2 * GiB, copyMs) } }),
    ...(share === undefined ? {} : { target: { share } }),
  }));
}

export async function runKernels(rounds: number, seconds: number, torch: Peer | string): Promise<Section> {
  const notes: string[] = [];
  let copied: number | undefined;
  if (typeof torch === "string") notes.push(`no copy to compare with: ${torch}`);
  else {
    const copy = await torch.measure("copy1g", seconds);
    if ("ms" in copy) copied = copy.ms;
    else notes.push(`no copy to compare with: ${copy.error}`);
  }
  const times = kernels.map(({ prepare, ...kernel }) => ({ ...kernel, ms: inLine(prepare(), 20, rounds) }));
  return {
    title: "Kernels, against a copy on the device",
    text: "Bytes that must be read and written in a second, 20 runs in line; the copy is PyTorch's of 1 GiB.",
    figures: kernelFigures(times, copied),
    notes,
  };
}
