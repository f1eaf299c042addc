/** Trains a network with two hidden layers to read handwritten digits. Run: npm run quickstart */
import { mkdir, writeFile } from "node:fs/promises";
import { data, io, jit, nn, numpy as np, optim, random, type Tensor, valueAndGrad } from "cotangent";
import { whenRun } from "../when-run.js";
import { curveSvg, sparkline } from "./curve.js";
import { Progress } from "./progress.js";

const model = nn.sequential(nn.dense(128), nn.fn(nn.relu), nn.dense(64), nn.fn(nn.relu), nn.dense(10));
const optimizer = optim.adam(2e-3);
type Params = nn.ParamsOf<typeof model>;
type State = ReturnType<typeof optimizer.init>;

interface Digits {
  /** Images of 8×8 pixels from 0 to 1: `[n, 64]`. */
  readonly pixels: Tensor;
  /** The digits they show: `[n]`, int32. */
  readonly label: Tensor;
}

async function loadDigits(): Promise<Digits> {
  const table = await data.loadCsv("examples/quickstart/digits.csv.gz");
  return { pixels: table.slice("...", [0, 64]).div(16), label: table.slice("...", 64).astype("int32") };
}

function loss(params: Params, { pixels, label }: Digits): Tensor {
  return optim.softmaxCrossEntropyWithIntegerLabels(model.apply(params, pixels), label).mean();
}

const lossAndGradients = jit(valueAndGrad(loss));

const update = jit((gradients: Params, state: State, params: Params): [Params, State] => {
  const [updates, next] = optimizer.update(gradients, state, params);
  return [optim.applyUpdates(params, updates), next];
});

const accuracy = jit((params: Params, { pixels, label }: Digits) =>
  np.mean(model.apply(params, pixels).argmax(-1).equal(label)),
);

export async function main({ epochs = 30, batchSize = 50, directory = "runs/quickstart" } = {}) {
  const [splitKey, initKey, shuffleKey] = random.split(random.key(0), 3);
  const [train, test] = data.split(await loadDigits(), [1500, 297], { key: splitKey });

  let params = model.init(initKey, train.pixels);
  let state = optimizer.init(params);
  const losses: number[] = [];
  const progress = new Progress(epochs * Math.ceil(1500 / batchSize));
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const batch of data.batches(train, batchSize, { key: random.foldIn(shuffleKey, epoch) })) {
      const [value, gradients] = lossAndGradients(params, batch);
      [params, state] = update(gradients, state, params);
      const current = Number(value.item());
      losses.push(current);
      progress.show(losses.length, `loss ${current.toFixed(3)}`);
    }
  }
  const reached = Number(accuracy(params, test).item());
  console.log(`loss ${sparkline(losses)}`);
  console.log(`test accuracy ${reached.toFixed(2)}`);

  await mkdir(directory, { recursive: true });
  await writeFile(`${directory}/learning-curve.svg`, curveSvg(losses, "Training loss"));
  await io.save(`${directory}/model.safetensors`, params);
  console.log(`saved ${directory}/learning-curve.svg and ${directory}/model.safetensors`);

  const loaded = await io.load(`${directory}/model.safetensors`, { like: params });
  const again = Number(accuracy(loaded, test).item());
  console.log(`test accuracy ${again.toFixed(2)} with the parameters loaded again`);
  return { losses, accuracy: reached, accuracyAfterLoading: again };
}

await whenRun(import.meta.url, main);
