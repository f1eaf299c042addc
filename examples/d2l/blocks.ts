/**
 * Blocks: layers made of layers, to any depth. A layer is an object with `init` and `apply`, and so is a block.
 * Run: npx tsx examples/d2l/blocks.ts
 */
import { type ArrayLike, nn, numpy as np, random, tree } from "cotangent";
import { whenRun } from "../when-run.js";

const mlp = (hidden: number, outputs: number) => nn.sequential(nn.dense(hidden), nn.fn(nn.relu), nn.dense(outputs));

/** Adds a block's input to its output; its parameters are the block's. */
function residual<P>(block: nn.Layer<P>): nn.Layer<P> {
  return {
    init: block.init,
    apply: (params, x, options) => np.add(x, block.apply(params, x, options)),
  };
}

/** Two blocks side by side: their parameters under names of their own, their outputs joined. */
function parallel<L, R>(left: nn.Layer<L>, right: nn.Layer<R>): nn.Layer<{ left: L; right: R }> {
  return {
    init(key, input) {
      const [leftKey, rightKey] = random.split(key);
      return { left: left.init(leftKey, input), right: right.init(rightKey, input) };
    },
    apply: (params, x: ArrayLike) => np.concatenate([left.apply(params.left, x), right.apply(params.right, x)], -1),
  };
}

export function main() {
  const chimera = nn.sequential(residual(mlp(64, 20)), parallel(mlp(32, 16), nn.dense(4)), nn.dense(5));
  const x = random.uniform(random.key(0), [2, 20]);
  const params = chimera.init(random.key(1), x);

  const y = chimera.apply(params, x);
  const [leaves] = tree.flattenWithPath(params);
  const shapes = Object.fromEntries(leaves.map(([path, leaf]) => [tree.keystr(path), leaf.shape]));
  console.log(String(y));
  console.log(shapes);
  return { output: y.shape, shapes };
}

await whenRun(import.meta.url, main);
