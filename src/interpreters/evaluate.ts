/** Evaluation: each primitive is lowered, compiled once per signature, and run. */

import type { DeviceTensor } from "../core/device-tensor.js";
import type { Params } from "../core/jaxpr.js";
import type { Primitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import type { CustomJvpCall, CustomVjpCall } from "../core/trace.js";
import { currentTrace, leaked, setBaseTrace, Trace, Tracer } from "../core/trace.js";
import { dispatch } from "./dispatch.js";

class EvalTrace extends Trace {
  bind(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[] {
    return dispatch(primitive, concrete(args), params);
  }
  bindCustomJvp(call: CustomJvpCall, args: readonly Tensor[]): readonly Tensor[] {
    return call.fun(...args);
  }
  bindCustomVjp(call: CustomVjpCall, args: readonly Tensor[]): readonly Tensor[] {
    return call.fun(...args);
  }
}

/** Every tracer has its own trace above this one, so a tracer down here has been used where it does not belong. */
function concrete(args: readonly Tensor[]): readonly DeviceTensor[] {
  for (const x of args) if (x instanceof Tracer) throw leaked(x);
  return args as readonly DeviceTensor[];
}

setBaseTrace(new EvalTrace("evaluation", null));

/** Whether operations run at once: nothing is being staged. */
export function isEager(trace: Trace = currentTrace()): boolean {
  for (let t: Trace | null = trace; t; t = t.parent) if (t.staging) return false;
  return true;
}
