import { precisionKey } from "./matmul-precision.js";
import { baseTrace, currentTrace } from "./trace.js";

/** Equal where functions are traced alike, given arguments of the same types: named axes and the precision in scope. */
export function traceKey(): string {
  const trace = currentTrace();
  if (trace === baseTrace()) return precisionKey();
  const axes = trace.axes().map((a) => `${a.name}:${a.size}`);
  return axes.length === 0 ? precisionKey() : `${axes.join()} ${precisionKey()}`;
}
