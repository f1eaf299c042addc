// The samples of every primitive, with their derivatives and mapped forms: each fusion of theirs as a card's kernels.
import { afterAll, describe, it } from "vitest";
import { byName, forEachCase, operandsOf } from "../../../../props/suites/cases.js";
import { transformed } from "../../../../props/suites/transformed.js";
import { jit, whyNoJit } from "../cpu/kernels/harness.js";
import { checkClosed, checkStaged } from "./staged.js";
import { Tally } from "./watched.js";

const tally = new Tally();
/** Few enough that small arrays are computed in vectors, where they have any. */
const busyThreads = 2;

describe.skipIf(jit === undefined)(`the kernels of samples${whyNoJit}`, () => {
  afterAll(() => {
    if (process.env.FC_RUNS !== undefined) console.log(`samples: ${tally}`);
  });

  it.each(byName())("%s", (name, cases) => {
    forEachCase(cases, (c) => {
      checkStaged((...xs) => c.f(...xs), name, operandsOf(c, 1), tally, { busyThreads });
      for (const [transform, closed, operands] of transformed(c)) {
        checkClosed(closed, `${transform}_${name}`, operands, tally, { busyThreads });
      }
    });
  });
});
