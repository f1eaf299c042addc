// sort: the orders that the library lowers to are recognised, before and after simplification, and kept natively.
import { jit, lax, numpy as np, type Tensor } from "cotangent";
import { describe, expect, test } from "vitest";
import { simplify } from "../../../../../xla-like/1-simplify/index.js";
import { sortOrder } from "../../../../../xla-like/5-emit/cpu/routines/sort-order.js";
import {
  arrayShape,
  computationsOf,
  type DType,
  HloBuilder,
  type HloComputation,
  type HloInstruction,
  type HloModule,
  type HostArray,
  isComplex,
  isFloat,
  parseModuleOrThrow,
} from "../../../../../xla-like/index.js";
import { both, hasRoutine, type Operand, randomData } from "./helpers.js";

interface Key {
  readonly x: HloInstruction;
  readonly y: HloInstruction;
  readonly totalOrder: boolean;
}

/** As the sort primitive lowers it: zeros and NaNs alike, the first key that differs decides. */
function comparator(b: HloBuilder, dtypes: readonly DType[], numKeys: number, direction: "LT" | "GT"): HloComputation {
  const canonical = (c: HloBuilder, x: HloInstruction, d: DType): HloInstruction => {
    const unsigned = c.select(c.compare(x, c.scalar(d, 0), "EQ"), c.scalar(d, 0), x);
    return c.select(c.compare(x, x, "NE"), c.scalar(d, Number.NaN), unsigned);
  };
  const keysOf = (c: HloBuilder, x: HloInstruction, y: HloInstruction, d: DType): Key[] => {
    if (isFloat(d)) return [{ x: canonical(c, x, d), y: canonical(c, y, d), totalOrder: true }];
    if (!isComplex(d)) return [{ x, y, totalOrder: false }];
    const part = d === "complex64" ? "float32" : "float64";
    return (["real", "imag"] as const).flatMap((p) => keysOf(c, c.unary(p, x), c.unary(p, y), part));
  };
  const pairs = dtypes.flatMap((d) => [arrayShape(d, []), arrayShape(d, [])]);
  return b.computation("before", pairs, (c, ps) => {
    const keys = dtypes.slice(0, numKeys).flatMap((d, i) => keysOf(c, ps[2 * i], ps[2 * i + 1], d));
    const last = keys[keys.length - 1];
    return keys.slice(0, -1).reduceRight(
      (rest, { x, y, totalOrder }) => {
        const before = c.compare(x, y, direction, { totalOrder });
        return c.binary("or", before, c.binary("and", c.compare(x, y, "EQ", { totalOrder }), rest));
      },
      c.compare(last.x, last.y, direction, { totalOrder: last.totalOrder }),
    );
  });
}

const comparatorsOf = (module: HloModule): HloComputation[] =>
  computationsOf(module).flatMap((c) => c.instructions.flatMap((i) => (i.opcode === "sort" ? [i.comparator] : [])));

describe("sortOrder", () => {
  const x = np.ones([4, 3]);
  const z = np.ones([4], { dtype: "complex64" });
  const whole = (operand: number) => ({ operand, part: "whole", descending: false, byBits: false });
  const programs: readonly [string, () => string, readonly object[]][] = [
    [
      "sort",
      () =>
        jit((a: Tensor) => np.sort(a))
          .lower(x)
          .asText("hlo"),
      [whole(0)],
    ],
    [
      "argsort",
      () =>
        jit((a: Tensor) => np.argsort(a, 0, { descending: true }))
          .lower(x)
          .asText("hlo"),
      [whole(0)],
    ],
    [
      "lexsort",
      () =>
        jit((a: Tensor) => np.lexsort([a, a.mul(2)]))
          .lower(x)
          .asText("hlo"),
      [whole(0), whole(1)],
    ],
    [
      "sort of integers",
      () =>
        jit((a: Tensor) => lax.sort(a))
          .lower(np.arange(5))
          .asText("hlo"),
      [whole(0)],
    ],
    [
      "sort of complex numbers",
      () =>
        jit((a: Tensor) => np.sort(a))
          .lower(z)
          .asText("hlo"),
      [
        { ...whole(0), part: "real" },
        { ...whole(0), part: "imag" },
      ],
    ],
  ];
  test.each(programs)("%s is recognised, simplified or not", (_, text, keys) => {
    const module = parseModuleOrThrow(text());
    for (const m of [module, simplify(module)]) {
      const found = comparatorsOf(m);
      expect(found.length).toBeGreaterThan(0);
      for (const c of found) expect(sortOrder(c)).toEqual(keys);
    }
  });

  test("tells directions, and refuses what is no order of operands", () => {
    const b = new HloBuilder("entry");
    const float = arrayShape("float32", []);
    const of = (body: (c: HloBuilder, x: HloInstruction, y: HloInstruction) => HloInstruction) =>
      sortOrder(b.computation("c", [float, float], (c, [p, q]) => body(c, p, q)));
    expect(of((c, p, q) => c.compare(p, q, "GT", { totalOrder: true }))).toEqual([
      { operand: 0, part: "whole", descending: true, byBits: true },
    ]);
    expect(of((c, p, q) => c.compare(q, p, "GT", { totalOrder: true }))?.[0].descending).toBe(false);
    expect(of((c, p, q) => c.compare(p, q, "LT"))).toBeUndefined();
    expect(of((c, p, q) => c.compare(p, q, "LE", { totalOrder: true }))).toBeUndefined();
    expect(of((c, p, q) => c.compare(c.unary("negate", p), q, "LT", { totalOrder: true }))).toBeUndefined();
    expect(of((c, p) => c.compare(p, p, "LT", { totalOrder: true }))).toBeUndefined();
  });
});

