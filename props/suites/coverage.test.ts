/** Nothing is skipped silently: every primitive there is has samples, or a program here, or a reason. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { makeJaxpr } from "../../src/api/index.js";
import { ClosedJaxpr, type Params } from "../../src/core/jaxpr.js";
import type { Primitive } from "../../src/core/primitive.js";
import type { Tensor } from "../../src/core/tensor.js";
import { allPrimitives } from "../../src/primitives/all.js";
import { allCases, operandsOf } from "./cases.js";
import { collectiveCases, programCases, withoutCases } from "./program-cases.js";

const isPrimitive = (x: unknown): x is Primitive =>
  typeof x === "object" && x !== null && "samples" in x && "abstractEval" in x;

/** Every primitive that a module of the frontend exports. */
async function exportedPrimitives(): Promise<Map<string, Primitive>> {
  const src = join(import.meta.dirname, "../../src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".ts"));
  const found = new Map<string, Primitive>();
  for (const file of files) {
    const module: Record<string, unknown> = await import(join(src, file));
    for (const value of Object.values(module)) if (isPrimitive(value)) found.set(value.name, value);
  }
  return found;
}

it("every primitive has cases", async () => {
  const covered = new Set(allCases.map((c) => c.name));
  const missing = [...(await exportedPrimitives()).keys()].filter((name) => !covered.has(name));
  const advice = "give it samples, a program among programCases, or a reason in withoutCases";
  expect(missing.sort(), advice).toEqual(Object.keys(withoutCases).sort());
});

it("allPrimitives has every primitive with samples, once", async () => {
  const names = allPrimitives.map((x) => x.name);
  expect(new Set(names).size).toBe(names.length);
  const withSamples = [...(await exportedPrimitives()).values()].filter((x) => x.samples.length > 0);
  expect(withSamples.map((x) => x.name).filter((name) => !names.includes(name) && name !== "name")).toEqual([]);
});

it("program cases use the primitives that they are for", () => {
  for (const c of programCases) {
    if (collectiveCases.includes(c)) continue;
    const jaxpr = makeJaxpr((...xs: Tensor[]) => c.f(...xs))(...operandsOf(c, 1));
    expect([...primitivesIn(jaxpr)], c.title).toContain(c.name);
  }
});

function primitivesIn(closed: ClosedJaxpr, found = new Set<string>()): Set<string> {
  for (const eqn of closed.jaxpr.eqns) {
    found.add(eqn.primitive.name);
    for (const inner of programsIn(eqn.params)) primitivesIn(inner, found);
  }
  return found;
}

const programsIn = (params: Params): ClosedJaxpr[] =>
  Object.values(params)
    .flat()
    .filter((x): x is ClosedJaxpr => x instanceof ClosedJaxpr);
