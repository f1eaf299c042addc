/** Files. */
export { type LoadOptions, load } from "./load.js";
export type { RestoreReport } from "./restore.js";
export { type SaveOptions, save } from "./save.js";
export type { LeafInfo, Rename, Select } from "./selection.js";
