import { asTensor } from "../core/array-like.js";
import type { ShapedArray } from "../core/aval.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { isInteger, promoteTypes } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { trimJaxpr } from "../interpreters/dce.js";
import { ArgumentError, TransformError } from "../prelude/errors.js";
import { merge, partition, range } from "../prelude/numbers.js";
import { checkOptions, describeType } from "../prelude/options.js";
import { add } from "../primitives/arithmetic.js";
import { lt } from "../primitives/comparison.js";
import { convert } from "../primitives/convert.js";
import { TreeDef } from "../tree/index.js";
import { callNow, checkFunction, type FlatTree, flattenTensors } from "./arguments.js";
import { checkCarry, promoteCarry, typeText } from "./carry.js";
import { traceFunction } from "./initial-style.js";
import { forwardedInputs, reorderInputs, selectOutputs, where } from "./jaxpr-edits.js";
import { scanFlat, unrollFactor } from "./scan.js";
import type { AnyFunction, Loose, Operand, TensorLeaf, Tensors } from "./types.js";
import { whileP } from "./while-primitive.js";

/**
 * Applies `body` to the carry as long as `cond` of it holds, not even once if it does not hold at first.
 *
 * Both functions are traced once and the loop compiles to one native loop. The carry is any tree of tensors that keeps
 * its structure, shapes and dtypes. Forward mode and vmap go through; for reverse mode, which needs the values of every
 * iteration, use {@link scan} or {@link foriLoop} with bounds that are numbers.
 *
 * @param cond takes the carry, gives a scalar boolean
 * @param body takes the carry, gives the next one
 * @returns the first carry for which `cond` does not hold
 * @throws TransformError CT400 if `cond` does not give a scalar boolean; CT402 if the carry changes structure or type;
 *   CT404 under reverse mode
 * @example
 * lax.whileLoop((x) => x.less(100), (x) => x.mul(2), np.array(3)).item(); // 192
 */
export function whileLoop<const C>(
  cond: (carry: Operand<C>) => Tensor | boolean,
  body: (carry: Operand<C>) => NoInfer<Loose<C>>,
  init: C,
): Tensors<C> {
  checkFunction("lax.whileLoop", "cond", cond);
  checkFunction("lax.whileLoop", "body", body);
  return whileFlat("lax.whileLoop", cond, body, flattenTensors(init, "lax.whileLoop: init")) as Tensors<C>;
}

function whileFlat(name: string, cond: AnyFunction, body: AnyFunction, init: FlatTree, counted = false): unknown {
  const inTree = new TreeDef("array", [init.treedef]);
  const trace = (carry: readonly Tensor[]) => {
    const avals = carry.map((x) => x.aval);
    const predicate = traceFunction(cond, inTree, avals, name, "cond");
    checkPredicate(name, predicate.outTree, predicate.jaxpr.outAvals);
    return { predicate, step: traceFunction(body, inTree, avals, name, "body") };
  };
  let carry = init.leaves;
  let traced = trace(carry);
  const promoted = promoteCarry(carry, traced.step.jaxpr.outAvals);
  if (promoted !== carry) {
    carry = promoted;
    traced = trace(carry);
  }
  const { predicate, step } = traced;
  const before = { tree: init.treedef, avals: carry.map((x) => x.aval) };
  checkCarry(name, before, { tree: step.outTree, avals: step.jaxpr.outAvals }, counted);

  // A carry that the body hands on as it is, and the predicate does not look at, is a constant of the body.
  const nCond = predicate.consts.length;
  const nBody = step.consts.length;
  const handedOn = forwardedInputs(step.jaxpr).map((f, i) => f === nBody + i);
  const { jaxpr: condJaxpr, usedIn } = trimJaxpr(
    predicate.jaxpr,
    [true],
    [...range(nCond).map(() => true), ...handedOn.map((h) => !h)],
  );
  const fixed = usedIn.slice(nCond).map((used) => !used);
  const bodyOrder = [
    ...where(fixed).map((i) => nBody + i),
    ...range(nBody),
    ...where(fixed.map((m) => !m)).map((i) => nBody + i),
  ];
  const [changing, constant] = partition(fixed, carry);
  const results = whileP.bind([...predicate.consts, ...constant, ...step.consts, ...changing], {
    condJaxpr,
    condNconsts: nCond,
    bodyJaxpr: reorderInputs(selectOutputs(step.jaxpr, where(fixed.map((m) => !m))), bodyOrder),
    bodyNconsts: constant.length + nBody,
  });
  return step.outTree.unflatten(merge(fixed, results, constant));
}

function checkPredicate(name: string, outTree: TreeDef, avals: readonly ShapedArray[]): void {
  if (outTree.kind === "leaf" && avals[0].dtype === "bool" && avals[0].ndim === 0) return;
  throw new TransformError(
    "CT400",
    `${name}: cond must return a scalar boolean, but it returned ${outTree.kind === "leaf" ? typeText(avals[0]) : outTree}. ` +
      "Compare with less, greater, …, and reduce with all or any.",
  );
}

