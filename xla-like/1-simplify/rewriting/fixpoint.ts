/** Rewriting a whole module, over and over, until there is nothing left to do. */
import type { Family } from "../../hlo/computation-builder.js";
import { calledComputations, computationsOf, nextIdOf } from "../../hlo/graph.js";
import type { HloComputation, HloModule } from "../../hlo/instruction.js";
import { SimplifyError } from "./error.js";
import { type Application, Rewriter, type Rewriting } from "./rewriter.js";
import { type Rule, tableOf } from "./rule.js";
import { computationKey } from "./sharing.js";

/** A pass makes a module from a module: the same object where it changes nothing. */
export type Pass = (module: HloModule) => HloModule;

export interface RewriteOptions {
  /** Sees every application of a rule. */
  readonly observe?: (application: Application) => void;
  /** How many walks over the module there may be; real programs take three or four. */
  readonly maxSweeps?: number;
}

/** Enough for every program, and soon reached by rules that undo one another. */
const budgetFor = (module: HloModule): number =>
  10_000 + 100 * computationsOf(module).reduce((n, c) => n + c.instructions.length, 0);

/**
 * One walk: called computations first, so that their callers see them simplified. Those that an earlier walk left as
 * they were are `settled`.
 */
const sweep = (
  module: HloModule,
  shared: Pick<Rewriting, "rules" | "observe" | "budget">,
  settled: WeakSet<HloComputation>,
): HloModule => {
  const computations = computationsOf(module);
  const family: Family = {
    nextId: nextIdOf(module),
    names: new Set(computations.map((c) => c.name)),
    reducers: new Map(),
  };
  const rewritten = new Map<HloComputation, HloComputation>();
  const representatives = new Map<string, HloComputation>();
  const rewriting: Rewriting = {
    ...shared,
    family,
    // Computations that compute the same become one.
    computationFor: (c) => {
      const now = rewritten.get(c) ?? c;
      return representatives.get(computationKey(now)) ?? now;
    },
  };
  const isSettled = (c: HloComputation): boolean =>
    settled.has(c) &&
    c.instructions.every((i) => calledComputations(i).every((called) => rewriting.computationFor(called) === called));
  for (const c of computations) {
    const now = isSettled(c) ? c : new Rewriter(c, rewriting).run();
    if (now === c) settled.add(c);
    rewritten.set(c, now);
    const key = computationKey(now);
    if (!representatives.has(key)) representatives.set(key, now);
  }
  // The entry is nobody's twin: its name and its parameters' names are its own.
  const entry = rewritten.get(module.entry) ?? module.entry;
  return entry === module.entry ? module : { ...module, entry };
};

/** The pass that applies rules until none applies any more. */
export const rewriteToFixpoint = (rules: readonly Rule[], { observe, maxSweeps = 64 }: RewriteOptions = {}): Pass => {
  const table = tableOf(rules);
  return (module) => {
    const shared = { rules: table, observe, budget: { left: budgetFor(module) } };
    const settled = new WeakSet<HloComputation>();
    let current = module;
    for (let n = 0; n < maxSweeps; n++) {
      const next = sweep(current, shared, settled);
      if (next === current) return current;
      current = next;
    }
    throw new SimplifyError(
      `simplify: the module '${module.name}' still changes after ${maxSweeps} walks. Rules undo one another; please report it.`,
    );
  };
};
