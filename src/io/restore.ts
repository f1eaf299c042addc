/** Which leaves of a checkpoint go where in a tree given as `like`. */
import { sameShape } from "../core/aval.js";
import { Tensor } from "../core/tensor.js";
import { CheckpointError } from "../prelude/errors.js";
import { flattenInto } from "../tree/flatten.js";
import { keystr, type TreeDef } from "../tree/index.js";
import type { StoredLeaf } from "./source.js";
import { leafName } from "./tree-record.js";

/** What became of a tree's leaves and a file's, by name. */
export interface RestoreReport {
  readonly restored: readonly string[];
  /** Leaves of the tree that the file does not have: they are as they were. */
  readonly missing: readonly string[];
  /** Leaves of the file that the tree does not have. */
  readonly unexpected: readonly string[];
  /** Leaves of another shape or type in the file: they are as they were. */
  readonly mismatched: readonly { readonly name: string; readonly found: string; readonly wanted: string }[];
}

export interface RestorePlan {
  readonly treedef: TreeDef;
  /** For each leaf of the tree: the one of the file, or the tree's own. */
  readonly leaves: readonly ({ readonly stored: StoredLeaf } | { readonly own: unknown })[];
  readonly report: RestoreReport;
}

/** Finds each leaf of a tree by name. */
export function planRestore(leaves: ReadonlyMap<string, StoredLeaf>, like: unknown): RestorePlan {
  const wanted: unknown[] = [];
  const treedef = flattenInto(like, wanted);
  const names = treedef.leafPaths().map(leafName);
  const restored: string[] = [];
  const missing: string[] = [];
  const mismatched: { name: string; found: string; wanted: string }[] = [];
  const plan = names.map((name, i) => {
    const stored = leaves.get(name);
    if (stored === undefined) missing.push(name);
    else if (!fits(stored, wanted[i])) {
      mismatched.push({ name, found: kindOfStored(stored), wanted: kindOf(wanted[i]) });
    } else {
      restored.push(name);
      return { stored };
    }
    return { own: wanted[i] };
  });
  const known = new Set(names);
  const unexpected = [...leaves.keys()].filter((name) => !known.has(name));
  return { treedef, leaves: plan, report: { restored, missing, unexpected, mismatched } };
}

/** Throws for everything that does not fit, at once. */
export function demandFit(
  where: string,
  leaves: ReadonlyMap<string, StoredLeaf>,
  { treedef, leaves: plan, report }: RestorePlan,
  mode: "strict" | "loose" | "partial",
): void {
  const problems: string[] = [];
  const paths = treedef.leafPaths();
  const at = new Map(paths.map((path) => [leafName(path), keystr(path) || "the root"]));
  const ownOf = new Map(paths.map((path, i) => [leafName(path), "own" in plan[i] ? plan[i].own : undefined]));
  const isGone = (name: string): boolean => mode !== "partial" || !isValue(ownOf.get(name));
  for (const name of report.missing) {
    if (isGone(name)) problems.push(`missing: '${name}' for ${at.get(name)} (${kindOf(ownOf.get(name))})`);
  }
  for (const { name, found, wanted } of report.mismatched) {
    if (isGone(name)) problems.push(`mismatched: '${name}' is ${found}, but ${at.get(name)} wants ${wanted}`);
  }
  if (mode === "strict") {
    for (const name of report.unexpected) {
      problems.push(`unexpected: '${name}' (${kindOfStored(leaves.get(name) as StoredLeaf)})`);
    }
  }
  if (problems.length === 0) return;
  const help =
    mode === "partial"
      ? "With partial, leaves that are not restored stay as they are, so like must have values there."
      : "Change like to fit the file, or its names with rename; strict: false allows leaves that like does not have, " +
        "and partial leaves that the file does not have.";
  throw new CheckpointError(
    "CT705",
    `${where} does not match the tree given as like:\n${problems.map((p) => `  ${p}`).join("\n")}\n${help}`,
  );
}

interface Typed {
  readonly shape: readonly number[];
  readonly dtype: string;
}
const isTyped = (x: unknown): x is Typed => typeof x === "object" && x !== null && "shape" in x && "dtype" in x;

/** Whether a leaf of `like` can stay in the tree: a description of a tensor cannot. */
const isValue = (x: unknown): boolean => x instanceof Tensor || !isTyped(x);

const fits = (found: StoredLeaf, wanted: unknown): boolean =>
  isTyped(wanted)
    ? found.kind === "tensor" && found.dtype === wanted.dtype && sameShape(found.shape, wanted.shape)
    : found.kind === "plain" && typeof found.value === typeof wanted;

const kindOf = (x: unknown): string => (isTyped(x) ? `${x.dtype}[${x.shape}]` : `a ${typeof x}`);
export const kindOfStored = (x: StoredLeaf): string =>
  x.kind === "tensor" ? `${x.dtype ?? x.format}[${x.shape}]` : `a ${typeof x.value}`;
