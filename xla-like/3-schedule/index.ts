/**
 * The third phase: each computation's instructions in an order that keeps little memory alive. Computations that loops
 * and conditionals run get one caller each, so that every instruction has one place in memory.
 */
import { computationsOf, nextIdOf } from "../hlo/graph.js";
import type { HloComputation, HloInstruction, HloModule, Instr } from "../hlo/instruction.js";
import { isAlias } from "./aliases.js";
import { type Dependence, dependenceOf, type Step } from "./dependence.js";
import { invariantCarries } from "./invariants.js";
import { depthFirstRanks, orderSteps } from "./order.js";
import { type Cost, costOf } from "./peak.js";
import { Unsharer } from "./unsharer.js";

export { arraysOf, isAlias } from "./aliases.js";
export { invariantCarries } from "./invariants.js";
export { overwritableOperands, resultsWithRoom, updateTargets } from "./overwriting.js";

interface Scheduled {
  readonly computation: HloComputation;
  /** The temporary memory that running it needs. */
  readonly peak: number;
}

const isCheaper = (a: Cost, b: Cost): boolean => a.copied < b.copied || (a.copied === b.copied && a.peak < b.peak);

/** The best of the order that was given, the depth-first one and the one that list scheduling finds. */
const bestOrder = (d: Dependence): { readonly order: readonly Step[]; readonly cost: Cost } => {
  const asGiven = orderSteps(
    d,
    d.steps.map((s) => s.rank),
  );
  let best = { order: asGiven, cost: costOf(d, asGiven) };
  if (d.steps.length < 3) return best;
  for (const order of [orderSteps(d), orderSteps(d, depthFirstRanks(d))]) {
    const cost = costOf(d, order);
    if (isCheaper(cost, best.cost)) best = { order, cost };
  }
  return best;
};

/** Parameters and constants, then the steps, each alias as soon as it can be, and the root last. */
const listInstructions = (c: HloComputation, steps: readonly Step[]): readonly HloInstruction[] => {
  const missing = new Map<HloInstruction, number>();
  const aliasesOf = new Map<HloInstruction, HloInstruction[]>();
  const list: HloInstruction[] = [];
  const place = (i: HloInstruction): void => {
    list.push(i);
    for (const a of aliasesOf.get(i) ?? []) {
      const left = (missing.get(a) ?? 0) - 1;
      missing.set(a, left);
      if (left === 0 && a !== c.root) place(a);
    }
  };
  const orphans: HloInstruction[] = [];
  for (const i of c.instructions) {
    if (!isAlias(i)) continue;
    const operands = new Set(i.operands);
    missing.set(i, operands.size);
    if (operands.size === 0) orphans.push(i);
    for (const o of operands) {
      const known = aliasesOf.get(o);
      if (known === undefined) aliasesOf.set(o, [i]);
      else known.push(i);
    }
  }
  for (const i of c.instructions) if (i.opcode === "parameter" || i.opcode === "constant") place(i);
  for (const i of orphans) if (i !== c.root) place(i);
  for (const s of steps) place(s.instruction);
  if (isAlias(c.root)) list.push(c.root);
  return list;
};

const identical = (a: readonly HloInstruction[], b: readonly HloInstruction[]): boolean =>
  a.length === b.length && a.every((i, k) => i === b[k]);

class Scheduler {
  readonly #peaks = new Map<HloInstruction, number>();

  /** Schedules what the instruction calls first; `rebuilt` are the instruction's computations by then. */
  schedule(c: HloComputation, heirs: ReadonlyMap<number, number>): Scheduled {
    const d = dependenceOf(c, { heirs, inner: (i) => this.#peaks.get(i) ?? 0 });
    const { order, cost } = bestOrder(d);
    const instructions = listInstructions(c, order);
    return {
      computation: identical(instructions, c.instructions) ? c : { ...c, instructions },
      peak: cost.peak,
    };
  }

  needs(i: HloInstruction, bytes: number): void {
    this.#peaks.set(i, bytes);
  }
}

/** Which carried values a body may write over: those that it changes. */
const carried = (loop: Instr<"while">): ReadonlyMap<number, number> => {
  const invariant = invariantCarries(loop);
  return new Map(loop.body.parameters.flatMap((_, k) => (invariant[k] ? [] : [[k, k] as const])));
};

const nothing: ReadonlyMap<number, number> = new Map();

/** Puts every computation's instructions in the order that needs the least memory, as far as is found quickly. */
export const schedule = (module: HloModule): HloModule => {
  const scheduler = new Scheduler();
  const names = new Set(computationsOf(module).map((c) => c.name));
  const unsharer = new Unsharer({ nextId: nextIdOf(module), names }, (made) => {
    if (made.opcode === "while") {
      const condition = scheduler.schedule(made.condition, nothing);
      const body = scheduler.schedule(made.body, carried(made));
      const done =
        condition.computation === made.condition && body.computation === made.body
          ? made
          : { ...made, condition: condition.computation, body: body.computation };
      scheduler.needs(done, Math.max(condition.peak, body.peak));
      return done;
    }
    const branches = made.branches.map((b) => scheduler.schedule(b, nothing));
    const done = branches.every((b, k) => b.computation === made.branches[k])
      ? made
      : { ...made, branches: branches.map((b) => b.computation) };
    scheduler.needs(done, Math.max(0, ...branches.map((b) => b.peak)));
    return done;
  });
  const entry = unsharer.rebuild(module.entry);
  const heirs = new Map(module.donation ?? []);
  const { computation } = scheduler.schedule(entry, heirs);
  return computation === module.entry ? module : { ...module, entry: computation };
};
