import { whenReady } from "../api/device-put.js";
import type { DeviceTensor } from "../core/device-tensor.js";
import { Tensor } from "../core/tensor.js";
import { copy } from "../primitives/convert.js";
import { flattenInto } from "../tree/flatten.js";
import { recordTree } from "./tree-record.js";

/** A tree as it is now, whatever happens to the original's memory. */
export interface Snapshot {
  readonly tree: unknown;
  /** Resolves when the copies are made. */
  ready(): Promise<unknown>;
  /** Gives the copies' memory back. */
  dispose(): void;
}

/** The devices copy, after the computations they were given before this and ahead of those that come: nobody waits. */
export function snapshot(tree: unknown): Snapshot {
  const leaves: unknown[] = [];
  const treedef = flattenInto(tree, leaves);
  // What files cannot hold is said before anything is begun.
  recordTree(leaves, treedef, new Map());
  const copies: Tensor[] = [];
  const dispose = (): void => {
    for (const x of copies) x.dispose();
  };
  try {
    const taken = leaves.map((leaf) => {
      if (!(leaf instanceof Tensor)) return leaf;
      const x = leaf.concrete("CheckpointManager.save") as DeviceTensor;
      if (x.isLiteral || x.dtype === "float0") return x;
      const copied = copy(x);
      copies.push(copied);
      return copied;
    });
    return { tree: treedef.unflatten(taken), ready: () => whenReady(copies), dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}
