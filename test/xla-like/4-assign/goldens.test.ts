/** Where small programs have their memory. Each one is also run there. */
import { describe, expect, it } from "vitest";
import { textOf } from "./helpers.js";
import { moduleOf, programs } from "./programs.js";

describe("memory of", () => {
  for (const p of programs)
    it(p.about, () => {
      expect(`\n${textOf(moduleOf(p))}\n`).toMatchSnapshot();
    });
});
