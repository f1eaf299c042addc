// Files that are no functions, or damaged ones: always a coded error, and nothing of them is run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { uniforms } from "../../props/directions.js";
import { debug, grad, io, jit, numpy as np, type Tensor, tree } from "../../src/index.js";
import { CheckpointError, CotangentError } from "../../src/prelude/errors.js";
import { thrownBy } from "../api/support.js";

const directory = mkdtempSync(join(tmpdir(), "function-damage-"));
const at = (name: string): string => join(directory, name);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function failure(f: () => Promise<unknown>): Promise<CotangentError> {
  try {
    await f();
  } catch (error) {
    if (error instanceof CotangentError) return error;
    throw error;
  }
  return expect.fail("nothing was thrown");
}

const affine = (w: Tensor, x: Tensor): Tensor => np.matmul(x, w).add(1);
const w = np.ones([2, 3]);
const exported = jit(affine)
  .export(w, np.ones([1, 2]))
  .bind(0, w, { name: "w" });
let bytes: Uint8Array;
beforeAll(async () => {
  bytes = await io.serializeFunction(exported, { vjpOrder: 1 });
});

interface Edited {
  signature: {
    version: unknown;
    name: unknown;
    statics: unknown;
    arguments: unknown;
    result: unknown;
    programs: { constants: unknown; inputs: { dtype: unknown; shape: unknown; weak?: unknown }[]; results: unknown }[];
  };
  metadata: Record<string, string>;
}

/** The bytes with other metadata, and without the checksum that would tell. */
function edited(change: (e: Edited) => void): Uint8Array {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString()) as {
    __metadata__: Record<string, string>;
  };
  const metadata = header.__metadata__;
  const e = { signature: JSON.parse(metadata["cotangent.function"]) as Edited["signature"], metadata };
  delete metadata["cotangent.header.crc32"];
  metadata["cotangent.function"] = "";
  change(e);
  if (metadata["cotangent.function"] === "") metadata["cotangent.function"] = JSON.stringify(e.signature);
  const json = Buffer.from(JSON.stringify(header));
  const start = new Uint8Array(8);
  new DataView(start.buffer).setBigUint64(0, BigInt(json.length), true);
  return Buffer.concat([start, json, bytes.subarray(8 + length)]);
}

const program =
  (text: (hlo: string) => string, key = "cotangent.hlo.0") =>
  (e: Edited): void => {
    e.metadata[key] = text(e.metadata[key]);
  };

const cases: readonly (readonly [what: string, change: (e: Edited) => void, message: RegExp])[] = [
  ["a signature that is no JSON", (e) => (e.metadata["cotangent.function"] = "{"), /its signature is not JSON/],
  ["a signature that is a list", (e) => (e.metadata["cotangent.function"] = "[]"), /its signature is not an object/],
  ["no version", (e) => (e.signature.version = null), /its version is not a number/],
  ["a name that is none", (e) => (e.signature.name = 7), /its name is not a string/],
  ["statics that are none", (e) => (e.signature.statics = [{ argument: "0" }]), /statics\[0\] is no bound argument/],
  ["arguments of no structure", (e) => (e.signature.arguments = { keys: ["a"] }), /its arguments are no tree structure/],
  ["arguments that are one leaf", (e) => (e.signature.arguments = "*"), /its arguments are not a list/],
  ["too many arguments", (e) => (e.signature.arguments = ["*", "*"]), /its arguments have 2 leaves, but its program takes 1/],
  ["too few results", (e) => (e.signature.result = null), /its result has 0 leaves, but its program gives 1/],
  ["no program", (e) => (e.signature.programs = []), /it has no program/],
  ["a missing program", (e) => delete e.metadata["cotangent.hlo.1"], /its program 'cotangent.hlo.1' is missing/],
  ["a dtype that is none", (e) => (e.signature.programs[0].inputs[0].dtype = "__proto__"), /programs\[0\]\.inputs\[0\] has the dtype "__proto__"/],
  ["a dtype without data", (e) => (e.signature.programs[0].inputs[0].dtype = "float0"), /has the dtype "float0"/],
  ["a shape that is none", (e) => (e.signature.programs[0].inputs[0].shape = [1, -2]), /has a shape that is not a list of sizes/],
  ["half a weak type", (e) => (e.signature.programs[0].inputs[0].weak = 1), /is neither weak nor not/],
  ["a constant that is no name", (e) => (e.signature.programs[0].constants = [0]), /programs\[0\]\.constants\[0\] is not a string/],
  ["a constant that is not there", (e) => (e.signature.programs[0].constants = ["v"]), /needs the tensor 'v', which the file lacks/],
  ["a constant too many", (e) => (e.signature.programs[0].constants = ["w", "w"]), /takes \(f32\[2,3\], f32\[1,2\]\), but the signature says \(f32\[2,3\], f32\[2,3\], f32\[1,2\]\)/],
  ["another input", (e) => (e.signature.programs[0].inputs[0].shape = [1, 3]), /takes \(f32\[2,3\], f32\[1,2\]\), but the signature says/],
  ["another result", (e) => (e.signature.programs[0].results = [{ dtype: "int32", shape: [] }]), /gives \(f32\[1,3\]\), but the signature says \(s32\[\]\)/],
  ["a pullback of another function", (e) => (e.signature.programs[1] = e.signature.programs[0]), /'cotangent.hlo.1' takes/],
  ["a program that is no text of ours", program(() => "module @m {}"), /'cotangent.hlo.0' is wrong in line 1, column 1/],
  ["an unknown operation", program((t) => t.replace(" dot(", " dott(")), /is wrong in line \d+, column \d+: .*dott/],
  ["operands of other types", program((t) => t.replace("lhs_contracting_dims={1}", "lhs_contracting_dims={0}")), /is wrong in line \d+, column \d+/],
  [
    "a call of the host",
    program((t) => t.replace(/(\n {2}ROOT )/, '\n  %custom-call.99 = () custom-call(), custom_call_target="callback", custom_call_has_side_effect=true$1')),
    /a callback is a function of the host/,
  ],
]; // biome-ignore format: a table

