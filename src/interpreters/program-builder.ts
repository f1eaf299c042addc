import type { ShapedArray } from "../core/aval.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { type Effects, noEffects } from "../core/effects.js";
import { type Atom, ClosedJaxpr, type Eqn, Jaxpr, Literal, type Params, Var } from "../core/jaxpr.js";
import type { Primitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { type Trace, Tracer } from "../core/trace.js";
import { withOwnLists } from "../prelude/same-data.js";
import { abstractEval } from "./abstract-eval.js";

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
    const { avals, effects } = abstractEval(
      primitive,
      args.map((x) => x.aval),
      params,
    );
    return this.push(primitive, args, params, avals, effects);
  }

  push(
    primitive: Primitive,
    args: readonly Tensor[],
    params: Params,
    avals: readonly ShapedArray[],
    effects: Effects = noEffects,
  ): VarTracer[] {
    const outputs = avals.map((a) => new Var(a));
    this.#eqns.push({ primitive, inputs: args.map((x) => this.#atom(x)), params, outputs, effects });
    return outputs.map((v) => new VarTracer(this.trace, v));
  }

  finish(outs: readonly Tensor[]): ClosedJaxpr {
    const outvars = outs.map((x) => this.#atom(x));
    const used = new Set<Atom>([...this.#eqns.flatMap((e) => e.inputs), ...outvars]);
    const constants = [...this.#constants].filter(([, v]) => used.has(v));
    const jaxpr = new Jaxpr(
      constants.map(([, v]) => v),
      this.#invars,
      this.#eqns,
      outvars,
    );
    return new ClosedJaxpr(
      jaxpr,
      constants.map(([x]) => x),
    );
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
