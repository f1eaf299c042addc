/**
 * Sets of safetensors files: `model.safetensors.index.json` says which file has which tensor.
 * Source: https://huggingface.co/docs/safetensors and the files of `save_pretrained`.
 */
import { CheckpointError } from "../prelude/errors.js";
import { isPlainObject } from "../prelude/options.js";
import { repeatedKey } from "./repeated-key.js";

export interface ShardIndex {
  /** The file of each tensor, by its name. */
  readonly fileOf: ReadonlyMap<string, string>;
  /** All files, in the order in which they are named first. */
  readonly files: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
}

export const maxIndexBytes = 100_000_000;

export const isIndexPath = (path: string): boolean => path.endsWith(".index.json");

/** The bytes of an index. */
export function encodeIndex(
  fileOf: ReadonlyMap<string, string>,
  totalBytes: number,
  metadata: ReadonlyMap<string, string>,
): Uint8Array {
  const index = {
    metadata: { total_size: totalBytes, ...Object.fromEntries(metadata) },
    weight_map: Object.fromEntries([...fileOf].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return new TextEncoder().encode(`${JSON.stringify(index, null, 2)}\n`);
}

/** @param where the file, for messages */
export function parseIndex(bytes: Uint8Array, where: string): ShardIndex {
  const bad = (message: string, cause?: unknown): CheckpointError =>
    new CheckpointError("CT702", `${where} is not an index of safetensors files: ${message}.`, { cause });
  let json: unknown;
  let twice: string | undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    json = JSON.parse(text);
    twice = repeatedKey(text);
  } catch (error) {
    throw bad(`it is not JSON in UTF-8 (${(error as Error).message})`, error);
  }
  if (twice !== undefined) throw bad(`it has the key ${JSON.stringify(twice)} twice in one object`);
  if (!isPlainObject(json) || !isPlainObject(json.weight_map)) throw bad("it has no weight_map");
  const fileOf = new Map<string, string>();
  for (const [name, file] of Object.entries(json.weight_map)) {
    if (!isFileName(file)) {
      throw bad(
        `its weight_map puts '${name}' in ${JSON.stringify(file)?.slice(0, 200)}, but files lie beside the index and are named without a path`,
      );
    }
    fileOf.set(name, file);
  }
  const metadata = new Map<string, string>();
  if (isPlainObject(json.metadata)) {
    for (const [key, value] of Object.entries(json.metadata)) if (typeof value === "string") metadata.set(key, value);
  }
  return { fileOf, files: [...new Set(fileOf.values())], metadata };
}

/** Whether a name stays in its directory, on every system. */
const isFileName = (name: unknown): name is string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: file names have none
  typeof name === "string" && name !== "" && name !== "." && name !== ".." && !/[/\\:\u0000-\u001f]/.test(name);
