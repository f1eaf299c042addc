import type { ShapedArray } from "../core/aval.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { type Effects, noEffects } from "../core/effects.js";
import { type Atom, ClosedJaxpr, type Eqn, Jaxpr, Literal, type Params, Var } from "../core/jaxpr.js";
import type { Primitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { type Trace, Tracer } from "../core/trace.js";
import { withOwnLists } from "../prelude/same-data.js";
import { abstractEval, type Types } from "./abstract-eval.js";
import { usedAtoms } from "./dce.js";
import { RecentCalls } from "./recent-calls.js";

/** A tracer that stands for a variable of a program being written. */
export class VarTracer extends Tracer {
  constructor(
    readonly trace: Trace,
    readonly variable: Var,
  ) {
    super();
  }
  get aval(): ShapedArray {
    return this.variable.aval;
  }
}

const knownTypes = new RecentCalls<Types>();

/** The types of the results. Programs among the parameters say their results' types themselves. */
function typesOf(primitive: Primitive, args: readonly Tensor[], params: Params): Types {
  const known = primitive.kind === "single" ? knownTypes.find(primitive, primitive, args, params, null) : undefined;
  if (known !== undefined) return known;
  const types = abstractEval(
    primitive,
    args.map((x) => x.aval),
    params,
  );
  if (primitive.kind === "single") knownTypes.add(primitive, primitive, args, params, null, types);
  return types;
}

/** A jaxpr in the making. Tensors that are not its own variables become literals or constants. */
export class ProgramBuilder {
  readonly #eqns: Eqn[] = [];
  readonly #invars: Var[] = [];
  readonly #constants = new Map<Tensor, Var>();

  constructor(private readonly trace: Trace) {}

  owns(x: Tensor): x is VarTracer {
    return x instanceof VarTracer && x.trace === this.trace;
  }

  newArg(aval: ShapedArray): VarTracer {
    const v = new Var(aval);
    this.#invars.push(v);
    return new VarTracer(this.trace, v);
  }

  /** Adds an equation; its results are variables of this program. */
  stage(primitive: Primitive, args: readonly Tensor[], given: Params): VarTracer[] {
    // The caller may change its lists afterwards.
    const params = withOwnLists(given);
    const { avals, effects } = typesOf(primitive, args, params);
    return this.push(primitive, args, params, avals, effects);
  }

  push(
    primitive: Primitive,
    args: readonly Tensor[],
    params: Params,
    avals: readonly ShapedArray[],
    effects: Effects = noEffects,
  ): VarTracer[] {
    const inputs = new Array<Atom>(args.length);
    for (let i = 0; i < args.length; i++) inputs[i] = this.#atom(args[i]);
    const outputs = new Array<Var>(avals.length);
    const tracers = new Array<VarTracer>(avals.length);
    for (let i = 0; i < avals.length; i++) {
      outputs[i] = new Var(avals[i]);
      tracers[i] = new VarTracer(this.trace, outputs[i]);
    }
    this.#eqns.push({ primitive, inputs, params, outputs, effects });
    return tracers;
  }

  finish(outs: readonly Tensor[]): ClosedJaxpr {
    const outvars = outs.map((x) => this.#atom(x));
    const used = usedAtoms(this.#eqns, outvars);
    const constvars: Var[] = [];
    const consts: Tensor[] = [];
    for (const [x, v] of this.#constants) {
      if (!used.has(v)) continue;
      constvars.push(v);
      consts.push(x);
    }
    return new ClosedJaxpr(new Jaxpr(constvars, this.#invars, this.#eqns, outvars), consts);
  }

  #atom(x: Tensor): Atom {
    if (this.owns(x)) return x.variable;
    if (x instanceof DeviceTensor && x.isLiteral) return new Literal(x);
    let v = this.#constants.get(x);
    if (!v) {
      v = new Var(x.aval);
      this.#constants.set(x, v);
    }
    return v;
  }
}
