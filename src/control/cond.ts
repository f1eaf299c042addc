import { asTensor } from "../core/array-like.js";
import { ShapedArray } from "../core/aval.js";
import { isComplex, isInteger, promoteTypes } from "../core/dtype.js";
import { type ClosedJaxpr, JaxprCache } from "../core/jaxpr.js";
import { Tensor } from "../core/tensor.js";
import { evalClosed } from "../interpreters/eval-jaxpr.js";
import { stage } from "../interpreters/staging.js";
import { ArgumentError, TransformError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";
import { ne } from "../primitives/comparison.js";
import { convert } from "../primitives/convert.js";
import { clamp } from "../primitives/select.js";
import { keystr, type TreeDef } from "../tree/index.js";
import { callNow, checkFunction, flattenTensors } from "./arguments.js";
import { typeText } from "./carry.js";
import { condP } from "./cond-primitive.js";
import { type TracedFunction, traceFunction } from "./initial-style.js";
import { forwardedInputs, padInputs, selectOutputs, where } from "./jaxpr-edits.js";
import type { AnyFunction, Operand, Tensors } from "./types.js";

/**
 * `onTrue(...operands)` where the predicate holds, else `onFalse(...operands)`.
 *
 * Both functions are traced whatever the predicate; when the result runs, only one of them does. Under vmap with a
 * predicate for each example both run and results are selected. Functions may close over tensors instead of taking
 * operands.
 *
 * @param pred a scalar boolean; a scalar number counts as true unless it is 0
 * @param onTrue takes the operands with their leaves as tensors
 * @param onFalse must return the structure, shapes and dtypes that `onTrue` returns
 * @throws ArgumentError CT400 if the predicate is not a scalar boolean or number
 * @throws TransformError CT401 naming the leaf where the results of the two functions differ
 * @example
 * const safeSqrt = (x) => lax.cond(x.greater(0), (x) => np.sqrt(x), () => 0, x);
 */
export function cond<const Ops extends readonly unknown[], R>(
  pred: Tensor | boolean | number,
  onTrue: (...operands: { -readonly [I in keyof Ops]: Operand<Ops[I]> }) => R,
  onFalse: (...operands: { -readonly [I in keyof Ops]: Operand<Ops[I]> }) => unknown,
  ...operands: Ops
): Tensors<R> {
  const name = "lax.cond";
  checkFunction(name, "onTrue", onTrue);
  checkFunction(name, "onFalse", onFalse);
  const chosen = convert(predicate(name, pred), "int32");
  return branch(name, chosen, [onFalse, onTrue], ["onFalse", "onTrue"], operands) as Tensors<R>;
}

/**
 * `branches[index](...operands)`, with the index brought into range. All branches are traced; one runs.
 *
 * @param index a scalar integer; below 0 it counts as 0, beyond the last branch as the last
 * @param branches functions whose results have one structure and the same shapes and dtypes
 * @throws ArgumentError CT405 if the index is not a scalar integer; CT003 if there are no branches
 * @throws TransformError CT401 naming the leaf where the results of two branches differ
 * @example
 * lax.switch(2, [(x) => x, (x) => x.mul(2), (x) => x.mul(3)], np.array(5)).item(); // 15
 */
export function switchCase<const Ops extends readonly unknown[], R>(
  index: Tensor | number | bigint,
  branches: readonly ((...operands: { -readonly [I in keyof Ops]: Operand<Ops[I]> }) => R)[],
  ...operands: Ops
): Tensors<R> {
  const name = "lax.switch";
  if (!Array.isArray(branches) || branches.length === 0) {
    throw new ArgumentError(
      "CT003",
      `${name}: branches must be a non-empty array of functions, but it is ${Array.isArray(branches) ? "empty" : describeType(branches)}.`,
    );
  }
  const names = branches.map((_, i) => `branches[${i}]`);
  branches.forEach((f, i) => {
    checkFunction(name, names[i], f);
  });
  const chosen = branchIndex(name, index);
  if (branches.length === 1) return callDirectly(name, branches[0], operands) as Tensors<R>;
  const clamped = clamp(0, convert(chosen, "int32"), branches.length - 1);
  return branch(name, clamped, branches, names, operands) as Tensors<R>;
}

/** A single branch needs no choice. */
function callDirectly(name: string, f: AnyFunction, operands: readonly unknown[]): unknown {
  const args = flattenTensors(operands, `${name}: operands`);
  const result = callNow(name, "branches[0]", f, args.treedef.unflatten(args.leaves) as unknown[]);
  const flat = flattenTensors(result, `${name}: the result of branches[0]`);
  return flat.treedef.unflatten(flat.leaves);
}

function predicate(name: string, pred: unknown): Tensor {
  const bad = (what: string): ArgumentError =>
    new ArgumentError(
      "CT400",
      `${name}: pred must be a scalar boolean or number, but it is ${what}. Reduce it with all or any.`,
    );
  if (!(pred instanceof Tensor) && typeof pred !== "boolean" && typeof pred !== "number") throw bad(describeType(pred));
  const x = asTensor(pred, name);
  if (x.ndim !== 0 || isComplex(x.dtype)) throw bad(`a ${typeText(x.aval)} tensor`);
  return x.dtype === "bool" ? x : ne(x, 0);
}

function branchIndex(name: string, index: unknown): Tensor {
  const bad = (what: string): ArgumentError =>
    new ArgumentError("CT405", `${name}: index must be a scalar integer, but it is ${what}. Convert it with astype.`);
  if (!(index instanceof Tensor) && typeof index !== "number" && typeof index !== "bigint")
    throw bad(describeType(index));
  if (typeof index === "number" && !Number.isInteger(index)) throw bad(String(index));
  const x = asTensor(index, name);
  if (x.ndim !== 0 || !isInteger(x.dtype)) throw bad(`a ${typeText(x.aval)} tensor`);
  return x;
}

function branch(
  name: string,
  index: Tensor,
  functions: readonly AnyFunction[],
  names: readonly string[],
  operands: readonly unknown[],
): unknown {
  const { leaves, treedef } = flattenTensors(operands, `${name}: operands`);
  const avals = leaves.map((x) => x.aval);
  // The first named function is traced first: its errors and constants come first.
  const order = name === "lax.cond" ? [1, 0] : functions.map((_, i) => i);
  const traced: TracedFunction[] = [];
  for (const i of order) traced[i] = traceFunction(functions[i], treedef, avals, name, names[i]);
  const first = order[0];
  for (const i of order.slice(1))
    checkStructure(name, names[first], traced[first].outTree, names[i], traced[i].outTree);

  const consts = [...new Set(order.flatMap((i) => traced[i].consts))];
  const shared = traced.map((t) => shareConstants(t, consts));
  const jaxprs = sameTypes(name, names, shared, order, traced[first].outTree);

  // What every branch hands on as it is need not go through the choice.
  const forwarded = jaxprs.map(forwardedInputs);
  const handedOn = forwarded[0].map((f, i) => (forwarded.every((g) => g[i] === f) ? f : null));
  const kept = where(handedOn.map((f) => f === null));
  const inputs = [...consts, ...leaves];
  const results = [...condP.bind([index, ...inputs], { branches: jaxprs.map((j) => selectOutputs(j, kept)) })];
  return traced[first].outTree.unflatten(handedOn.map((f) => (f === null ? results.shift() : inputs[f])));
}

/** The program of a branch with the constants of all branches as its leading inputs. */
function shareConstants({ jaxpr, consts: own }: TracedFunction, consts: readonly Tensor[]): ClosedJaxpr {
  const operandAvals = jaxpr.inAvals.slice(own.length);
  const order = [
    ...consts.map((x) => (own.includes(x) ? own.indexOf(x) : null)),
    ...operandAvals.map((_, i) => own.length + i),
  ];
  return padInputs(jaxpr, order, [...consts.map((x) => x.aval), ...operandAvals]);
}

function checkStructure(name: string, firstName: string, first: TreeDef, otherName: string, other: TreeDef): void {
  if (first.equals(other)) return;
  throw new TransformError(
    "CT401",
    `${name}: ${firstName} returns ${first}, but ${otherName} returns ${other}. All branches must return one structure.`,
  );
}

const converted = new JaxprCache<ClosedJaxpr>();

/** The programs with weakly typed results (numbers) made the type that other branches return. */
function sameTypes(
  name: string,
  names: readonly string[],
  jaxprs: readonly ClosedJaxpr[],
  order: readonly number[],
  outTree: TreeDef,
): readonly ClosedJaxpr[] {
  const first = order[0];
  const outAvals = jaxprs.map((j) => j.outAvals);
  const wanted = outAvals[first].map((a, i) => {
    const avals = outAvals.map((as) => as[i]);
    if (avals.every((b) => b.matches(a))) return a;
    const strong = avals.filter((b) => !b.weakType);
    const promoted = promoteTypes(avals);
    const convertible = avals.every((b) => b.ndim === a.ndim && b.shape.every((d, k) => d === a.shape[k]));
    // Only weak types give way.
    if (convertible && strong.every((b) => b.dtype === promoted.dtype))
      return new ShapedArray(a.shape, promoted.dtype, promoted.weakType);
    const other = order.find((k) => !outAvals[k][i].matches(a)) as number;
    const at = keystr(outTree.leafPaths()[i]);
    throw new TransformError(
      "CT401",
      `${name}: the result${at && ` at ${at}`} is ${typeText(a)} from ${names[first]}, but ${typeText(outAvals[other][i])} from ${names[other]}. ` +
        "All branches must return the same shapes and dtypes; convert one (astype, reshape).",
    );
  });
  return jaxprs.map((j) => {
    if (j.outAvals.every((a, i) => a.matches(wanted[i]))) return j;
    return converted.get(j, wanted.map((a) => a.key).join(), () =>
      stage(
        (...args) => evalClosed(j, args).map((x, i) => (x.dtype === wanted[i].dtype ? x : convert(x, wanted[i].dtype))),
        j.inAvals,
        "a branch",
      ),
    );
  });
}
