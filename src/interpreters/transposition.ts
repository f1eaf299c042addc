/** Transposition: a linear program run backwards, from cotangents of its results to cotangents of its inputs. */
import { sameShape } from "../core/aval.js";
import type { Params } from "../core/jaxpr.js";
import { type Atom, type ClosedJaxpr, type Eqn, type Jaxpr, JaxprCache, Literal, type Var } from "../core/jaxpr.js";
import { named, type Primitive, type SinglePrimitive } from "../core/primitive.js";
import { LinearOperand, Tensor, Zero } from "../core/tensor.js";
import { bind } from "../core/trace.js";
import { TransformError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { reduceSum } from "../primitives/reductions.js";
import { reshape } from "../primitives/shape.js";
import { stage } from "./staging.js";
import { addTangents, instantiate, isZero } from "./zeros.js";

/**
 * The cotangents of the operands marked `LinearOperand` (null for the others). Equations that do not depend on a linear
 * operand are run forwards first.
 */
export function backwardPass(
  jaxpr: Jaxpr,
  consts: readonly Tensor[],
  args: readonly (Tensor | LinearOperand)[],
  cts: readonly (Tensor | Zero)[],
): (Tensor | Zero | null)[] {
  const values = new Map<Var, Tensor>();
  const linear = new Set<Atom>();
  jaxpr.constvars.forEach((v, i) => values.set(v, consts[i]));
  jaxpr.invars.forEach((v, i) => {
    const x = args[i];
    if (x instanceof LinearOperand) linear.add(v);
    else values.set(v, x);
  });
  const read = (a: Atom): Tensor | LinearOperand =>
    a instanceof Literal ? a.value : linear.has(a) ? new LinearOperand(a.aval) : (values.get(a) as Tensor);

  const isLinear = ({ inputs }: Eqn): boolean => {
    for (let i = 0; i < inputs.length; i++) if (linear.has(inputs[i])) return true;
    return false;
  };
  const linearEqns: Eqn[] = [];
  for (const eqn of jaxpr.eqns) {
    if (isLinear(eqn)) {
      for (const v of eqn.outputs) linear.add(v);
      linearEqns.push(eqn);
    } else {
      const outs = bind(eqn.primitive, eqn.inputs.map(read) as Tensor[], eqn.params);
      eqn.outputs.forEach((v, i) => values.set(v, outs[i]));
    }
  }

  const cotangents = new Map<Atom, Tensor | Zero>();
  const accumulate = (a: Atom, ct: Tensor | Zero | null): void => {
    if (ct === null || isZero(ct) || !linear.has(a)) return;
    const before = cotangents.get(a);
    cotangents.set(a, before === undefined ? ct : addTangents(before, ct));
  };
  jaxpr.outvars.forEach((a, i) => accumulate(a, cts[i]));
  for (let k = linearEqns.length - 1; k >= 0; k--) {
    const { primitive, inputs, outputs, params } = linearEqns[k];
    const outs = new Array<Tensor | Zero>(outputs.length);
    let allZero = true;
    for (let i = 0; i < outputs.length; i++) {
      const v = outputs[i];
      const ct = cotangents.get(v);
      cotangents.delete(v);
      outs[i] = ct ?? new Zero(v.aval.tangent());
      if (ct !== undefined) allZero = false;
    }
    if (allZero) continue;
    const ins = transposeRule(primitive, outs, inputs.map(read), params);
    for (let i = 0; i < inputs.length; i++) accumulate(inputs[i], ins[i]);
  }
  return jaxpr.invars.map((v, i) =>
    args[i] instanceof LinearOperand ? (cotangents.get(v) ?? new Zero(v.aval.tangent())) : null,
  );
}

/** The cotangents of a primitive's linear operands. */
export function transposeRule(
  primitive: Primitive,
  cts: readonly (Tensor | Zero)[],
  args: readonly (Tensor | LinearOperand)[],
  params: Params,
): readonly (Tensor | Zero | null)[] {
  if (primitive.kind === "multi") {
    if (primitive.transpose === "none") throw notLinear(primitive);
    return primitive.transpose(cts, args, params);
  }
  return singleTranspose(primitive, instantiate(cts[0]), args, params);
}

function singleTranspose(
  primitive: SinglePrimitive,
  ct: Tensor,
  args: readonly (Tensor | LinearOperand)[],
  params: Params,
): (Tensor | null)[] {
  const { diff, operands } = primitive;
  const rules = diff.kind === "discrete" ? undefined : (diff.transpose as Record<string, unknown> | undefined);
  const x = named(primitive, args);
  const results = new Array<Tensor | null>(operands.length);
  let linear = 0;
  for (let i = 0; i < operands.length; i++) if (args[i] instanceof LinearOperand) linear++;
  if (diff.kind !== "linear" && linear > 1) throw notLinear(primitive);
  for (let i = 0; i < operands.length; i++) {
    const operand = args[i];
    results[i] = null;
    if (!(operand instanceof LinearOperand)) continue;
    const rule = rules?.[operands[i]];
    if (typeof rule !== "function") throw notLinear(primitive, operands[i]);
    const result = rule(ct, x, params) as Tensor;
    results[i] = primitive.batching === "elementwise" ? unbroadcast(result, operand.shape) : result;
  }
  return results;
}

/** A scalar operand, or one of size 1 in a dimension, stood for several elements: its cotangents add up. */
function unbroadcast(ct: Tensor, shape: readonly number[]): Tensor {
  if (sameShape(ct.shape, shape)) return ct;
  const repeated = range(ct.ndim).filter((d) => shape.length === 0 || shape[d] !== ct.shape[d]);
  return reshape(reduceSum(ct, repeated), shape);
}

const notLinear = (primitive: Primitive, operand?: string): TransformError =>
  new TransformError(
    "CT326",
    `${primitive.name} is not linear${operand ? ` in operand '${operand}'` : " in its operands"}, so it cannot be transposed. ` +
      "linearTranspose takes functions that are linear in every argument; grad and vjp take any differentiable one.",
  );

const transposedJaxprs = new JaxprCache<{ jaxpr: ClosedJaxpr; nonzeroOut: boolean[] }>();

/**
 * The transpose of a program in its inputs marked linear: takes the other inputs, then the cotangents of the results
 * marked nonzero; gives the cotangents of the linear inputs that are nonzero, and with `instantiateOut` also zeros: for
 * all of them or for those marked, counting linear inputs only.
 */
export function transposeJaxpr(
  closed: ClosedJaxpr,
  linear: readonly boolean[],
  nonzeroCts: readonly boolean[],
  instantiateOut: boolean | readonly boolean[] = false,
): { jaxpr: ClosedJaxpr; nonzeroOut: boolean[] } {
  return transposedJaxprs.get(closed, `${linear}|${nonzeroCts}|${instantiateOut}`, () => {
    const { inAvals, outAvals } = closed;
    const known = inAvals.filter((_, i) => !linear[i]);
    let nonzeroOut: boolean[] = [];
    const jaxpr = stage(
      (...given) => {
        const rest = [...given];
        const args = inAvals.map((a, i) => (linear[i] ? null : (rest.shift() as Tensor)) ?? new LinearOperand(a));
        const cts = outAvals.map((a, i) => (nonzeroCts[i] ? (rest.shift() as Tensor) : new Zero(a.tangent())));
        const outs = backwardPass(closed.jaxpr, closed.consts, args, cts).filter((ct) => ct !== null);
        const wanted = (i: number): boolean =>
          typeof instantiateOut === "boolean" ? instantiateOut : instantiateOut[i];
        const kept = outs.map((ct, i) => (wanted(i) ? instantiate(ct) : ct));
        nonzeroOut = kept.map((ct) => ct instanceof Tensor);
        return kept.filter((ct): ct is Tensor => ct instanceof Tensor);
      },
      [...known, ...outAvals.filter((_, i) => nonzeroCts[i]).map((a) => a.tangent())],
      "transposition of a program",
    );
    return { jaxpr, nonzeroOut };
  });
}
