import { describe, expect, it } from "vitest";
import { printEqn } from "../../src/core/jaxpr-printer.js";
import { readGolden } from "../golden/read.js";
import { readJaxpr } from "./jaxpr-text.js";

const { records } = readGolden<{ name: string; text: string }>("jaxprs.json");

describe("the printer", () => {
  // Random keys have a type of their own in JAX.
  for (const { name, text } of records.filter((r) => !r.text.includes("key<"))) {
    it(`prints what JAX prints: ${name}`, () => {
      expect(String(readJaxpr(text))).toBe(text);
    });
  }

  it("names a single equation's variables from a", () => {
    const { eqns } = readJaxpr("{ lambda ; x:f32[3]. let y:f32[3] = add x 1.0:f32[] in (y,) }");
    expect(printEqn(eqns[0])).toBe("a:f32[3] = add b 1.0:f32[]");
  });
});
