/** The lax namespace: operations without promotion or broadcasting, control flow, collectives. */

export type {
  ConvDimensionNames,
  ConvDimensionNumbers,
  ConvolutionOptions,
  ConvTransposeOptions,
  DotDimensionNumbers,
  GatherDimensionsInput as GatherDimensionNumbers,
  Padding,
  PaddingName,
  ScatterDimensionsInput as ScatterDimensionNumbers,
} from "../primitives/index.js";
export * from "./collectives.js";
export * from "./constants.js";
export * from "./control.js";
export * from "./elementwise.js";
export { fft } from "./fft.js";
export * as linalg from "./linalg.js";
export type { ModeName } from "./modes.js";
export * from "./products.js";
export * from "./reductions.js";
export * from "./shapes.js";
export * from "./slicing.js";
export * from "./solvers.js";
export * from "./types.js";
export * from "./windows.js";
