/** Leaves of a checkpoint under other names, and some of them. */
import type { DType } from "../core/dtype.js";
import { ArgumentError, CheckpointError } from "../prelude/errors.js";
import { describeType, isPlainObject } from "../prelude/options.js";
import type { StoredLeaf } from "./source.js";

/** What is known of a leaf without reading it. */
export interface LeafInfo {
  readonly name: string;
  /** Undefined for leaves that are not tensors, and for element types that tensors do not have. */
  readonly dtype: DType | undefined;
  /** Undefined for leaves that are not tensors. */
  readonly shape: readonly number[] | undefined;
  /** In the file, 0 for leaves that are not tensors. */
  readonly byteLength: number;
}

export type Rename = Readonly<Record<string, string | null>> | ((name: string) => string | null);
export type Select = readonly string[] | ((name: string, info: LeafInfo) => boolean);

export const infoOf = (leaf: StoredLeaf): LeafInfo =>
  leaf.kind === "plain"
    ? { name: leaf.name, dtype: undefined, shape: undefined, byteLength: 0 }
    : { name: leaf.name, dtype: leaf.dtype, shape: leaf.shape, byteLength: leaf.byteLength };

type Leaves = ReadonlyMap<string, StoredLeaf>;

/** The leaves by their new names. */
export function renamed(path: string, leaves: Leaves, rename: Rename | undefined): Leaves {
  if (rename === undefined) return leaves;
  const newName = renaming(path, leaves, rename);
  const out = new Map<string, StoredLeaf>();
  const oldNames = new Map<string, string[]>();
  for (const [name, leaf] of leaves) {
    const to = newName(name);
    if (to === null) continue;
    if (typeof to !== "string") {
      throw new ArgumentError(
        "CT003",
        `io.load: rename gave ${describeType(to)} for '${name}'. It gives a name, or null to leave the leaf out.`,
      );
    }
    out.set(to, leaf);
    oldNames.set(to, [...(oldNames.get(to) ?? []), name]);
  }
  const clashes = [...oldNames].filter(([, from]) => from.length > 1);
  if (clashes.length > 0) {
    const list = clashes.map(([to, from]) => `${from.map((n) => `'${n}'`).join(" and ")} both '${to}'`).join(", ");
    throw new CheckpointError("CT703", `io.load: rename calls ${list}. Give each leaf of '${path}' a name of its own.`);
  }
  return out;
}

function renaming(path: string, leaves: Leaves, rename: Rename): (name: string) => string | null {
  if (typeof rename === "function") return rename;
  if (!isPlainObject(rename)) {
    throw new ArgumentError(
      "CT003",
      `io.load: rename is ${describeType(rename)}, but it must be an object of names or a function.`,
    );
  }
  const unknown = Object.keys(rename).filter((name) => !leaves.has(name));
  if (unknown.length > 0) throw notThere(path, "rename", unknown);
  return (name) => (Object.hasOwn(rename, name) ? rename[name] : name);
}

/** Some of the leaves. */
export function selected(path: string, leaves: Leaves, select: Select | undefined): Leaves {
  if (select === undefined) return leaves;
  if (typeof select === "function") {
    return new Map([...leaves].filter(([name, leaf]) => select(name, { ...infoOf(leaf), name })));
  }
  if (!Array.isArray(select) || !select.every((s) => typeof s === "string")) {
    throw new ArgumentError("CT003", "io.load: select must be a list of names or a function from a name to a boolean.");
  }
  const found = new Set<string>();
  const out = new Map<string, StoredLeaf>();
  const wanted = new Set<string>(select);
  for (const [name, leaf] of leaves) {
    // The leaf itself, or a subtree that it is in.
    for (let end = name.length; end >= 0; end = end === 0 ? -1 : name.lastIndexOf(".", end - 1)) {
      const prefix = name.slice(0, end);
      if (!wanted.has(prefix)) continue;
      found.add(prefix);
      out.set(name, leaf);
    }
  }
  const unknown = [...wanted].filter((name) => !found.has(name));
  if (unknown.length > 0) throw notThere(path, "select", unknown);
  return out;
}

const notThere = (path: string, option: string, names: readonly string[]): CheckpointError =>
  new CheckpointError(
    "CT705",
    `io.load: ${option} names leaves that '${path}' does not have: ${names.map((n) => `'${n}'`).join(", ")}.`,
  );
