/** The linear algebra namespace, as NumPy's and JAX's. */
export * from "./decompositions.js";
export * from "./determinants.js";
export * from "./eigen.js";
export * from "./least-squares.js";
export * from "./norms.js";
export * from "./products.js";
export { inv, matrixPower, solve, tensorinv, tensorsolve } from "./solving.js";
