/**
 * Initial values: an initialiser is a function of a key and a shape.
 * Run: npx tsx examples/d2l/initialization.ts
 */
import { nn, numpy as np, random } from "cotangent";
import { whenRun } from "../when-run.js";

/** One of our own: uniform between -10 and 10, and nothing between -5 and 5. */
const farFromZero: nn.Initializer = (key, shape) => {
  const w = random.uniform(key, shape, { minval: -10, maxval: 10 });
  return np.where(np.abs(w).greaterEqual(5), w, 0);
};

const model = nn.sequential(
  nn.dense(256, { kernelInit: nn.initializers.normal(0.01), biasInit: nn.initializers.zeros }),
  nn.dense(8, { kernelInit: nn.initializers.xavierUniform() }),
  nn.dense(8, { kernelInit: nn.initializers.constant(1) }),
  nn.dense(8, { kernelInit: farFromZero }),
);

export function main() {
  const [gaussian, xavier, constant, custom] = model.init(random.key(0), [2, 64]);
  const results = {
    gaussianStd: np.std(gaussian.kernel).item(),
    // Bounded by √(6 / (inputs + outputs)).
    xavierMax: np.max(np.abs(xavier.kernel)).item(),
    constantMean: np.mean(constant.kernel).item(),
    customFirst: custom.kernel.slice(0).js(),
  };
  console.log(results);
  return { ...results, custom: custom.kernel.dataSync() };
}

await whenRun(import.meta.url, main);
