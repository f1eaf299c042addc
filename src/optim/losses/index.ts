/** Losses. */
export type { AxisOptions } from "./arguments.js";
export * from "./classification.js";
export * from "./regression.js";
export * from "./structured.js";
