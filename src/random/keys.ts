/** Keys: where randomness comes from. A key is a u32[2] tensor; equal keys give equal samples. */
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { isInteger } from "../core/dtype.js";
import { literal } from "../core/scalars.js";
import { Tensor } from "../core/tensor.js";
import { jitted } from "../numpy/jitted.js";
import { toTensor } from "../numpy/promote.js";
import { ArgumentError, DTypeError, ShapeError } from "../prelude/errors.js";
import { unstack } from "../primitives/concatenate.js";
import { convert, copy } from "../primitives/convert.js";
import { threefryFoldIn, threefrySeed, threefrySplit } from "../primitives/random-bits.js";
import { checkKey, checkShape, type Shape } from "./arguments.js";

/** Whole numbers that are no int32 are 64-bit seeds. */
function seedTensor(fn: string, seed: number | bigint | Tensor): Tensor {
  if (typeof seed === "number") {
    if (!Number.isSafeInteger(seed)) {
      throw new ArgumentError(
        "CT003",
        `${fn}: the seed is ${seed}, but it must be a whole number. Use a bigint for large ones.`,
      );
    }
    return seed >= -(2 ** 31) && seed < 2 ** 31 ? literal(seed, "int32") : literal(BigInt(seed), "int64");
  }
  const x = asTensor(seed, fn);
  if (!isInteger(x.dtype)) {
    throw new DTypeError("CT105", `${fn}: the seed is ${x.dtype}, but seeds are integers. Convert it with astype.`);
  }
  if (x.ndim === 0) return x;
  throw new ShapeError(
    "CT108",
    `${fn}: the seed has shape [${x.shape}], but it must be a scalar. Map over several with vmap.`,
  );
}

const seedCall = jitted("_threefry_seed", ([seed]) => threefrySeed(seed));

/**
 * A key from a seed: the high and the low 32 bits of the integer.
 *
 * Numbers within int32 and int32 tensors have a high word of 0, negative ones too; bigints and other whole numbers are
 * 64 bits. Keys are plain tensors: they go through every transform, and into checkpoints, as they are.
 *
 * @param seed an integer scalar
 * @returns u32[2]
 * @throws DTypeError CT105 for a seed that is no integer; ShapeError CT108 for one that is no scalar
 * @example
 * random.key(42).js(); // [0, 42]
 */
export const key = (seed: number | bigint | Tensor): Tensor => seedCall([seedTensor("random.key", seed)]);

/** The same as {@link key}. */
export const PRNGKey = (seed: number | bigint | Tensor): Tensor => seedCall([seedTensor("random.PRNGKey", seed)]);

/**
 * The words of keys: keys are their words already.
 * @param keys u32[..., 2]
 */
export const keyData = (keys: Tensor): Tensor => checkWords("random.keyData", keys);

/**
 * Keys from their words.
 * @param data u32[..., 2]
 * @throws ShapeError CT107 for anything else
 */
export const wrapKeyData = (data: ArrayLike): Tensor =>
  checkWords("random.wrapKeyData", toTensor("random.wrapKeyData", data));

function checkWords(fn: string, x: Tensor): Tensor {
  if (x instanceof Tensor && x.dtype === "uint32" && x.ndim > 0 && x.shape[x.ndim - 1] === 2) return x;
  throw new ShapeError(
    "CT107",
    `${fn}: got ${x instanceof Tensor ? x.aval : typeof x}, but keys are u32[..., 2]. Make them with random.key and random.split.`,
  );
}

/** The same key in a buffer of its own. */
export const clone = (keys: Tensor): Tensor => copy(checkWords("random.clone", keys));

const splitCall = jitted("_threefry_split", ([k], shape: Shape) => threefrySplit(k, shape));

/**
 * New keys from one; use each key once.
 * @param n how many, or the shape of an array of keys
 * @returns u32[n, 2], or u32[...shape, 2]
 * @example
 * const [forWeights, forDropout] = random.split(random.key(0));
 */
export function split(key: Tensor, n: number | Shape = 2): Tensor {
  const shape = checkShape("random.split", typeof n === "number" ? [n] : n);
  return splitCall([checkKey("random.split", key)], shape);
}

const foldInCall = jitted("_threefry_fold_in", ([k, data]) => threefryFoldIn(k, data));

/**
 * A new key from a key and a number, such as the step of a loop.
 * @param data an integer scalar, of which the low 32 bits count
 * @throws ShapeError CT108 if data is no scalar
 */
export function foldIn(key: Tensor, data: number | bigint | Tensor): Tensor {
  const x = asTensor(data, "random.foldIn");
  if (x.ndim !== 0) {
    throw new ShapeError(
      "CT108",
      `random.foldIn: data has shape [${x.shape}], but it must be a scalar. Map over several with vmap.`,
    );
  }
  const word = typeof data === "number" ? literal(BigInt(Math.trunc(data)), "uint32") : convert(x, "uint32");
  return foldInCall([checkKey("random.foldIn", key), word]);
}

/** Two keys from one, inside samplers. */
export const splitKey = (k: Tensor, n: number): readonly Tensor[] => unstack(splitCall([k], [n]), 0);
