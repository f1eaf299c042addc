import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError, TransformError } from "../prelude/errors.js";
import { normalizeAxis } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { associativeScan as scanLeaves } from "../primitives/associative-scan.js";
import { keystr } from "../tree/index.js";
import { callNow, checkFunction, flattenTensors } from "./arguments.js";
import { typeText } from "./carry.js";
import type { Loose, Operand, Tensors } from "./types.js";

/** The options of {@link associativeScan}. */
export interface AssociativeScanOptions {
  /** Combines from the end: the last, the last two, …. Default false. */
  readonly reverse?: boolean | undefined;
  /** The axis along which elements are combined. Default 0. */
  readonly axis?: number | undefined;
}

/**
 * The combinations of the first, the first two, … elements of xs along an axis with an associative operation, in
 * O(log n) steps of vectorized calls (Blelloch, "Prefix Sums and Their Applications", 1990).
 *
 * @param f combines two trees like xs, element by element along the axis; `f(a, f(b, c))` must equal `f(f(a, b), c)`
 * @param xs leaves with one size along the axis
 * @returns a tree like xs
 * @throws ShapeError CT403 if sizes along the axis differ
 * @throws TransformError CT401 if `f` returns another structure or type than xs has
 * @example
 * lax.associativeScan((a, b) => a.mul(b), np.array([1, 2, 3, 4])).js(); // [1, 2, 6, 24]
 */
export function associativeScan<const X>(
  f: (before: Operand<X>, after: Operand<X>) => NoInfer<Loose<X>>,
  xs: X,
  options: AssociativeScanOptions = {},
): Tensors<X> {
  const name = "lax.associativeScan";
  checkOptions(name, options, ["reverse", "axis"]);
  checkFunction(name, "f", f);
  const { leaves, treedef } = flattenTensors(xs, `${name}: xs`);
  if (leaves.length === 0) throw new ArgumentError("CT003", `${name}: xs has no leaves. Pass at least one tensor.`);
  const axes = leaves.map((x) => normalizeAxis(options.axis ?? 0, x.ndim, name));
  const axis = axes[0];
  const n = leaves[0].shape[axis];
  const leaf = (i: number): string => `xs${keystr(treedef.leafPaths()[i])}`;
  const odd = leaves.findIndex((x, i) => axes[i] !== axis || x.shape[axis] !== n);
  if (odd >= 0) {
    throw new ShapeError(
      "CT403",
      `${name}: ${leaf(odd)} has shape [${leaves[odd].shape}], but ${leaf(0)} has size ${n} along axis ${axis}. ` +
        "All leaves must have one size along one axis.",
    );
  }
  const combine = (before: readonly Tensor[], after: readonly Tensor[]): readonly Tensor[] => {
    const result = callNow(name, "f", f, [treedef.unflatten(before), treedef.unflatten(after)]);
    const out = flattenTensors(result, `${name}: the result of f`);
    const bad = out.treedef.equals(treedef)
      ? out.leaves.findIndex((y, i) => !y.aval.matches(after[i].aval))
      : undefined;
    if (bad === -1) return out.leaves;
    throw new TransformError(
      "CT401",
      bad === undefined
        ? `${name}: f returned ${out.treedef}, but xs is ${treedef}. Return the structure of the arguments.`
        : `${name}: for ${leaf(bad)}, f returned ${typeText(out.leaves[bad].aval)}, but its arguments are ${typeText(after[bad].aval)}. ` +
            "f must keep shapes and dtypes; it works on many elements at once, along the axis.",
    );
  };
  return treedef.unflatten(scanLeaves(leaves, combine, axis, options.reverse ?? false)) as Tensors<X>;
}
