/** Partial evaluation: what depends on known values runs now, the rest is written down. */

import { DeviceTensor } from "../core/device-tensor.js";
import { ClosedJaxpr, Jaxpr, JaxprCache, type Params } from "../core/jaxpr.js";
import type { PartialEvalContext, Primitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import {
  bind,
  type CustomJvpCall,
  type CustomVjpCall,
  currentTrace,
  Trace,
  withNewTrace,
  withTrace,
} from "../core/trace.js";
import { dceClosed } from "./dce.js";
import { evalClosed } from "./eval-jaxpr.js";
import { ProgramBuilder, type VarTracer } from "./program-builder.js";
import { stage, stageCustomJvp, stageCustomVjp } from "./staging.js";

export class PartialEvalTrace extends Trace implements PartialEvalContext {
  declare readonly parent: Trace;
  readonly program = new ProgramBuilder(this);

  isUnknown(x: Tensor): x is VarTracer {
    return this.program.owns(x);
  }
  #someUnknown(args: readonly Tensor[]): boolean {
    for (let i = 0; i < args.length; i++) if (this.program.owns(args[i])) return true;
    return false;
  }

  stage(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[] {
    return this.program.stage(primitive, args, params);
  }

  known(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[] {
    return withTrace(this.parent, () => bind(primitive, args, params));
  }

  bind(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[] {
    if (!this.#someUnknown(args)) return this.known(primitive, args, params);
    if (primitive.kind === "multi" && primitive.partialEval !== "whole") {
      return primitive.partialEval(this, args, params);
    }
    return this.stage(primitive, args, params);
  }

  bindCustomJvp(call: CustomJvpCall, args: readonly Tensor[]): readonly Tensor[] {
    if (this.#someUnknown(args)) return stageCustomJvp(this.program, call, args);
    return withTrace(this.parent, () => currentTrace().bindCustomJvp(call, args));
  }
  bindCustomVjp(call: CustomVjpCall, args: readonly Tensor[]): readonly Tensor[] {
    if (this.#someUnknown(args)) return stageCustomVjp(this.program, call, args);
    return withTrace(this.parent, () => currentTrace().bindCustomVjp(call, args));
  }
}

export interface PartialJaxpr {
  /** Known inputs → known results, then residuals. */
  readonly known: ClosedJaxpr;
  /** Residuals, then unknown inputs → unknown results. */
  readonly unknown: ClosedJaxpr;
  readonly unknownOut: readonly boolean[];
  /** For each residual the known input it is, or null: the result of `known` after the known results, in order. */
  readonly forwarded: readonly (number | null)[];
}

const partialJaxprs = new JaxprCache<PartialJaxpr>();

/** Splits a program by which inputs are unknown. Results marked in `makeUnknown` are given by the unknown part. */
export function partialEvalJaxpr(
  closed: ClosedJaxpr,
  unknownIn: readonly boolean[],
  makeUnknown: readonly boolean[] = closed.outAvals.map(() => false),
): PartialJaxpr {
  return partialJaxprs.get(closed, `${unknownIn}|${makeUnknown}`, () => {
    const { inAvals } = closed;
    let unknown: ClosedJaxpr | undefined;
    let unknownOut: boolean[] = [];
    let forwarded: (number | null)[] = [];
    const known = stage(
      (...knownArgs) => {
        const given = [...knownArgs];
        const trace = new PartialEvalTrace("partial evaluation of a program", currentTrace());
        const inputs = inAvals.map((a, i) => (unknownIn[i] ? trace.program.newArg(a) : (given.shift() as Tensor)));
        return withNewTrace(trace, () => {
          const outs = evalClosed(closed, inputs);
          unknownOut = outs.map((x, i) => trace.isUnknown(x) || makeUnknown[i]);
          const program = dceClosed(trace.program.finish(outs.filter((_, i) => unknownOut[i])));
          const { residuals, opened } = residualsOf(program);
          unknown = opened;
          forwarded = residuals.map((r) => (knownArgs.includes(r) ? knownArgs.indexOf(r) : null));
          return [...outs.filter((_, i) => !unknownOut[i]), ...residuals.filter((_, i) => forwarded[i] === null)];
        });
      },
      inAvals.filter((_, i) => !unknownIn[i]),
      "partial evaluation of a program",
    );
    return { known, unknown: unknown as ClosedJaxpr, unknownOut, forwarded };
  });
}

/** Constants that come from outside stay constants; the values computed by the known part become inputs. */
function residualsOf(program: ClosedJaxpr): { residuals: Tensor[]; opened: ClosedJaxpr } {
  const { jaxpr, consts } = program;
  const inside = consts.map((x) => !(x instanceof DeviceTensor));
  const opened = new ClosedJaxpr(
    new Jaxpr(
      jaxpr.constvars.filter((_, i) => !inside[i]),
      [...jaxpr.constvars.filter((_, i) => inside[i]), ...jaxpr.invars],
      jaxpr.eqns,
      jaxpr.outvars,
    ),
    consts.filter((_, i) => !inside[i]),
  );
  return { residuals: consts.filter((_, i) => inside[i]), opened };
}
