import { asDevice, type Device } from "../core/devices.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, CheckpointError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { fetchTensors } from "./fetch.js";
import { demandFit, planRestore, type RestoreReport } from "./restore.js";
import { type Rename, renamed, type Select, selected } from "./selection.js";
import { closeSource, openSource, type Source, type StoredLeaf, type StoredTensor } from "./source.js";
import { leafName, type Plain } from "./tree-record.js";

export interface LoadOptions<T = unknown> {
  /** A tree of the structure, shapes and dtypes wanted: tensors, or anything with `shape` and `dtype`. */
  readonly like?: T;
  /** Where the tensors go. */
  readonly device?: Device | string;
  /** Whether leaves of the file that `like` does not have are an error. */
  readonly strict?: boolean;
  /**
   * Lets the leaves of `like` that the file lacks, or has in another shape or dtype, stay as they are; what was restored
   * and what was not is told to this function.
   */
  readonly partial?: (report: RestoreReport) => void;
  /** Names of the file as the tree has them; `null` leaves a leaf out. An object renames those it has. */
  readonly rename?: Rename;
  /** Which leaves to load, by their names in the tree: names of leaves and subtrees, or a predicate. */
  readonly select?: Select;
  /** Whether the bytes are held against the checksums in the file. */
  readonly checksums?: boolean;
}

/**
 * Loads a pytree from a safetensors file, or from a set of them that a `*.index.json` names. A file of ours comes back
 * with its structure; one of another tool's, and what `select` and `rename` make of one, as an object of leaves by name.
 * With `like`, leaves are found by name and checked, and every one that is missing, left over or of another shape or dtype
 * is named at once, before anything is read. Bytes go from the file straight to the device, a few pieces at a time.
 *
 * @throws CheckpointError CT702 if the file is damaged, CT705 if it does not match `like`, CT706 if it cannot be read,
 *   CT720 if its bytes are not those that were written, CT721 for classes that are not registered, CT722 for element types
 *   that tensors do not have
 * @example
 * await io.save("runs/doc/weights.safetensors", { w: np.ones([2]) });
 * const { w } = await io.load("runs/doc/weights.safetensors", { like: { w: np.zeros([2]) } });
 * w.js(); // [1, 1]
 */
export async function load<T = unknown>(path: string, options: LoadOptions<T> = {}): Promise<T> {
  checkOptions("io.load", options, ["like", "device", "strict", "partial", "rename", "select", "checksums"]);
  const { like, strict = true, partial, rename, select, checksums = true } = options;
  if (partial !== undefined && (typeof partial !== "function" || like === undefined)) {
    throw new ArgumentError(
      "CT003",
      "io.load: partial is a function that is told what was restored into like. Give it together with like.",
    );
  }
  const device = options.device === undefined ? undefined : asDevice(options.device, "io.load");
  const source = await openSource(path, "io.load");
  try {
    const leaves = selected(source.path, renamed(source.path, source.leaves, rename), select);
    const read = (wanted: readonly StoredLeaf[]): Promise<Map<StoredLeaf, Tensor | Plain>> =>
      readLeaves(source, wanted, { device, checksums });
    if (like !== undefined) {
      const plan = planRestore(leaves, like);
      demandFit(`io.load: '${path}'`, leaves, plan, partial ? "partial" : strict ? "strict" : "loose");
      const values = await read(plan.leaves.flatMap((leaf) => ("stored" in leaf ? [leaf.stored] : [])));
      partial?.(plan.report);
      return plan.treedef.unflatten(plan.leaves.map((l) => ("stored" in l ? values.get(l.stored) : l.own))) as T;
    }
    const treedef = rename === undefined && select === undefined ? source.treedef() : undefined;
    if (treedef === undefined) {
      const values = await read([...leaves.values()]);
      return Object.fromEntries([...leaves].map(([name, leaf]) => [name, values.get(leaf)])) as T;
    }
    const names = treedef.leafPaths().map(leafName);
    const missing = names.filter((n) => !leaves.has(n));
    if (missing.length > 0)
      throw new CheckpointError("CT702", `io.load: '${path}' lacks leaves its structure names: ${missing.join(", ")}.`);
    const stored = names.map((n) => leaves.get(n) as StoredLeaf);
    const values = await read(stored);
    return treedef.unflatten(stored.map((leaf) => values.get(leaf))) as T;
  } finally {
    await closeSource(source);
  }
}

/** Leaves of a source as values. */
export async function readLeaves(
  source: Source,
  wanted: readonly StoredLeaf[],
  options: { readonly device: Device | undefined; readonly checksums: boolean },
  action = "io.load",
): Promise<Map<StoredLeaf, Tensor | Plain>> {
  const stored = [...new Set(wanted)].filter((leaf): leaf is StoredTensor => leaf.kind === "tensor");
  const out = new Map<StoredLeaf, Tensor | Plain>(await fetchTensors(source, stored, options, action));
  for (const leaf of wanted) if (leaf.kind === "plain") out.set(leaf, leaf.value);
  return out;
}
