import { checkOptions } from "../prelude/options.js";
import { type KeyEntry, type KeyPath, MapKey } from "./types.js";

/** The options of {@link keystr}. */
export interface KeystrOptions {
  /** Only the keys, without the punctuation of property access. */
  readonly simple?: boolean | undefined;
  /** What stands between two keys; by default nothing, and "." when `simple`. */
  readonly separator?: string | undefined;
}

/** Property names that need no quotes. */
export const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/**
 * A key path as one would write the access in TypeScript, or, with `simple`, as dotted keys.
 * @example
 * tree.keystr(["layers", 0, "w"]); // ".layers[0].w"
 * tree.keystr(["layers", 0, "w"], { simple: true }); // "layers.0.w"
 * tree.keystr(["layers", 0, "w"], { simple: true, separator: "/" }); // "layers/0/w"
 */
export function keystr(path: KeyPath, options: KeystrOptions = {}): string {
  checkOptions("tree.keystr", options, ["simple", "separator"]);
  const { simple = false, separator = simple ? "." : "" } = options;
  return path.map((entry) => (simple ? simpleString(entry) : entryString(entry))).join(separator);
}

/** One step in TypeScript: `.w`, `[0]`, `["two words"]`, `.get("k")`. */
export function entryString(entry: KeyEntry): string {
  if (typeof entry === "number") return `[${entry}]`;
  if (entry instanceof MapKey) return `.get(${mapKeyText(entry.key)})`;
  return IDENTIFIER.test(entry) ? `.${entry}` : `[${JSON.stringify(entry)}]`;
}

function simpleString(entry: KeyEntry): string {
  return entry instanceof MapKey ? mapKeySimple(entry.key) : String(entry);
}

function mapKeySimple(key: unknown): string {
  return typeof key === "string" ? key : mapKeyText(key);
}

/** A Map key as one would write it. */
export function mapKeyText(key: unknown): string {
  if (typeof key === "string") return JSON.stringify(key);
  if (typeof key === "bigint") return `${key}n`;
  if (typeof key === "function") return key.name === "" ? "<function>" : key.name;
  if (typeof key === "object" && key !== null) return `<${key.constructor?.name ?? "object"}>`;
  return String(key);
}
