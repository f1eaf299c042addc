/** The interpreters. Importing this puts the evaluating trace in place. */
export * from "./abstract-eval.js";
export * from "./batching.js";
export * from "./check-jaxpr.js";
export * from "./custom-calls.js";
export * from "./dce.js";
export * from "./eval-jaxpr.js";
export * from "./evaluate.js";
export * from "./executable.js";
export * from "./jvp.js";
export * from "./linearize.js";
export * from "./lowering.js";
export * from "./partial-eval.js";
export * from "./staging.js";
export * from "./transposition.js";
export * from "./zeros.js";
