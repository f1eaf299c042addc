/** The compiler and its runtime, as the frontend sees them. */
export * from "./hlo/index.js";
export * from "./runtime/index.js";
