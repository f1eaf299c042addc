/** A model trained as users train it: every part together, compiled, without a cast. */
import { expect, it } from "vitest";
import { jit, nn, numpy as np, optim, random, type Tensor, valueAndGrad } from "../../src/index.js";

it("trains a model without casts", () => {
  const model = nn.sequential(nn.dense(8), nn.fn(nn.tanh), nn.dropout(0.1), nn.dense(3));
  let params = model.init(random.key(0), [16, 4]);
  const tx = optim.chain(
    optim.clipByGlobalNorm(1),
    optim.applyIfFinite(optim.adamw(optim.cosineDecaySchedule(0.05, 100)), 3),
  );
  let state = tx.init(params);
  const loss = (p: typeof params, x: Tensor, y: Tensor, key: Tensor): Tensor =>
    np.mean(optim.softmaxCrossEntropyWithIntegerLabels(model.apply(p, x, { key }), y));
  const step = jit((p: typeof params, s: typeof state, x: Tensor, y: Tensor, key: Tensor) => {
    const [value, grads] = valueAndGrad(loss)(p, x, y, key);
    const [updates, next] = tx.update(grads, s, p);
    return [optim.applyUpdates(p, updates), next, value] as const;
  });
  const x = random.normal(random.key(1), [16, 4]);
  const y = np.argmax(x.slice("...", [0, 3]), 1);
  let value: Tensor | undefined;
  for (let i = 0; i < 60; i++) [params, state, value] = step(params, state, x, y, random.key(i));
  expect(Number(value?.item())).toBeLessThan(0.5);
});
