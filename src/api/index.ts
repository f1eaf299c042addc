/** The transforms. */
export { checkpoint } from "../control/checkpoint.js";
export { checkpointName } from "../control/checkpoint-name.js";
export { checkpointPolicies } from "../control/checkpoint-policies.js";
export { customJvp } from "./custom-jvp.js";
export { customVjp } from "./custom-vjp.js";
export { blockUntilReady, deviceGet, devicePut, whenReady } from "./device-put.js";
export { explainRecompiles } from "./explain-recompiles.js";
export { grad, valueAndGrad } from "./grad.js";
export { hessian, jacfwd, jacrev } from "./jacobian.js";
export { jit } from "./jit.js";
export { jvp, linearize } from "./jvp.js";
export { makeJaxpr } from "./make-jaxpr.js";
export { evalShape, ShapeDtypeStruct } from "./shape-dtype-struct.js";
export { linearTranspose, vjp } from "./vjp.js";
export { vmap } from "./vmap.js";
