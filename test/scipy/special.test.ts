import { describe, expect, it } from "vitest";
import { vjp } from "../../src/api/vjp.js";
import { numpy as np, scipy, type Tensor } from "../../src/index.js";
import { type GoldenArray, type GoldenValue, readGolden } from "../golden/read.js";
import { expectGolden, goldenArgument, goldenTensor } from "../golden/tensors.js";
import { camelCase } from "../numpy/signatures.js";

interface SpecialCall {
  readonly fn: string;
  readonly args: readonly GoldenValue[];
  readonly kwargs: Readonly<Record<string, GoldenValue>>;
  readonly x64?: boolean;
  readonly out: GoldenArray;
  readonly ct?: GoldenArray;
  readonly grads?: readonly (GoldenArray | null)[];
}

type AnyFunction = (...args: unknown[]) => Tensor;
const special = scipy.special as unknown as Readonly<Record<string, AnyFunction>>;
const { records } = readGolden<SpecialCall>("scipy.json");

describe("scipy.special against JAX", () => {
  it.each(records.map((r, i) => [`${r.fn} (${i})`, r] as const))("%s", (_, r) => {
    const f = special[camelCase(r.fn)];
    const options = Object.fromEntries(
      Object.entries(r.kwargs).map(([k, v]) => [camelCase(k), goldenArgument(v, true)]),
    );
    const call = (...xs: unknown[]): Tensor => (Object.keys(options).length === 0 ? f(...xs) : f(...xs, options));
    const args = r.args.map((x) => goldenArgument(x));
    const tolerance = r.x64 ? 2e-12 : 4e-6;
    expectGolden(call(...args), r.out, tolerance);
    if (r.grads === undefined || r.ct === undefined) return;
    const { grads, ct } = r;
    const places = args.flatMap((_x, i) => (grads[i] === null ? [] : [i]));
    const over = (...xs: Tensor[]): Tensor =>
      call(...args.map((x, i) => (places.includes(i) ? xs[places.indexOf(i)] : x)));
    const [, back] = vjp(over, ...places.map((i) => args[i] as Tensor));
    const cts = back(goldenTensor(ct)) as readonly Tensor[];
    expect(cts).toHaveLength(places.length);
    places.forEach((i, k) => expectGolden(cts[k], grads[i] as GoldenArray, 10 * tolerance));
  });
});

const at = (f: (x: Tensor) => Tensor, ...xs: number[]): unknown => f(np.array(xs, { dtype: "float64" })).js();

describe("scipy.special by known values", () => {
  // lgamma in extended precision.
  it.each([
    [3, 8.5, -6.0495860387063],
    [0.5, 9, -0.512365575127319],
    [2, 1e6, -27.63102211592805],
    [1e4, 2e4, -19098.90853822091],
  ])("betaln(%d, %d)", (a, b, wanted) => {
    const [x, y] = [a, b].map((v) => np.array(v, { dtype: "float64" }));
    expect(scipy.special.betaln(x, y).item()).toBeCloseTo(wanted, 8);
    expect(scipy.special.betaln(y, x).item()).toBeCloseTo(wanted, 8);
  });

  it("exponential integrals at the ends of their ranges", () => {
    expect(at((x) => scipy.special.expn(2, x), 0)).toEqual([1]);
    expect(at(scipy.special.exp1, 0, Number.POSITIVE_INFINITY, -1)).toEqual([Number.POSITIVE_INFINITY, 0, Number.NaN]);
    const [e0] = at((x) => scipy.special.expn(0, x), 2) as number[];
    expect(e0).toBeCloseTo(Math.exp(-2) / 2, 14);
  });

  it("E_0' is -E_0 (1 + 1/x)", () => {
    const x = np.array(0.5, { dtype: "float64" });
    const [value, back] = vjp((t: Tensor) => scipy.special.expn(0, t), x);
    const [slope] = back(np.array(1, { dtype: "float64" })) as readonly Tensor[];
    expect(slope.item()).toBeCloseTo(-3 * Number(value.item()), 12);
  });

  it("refuses complex numbers and half types", () => {
    expect(() => scipy.special.gammaln(np.array([{ re: 1, im: 1 }]))).toThrow(/only real numbers.*CT105/s);
    expect(() => scipy.special.ndtr(np.array([1], { dtype: "float16" }))).toThrow(/CT105/);
    expect(() => scipy.special.logNdtr(np.array([1]), { seriesOrder: 40 })).toThrow(/CT004/);
    expect(() => scipy.special.polygamma(1.5, 2)).toThrow(/CT105/);
  });
});
