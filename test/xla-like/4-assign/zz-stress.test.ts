import fc from "fast-check";
import { it } from "vitest";
import { expectSound } from "./helpers.js";
import { randomLoops } from "./random-loops.js";
import { wrapEach } from "./wrapping.js";

it("stress", () => {
  fc.assert(
    fc.property(randomLoops, fc.boolean(), (m, w) => {
      expectSound(w ? wrapEach(m) : m);
    }),
    { numRuns: 6000, seed: Number(process.env.SEED ?? 5) },
  );
}, 400000);
