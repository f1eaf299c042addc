// Kernels assembled for each architecture stay inside of what they may take of a card (budget.json). What they take is
// the assembler's word; nothing is run.
import { beforeAll, describe, expect, it } from "vitest";
import { archs, budgetOf, bytesBesides, groups, measured, writeBudget } from "./budgets.js";
import { hasAssembler, nvptx, whyNoAssembler, whyNoPtx } from "./ptx.js";

const isWritten = process.env.COTANGENT_BUDGET === "write";
const timeout = 300_000;

describe.skipIf(nvptx === undefined || !hasAssembler)(`budgets of kernels${whyNoPtx || whyNoAssembler}`, () => {
  beforeAll(() => {
    if (isWritten) writeBudget();
  }, timeout);

  it.each(archs.flatMap((arch) => Object.keys(groups).map((group) => [group, arch] as const)))(
    "%s for %s",
    { timeout },
    (group, arch) => {
      const budget = budgetOf(group, arch);
      const taken = measured(group, arch);
      expect(Object.keys(taken).sort(), "kernels that have a budget").toEqual(Object.keys(budget).sort());
      const over = Object.entries(taken).flatMap(([name, figures]) =>
        (Object.keys(figures) as (keyof typeof figures)[])
          .filter((what) => figures[what] > budget[name][what])
          .map((what) => `${name}: ${what} ${figures[what]}, of ${budget[name][what]}`),
      );
      expect(over).toEqual([]);
      for (const [name, { spilled, stack }] of Object.entries(budget)) {
        expect(spilled + stack, `${name} needs a reason for memory of its own`).toBeLessThanOrEqual(
          bytesBesides([name]),
        );
      }
    },
  );
});
