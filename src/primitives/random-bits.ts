/**
 * Random bits by counting: the Threefry-2x32 hash of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3"
 * (SC 2011), and keys made from it. Each element hashes its own position, so shards of a tensor need no others.
 */

import type { HloBuilder, HloInstruction } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { u32 } from "../core/avals.js";
import type { DType } from "../core/dtype.js";
import { defineMultiPrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { range } from "../prelude/numbers.js";
import { bitwiseAnd, bitwiseOr, bitwiseXor, shiftLeft, shiftRightLogical } from "./bitwise.js";
import { dtypeError, inClass, type Result, shapeError } from "./checks.js";
import { concatenate, stack } from "./concatenate.js";
import { convert } from "./convert.js";
import { full } from "./fill.js";
import { iota2x32Shape } from "./iota.js";
import { moveToFront, reshape, squeeze } from "./shape.js";
import { slice } from "./slicing.js";

/** The shape that operands repeat to: scalars, and sizes 1 or the result's in each dimension. */
function repeatedShape(avals: readonly ShapedArray[]): Result<readonly number[]> {
  const rank = Math.max(...avals.map((a) => a.ndim));
  const arrays = avals.filter((a) => a.ndim > 0);
  const shape = range(rank).map((i) => arrays.map((a) => a.shape[i]).find((d) => d !== 1) ?? 1);
  return arrays.every((a) => a.ndim === rank && a.shape.every((d, i) => d === 1 || d === shape[i]))
    ? Either.right(shape)
    : shapeError(
        `threefry2x32: the operands have shapes ${avals.map((a) => `[${a.shape}]`).join(", ")}. ` +
          "They must be scalars or have one shape, sizes 1 apart.",
      );
}

export const threefry2x32P = defineMultiPrimitive({
  name: "threefry2x32",
  doc: "Two words of random bits for each pair of counters (third and fourth operand), under a key of two words (first and second).",
  params: {},
  abstractEval(avals) {
    const wrong = avals.find((a) => a.dtype !== "uint32");
    if (wrong) {
      return Either.left(
        new DTypeError("CT105", `threefry2x32: an operand is ${wrong.dtype}, but keys and counters must be uint32.`),
      );
    }
    return Either.map((shape: readonly number[]) => ({
      avals: [0, 1].map(() => ({ shape, dtype: "uint32" as const, weakType: false })),
    }))(repeatedShape(avals));
  },
  jvp: "discrete",
  transpose: "none",
  batching(args, dims) {
    const rank = Math.max(...args.map((x, i) => x.ndim - (dims[i] === null ? 0 : 1)));
    // Batches stand in front; what is missing there or behind has size 1, and is repeated by the operation.
    const aligned = args.map((x, i) => {
      if (dims[i] === null) return x.ndim === 0 ? x : reshape(x, [1, ...x.shape]);
      const front = moveToFront(x, dims[i]);
      return reshape(front, [...front.shape, ...range(rank + 1 - front.ndim).map(() => 1)]);
    });
    const [k0, k1, x0, x1] = aligned;
    return { outs: threefry2x32(k0, k1, x0, x1), dims: [0, 0] };
  },
  partialEval: "whole",
  dce: "whole",
  lower({ b, avals, outs }, args) {
    const { shape } = outs[0];
    return lowerThreefry(
      b,
      args.map((x, i) => repeat(b, x, avals[i].shape, shape)),
    );
  },
  samples: [
    { avals: [u32(), u32(), u32(3), u32(3)], params: {} },
    { avals: [u32(), u32(), u32(), u32()], params: {} },
    { avals: [u32(2, 1), u32(2, 1), u32(1, 3), u32(1, 3)], params: {} },
    { avals: [u32(), u32(), u32(0), u32(0)], params: {} },
  ],
});

function repeat(b: HloBuilder, x: HloInstruction, from: readonly number[], to: readonly number[]): HloInstruction {
  const kept = range(from.length).filter((i) => from[i] === to[i]);
  const narrow =
    kept.length === from.length
      ? x
      : b.reshape(
          x,
          kept.map((i) => from[i]),
        );
  return kept.length === to.length ? narrow : b.broadcast(narrow, to, kept);
}

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
];

