/**
 * Getting data to a training loop: mini-batches, splits, tables.
 * @module data
 */
export { type Batches, type BatchOptions, batches } from "./batches.js";
export { type CsvOptions, loadCsv } from "./load-csv.js";
export { type PrefetchOptions, prefetch } from "./prefetch.js";
export { type Parts, type SplitOptions, split } from "./split.js";
