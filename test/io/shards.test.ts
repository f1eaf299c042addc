import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { io, numpy as np, type Tensor, tree } from "../../src/index.js";
import { facts, rejection, temporaryDirectory } from "./files.js";

const at = temporaryDirectory();

const model = (value: number) => ({
  layers: [0, 1, 2].map((i) => ({ w: np.full([8, 8], value + i), b: np.full([8], i, { dtype: "float64" }) })),
  z: np.array([1, 2], { dtype: "complex128" }),
  step: value,
});
const filesOf = (start: string): string[] => readdirSync(at(".")).filter((name) => name.startsWith(start));

describe("sets of files", () => {
  it("hold as many bytes each as they may, and load as one tree", async () => {
    await io.save(at("model.safetensors"), model(1), { maxShardBytes: 300, metadata: { epoch: "3" } });
    const names = filesOf("model");
    expect(names).toEqual([
      ...[1, 2, 3, 4].map((i) => `model-0000${i}-of-00004.safetensors`),
      "model.safetensors.index.json",
    ]);
    const index = JSON.parse(readFileSync(at("model.safetensors.index.json"), "utf8")) as {
      metadata: Record<string, unknown>;
      weight_map: Record<string, string>;
    };
    expect(index.metadata).toMatchObject({ total_size: 3 * 256 + 3 * 64 + 32, epoch: "3" });
    expect(Object.keys(index.weight_map)).toHaveLength(7);
    const loaded = await io.load<ReturnType<typeof model>>(at("model.safetensors.index.json"));
    expect(String(tree.structure(loaded))).toBe(String(tree.structure(model(1))));
    expect(tree.leaves(loaded).map(facts)).toEqual(tree.leaves(model(1)).map(facts));
    // Each is a file of its own, for any tool.
    const first = await io.load<Record<string, Tensor>>(at(names[0]));
    expect(Object.values(first).every((x) => x.size > 0)).toBe(true);
  });

  it("are replaced whole: the old files stay until the new index is there", async () => {
    const path = at("again.safetensors");
    await io.save(path, model(1), { maxShardBytes: 300 });
    const before = filesOf("again");
    expect((await rejection(io.save(path, model(2), { maxShardBytes: 300, overwrite: false }))).code).toBe("CT701");
    expect(filesOf("again")).toEqual(before);
    await io.save(path, model(5), { maxShardBytes: 600 });
    const after = filesOf("again");
    expect(after.filter((name) => before.includes(name))).toEqual(["again.safetensors.index.json"]);
    const { step, layers } = await io.load<ReturnType<typeof model>>(at("again.safetensors.index.json"));
    expect([step, layers[2].w.max().js()]).toEqual([5, 7]);
  });

  it("tell of bad sizes", async () => {
    for (const maxShardBytes of [0, -1, 1.5, Number.NaN]) {
      expect((await rejection(io.save(at("bad"), {}, { maxShardBytes }))).code).toBe("CT004");
    }
  });
});

describe("io.open", () => {
  it("reads only what is asked for", async () => {
    await io.save(at("open"), { big: np.zeros([1000]), w: np.arange(3), n: 5 });
    const file = await io.open(at("open"));
    expect([...file.names].sort()).toEqual(["big", "n", "w"]);
    expect(file.info("big")).toEqual({ name: "big", dtype: "float32", shape: [1000], byteLength: 4000 });
    expect(((await file.read("w", { device: "reference:1" })) as Tensor).js()).toEqual([0, 1, 2]);
    expect(await file.read("n")).toBe(5);
    expect(file.has("x")).toBe(false);
    expect((await rejection(file.read("x"))).code).toBe("CT705");
    await file.close();
    expect((await rejection(file.read("w"))).code).toBe("CT706");
  });
});
