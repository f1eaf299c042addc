/** Checks of tangents and cotangents against what they belong to. */

import { type ArrayLike, asTensor } from "../core/array-like.js";
import { ShapedArray, sameShape } from "../core/aval.js";
import { type DType, isInexact } from "../core/dtype.js";
import { Tensor, Zero } from "../core/tensor.js";
import { DTypeError, ShapeError, TransformError } from "../prelude/errors.js";
import { convert } from "../primitives/convert.js";
import { flattenInto } from "../tree/flatten.js";
import { keystr, type TreeDef } from "../tree/index.js";

interface Kind {
  /** "tangent", "cotangent" */
  readonly what: string;
  /** "primal", "output" */
  readonly of: string;
  readonly codes: readonly ["CT314" | "CT317", "CT315" | "CT318", "CT316" | "CT319"];
}
export const tangentKind: Kind = { what: "tangent", of: "primal", codes: ["CT314", "CT315", "CT316"] };
export const cotangentKind: Kind = { what: "cotangent", of: "output", codes: ["CT317", "CT318", "CT319"] };

interface Target {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/**
 * The leaves of a tree of tangents (or cotangents): of the same structure, shapes and dtypes as `targets`. Those of
 * integers are symbolic zeros, whatever is given. JavaScript numbers take the dtype they need.
 */
export function checkTangents(
  transform: string,
  kind: Kind,
  tree: unknown,
  treedef: TreeDef,
  targets: readonly Target[],
): (Tensor | Zero)[] {
  const values: unknown[] = [];
  const structure = flattenInto(tree, values);
  if (!structure.equals(treedef)) {
    throw new TransformError(
      kind.codes[0],
      `${transform}: the ${kind.what}s have the structure ${structure}, but the ${kind.of}s have ${treedef}. Give one ${kind.what} for each ${kind.of}.`,
    );
  }
  const where = (i: number): string => keystr(treedef.leafPaths()[i]) || "the root";
  return values.map((value, i) => {
    const target = targets[i];
    if (!isInexact(target.dtype)) return checkInteger(transform, kind, value, target, () => where(i));
    const given = asTensor(value as ArrayLike, `${transform}: the ${kind.what} at ${where(i)}`);
    // What came from a JavaScript number takes the type that is needed.
    const t = given.weakType ? convert(given, target.dtype) : given;
    if (!sameShape(t.shape, target.shape)) {
      throw new ShapeError(
        kind.codes[1],
        `${transform}: the ${kind.what} at ${where(i)} has shape [${t.shape}], but its ${kind.of} has shape [${target.shape}]. They must be equal.`,
      );
    }
    if (t.dtype !== target.dtype) {
      throw new DTypeError(
        kind.codes[2],
        `${transform}: the ${kind.what} at ${where(i)} is ${t.dtype}, but its ${kind.of} is ${target.dtype}. Convert it with astype("${target.dtype}").`,
      );
    }
    return t;
  });
}

/** Integers have tangents of the trivial type float0 only. */
function checkInteger(transform: string, kind: Kind, value: unknown, target: Target, where: () => string): Zero {
  if (value instanceof Tensor && value.dtype !== "float0") {
    throw new DTypeError(
      kind.codes[2],
      `${transform}: the ${kind.what} at ${where()} is ${value.dtype}, but its ${kind.of} is ${target.dtype}, whose ${kind.what}s are of type float0. ` +
        "Leave integers out of the differentiated arguments, or pass 0.",
    );
  }
  return new Zero(new ShapedArray(target.shape, "float0"));
}
