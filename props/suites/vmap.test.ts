/** Mapping with vmap is a loop: every operand along every dimension, all together, and empty batches. */
import { describe, it } from "vitest";
import { checkBatches } from "../check-vmap.js";
import { leavesOf } from "../leaves.js";
import { byName, forEachCase, operandsOf } from "./cases.js";

describe("vmap against a loop", () => {
  it.each(byName())("%s", (_, cases) => {
    forEachCase(cases, (c) => {
      if (c.avals.length === 0) return;
      const { leaves, treedef } = leavesOf(operandsOf(c, 1));
      const variations = [1, 2].map((seed) => operandsOf(c, seed));
      checkBatches({ f: (...xs) => [...c.f(...xs)], leaves, treedef, variations, tolerances: {} });
    });
  });
});
