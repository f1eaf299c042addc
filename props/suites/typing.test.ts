/** The jaxprs that transforms write are well typed. */
import { describe, expect, it } from "vitest";
import { makeJaxpr } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import { checkJaxpr } from "../../src/interpreters/index.js";
import { byName, forEachCase, operandsOf } from "./cases.js";
import { transformed } from "./transformed.js";

describe("the jaxpr type checker", () => {
  it.each(byName())("%s", (_, cases) => {
    forEachCase(cases, (c) => {
      checkJaxpr(makeJaxpr((...xs: Tensor[]) => c.f(...xs))(...operandsOf(c, 1)));
      for (const [transform, closed] of transformed(c)) {
        expect(() => checkJaxpr(closed), `${transform}: ${closed}`).not.toThrow();
      }
    });
  });
});
