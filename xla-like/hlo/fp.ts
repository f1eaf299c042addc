// The only place in the compiler that imports fp-ts: text parsing gives an Either, and the pipeline is a flow of phases.
export * as Either from "fp-ts/lib/Either.js";
export { flow } from "fp-ts/lib/function.js";
