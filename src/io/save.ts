import { CheckpointError } from "../prelude/errors.js";
import { pipe, TaskEither } from "../prelude/fp.js";
import { checkOptions } from "../prelude/options.js";
import { replaceFile } from "./atomic-write.js";
import { checkShardBytes, writeShards } from "./shards.js";
import { planTree, releasePlan, type TreePlan, writePlan } from "./tree-writer.js";

export interface SaveOptions {
  /** Notes kept in the file: strings by name. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Whether an existing file is replaced. */
  readonly overwrite?: boolean;
  /**
   * The bytes that a file may have at most: the tree becomes a set of files, as many as it takes, named by
   * `model.safetensors.index.json` if the path is `model.safetensors`. A tensor is never cut.
   */
  readonly maxShardBytes?: number;
}

/**
 * Saves a pytree as a safetensors file, under its leaves' key paths (`layers.0.w`). Numbers, strings, booleans and null
 * ride along as metadata. The file is replaced in one step: after a crash there is the old one or the new one.
 *
 * @throws CheckpointError CT700 if the file cannot be written, CT701 if it exists and `overwrite` is false, CT703 if two
 *   leaves have one name, CT704 for a leaf that files cannot hold
 * With `maxShardBytes`, a set of files in the layout that other tools use; load it by its index.
 *
 * @example
 * await io.save("runs/doc/model.safetensors", { w: np.ones([2]), epoch: 3 });
 */
export async function save(path: string, tree: unknown, options: SaveOptions = {}): Promise<void> {
  checkOptions("io.save", options, ["metadata", "overwrite", "maxShardBytes"]);
  const { metadata = {}, overwrite = true, maxShardBytes } = options;
  if (maxShardBytes !== undefined) checkShardBytes(maxShardBytes);
  await savePlan(path, planTree(tree, checkNotes(metadata)), overwrite, maxShardBytes);
}

/** Writes a plan as a file, or as a set of files of bounded size, and releases it. */
export async function savePlan(
  path: string,
  plan: TreePlan,
  overwrite: boolean,
  maxShardBytes?: number,
): Promise<void> {
  const write = pipe(
    maxShardBytes === undefined
      ? replaceFile(path, { overwrite }, (sink) => writePlan(sink, plan))
      : writeShards(path, plan, maxShardBytes, overwrite),
    TaskEither.orElseFirstIOK(() => () => releasePlan(plan)),
  );
  const result = await write();
  if (result._tag === "Left") throw result.left;
}

/** The notes of a user, who may not use our names. */
export function checkNotes(metadata: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const notes = new Map(Object.entries(metadata));
  for (const [key, value] of notes) {
    if (typeof value === "string" && !key.startsWith("cotangent.")) continue;
    throw new CheckpointError(
      "CT704",
      `io.save: the metadata '${key}' ${typeof value === "string" ? "has a reserved name; choose one that does not start with 'cotangent.'" : "is not a string"}.`,
    );
  }
  return notes;
}
