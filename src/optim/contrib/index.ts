/** Optimizers that are newer or less settled than the others, as Optax's contrib. */
export * from "./distance.js";
export * from "./moments.js";
export * from "./muon.js";
export * from "./parameter-free.js";
export * from "./wrappers.js";
