/** Files. */
export { load, type LoadOptions } from "./load.js";
export { save, type SaveOptions } from "./save.js";
