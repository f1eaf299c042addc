/** Staging: a function run on tracers, every primitive written down, nothing computed. */
import type { ShapedArray } from "../core/aval.js";
import type { ClosedJaxpr, Params } from "../core/jaxpr.js";
import type { Primitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { type CustomJvpCall, type CustomVjpCall, currentTrace, Trace, withNewTrace } from "../core/trace.js";
import { customJvpCallP, customVjpCallP } from "./custom-calls.js";
import { closeOver } from "./eval-jaxpr.js";
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

/** The program of `f` for operands of the given types. Its constants may be tracers of outer traces. */
export function stage(
  f: (...args: Tensor[]) => readonly Tensor[],
  avals: readonly ShapedArray[],
  description: string,
): ClosedJaxpr {
  const trace = new StagingTrace(description, currentTrace());
  const args = avals.map((a) => trace.program.newArg(a));
  return withNewTrace(trace, () => trace.program.finish(f(...args)));
}

/** Writes a call with its own jvp rule down, its captured tensors as operands. */
export function stageCustomJvp(
  program: ProgramBuilder,
  call: CustomJvpCall,
  args: readonly Tensor[],
): readonly Tensor[] {
  const { jaxpr, consts } = stageCall(call, args);
  const params = { name: call.name, callJaxpr: jaxpr, jvp: call, numConsts: consts.length, symbolicZeros: undefined };
  return program.stage(customJvpCallP, [...consts, ...args], params);
}

/** Writes a call with its own vjp rule down, its captured tensors as operands. */
export function stageCustomVjp(
  program: ProgramBuilder,
  call: CustomVjpCall,
  args: readonly Tensor[],
): readonly Tensor[] {
  const { jaxpr, consts } = stageCall(call, args);
  const params = { name: call.name, callJaxpr: jaxpr, fwd: call, bwd: call.bwd, numConsts: consts.length };
  return program.stage(customVjpCallP, [...consts, ...args], params);
}

function stageCall(
  call: CustomJvpCall | CustomVjpCall,
  args: readonly Tensor[],
): { jaxpr: ClosedJaxpr; consts: readonly Tensor[] } {
  return closeOver(
    stage(
      call.fun,
      args.map((x) => x.aval),
      `'${call.name}'`,
    ),
  );
}
