/** From scheduled HLO with its memory assigned to LLVM IR for a grid of threads and a plan. */
export { type CudaEmission, CudaLibrary, emitCuda } from "./emit.js";
export { keepsAttention } from "./libraries/index.js";
export { type CudaArch, type CudaTarget, cudaTarget } from "./target.js";
