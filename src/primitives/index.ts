/** The primitives and the functions that bind them. */
export * from "./arithmetic.js";
export * from "./bitwise.js";
export * from "./comparison.js";
export * from "./complex.js";
export * from "./convert.js";
export * from "./exponential.js";
export * from "./fill.js";
export * from "./powers.js";
export * from "./rounding.js";
export * from "./select.js";
export * from "./shape.js";
export * from "./special.js";
export * from "./trigonometric.js";
