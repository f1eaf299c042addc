/** How a pytree is laid down in a file: tensors by name, everything else and the structure in the metadata. */
import type { DeviceTensor } from "../core/device-tensor.js";
import { dtypes } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { CheckpointError, TreeError } from "../prelude/errors.js";
import { describeType, isPlainObject } from "../prelude/options.js";
import { type KeyPath, keystr, type TreeDef } from "../tree/index.js";
import { formatName, type TensorToWrite } from "./safetensors.js";
import { structureFrom, structureText } from "./structure.js";

const treeKey = "cotangent.tree";
const leavesKey = "cotangent.leaves";
const complex128Key = "cotangent.complex128";

/** A leaf that is not a tensor. */
export type Plain = string | number | boolean | bigint;
/** The same as JSON; bigints and numbers JSON lacks carry their type. */
type PlainJson = string | number | boolean | { readonly bigint: string } | { readonly number: string };

/** The name of a leaf in the file; a tree that is one leaf has no path to name it by. */
export const leafName = (path: KeyPath): string => (path.length === 0 ? "value" : keystr(path, { simple: true }));

export interface RecordedTensor extends TensorToWrite {
  readonly tensor: DeviceTensor;
}

export interface TreeRecord {
  readonly tensors: readonly RecordedTensor[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** What to write for a tree. */
export function recordTree(
  leaves: readonly unknown[],
  treedef: TreeDef,
  metadata: ReadonlyMap<string, string>,
): TreeRecord {
  const paths = treedef.leafPaths();
  const tensors: RecordedTensor[] = [];
  const plain: [string, PlainJson][] = [];
  const complex128: string[] = [];
  const seen = new Map<string, KeyPath>();
  leaves.forEach((leaf, i) => {
    const name = leafName(paths[i]);
    checkName(name, paths[i], seen);
    if (!(leaf instanceof Tensor)) {
      plain.push([name, encodePlain(leaf, keystr(paths[i]))]);
      return;
    }
    const x = leaf.concrete("io.save") as DeviceTensor;
    if (x.dtype === "float0")
      throw new CheckpointError("CT704", `io.save: the leaf at ${keystr(paths[i])} is float0, which holds no data.`);
    if (x.dtype === "complex128") complex128.push(name);
    const shape = x.dtype === "complex128" ? [...x.shape, 2] : x.shape;
    const byteLength = x.size * dtypes[x.dtype].bytes;
    tensors.push({ name, dtype: formatName(x.dtype), shape, byteLength, tensor: x });
  });
  const all = new Map(metadata);
  const structure = structureText(treedef);
  if (structure !== null) all.set(treeKey, structure);
  // A structure that cannot be written may have leaves besides the tensors all the same.
  if (structure !== null || plain.length > 0) all.set(leavesKey, JSON.stringify(Object.fromEntries(plain)));
  if (complex128.length > 0) all.set(complex128Key, JSON.stringify(complex128));
  return { tensors, metadata: all };
}

/** Two leaves of one name, and names that no UTF-8 text holds, cannot be written. */
function checkName(name: string, path: KeyPath, seen: Map<string, KeyPath>): void {
  const twin = seen.get(name);
  const problem =
    twin !== undefined
      ? `so is the one at ${keystr(twin)}`
      : name === "__metadata__"
        ? "the format keeps that name"
        : /\p{Surrogate}/u.test(name)
          ? "it has half of a surrogate pair, which UTF-8 lacks"
          : undefined;
  if (problem !== undefined) {
    throw new CheckpointError(
      "CT703",
      `io.save: the leaf at ${keystr(path)} cannot be named ${JSON.stringify(name)}: ${problem}. Rename a key.`,
    );
  }
  seen.set(name, path);
}

function encodePlain(leaf: unknown, at: string): PlainJson {
  if (typeof leaf === "string" || typeof leaf === "boolean") return leaf;
  if (typeof leaf === "bigint") return { bigint: String(leaf) };
  if (typeof leaf === "number") {
    return Number.isFinite(leaf) && !Object.is(leaf, -0) ? leaf : { number: Object.is(leaf, -0) ? "-0" : String(leaf) };
  }
  throw new CheckpointError(
    "CT704",
    `io.save: the leaf at ${at} is ${describeType(leaf)}. Files hold tensors, numbers, strings, booleans and null.`,
  );
}

const numbersJsonLacks = ["NaN", "Infinity", "-Infinity", "-0"];

/** Undefined for what {@link encodePlain} would not write. */
function decodePlain(x: unknown): Plain | undefined {
  if (typeof x === "string" || typeof x === "number" || typeof x === "boolean") return x;
  if (!isPlainObject(x)) return undefined;
  const { bigint, number } = x;
  if (typeof bigint === "string" && /^-?\d+$/.test(bigint)) return BigInt(bigint);
  return typeof number === "string" && numbersJsonLacks.includes(number) ? Number(number) : undefined;
}

/** What a file says of its leaves and structure, besides the tensors. */
export interface Described {
  /** The structure; undefined if the file has none. Throws where it is of classes not registered here. */
  readonly treedef: () => TreeDef | undefined;
  readonly plain: ReadonlyMap<string, Plain>;
  readonly complex128: ReadonlySet<string>;
}

/** @param where the file, for messages */
export function describeRecord(metadata: ReadonlyMap<string, string>, where: string): Described {
  const damaged = (key: string, what: string, cause?: unknown): CheckpointError =>
    new CheckpointError("CT702", `${where} is damaged: the metadata '${key}' ${what}.`, { cause });
  const parse = (key: string): unknown => {
    const text = metadata.get(key);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      throw damaged(key, `is not JSON (${(error as Error).message})`, error);
    }
  };

  const json = parse(leavesKey) ?? {};
  if (!isPlainObject(json)) throw damaged(leavesKey, "is not an object");
  const plain = new Map<string, Plain>();
  for (const [name, value] of Object.entries(json)) {
    const leaf = decodePlain(value);
    if (leaf === undefined) throw damaged(leavesKey, `has no number, string or boolean for ${JSON.stringify(name)}`);
    plain.set(name, leaf);
  }
  const complex128 = parse(complex128Key) ?? [];
  if (!isNames(complex128)) throw damaged(complex128Key, "is not a list of names");
  const tree = parse(treeKey);
  const treedef = (): TreeDef | undefined => {
    if (tree === undefined) return undefined;
    try {
      return structureFrom(tree);
    } catch (error) {
      if (error instanceof TreeError) throw damaged(treeKey, "describes no tree", error);
      throw error;
    }
  };
  return { treedef, plain, complex128: new Set(complex128) };
}

const isNames = (x: unknown): x is string[] => Array.isArray(x) && x.every((n) => typeof n === "string");
