/** Threefry against the bits that JAX draws, and against the vectors published with the algorithm. */
import { describe, expect, it } from "vitest";
import { vmap } from "../../src/api/vmap.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as p from "../../src/primitives/index.js";
import { type GoldenArray, readGolden } from "../golden/read.js";
import { elements, expectGolden, scalar, tensor } from "./elementwise-support.js";

type Record = GoldenArray & { readonly name: string; readonly x64: boolean };
const { records } = readGolden<Record>("prng.json");

const key = (seed: number): Tensor => p.threefrySeed(scalar(seed, "int32"));
const shapeOf = (text: string): number[] => (text.match(/\d+/g) ?? []).map(Number);

/** What a record's name asks for; undefined for distributions. */
function draw(name: string): (() => Tensor) | undefined {
  const [, call, from, rest] = /^(\w+)\((?:key)?(-?\d+),?(.*)\)$/.exec(name) ?? [];
  switch (call) {
    case "key_data":
      return () => key(Number(from));
    case "split":
      return () => p.threefrySplit(key(Number(from)), shapeOf(rest));
    case "fold_in":
      return () => p.threefryFoldIn(key(Number(from)), scalar(BigInt(rest), "uint32"));
    case "bits": {
      const [, shape, width] = /^(\(.*\)),uint(\d+)$/.exec(rest) as RegExpExecArray;
      return () => p.threefryRandomBits(key(Number(from)), Number(width) as p.BitWidth, shapeOf(shape));
    }
    default:
      return undefined;
  }
}

describe("bits are JAX's", () => {
  const drawn = records.flatMap((r) => {
    const f = draw(r.name);
    return f && !(r.x64 && r.name.startsWith("key_data")) ? [[r.name, r, f] as const] : [];
  });
  it("are compared in every width", () => {
    const named = (start: string): number => drawn.filter(([name]) => name.startsWith(start)).length;
    expect([named("key_data"), named("split"), named("fold_in"), named("bits")].every((n) => n >= 3)).toBe(true);
  });
  it.each(drawn)("%s", (_, r, f) => expectGolden(f(), r));
});

describe("the published vectors of Threefry-2x32, 20 rounds", () => {
  const hash = (k: [number, number], x: [number, number]): unknown[] =>
    p.threefry2x32P
      .bind(
        [...k, ...x].map((v) => scalar(v, "uint32")),
        {},
      )
      .flatMap((y) => elements(y));
  it("match", () => {
    expect(hash([0, 0], [0, 0])).toEqual([0x6b200159, 0x99ba4efe]);
    expect(hash([0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff])).toEqual([0x1cb996fc, 0xbb002be7]);
    expect(hash([0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3])).toEqual([0xc4923a9c, 0x483df7a0]);
  });
});

describe("under vmap", () => {
  const keys = (): Tensor => p.threefrySplit(key(3), [4]);
  const one = (i: number): Tensor => p.squeeze(p.slice(keys(), [i, 0], [i + 1, 2]), [0]);
  it("draws for each key what the key draws alone", () => {
    const bits = (k: Tensor): Tensor => p.threefryRandomBits(k, 32, [2, 3]);
    expect(elements(vmap(bits)(keys()))).toEqual([0, 1, 2, 3].flatMap((i) => elements(bits(one(i)))));
  });
  it("folds in batched numbers", () => {
    const numbers = tensor([5, 6, 7], "uint32");
    const folded = vmap((n: Tensor) => p.threefryFoldIn(key(3), n))(numbers);
    expect(elements(folded)).toEqual([5, 6, 7].flatMap((n) => elements(p.threefryFoldIn(key(3), scalar(n, "uint32")))));
  });
  it("splits batched keys to a scalar shape", () => {
    const next = (k: Tensor): Tensor => p.threefrySplit(k, []);
    expect(elements(vmap(next)(keys()))).toEqual([0, 1, 2, 3].flatMap((i) => elements(next(one(i)))));
  });
});

describe("64-bit seeds", () => {
  it("keep their high word", () => {
    expect(elements(p.threefrySeed(scalar(0x12345678_9abcdef0n, "int64")))).toEqual([0x12345678, 0x9abcdef0]);
    expect(elements(p.threefrySeed(scalar(-1n, "int64")))).toEqual([0xffffffff, 0xffffffff]);
  });
});

describe("errors say what to do", () => {
  it("names what a key is", () => {
    expect(() => p.threefryRandomBits(tensor([1, 2, 3], "uint32"), 32, [2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: threefryRandomBits: the key is u32[3], but a threefry key is u32[2]. Make one with random.key, or map over many with vmap.  [CT107]]`,
    );
    expect(() => p.threefrySeed(scalar(0.5))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: threefrySeed: operand 'seed' is float32, but it takes only integers. Convert it with astype.  [CT105]]`,
    );
    expect(() => p.threefry2x32(scalar(1), scalar(1), scalar(1), scalar(1))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: threefry2x32: an operand is float32, but keys and counters must be uint32.  [CT105]]`,
    );
    expect(() => p.threefryRandomBits(key(0), 12 as p.BitWidth, [])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: threefryRandomBits: bitWidth is 12. Use 8, 16, 32 or 64.  [CT004]]`,
    );
  });
});
