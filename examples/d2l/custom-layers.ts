/**
 * Layers of one's own, without parameters and with.
 * Run: npx tsx examples/d2l/custom-layers.ts
 */
import { type ArrayLike, grad, nn, numpy as np, random, type Tensor, tree } from "cotangent";
import { whenRun } from "../when-run.js";

/** Without parameters, a layer is a function. */
const centered = nn.fn((x) => x.sub(x.mean()));

interface LinearParams {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/** With parameters: `init` makes them for a type of input, `apply` is a pure function of them. */
function myLinear(inputs: number, units: number): nn.Layer<LinearParams> {
  return {
    init: (key) => ({ weight: random.normal(key, [inputs, units]), bias: np.zeros([units]) }),
    apply: ({ weight, bias }, x: ArrayLike) => nn.relu(np.matmul(x, weight).add(bias)),
  };
}

export function main() {
  const net = nn.sequential(myLinear(64, 8), centered, myLinear(8, 1));
  const x = random.uniform(random.key(0), [2, 64]);
  const params = net.init(random.key(1), x);

  const gradients = grad((p: typeof params) => net.apply(p, x).sum())(params);
  const result = {
    output: net.apply(params, x).shape,
    centered: centered.apply(null, [1, 2, 3, 6]).js(),
    gradientShapes: tree.leaves(gradients).map((g: Tensor) => g.shape),
  };
  console.log(result);
  return result;
}

await whenRun(import.meta.url, main);
