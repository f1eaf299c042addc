/**
 * Traces and the current one. A trace gives primitives their meaning: evaluating, differentiating, batching,
 * staging. Binding goes to the current trace; a trace treats tensors that are not its own as constants and hands
 * work that does not concern it to its parent.
 */
import { ConcretizationError, LeakedTracerError } from "../prelude/errors.js";
import type { Params } from "./jaxpr.js";
import type { AxisData, Primitive } from "./primitive.js";
import { type Readable, Tensor, type Zero } from "./tensor.js";

/** A function with its own jvp rule, over flat lists of tensors. */
export interface CustomJvpCall {
  readonly name: string;
  readonly fun: (...args: Tensor[]) => readonly Tensor[];
  /** Tangents of inexact operands are instantiated; those of integers are zeros of their tangent type. */
  readonly jvp: (
    primals: readonly Tensor[],
    tangents: readonly (Tensor | Zero)[],
  ) => { readonly outs: readonly Tensor[]; readonly tangents: readonly (Tensor | Zero)[] };
}

/** A function with its own vjp rule, over flat lists of tensors. */
export interface CustomVjpCall {
  readonly name: string;
  readonly fun: (...args: Tensor[]) => readonly Tensor[];
  readonly fwd: (...args: Tensor[]) => { readonly res: readonly Tensor[]; readonly outs: readonly Tensor[] };
  readonly bwd: (res: readonly Tensor[], cts: readonly Tensor[]) => readonly (Tensor | Zero)[];
}

export abstract class Trace {
  /** False once the transformed function has returned: its tracers may not be used any more. */
  alive = true;
  /** Whether primitives are written down instead of run. */
  readonly staging: boolean = false;
  constructor(
    /** The transform and the function, as messages name them: `grad of 'loss'`. */
    readonly description: string,
    readonly parent: Trace | null,
  ) {}
  abstract bind(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[];
  abstract bindCustomJvp(call: CustomJvpCall, args: readonly Tensor[]): readonly Tensor[];
  abstract bindCustomVjp(call: CustomVjpCall, args: readonly Tensor[]): readonly Tensor[];
  /** The named axes in scope, outermost first. */
  axes(): readonly AxisData[] {
    return this.parent?.axes() ?? [];
  }
}

/** A tensor that stands in for others under a transform. */
export abstract class Tracer extends Tensor {
  abstract readonly trace: Trace;
  /** What a tracer can still be read as: its concrete primal, if there is one. */
  protected primalForReading(): Tensor | null {
    return null;
  }
  /** Its type and the transform that it belongs to; its values are not read. */
  override toString(): string {
    return `Traced<${this.aval}>(${this.trace.description})`;
  }
  /** Operators would lose the derivative without a word, so they throw even where the value is known. */
  override [Symbol.toPrimitive](hint: string): never {
    const x = this.concrete(hint === "string" ? "conversion to a string" : "conversion to a number");
    throw new ConcretizationError(
      "CT303",
      `a ${x.aval} tensor traced by ${this.trace.description} cannot be an operand of JavaScript's operators or a string. ` +
        "Use methods (x.add(y), x.greater(0)), or read the value first (x.item(), x.js()); debug.print shows it.",
    );
  }
  concrete(action: string): Tensor & Readable {
    const primal = this.primalForReading();
    if (primal) return primal.concrete(action);
    throw new ConcretizationError(
      "CT301",
      `${action}: the value of this ${this.aval} tensor is not known while tracing ${this.trace.description}. ` +
        "Use lax.cond, lax.whileLoop or np.where to decide on values, or make the argument static (staticArgnums).",
    );
  }
}

let current: Trace | null = null;
let base: Trace | null = null;

/** The evaluating trace at the bottom, put in place once by the interpreters. */
export function setBaseTrace(trace: Trace): void {
  base = trace;
  current ??= trace;
}
export function currentTrace(): Trace {
  if (!current) throw new Error("no interpreter is loaded");
  return current;
}
/** The evaluating trace: what concrete tensors are computed by. */
export function baseTrace(): Trace {
  if (!base) throw new Error("no interpreter is loaded");
  return base;
}

/** Runs `f` with `trace` as the current trace. */
export function withTrace<T>(trace: Trace, f: () => T): T {
  const saved = current;
  current = trace;
  try {
    return f();
  } finally {
    current = saved;
  }
}

/** Runs `f` under a new trace, after which the trace's tracers are dead. */
export function withNewTrace<T>(trace: Trace, f: () => T): T {
  try {
    return withTrace(trace, f);
  } finally {
    trace.alive = false;
  }
}

export const leaked = (x: Tracer): LeakedTracerError =>
  new LeakedTracerError(
    "CT302",
    `a tensor of type ${x.aval} escaped from ${x.trace.description}: it was used after that function had been traced, ` +
      "probably through a variable outside it. Return it from the function instead (hasAux helps under grad).",
  );

/** Applies a primitive in the current trace. */
export function bind(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[] {
  for (let i = 0; i < args.length; i++) {
    const x = args[i];
    if (x instanceof Tracer && !x.trace.alive) throw leaked(x);
  }
  if (primitive.kind === "multi" && primitive.bindWith) return primitive.bindWith(args, params);
  return currentTrace().bind(primitive, args, params);
}
