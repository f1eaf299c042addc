import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DeviceTensor } from "../../src/core/device-tensor.js";
import { io } from "../../src/index.js";
import { ourArrays, ourTree } from "../golden/our-files.js";
import { facts, rejection, temporaryDirectory } from "./files.js";

const at = temporaryDirectory();
const golden = (name: string): string => `test/golden/files/${name}`;

interface Described {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly hex: string;
}
const python = JSON.parse(readFileSync(golden("python.json"), "utf8")) as Record<string, Described>;
const inPython = JSON.parse(readFileSync(golden("ours-in-python.json"), "utf8")) as Record<
  string,
  Record<string, Described>
>;

const described = (x: unknown): Described => {
  if (!(x instanceof DeviceTensor)) return expect.fail("not a tensor");
  const data = x.hostData();
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { dtype: x.dtype, shape: x.shape, hex: bytes.toString("hex") };
};
const allDescribed = (t: object): Record<string, Described> =>
  Object.fromEntries(Object.entries(t).map(([name, x]) => [name, described(x)]));
const sorted = (t: object): object => Object.fromEntries(Object.entries(t).sort(([a], [b]) => (a < b ? -1 : 1)));

describe("files that Python wrote", () => {
  it.each(["numpy.safetensors", "torch.safetensors"])("%s", async (name) => {
    expect(sorted(allDescribed(await io.load<object>(golden(name))))).toEqual(sorted(python[name]));
  });

  it("have their notes", async () => {
    await using file = await io.open(golden("numpy.safetensors"));
    expect(file.metadata).toEqual({ "made by": "numpy", ü: "€" });
  });

  it.each(Object.keys(python).filter((name) => name.endsWith(".npy")))("%s", async (name) => {
    expect(described(await io.loadNpy(golden(name)))).toEqual(python[name]);
  });

  it.each(["stored.npz", "deflated.npz"])("%s", async (name) => {
    expect(sorted(allDescribed(await io.loadNpz(golden(name))))).toEqual(sorted(python[name]));
  });

  it.each(["objects", "strings", "records"])("are refused by name: %s", async (name) => {
    const { code, message } = await rejection(io.loadNpy(golden(`refused-${name}.npy`)));
    expect(code).toBe("CT723");
    expect(message).toMatch(/which tensors cannot hold|fortran|dictionary/);
  });
});

describe("files that Python read", () => {
  // Python read the golden file; a file of today has to be the same, so that Python reads that as well.
  it("ours.safetensors", async () => {
    await io.save(at("ours.safetensors"), ourTree(), { metadata: { "made by": "cotangent", ü: "€" } });
    expect(readFileSync(at("ours.safetensors"))).toEqual(readFileSync(golden("ours.safetensors")));
    const ours: Record<string, Described> = Object.fromEntries(
      Object.entries(ourArrays()).map(([name, x]) => [`arrays.${name}`, described(x)]),
    );
    const theirs = inPython["ours.safetensors"];
    expect(Object.keys(theirs).sort()).toEqual([...Object.keys(ours), "layers.0.w"].sort());
    // There are no complex128 numbers in the format: Python sees pairs of float64.
    const pairs = theirs["arrays.complex128"];
    expect(pairs.shape.at(-1)).toBe(2);
    const asOurs = { ...pairs, dtype: "complex128", shape: pairs.shape.slice(0, -1) };
    for (const [name, x] of Object.entries(ours)) {
      expect(name === "arrays.complex128" ? asOurs : theirs[name], name).toEqual(x);
    }
  });

  it("ours.npz", async () => {
    await io.saveNpz(at("ours.npz"), ourArrays());
    expect(readFileSync(at("ours.npz"))).toEqual(readFileSync(golden("ours.npz")));
    const { bfloat16, ...theirs } = inPython["ours.npz"];
    const { bfloat16: own, ...ours } = allDescribed(ourArrays());
    expect(sorted(theirs)).toEqual(sorted(ours));
    expect(bfloat16.hex).toBe(own.hex);
  });
});

describe("NumPy's files", () => {
  it("come back as they were, compressed or not", async () => {
    const arrays = ourArrays();
    for (const compress of [false, true]) {
      await io.saveNpz(at("x.npz"), arrays, { compress });
      expect(sorted(allDescribed(await io.loadNpz(at("x.npz"))))).toEqual(sorted(allDescribed(arrays)));
    }
    for (const [name, x] of Object.entries(arrays)) {
      await io.saveNpy(at("x.npy"), x);
      expect(facts(await io.loadNpy(at("x.npy"))), name).toEqual(facts(x));
    }
    expect((await rejection(io.saveNpy(at("x.npy"), 1, { overwrite: false }))).code).toBe("CT701");
  });

  it("are checked", async () => {
    const whole = readFileSync(golden("stored.npz"));
    const { writeFileSync } = await import("node:fs");
    const changed = Buffer.from(whole);
    changed[changed.indexOf("scalar.npy") + 10 + 128 + 20] ^= 4;
    writeFileSync(at("changed.npz"), changed);
    expect((await rejection(io.loadNpz(at("changed.npz")))).code).toBe("CT723");
    writeFileSync(at("short.npz"), whole.subarray(0, whole.length - 30));
    expect((await rejection(io.loadNpz(at("short.npz")))).message).toContain("directory");
    expect((await rejection(io.loadNpy(golden("stored.npz")))).code).toBe("CT723");
  });
});
