/** Staging: a function run on tracers, every primitive written down, nothing computed. */
import type { ShapedArray } from "../core/aval.js";
import { type ClosedJaxpr, type Params } from "../core/jaxpr.js";
import type { AxisData, Primitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { type CustomJvpCall, type CustomVjpCall, currentTrace, Trace, withNewTrace } from "../core/trace.js";
import { stageCustomJvp, stageCustomVjp } from "./custom-calls.js";
import { ProgramBuilder } from "./program-builder.js";

export class StagingTrace extends Trace {
  override readonly staging = true;
  readonly program = new ProgramBuilder(this);

  bind(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[] {
    return this.program.stage(primitive, args, params);
  }
  bindCustomJvp(call: CustomJvpCall, args: readonly Tensor[]): readonly Tensor[] {
    return stageCustomJvp(this.program, call, args);
  }
  bindCustomVjp(call: CustomVjpCall, args: readonly Tensor[]): readonly Tensor[] {
    return stageCustomVjp(this.program, call, args);
  }
}

/** A staging trace whose program has extra named axes in scope. */
class AxisStagingTrace extends StagingTrace {
  constructor(
    description: string,
    parent: Trace,
    private readonly added: readonly AxisData[],
  ) {
    super(description, parent);
  }
  override axes(): readonly AxisData[] {
    return [...super.axes(), ...this.added];
  }
}

/** The program of `f` for operands of the given types. Its constants may be tracers of outer traces. */
export function stage(
  f: (...args: Tensor[]) => readonly Tensor[],
  avals: readonly ShapedArray[],
  description: string,
  axes: readonly AxisData[] = [],
): ClosedJaxpr {
  const parent = currentTrace();
  const trace = axes.length > 0 ? new AxisStagingTrace(description, parent, axes) : new StagingTrace(description, parent);
  const args = avals.map((a) => trace.program.newArg(a));
  return withNewTrace(trace, () => trace.program.finish(f(...args)));
}
