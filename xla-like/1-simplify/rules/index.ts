/** Every rule, family by family. For each opcode they are tried in this order. */
import type { Rule } from "../rewriting/rule.js";
import { broadcastRules } from "./broadcasts.js";
import { callRules } from "./calls.js";
import { complexRules } from "./complex.js";
import { concatenationRules } from "./concatenations.js";
import { constantRules } from "./constants.js";
import { conversionRules } from "./conversions.js";
import { convolutionRules } from "./convolutions.js";
import { dotOperandRules } from "./dot-operands.js";
import { dotResultRules } from "./dot-results.js";
import { dynamicSliceRules } from "./dynamic-slices.js";
import { gatherRules } from "./gathers.js";
import { identityRules } from "./identities.js";
import { integerRules } from "./integers.js";
import { loopProductRules } from "./loop-products.js";
import { loopResidualRules } from "./loop-residuals.js";
import { loopStackRules } from "./loop-stacks.js";
import { loopSumRules } from "./loop-sums.js";
import { loopRules } from "./loops.js";
import { motionRules } from "./motion.js";
import { padRules } from "./pads.js";
import { powerRules } from "./powers.js";
import { predicateRules } from "./predicates.js";
import { reductionRules } from "./reductions.js";
import { reshapeRules } from "./reshapes.js";
import { reversalRules } from "./reversals.js";
import { signRules } from "./signs.js";
import { sliceRules } from "./slices.js";
import { transposeRules } from "./transposes.js";
import { tupleRules } from "./tuples.js";
import { unusedResultRules } from "./unused-results.js";

/** Arrays without elements and constants first: what follows need not think of them. */
export const ruleFamilies = {
  constants: constantRules,
  identities: identityRules,
  signs: signRules,
  integers: integerRules,
  powers: powerRules,
  predicates: predicateRules,
  conversions: conversionRules,
  complex: complexRules,
  broadcasts: broadcastRules,
  reshapes: reshapeRules,
  transposes: transposeRules,
  reversals: reversalRules,
  slices: sliceRules,
  pads: padRules,
  concatenations: concatenationRules,
  dynamicSlices: dynamicSliceRules,
  gathers: gatherRules,
  reductions: reductionRules,
  dotOperands: dotOperandRules,
  dotResults: dotResultRules,
  convolutions: convolutionRules,
  motion: motionRules,
  tuples: tupleRules,
  calls: callRules,
  loops: loopRules,
  loopProducts: loopProductRules,
  loopSums: loopSumRules,
  loopStacks: loopStackRules,
  loopResiduals: loopResidualRules,
  unusedResults: unusedResultRules,
} as const satisfies Readonly<Record<string, readonly Rule[]>>;

export const allRules: readonly Rule[] = Object.values(ruleFamilies).flat();
