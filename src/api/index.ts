/** The transforms. */
export { type CheckpointOptions, checkpoint } from "../control/checkpoint.js";
export { checkpointName } from "../control/checkpoint-name.js";
export { type CheckpointPolicy, checkpointPolicies } from "../control/checkpoint-policies.js";
export { type CustomJvp, type CustomJvpOptions, customJvp } from "./custom-jvp.js";
export { type CustomVjp, type CustomVjpOptions, customVjp } from "./custom-vjp.js";
export { blockUntilReady, deviceGet, devicePut, whenReady } from "./device-put.js";
export { explainRecompiles } from "./explain-recompiles.js";
export type { BoundArgument, Exported, ExportText } from "./export.js";
export { type GradOptions, grad, valueAndGrad } from "./grad.js";
export { hessian, type JacobianOptions, jacfwd, jacrev, jacrev as jacobian } from "./jacobian.js";
export { type JitOptions, type Jitted, jit } from "./jit.js";
export { type JvpOptions, jvp, linearize } from "./jvp.js";
export { type MakeJaxprOptions, makeJaxpr } from "./make-jaxpr.js";
export { evalShape, ShapeDtypeStruct } from "./shape-dtype-struct.js";
export type { Compiled, Lowered, Traced } from "./stages.js";
export type { AnyFunction, Loose, LooseArgs, Tensors } from "./types.js";
export { linearTranspose, vjp } from "./vjp.js";
export { type VmapOptions, vmap } from "./vmap.js";
