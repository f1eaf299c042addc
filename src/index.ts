export * as random from "./random/index.js";
