/** Every case of test/golden/safetensors_kat.txt, and what follows from the format besides. */
import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { io } from "../../src/index.js";
import { encodeHeader, fileOrder } from "../../src/io/safetensors.js";
import { fileOf, rejection, temporaryDirectory } from "./files.js";

const at = temporaryDirectory();
const kat = readFileSync("test/golden/safetensors_kat.txt", "utf8");

const f32 = (name: string, shape: readonly number[]) => ({
  name,
  dtype: "F32",
  shape,
  byteLength: 4 * shape.reduce((n, d) => n * d, 1),
});
const headerText = (...args: Parameters<typeof encodeHeader>): string =>
  Buffer.from(encodeHeader(...args).subarray(8)).toString();

const write = (name: string, bytes: Uint8Array): string => {
  writeFileSync(at(name), bytes);
  return at(name);
};

describe("what the format's own library writes", () => {
  const none = new Map<string, string>();

  it("nothing at all", () => {
    const hex = /serialize\(\{\}\) = ((?:[0-9a-f]{2} )+)/.exec(kat)?.[1].trim();
    expect(Buffer.from(encodeHeader([], none)).toString("hex")).toBe(hex?.replaceAll(" ", ""));
  });

  it("one tensor, with and without padding", () => {
    const exact = '{"attn.0":{"dtype":"F32","shape":[1,2,3],"data_offsets":[0,24]}}';
    expect(kat).toContain(`header len 64 = ${exact}`);
    expect(headerText([f32("attn.0", [1, 2, 3])], none)).toBe(exact);
    const padded = headerText([f32("attn0", [1, 1, 2, 3])], none);
    expect([padded.length, padded.length - padded.trimEnd().length]).toEqual([72, 7]);
  });

  it("metadata", () => {
    const text = headerText([], new Map([["framework", "pt"]]));
    expect(text).toBe(`{"__metadata__":{"framework":"pt"}}${" ".repeat(5)}`);
  });

  it("tensors in its order: the widest types first, then names", () => {
    const order = "U64 I64 F64 C64 F32 U32 I32 BF16 F16 U16 I16 I8 U8 BOOL".split(" ");
    const tensors = [...order].reverse().flatMap((dtype) => ["b", "a"].map((name) => ({ ...f32(name, []), dtype })));
    expect(fileOrder(tensors).map((t) => t.dtype + t.name)).toEqual(order.flatMap((d) => [`${d}a`, `${d}b`]));
  });
});

describe("what must be refused", () => {
  const entry = (from: number, to: number, shape = "[1]"): string =>
    `{"dtype":"F32","shape":${shape},"data_offsets":[${from},${to}]}`;
  const one = `{"a":${entry(0, 4)}}`;
  const length = (n: bigint): Buffer => {
    const out = Buffer.alloc(16);
    out.writeBigUInt64LE(n);
    return out;
  };
  const cases: Record<string, Uint8Array> = {
    "overlapping offsets": fileOf(`{"a":${entry(0, 4)},"b":${entry(0, 4)}}`, 4),
    "a hole": fileOf(`{"a":${entry(0, 4)},"b":${entry(8, 12)}}`, 12),
    "trailing bytes": fileOf(one, 5),
    "a short buffer": fileOf(one, 3),
    "a header of more than 100 MB": length(100_000_001n),
    "a header beyond numbers": length(2n ** 63n),
    "a file of less than 8 bytes": Buffer.from("<7bytes"),
    "a header longer than the file": length(60n),
    "a header that is not UTF-8": fileOf(Buffer.from([0x7b, 0xff, 0x7d])),
    "a header that is not JSON": fileOf("{"),
    "a byte order mark": fileOf("\ufeff{}"),
    "the same name twice": fileOf(`{"a":${entry(0, 4)},"a":${entry(0, 4)}}`, 4),
    "the same name twice, spelled differently": fileOf(`{"a":${entry(0, 4)},"\\u0061":${entry(0, 4)}}`, 4),
    "the same note twice": fileOf('{"__metadata__":{"k":"1","k":"2"}}'),
    "the same field twice": fileOf('{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}', 4),
    "metadata that are not strings": fileOf('{"__metadata__":{"k":1}}'),
    "metadata that are no object": fileOf('{"__metadata__":null}'),
    "a size below zero": fileOf(`{"a":${entry(0, 4, "[-1]")}}`, 4),
    "a size that is no whole number": fileOf(`{"a":${entry(0, 4, "[1.5]")}}`, 4),
    "sizes that overflow": fileOf(`{"a":${entry(0, 4, "[4294967296,4294967296,4294967296]")}}`, 4),
    "sizes that overflow before a zero": fileOf(`{"a":${entry(0, 0, "[9007199254740991,9007199254740991,0]")}}`),
    "offsets the wrong way round": fileOf(`{"a":${entry(4, 0)}}`, 4),
    "too many dimensions": fileOf(`{"a":${entry(0, 4, `[${new Array(65).fill(1)}]`)}}`, 4),
    "an unknown type": fileOf(one.replace("F32", "F31"), 4),
    "no type": fileOf('{"a":{"shape":[1],"data_offsets":[0,4]}}', 4),
    "no object": fileOf('{"a":3}'),
    "depth without end": fileOf(`{"a":${"[".repeat(100000)}${"]".repeat(100000)}}`),
  };
  it.each(Object.entries(cases))("%s", async (name, bytes) => {
    const { code, message } = await rejection(io.load(write("refused", bytes)));
    expect(code, name).toBe("CT702");
    expect(message).toContain("refused");
  });
});

describe("what must be taken", () => {
  it.each([" ", "\n", "\t", "\r", " \r\n\t  "])("whitespace around the header: %j", async (space) => {
    const header = '{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}';
    for (const text of [header + space, space + header]) {
      expect(Object.keys(await io.load<object>(write("space", fileOf(text, 1))))).toEqual(["a"]);
    }
  });

  it.each(["[]", "[2,0]", "[0]", "[1,1,1,1,1,1,1,1]"])("the shape %s", async (shape) => {
    const size = (JSON.parse(shape) as number[]).reduce((n, d) => n * d, 2);
    const header = `{"a":{"dtype":"I16","shape":${shape},"data_offsets":[0,${size}]}}`;
    await using file = await io.open(write("shape", fileOf(header, size)));
    expect(file.info("a").shape).toEqual(JSON.parse(shape));
    await file.read("a");
  });
});
