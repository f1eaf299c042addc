/**
 * Access to parameters: they are a plain tree, so there is nothing to ask a model for.
 * Run: npx tsx examples/d2l/parameters.ts
 */
import { nn, numpy as np, random, type Tensor, tree } from "cotangent";
import { whenRun } from "../when-run.js";

const model = nn.sequential(nn.dense(8), nn.fn(nn.relu), nn.dense(1));

export function main() {
  const params = model.init(random.key(0), [2, 4]);

  // One of them, by the way to it.
  const kernel: Tensor = params[0].kernel;

  // All of them, each with its path.
  const [leaves] = tree.flattenWithPath(params);
  const listing = leaves.map(([path, leaf]) => `${tree.keystr(path)}: ${leaf.dtype}[${leaf.shape}]`);
  const count = tree.reduce((n, leaf: Tensor) => n + leaf.size, params, 0);

  // By rule: decay kernels, leave biases alone.
  const decayed = tree.mapWithPath((path, w) => (path.at(-1) === "kernel" ? w.mul(0.5) : w), params);

  // A copy with one replaced; the original stays as it is.
  const changed = tree.at((p) => p[2].kernel, params, np.zeros([8, 1]));

  console.log(listing.join("\n"));
  console.log(`${count} numbers; first kernel: ${kernel}`);
  return { listing, count, params, decayed, changed };
}

await whenRun(import.meta.url, main);
