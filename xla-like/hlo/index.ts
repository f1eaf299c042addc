/** The HLO: types, builder, verifier, text. */
export { AttentionHeads } from "./attention-heads.js";
export { HloBuilder, type ReducerName } from "./builder.js";
export * from "./dtype.js";
export { computationEquals, moduleEquals } from "./equality.js";
export { HloError } from "./error.js";
export { bf16ToNumber, f16ToNumber, numberToBf16, numberToF16 } from "./float16.js";
export {
  calledComputations,
  computationHasSideEffect,
  computationsFrom,
  computationsOf,
  hasSideEffect,
  nameOf,
  nextIdOf,
} from "./graph.js";
export { inferShape } from "./inference/index.js";
export { windowOutputSize } from "./inference/window.js";
export * from "./instruction.js";
export { type ScalarValue, scalarData } from "./literal.js";
export { type HloParseError, parseModule, parseModuleOrThrow } from "./parser.js";
export { printComputation, printInstruction, printModule } from "./printer.js";
export * from "./shape.js";
export { verify } from "./verifier.js";
