import { TreeError } from "../prelude/errors.js";
import { describeType, isPlainObject } from "../prelude/options.js";
import { LEAF, NULL, TreeDef, UNDEFINED } from "./treedef.js";

/**
 * A structure as JSON: `"*"` a leaf, `null`, `"undefined"`, an array, `{ keys, children }` an object, and
 * `{ mapKeys, children }` a Map.
 */
export type TreeDefJson =
  | "*"
  | "undefined"
  | null
  | readonly TreeDefJson[]
  | { readonly keys: readonly string[]; readonly children: readonly TreeDefJson[] }
  | { readonly mapKeys: readonly (string | number | boolean | null)[]; readonly children: readonly TreeDefJson[] };

/** Far deeper than any model, and well within the stack. */
const MAX_DEPTH = 1000;

/** What stands for registered classes in files, which know them by name. */
export interface ClassCodec {
  write(node: TreeDef, children: readonly TreeDefJson[]): TreeDefJson;
  /** Undefined for what describes no class. */
  read(json: Record<string, unknown>, children: readonly TreeDef[]): TreeDef | undefined;
}

const noClasses: ClassCodec = {
  write: (node) => {
    throw new TreeError(
      "CT207",
      `tree.toJSON: the structure holds a ${node.type?.name}, and registered classes have no JSON form. ` +
        "Turn it into plain objects first, or restore into a tree given as `like`.",
    );
  },
  read: () => undefined,
};

/**
 * A structure as a JSON value, for files.
 * @throws TreeError (CT207) for registered classes and Map keys that JSON cannot hold
 */
export const toJSON = (treedef: TreeDef): TreeDefJson => write(treedef, noClasses);

/** The same, with registered classes as the codec has them. */
export function write(treedef: TreeDef, classes: ClassCodec): TreeDefJson {
  const children = treedef.children.map((child) => write(child, classes));
  switch (treedef.kind) {
    case "leaf":
      return "*";
    case "null":
      return null;
    case "undefined":
      return "undefined";
    case "array":
      return children;
    case "object":
      return { keys: treedef.keys as readonly string[], children };
    case "map":
      return { mapKeys: (treedef.keys ?? []).map(jsonKey), children };
    case "custom":
      return classes.write(treedef, children);
  }
}

function jsonKey(key: unknown): string | number | boolean | null {
  if (key === null || typeof key === "string" || typeof key === "boolean") return key;
  if (typeof key === "number" && Number.isFinite(key)) return key;
  throw new TreeError(
    "CT207",
    `tree.toJSON: a Map key is ${typeof key === "number" ? key : describeType(key)}, which JSON cannot hold. ` +
      "Use strings or finite numbers.",
  );
}

/**
 * The structure a JSON value describes, the inverse of {@link toJSON}.
 * @throws TreeError (CT207) for anything {@link toJSON} would not write
 */
export const fromJSON = (json: unknown): TreeDef => read(json, noClasses);

/** The same, with registered classes as the codec has them. */
export function read(json: unknown, classes: ClassCodec, depth = 0): TreeDef {
  if (depth > MAX_DEPTH) {
    throw new TreeError("CT207", `tree.fromJSON: the structure is nested more than ${MAX_DEPTH} deep.`);
  }
  const readChildren = (list: readonly unknown[]): TreeDef[] => list.map((child) => read(child, classes, depth + 1));
  if (json === "*") return LEAF;
  if (json === null) return NULL;
  if (json === "undefined") return UNDEFINED;
  if (Array.isArray(json)) return new TreeDef("array", readChildren(json));
  if (isPlainObject(json) && Array.isArray(json.children)) {
    const children = readChildren(json.children);
    const { keys, mapKeys } = json;
    if (isKeys(keys, children.length) && keys.every((k) => typeof k === "string")) {
      return new TreeDef("object", children, keys);
    }
    if (isKeys(mapKeys, children.length)) return new TreeDef("map", children, mapKeys);
    const custom = classes.read(json, children);
    if (custom !== undefined) return custom;
  }
  throw new TreeError(
    "CT207",
    `tree.fromJSON: ${JSON.stringify(json)?.slice(0, 80) ?? describeType(json)} describes no tree structure. ` +
      "Pass what tree.toJSON returned.",
  );
}

function isKeys(keys: unknown, n: number): keys is unknown[] {
  return Array.isArray(keys) && keys.length === n && new Set(keys).size === n;
}
