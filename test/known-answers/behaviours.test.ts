/** Every edge behaviour of JAX that was recorded: value, dtype and weak type, or the error; and where we differ, why. */
import { readFileSync } from "node:fs";
import { errors, Tensor } from "cotangent";
import { describe, expect, it } from "vitest";
import { type GoldenValue, isGoldenArray, readGolden } from "../golden/read.js";
import { elements, expectGolden } from "../primitives/elementwise-support.js";
import { behaviours, type Deviation, type Throws } from "./behaviours.js";

interface Recorded {
  readonly name: string;
  readonly python: string;
  readonly expected: string;
  readonly detail: GoldenValue;
}
const file = readGolden<Recorded>("behaviours.json");
// The version is a fact about the recording, not a behaviour.
const records = file.records.filter(({ name }) => name !== "jax_version");

function expectSame(actual: unknown, wanted: GoldenValue): void {
  if (isGoldenArray(wanted)) {
    expect(actual).toBeInstanceOf(Tensor);
    const x = actual as Tensor;
    expect(x.weakType).toBe(wanted.weak);
    expectGolden(x, wanted);
  } else if (Array.isArray(wanted)) {
    expect(actual).toHaveLength(wanted.length);
    for (const [i, w] of (wanted as readonly GoldenValue[]).entries()) expectSame((actual as unknown[])[i], w);
  } else {
    expect(actual).toEqual(wanted);
  }
}

/** As behaviours.json writes values: dtype, `*` if weakly typed, elements. */
function text(x: unknown): string {
  if (Array.isArray(x)) return x.map(text).join(", ");
  const t = x as Tensor;
  const values = elements(t).join();
  return `${t.dtype}${t.weakType ? "*" : ""} ${t.ndim === 0 ? values : `[${values}]`}`;
}

function expectError([name, code]: Throws["throws"], run: () => unknown): void {
  let error: unknown;
  try {
    run();
  } catch (e) {
    error = e;
  }
  expect(error).toBeInstanceOf(errors.CotangentError);
  expect(error).toMatchObject({ name, code });
}

describe("behaviours.json", () => {
  it("is translated entry by entry", () => {
    expect(records).toHaveLength(114);
    expect(Object.keys(behaviours).sort()).toEqual(records.map(({ name }) => name).sort());
  });

  it.each(records.map((r) => [r.name, r] as const))("%s", (name, { expected, detail }) => {
    const ours = behaviours[name];
    if (typeof ours === "function") return expectSame(ours(), detail);
    if ("throws" in ours) {
      expect(expected).toMatch(/^throws /);
      return expectError(ours.throws, ours.run);
    }
    if (ours.instead === undefined) return expectSame(ours.run(), detail);
    if (typeof ours.instead !== "string") return expectError(ours.instead, ours.run);
    expect(text(ours.run())).toBe(ours.instead);
  });
});

describe("docs/deviations.md", () => {
  const page = readFileSync(new URL("../../docs/deviations.md", import.meta.url), "utf8");
  const listed = [...page.matchAll(/^## (.+)$/gm)].map(([, id]) => id);

  it("lists each deviation that a behaviour names", () => {
    const named = Object.values(behaviours).flatMap((b) => ("deviation" in b ? [(b as Deviation).deviation] : []));
    expect(named.filter((id) => !listed.includes(id))).toEqual([]);
  });

  it("gives each a reason", () => {
    for (const section of page.split(/^## /m).slice(1)) expect(section).toMatch(/^Why: /m);
  });
});
