import { type FileHandle, open } from "node:fs/promises";
import { sameShape } from "../core/aval.js";
import { asDevice, type Device } from "../core/devices.js";
import { Tensor } from "../core/tensor.js";
import { CheckpointError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { flattenInto } from "../tree/flatten.js";
import { keystr, type TreeDef } from "../tree/index.js";
import { type Header, headerLength, parseHeader } from "./safetensors.js";
import { type Described, decodeTensor, describeRecord, leafName } from "./tree-record.js";

export interface LoadOptions<T = unknown> {
  /** A tree of the structure, shapes and dtypes wanted: tensors, or anything with `shape` and `dtype`. */
  readonly like?: T;
  /** Where the tensors go. */
  readonly device?: Device | string;
  /** Whether leaves of the file that `like` does not have are an error. */
  readonly strict?: boolean;
}

/**
 * Loads a pytree from a safetensors file. A file of ours comes back with its structure; one of another tool's as an
 * object of tensors by name. With `like`, leaves are found by name and checked, and every one that is missing, left over
 * or of another shape or dtype is named at once.
 *
 * @throws CheckpointError CT702 if the file is damaged, CT705 if it does not match `like`, CT706 if it cannot be read
 * @example
 * await io.save("runs/doc/weights.safetensors", { w: np.ones([2]) });
 * const { w } = await io.load("runs/doc/weights.safetensors", { like: { w: np.zeros([2]) } });
 * w.js(); // [1, 1]
 */
export async function load<T = unknown>(path: string, options: LoadOptions<T> = {}): Promise<T> {
  checkOptions("io.load", options, ["like", "device", "strict"]);
  const device = options.device === undefined ? undefined : asDevice(options.device, "io.load");
  const file = await openFile(path);
  try {
    const header = await readHeader(file, path);
    const described = describeRecord(header.metadata);
    const leaves = new Map<string, unknown>(described.plain);
    for (const entry of header.entries) {
      const bytes = await readAt(file, path, header.dataStart + entry.start, entry.end - entry.start);
      leaves.set(entry.name, decodeTensor(entry, bytes, described.complex128.has(entry.name), device));
    }
    return rebuild(path, leaves, described, options) as T;
  } finally {
    await file.close();
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, "r");
  } catch (error) {
    throw new CheckpointError("CT706", `io.load: '${path}' cannot be read: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

async function readAt(file: FileHandle, path: string, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const { bytesRead } = await file.read(bytes, at, length - at, position + at);
    if (bytesRead === 0)
      throw new CheckpointError("CT702", `io.load: '${path}' ended early: it was cut short while being read.`);
    at += bytesRead;
  }
  return bytes;
}

async function readHeader(file: FileHandle, path: string): Promise<Header> {
  const stat = await file.stat();
  if (!stat.isFile()) throw new CheckpointError("CT706", `io.load: '${path}' cannot be read: it is not a file.`);
  const { size } = stat;
  const length = headerLength(await readAt(file, path, 0, Math.min(8, size)), size);
  if (length._tag === "Left") throw inFile(path, length.left);
  const header = parseHeader(await readAt(file, path, 8, length.right), size);
  if (header._tag === "Left") throw inFile(path, header.left);
  return header.right;
}

const inFile = (path: string, error: CheckpointError): CheckpointError =>
  new CheckpointError("CT702", `io.load: '${path}' is ${error.message.replace(/ {2}\[CT\d+\]$/, "")}`, {
    cause: error,
  });

function rebuild(
  path: string,
  leaves: ReadonlyMap<string, unknown>,
  { treedef }: Described,
  options: LoadOptions,
): unknown {
  if (options.like !== undefined) return restoreInto(path, leaves, options.like, options.strict ?? true);
  if (!treedef) return Object.fromEntries(leaves);
  const names = treedef.leafPaths().map(leafName);
  const missing = names.filter((n) => !leaves.has(n));
  if (missing.length > 0)
    throw new CheckpointError("CT702", `io.load: '${path}' lacks leaves its structure names: ${missing.join(", ")}.`);
  return treedef.unflatten(names.map((n) => leaves.get(n)));
}

function restoreInto(path: string, leaves: ReadonlyMap<string, unknown>, like: unknown, strict: boolean): unknown {
  const wanted: unknown[] = [];
  const treedef: TreeDef = flattenInto(like, wanted);
  const paths = treedef.leafPaths();
  const names = paths.map(leafName);
  const problems: string[] = [];
  names.forEach((name, i) => {
    const at = keystr(paths[i]) || "the root";
    if (!leaves.has(name)) problems.push(`missing: '${name}' for ${at} (${kindOf(wanted[i])})`);
    else if (!fits(leaves.get(name), wanted[i])) {
      problems.push(`mismatched: '${name}' is ${kindOf(leaves.get(name))}, but ${at} wants ${kindOf(wanted[i])}`);
    }
  });
  if (strict) {
    const known = new Set(names);
    for (const [name, leaf] of leaves) if (!known.has(name)) problems.push(`unexpected: '${name}' (${kindOf(leaf)})`);
  }
  if (problems.length > 0) {
    throw new CheckpointError(
      "CT705",
      `io.load: '${path}' does not match the tree given as like:\n${problems.map((p) => `  ${p}`).join("\n")}\n` +
        "Change like to fit the file; strict: false allows leaves that like does not have.",
    );
  }
  return treedef.unflatten(names.map((n) => leaves.get(n)));
}

interface Typed {
  readonly shape: readonly number[];
  readonly dtype: string;
}
const isTyped = (x: unknown): x is Typed => typeof x === "object" && x !== null && "shape" in x && "dtype" in x;

const fits = (found: unknown, wanted: unknown): boolean =>
  isTyped(wanted)
    ? found instanceof Tensor && found.dtype === wanted.dtype && sameShape(found.shape, wanted.shape)
    : typeof found === typeof wanted;

const kindOf = (x: unknown): string => (isTyped(x) ? `${x.dtype}[${x.shape}]` : `a ${typeof x}`);
