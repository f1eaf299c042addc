// Rounding, comparisons, selections and integer edges that need no golden data.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BinaryOpcode,
  type CompareDirection,
  type DType,
  f16ToNumber,
  type HostArray,
} from "../../../xla-like/index.js";
import { apply, host, numbersOf, run } from "./helpers.js";

const flat = (dtype: DType, data: HostArray) => ({ dtype, dims: [data.length], data });
const nan = Number.NaN;
const inf = Number.POSITIVE_INFINITY;

describe("rounding", () => {
  test("float32 results are the nearest ones", () => {
    fc.assert(
      fc.property(fc.float(), fc.float(), (x, y) => {
        const [p, q] = [Float32Array.of(x), Float32Array.of(y)];
        const ops: readonly (readonly [BinaryOpcode, number])[] = [
          ["add", x + y],
          ["subtract", x - y],
          ["multiply", x * y],
          ["divide", x / y],
        ];
        for (const [op, exact] of ops) expect(apply(op, "float32", p, q)[0]).toBe(Math.fround(exact));
        expect(apply("sqrt", "float32", p)[0]).toBe(Math.fround(Math.sqrt(x)));
      }),
    );
  });

  test("float16 results are the nearest ones, ties to even", () => {
    const finite = fc.integer({ min: 0, max: 0x7bff });
    /** The float16 among all that is nearest to x ≥ 0, by search. */
    const nearest = (x: number): number => {
      let bits = 0;
      while (bits < 0x7bff && f16ToNumber(bits + 1) <= x) bits++;
      const [below, above] = [f16ToNumber(bits), bits === 0x7bff ? 65536 : f16ToNumber(bits + 1)];
      if (x - below !== above - x) return x - below < above - x ? bits : bits + 1;
      return bits % 2 === 0 ? bits : bits + 1;
    };
    fc.assert(
      fc.property(finite, finite, (p, q) => {
        const [x, y] = [Uint16Array.of(p), Uint16Array.of(q)];
        expect(apply("add", "float16", x, y)[0]).toBe(nearest(f16ToNumber(p) + f16ToNumber(q)));
        expect(apply("multiply", "float16", x, y)[0]).toBe(nearest(f16ToNumber(p) * f16ToNumber(q)));
      }),
      { numRuns: 60 },
    );
  });
});

describe("order", () => {
  const values = [-inf, -1, -0, 0, 1, inf, nan];
  const pairs = values.flatMap((x) => values.map((y) => [x, y] as const));
  const x = host(
    "float32",
    pairs.map((p) => p[0]),
  );
  const y = host(
    "float32",
    pairs.map((p) => p[1]),
  );
  const compare = (direction: CompareDirection, totalOrder: boolean): number[] =>
    Array.from(
      run([flat("float32", x), flat("float32", y)], (b, [p, q]) =>
        b.compare(p, q, direction, { totalOrder }),
      )[0] as Uint8Array,
    );

  test("compare follows IEEE 754, in which NaN is unordered", () => {
    const want = (f: (a: number, b: number) => boolean) => pairs.map(([a, b]) => Number(f(a, b)));
    expect(compare("EQ", false)).toEqual(want((a, b) => a === b));
    expect(compare("NE", false)).toEqual(want((a, b) => a !== b));
    expect(compare("LT", false)).toEqual(want((a, b) => a < b));
    expect(compare("LE", false)).toEqual(want((a, b) => a <= b));
    expect(compare("GT", false)).toEqual(want((a, b) => a > b));
    expect(compare("GE", false)).toEqual(want((a, b) => a >= b));
  });

  test("the total order is the order of the list", () => {
    const rank = (v: number): number => values.findIndex((w) => Object.is(v, w));
    const want = (f: (a: number, b: number) => boolean) => pairs.map(([a, b]) => Number(f(rank(a), rank(b))));
    expect(compare("EQ", true)).toEqual(want((a, b) => a === b));
    expect(compare("NE", true)).toEqual(want((a, b) => a !== b));
    expect(compare("LT", true)).toEqual(want((a, b) => a < b));
    expect(compare("LE", true)).toEqual(want((a, b) => a <= b));
    expect(compare("GT", true)).toEqual(want((a, b) => a > b));
    expect(compare("GE", true)).toEqual(want((a, b) => a >= b));
  });

  test("maximum and minimum keep NaN and order the zeros", () => {
    const want = (f: (a: number, b: number) => number) => pairs.map(([a, b]) => f(a, b));
    expect(Array.from(apply("maximum", "float32", x, y) as Float32Array)).toEqual(want(Math.max));
    expect(Array.from(apply("minimum", "float32", x, y) as Float32Array)).toEqual(want(Math.min));
  });

  test("sign keeps NaN and zeros; clamp takes scalars and arrays", () => {
    expect(Array.from(apply("sign", "float32", host("float32", values)) as Float32Array)).toEqual([
      -1,
      -1,
      -0,
      0,
      1,
      1,
      nan,
    ]);
    const v = flat("float32", host("float32", [-5, 0.5, 7, nan]));
    const bounds = [
      { dtype: "float32" as const, dims: [], data: host("float32", [-1]) },
      { dtype: "float32" as const, dims: [], data: host("float32", [1]) },
    ];
    const [scalars] = run([v, ...bounds], (b, [p, lo, hi]) => b.clamp(lo, p, hi));
    expect(Array.from(scalars as Float32Array)).toEqual([-1, 0.5, 1, nan]);
    const [arrays] = run([v], (b, [p]) => b.clamp(b.fill(-2, "float32", [4]), p, b.fill(0, "float32", [4])));
    expect(Array.from(arrays as Float32Array)).toEqual([-2, 0, 0, nan]);
  });
});

