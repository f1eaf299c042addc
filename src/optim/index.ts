/** Optimizers: pure transformations of gradients that compose, schedules, losses and projections, as in Optax. */
export * from "./apply.js";
export {
  chain,
  flatten,
  freeze,
  type MaskedState,
  masked,
  multiTransform,
  namedChain,
  type PartitionState,
  partition,
  selectiveTransform,
} from "./combining.js";
export * as contrib from "./contrib/index.js";
export { type InjectState, injectHyperparams } from "./inject.js";
export * from "./linear-algebra.js";
export * from "./losses/index.js";
export * from "./norms.js";
export * from "./optimizers.js";
export * from "./perturbations.js";
export * from "./projections.js";
export * from "./schedules.js";
export {
  identity,
  type ScaleByScheduleState,
  scale,
  scaleByLearningRate,
  scaleBySchedule,
  setToZero,
  stateless,
  statelessWithTreeMap,
} from "./transformation.js";
export * from "./transforms/accumulation.js";
export * from "./transforms/adding.js";
export * from "./transforms/backtracking.js";
export * from "./transforms/clipping.js";
export * from "./transforms/conditional.js";
export * from "./transforms/factored.js";
export * from "./transforms/lbfgs.js";
export * from "./transforms/moments.js";
export * from "./transforms/monitoring.js";
export * from "./transforms/plateau.js";
export * from "./transforms/root-mean-square.js";
export * from "./transforms/scaling.js";
export * from "./transforms/zoom.js";
export {
  globalNorm,
  safeIncrement,
  treeAdd,
  treeAddScale,
  treeAllclose,
  treeBatchShape,
  treeBiasCorrection,
  treeBiasCorrection as biasCorrection,
  treeCast,
  treeCastLike,
  treeClip,
  treeConj,
  treeDiv,
  treeDtype,
  treeFullLike,
  treeMax,
  treeMin,
  treeMul,
  treeNorm,
  treeOnesLike,
  treeRandomLike,
  treeReal,
  treeScale,
  treeSize,
  treeSplitKeyLike,
  treeSub,
  treeSum,
  treeUpdateInfinityMoment,
  treeUpdateInfinityMoment as updateInfinityMoment,
  treeUpdateMoment,
  treeUpdateMoment as updateMoment,
  treeUpdateMomentPerElemNorm,
  treeUpdateMomentPerElemNorm as updateMomentPerElemNorm,
  treeVdot,
  treeWhere,
  treeZerosLike,
} from "./trees.js";
export type * from "./types.js";
