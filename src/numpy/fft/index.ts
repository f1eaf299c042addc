/** The Fourier transform namespace, as NumPy's and JAX's. */
export * from "./frequencies.js";
export * from "./transforms.js";
