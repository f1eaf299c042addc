/**
 * Files damaged and forged in every way that chance finds, the same in each run. COTANGENT_FUZZ_FILES says how many of each
 * kind; in CI some hundreds, by hand 10,000 in all.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultDevice, errors, io, memory } from "../../src/index.js";
import { fileOf, temporaryDirectory } from "./files.js";

const at = temporaryDirectory();
const count = Number(process.env.COTANGENT_FUZZ_FILES ?? 100);
const golden = (name: string): Buffer => readFileSync(`test/golden/${name}`);

/** Marsaglia's xorshift. */
function randomBelow(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}
type Random = ReturnType<typeof randomBelow>;
const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)];

const numbers = [
  "-1",
  "0",
  "1",
  "4294967295",
  "9007199254740993",
  "18446744073709551615",
  "1e400",
  "0.5",
  "1e999",
  "NaN",
];
const tokens = [
  "null",
  "[]",
  "{}",
  '"F64"',
  '"BOOL"',
  '"F8_E4M3"',
  '"__proto__"',
  '"constructor"',
  "[[]]",
  '"\\ud800"',
];
const keys = ["__proto__", "constructor", "__metadata__", "prototype", "toString", "../../x", "a", ""];

/** Bytes with something done to them. */
function mutate(random: Random, whole: Buffer): Buffer {
  const place = random(whole.length);
  switch (random(7)) {
    case 0:
      return whole.subarray(0, place);
    case 1:
      return Buffer.concat([whole, Buffer.alloc(1 + random(40), random(256))]);
    case 2:
      return Buffer.concat([whole.subarray(0, place), whole.subarray(place + 1 + random(8))]);
    case 3:
      return Buffer.concat([whole.subarray(0, place), Buffer.alloc(1 + random(8), random(256)), whole.subarray(place)]);
    default: {
      const out = Buffer.from(whole);
      for (let i = random(4); i >= 0; i--) out[random(pick(random, [24, 200, out.length]))] = random(256);
      return out;
    }
  }
}

/** A JSON text with numbers, strings and keys exchanged. */
function forge(random: Random, text: string): string {
  let out = text;
  for (let i = random(3); i >= 0; i--) {
    const parts = [...out.matchAll(/-?\d+|"[^"]*"|\[[^[\]]*\]/g)];
    const part = pick(random, parts);
    const isKey = out[part.index + part[0].length] === ":";
    const other = isKey
      ? JSON.stringify(pick(random, keys))
      : pick(random, [...numbers, ...tokens, pick(random, parts)[0]]);
    out = out.slice(0, part.index) + other + out.slice(part.index + part[0].length);
  }
  return out;
}

/** A safetensors file with a forged header, half of them without the checksum that would give it away. */
function forgeHeader(random: Random, whole: Buffer): Buffer {
  const length = Number(whole.readBigUInt64LE());
  const text = whole.subarray(8, 8 + length).toString();
  const open = random(4) === 0 ? text : text.replace(/"cotangent\.header\.crc32":"[0-9a-f]{8}",/, "");
  return fileOf(forge(random, open), whole.subarray(8 + length));
}

/** What came of loading each file: how many were fine, and how many refused. */
async function survive(files: Iterable<Buffer>, name: string, load: (path: string) => Promise<unknown>) {
  const before = memory.stats();
  let fine = 0;
  let refused = 0;
  let n = 0;
  for (const bytes of files) {
    n += 1;
    writeFileSync(at(name), bytes);
    try {
      await load(at(name));
      fine += 1;
    } catch (error) {
      if (!(error instanceof errors.CheckpointError)) {
        throw new Error(`file ${n}: ${bytes.toString("latin1").slice(0, 600)}`, { cause: error });
      }
      expect(error.message).toContain(name);
      refused += 1;
    }
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(12);
  expect(defaultDevice().kind === "reference" || memory.stats().peakBytesInUse - before.bytesInUse < 64 << 20).toBe(
    true,
  );
  return { fine, refused };
}

function* times(n: number, make: (i: number) => Buffer): Generator<Buffer> {
  for (let i = 0; i < n; i++) yield make(i);
}

describe("damaged and forged files", () => {
  const bases = ["files/ours.safetensors", "files/torch.safetensors", "files/numpy.safetensors"].map(golden);

  it("safetensors, damaged", async () => {
    const random = randomBelow(1);
    const files = times(count, () => mutate(random, pick(random, bases)));
    const { refused } = await survive(files, "damaged.safetensors", (path) => io.load(path));
    expect(refused).toBeGreaterThan(count / 2);
  });

  it("safetensors, with forged headers", async () => {
    const random = randomBelow(2);
    const files = times(2 * count, () => forgeHeader(random, pick(random, bases)));
    const { fine, refused } = await survive(files, "forged.safetensors", (path) => io.load(path));
    expect(refused).toBeGreaterThan(count / 2);
    expect(fine).toBeGreaterThan(0);
  });

  it("indices", async () => {
    const random = randomBelow(3);
    for (const i of [1, 2, 3]) {
      const name = `model-0000${i}-of-00003.safetensors`;
      writeFileSync(at(name), golden(`gpt2/${name}`));
    }
    const whole = golden("gpt2/model.safetensors.index.json").toString();
    const files = times(count, () =>
      random(3) === 0 ? mutate(random, Buffer.from(whole)) : Buffer.from(forge(random, whole)),
    );
    await survive(files, "model.safetensors.index.json", async (path) => {
      try {
        return await io.load(path);
      } catch (error) {
        // The message may be about a file that the index names instead.
        if (error instanceof errors.CheckpointError && !error.message.includes(path)) {
          throw new errors.CheckpointError(error.code, `${path}: ${error.message}`);
        }
        throw error;
      }
    });
  });

  it("npy", async () => {
    const random = randomBelow(4);
    const arrays = ["float32", "fortran", "big-endian", "bool", "version-2", "empty"].map((n) =>
      golden(`files/${n}.npy`),
    );
    const files = times(count, () => mutate(random, pick(random, arrays)));
    await survive(files, "damaged.npy", (path) => io.loadNpy(path));
  });

  it("npz", async () => {
    const random = randomBelow(5);
    const archives = ["stored", "deflated", "ours"].map((n) => golden(`files/${n}.npz`));
    const files = times(count, () => mutate(random, pick(random, archives)));
    await survive(files, "damaged.npz", (path) => io.loadNpz(path));
  });
});
