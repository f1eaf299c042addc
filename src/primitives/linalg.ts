/** Decompositions, for `lax.linalg` and `numpy.linalg`. */
export * from "./linalg-cholesky.js";
export * from "./linalg-eigen.js";
export * from "./linalg-lu.js";
export * from "./linalg-qr.js";
export * from "./linalg-svd.js";
