import { describe, expect, it } from "vitest";
import { makeJaxpr, ShapeDtypeStruct } from "../../src/api/index.js";
import type { DType } from "../../src/core/dtype.js";
import { checkJaxpr } from "../../src/interpreters/index.js";
import { readJaxpr } from "../core/jaxpr-text.js";
import { readGolden } from "../golden/read.js";
import { programs } from "./jaxpr-programs/index.js";

type ArgSpec = string | readonly ArgSpec[] | { readonly [key: string]: ArgSpec };
interface Recorded {
  readonly name: string;
  readonly python: string;
  readonly args: readonly ArgSpec[];
  readonly text: string;
}
const { records } = readGolden<Recorded>("jaxprs.json");
const byName = new Map(records.map((r) => [r.name, r]));

/** `"float32[2,3]*"` as what makeJaxpr takes; the star marks a weak type. */
function struct(spec: ArgSpec): unknown {
  if (Array.isArray(spec)) return spec.map(struct);
  if (typeof spec !== "string") return Object.fromEntries(Object.entries(spec).map(([k, s]) => [k, struct(s)]));
  const [, dtype, dims, weak] = /^(\w+)\[([\d,]*)\](\*?)$/.exec(spec) as RegExpExecArray;
  const shape = dims === "" ? [] : dims.split(",").map(Number);
  return new ShapeDtypeStruct(shape, dtype as DType, { weakType: weak !== "" });
}

/** NumPy's integers show in JAX's parameters where they came from NumPy; here they are integers like all others. */
function plainIntegers(text: string): string {
  const plain = text.replace(/np\.int64\((-?\d+)\)/g, "$1");
  // Shorter text may fit on fewer lines.
  return plain === text ? text : String(readJaxpr(plain));
}

describe("programs trace to JAX's jaxprs", () => {
  for (const [name, program] of Object.entries(programs)) {
    it(name, () => {
      const recorded = byName.get(name) as Recorded;
      const closed = makeJaxpr(program)(...(recorded.args.map(struct) as unknown[]));
      expect(String(closed)).toBe(plainIntegers(recorded.text));
      checkJaxpr(closed);
    });
  }
});

/** Programs that read otherwise here, and why. */
const different: Readonly<Record<string, string>> = {
  linspace: "JAX computes the step even where nothing uses it",
  pad: "padding with a constant is one operation here, not a function's call",
  jacfwd: "the standard basis is a constant here",
  jacrev: "the standard basis is a constant here",
  hessian: "the standard basis is a constant here",
  "vmap psum": "a sum over a mapped axis is an ordinary reduce_sum here",
  "random split raw key": "keys are words here, without a type of their own",
  "random uniform raw key": "keys are words here, without a type of their own",
  "random normal raw key": "keys are words here, without a type of their own",
  "random bits raw key": "keys are words here, without a type of their own",
  PRNGKey: "keys are words here, without a type of their own",
  "random typed key": "keys are words here, without a type of their own",
};

it("covers every recorded program", () => {
  const covered = new Set([...Object.keys(programs), ...Object.keys(different)]);
  expect(records.map((r) => r.name).filter((name) => !covered.has(name))).toEqual([]);
});
