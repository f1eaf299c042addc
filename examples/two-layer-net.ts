/**
 * The two-layer network of CS231n, trained five ways that give the same losses: with derivatives by hand, with grad,
 * with jit, with an optimiser, with layers. Run: npx tsx examples/two-layer-net.ts
 */
import { jit, nn, numpy as np, optim, random, type Tensor, tree, valueAndGrad } from "cotangent";
import { whenRun } from "./when-run.js";

const learningRate = 1e-6;

interface Params {
  readonly w1: Tensor;
  readonly w2: Tensor;
}
interface Data {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** One step of training: the loss before it, and what is trained after it. */
type Step<P> = (params: P, data: Data) => readonly [Tensor, P];

function train<P>(step: Step<P>, params: NoInfer<P>, data: Data, steps: number): number[] {
  return Array.from({ length: steps }, () => {
    const [loss, next] = step(params, data);
    params = next;
    return Number(loss.item());
  });
}

// 1. By hand: forwards for the loss, then backwards with the chain rule.
const byHand: Step<Params> = ({ w1, w2 }, { x, y }) => {
  const h = x.matmul(w1);
  const hRelu = np.maximum(h, 0);
  const error = hRelu.matmul(w2).sub(y);
  const loss = np.square(error).sum();

  const dPrediction = error.mul(2);
  const dW2 = hRelu.T.matmul(dPrediction);
  const dHRelu = dPrediction.matmul(w2.T);
  const dH = np.where(h.greater(0), dHRelu, 0);
  const dW1 = x.T.matmul(dH);
  return [loss, { w1: w1.sub(dW1.mul(learningRate)), w2: w2.sub(dW2.mul(learningRate)) }];
};

// 2. With grad: the loss is all there is to write.
const loss = ({ w1, w2 }: Params, { x, y }: Data): Tensor => np.square(nn.relu(x.matmul(w1)).matmul(w2).sub(y)).sum();

const withGrad: Step<Params> = (params, data) => {
  const [value, gradients] = valueAndGrad(loss)(params, data);
  return [value, tree.map((w, g) => w.sub(g.mul(learningRate)), params, gradients)];
};

// 3. With jit: the same, traced once and compiled into one program.
const withJit: Step<Params> = jit(withGrad);

// 4. With an optimiser, whose state travels with the parameters.
const optimizer = optim.sgd(learningRate);
type State = ReturnType<typeof optimizer.init>;

const withOptimizer: Step<[Params, State]> = jit(
  ([params, state]: [Params, State], data: Data): [Tensor, [Params, State]] => {
    const [value, gradients] = valueAndGrad(loss)(params, data);
    const [updates, next] = optimizer.update(gradients, state, params);
    return [value, [optim.applyUpdates(params, updates), next]];
  },
);

// 5. With layers, which make their own parameters; here they are given the same ones.
const [hidden, outputs] = [100, 10];
const model = nn.sequential(
  nn.dense(hidden, { useBias: false }),
  nn.fn(nn.relu),
  nn.dense(outputs, { useBias: false }),
);
type LayerParams = nn.ParamsOf<typeof model>;

const modelLoss = (params: LayerParams, { x, y }: Data): Tensor => np.square(model.apply(params, x).sub(y)).sum();

const withLayers: Step<LayerParams> = jit((params: LayerParams, data: Data): [Tensor, LayerParams] => {
  const [value, gradients] = valueAndGrad(modelLoss)(params, data);
  return [value, tree.map((w, g) => w.sub(g.mul(learningRate)), params, gradients)];
});

export function main({ steps = 50, batch = 64, inputs = 1000 } = {}) {
  const [kx, ky, k1, k2] = random.split(random.key(0), 4);
  const data = { x: random.normal(kx, [batch, inputs]), y: random.normal(ky, [batch, outputs]) };
  const w1 = random.normal(k1, [inputs, hidden]);
  const w2 = random.normal(k2, [hidden, outputs]);

  const curves = {
    "by hand": train(byHand, { w1, w2 }, data, steps),
    "with grad": train(withGrad, { w1, w2 }, data, steps),
    "with jit": train(withJit, { w1, w2 }, data, steps),
    "with an optimiser": train(withOptimizer, [{ w1, w2 }, optimizer.init({ w1, w2 })], data, steps),
    "with layers": train(withLayers, [{ kernel: w1 }, null, { kernel: w2 }], data, steps),
  };
  for (const [name, losses] of Object.entries(curves)) {
    console.log(`${name.padEnd(17)}  loss ${losses[0].toFixed(0)} → ${losses[steps - 1].toFixed(0)}`);
  }
  return curves;
}

await whenRun(import.meta.url, main);
