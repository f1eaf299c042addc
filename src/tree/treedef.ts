import { TreeError } from "../prelude/errors.js";
import { valueKey } from "../prelude/value-key.js";
import { objectToFill } from "./key-list.js";
import { IDENTIFIER, mapKeyText } from "./keystr.js";
import { childEntry, type NodeKind } from "./node.js";
import type { NodeType } from "./registry.js";
import { sameItems } from "./same-items.js";
import type { KeyEntry, KeyPath } from "./types.js";

const NO_CHILDREN: readonly TreeDef[] = [];

/**
 * The structure of a tree with its leaves taken out. Immutable; equal when node kinds, keys, registered classes and
 * their auxiliary data are. Made by `tree.flatten` and `tree.structure`.
 */
export class TreeDef {
  readonly numLeaves: number;
  #key: string | undefined;

  /** @internal Use `tree.structure`. */
  constructor(
    readonly kind: NodeKind,
    readonly children: readonly TreeDef[] = NO_CHILDREN,
    /** Property names, Map keys, or the names a registered class gives its children; null where children are numbered. */
    readonly keys: readonly unknown[] | null = null,
    /** The registered class, for `kind === "custom"`. */
    readonly type: NodeType | null = null,
    /** What the registered class keeps besides its children. */
    readonly aux: unknown = undefined,
  ) {
    if (kind === "leaf") {
      this.numLeaves = 1;
    } else {
      let n = 0;
      for (let i = 0; i < children.length; i++) n += children[i].numLeaves;
      this.numLeaves = n;
    }
  }

  /** The number of nodes, leaves included. */
  get numNodes(): number {
    let n = 1;
    for (const child of this.children) n += child.numNodes;
    return n;
  }

  /** A string equal for equal structures and different for different ones: a cache key, not for reading. */
  get key(): string {
    this.#key ??= makeKey(this);
    return this.#key;
  }

  equals(other: TreeDef): boolean {
    if (this === other) return true;
    if (this.numLeaves !== other.numLeaves || !sameNode(this, other)) return false;
    for (let i = 0; i < this.children.length; i++) {
      if (!this.children[i].equals(other.children[i])) return false;
    }
    return true;
  }

  /** The step from this node to its `i`-th child. */
  childKey(i: number): KeyEntry {
    return childEntry(this, i);
  }

  /** The path of every leaf, in order. */
  leafPaths(): KeyPath[] {
    const out: KeyPath[] = [];
    collectPaths(this, [], out);
    return out;
  }

  /**
   * Puts leaves back in.
   * @throws TreeError (CT202) unless there are exactly `numLeaves`
   */
  unflatten(leaves: Iterable<unknown>): unknown {
    const list: readonly unknown[] = Array.isArray(leaves) ? leaves : Array.from(leaves);
    if (list.length !== this.numLeaves) {
      throw new TreeError(
        "CT202",
        `tree.unflatten: the structure ${abbreviate(this)} has ${count(this.numLeaves)}, but ${list.length} ` +
          `${list.length === 1 ? "was" : "were"} given. Give one value for each leaf.`,
      );
    }
    return build(this, list, 0);
  }

  /** Structures as one would write the tree, with `*` for each leaf: `{a: *, b: [*, null]}`. */
  toString(): string {
    return print(this);
  }

