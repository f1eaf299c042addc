/** Files. */
export { type LoadOptions, load } from "./load.js";
export { type SaveOptions, save } from "./save.js";
