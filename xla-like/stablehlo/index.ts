/** Programs as StableHLO, the text that XLA's other users exchange. */
export { NotPortable } from "./error.js";
export { stableHloText } from "./printer.js";
