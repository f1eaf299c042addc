/** Whether what a file says of a function, its programs and its tensors belong together. */
import { type ArrayShape, arrayShape, type HloModule, shapeEquals, shapeText } from "../../../xla-like/index.js";
import { ShapedArray } from "../../core/aval.js";
import { type DType, isInexact } from "../../core/dtype.js";
import { CheckpointError } from "../../prelude/errors.js";
import { hloKey, type StoredFunction, type StoredProgram } from "./record.js";

/** The type of a tensor in the file; undefined where it has none of that name, or none that tensors have. */
export type ConstantType = (name: string) => { readonly dtype: DType; readonly shape: readonly number[] } | undefined;

/** @param where the file, for messages */
export function checkFunction(f: StoredFunction, constant: ConstantType, where: string): void {
  const fault = signatureFault(f) ?? f.programs.map((_, order) => programFault(f, order, constant)).find(Boolean);
  if (fault !== undefined) throw new CheckpointError("CT732", `${where} holds a function that is damaged: ${fault}.`);
}

function signatureFault({ inTree, outTree, programs }: StoredFunction): string | undefined {
  if (programs.length === 0) return "it has no program";
  const [{ inputs, results }] = programs;
  if (inTree.kind !== "array") return "its arguments are not a list";
  if (inTree.numLeaves !== inputs.length)
    return `its arguments have ${inTree.numLeaves} leaves, but its program takes ${inputs.length}`;
  if (outTree.numLeaves !== results.length)
    return `its result has ${outTree.numLeaves} leaves, but its program gives ${results.length}`;
  return undefined;
}

function programFault({ programs }: StoredFunction, order: number, constant: ConstantType): string | undefined {
  const p = programs[order];
  const at = `its program '${hloKey(order)}'`;
  const missing = p.constants.find((name) => constant(name) === undefined);
  if (missing !== undefined) return `${at} needs the tensor '${missing}', which the file lacks`;
  const constants = p.constants.map((name) => {
    const { shape, dtype } = constant(name) as NonNullable<ReturnType<ConstantType>>;
    return new ShapedArray(shape, dtype);
  });
  const parameters = p.module.entry.parameters.map((i) => i.shape);
  return (
    mismatch(`${at} takes`, parameters, [...constants, ...p.inputs]) ??
    mismatch(`${at} gives`, resultsOf(p.module), p.results) ??
    (order === 0 ? undefined : pullbackFault(at, p, programs[order - 1]))
  );
}

const shapeOf = (a: ShapedArray): ArrayShape => arrayShape(a.dtype, a.shape);

function resultsOf({ entry: { root } }: HloModule): readonly ArrayShape[] {
  return root.shape.kind === "tuple" ? root.shape.elements : [root.shape];
}

function mismatch(what: string, found: readonly ArrayShape[], said: readonly ShapedArray[]): string | undefined {
  const shapes = said.map(shapeOf);
  if (found.length === shapes.length && found.every((s, i) => shapeEquals(s, shapes[i]))) return undefined;
  const text = (list: readonly ArrayShape[]): string => `(${list.map(shapeText).join(", ")})`;
  return `${what} ${text(found)}, but the signature says ${text(shapes)}`;
}

/** A pullback takes the inputs and cotangents, and gives cotangents. */
function pullbackFault(at: string, pullback: StoredProgram, of: StoredProgram): string | undefined {
  const inexact = (avals: readonly ShapedArray[]): readonly ShapedArray[] => avals.filter((a) => isInexact(a.dtype));
  return (
    mismatch(`${at} takes, besides its tensors,`, pullback.inputs.map(shapeOf), [
      ...of.inputs,
      ...inexact(of.results),
    ]) ?? mismatch(`${at} gives`, pullback.results.map(shapeOf), inexact(of.inputs))
  );
}
