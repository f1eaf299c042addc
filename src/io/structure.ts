/** Structures of trees in files: as JSON, with registered classes by name. */
import { CheckpointError, TreeError } from "../prelude/errors.js";
import { isPlainObject } from "../prelude/options.js";
import { type ClassCodec, read, type TreeDefJson, write } from "../tree/json.js";
import { nodeTypesNamed } from "../tree/registry.js";
import { TreeDef } from "../tree/treedef.js";

/** A registered class in a file. */
interface ClassJson {
  readonly class: string;
  readonly aux?: unknown;
  /** Of the children; not "keys", which objects have. */
  readonly names?: readonly (string | number)[];
  readonly children: readonly TreeDefJson[];
}

/** Thrown through the codec, for a structure that only `like` brings back. */
class NoJson extends Error {}

const classes: ClassCodec = {
  write: ({ type, aux, keys }, children) => {
    if (aux !== undefined && !isJson(aux)) throw new NoJson();
    const json: ClassJson = {
      class: type?.name ?? "",
      ...(aux === undefined ? {} : { aux }),
      ...(keys === null ? {} : { names: keys as readonly (string | number)[] }),
      children,
    };
    return json as unknown as TreeDefJson;
  },
  read: ({ class: name, aux, names }, children) => {
    if (typeof name !== "string") return undefined;
    const types = nodeTypesNamed(name);
    if (types.length !== 1) {
      const problem = types.length === 0 ? "no class of that name is" : "several classes of that name are";
      throw new CheckpointError(
        "CT721",
        `the file holds a ${JSON.stringify(name.slice(0, 80))}, but ${problem} registered here. ` +
          "Register it with tree.register before loading, or give the tree to restore into as like.",
      );
    }
    if (names === undefined) return new TreeDef("custom", children, null, types[0], aux);
    if (!Array.isArray(names) || names.length !== children.length) return undefined;
    if (!names.every((k) => typeof k === "string" || typeof k === "number")) return undefined;
    return new TreeDef("custom", children, names, types[0], aux);
  },
};

/** Whether a value is the same after a trip through JSON. */
function isJson(x: unknown): boolean {
  if (x === null || typeof x === "string" || typeof x === "boolean") return true;
  if (typeof x === "number") return Number.isFinite(x) && !Object.is(x, -0);
  if (Array.isArray(x)) return x.every(isJson);
  return isPlainObject(x) && Object.getPrototypeOf(x) !== null && Object.values(x).every(isJson);
}

/** The text of a structure; null if a file cannot hold it: Map keys or data of classes that JSON lacks. */
export function structureText(treedef: TreeDef): string | null {
  try {
    return JSON.stringify(write(treedef, classes));
  } catch (error) {
    if (error instanceof TreeError || error instanceof NoJson) return null;
    throw error;
  }
}

/** @throws TreeError (CT207) for what is no structure, CheckpointError (CT721) for classes that are not registered */
export const structureFrom = (json: unknown): TreeDef => read(json, classes);
