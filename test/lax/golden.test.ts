/** Every function of lax against JAX: shapes, dtypes, weak types and values. */
import { describe, expect, it } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import { type GoldenValue, isGoldenArray, readGolden } from "../golden/read.js";
import { expectGolden } from "../primitives/elementwise-support.js";
import { type Call, functionOf, run } from "./calls.js";

const { records } = readGolden<Call>("lax.json");

// JAX's float32 is approximated to a few ulps, and to more where a series is summed; ours is rounded once. Near their
// zeros (lgamma at 1 and 2) the error of JAX's series is an absolute one.
const series =
  /^(lgamma|digamma|igamma|igammac|igamma_grad_a|random_gamma_grad|betainc|zeta|polygamma|bessel|erf_inv|erfc)/;
// Moving bits, comparing and selecting leave nothing to round.
const exact =
  /^(neg|floor|ceil|round|is_finite|max|min|nextafter|[nl]e|eq|[lg]t|ge|mulhi|shift|bitwise|population|clz|clamp|select|convert|bitcast|reduce_(max|min|and|or|xor|precision)|reshape|transpose|rev|broadcast|squeeze|expand|collapse|concatenate|tile|slice|index|dynamic|pad|iota|full|split|arg|cummax|cummin|sort|top_k|approx|gather|scatter$|scatter_(min|max))/;
function tolerance({ fn, x64, out }: Call): number {
  if (exact.test(fn)) return 0;
  if (x64) return fn === "erf_inv" ? 2e-12 : 1e-13; // JAX's erf_inv in float64 is off by 1.4e-12 in its tail.
  if (isGoldenArray(out) && out.dtype === "bfloat16") return 2 ** -8;
  return series.test(fn) ? 5e-6 : 1e-6;
}

function expectSame(actual: unknown, wanted: GoldenValue, call: Call): void {
  if (isGoldenArray(wanted)) {
    expect(actual).toBeInstanceOf(Tensor);
    const x = actual as Tensor;
    expect(x.weakType).toBe(wanted.weak);
    // Sums that cancel are as accurate as their terms, which are of order one.
    const floor = exact.test(call.fn) ? 0 : series.test(call.fn) ? (call.x64 ? 0 : 0.2) : sums.test(call.fn) ? 1 : 0;
    expectGolden(x, wanted, tolerance(call), floor);
  } else if (Array.isArray(wanted)) {
    expect(actual).toHaveLength(wanted.length);
    for (const [i, w] of (wanted as readonly GoldenValue[]).entries()) expectSame((actual as unknown[])[i], w, call);
  } else {
    expect(actual).toEqual(wanted);
  }
}
const sums = /^(dot|conv|batch|ragged|reduce|cum|fft|linalg|associative|scan|pool|scatter)/;

describe("lax.json", () => {
  it("has calls of 160 functions, and there is each of them", () => {
    const names = [...new Set(records.map(({ fn }) => fn))];
    expect(names).toHaveLength(160);
    expect(names.filter((name) => functionOf(name) === undefined)).toEqual([]);
  });

  it.each(records.map((call, i) => [`${call.fn} #${i}${call.x64 ? " x64" : ""}`, call] as const))("%s", (_, call) => {
    expectSame(run(call), call.out, call);
  });
});
