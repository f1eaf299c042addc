/** What options are called, for those who prefer constants to strings; every option takes the strings as well. */

/** How exactly a device multiplies floats: as fast as it can, or as exactly. */
export const Precision = Object.freeze({ DEFAULT: "default", HIGH: "high", HIGHEST: "highest" } as const);
/** Where halves go when they are rounded: away from zero, or to the even neighbour. */
export const RoundingMethod = Object.freeze({
  AWAY_FROM_ZERO: "awayFromZero",
  TO_NEAREST_EVEN: "toNearestEven",
} as const);
/** What becomes of windows that are not wholly inside: moved inside, filled or dropped, or promised not to occur. */
export const GatherScatterMode = Object.freeze({
  CLIP: "clip",
  FILL_OR_DROP: "fill_or_drop",
  PROMISE_IN_BOUNDS: "promise_in_bounds",
} as const);
/** Forward or inverse; of complex numbers, or of real ones. */
export const FftType = Object.freeze({ FFT: "FFT", IFFT: "IFFT", RFFT: "RFFT", IRFFT: "IRFFT" } as const);

export type Precision = (typeof Precision)[keyof typeof Precision];
export type RoundingMethod = (typeof RoundingMethod)[keyof typeof RoundingMethod];
export type GatherScatterMode = (typeof GatherScatterMode)[keyof typeof GatherScatterMode];
export type FftType = (typeof FftType)[keyof typeof FftType];
