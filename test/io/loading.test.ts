import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { io, jit, numpy as np, type Tensor, tree } from "../../src/index.js";
import { facts, fileOf, rejection, temporaryDirectory } from "./files.js";

const at = temporaryDirectory();

const saved = async (name: string, t: unknown): Promise<string> => {
  await io.save(at(name), t);
  return at(name);
};

describe("io.load", () => {
  it("loads leaves and subtrees by path, or by a predicate", async () => {
    const layers = [0, 1, 2].map((i) => ({ w: np.full([2, 2], i), b: np.full([2], i) }));
    const path = await saved("select", { layers, step: 3, "layers.10": np.ones([1]) });
    const some = await io.load<Record<string, Tensor>>(path, { select: ["layers.1", "step"] });
    expect(Object.keys(some).sort()).toEqual(["layers.1.b", "layers.1.w", "step"]);
    expect(some["layers.1.w"].js()).toEqual([
      [1, 1],
      [1, 1],
    ]);
    const byShape = await io.load<object>(path, { select: (name, { shape }) => shape?.length === 2 && name !== "x" });
    expect(Object.keys(byShape)).toEqual(["layers.0.w", "layers.1.w", "layers.2.w"]);
    const { message } = await rejection(io.load(path, { select: ["layers.1", "layer.2", "nothing"] }));
    expect(message).toContain("'layer.2', 'nothing'");
  });

  it("renames leaves, and says which names clash", async () => {
    const path = await saved("rename", { "transformer.w": np.ones([2]), "transformer.b": np.zeros([2]), mask: 1 });
    const rename = (name: string): string | null => (name === "mask" ? null : name.replace(/^transformer\./, ""));
    const t = await io.load(path, { like: { w: np.zeros([2]), b: np.ones([2]) }, rename });
    expect([t.w.js(), t.b.js()]).toEqual([
      [1, 1],
      [0, 0],
    ]);
    const named = await io.load<object>(path, { rename: { mask: "causal", "transformer.w": null } });
    expect(Object.keys(named)).toEqual(["transformer.b", "causal"]);
    const clash = await rejection(io.load(path, { rename: () => "x" }));
    expect(clash.code).toBe("CT703");
    expect(clash.message).toMatch(/'transformer\.b' and 'transformer\.w' and 'mask'/);
    expect((await rejection(io.load(path, { rename: { nowhere: "w" } }))).message).toContain("'nowhere'");
  });

  it("keeps what cannot be restored only where the report goes somewhere", async () => {
    const path = await saved("partial", { a: np.ones([2]), b: np.ones([3]), old: np.ones([]), n: 3 });
    const like = { a: np.zeros([2]), b: np.zeros([2]), head: np.full([1], 7), n: 0 };
    let report: io.RestoreReport | undefined;
    const t = await io.load(path, {
      like,
      partial: (r) => {
        report = r;
      },
    });
    expect([t.a.js(), t.b.js(), t.head.js(), t.n]).toEqual([[1, 1], [0, 0], [7], 3]);
    expect(report).toEqual({
      restored: ["a", "n"],
      missing: ["head"],
      unexpected: ["old"],
      mismatched: [{ name: "b", found: "float32[3]", wanted: "float32[2]" }],
    });
    for (const strict of [true, false]) {
      const { message } = await rejection(io.load(path, { like, strict }));
      expect(message).toContain("missing: 'head'");
      expect(message).toContain("mismatched: 'b'");
      expect(message.includes("unexpected: 'old'")).toBe(strict);
    }
    expect((await rejection(io.load(path, { partial: () => {} }))).code).toBe("CT003");
  });

  it("brings registered classes back, or says which are not registered", async () => {
    class Layer {
      constructor(
        readonly w: Tensor,
        readonly kind: string,
      ) {}
    }
    tree.register(Layer, {
      flatten: (l) => [[l.w], l.kind],
      unflatten: (kind, [w]) => new Layer(w as Tensor, kind),
      flattenWithKeys: (l) => [[["w", l.w]], l.kind],
    });
    const t = { layers: [new Layer(np.ones([2]), "dense"), new Layer(np.zeros([1]), "conv")] };
    const path = await saved("classes", t);
    const loaded = await io.load<typeof t>(path);
    expect(loaded.layers[1]).toBeInstanceOf(Layer);
    expect(loaded.layers.map((l) => [l.kind, l.w.js()])).toEqual([
      ["dense", [1, 1]],
      ["conv", [0]],
    ]);
    const text = readFileSync(path, "latin1").replaceAll('\\"class\\":\\"Layer\\"', '\\"class\\":\\"Yaler\\"');
    writeFileSync(at("stranger"), text.replace("cotangent.header.crc32", "cotangent.header.other"), "latin1");
    const { code, message } = await rejection(io.load(at("stranger")));
    expect([code, message.includes('"Yaler"')]).toEqual(["CT721", true]);
    const again = await io.load(at("stranger"), { like: t });
    expect(again.layers[0].w.js()).toEqual([1, 1]);
  });

  it("finds every changed byte, unless it is told not to look", async () => {
    const path = await saved("sums", {
      a: np.arange(100),
      b: np.ones([3], { dtype: "bool" }),
      big: np.zeros([1 << 21]),
    });
    const whole = readFileSync(path);
    const header = Number(whole.readBigUInt64LE());
    for (const place of [8 + header, 8 + header + 4 * (1 << 20), whole.length - 2]) {
      const bytes = Buffer.from(whole);
      bytes[place] ^= 1;
      writeFileSync(at("changed"), bytes);
      const { code, message } = await rejection(io.load(at("changed")));
      expect([code, message.includes("'big'") || message.includes("'b'") || message.includes("'a'")]).toEqual([
        "CT720",
        true,
      ]);
      await io.load(at("changed"), { checksums: false });
    }
    // A digit of a leaf that is not a tensor.
    const noted = await saved("noted", { w: np.ones([1]), step: 41 });
    writeFileSync(at("changed"), readFileSync(noted, "latin1").replace('\\"step\\":41', '\\"step\\":42'), "latin1");
    expect((await rejection(io.load(at("changed")))).code).toBe("CT720");
  });

  it("reads sets of files by their index, which cannot point elsewhere", async () => {
    const entry = (name: string): string => `{"${name}":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}`;
    writeFileSync(at("model-1.safetensors"), fileOf(entry("a"), 4));
    writeFileSync(at("model-2.safetensors"), fileOf(entry("b"), 4));
    const index = (map: unknown, name = "model.safetensors.index.json"): string => {
      writeFileSync(at(name), JSON.stringify({ metadata: { total_size: 8 }, weight_map: map }));
      return at(name);
    };
    const both = await io.load<object>(index({ a: "model-1.safetensors", b: "model-2.safetensors" }));
    expect(Object.keys(both)).toEqual(["a", "b"]);
    const lost = await rejection(io.load(index({ a: "model-1.safetensors", c: "model-2.safetensors" })));
    expect(lost.message).toContain("'c' in 'model-2.safetensors'");
    expect((await rejection(io.load(index({ a: "model-3.safetensors" })))).code).toBe("CT706");
    for (const bad of ["../model-1.safetensors", "/etc/passwd", "a/b", "..", "", "C:\\x", "a\0b", 3, null, {}]) {
      const { code, message } = await rejection(io.load(index({ a: bad })));
      expect([code, message.includes("weight_map")]).toEqual(["CT702", true]);
    }
  });

  it("takes large arrays to any device and from it, in pieces", async () => {
    const device = "reference:0";
    const t = {
      x: np.array(
        Int32Array.from({ length: 1_500_001 }, (_, i) => i),
        { device },
      ),
      bytes: np.array(
        Uint8Array.from({ length: 5_000_003 }, (_, i) => i % 251),
        { device },
      ),
      y: np.ones([7], { device }),
    };
    const path = await saved("reference", t);
    for (const to of ["reference:1", "cpu:0"]) {
      const loaded = await io.load<typeof t>(path, { device: to });
      for (const name of ["x", "bytes"] as const) {
        const [a, b] = [loaded[name], t[name]].map((x) => Buffer.from((x.dataSync() as Uint8Array).buffer));
        expect(a.equals(b)).toBe(true);
      }
      expect(facts(loaded.y)).toEqual(facts(t.y));
    }
  });

  it("tells of element types that tensors do not have, and loads the others", async () => {
    const header =
      '{"f8":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]},"f4":{"dtype":"F4","shape":[2],"data_offsets":[4,5]},' +
      '"w":{"dtype":"U8","shape":[1],"data_offsets":[5,6]}}';
    writeFileSync(at("f8"), fileOf(header, 6));
    const { code, message } = await rejection(io.load(at("f8")));
    expect(code).toBe("CT722");
    expect(message).toContain("'f8' is F8_E4M3[4], 'f4' is F4[2]");
    expect(Object.keys(await io.load<object>(at("f8"), { select: ["w"] }))).toEqual(["w"]);
  });
});