describe("io.loadFunction", () => {
  it.each(cases)("refuses %s", async (_, change, message) => {
    const error = await failure(() => io.loadFunction(edited(change)));
    expect(error).toBeInstanceOf(CheckpointError);
    expect(error.code).toBe("CT732");
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/^io\.loadFunction: the file given as bytes holds a function that is damaged: /);
    writeFileSync(at("damaged.safetensors"), edited(change));
    expect((await failure(() => io.loadFunction(at("damaged.safetensors")))).code).toBe("CT732");
  });

  it("loads what was not changed, edited or not", async () => {
    const f = await io.loadFunction<(x: Tensor) => Tensor>(edited(() => {}));
    expect(f(np.ones([1, 2])).js()).toEqual([[3, 3, 3]]);
  });

  it("refuses structures that are nested without end", async () => {
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const change = (e: Edited): void => {
      const text = JSON.stringify({ ...e.signature, arguments: "deep" });
      e.metadata["cotangent.function"] = text.replace('"deep"', deep);
    };
    expect((await failure(() => io.loadFunction(edited(change)))).code).toMatch(/^CT7(02|32)$/);
  });

  it("knows later versions for what they are", async () => {
    const error = await failure(() => io.loadFunction(edited((e) => (e.signature.version = 2))));
    expect(error.code).toBe("CT731");
    expect(error.message).toMatch(/in version 2 of the form, but only version 1 is known here/);
  });

  it("says that a checkpoint is none, and what cannot be read", async () => {
    await io.save(at("checkpoint.safetensors"), { w });
    expect((await failure(() => io.loadFunction(at("checkpoint.safetensors")))).code).toBe("CT730");
    expect((await failure(() => io.loadFunction(at("nowhere.safetensors")))).code).toBe("CT706");
    expect((await failure(() => io.loadFunction(new Uint8Array(3)))).code).toBe("CT702");
    expect((await failure(() => io.loadFunction(7 as never))).code).toBe("CT003");
  });

  it("finds every changed byte of a file of ours", async () => {
    const next = uniforms(3);
    // Under another name the header's checksum is a note; all else is there as it was.
    const own = "cotangent.header.crc32";
    const start = Buffer.from(bytes).indexOf(own);
    for (let run = 0; run < 2000; run++) {
      const changed = bytes.slice();
      const place = Math.floor(next() * changed.length);
      if (place >= start && place < start + own.length) continue;
      changed[place] ^= 1 << Math.floor(next() * 8);
      const error = await failure(() => io.loadFunction(changed));
      expect(["CT702", "CT720"], `byte ${place}: ${error.message}`).toContain(error.code);
    }
  });

  it("survives 3000 signatures and programs that were changed with a forged header", async () => {
    const next = uniforms(4);
    const integer = (n: number): number => Math.floor(next() * n);
    const words = [
      "-1",
      "1e99",
      "{}",
      "[]",
      "null",
      "f32[",
      "%",
      "ROOT",
      '"',
      "callback",
      "__proto__",
      "9007199254740993",
    ];
    const keys = ["cotangent.function", "cotangent.hlo.0", "cotangent.hlo.1", "cotangent.tree", "cotangent.leaves"];
    let refused = 0;
    for (let run = 0; run < 3000; run++) {
      const changed = edited((e) => {
        e.metadata["cotangent.function"] = JSON.stringify(e.signature);
        const key = keys[integer(keys.length)];
        const text = e.metadata[key];
        const from = integer(text.length);
        e.metadata[key] = text.slice(0, from) + words[integer(words.length)] + text.slice(from + integer(12));
      });
      try {
        await io.loadFunction(changed, { device: "reference:0" });
      } catch (error) {
        expect(error, String((error as Error).stack)).toBeInstanceOf(CheckpointError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1500);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe("io.saveFunction", () => {
  it("refuses what it cannot hold", async () => {
    const save = (e: unknown, options = {}) => failure(() => io.saveFunction(at("f.safetensors"), e as never, options));
    expect((await save(affine)).code).toBe("CT003");
    expect((await save(exported, { vjpOrder: -1 })).code).toBe("CT004");
    expect((await save(exported, { vjpOrders: 1 })).code).toBe("CT001");
    expect((await save(exported, { metadata: { "cotangent.function": "x" } })).code).toBe("CT704");
    await io.saveFunction(at("there.safetensors"), exported);
    const before = readFileSync(at("there.safetensors"));
    const again = await failure(() => io.saveFunction(at("there.safetensors"), exported, { overwrite: false }));
    expect(again.code).toBe("CT701");
    expect(readFileSync(at("there.safetensors"))).toEqual(before);
  });

  it("refuses arguments that are instances of classes", async () => {
    class Pair {
      constructor(readonly first: Tensor) {}
    }
    tree.register(Pair, { flatten: (p) => [[p.first], null], unflatten: (_, [first]) => new Pair(first as Tensor) });
    const error = await failure(() => io.serializeFunction(jit((p: Pair) => p.first).export(new Pair(w))));
    expect(error.code).toBe("CT704");
    expect(error.message).toMatch(/the arguments or the result of .* are of a structure that has no form in a file/);
  });
});

describe("export", () => {
  it("refuses calls of JavaScript and values that are being traced", () => {
    const noisy = jit((x: Tensor) => {
      debug.print("{}", x);
      return x;
    });
    expect(thrownBy(() => noisy.export(w))).toMatchObject({ name: "CompileError", code: "CT607" });
    const inside = (x: Tensor): Tensor => {
      jit((y: Tensor) => y.add(x)).export(w);
      return x.sum();
    };
    expect(thrownBy(() => jit(inside)(w))).toMatchObject({ name: "CompileError", code: "CT607" });
    expect(thrownBy(() => grad(inside)(w))).toMatchObject({ name: "CompileError", code: "CT607" });
  });

  it("binds arguments of the right types under names of their own", () => {
    const f = jit((a: Tensor, b: { c: Tensor }, d: Tensor) => a.sub(b.c).mul(d)).export(
      1.5,
      { c: np.ones([2]) },
      np.ones([2]),
    );
    const bound = f.bind(1, { c: np.array([1, 2]) });
    expect([...bound.constants.keys()]).toEqual(["argument1.c"]);
    expect((bound.call(3.5, np.array([10, 100])) as Tensor).js()).toEqual([25, 150]);
    const twice = bound.bind(0, 2.5, { name: "a" });
    expect([...twice.constants.keys()]).toEqual(["argument1.c", "a"]);
    expect((twice.call(np.array([10, 100])) as Tensor).js()).toEqual([15, 50]);
    expect(thrownBy(() => f.bind(3, 1))).toMatchObject({ code: "CT004" });
    expect(thrownBy(() => f.bind(1, { c: np.ones([3]) }))).toMatchObject({ code: "CT333" });
    expect(thrownBy(() => f.bind(1, np.ones([2])))).toMatchObject({ code: "CT333" });
    expect(thrownBy(() => bound.bind(0, 1.5, { name: "argument1.c" }))).toMatchObject({ code: "CT004" });
  });

  it("prints its program", () => {
    expect(exported.asText("jaxpr")).toMatch(/dot_general/);
    expect(exported.asText()).toMatch(/^HloModule jit_affine/);
    expect(exported.asText("stablehlo")).toMatch(
      /func.func public @main\(%arg0: tensor<2x3xf32>, %arg1: tensor<1x2xf32>\)/,
    );
    expect(thrownBy(() => exported.asText("llvm" as never))).toMatchObject({ code: "CT601" });
  });
});
