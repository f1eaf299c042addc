/** The numpy namespace: NumPy's functions as JAX has them, under camelCase names. One family to a line. */
export * from "./arithmetic.js";
export * from "./exponential.js";
export * from "./trigonometric.js";
