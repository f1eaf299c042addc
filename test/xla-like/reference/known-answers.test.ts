// Elementwise functions against answers of NumPy, SciPy, decimal arithmetic and JAX (test/golden/make_reference.py).
import { describe, expect, test } from "vitest";
import type { BinaryOpcode, DType, UnaryOpcode } from "../../../xla-like/index.js";
import { betainc } from "../../../xla-like/reference/functions/incomplete-beta.js";
import { decodeNumbers, type GoldenArray, readGolden } from "../../golden/read.js";
import { apply, goldenHost, numbersOf, run } from "./helpers.js";

interface GoldenCase {
  readonly op: string;
  readonly source: string;
  readonly operands: readonly GoldenArray[];
  readonly expected: GoldenArray;
  readonly to?: DType;
  readonly k?: number;
  readonly indices?: GoldenArray;
  readonly exponent?: number;
  readonly mantissa?: number;
}

/** Errors allowed, in multiples of 2^-52 of the result, or of 1 where the function has zeros at no simple number. */
const allowed: Readonly<Record<string, { readonly ulps: number; readonly floor?: number }>> = {
  digamma: { ulps: 10, floor: 1 },
  lgamma: { ulps: 4, floor: 1 },
  erfc: { ulps: 8 },
  erf: { ulps: 8 },
  "bessel-i0e": { ulps: 8 },
  "bessel-i1e": { ulps: 8 },
  igamma: { ulps: 128 },
  igammac: { ulps: 128 },
  polygamma: { ulps: 16, floor: 1 },
  "random-gamma-grad": { ulps: 128 },
  "regularized-incomplete-beta-b": { ulps: 512 },
};
const usual = { ulps: 4 };
/** XLA's own approximations are this far from the truth. */
const jaxUlps = 256;

const expectClose = (
  got: number,
  want: number,
  scale: number,
  ulps: number,
  zeroHasSign: boolean,
  where: string,
): void => {
  if (Number.isFinite(want) && Number.isFinite(got)) {
    if (want === 0 && got === 0 && zeroHasSign) expect(Object.is(got, want), `${where}: sign of zero`).toBe(true);
    const error = Math.abs(got - want) / (2 ** -52 * Math.max(scale, Number.MIN_VALUE / 2 ** -52));
    expect(error, `${where} = ${got}, not ${want}`).toBeLessThanOrEqual(ulps);
  } else expect(got, where).toBe(want);
};

const evaluateCase = (r: GoldenCase): number[] => {
  const operands = r.operands.map(goldenHost);
  const result = r.expected.dtype as DType;
  if (r.op === "regularized-incomplete-beta-b") {
    const [a, b, x] = r.operands.map(decodeNumbers);
    return a.map((_, i) => betainc(a[i], b[i], x[i]));
  }
  return numbersOf(result, apply(r.op as UnaryOpcode | BinaryOpcode, r.operands[0].dtype as DType, ...operands));
};

const records = readGolden<GoldenCase>("reference.json").records;
const structured: ReadonlySet<string> = new Set(["top-k", "convert", "reduce-precision"]);
const title = (r: GoldenCase, i: number): string => `${i}: ${r.op} of ${r.operands[0].dtype}, ${r.source}`;
const elementwise = records.filter((r) => !structured.has(r.op));

describe("real functions", () => {
  const cases = elementwise.filter((r) => !r.expected.dtype.startsWith("complex") && !/exact|bits/.test(r.source));
  test.each(cases.map((r, i) => [title(r, i), r] as const))("%s", (_, r) => {
    const { ulps, floor = 0 } = allowed[r.op] ?? usual;
    const want = numbersOf(r.expected.dtype as DType, goldenHost(r.expected));
    const inputs = r.operands.map(decodeNumbers);
    evaluateCase(r).forEach((got, i) => {
      const where = `${r.op}(${inputs.map((x) => x[i]).join(", ")})`;
      const scale = Math.max(Math.abs(want[i]), floor);
      // SciPy loses the sign of zero in odd functions.
      const isJax = r.source === "jax";
      expectClose(got, want[i], scale, isJax ? Math.max(ulps, jaxUlps) : ulps, isJax, where);
    });
  });
});

describe("complex functions", () => {
  const cases = elementwise.filter((r) => r.expected.dtype.startsWith("complex"));
  test.each(cases.map((r, i) => [title(r, i), r] as const))("%s", (_, r) => {
    const want = decodeNumbers(r.expected);
    const inputs = r.operands.map(decodeNumbers);
    const got = evaluateCase(r);
    for (let k = 0; k < want.length; k += 2) {
      const where = `${r.op}(${inputs.map((x) => `${x[k]} + ${x[k + 1]}i`).join(", ")})`;
      // Beside a NaN, and in limits at infinity without a direction, C leaves the sign open.
      const parts = [want, ...inputs].flatMap((x) => [x[k], x[k + 1]]);
      const bothInfinite = inputs.every((x) => !Number.isFinite(x[k]) && !Number.isFinite(x[k + 1]));
      const open = parts.some(Number.isNaN) || (bothInfinite && /^(exponential|tanh?)$/.test(r.op));
      for (const i of [k, k + 1]) {
        const [g, w] = open ? [Math.abs(got[i]), Math.abs(want[i])] : [got[i], want[i]];
        const scale = open ? w : Math.hypot(want[k], want[k + 1]);
        const ulps = r.source === "jax" ? jaxUlps : 8;
        expectClose(g, w, scale, ulps, r.source === "numpy-edges", `${where} part ${i - k}`);
      }
    }
  });
});

describe("exact answers", () => {
  const cases = elementwise.filter((r) => /exact|bits/.test(r.source));
  test.each(cases.map((r, i) => [title(r, i), r] as const))("%s", (_, r) => {
    const d = r.operands[0].dtype as DType;
    const got = apply(r.op as UnaryOpcode | BinaryOpcode, d, ...r.operands.map(goldenHost));
    expect(got).toEqual(goldenHost(r.expected));
  });

  test.each(records.filter((r) => r.op === "convert").map((r) => [r.operands[0].dtype, r.to, r] as const))(
    "convert %s to %s",
    (_, to, r) => {
      const data = goldenHost(r.operands[0]);
      const dtype = r.operands[0].dtype as DType;
      const [got] = run([{ dtype, dims: [data.length], data }], (b, [x]) => b.convert(x, to as DType));
      expect(got).toEqual(goldenHost(r.expected));
    },
  );

  test.each(records.filter((r) => r.op === "reduce-precision").map((r) => [r.exponent, r.mantissa, r] as const))(
    "reduce-precision to %i exponent and %i mantissa bits",
    (exponent, mantissa, r) => {
      const data = goldenHost(r.operands[0]);
      const [got] = run([{ dtype: "float32", dims: [data.length], data }], (b, [x]) =>
        b.reducePrecision(x, exponent as number, mantissa as number),
      );
      expect(got).toEqual(goldenHost(r.expected));
    },
  );

  test("top-k orders NaN first and zeros by sign, as JAX does", () => {
    const [r] = records.filter((c) => c.op === "top-k");
    const [x] = r.operands;
    const [values, indices] = run([{ dtype: "float64", dims: x.shape, data: goldenHost(x) }], (b, [p]) =>
      b.topK(p, r.k as number),
    );
    expect(values).toEqual(goldenHost(r.expected));
    expect(indices).toEqual(goldenHost(r.indices as GoldenArray));
  });
});
