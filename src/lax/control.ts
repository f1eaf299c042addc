/** Loops and branches inside programs. */
export { associativeScan } from "../control/associative-scan.js";
export { cond, switchCase as switch } from "../control/cond.js";
export { map } from "../control/map.js";
export { scan } from "../control/scan.js";
export { foriLoop, whileLoop } from "../control/while-loop.js";
