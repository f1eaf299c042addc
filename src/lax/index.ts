/** The lax namespace: operations without promotion or broadcasting, control flow, collectives. */
export * from "./collectives.js";
export * from "./constants.js";
export * from "./control.js";
export * from "./elementwise.js";
export { fft } from "./fft.js";
export * as linalg from "./linalg.js";
export * from "./products.js";
export * from "./reductions.js";
export * from "./shapes.js";
export * from "./slicing.js";
export * from "./types.js";
export * from "./windows.js";