  /** How `console.log` and `util.inspect` show it. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `TreeDef(${abbreviate(this)})`;
  }
}

/** The structure of a tree that is a leaf. */
export const LEAF = new TreeDef("leaf");
export const NULL = new TreeDef("null");
export const UNDEFINED = new TreeDef("undefined");

/** Whether two nodes are the same apart from their children: kind, arity, keys, class and auxiliary data. */
export function sameNode(a: TreeDef, b: TreeDef): boolean {
  if (a.kind !== b.kind || a.children.length !== b.children.length || a.type !== b.type) return false;
  if (a.kind === "custom") return a.aux === b.aux || valueKey(a.aux) === valueKey(b.aux);
  return a.keys === b.keys || (a.keys !== null && b.keys !== null && sameItems(a.keys, b.keys));
}

function build(def: TreeDef, leaves: readonly unknown[], start: number): unknown {
  switch (def.kind) {
    case "leaf":
      return leaves[start];
    case "null":
      return null;
    case "undefined":
      return undefined;
    case "object": {
      const { children } = def;
      const keys = def.keys as readonly string[];
      const out = objectToFill(keys);
      let at = start;
      for (let i = 0; i < children.length; i++) {
        const child = children[i];
        setProperty(out, keys[i], child.kind === "leaf" ? leaves[at] : build(child, leaves, at));
        at += child.numLeaves;
      }
      return out;
    }
    default: {
      const { children } = def;
      const built = new Array<unknown>(children.length);
      let at = start;
      for (let i = 0; i < children.length; i++) {
        const child = children[i];
        built[i] = child.kind === "leaf" ? leaves[at] : build(child, leaves, at);
        at += child.numLeaves;
      }
      if (def.kind === "array") return built;
      if (def.kind === "map") return new Map(built.map((child, i) => [def.keys?.[i], child]));
      return def.type?.handlers.unflatten(def.aux, built);
    }
  }
}

function setProperty(out: Record<string, unknown>, key: string, value: unknown): void {
  // Assigning to `__proto__` would change the prototype instead.
  if (key === "__proto__") {
    Object.defineProperty(out, key, { value, enumerable: true, configurable: true, writable: true });
  } else out[key] = value;
}

function makeKey(def: TreeDef): string {
  switch (def.kind) {
    case "leaf":
      return "*";
    case "null":
      return "0";
    case "undefined":
      return "-";
    case "array":
      return `[${def.children.map((c) => c.key).join(",")}]`;
    case "object":
      return `{${def.children.map((c, i) => `${JSON.stringify(def.keys?.[i])}:${c.key}`).join(",")}}`;
    case "map":
      return `<${def.children.map((c, i) => `${valueKey(def.keys?.[i])}:${c.key}`).join(",")}>`;
    case "custom":
      return `${def.type?.id}(${valueKey(def.aux)};${def.children.map((c) => c.key).join(",")})`;
  }
}

function collectPaths(def: TreeDef, path: KeyEntry[], out: KeyPath[]): void {
  if (def.kind === "leaf") {
    out.push(path.slice());
    return;
  }
  for (let i = 0; i < def.children.length; i++) {
    path.push(def.childKey(i));
    collectPaths(def.children[i], path, out);
    path.pop();
  }
}

function print(def: TreeDef): string {
  switch (def.kind) {
    case "leaf":
      return "*";
    case "null":
    case "undefined":
      return def.kind;
    case "array":
      return `[${runs(def.children.map(print))}]`;
    case "object":
      return `{${def.children.map((c, i) => `${propertyString(def.keys?.[i] as string)}: ${print(c)}`).join(", ")}}`;
    case "map":
      return `Map{${def.children.map((c, i) => `${mapKeyText(def.keys?.[i])} => ${print(c)}`).join(", ")}}`;
    case "custom": {
      const children = def.children.map((c, i) => {
        const key = def.childKey(i);
        return typeof key === "string" ? `${propertyString(key)}: ${print(c)}` : print(c);
      });
      const aux = def.aux === undefined || def.aux === null ? "" : `[${valueKey(def.aux)}]`;
      return `${def.type?.name}${aux}(${runs(children)})`;
    }
  }
}

/** Joins with commas, with a run of more than eight equal parts written once: `* ×100`. */
function runs(parts: readonly string[]): string {
  const out: string[] = [];
  for (let i = 0; i < parts.length; ) {
    let end = i + 1;
    while (end < parts.length && parts[end] === parts[i]) end++;
    if (end - i > 8) out.push(`${parts[i]} ×${end - i}`);
    else out.push(...parts.slice(i, end));
    i = end;
  }
  return out.join(", ");
}

function propertyString(key: string): string {
  return IDENTIFIER.test(key) ? key : JSON.stringify(key);
}

/** A structure printed for an error message: whole when short, else its beginning. */
export function abbreviate(def: TreeDef, limit = 200): string {
  const text = def.toString();
  return text.length <= limit ? text : `${text.slice(0, limit)}… (${count(def.numLeaves)})`;
}

/** `1 leaf`, `7 leaves`. */
export function count(n: number, one = "leaf", many = "leaves"): string {
  return `${n} ${n === 1 ? one : many}`;
}
