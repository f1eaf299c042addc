/** Files. */

export { CheckpointFile, open, type ReadOptions } from "./checkpoint-file.js";
export { CheckpointManager, type CheckpointManagerOptions, type CheckpointOptions } from "./checkpoint-manager.js";
export {
  type LoadedFunction,
  type LoadedFunctionInfo,
  type LoadFunctionOptions,
  loadFunction,
} from "./function/load.js";
export { type SaveFunctionOptions, type SerializeOptions, saveFunction, serializeFunction } from "./function/save.js";
export { type LoadOptions, load } from "./load.js";
export { loadNpz, type NpzSaveOptions, saveNpz } from "./npz.js";
export { loadNpy, type NumpyLoadOptions, type NumpySaveOptions, saveNpy } from "./numpy-file.js";
export type { RestoreReport } from "./restore.js";
export type { Best } from "./retention.js";
export { type SaveOptions, save } from "./save.js";
export type { LeafInfo, Rename, Select } from "./selection.js";
export type { Metrics } from "./step-files.js";
