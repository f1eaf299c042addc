/** Compiled programs give what operations give one by one. */
import { describe, expect, it } from "vitest";
import { jit } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import { checkJit } from "../check-jit.js";
import { byName, forEachCase, operandsOf } from "./cases.js";

describe("jit against evaluation", () => {
  it.each(byName())("%s", (_, cases) => {
    forEachCase(cases, (c) => {
      const args = operandsOf(c, 1);
      checkJit(c.f, args);
      // As constants of the program instead of arguments.
      const captured = jit((x: Tensor) => [...c.f(...args), x])(1);
      expect(captured.map((x) => x.aval.key).slice(0, -1)).toEqual(c.f(...args).map((x) => x.aval.key));
      expect(captured.map((x) => x.dataSync()).slice(0, -1)).toEqual(c.f(...args).map((x) => x.dataSync()));
    });
  });
});
