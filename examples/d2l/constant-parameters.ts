/**
 * Constant parameters: weights that take part but are never updated.
 * Run: npx tsx examples/d2l/constant-parameters.ts
 */
import { type ArrayLike, grad, lax, nn, numpy as np, optim, random, type Tensor, tree } from "cotangent";
import { whenRun } from "../when-run.js";

/** A dense layer used twice, with constant weights in between. They are not in the tree, so nothing updates them. */
function fixedHidden(size: number): nn.Layer<nn.DenseParams> {
  const constant = random.uniform(random.key(7), [size, size]);
  const linear = nn.dense(size);
  return {
    init: linear.init,
    apply(params, x: ArrayLike) {
      const hidden = nn.relu(linear.apply(params, x).matmul(constant).add(1));
      return linear.apply(params, hidden);
    },
  };
}

interface Weights {
  readonly frozen: Tensor;
  readonly trained: Tensor;
}

/** The other way: in the tree, to be saved with the rest, but without a gradient. */
const loss = ({ frozen, trained }: Weights, x: Tensor): Tensor =>
  np.square(x.matmul(lax.stopGradient(frozen)).matmul(trained)).sum();

export function main() {
  const x = random.normal(random.key(0), [2, 20]);
  const model = fixedHidden(20);
  const output = model.apply(model.init(random.key(1), x), x);

  const before: Weights = { frozen: np.ones([20, 4]), trained: np.ones([4, 1]) };
  const optimizer = optim.sgd(0.01);
  const [updates] = optimizer.update(grad(loss)(before, x), optimizer.init(before), before);
  const after = optim.applyUpdates(before, updates);
  const changed = tree.map((a, b) => Boolean(np.any(a.notEqual(b)).item()), before, after);
  console.log(output.shape, "changed:", changed);
  return { output: output.shape, changed };
}

await whenRun(import.meta.url, main);
