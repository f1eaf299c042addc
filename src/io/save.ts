import { CheckpointError } from "../prelude/errors.js";
import { Either, pipe, TaskEither } from "../prelude/fp.js";
import { checkOptions } from "../prelude/options.js";
import { flattenInto } from "../tree/flatten.js";
import { writeAtomically } from "./atomic-write.js";
import { encodeHeader } from "./safetensors.js";
import { recordTree } from "./tree-record.js";

export interface SaveOptions {
  /** Notes kept in the file: strings by name. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Whether an existing file is replaced. */
  readonly overwrite?: boolean;
}

/**
 * Saves a pytree as a safetensors file, under its leaves' key paths (`layers.0.w`). Numbers, strings, booleans and null
 * ride along as metadata. The file is replaced in one step: after a crash there is the old one or the new one.
 *
 * @throws CheckpointError CT700 if the file cannot be written, CT701 if it exists and `overwrite` is false, CT703 if two
 *   leaves have one name, CT704 for a leaf that files cannot hold
 * @example
 * await io.save("runs/doc/model.safetensors", { w: np.ones([2]), epoch: 3 });
 */
export async function save(path: string, tree: unknown, options: SaveOptions = {}): Promise<void> {
  checkOptions("io.save", options, ["metadata", "overwrite"]);
  const { metadata = {}, overwrite = true } = options;
  const write = pipe(
    Either.tryCatch(
      () => encode(tree, metadata),
      (error) => error as CheckpointError,
    ),
    TaskEither.fromEither,
    TaskEither.chain((chunks) => writeAtomically(path, chunks, overwrite)),
  );
  const result = await write();
  if (result._tag === "Left") throw result.left;
}

function encode(tree: unknown, metadata: Readonly<Record<string, string>>): Uint8Array[] {
  const notes = new Map(Object.entries(metadata));
  for (const [key, value] of notes) {
    if (typeof value === "string" && !key.startsWith("cotangent.")) continue;
    throw new CheckpointError(
      "CT704",
      `io.save: the metadata '${key}' ${typeof value === "string" ? "has a reserved name; choose one that does not start with 'cotangent.'" : "is not a string"}.`,
    );
  }
  const leaves: unknown[] = [];
  const treedef = flattenInto(tree, leaves);
  const record = recordTree(leaves, treedef, notes);
  const { header, ordered } = encodeHeader(record.tensors, record.metadata);
  return [header, ...ordered.map((t) => t.bytes)];
}
