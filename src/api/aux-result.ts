import { Tensor } from "../core/tensor.js";
import { TransformError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { flattenInto } from "../tree/flatten.js";
import type { TreeDef } from "../tree/index.js";
import { type FlatFunction, flattenTensors } from "./flat.js";

/** A function that returns `[value, aux]`: its results, then aux's tensors; other leaves of aux pass by the side. */
export class AuxResult {
  numOut = 0;
  #outTree: TreeDef | undefined;
  #auxTree: TreeDef | undefined;
  #auxLeaves: unknown[] = [];

  constructor(
    private readonly transform: string,
    private readonly flat: FlatFunction,
  ) {}

  readonly call = (...leaves: Tensor[]): Tensor[] => {
    const pair = this.flat.result(leaves);
    if (!Array.isArray(pair) || pair.length !== 2) {
      throw new TransformError(
        "CT313",
        `${this.transform}: with hasAux: true the function must return a pair [value, aux], but it returned ` +
          `${Array.isArray(pair) ? `a list of ${pair.length}` : describeType(pair)}.`,
      );
    }
    const out = flattenTensors(pair[0], "the value");
    this.#outTree = out.treedef;
    this.numOut = out.leaves.length;
    this.#auxLeaves = [];
    this.#auxTree = flattenInto(pair[1], this.#auxLeaves);
    return [...out.leaves, ...this.#auxLeaves.filter((x): x is Tensor => x instanceof Tensor)];
  };

  /** The aux tree, with its tensors replaced. */
  rebuild(tensors: readonly Tensor[]): unknown {
    let k = 0;
    return (this.#auxTree as TreeDef).unflatten(this.#auxLeaves.map((x) => (x instanceof Tensor ? tensors[k++] : x)));
  }

  rebuildOut(leaves: readonly unknown[]): unknown {
    return (this.#outTree as TreeDef).unflatten(leaves);
  }
}
