/**
 * Saving and loading tensors and models, as safetensors files that other tools read.
 * Run: npx tsx examples/d2l/saving.ts
 */
import { io, nn, numpy as np, random } from "cotangent";
import { whenRun } from "../when-run.js";

const mlp = (hidden: number) => nn.sequential(nn.dense(hidden), nn.fn(nn.relu), nn.dense(10));

export async function main({ directory = "runs/saving" } = {}) {
  // Any tree: tensors, numbers, strings, nested as you like.
  await io.save(`${directory}/tree.safetensors`, { x: np.arange(4), step: 3, history: [np.zeros([2]), "start"] });
  const loaded = await io.load<{ x: unknown; step: number }>(`${directory}/tree.safetensors`);

  // A model's parameters, loaded into another model of the same structure.
  const x = random.uniform(random.key(0), [2, 20]);
  const model = mlp(256);
  const params = model.init(random.key(1), x);
  await io.save(`${directory}/mlp.safetensors`, params);
  const clone = await io.load(`${directory}/mlp.safetensors`, { like: model.init(random.key(2), x) });
  const same = Boolean(np.arrayEqual(model.apply(clone, x), model.apply(params, x)).item());

  // Of another structure: an error that names all that differs, rather than a model half loaded.
  const mismatch = await io
    .load(`${directory}/mlp.safetensors`, { like: mlp(128).init(random.key(1), x) })
    .then(() => "loaded", String);
  console.log(`${loaded.x} at step ${loaded.step}; same outputs: ${same}\n${mismatch}`);
  return { x: String(loaded.x), step: loaded.step, same, mismatch };
}

await whenRun(import.meta.url, main);
