// The text that check_stablehlo.py ran with JAX, and the values that it compared with: both still ours.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { computationsOf, type DType, opcodes } from "../../../xla-like/index.js";
import { stableHloText } from "../../../xla-like/stablehlo/index.js";
import { fileText, type GoldenBytes, numbersOf, type StableHloCase, stableHloCases } from "./cases.js";

const directory = new URL("../../golden/stablehlo/", import.meta.url);
const values = JSON.parse(readFileSync(new URL("values.json", directory), "utf8")) as Readonly<
  Record<string, readonly { readonly inputs: readonly GoldenBytes[]; readonly outputs: readonly GoldenBytes[] }[]>
>;

const cases = stableHloCases();
const texts = new Map(cases.map((c) => [c, stableHloText(c.module)]));
const portable = cases.filter((c) => texts.get(c)?._tag === "Right");
const files = new Map<string, StableHloCase[]>();
for (const c of portable) files.set(c.file, [...(files.get(c.file) ?? []), c]);

const textOf = (c: StableHloCase): string => {
  const text = texts.get(c);
  return text?._tag === "Right" ? text.right : "";
};

/** Of the device that the committed values come from: the machine's functions may differ in their last digits. */
const tolerances: Partial<Record<DType, number>> = {
  float16: 1e-3,
  bfloat16: 8e-3,
  float32: 1e-6,
  complex64: 1e-6,
  float64: 1e-14,
  complex128: 1e-14,
};

function expectClose(found: GoldenBytes, wanted: GoldenBytes): void {
  expect([found.dtype, found.shape]).toEqual([wanted.dtype, wanted.shape]);
  const tolerance = tolerances[wanted.dtype];
  if (tolerance === undefined) {
    expect(found.data).toBe(wanted.data);
    return;
  }
  const [a, b] = [numbersOf(found), numbersOf(wanted)];
  const wrong = a.findIndex(
    (x, i) => !(Object.is(x, b[i]) || x === b[i] || Math.abs(x - b[i]) <= tolerance * Math.max(1, Math.abs(b[i]))),
  );
  expect(wrong, `element ${wrong}: ${a[wrong]} instead of ${b[wrong]}`).toBe(-1);
}

describe("StableHLO", () => {
  it.each([...files])("of %s is the text that JAX ran, with the same values", (name, parts) => {
    const committed = readFileSync(new URL(`${name}.mlir`, directory), "utf8");
    expect(fileText(parts.map((c) => ({ title: c.title, text: textOf(c) })))).toBe(committed);
    expect(values[name]).toHaveLength(parts.length);
    parts.forEach((c, k) => {
      expect(c.inputs).toEqual(values[name][k].inputs);
      const outputs = c.outputs();
      expect(outputs).toHaveLength(values[name][k].outputs.length);
      outputs.forEach((x, i) => expectClose(x, values[name][k].outputs[i]));
    });
  });

  it("has no other goldens", () => {
    const names = readdirSync(directory).filter((file) => file.endsWith(".mlir"));
    expect(names.sort()).toEqual([...files.keys()].map((name) => `${name}.mlir`).sort());
    expect(Object.keys(values).sort()).toEqual([...files.keys()].sort());
  });

  it("has an operation for every opcode, but for functions and routines that it lacks", () => {
    const refused = cases.flatMap((c) => {
      const text = texts.get(c);
      return text?._tag === "Left" ? [text.left.what] : [];
    });
    expect([...new Set(refused)].sort()).toEqual([
      "a call of a JavaScript function (debug.print, debug.callback)",
      "the function bessel-i0e",
      "the function igamma",
      "the function igammac",
      "the function random-gamma-grad",
      "the library routine eig",
      "the library routine eigh",
      "the library routine lu",
      "the library routine qr",
      "the library routine svd",
    ]);
    const used = new Set(
      cases.flatMap((c) => computationsOf(c.module).flatMap((d) => d.instructions.map((i) => i.opcode))),
    );
    // Made by no traced program: see the refusals.
    expect(opcodes.filter((o) => !used.has(o))).toEqual(["regularized-incomplete-beta-b", "fusion"]);
  });
});