const types: readonly DType[] = [
  "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
  "float16", "bfloat16", "float32", "float64", "complex64", "complex128",
]; // biome-ignore format: a table

/** Bit patterns, so that zeros' signs count. */
const bits = (data: HostArray): Buffer => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

const expectSame = (
  operands: readonly Operand[],
  dimension: number,
  numKeys: number,
  direction: "LT" | "GT" = "LT",
): void => {
  const types = operands.map((x) => x.dtype);
  const { native, reference } = both(operands, (b, xs) =>
    b.sort(xs, dimension, comparator(b, types, numKeys, direction), { stable: true }),
  );
  native.forEach((x, k) => {
    expect(bits(x).equals(bits(reference[k])), `result ${k}`).toBe(true);
  });
};

const operand = (dtype: DType, dims: readonly number[], seed: number, range?: number): Operand => {
  const size = dims.reduce((n, d) => n * d, 1);
  return { dtype, dims, data: randomData(dtype, size, seed, range) };
};

describe.runIf(hasRoutine("sort"))("sort", () => {
  test.each(types)("values of %s, short and long", (dtype) => {
    for (const n of [0, 1, 2, 17, 150, 700, 5000]) expectSame([operand(dtype, [n], n)], 0, 1);
    expectSame([operand(dtype, [3000], 1)], 0, 1, "GT");
  });

  test.each(types)("payloads keep the order of equal keys of %s", (dtype) => {
    for (const n of [5, 100, 4000]) {
      expectSame([operand(dtype, [n], n, 5), operand("int32", [n], 7), operand("bool", [n], 8)], 0, 1);
    }
  });

  test("several keys", () => {
    const n = 3000;
    expectSame(
      [
        operand("int8", [n], 1, 3),
        operand("float64", [n], 2, 2),
        operand("complex128", [n], 3),
        operand("uint16", [n], 4),
      ],
      0,
      3,
    );
    expectSame([operand("float32", [60], 1, 1), operand("int64", [60], 2, 2), operand("int32", [60], 3)], 0, 2, "GT");
  });

  test("along any dimension", () => {
    for (const dims of [
      [3, 40, 21],
      [70, 33],
      [2, 300, 1],
    ]) {
      for (let d = 0; d < dims.length; d++) {
        expectSame([operand("float32", dims, d)], d, 1);
        expectSame([operand("float64", dims, d, 3), operand("int16", dims, 5)], d, 1);
      }
    }
  });

  test.each(["float16", "bfloat16", "float32", "float64"] as const)("zeros and NaNs of %s", (dtype) => {
    const x = operand(dtype, [2000], 3);
    const word = { float16: 0x7e01, bfloat16: 0x7fc1, float32: 0x7fc00001, float64: 0 }[dtype];
    for (let k = 0; k < 2000; k += 9) {
      const zero = k % 2 === 0 ? -0 : 0;
      if (x.data instanceof Uint16Array) x.data[k] = k % 3 === 0 ? word : k % 2 === 0 ? 0x8000 : 0;
      else x.data[k] = k % 3 === 0 ? Number.NaN : zero;
    }
    expectSame([x], 0, 1);
    expectSame([x, operand("int32", [2000], 1)], 0, 1);
    expectSame([x], 0, 1, "GT");
  });

  test("a long line by all threads", () => {
    expectSame([operand("float32", [200_000], 5)], 0, 1);
    expectSame([operand("int32", [100_000], 6, 1000), operand("float32", [100_000], 7)], 0, 1);
    expectSame([operand("uint64", [2, 70_000], 6, 1000)], 1, 1);
  });
});
