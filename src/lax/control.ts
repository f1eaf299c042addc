/** Loops and branches inside programs. */
export { type AssociativeScanOptions, associativeScan } from "../control/associative-scan.js";
export { cond, switchCase as switch } from "../control/cond.js";
export { type MapOptions, map } from "../control/map.js";
export { type ScanOptions, scan } from "../control/scan.js";
export { type ForiLoopOptions, foriLoop, whileLoop } from "../control/while-loop.js";
