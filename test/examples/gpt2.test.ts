import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { loadParams, main } from "../../examples/gpt2/main.js";
import { type Config, gpt2, zeros } from "../../examples/gpt2/model.js";
import { io, numpy as np, tree } from "../../src/index.js";

const directory = "test/golden/gpt2";
const read = (name: string): unknown => JSON.parse(readFileSync(`${directory}/${name}`, "utf8"));
const config = read("config.json") as Config;
const golden = read("logits.json") as { tokens: number[][]; logits: number[][][] };

describe("examples/gpt2", () => {
  it("has the logits that transformers has with the same files", async () => {
    const params = await loadParams(directory, config);
    const logits = gpt2(params, np.array(golden.tokens, { dtype: "int32" }), config);
    const difference = np
      .abs(logits.sub(np.array(golden.logits)))
      .max()
      .item() as number;
    expect(difference).toBeLessThan(1e-4);
    expect(np.abs(logits).max().item()).toBeGreaterThan(1);
  });

  it("finds the same leaves in one file and in a set of them", async () => {
    const rename = (name: string): string => name.replace(/^transformer\./, "");
    const one = await io.load(`${directory}/model.safetensors`, { like: zeros(config), rename });
    const set = await loadParams(directory, config);
    expect(tree.leaves(one).map((x) => x.js())).toEqual(tree.leaves(set).map((x) => x.js()));
  });

  it("continues a text", async () => {
    vi.spyOn(console, "log").mockReturnValue(undefined);
    const tokens = await main(directory);
    vi.restoreAllMocks();
    expect(tokens).toHaveLength(16);
    // Each is the most likely after those before it.
    const logits = gpt2(await loadParams(directory, config), np.array([tokens], { dtype: "int32" }), config);
    expect(np.argmax(logits, -1).slice(0, [2, 15]).js()).toEqual(tokens.slice(3));
  });
});
