/** Exported programs as functions of trees. */
import type { ShapedArray } from "../core/aval.js";
import { isComplex, isFloat, isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { TransformError } from "../prelude/errors.js";
import { convert } from "../primitives/convert.js";
import { keystr, type TreeDef } from "../tree/index.js";
import { callProgram, type FlatProgram } from "./exported-program.js";
import { flattenTensors, named } from "./flat.js";
import { ShapeDtypeStruct } from "./shape-dtype-struct.js";

/** A static argument, which is part of the program: where it stood and what it was, for people. */
export interface BoundArgument {
  readonly argument: number;
  readonly value: string;
}

/** A program with the trees of its arguments, a list, and of its result. */
export interface TreeProgram {
  readonly name: string;
  readonly flat: FlatProgram;
  readonly inTree: TreeDef;
  readonly outTree: TreeDef;
  readonly statics: readonly BoundArgument[];
}

export const inputAvals = ({ flat }: TreeProgram): readonly ShapedArray[] =>
  flat.program.inAvals.slice(flat.constants.length);

const structs = (tree: TreeDef, avals: readonly ShapedArray[]): unknown =>
  tree.unflatten(avals.map((a) => new ShapeDtypeStruct(a.shape, a.dtype, { weakType: a.weakType })));

/** The types of the arguments, as trees of {@link ShapeDtypeStruct}. */
export const inputTypes = (p: TreeProgram): readonly unknown[] => structs(p.inTree, inputAvals(p)) as unknown[];
/** The type of the result. */
export const outputTypes = (p: TreeProgram): unknown => structs(p.outTree, p.flat.program.outAvals);

/** Weak numbers take the type that is wanted where nothing is lost by it. */
const rank = (a: ShapedArray): number =>
  isInteger(a.dtype) ? 0 : isFloat(a.dtype) ? 1 : isComplex(a.dtype) ? 2 : Number.NaN;

function fitted(x: Tensor, wanted: ShapedArray): Tensor | undefined {
  if (x.aval.matches(wanted)) return x;
  const isAdaptable = x.weakType && x.aval.withDtype(wanted.dtype).matches(wanted) && rank(x.aval) <= rank(wanted);
  return isAdaptable ? convert(x, wanted.dtype, wanted.weakType) : undefined;
}

const placeOf = (treedef: TreeDef, leaf: number): string =>
  `the leaf at ${keystr(treedef.leafPaths()[leaf]) || "the root"}`;

/** Leaves of the types wanted; every one that does not fit is named. */
export function fitLeaves(
  where: string,
  tree: unknown,
  treedef: TreeDef,
  avals: readonly ShapedArray[],
): readonly Tensor[] {
  const { leaves, treedef: given } = flattenTensors(tree, `${where}: an argument`);
  if (!given.equals(treedef)) {
    throw new TransformError(
      "CT333",
      `${where}: exported for arguments of the structure ${treedef}, but called with ${given}.`,
    );
  }
  const problems: string[] = [];
  const out = leaves.map((x, i) => {
    const fit = fitted(x, avals[i]);
    if (fit === undefined) problems.push(`${placeOf(treedef, i)} is ${x.aval} instead of ${avals[i]}`);
    return fit ?? x;
  });
  if (problems.length > 0) {
    throw new TransformError(
      "CT333",
      `${where}: not of the types it was exported for: ${problems.join("; ")}. ` +
        "Convert the arguments, or export the function for these.",
    );
  }
  return out;
}

/** The program as a function, for any transform. */
export const functionOf = (p: TreeProgram): ((...args: unknown[]) => unknown) =>
  named((...args: unknown[]) => {
    const leaves = fitLeaves(p.name, args, p.inTree, inputAvals(p));
    return p.outTree.unflatten(callProgram(p.flat, leaves));
  }, p.name);
