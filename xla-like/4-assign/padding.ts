/** How memory is divided: ranges begin at multiples of this, and hold this much beyond their last element. */
export const alignment = 256;

/** The room that `bytes` take, with enough behind them for kernels to run over the end in whole vectors. */
export const padded = (bytes: number): number => Math.ceil(bytes / alignment) * alignment + alignment;
