/** What holds for every program: simplified, it is valid, final, equal in its results and no more work. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Exactness, simplify } from "../../../xla-like/1-simplify/index.js";
import { type HloModule, printModule, verify } from "../../../xla-like/hlo/index.js";
import { randomModule } from "../hlo/random-module.js";
import { checkApplication, expectSameResults } from "./helpers.js";
import { randomProgram } from "./random-program.js";
import { work } from "./work.js";

const simplified = (
  m: HloModule,
): { readonly after: HloModule; readonly exactness: Exactness; readonly rules: ReadonlySet<string> } => {
  const rules = new Set<string>();
  let exactness: Exactness = "bits";
  const after = simplify(m, {
    observe: ({ rule }) => {
      rules.add(rule.name);
      if (rule.exactness === "order") exactness = "order";
    },
  });
  return { after, exactness, rules };
};

for (const [name, programs, numRuns] of [
  ["random modules", randomModule, 150],
  ["programs that give the rules much to do", randomProgram, 300],
] as const) {
  describe(name, () => {
    it("stay valid, and are final after one simplification", () => {
      fc.assert(
        fc.property(programs, (m) => {
          const { after } = simplified(m);
          verify(after);
          expect(simplify(after)).toBe(after);
        }),
        { numRuns },
      );
    });

    it("give the same results, to the bit but for reordered sums, on special values too", () => {
      fc.assert(
        fc.property(programs, fc.nat(1000), (m, seed) => {
          const { after, exactness } = simplified(m);
          expectSameResults(m, after, exactness, seed);
        }),
        { numRuns },
      );
    });

    it("are no more work", () => {
      fc.assert(
        fc.property(programs, (m) => {
          const { after, rules } = simplified(m);
          // Where a dot takes in a transpose of its free dimensions, its result may be transposed instead, larger or not.
          if (!rules.has("dot-of-transpose") && work(after) > work(m)) expect(printModule(after)).toBe(printModule(m));
        }),
        { numRuns },
      );
    });

    it("have every single application of a rule right", () => {
      fc.assert(
        fc.property(programs, (m) => {
          simplify(m, { observe: checkApplication });
        }),
        { numRuns: Math.ceil(numRuns / 4) },
      );
    });
  });
}