/** Five times four rounds of add, rotate and xor, with a word of the key added after each four. */
function lowerThreefry(b: HloBuilder, [k0, k1, x0, x1]: readonly HloInstruction[]): HloInstruction[] {
  const word = (value: number): HloInstruction => b.scalar("uint32", value);
  const plus = (x: HloInstruction, y: HloInstruction): HloInstruction => b.binary("add", x, y);
  const xor = (x: HloInstruction, y: HloInstruction): HloInstruction => b.binary("xor", x, y);
  const rotate = (x: HloInstruction, by: number): HloInstruction =>
    b.binary("or", b.binary("shift-left", x, word(by)), b.binary("shift-right-logical", x, word(32 - by)));

  const key = [k0, k1, xor(xor(k0, k1), word(0x1bd11bda))];
  let [a, c] = [plus(x0, key[0]), plus(x1, key[1])];
  for (let i = 0; i < 5; i++) {
    for (const by of rotations[i % 2]) {
      a = plus(a, c);
      c = xor(a, rotate(c, by));
    }
    a = plus(a, key[(i + 1) % 3]);
    c = plus(plus(c, key[(i + 2) % 3]), word(i + 1));
  }
  return [a, c];
}

/** Two words of random bits for each pair of counters, under a key of two words; all uint32. */
export const threefry2x32 = (k0: Tensor, k1: Tensor, x0: Tensor, x1: Tensor): readonly Tensor[] =>
  threefry2x32P.bind([k0, k1, x0, x1], {});

/** The two words of a key. */
function words(name: string, key: Tensor): readonly Tensor[] {
  if (key.dtype !== "uint32" || key.ndim !== 1 || key.shape[0] !== 2) {
    throw new ShapeError(
      "CT107",
      `${name}: the key is ${key.aval}, but a threefry key is u32[2]. Make one with random.key, or map over many with vmap.`,
    );
  }
  return [0, 1].map((i) => squeeze(slice(key, [i], [i + 1], [1]), [0]));
}

/** Positions as [high, low] words. */
const counters = (shape: readonly number[]): readonly Tensor[] =>
  shape.length > 0 ? iota2x32Shape(shape) : [full([], 0, "uint32"), full([], 0, "uint32")];

/** A key, u32[2], from an integer scalar: its high and low 32 bits. */
export function threefrySeed(seed: Tensor): Tensor {
  if (seed.ndim !== 0)
    throw new ShapeError(
      "CT108",
      `threefrySeed: the seed has shape [${seed.shape}], but must be a scalar. Use vmap for many.`,
    );
  if (!inClass(seed.dtype, "integer")) throw dtypeError("threefrySeed", "seed", seed.dtype, "integer");
  const wide = seed.dtype === "int64" || seed.dtype === "uint64";
  const high = wide ? convert(shiftRightLogical(seed, 32), "uint32") : full([], 0, "uint32");
  const low = convert(wide ? bitwiseAnd(seed, 0xffffffff) : seed, "uint32");
  return concatenate([reshape(high, [1]), reshape(low, [1])], 0);
}

/** `shape` new keys, u32[...shape, 2]. */
export function threefrySplit(key: Tensor, shape: readonly number[]): Tensor {
  const [k0, k1] = words("threefrySplit", key);
  const [high, low] = counters(shape);
  return stack(threefry2x32(k0, k1, high, low), shape.length);
}

/** The key for piece `data`, an integer scalar of which 32 bits count. */
export function threefryFoldIn(key: Tensor, data: Tensor): Tensor {
  const [k0, k1] = words("threefryFoldIn", key);
  const seed = threefrySeed(convert(data, "uint32"));
  const [high, low] = [0, 1].map((i) => slice(seed, [i], [i + 1], [1]));
  return concatenate(threefry2x32(k0, k1, high, low), 0);
}

export type BitWidth = 8 | 16 | 32 | 64;
const unsigned: Readonly<Record<BitWidth, DType>> = { 8: "uint8", 16: "uint16", 32: "uint32", 64: "uint64" };

/** Uniform random bits: unsigned integers of the given width. */
export function threefryRandomBits(key: Tensor, bitWidth: BitWidth, shape: readonly number[]): Tensor {
  if (!(bitWidth in unsigned)) {
    throw new ArgumentError("CT004", `threefryRandomBits: bitWidth is ${bitWidth}. Use 8, 16, 32 or 64.`);
  }
  const [k0, k1] = words("threefryRandomBits", key);
  const [high, low] = counters(shape);
  const [x, y] = threefry2x32(k0, k1, high, low);
  const dtype = unsigned[bitWidth];
  if (bitWidth === 64) return bitwiseOr(shiftLeft(convert(x, dtype), 32), convert(y, dtype));
  return convert(bitwiseXor(x, y), dtype);
}
