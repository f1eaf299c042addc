/** Every rule has a name of its own, a program that it changes, and one that it leaves alone. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { allRules } from "../../../xla-like/1-simplify/index.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const tests = readdirSync(here)
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => readFileSync(`${here}/${file}`, "utf8"))
  .join("\n");

const names = allRules.map((r) => r.name);

it("names are unique", () => {
  expect(new Set(names).size).toBe(names.length);
});

it("each rule has a positive and a negative example", () => {
  const lacks = (call: string): string[] => names.filter((name) => !new RegExp(`${call}\\(\\s*"${name}"`).test(tests));
  expect({ positive: lacks("rewritten"), negative: lacks("expectUntouched") }).toEqual({ positive: [], negative: [] });
});
