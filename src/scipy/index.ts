/** The scipy namespace. */
export * as special from "./special/index.js";
