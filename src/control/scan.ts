import { ShapedArray } from "../core/aval.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError, TransformError } from "../prelude/errors.js";
import { merge, partition, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { keystr, TreeDef } from "../tree/index.js";
import { checkFunction, type FlatTree, flattenTensors } from "./arguments.js";
import { checkCarry, promoteCarry } from "./carry.js";
import { traceFunction } from "./initial-style.js";
import { forwardedInputs, reorderInputs, selectOutputs, where } from "./jaxpr-edits.js";
import { scanP } from "./scan-primitive.js";
import type { AnyFunction, Loose, Operand, Tensors } from "./types.js";

/** The options of {@link scan}. */
export interface ScanOptions {
  /** The number of iterations; needed where there are no xs to tell. */
  readonly length?: number | undefined;
  /** Runs from the last slice of xs to the first; ys are stacked in the order of xs all the same. Default false. */
  readonly reverse?: boolean | undefined;
  /** How many iterations stand one after the other in the compiled loop; `true` or 0: all of them. Default 1. */
  readonly unroll?: number | boolean | undefined;
}

/**
 * Runs `f` over the leading axis of xs with a carry that goes from one iteration to the next: `f(carry, x)` gives
 * `[carry, y]`. The result is the last carry and the ys stacked along a new leading axis.
 *
 * `f` is traced once, whatever the length; the loop is one equation that compiles to one native loop, and every
 * transform goes through it, reverse mode included. carry, xs and ys are any trees of tensors; xs may be `null`, with
 * `length` given. The carry keeps its structure, shapes and dtypes (numbers in `init` take the type they get).
 *
 * @param f takes the carry and one slice of each leaf of xs (its shape without the leading axis)
 * @param init the carry before the first iteration
 * @param xs leaves of shape `[length, …]`
 * @returns the last carry, and ys of shape `[length, …]`
 * @throws TransformError CT402 if the carry changes structure or type; CT407 if `f` does not return a pair
 * @throws ShapeError CT403 if leading axes differ
 * @throws ArgumentError CT408 if the length is not known
 * @example
 * const [sum, partial] = lax.scan((c, x) => [c.add(x), c], 0, np.array([1, 2, 3]));
 * sum.item(); // 6
 * partial.js(); // [0, 1, 3]
 */
export function scan<const C, const X, Y>(
  f: (carry: Operand<C>, x: Operand<X>) => readonly [NoInfer<Loose<C>>, Y],
  init: C,
  xs: X,
  options: ScanOptions = {},
): [carry: Tensors<C>, ys: Tensors<Y>] {
  checkOptions("lax.scan", options, ["length", "reverse", "unroll"]);
  checkFunction("lax.scan", "f", f);
  const x = flattenTensors(xs, "lax.scan: xs");
  const { carry, ys } = scanFlat("lax.scan", f, flattenTensors(init, "lax.scan: init"), x, {
    length: scanLength("lax.scan", x, options.length),
    reverse: options.reverse ?? false,
    unroll: unrollFactor("lax.scan", options.unroll),
  });
  return [carry as Tensors<C>, ys as Tensors<Y>];
}

/** How many iterations there are: the common leading size of xs, which `length` must agree with. */
export function scanLength(where: string, { leaves, treedef }: FlatTree, length: number | undefined): number {
  if (length !== undefined && (!Number.isInteger(length) || length < 0)) {
    throw new ArgumentError("CT408", `${where}: length must be a non-negative integer, but it is ${String(length)}.`);
  }
  if (leaves.length === 0) {
    if (length !== undefined) return length;
    throw new ArgumentError(
      "CT408",
      `${where}: xs has no leaves, so the number of iterations is not known. Pass the option length.`,
    );
  }
  const leaf = (i: number): string => `xs${keystr(treedef.leafPaths()[i])}`;
  const scalar = leaves.findIndex((x) => x.ndim === 0);
  if (scalar >= 0) {
    throw new ShapeError(
      "CT403",
      `${where}: ${leaf(scalar)} is a scalar, but the leaves of xs are taken apart along their leading axis. ` +
        "Close over values that are the same in every iteration, or put them into the carry.",
    );
  }
  const n = length ?? leaves[0].shape[0];
  const odd = leaves.findIndex((x) => x.shape[0] !== n);
  if (odd < 0) return n;
  const wanted = length === undefined ? `${leaf(0)} has ${n}` : `the option length is ${n}`;
  throw new ShapeError(
    "CT403",
    `${where}: ${leaf(odd)} of shape [${leaves[odd].shape}] has a leading axis of size ${leaves[odd].shape[0]}, but ${wanted}. ` +
      "All leaves of xs must have one leading size.",
  );
}

/** The number of iterations to unroll; 0 stands for all of them. */
export function unrollFactor(where: string, unroll: number | boolean | undefined): number {
  if (unroll === undefined || unroll === false) return 1;
  if (unroll === true) return 0;
  if (Number.isInteger(unroll) && unroll >= 0) return unroll;
  throw new ArgumentError(
    "CT004",
    `${where}: unroll must be a boolean or a non-negative integer, but it is ${String(unroll)}.`,
  );
}

interface FlatScanOptions {
  readonly length: number;
  readonly reverse: boolean;
  readonly unroll: number;
  /** The carry is a counter and the user's carry. */
  readonly counted?: boolean;
}

/** The scan of a function over trees, given and returned as trees. */
export function scanFlat(
  name: string,
  f: AnyFunction,
  init: FlatTree,
  xs: FlatTree,
  options: FlatScanOptions,
): { carry: unknown; ys: unknown } {
  const inTree = new TreeDef("array", [init.treedef, xs.treedef]);
  const sliceAvals = xs.leaves.map((x) => new ShapedArray(x.shape.slice(1), x.dtype, x.weakType));
  const trace = (carry: readonly Tensor[]) => traceBody(name, f, inTree, [...carry.map((x) => x.aval), ...sliceAvals]);
  let carry = init.leaves;
  let traced = trace(carry);
  const promoted = promoteCarry(carry, traced.carryAvals);
  if (promoted !== carry) {
    carry = promoted;
    traced = trace(carry);
  }
  const { jaxpr, consts, carryTree, ysTree, carryAvals } = traced;
  const before = { tree: init.treedef, avals: carry.map((x) => x.aval) };
  checkCarry(name, before, { tree: carryTree, avals: carryAvals }, options.counted);

  const body = simplifyBody(jaxpr, consts.length, carry.length);
  const [changing, fixed] = partition(body.fixedCarry, carry);
  const results = [
    ...scanP.bind([...fixed, ...consts, ...changing, ...xs.leaves], {
      length: options.length,
      reverse: options.reverse,
      // Every iteration in a row means a length to unroll to.
      unroll: options.unroll === 0 ? Math.max(options.length, 1) : options.unroll,
      jaxpr: body.jaxpr,
      numConsts: fixed.length + consts.length,
      numCarry: changing.length,
    }),
  ];
  const carryOut = merge(body.fixedCarry, results.splice(0, changing.length), fixed);
  const ys = body.ysFromXs.map((i) => (i === null ? (results.shift() as Tensor) : xs.leaves[i]));
  return { carry: carryTree.unflatten(carryOut), ys: ysTree.unflatten(ys) };
}

function traceBody(name: string, f: AnyFunction, inTree: TreeDef, avals: readonly ShapedArray[]) {
  const { jaxpr, consts, outTree } = traceFunction(f, inTree, avals, name, "f");
  if (outTree.kind !== "array" || outTree.children.length !== 2) {
    throw new TransformError(
      "CT407",
      `${name}: f must return a pair [carry, y], but it returned ${outTree}. Return [carry, null] where there is no y.`,
    );
  }
  const [carryTree, ysTree] = outTree.children;
  return { jaxpr, consts, carryTree, ysTree, carryAvals: jaxpr.outAvals.slice(0, carryTree.numLeaves) };
}

interface SimpleBody {
  /** Takes fixed carries, constants, the other carries and xs; gives the other carries and ys that are not xs. */
  readonly jaxpr: ClosedJaxpr;
  /** Carries that every iteration hands on as they are: constants in truth. */
  readonly fixedCarry: readonly boolean[];
  /** For each of ys, the one of xs that it is. */
  readonly ysFromXs: readonly (number | null)[];
}

function simplifyBody(jaxpr: ClosedJaxpr, numConsts: number, numCarry: number): SimpleBody {
  const forwarded = forwardedInputs(jaxpr);
  const fixedCarry = range(numCarry).map((i) => forwarded[i] === numConsts + i);
  const firstX = numConsts + numCarry;
  const ysFromXs = forwarded.slice(numCarry).map((f) => (f !== null && f >= firstX ? f - firstX : null));
  const kept = [
    ...where(fixedCarry.map((m) => !m)),
    ...where(ysFromXs.map((i) => i === null)).map((i) => numCarry + i),
  ];
  const order = [
    ...where(fixedCarry).map((i) => numConsts + i),
    ...range(numConsts),
    ...where(fixedCarry.map((m) => !m)).map((i) => numConsts + i),
    ...range(firstX, jaxpr.inAvals.length),
  ];
  return { jaxpr: reorderInputs(selectOutputs(jaxpr, kept), order), fixedCarry, ysFromXs };
}
