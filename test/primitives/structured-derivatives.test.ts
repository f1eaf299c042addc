import { describe, expect, it } from "vitest";
import { jvp } from "../../src/api/jvp.js";
import { makeJaxpr } from "../../src/api/make-jaxpr.js";
import { vjp } from "../../src/api/vjp.js";
import { vmap } from "../../src/api/vmap.js";
import type { Tensor } from "../../src/core/tensor.js";
import { type GoldenArray, readGolden } from "../golden/read.js";
import { expectGolden, fromGolden } from "./elementwise-support.js";
import { type F, functions } from "./structured-functions.js";

interface Structured {
  readonly name: string;
  readonly args: readonly GoldenArray[];
  readonly tangents: readonly GoldenArray[];
  readonly out: GoldenArray;
  readonly tangent: GoldenArray;
  readonly ct: GoldenArray;
  readonly cts: readonly GoldenArray[];
  readonly jvp: string;
  readonly vjp: string;
  readonly vmaps: readonly {
    readonly in_axes: readonly (number | null)[];
    readonly args: readonly GoldenArray[];
    readonly out: GoldenArray;
    readonly text: string;
  }[];
}

const { records } = readGolden<Structured>("structured.json");
// Values of one accumulation order against another's.
const tolerance = 2e-6;

// Named after a function of JAX's: the rule of logaddexp.
const named = ["cumlogsumexp", "cumlogsumexp infinities", "logaddexp"];
const otherJvp = [...named];
// JAX permutes dimensions in its reshape; ours transposes first.
const otherVjp = [...named, "conv feature groups", "conv batch groups"];

const pull = (f: F, args: readonly Tensor[], ct: Tensor): readonly Tensor[] => {
  const [, back] = vjp(f, ...args);
  return back(ct) as readonly Tensor[];
};

describe.each(records)("$name", (r) => {
  const f = functions[r.name];
  const args = r.args.map(fromGolden);

  it("has JAX's value and jvp", () => {
    const [out, tangent] = jvp(f, args, r.tangents.map(fromGolden));
    expectGolden(f(...args), r.out, tolerance, 1);
    expectGolden(out as Tensor, r.out, tolerance, 1);
    expectGolden(tangent as Tensor, r.tangent, tolerance, 1);
  });

  it("has JAX's cotangents", () => {
    const cts = pull(f, args, fromGolden(r.ct));
    expect(cts).toHaveLength(r.cts.length);
    cts.forEach((ct, i) => {
      expectGolden(ct, r.cts[i], tolerance, 1);
    });
  });

  it.each(r.vmaps)("maps over $in_axes", (v) => {
    const out = vmap(f, { inAxes: v.in_axes })(...v.args.map(fromGolden));
    expectGolden(out as Tensor, v.out, tolerance, 1);
  });
});

// JAX breaks lines by the length of text that is not in the records.
const squashed = (text: string): string => text.replace(/\s+/g, " ").replace(/\[ /g, "[").replace(/ \]/g, "]");

describe("jaxprs", () => {
  it.each(records.filter((r) => !otherJvp.includes(r.name)))("$name: jvp reads as JAX's", (r) => {
    const f = functions[r.name];
    const jaxpr = makeJaxpr((xs: Tensor[], ts: Tensor[]) => jvp(f, xs, ts))(
      r.args.map(fromGolden),
      r.tangents.map(fromGolden),
    );
    expect(squashed(jaxpr.toString())).toBe(squashed(r.jvp));
  });
  it.each(records.filter((r) => !otherVjp.includes(r.name)))("$name: vjp reads as JAX's", (r) => {
    const f = functions[r.name];
    const jaxpr = makeJaxpr((xs: Tensor[], ct: Tensor) => pull(f, xs, ct))(r.args.map(fromGolden), fromGolden(r.ct));
    expect(squashed(jaxpr.toString())).toBe(squashed(r.vjp));
  });
});
