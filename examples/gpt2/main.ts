/**
 * Loads a GPT-2 checkpoint of Hugging Face by its names and continues a text of tokens.
 * Run: npx tsx examples/gpt2/main.ts [directory of a checkpoint]
 */
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { io, jit, numpy as np, type Tensor } from "cotangent";
import { whenRun } from "../when-run.js";
import { type Config, gpt2, type Params, zeros } from "./model.js";

/** One of a toy's size with random weights, so that the example runs anywhere. */
const toy = "test/golden/gpt2";

/** The parameters, from one file or from a set of them. What a checkpoint calls `transformer.h.0` is `h[0]` here. */
export async function loadParams(directory: string, config: Config): Promise<Params> {
  const set = join(directory, "model.safetensors.index.json");
  const isSet = await access(set).then(
    () => true,
    () => false,
  );
  return io.load(isSet ? set : join(directory, "model.safetensors"), {
    like: zeros(config),
    // Some checkpoints keep the output layer, which is the embedding, and the causal masks.
    rename: (name) => (/^lm_head\.|\.attn\.(masked_)?bias$/.test(name) ? null : name.replace(/^transformer\./, "")),
  });
}

export async function main(directory = process.argv[2] ?? toy): Promise<readonly number[]> {
  const config = JSON.parse(await readFile(join(directory, "config.json"), "utf8")) as Config;
  const params = await loadParams(directory, config);
  const next = jit((p: Params, tokens: Tensor, last: Tensor) => {
    const logits = gpt2(p, tokens, config);
    return np.argmax(np.take(logits, last, 1), -1);
  });
  // Always of one length, so that one compilation serves all steps; attention never looks at what comes after.
  const length = Math.min(config.n_positions, 16);
  const tokens = [1, 2, 3];
  while (tokens.length < length) {
    const padded = np.array([[...tokens, ...new Array<number>(length - tokens.length).fill(0)]], { dtype: "int32" });
    tokens.push(
      next(params, padded, np.array(tokens.length - 1, { dtype: "int32" }))
        .slice(0)
        .item() as number,
    );
  }
  console.log(tokens.join(" "));
  return tokens;
}

await whenRun(import.meta.url, main);
