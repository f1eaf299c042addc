/** The state of a loop: promoted where weak, checked to keep its structure and type. */
import type { ShapedArray } from "../core/aval.js";
import { promoteTypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { TransformError } from "../prelude/errors.js";
import { convert } from "../primitives/convert.js";
import { keystr, type TreeDef } from "../tree/index.js";

/** How messages write a type: `float32[3]`. */
export const typeText = (a: ShapedArray): string => `${a.dtype}[${a.shape}]`;

/**
 * The initial state, with weakly typed leaves (numbers) made the type that the body gives them; the same array if that
 * changes nothing.
 */
export function promoteCarry(init: readonly Tensor[], outs: readonly ShapedArray[]): readonly Tensor[] {
  if (init.length !== outs.length) return init;
  const promoted = init.map((x, i) => {
    if (!x.weakType || x.aval.matches(outs[i])) return x;
    return convert(x, promoteTypes([x.aval, outs[i]]).dtype);
  });
  return promoted.every((x, i) => x === init[i]) ? init : promoted;
}

/** The state of a loop as messages see it. */
export interface CarryType {
  readonly tree: TreeDef;
  readonly avals: readonly ShapedArray[];
}

/** The last part of a state whose first parts are scalars of the loop's own: the user's carry. */
const lastPart = ({ tree, avals }: CarryType): CarryType => ({
  tree: tree.children[tree.children.length - 1],
  avals: avals.slice(tree.children.length - 1),
});

/**
 * With `counted`, the state is an array whose last element is the user's carry.
 * @throws TransformError (CT402) naming the leaves whose type changes, or both structures
 */
export function checkCarry(where: string, before: CarryType, after: CarryType, counted = false): void {
  const { tree: inTree, avals: ins } = counted ? lastPart(before) : before;
  const { tree: outTree, avals: outs } = counted ? lastPart(after) : after;
  if (!inTree.equals(outTree)) {
    throw new TransformError(
      "CT402",
      `${where}: the carry goes in as ${inTree} but comes out of the body as ${outTree}. ` +
        "Return it with the structure of the initial value.",
    );
  }
  const paths = inTree.leafPaths();
  const changed = ins.flatMap((a, i) =>
    a.matches(outs[i])
      ? []
      : [`carry${keystr(paths[i])} goes in as ${typeText(a)} but comes out as ${typeText(outs[i])}`],
  );
  if (changed.length === 0) return;
  const shown = changed.slice(0, 5).join("; ");
  const more = changed.length > 5 ? `; and ${changed.length - 5} more` : "";
  throw new TransformError(
    "CT402",
    `${where}: ${shown}${more}. A carry keeps its type in every iteration: ` +
      "make the initial value of the type the body returns, or convert in the body (astype, reshape).",
  );
}
