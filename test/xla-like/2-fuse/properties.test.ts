/** What holds for every program: fused, it is valid, made of kernels of the right kinds, and equal to the bit. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { simplify } from "../../../xla-like/1-simplify/index.js";
import { randomProgram } from "../1-simplify/random-program.js";
import { randomModule } from "../hlo/random-module.js";
import { expectSameWhenFused } from "./helpers.js";

for (const [name, programs] of [
  ["random modules", randomModule],
  ["programs with much to fuse", randomProgram],
] as const) {
  describe(name, () => {
    it("give the same results, to the bit", () => {
      fc.assert(
        fc.property(programs, fc.nat(1000), (m, seed) => {
          expectSameWhenFused(m, seed);
        }),
        { numRuns: 300 },
      );
    });

    it("give the same results simplified before", () => {
      fc.assert(
        fc.property(programs, fc.nat(1000), (m, seed) => {
          expectSameWhenFused(simplify(m), seed);
        }),
        { numRuns: 300 },
      );
    });
  });
}
