/** The fusions of a module, for counting and for checks. */
import type { HloComputation, HloModule, Instr } from "../../../xla-like/hlo/index.js";

/** The computations that are divided into kernels: not those inside of fusions and not reducers. */
export const dividedComputations = (m: HloModule): readonly HloComputation[] => {
  const found = new Set<HloComputation>();
  const visit = (c: HloComputation): void => {
    if (found.has(c)) return;
    found.add(c);
    for (const i of c.instructions) {
      if (i.opcode === "while") for (const d of [i.condition, i.body]) visit(d);
      if (i.opcode === "conditional") i.branches.forEach(visit);
      if (i.opcode === "call") visit(i.computation);
    }
  };
  visit(m.entry);
  return [...found];
};

export const fusionsOf = (m: HloModule): readonly Instr<"fusion">[] =>
  dividedComputations(m).flatMap((c) => c.instructions.flatMap((i) => (i.opcode === "fusion" ? [i] : [])));

/** Fusions of each kind, as `dot 3, loop 2`. */
export const countKinds = (m: HloModule): string => {
  const counts = new Map<string, number>();
  for (const { kind } of fusionsOf(m)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([p], [q]) => (p < q ? -1 : 1))
    .map(([kind, n]) => `${kind} ${n}`)
    .join(", ");
};
