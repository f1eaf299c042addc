/** The compiler and its runtime, as the frontend sees them. */
export * from "./hlo/index.js";
export { costAnalysis } from "./pipeline/cost-analysis.js";
export * from "./pipeline/dump.js";
export * from "./runtime/index.js";
export { NotPortable, stableHloText } from "./stablehlo/index.js";
