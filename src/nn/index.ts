/** Neural networks: activations, attention, initial values, and layers over plain trees of parameters. */
export * from "./activations.js";
export { type AttentionOptions, dotProductAttention } from "./attention.js";
export type { Initializer } from "./initializers.js";
export * as initializers from "./initializers.js";
export * from "./layers/index.js";
export * from "./normalization.js";
export { type OneHotOptions, oneHot } from "./one-hot.js";
export { type ScaledProductOptions, scaledDotGeneral, scaledMatmul } from "./scaled.js";
