export { type GetOptions, IndexedTensor, type UpdateOptions } from "./at.js";
export type { IndexPart, SlicePart } from "./parse.js";
export { type IndexMode, takeIndex } from "./take-index.js";
