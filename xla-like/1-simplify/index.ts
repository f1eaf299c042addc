/**
 * The first phase: a module is rewritten until no rule applies. Common subexpressions become one, what nothing needs
 * goes, constants are folded, and transposes disappear into the dots that read them. What remains computes the same, to
 * the bit but for sums, which may be added up in another order.
 */
import type { HloModule } from "../hlo/instruction.js";
import { type RewriteOptions, rewriteToFixpoint } from "./rewriting/fixpoint.js";
import { allRules } from "./rules/index.js";

export { expandAttention } from "./expansions/attention.js";
export { type ConvolutionRole, convolutionRole } from "./facts/convolution-role.js";
export { tripCount } from "./facts/trip-count.js";
export { SimplifyError } from "./rewriting/error.js";
export { type Pass, type RewriteOptions, rewriteToFixpoint } from "./rewriting/fixpoint.js";
export type { Application } from "./rewriting/rewriter.js";
export { type Exactness, type RewriteContext, type Rule, rule } from "./rewriting/rule.js";
export { allRules, ruleFamilies } from "./rules/index.js";

const toFixpoint = rewriteToFixpoint(allRules);

/** The simplified module: the very same object where there is nothing to simplify. */
export const simplify = (module: HloModule, options?: RewriteOptions): HloModule =>
  options === undefined ? toFixpoint(module) : rewriteToFixpoint(allRules, options)(module);
