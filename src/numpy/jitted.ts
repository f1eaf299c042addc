/** Library functions that are programs of their own. */
export { type Jitted, jitted } from "../control/jitted.js";
