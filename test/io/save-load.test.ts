import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DType, errors, io, jit, numpy as np, Tensor, tree } from "../../src/index.js";

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "cotangent-io-"));
});
afterAll(() => rmSync(dir, { recursive: true }));
const at = (name: string): string => join(dir, name);

/** The error that a promise rejects with. */
async function rejection(promise: Promise<unknown>): Promise<errors.CotangentError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof errors.CotangentError) return error;
    throw error;
  }
  return expect.fail("nothing was thrown");
}

/** A leaf as something to compare: type, shape and bits of a tensor, the value of anything else. */
const facts = (x: unknown): unknown => (x instanceof Tensor ? [x.dtype, x.shape, x.dataSync()] : x);

/** A safetensors file by hand. */
function file(header: string, bytes: number): Uint8Array {
  const text = Buffer.from(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(bytes)]);
}

describe("io.save and io.load", () => {
  const dtypes = "bool int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 bfloat16 float32 float64".split(" ");

  it("keep every dtype, shape and structure", async () => {
    const t = {
      byType: Object.fromEntries(
        [...dtypes, "complex64", "complex128"].map((d) => [d, np.array([0, 1], { dtype: d as DType })]),
      ),
      layers: [
        { w: np.array([[1, 2.5]]), b: null },
        { w: np.array(3.5), b: np.zeros([0, 3]) },
      ],
      nested: new Map([["in", new Map([["x", np.array([true])]])]]),
      "dotted.name": np.array([1]),
      'quo"ted [0] ü': np.array([2]),
      scalars: { n: 3, s: "text", t: true, big: 5n, nan: Number.NaN, inf: -Infinity, zero: -0 },
      empty: [{}, []],
    };
    await io.save(at("all.safetensors"), t);
    for (const loaded of [await io.load(at("all.safetensors")), await io.load(at("all.safetensors"), { like: t })]) {
      expect(String(tree.structure(loaded))).toBe(String(tree.structure(t)));
      expect(tree.leaves(loaded).map(facts)).toEqual(tree.leaves(t).map(facts));
    }
  });

  it("put what they load on a device", async () => {
    await io.save(at("device.safetensors"), { w: np.ones([2]) });
    const { w } = (await io.load(at("device.safetensors"), { device: "reference:1" })) as { w: Tensor };
    expect(String(w.device)).toBe("reference:1");
  });

  it("name every leaf that does not fit like, at once", async () => {
    await io.save(at("p.safetensors"), { a: np.ones([2]), b: np.ones([1]), extra: np.ones([]) });
    const like = { a: np.ones([3]), b: np.ones([1], { dtype: "float64" }), missing: np.ones([]) };
    const { code, message } = await rejection(io.load(at("p.safetensors"), { like }));
    expect(code).toBe("CT705");
    for (const name of ["'a' is float32[2]", "'b' is float32[1]", "'missing'", "'extra'"]) {
      expect(message).toContain(name);
    }
    const some = await io.load(at("p.safetensors"), { like: { a: np.zeros([2]) }, strict: false });
    expect(some.a.js()).toEqual([1, 1]);
  });

  it("replace files whole, and only when they may", async () => {
    const path = at("whole.safetensors");
    await Promise.all([1, 2, 3, 4].map((v) => io.save(path, { x: np.full([1000], v) })));
    const { x } = (await io.load(path)) as { x: Tensor };
    expect(new Set(x.dataSync() as Float32Array).size).toBe(1);
    const before = readFileSync(path);
    expect((await rejection(io.save(path, { x: np.ones([1]) }, { overwrite: false }))).code).toMatch(/^CT7/);
    expect((await rejection(io.save(path, { x: (() => 1) as never }))).message).toContain(".x");
    expect(readFileSync(path)).toEqual(before);
    expect(readdirSync(dir).filter((name) => name.startsWith("whole"))).toEqual(["whole.safetensors"]);
  });

  it("refuse tracers", async () => {
    let saving: Promise<unknown> = Promise.resolve();
    jit((x: Tensor) => {
      saving = rejection(io.save(at("tracer.safetensors"), { x }));
      return x;
    })(1.5);
    expect(await saving).toBeInstanceOf(errors.CotangentError);
    expect(readdirSync(dir)).not.toContain("tracer.safetensors");
  });

  it("tell what is wrong with a file", async () => {
    const entry = (dtype: string, shape: string, offsets: string) =>
      `{"a":{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}}`;
    const bad: Record<string, Uint8Array> = {
      empty: new Uint8Array(),
      text: Buffer.from("this is not a file of tensors"),
      "not-json": file("{a", 0),
      list: file("[1]", 0),
      dtype: file(entry("F99", "[1]", "[0,4]"), 4),
      size: file(entry("F32", "[2]", "[0,4]"), 4),
      "negative-size": file(entry("F32", "[-1]", "[0,4]"), 4),
      outside: file(entry("F32", "[100]", "[0,400]"), 4),
      "rest-unused": file(entry("F32", "[1]", "[0,4]"), 6),
      "cut-short": file(entry("F32", "[2]", "[0,8]"), 7),
    };
    for (const [name, bytes] of Object.entries(bad)) {
      writeFileSync(at(name), bytes);
      const error = await rejection(io.load(at(name)));
      expect(error, name).toBeInstanceOf(errors.CheckpointError);
      expect(error.message).toContain(name);
    }
    expect((await rejection(io.load(at("nowhere")))).code).toBe("CT706");
    expect((await rejection(io.load(dir))).code).toBe("CT706");
  });
});
