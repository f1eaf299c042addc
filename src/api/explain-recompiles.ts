import type { TreeDef } from "../tree/index.js";
import { keystr } from "../tree/index.js";
import { nameOf } from "./flat.js";
import type { AnyFunction } from "./types.js";

/** What a jitted function was traced for. */
export interface Signature {
  readonly treedef: TreeDef;
  readonly avals: readonly string[];
  readonly staticKeys: readonly string[];
}

let report: ((message: string) => void) | null = null;

/**
 * Has every new tracing of an already traced function explained: what differs from the nearest signature before, at
 * which leaf of the arguments, and which line called. `true` writes to the console's error stream; a function receives
 * the messages; `false` turns it off.
 */
export function explainRecompiles(on: boolean | ((message: string) => void)): void {
  report = on === true ? (message) => console.error(message) : on === false ? null : on;
}

const kept = 64;

/** Notes a new signature, and says how it differs from the ones before. */
export function explainRecompile(f: AnyFunction, before: Signature[], now: Signature): void {
  if (report && before.length > 0) {
    const differences = before.map((s) => differencesOf(s, now)).sort((a, b) => a.length - b.length)[0];
    const lines = differences.length > 0 ? differences : ["the named axes in scope, or captured tensors, differ"];
    report(`jit: ${nameOf(f)} is traced again${callSite()}:\n${lines.map((l) => `  ${l}`).join("\n")}`);
  }
  before.push(now);
  if (before.length > kept) before.shift();
}

function differencesOf(a: Signature, b: Signature): string[] {
  if (!a.treedef.equals(b.treedef)) return [`the arguments' structure was ${a.treedef}, now it is ${b.treedef}`];
  const paths = b.treedef.leafPaths();
  const leaves = b.avals.flatMap((aval, i) =>
    aval === a.avals[i]
      ? []
      : [`argument ${paths[i][0]}${keystr(paths[i].slice(1))} was ${spell(a.avals[i])}, now it is ${spell(aval)}`],
  );
  const statics = b.staticKeys.flatMap((key, i) => {
    if (key === a.staticKeys[i]) return [];
    const [position, value] = splitKey(key);
    return [`static argument ${position} was ${splitKey(a.staticKeys[i])[1]}, now it is ${value}`];
  });
  return [...leaves, ...statics];
}

const splitKey = (key: string): [string, string] => [key.slice(0, key.indexOf("=")), key.slice(key.indexOf("=") + 1)];
const spell = (aval: string): string => (aval.startsWith("~") ? `${aval.slice(1)} (weak)` : aval);

/** The first line outside the library. */
function callSite(): string {
  const here = new URL("../..", import.meta.url).href;
  const lines = (new Error().stack ?? "").split("\n").slice(1);
  const path = here.replace("file://", "");
  const outside = lines.find(
    (l) => !l.includes(`${path}src/`) && !l.includes(`${path}xla-like/`) && !l.includes("node:"),
  );
  return outside ? ` (${outside.trim()})` : "";
}
