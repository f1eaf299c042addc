/**
 * Tied parameters: one layer in two places. Its gradient is the sum of what the two places give.
 * Run: npx tsx examples/d2l/tied-parameters.ts
 */
import { grad, nn, numpy as np, random, type Tensor, tree } from "cotangent";
import { whenRun } from "../when-run.js";

const shared = nn.dense(8);
type Shared = nn.ParamsOf<typeof shared>;

const untiedLoss = (first: Shared, second: Shared, x: Tensor): Tensor => {
  const hidden = nn.relu(shared.apply(first, x));
  return np.square(shared.apply(second, hidden)).sum();
};
// Tying is passing the same parameters twice.
const tiedLoss = (params: Shared, x: Tensor): Tensor => untiedLoss(params, params, x);

export function main() {
  const x = random.normal(random.key(0), [4, 8]);
  const params = shared.init(random.key(1), x);

  const tied = grad(tiedLoss)(params, x);
  const [first, second] = grad(untiedLoss, { argnums: [0, 1] })(params, params, x);
  const difference = tree.map((t, a, b) => Number(np.max(np.abs(t.sub(a.add(b)))).item()), tied, first, second);
  console.log("largest difference of the tied gradient to the sum of the two:", difference);
  return { tied, first, second, difference };
}

await whenRun(import.meta.url, main);
