import type { Tensor } from "../core/tensor.js";
import { type KeyPath, keystr } from "../tree/index.js";
import { normalizeArgnums } from "./argnums.js";
import { AuxResult } from "./aux-result.js";
import { FlatFunction, flattenDifferentiable, nameOf } from "./flat.js";
import type { AnyFunction } from "./types.js";

/** A function of the arguments that `argnums` selects, flat; the others are held. */
export interface SelectedArguments {
  readonly leaves: readonly Tensor[];
  /** The leaves' results, then with `hasAux` the tensors of aux. */
  readonly run: (...leaves: Tensor[]) => readonly Tensor[];
  readonly flat: FlatFunction;
  readonly aux: AuxResult | null;
  /** The name of a leaf in messages: `argument 0.w`. */
  nameOfLeaf(i: number): string;
  /** Values for the leaves as a tree of the selected argument, or the list of the selected ones. */
  rebuild(values: readonly unknown[]): unknown;
}

export function selectArguments(
  transform: string,
  f: AnyFunction,
  { argnums = 0, hasAux = false }: { readonly argnums?: number | readonly number[]; readonly hasAux?: boolean },
  args: readonly unknown[],
): SelectedArguments {
  const positions = normalizeArgnums(transform, "argnums", argnums, args.length);
  const { leaves, treedef } = flattenDifferentiable(
    positions.map((i) => args[i]),
    `${transform}: an argument of ${nameOf(f)}`,
  );
  const flat = new FlatFunction(transform, f, (inputs) => {
    const rebuilt = treedef.unflatten(inputs) as unknown[];
    const all = [...args];
    positions.forEach((p, i) => {
      all[p] = rebuilt[i];
    });
    return all;
  });
  const aux = hasAux ? new AuxResult(transform, flat) : null;
  return {
    leaves,
    run: aux ? aux.call : flat.call,
    flat,
    aux,
    nameOfLeaf(i) {
      const [argument, ...path] = treedef.leafPaths()[i];
      return `argument ${positions[argument as number]}${keystr(path as KeyPath)}`;
    },
    rebuild(values) {
      const list = treedef.unflatten(values) as unknown[];
      return Array.isArray(argnums) ? list : list[0];
    },
  };
}