/** The options of {@link foriLoop}. */
export interface ForiLoopOptions {
  /** As for scan; only where the bounds are numbers. */
  readonly unroll?: number | boolean | undefined;
}

/**
 * Applies `body(i, carry)` for i from `lo` to before `hi`.
 *
 * With bounds that are known (numbers, or tensors with a value) the loop is a {@link scan}, so that reverse mode goes
 * through it; with traced bounds it is a {@link whileLoop}, and does not. `hi <= lo` means no iteration.
 *
 * @param lo the first index, an integer or a scalar integer tensor
 * @param hi the index to stop before
 * @param body takes the index (a scalar integer tensor) and the carry, gives the next carry
 * @throws ArgumentError CT406 if a bound is not a scalar integer
 * @throws TransformError CT402 if the carry changes structure or type
 * @example
 * lax.foriLoop(0, 5, (i, c) => c.add(i), 0).item(); // 10
 */
export function foriLoop<const C>(
  lo: number | bigint | Tensor,
  hi: number | bigint | Tensor,
  body: (i: Tensor, carry: Operand<C>) => NoInfer<Loose<C>>,
  init: C,
  options: ForiLoopOptions = {},
): Tensors<C> {
  const name = "lax.foriLoop";
  checkOptions(name, options, ["unroll"]);
  checkFunction(name, "body", body);
  const carry = flattenTensors(init, `${name}: init`);
  let [from, to] = [loopBound("lo", lo), loopBound("hi", hi)];
  if (from instanceof DeviceTensor && to instanceof DeviceTensor) {
    const length = Math.max(Number(to.item()) - Number(from.item()), 0);
    const state = withLeaf(from, carry);
    const unroll = unrollFactor(name, options.unroll);
    const noXs = flattenTensors(null, name);
    const out = scanFlat(name, scanBody(body), state, noXs, { length, reverse: false, unroll, counted: true });
    return (out.carry as [Tensor, Tensors<C>])[1];
  }
  if (unrollFactor(name, options.unroll) !== 1) {
    throw new ArgumentError("CT004", `${name}: unroll needs bounds that are known. Pass numbers, or leave unroll out.`);
  }
  if (from.dtype !== to.dtype) {
    const { dtype, weakType } = promoteTypes([from.aval, to.aval]);
    from = convert(from, dtype, weakType && from.weakType);
    to = convert(to, dtype, weakType && to.weakType);
  }
  const state: FlatTree = {
    leaves: [from, to, ...carry.leaves],
    treedef: new TreeDef("array", [leaf(from), leaf(to), carry.treedef]),
  };
  return (whileFlat(name, belowUpper, whileBody(body), state, true) as [Tensor, Tensor, Tensors<C>])[2];
}

const leaf = (x: Tensor): TreeDef => flattenTensors(x, "").treedef;
const withLeaf = (first: Tensor, { leaves, treedef }: FlatTree): FlatTree => ({
  leaves: [first, ...leaves],
  treedef: new TreeDef("array", [leaf(first), treedef]),
});

function loopBound(which: string, value: unknown): Tensor {
  const bad = (what: string): ArgumentError =>
    new ArgumentError(
      "CT406",
      `lax.foriLoop: ${which} must be an integer or a scalar integer tensor, but it is ${what}.`,
    );
  if (typeof value !== "number" && typeof value !== "bigint" && !(value instanceof Tensor))
    throw bad(describeType(value));
  if (typeof value === "number" && !Number.isInteger(value)) throw bad(String(value));
  const x = asTensor(value as TensorLeaf, "lax.foriLoop");
  if (x.ndim !== 0 || !isInteger(x.dtype)) throw bad(`a ${typeText(x.aval)} tensor`);
  return x;
}

// The functions that are traced are made once for each user's function, so that their programs are found again.
const scanBodies = new WeakMap<AnyFunction, AnyFunction>();
const whileBodies = new WeakMap<AnyFunction, AnyFunction>();

function remembered(bodies: WeakMap<AnyFunction, AnyFunction>, f: AnyFunction, make: () => AnyFunction): AnyFunction {
  let made = bodies.get(f);
  if (!made) {
    made = make();
    bodies.set(f, made);
  }
  return made;
}

const callBody = (body: AnyFunction, i: Tensor, carry: unknown): unknown =>
  callNow("lax.foriLoop", "body", body, [i, carry]);

const scanBody = (body: AnyFunction): AnyFunction =>
  remembered(scanBodies, body, () => ([i, carry]: [Tensor, unknown]) => [[add(i, 1), callBody(body, i, carry)], null]);

const whileBody = (body: AnyFunction): AnyFunction =>
  remembered(whileBodies, body, () => ([i, hi, carry]: [Tensor, Tensor, unknown]) => [
    add(i, 1),
    hi,
    callBody(body, i, carry),
  ]);

const belowUpper = ([i, hi]: [Tensor, Tensor]): Tensor => lt(i, hi);