describe("other types", () => {
  test("select takes a scalar predicate or one for each element, of any type", () => {
    for (const d of ["int64", "complex64", "bfloat16", "bool"] as const) {
      const two = d === "complex64" ? 2 : 1;
      const p = host(d, new Array(3 * two).fill(1));
      const q = host(d, new Array(3 * two).fill(0));
      const operands = [p, q].map((data) => ({ dtype: d, dims: [3], data }));
      const mask = { dtype: "bool" as const, dims: [3], data: Uint8Array.of(1, 0, 1) };
      const flag = { dtype: "bool" as const, dims: [], data: Uint8Array.of(0) };
      const [each] = run([mask, ...operands], (b, [m, s, t]) => b.select(m, s, t));
      expect(each).toEqual(
        host(
          d,
          [1, 0, 1].flatMap((v) => new Array(two).fill(v)),
        ),
      );
      expect(run([flag, ...operands], (b, [m, s, t]) => b.select(m, s, t))[0]).toEqual(q);
    }
  });

  test("bool has and, or, xor, not, and an order", () => {
    const x = Uint8Array.of(0, 0, 1, 1);
    const y = Uint8Array.of(0, 1, 0, 1);
    const list = (op: BinaryOpcode) => Array.from(apply(op, "bool", x, y) as Uint8Array);
    expect([list("and"), list("or"), list("xor")]).toEqual([
      [0, 0, 0, 1],
      [0, 1, 1, 1],
      [0, 1, 1, 0],
    ]);
    expect([list("maximum"), list("minimum")]).toEqual([
      [0, 1, 1, 1],
      [0, 0, 0, 1],
    ]);
    expect(Array.from(apply("not", "bool", x) as Uint8Array)).toEqual([1, 1, 0, 0]);
  });

  test("integer powers wrap, and negative exponents give 0 except of 1 and -1", () => {
    const base = [3, 2, -1, -1, 1, 5, 0, 7];
    const exponent = [4, 31, 3, -2, -9, -1, 0, 40];
    const want = [81, -2147483648, -1, 1, 1, 0, 1, Number(BigInt.asIntN(32, 7n ** 40n))];
    expect(apply("power", "int32", host("int32", base), host("int32", exponent))).toEqual(host("int32", want));
    const wide = want.with(1, 2147483648).with(7, 0);
    const got = apply("power", "int64", host("int64", base), host("int64", exponent)) as BigInt64Array;
    expect(Array.from(got.with(7, 0n), Number)).toEqual(wide);
    expect(got[7]).toBe(BigInt.asIntN(64, 7n ** 40n));
  });

  test("nextafter steps through the values of each type", () => {
    for (const d of ["float16", "bfloat16", "float32", "float64"] as const) {
      const tiny = numbersOf(d, apply("nextafter", d, host(d, [0]), host(d, [1])))[0];
      const up = apply("nextafter", d, host(d, [1, -1, tiny, 0, nan, inf]), host(d, [2, 2, -1, -1, 1, 0]));
      const epsilon = { float16: 2 ** -10, bfloat16: 2 ** -7, float32: 2 ** -23, float64: 2 ** -52 }[d];
      const largest = {
        float16: 65504,
        bfloat16: (2 - 2 ** -7) * 2 ** 127,
        float32: (2 - 2 ** -23) * 2 ** 127,
        float64: Number.MAX_VALUE,
      }[d];
      expect(numbersOf(d, up)).toEqual([1 + epsilon, -1 + epsilon / 2, 0, -tiny, nan, largest]);
      expect(tiny).toBe({ float16: 2 ** -24, bfloat16: 2 ** -133, float32: 2 ** -149, float64: 2 ** -1074 }[d]);
    }
  });

  test("complex numbers compare, convert, and come apart", () => {
    const z = host("complex64", [1, 2, 3, -4, nan, 0]);
    const w = host("complex64", [1, 2, 3, 4, nan, 0]);
    const operands = [z, w].map((data) => ({ dtype: "complex64" as const, dims: [3], data }));
    const [eq, ne, re, im, modulus, conj, wide] = run(operands, (b, [p, q]) => [
      b.compare(p, q, "EQ"),
      b.compare(p, q, "NE"),
      b.unary("real", p),
      b.unary("imag", p),
      b.unary("abs", b.slice(p, [1], [2])),
      b.unary("conjugate", p),
      b.convert(p, "complex128"),
    ]);
    expect(Array.from(eq as Uint8Array)).toEqual([1, 0, 0]);
    expect(Array.from(ne as Uint8Array)).toEqual([0, 1, 1]);
    expect(Array.from(re as Float32Array)).toEqual([1, 3, nan]);
    expect(Array.from(im as Float32Array)).toEqual([2, -4, 0]);
    expect(modulus[0]).toBe(5);
    expect(Array.from(conj as Float32Array)).toEqual([1, -2, 3, 4, nan, -0]);
    expect(Array.from(wide as Float64Array)).toEqual([1, 2, 3, -4, nan, 0]);
  });
});
