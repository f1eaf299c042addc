/** Lowering: a jaxpr becomes an HLO module, equation by equation, calls inlined. */

import { arrayShape, HloBuilder, type HloInstruction, type HloModule, shapeText } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import type { DeviceTensor } from "../core/device-tensor.js";
import { type Atom, type ClosedJaxpr, type Eqn, Literal, type Var } from "../core/jaxpr.js";
import { type LoweringContext, named } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { leaked, Tracer } from "../core/trace.js";

export interface LoweredProgram {
  readonly module: HloModule;
  /** Passed before the arguments; scalars are in the program instead. */
  readonly consts: readonly DeviceTensor[];
}

const shapeOf = (a: ShapedArray) => arrayShape(a.dtype, a.shape);

const constantOf = (x: Tensor): DeviceTensor => {
  if (x instanceof Tracer) throw leaked(x);
  return x.concrete("lowering a constant") as DeviceTensor;
};

/** The module of a program: parameters are its large constants, then its inputs. `donated` numbers inputs. */
export function lowerProgram(closed: ClosedJaxpr, name: string, donated: readonly number[] = []): LoweredProgram {
  const moduleName = `jit_${name.replaceAll(/\W+/g, "_")}`;
  const b = new HloBuilder(moduleName);
  const consts = closed.consts.map(constantOf);
  const large = consts.filter((x) => x.size > 1);
  const parameters = new Map(large.map((x, i) => [x, b.parameter(shapeOf(x.aval), `const${i}`)]));
  const args = closed.jaxpr.invars.map((v) => b.parameter(shapeOf(v.aval)));
  const constValues = consts.map((x) => parameters.get(x) ?? constantIn(b, x));
  const roots = lowerEqns(b, closed, constValues, args);
  const donation = donate(donated, closed, large.length);
  return { module: b.module(moduleName, roots, donation.length > 0 ? { donation } : {}), consts: large };
}

/** Pairs each donated input with the first free output of its type. */
function donate(donated: readonly number[], closed: ClosedJaxpr, offset: number): [number, number][] {
  const free = closed.outAvals.map((a) => shapeText(shapeOf(a)));
  return donated.flatMap((i): [number, number][] => {
    const out = free.indexOf(shapeText(shapeOf(closed.inAvals[i])));
    if (out < 0) return [];
    free[out] = "";
    return [[offset + i, out]];
  });
}

const constantIn = (b: HloBuilder, x: DeviceTensor): HloInstruction => b.constant(x.dtype, x.shape, x.hostData());

function inline(b: HloBuilder, closed: ClosedJaxpr, args: readonly HloInstruction[]): HloInstruction[] {
  return lowerEqns(
    b,
    closed,
    closed.consts.map((x) => constantIn(b, constantOf(x))),
    args,
  );
}

function lowerEqns(
  b: HloBuilder,
  { jaxpr }: ClosedJaxpr,
  consts: readonly HloInstruction[],
  args: readonly HloInstruction[],
): HloInstruction[] {
  const env = new Map<Var, HloInstruction>();
  const read = (a: Atom): HloInstruction =>
    a instanceof Literal ? constantIn(b, constantOf(a.value)) : (env.get(a) as HloInstruction);
  jaxpr.constvars.forEach((v, i) => env.set(v, consts[i]));
  jaxpr.invars.forEach((v, i) => env.set(v, args[i]));
  for (const eqn of jaxpr.eqns) {
    b.origin = eqn.primitive.name;
    lowerEqn(b, eqn, eqn.inputs.map(read)).forEach((x, i) => env.set(eqn.outputs[i], x));
  }
  return jaxpr.outvars.map(read);
}

function lowerEqn(
  b: HloBuilder,
  { primitive, inputs, outputs, params }: Eqn,
  args: HloInstruction[],
): HloInstruction[] {
  const avals = inputs.map((a) => a.aval);
  if (primitive.kind === "single") {
    const types = { avals: named(primitive, avals), out: outputs[0].aval };
    return [primitive.lower(b, named(primitive, args), params, types)];
  }
  const cx: LoweringContext = { b, inline, avals, outs: outputs.map((v) => v.aval) };
  return primitive.lower(cx, args, params);
}
