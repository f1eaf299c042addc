/** An assignment as text, for people and for tests. */
import { nameOf } from "../hlo/graph.js";
import type { HloComputation, HloModule } from "../hlo/instruction.js";
import type { Assignment, Copy } from "./assignment.js";
import type { SlotHome } from "./slot.js";

const homeText = (home: SlotHome): string =>
  home.kind === "arena" || home.kind === "constant" ? `${home.kind} +${home.offset}` : `${home.kind} ${home.index}`;

const copyText = ({ from, to, bytes }: Copy): string => `${from} → ${to} (${bytes} B)`;

const namesShown = 8;
const namesText = (names: readonly string[]): string =>
  names.length <= namesShown
    ? names.join(", ")
    : `${names.slice(0, namesShown).join(", ")} and ${names.length - namesShown} more`;

/** The copies and swaps of a computation and of what it runs. */
const movements = (c: HloComputation, a: Assignment): readonly string[] =>
  c.instructions.flatMap((i) => {
    const before = a.copiesBefore(i).map((copy) => `before ${nameOf(i)}: copy ${copyText(copy)}`);
    if (i.opcode === "while") {
      const { copiesAtEnd, swaps } = a.loopOf(i);
      return [
        ...before,
        ...movements(i.condition, a),
        ...movements(i.body, a),
        ...copiesAtEnd.map((copy) => `each turn of ${nameOf(i)}: copy ${copyText(copy)}`),
        ...swaps.map(([x, y]) => `each turn of ${nameOf(i)}: swap ${x} and ${y}`),
      ];
    }
    if (i.opcode === "conditional") {
      const { copiesAtEnd } = a.conditionalOf(i);
      return [
        ...before,
        ...i.branches.flatMap((branch, k) => [
          ...movements(branch, a),
          ...copiesAtEnd[k].map((copy) => `branch ${k} of ${nameOf(i)}: copy ${copyText(copy)}`),
        ]),
      ];
    }
    return before;
  });

/** Each slot with its place, size, first and last moment and values; then results, copies and swaps. */
export const assignmentText = (module: HloModule, a: Assignment): string => {
  const lines = [`${a.name}: arena ${a.arenaBytes} B, constants ${a.constants.length} B`];
  for (const { slot, live, values } of a.tenants) {
    const { home, bytes } = a.slots[slot];
    const when = live === undefined ? "" : ` [${live[0]}–${live[1]}]`;
    lines.push(`  ${slot}: ${homeText(home)}, ${bytes} B${when}: ${namesText(values)}`);
  }
  a.outputs.forEach(({ slot, donatedParameter }, k) => {
    lines.push(
      `  result ${k} in ${slot}${donatedParameter === undefined ? "" : `, the memory of parameter ${donatedParameter}`}`,
    );
  });
  for (const line of movements(module.entry, a)) lines.push(`  ${line}`);
  for (const copy of a.finalCopies) lines.push(`  at the end: copy ${copyText(copy)}`);
  return lines.join("\n");
};
