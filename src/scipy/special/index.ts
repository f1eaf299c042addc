/** Special functions, under scipy.special's names. One family to a line. */
export * from "./bessel.js";
export * from "./entropy.js";
export * from "./exponential-integrals.js";
export * from "./gamma.js";
export * from "./normal.js";
export { logSoftmax, logsumexp, softmax } from "./normalised.js";
