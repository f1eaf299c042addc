/** Lowered programs verify, and their text reads back as the same program. */
import { describe, expect, it } from "vitest";
import { makeJaxpr } from "../../src/api/index.js";
import type { ClosedJaxpr } from "../../src/core/jaxpr.js";
import type { Tensor } from "../../src/core/tensor.js";
import { lowerProgram } from "../../src/interpreters/index.js";
import { moduleEquals, parseModuleOrThrow, printModule, verify } from "../../xla-like/index.js";
import { byName, type Case, forEachCase, operandsOf } from "./cases.js";
import { transformed } from "./transformed.js";

function checkModule(closed: ClosedJaxpr, name: string): void {
  const { module } = lowerProgram(closed, name);
  verify(module);
  const text = printModule(module);
  const parsed = parseModuleOrThrow(text);
  expect(printModule(parsed)).toBe(text);
  expect(moduleEquals(parsed, module)).toBe(true);
}

/** Functions of the host have no text to be read back from. */
const hasText = (c: Case): boolean => c.name !== "debug_callback";

describe("lowering", () => {
  it.each(byName())("%s", (name, cases) => {
    forEachCase(cases.filter(hasText), (c) => {
      checkModule(makeJaxpr((...xs: Tensor[]) => c.f(...xs))(...operandsOf(c, 1)), name);
      for (const [transform, closed] of transformed(c)) checkModule(closed, `${transform}_${name}`);
    });
  });
});
