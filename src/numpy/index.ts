/** The numpy namespace: NumPy's functions as JAX has them, under camelCase names. One family to a line. */
export * from "./arithmetic.js";
export * from "./bits.js";
export * from "./comparison.js";
export * from "./complex.js";
export * from "./exponential.js";
export * from "./float-parts.js";
export * from "./predicates.js";
export * from "./rounding.js";
export * from "./special.js";
export * from "./trigonometric.js";
