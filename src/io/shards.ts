/** A tree as a set of files of bounded size, and the index that names them. */
import { randomBytes } from "node:crypto";
import { access, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ArgumentError, CheckpointError } from "../prelude/errors.js";
import { pipe, TaskEither } from "../prelude/fp.js";
import { replaceFile } from "./atomic-write.js";
import { encodeIndex, isIndexPath, parseIndex } from "./index-file.js";
import { type PlannedTensor, type TreePlan, writePlan } from "./tree-writer.js";

/** `model` of `model.safetensors` and of `model.safetensors.index.json`. */
const stemOf = (path: string): string => basename(path).replace(/(\.safetensors)?(\.index\.json)?$/, "");

/** Where the index of a set is that was asked for under the name of a file. */
export const indexPath = (path: string): string =>
  isIndexPath(path) ? path : join(dirname(path), `${stemOf(path)}.safetensors.index.json`);

/** Tensors in their order, cut so that no file has more bytes than that, unless a single tensor has. */
export function cutIntoShards(tensors: readonly PlannedTensor[], maxBytes: number): readonly PlannedTensor[][] {
  const shards: PlannedTensor[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const tensor of tensors) {
    if (bytes + tensor.byteLength > maxBytes) {
      shards.push([]);
      bytes = 0;
    }
    shards[shards.length - 1].push(tensor);
    bytes += tensor.byteLength;
  }
  return shards;
}

export function checkShardBytes(maxShardBytes: number): void {
  if (Number.isSafeInteger(maxShardBytes) && maxShardBytes > 0) return;
  throw new ArgumentError(
    "CT004",
    `io.save: maxShardBytes is ${maxShardBytes}, but it must be a positive whole number.`,
  );
}

/**
 * Writes a plan as a set. The index is replaced last, and until then the files of the set that was there stay: a crash
 * leaves the old set or the new one. Then the old one's files go.
 */
export const writeShards = (
  path: string,
  plan: TreePlan,
  maxShardBytes: number,
  overwrite: boolean,
): TaskEither.TaskEither<Error, void> =>
  TaskEither.tryCatch(
    async () => {
      const index = indexPath(path);
      const directory = dirname(index);
      const shards = cutIntoShards(plan.tensors, maxShardBytes);
      const old = await filesOf(index);
      if (old !== undefined && !overwrite) {
        throw new CheckpointError("CT701", `io.save: '${index}' is there already. Say overwrite: true to replace it.`);
      }
      const names = await freeNames(directory, stemOf(path), shards.length);
      const fileOf = new Map<string, string>();
      try {
        for (const [i, tensors] of shards.entries()) {
          for (const { name } of tensors) fileOf.set(name, names[i]);
          const part = { tensors, metadata: new Map([["format", "pt"]]) };
          await done(replaceFile(join(directory, names[i]), { overwrite: false }, (sink) => writePlan(sink, part)));
        }
        const bytes = plan.tensors.reduce((sum, t) => sum + t.byteLength, 0);
        const text = encodeIndex(fileOf, bytes, plan.metadata);
        await done(replaceFile(index, { overwrite }, (sink) => sink.write(text)));
      } catch (error) {
        for (const name of names) await rm(join(directory, name), { force: true });
        throw error;
      }
      const ours = new RegExp(`^${escaped(stemOf(path))}(-[0-9a-f]{8})?-\\d{5}-of-\\d{5}\\.safetensors$`);
      for (const name of old ?? []) if (ours.test(name)) await rm(join(directory, name), { force: true });
    },
    (error) => error as Error,
  );

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const done = async (task: TaskEither.TaskEither<Error, void>): Promise<void> => {
  const result = await pipe(task)();
  if (result._tag === "Left") throw result.left;
};

/** The files that the index names, if there is one that can be read. */
async function filesOf(index: string): Promise<readonly string[] | undefined> {
  try {
    return parseIndex(await readFile(index), index).files;
  } catch {
    return undefined;
  }
}

/** `model-00001-of-00003.safetensors`, … as other tools have it; with a number of their own if any of these is there. */
async function freeNames(directory: string, stem: string, count: number): Promise<readonly string[]> {
  const numbered = (start: string): string[] =>
    Array.from({ length: count }, (_, i) => `${start}-${pad(i + 1)}-of-${pad(count)}.safetensors`);
  const plain = numbered(stem);
  const taken = await Promise.all(plain.map((name) => exists(join(directory, name))));
  return taken.includes(true) ? numbered(`${stem}-${randomBytes(4).toString("hex")}`) : plain;
}

const pad = (n: number): string => String(n).padStart(5, "0");

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