describe("io.loadNpy", () => {
  it("keeps elements whole whose bytes are swapped, wherever in the file they begin", async () => {
    const values = Float64Array.from({ length: 700_001 }, (_, i) => i - 0.5);
    // Not every writer aligns data, and archives put files anywhere.
    for (const end of [61, 64]) {
      const dictionary = "{'descr': '>f8', 'fortran_order': False, 'shape': (700001,), }";
      const header = `${dictionary.padEnd(end + 2)}\n`;
      const bytes = Buffer.alloc(10 + header.length + values.byteLength);
      bytes.write("\x93NUMPY\x01\x00", "latin1");
      bytes.writeUInt16LE(header.length, 8);
      bytes.write(header, 10);
      for (const [i, x] of values.entries()) bytes.writeDoubleBE(x, 10 + header.length + 8 * i);
      writeFileSync(at("swapped.npy"), bytes);
      const loaded = await io.loadNpy(at("swapped.npy"));
      expect(facts(loaded)).toEqual(["float64", [700_001], values]);
    }
  });
});

describe("io.save", () => {
  it("writes what tensors were when it was called, though they are disposed of or donated meanwhile", async () => {
    const x = np.full([1 << 21], 1);
    const y = np.full([1 << 21], 2);
    const small = np.full([3], 3);
    const increment = jit((t: Tensor) => t.add(1), { donateArgnums: [0] });
    const saving = io.save(at("held"), { x, y, small });
    x.dispose();
    small.dispose();
    expect(increment(y).sum().js()).toBe(3 * (1 << 21));
    for (let i = 0; i < 4; i++) np.full([1 << 21], -1).dispose();
    await saving;
    const loaded = await io.load<Record<string, Tensor>>(at("held"));
    expect([loaded.x, loaded.y].map((t) => [t.min().js(), t.max().js()])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(facts(loaded.small)).toEqual(["int32", [3], new Int32Array([3, 3, 3])]);
  });
});
