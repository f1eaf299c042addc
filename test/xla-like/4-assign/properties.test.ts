/** Every program computes in its assigned memory what it means. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { simplify } from "../../../xla-like/1-simplify/index.js";
import { fuse } from "../../../xla-like/2-fuse/index.js";
import { randomProgram } from "../1-simplify/random-program.js";
import { randomModule } from "../hlo/random-module.js";
import { expectSound } from "./helpers.js";
import { randomLoops } from "./random-loops.js";
import { wrapEach } from "./wrapping.js";

for (const [name, programs] of [
  ["random modules", randomModule],
  ["programs for the simplifier", randomProgram],
] as const)
  describe(name, () => {
    it("are right in their memory when no operation is fused", () => {
      fc.assert(
        fc.property(programs, (m) => {
          expectSound(m);
        }),
        { numRuns: 100 },
      );
    });

    it("are right in their memory when every operation is a fusion", () => {
      fc.assert(
        fc.property(programs, (m) => {
          expectSound(wrapEach(simplify(m)));
        }),
        { numRuns: 200 },
      );
    });

    it("are right in their memory when fused", () => {
      fc.assert(
        fc.property(programs, (m) => {
          expectSound(fuse(simplify(m)));
        }),
        { numRuns: 200 },
      );
    });
  });

describe("programs of loops, conditionals and updates", () => {
  it("are right in their memory when what they do not fuse is fused one by one", () => {
    fc.assert(
      fc.property(randomLoops, (m) => {
        expectSound(wrapEach(m));
      }),
      { numRuns: 300 },
    );
  });

  it("are right in their memory when no more is fused", () => {
    fc.assert(
      fc.property(randomLoops, (m) => {
        expectSound(m);
      }),
      { numRuns: 300 },
    );
  });
});
