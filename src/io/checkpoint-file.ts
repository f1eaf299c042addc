import { asDevice, type Device } from "../core/devices.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, CheckpointError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { readLeaves } from "./load.js";
import { infoOf, type LeafInfo } from "./selection.js";
import { closeSource, openSource, type Source, type StoredLeaf } from "./source.js";
import type { Plain } from "./tree-record.js";

export interface ReadOptions {
  /** Where the tensor goes. */
  readonly device?: Device | string;
  /** Whether the bytes are held against the checksum in the file. */
  readonly checksums?: boolean;
}

/** A checkpoint that is open: only its header was read so far, and each leaf is read when it is asked for. */
export class CheckpointFile implements AsyncDisposable {
  readonly #source: Source;
  #isOpen = true;

  /** @internal Use `io.open`. */
  constructor(source: Source) {
    this.#source = source;
  }

  get path(): string {
    return this.#source.path;
  }
  /** Names of the leaves, in the order of their bytes. */
  get names(): readonly string[] {
    return [...this.#source.leaves.keys()];
  }
  /** Notes that were saved with the tree. */
  get metadata(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#source.metadata].filter(([key]) => !key.startsWith("cotangent.")));
  }
  has(name: string): boolean {
    return this.#source.leaves.has(name);
  }
  /** What is known of a leaf without reading it. */
  info(name: string): LeafInfo {
    return infoOf(this.#leaf(name));
  }

  /**
   * Reads a leaf: a tensor, straight to its device, or what the metadata has.
   * @throws CheckpointError CT705 for a name that the file does not have, CT720 if its bytes are not those written
   */
  async read(name: string, options: ReadOptions = {}): Promise<Tensor | Plain> {
    checkOptions("CheckpointFile.read", options, ["device", "checksums"]);
    const { checksums = true } = options;
    const device = options.device === undefined ? undefined : asDevice(options.device, "CheckpointFile.read");
    const leaf = this.#leaf(name);
    if (!this.#isOpen) {
      throw new CheckpointError("CT706", `CheckpointFile.read: '${this.path}' was closed. Read before closing it.`);
    }
    const values = await readLeaves(this.#source, [leaf], { device, checksums }, "CheckpointFile.read");
    return values.get(leaf) as Tensor | Plain;
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await closeSource(this.#source);
  }
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #leaf(name: string): StoredLeaf {
    const leaf = this.#source.leaves.get(name);
    if (leaf !== undefined) return leaf;
    throw new CheckpointError("CT705", `CheckpointFile: '${this.path}' has no leaf '${name}'.`);
  }
}

/**
 * Opens a safetensors file, or a set of them by its `*.index.json`, to look at its leaves and read some.
 *
 * @throws CheckpointError CT702 if the file is damaged, CT706 if it cannot be read
 * @example
 * await io.save("runs/doc/open.safetensors", { w: np.ones([2]), b: np.zeros([1000]) });
 * const file = await io.open("runs/doc/open.safetensors");
 * file.names; // ["b", "w"]
 * const w = await file.read("w");
 * await file.close();
 */
export async function open(path: string): Promise<CheckpointFile> {
  if (typeof path !== "string") throw new ArgumentError("CT003", "io.open: the path must be a string.");
  return new CheckpointFile(await openSource(path, "io.open"));
}
