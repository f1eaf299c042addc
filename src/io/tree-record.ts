/** How a pytree is laid down in a file: tensors by name, everything else and the structure in the metadata. */
import { hostArray } from "../../xla-like/index.js";
import { type DeviceTensor, fromHost } from "../core/device-tensor.js";
import type { Device } from "../core/devices.js";
import type { DType } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { CheckpointError, TreeError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { fromJSON, type KeyPath, keystr, type TreeDef, toJSON } from "../tree/index.js";
import { dtypeOf, formatName, type TensorEntry, type TensorToWrite } from "./safetensors.js";

const treeKey = "cotangent.tree";
const leavesKey = "cotangent.leaves";
const complex128Key = "cotangent.complex128";

/** A leaf that is not a tensor, as JSON; bigints and numbers JSON lacks carry their type. */
type PlainLeaf = string | number | boolean | { readonly bigint: string } | { readonly number: string };

/** The name of a leaf in the file; a tree that is one leaf has no path to name it by. */
export const leafName = (path: KeyPath): string => (path.length === 0 ? "value" : keystr(path, { simple: true }));

/** The bytes of a tensor, without a copy. */
function bytesOf(x: DeviceTensor): Uint8Array {
  const data = x.usable("io.save").read();
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

export interface Record {
  readonly tensors: readonly TensorToWrite[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** What to write for a tree. */
export function recordTree(
  leaves: readonly unknown[],
  treedef: TreeDef,
  metadata: ReadonlyMap<string, string>,
): Record {
  const paths = treedef.leafPaths();
  const tensors: TensorToWrite[] = [];
  const plain: [string, PlainLeaf][] = [];
  const complex128: string[] = [];
  const seen = new Map<string, KeyPath>();
  leaves.forEach((leaf, i) => {
    const name = leafName(paths[i]);
    const twin = seen.get(name);
    if (twin !== undefined || name === "__metadata__") {
      throw new CheckpointError(
        "CT703",
        `io.save: the leaf at ${keystr(paths[i])} cannot be named '${name}': ${twin ? `so is the one at ${keystr(twin)}` : "the format keeps that name"}. Rename a key.`,
      );
    }
    seen.set(name, paths[i]);
    if (!(leaf instanceof Tensor)) {
      plain.push([name, encodePlain(leaf, keystr(paths[i]))]);
      return;
    }
    const x = leaf.concrete("io.save") as DeviceTensor;
    if (x.dtype === "float0")
      throw new CheckpointError("CT704", `io.save: the leaf at ${keystr(paths[i])} is float0, which holds no data.`);
    if (x.dtype === "complex128") complex128.push(name);
    const shape = x.dtype === "complex128" ? [...x.shape, 2] : x.shape;
    tensors.push({ name, dtype: formatName(x.dtype), shape, bytes: bytesOf(x) });
  });
  const all = new Map(metadata);
  const structure = structureText(treedef);
  if (structure !== null) {
    all.set(treeKey, structure);
    all.set(leavesKey, JSON.stringify(Object.fromEntries(plain)));
  } else if (plain.length > 0) {
    all.set(leavesKey, JSON.stringify(Object.fromEntries(plain)));
  }
  if (complex128.length > 0) all.set(complex128Key, JSON.stringify(complex128));
  return { tensors, metadata: all };
}

/** Registered classes have no form in a file: such a tree is loaded into one given as `like`. */
function structureText(treedef: TreeDef): string | null {
  try {
    return JSON.stringify(toJSON(treedef));
  } catch (error) {
    if (error instanceof TreeError) return null;
    throw error;
  }
}

function encodePlain(leaf: unknown, at: string): PlainLeaf {
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

function decodePlain(x: unknown): string | number | boolean | bigint {
  if (typeof x === "object" && x !== null) {
    const { bigint, number } = x as { bigint?: string; number?: string };
    return bigint !== undefined ? BigInt(bigint) : Number(number);
  }
  return x as string | number | boolean;
}

/** What a file says of its leaves and structure, besides the tensors. */
export interface Described {
  readonly treedef: TreeDef | null;
  readonly plain: ReadonlyMap<string, string | number | boolean | bigint>;
  readonly complex128: ReadonlySet<string>;
}

export function describeRecord(metadata: ReadonlyMap<string, string>): Described {
  const parse = (key: string): unknown => {
    const text = metadata.get(key);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new CheckpointError("CT702", `io.load: the metadata '${key}' is damaged: ${(error as Error).message}.`, {
        cause: error,
      });
    }
  };
  const tree = parse(treeKey);
  return {
    treedef: tree === undefined ? null : fromJSON(tree),
    plain: new Map(Object.entries((parse(leavesKey) ?? {}) as object).map(([k, v]) => [k, decodePlain(v)])),
    complex128: new Set((parse(complex128Key) ?? []) as string[]),
  };
}

/** The tensor an entry describes, from its bytes. */
export function decodeTensor(entry: TensorEntry, bytes: Uint8Array, isComplex128: boolean, device?: Device): Tensor {
  const dtype: DType = isComplex128 ? "complex128" : (dtypeOf(entry.dtype) as DType);
  const shape = isComplex128 ? entry.shape.slice(0, -1) : entry.shape;
  const data = hostArray(
    dtype,
    shape.reduce((n, d) => n * d, 1),
  );
  new Uint8Array(data.buffer).set(bytes);
  return fromHost(data, shape, dtype, device ? { device } : {});
}
