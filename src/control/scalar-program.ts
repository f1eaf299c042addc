/** Users' reducers: functions of two trees of scalars, as programs that are mapped over arrays and handed to HLO. */

import { arrayShape, type HloComputation } from "../../xla-like/index.js";
import { ShapedArray } from "../core/aval.js";
import { DeviceTensor } from "../core/device-tensor.js";
import type { Params } from "../core/jaxpr.js";
import { ClosedJaxpr, Jaxpr } from "../core/jaxpr.js";
import type { LoweringContext, MultiPrimitive } from "../core/primitive.js";
import { literalValue } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { bind, Tracer } from "../core/trace.js";
import { abstractEval } from "../interpreters/abstract-eval.js";
import { batchFlat, type Dim, materialize } from "../interpreters/batching.js";
import { evalClosed } from "../interpreters/eval-jaxpr.js";
import { ArgumentError, TransformError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { concatenate } from "../primitives/concatenate.js";
import { convert } from "../primitives/convert.js";
import { full } from "../primitives/fill.js";
import { identityElement, type Monoid } from "../primitives/reducers.js";
import { expandDims, squeeze } from "../primitives/shape.js";
import { slice } from "../primitives/slicing.js";
import { structure, type TreeDef } from "../tree/index.js";
import { checkFunction, flattenTensors } from "./arguments.js";
import { traceFunction } from "./initial-style.js";
import type { AnyFunction } from "./types.js";

export interface ReductionOperands {
  readonly xs: readonly Tensor[];
  readonly inits: readonly Tensor[];
  readonly treedef: TreeDef;
  /** Takes the scalars of one tree, then those of another. */
  readonly jaxpr: ClosedJaxpr;
}

/** The operands of a reduction by `computation`, checked against each other. */
export function reductionOperands(
  where: string,
  operands: unknown,
  initValues: unknown,
  computation: AnyFunction,
): ReductionOperands {
  checkFunction(where, "computation", computation);
  const { leaves: xs, treedef } = flattenTensors(operands, `${where}: operands`);
  const given = flattenTensors(initValues, `${where}: initValues`);
  if (given.treedef.key !== treedef.key) {
    throw new ArgumentError(
      "CT411",
      `${where}: operands are ${treedef}, but initValues ${given.treedef}. Give one initial value for each operand, in the same structure.`,
    );
  }
  // A number takes its operand's type.
  const inits = given.leaves.map((v, i) => (v.weakType && v.dtype !== xs[i].dtype ? convert(v, xs[i].dtype) : v));
  const avals = xs.map((x) => new ShapedArray([], x.dtype));
  const jaxpr = scalarProgram(
    computation,
    structure([operands, operands]),
    [...avals, ...avals],
    where,
    "computation",
    treedef,
    avals,
  );
  return { xs, inits, treedef, jaxpr };
}

/** Programs that own their constants, by the program that takes them as inputs. */
const owned = new WeakMap<ClosedJaxpr, ClosedJaxpr>();

/**
 * The program of `f` on scalars. It may close over tensors with known values only: HLO's reducers take no operands but
 * the elements.
 */
export function scalarProgram(
  f: AnyFunction,
  inTree: TreeDef,
  avals: readonly ShapedArray[],
  where: string,
  name: string,
  outTree: TreeDef,
  outs: readonly ShapedArray[],
): ClosedJaxpr {
  const traced = traceFunction(f, inTree, avals, where, name);
  const { jaxpr, consts } = traced;
  if (traced.outTree.key !== outTree.key || !jaxpr.outAvals.every((a, i) => a.matches(outs[i]))) {
    throw new ArgumentError(
      "CT411",
      `${where}: ${name} must return ${outTree} of types ${outs.join(", ")}, but it returned ${traced.outTree} of types ${jaxpr.outAvals.join(", ")}.`,
    );
  }
  if (consts.length === 0) return jaxpr;
  if (consts.some((x) => x instanceof Tracer)) {
    throw new TransformError(
      "CT410",
      `${where}: ${name} closes over a tensor that is being traced, but inside the operation only the elements are known. ` +
        "Make the tensor an operand that is reduced along, or use a number.",
    );
  }
  let program = owned.get(jaxpr);
  if (!program) {
    const { invars, eqns, outvars } = jaxpr.jaxpr;
    program = new ClosedJaxpr(
      new Jaxpr(invars.slice(0, consts.length), invars.slice(consts.length), eqns, outvars),
      consts,
    );
    owned.set(jaxpr, program);
  }
  return program;
}

const opcodes: Readonly<Record<string, Monoid>> = {
  add: "sum",
  mul: "prod",
  max: "max",
  min: "min",
  and: "and",
  or: "or",
  xor: "xor",
};

/** The monoid that a program of two scalars is, if it is one and starts from its identity element. */
export function monoidOf(jaxpr: ClosedJaxpr, inits: readonly Tensor[]): Monoid | undefined {
  const { invars, eqns, outvars, constvars } = jaxpr.jaxpr;
  const [init] = inits;
  if (inits.length !== 1 || constvars.length > 0 || eqns.length !== 1 || !(init instanceof DeviceTensor))
    return undefined;
  const [{ primitive, inputs, outputs }] = eqns;
  const joins = invars.every((v) => inputs.includes(v)) && outvars[0] === outputs[0];
  const monoid = joins ? opcodes[primitive.name] : undefined;
  if (monoid === undefined || (init.dtype === "bool" && (monoid === "sum" || monoid === "prod"))) return undefined;
  const identity = identityElement(monoid, init.dtype);
  const value = literalValue(init);
  const [real, imaginary] = typeof value === "object" ? [value.re, value.im] : [value, 0];
  return Number(real) === Number(identity) && imaginary === 0 ? monoid : undefined;
}

/** A program of scalars applied to arrays of one shape, element by element. */
export function mapProgram(jaxpr: ClosedJaxpr, args: readonly Tensor[]): Tensor[] {
  if (args[0].ndim === 0) return evalClosed(jaxpr, args);
  const size = args[0].shape[0];
  const { outs, dims } = batchFlat(
    (...xs) => mapProgram(jaxpr, xs),
    args,
    args.map(() => 0),
    { size, name: null },
    "a mapped reducer",
  );
  return outs.map((x, i) => materialize(x, dims[i], 0, size));
}

/** A program of scalars as an HLO computation. */
export function programComputation({ b, inline }: LoweringContext, name: string, jaxpr: ClosedJaxpr): HloComputation {
  const shapes = jaxpr.inAvals.map((a) => arrayShape(a.dtype, []));
  return b.computation(name, shapes, (c, params) => {
    const outs = inline(c, jaxpr, params);
    return outs.length === 1 ? outs[0] : outs;
  });
}

/** Batching where there is no better way: one operation for each element of the batch. */
export function batchOneByOne(
  primitive: MultiPrimitive,
  args: readonly Tensor[],
  dims: readonly Dim[],
  params: Params,
  size: number,
): { outs: Tensor[]; dims: number[] } {
  const rows = range(size).map((i) =>
    bind(
      primitive,
      args.map((x, j) => elementAt(x, dims[j], i)),
      params,
    ),
  );
  const types = abstractEval(
    primitive,
    args.map((x, i) => x.aval.without(dims[i])),
    params,
  ).avals;
  const outs = types.map((a, k) =>
    size === 0
      ? full([0, ...a.shape], a.dtype === "bool" ? false : 0, a.dtype)
      : concatenate(
          rows.map((r) => expandDims(r[k], [0])),
          0,
        ),
  );
  return { outs, dims: outs.map(() => 0) };
}

function elementAt(x: Tensor, dim: Dim, i: number): Tensor {
  if (dim === null) return x;
  const starts = x.shape.map((_, d) => (d === dim ? i : 0));
  return squeeze(
    slice(
      x,
      starts,
      x.shape.map((n, d) => (d === dim ? i + 1 : n)),
    ),
    [dim],
  );
}
