// Attention whole and expanded: against each other, and the gradient against differences of the result.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expandAttention } from "../../../xla-like/1-simplify/index.js";
import {
  type ArrayShape,
  arrayShape,
  computationsOf,
  type DType,
  HloBuilder,
  type HloInstruction,
  type HloModule,
  moduleEquals,
  parseModuleOrThrow,
  printModule,
  sizeOf,
  stableHloText,
  verify,
} from "../../../xla-like/index.js";
import { evaluate } from "../../../xla-like/reference/evaluate.js";
import { host, numbersOf } from "../reference/helpers.js";

interface Case {
  readonly dtype: DType;
  readonly B: number;
  readonly T: number;
  readonly S: number;
  readonly K: number;
  readonly G: number;
  readonly H: number;
  /** Whether a bias has the sizes of batch and heads, or 1. */
  readonly bias: readonly [boolean, boolean] | null;
  readonly causal: boolean;
}

const size = fc.integer({ min: 0, max: 4 });
const positive = fc.integer({ min: 1, max: 3 });
const cases: fc.Arbitrary<Case> = fc.record({
  dtype: fc.constantFrom<DType>("float32", "float64", "bfloat16", "float16"),
  B: positive,
  T: size,
  S: size,
  K: positive,
  G: positive,
  H: size,
  bias: fc.option(fc.tuple(fc.boolean(), fc.boolean())),
  causal: fc.boolean(),
});

const operandShapes = ({ dtype, B, T, S, K, G, H, bias }: Case): ArrayShape[] => [
  arrayShape(dtype, [B, T, K * G, H]),
  arrayShape(dtype, [B, S, K, H]),
  arrayShape(dtype, [B, S, K, H]),
  ...(bias === null ? [] : [arrayShape(dtype, [bias[0] ? B : 1, bias[1] ? K * G : 1, T, S])]),
];
const scale = 0.375;

const statsShape = ({ dtype, B, T, K, G }: Case) =>
  arrayShape(dtype === "float64" ? "float64" : "float32", [B, K * G, T]);

function forward(c: Case): HloModule {
  const b = new HloBuilder("entry");
  const operands = operandShapes(c).map((s) => b.parameter(s));
  const results = [arrayShape("bool", []), arrayShape("bool", [])];
  return b.module("forward", b.customCall("attention", operands, results, { config: { scale, causal: c.causal } }));
}

function backward(c: Case): HloModule {
  const b = new HloBuilder("entry");
  const shapes = operandShapes(c);
  const operands = [...shapes, shapes[0], statsShape(c), shapes[0]].map((s) => b.parameter(s));
  const config = { scale, causal: c.causal, bias: c.bias !== null };
  return b.module("backward", b.customCall("attention-gradient", operands, shapes, { config }));
}

const sample = (shape: ArrayShape, seed: number) =>
  host(
    shape.dtype,
    Array.from(
      { length: sizeOf(shape.dims) },
      (_, i) => (((Math.imul(i + 1, 2654435761) ^ seed) >>> 9) % 257) / 64 - 2,
    ),
  );
const samples = (c: Case) => operandShapes(c).map((s, k) => sample(s, 77 * k + 5));

/** What results may differ by: sums of another order, or weights rounded before the last product. */
const tolerances: Partial<Record<DType, number>> = { float32: 3e-6, float64: 1e-13, bfloat16: 2e-2, float16: 2e-3 };

function expectClose(shape: ArrayShape, got: readonly number[], want: readonly number[], tolerance: number): void {
  expect(got.length).toBe(sizeOf(shape.dims));
  const largest = want.reduce((m, x) => (Number.isFinite(x) ? Math.max(m, Math.abs(x)) : m), 1);
  want.forEach((x, i) => {
    if (Object.is(got[i], x) || got[i] === x) return;
    if (!(Math.abs(got[i] - x) <= tolerance * largest)) expect(`[${i}] = ${got[i]}`).toBe(`[${i}] = ${x}`);
  });
}

const targets = (m: HloModule): readonly string[] =>
  computationsOf(m).flatMap((c) => c.instructions.flatMap((i) => (i.opcode === "custom-call" ? [i.target] : [])));

function expectSame(module: HloModule, c: Case, args: ReturnType<typeof samples>): void {
  verify(module);
  const expanded = expandAttention(module);
  verify(expanded);
  expect(targets(module)).toHaveLength(1);
  expect(targets(expanded)).toEqual([]);
  const [whole, parts] = [evaluate(module, args), evaluate(expanded, args)];
  const { shape } = module.entry.root;
  if (shape.kind !== "tuple") throw new Error("an entry gives a tuple");
  shape.elements.forEach((s, k) => {
    const [got, want] = [parts, whole].map((values) => numbersOf(s.dtype, values[k]));
    expectClose(s, got, want, tolerances[c.dtype] as number);
  });
}

describe("attention expanded", () => {
  test("gives what it gives whole", () => {
    fc.assert(
      fc.property(cases, (c) => expectSame(forward(c), c, samples(c))),
      { numRuns: 150 },
    );
  });

  test("has the gradients that it has whole", () => {
    fc.assert(
      fc.property(cases, (c) => {
        const args = samples(c);
        const results = evaluate(forward(c), args);
        expectSame(backward(c), c, [...args, ...results, sample(operandShapes(c)[0], 99)]);
      }),
      { numRuns: 150 },
    );
  });

  test("computes no gradient of a bias that nobody asks for", () => {
    const c: Case = { dtype: "float64", B: 2, T: 3, S: 4, K: 1, G: 2, H: 3, bias: [true, false], causal: true };
    const module = backward(c);
    const b = new HloBuilder("entry");
    const shapes = [...operandShapes(c), operandShapes(c)[0], statsShape(c), operandShapes(c)[0]];
    const config = { scale, causal: true, bias: true, biasGradient: false };
    const call = b.customCall(
      "attention-gradient",
      shapes.map((s) => b.parameter(s)),
      [],
      { config },
    );
    const narrow = b.module("narrow", call);
    const args = samples(c);
    args.push(...evaluate(forward(c), args), sample(operandShapes(c)[0], 99));
    expectSame(narrow, c, args);
    expect(evaluate(narrow, args)).toEqual(evaluate(module, args).slice(0, 3));
    const refusal = () => b.customCall("attention-gradient", [], [], { config: { ...config, biasGradient: 1 } });
    expect(refusal).toThrow("attention's option biasGradient is 1, but must be true or false");
  });

  test("does not repeat keys for the queries' heads", () => {
    const c: Case = { dtype: "float32", B: 2, T: 3, S: 5, K: 2, G: 4, H: 7, bias: null, causal: true };
    for (const module of [forward(c), backward(c)]) {
      const sizes = computationsOf(expandAttention(module)).flatMap(({ instructions }) =>
        instructions.flatMap((i) => (i.shape.kind === "array" ? [i.shape.dims] : [])),
      );
      expect(sizes.some((dims) => dims.length > 4 && dims.includes(c.S))).toBe(false);
      expect(sizes.filter((dims) => dims.includes(c.S) && dims.includes(c.H)).every((d) => sizeOf(d) === 140)).toBe(
        true,
      );
    }
  });

  test("stays whole where it is kept, and modules without it are left alone", () => {
    const c: Case = { dtype: "bfloat16", B: 1, T: 2, S: 2, K: 1, G: 1, H: 8, bias: null, causal: false };
    expect(expandAttention(forward(c), () => true)).toEqual(forward(c));
    expect(expandAttention(forward(c), (i) => i.target === "attention-gradient")).not.toEqual(forward(c));
    const b = new HloBuilder("entry");
    const plain = b.module("plain", [b.unary("tanh", b.parameter(arrayShape("float32", [2])))]);
    expect(expandAttention(plain)).toBe(plain);
  });

  test("is expanded inside loops too, and in StableHLO", () => {
    const c: Case = { dtype: "float32", B: 1, T: 2, S: 2, K: 1, G: 1, H: 3, bias: null, causal: true };
    const b = new HloBuilder("entry");
    const shapes = operandShapes(c);
    const state = [arrayShape("int32", []), ...shapes];
    const condition = b.computation("more", state, (x, [n]) => x.compare(n, x.scalar("int32", 2), "LT"));
    const turn = b.computation("turn", state, (x, [n, ...qkv]) => {
      const [out] = x.customCall("attention", qkv, [], { config: { scale, causal: true } });
      return [x.binary("add", n, x.scalar("int32", 1)), out, qkv[1], qkv[2]];
    });
    const operands = shapes.map((s) => b.parameter(s));
    const [, result] = b.while(condition, turn, [b.scalar("int32", 0), ...operands]);
    const module = b.module("loop", [result]);
    expectSame(module, c, samples(c));
    const text = stableHloText(module);
    expect(text._tag === "Right" ? text.right : text.left.message).toMatch(/stablehlo\.dot_general/);
  });
});

describe("attention whole", () => {
  test("is the weighted mean of values, and the logarithm of the weights' sum", () => {
    const c: Case = { dtype: "float64", B: 1, T: 2, S: 2, K: 1, G: 1, H: 1, bias: null, causal: true };
    const [out, stats] = evaluate(
      forward(c),
      [
        [1, 2],
        [3, 5],
        [7, 11],
      ].map((x) => host("float64", x)),
    );
    const [a, b] = [2 * 3 * scale, 2 * 5 * scale].map(Math.exp);
    expectClose(operandShapes(c)[0], numbersOf("float64", out), [7, (7 * a + 11 * b) / (a + b)], 1e-14);
    expectClose(statsShape(c), numbersOf("float64", stats), [3 * scale, Math.log(a + b)], 1e-14);
  });

  test("has the slopes that its gradient says", () => {
    const doubles = cases.map((c): Case => ({ ...c, dtype: "float64" }));
    fc.assert(
      fc.property(
        doubles.filter(({ causal, S }) => S > 0 || !causal),
        (c) => {
          const args = samples(c);
          const results = evaluate(forward(c), args);
          const dout = sample(operandShapes(c)[0], 99);
          const slopes = evaluate(backward(c), [...args, ...results, dout]);
          const value = (xs: typeof args): number => {
            const [out] = evaluate(forward(c), xs);
            return numbersOf("float64", out).reduce((sum, x, i) => sum + x * Number(dout[i]), 0);
          };
          args.forEach((x, k) => {
            if (x.length === 0) return;
            const at = (7 * k + 3) % x.length;
            const moved = (by: number) => {
              const y = x.slice();
              y[at] = Number(x[at]) + by;
              return value(args.with(k, y));
            };
            const h = 1e-5;
            const slope = (moved(h) - moved(-h)) / (2 * h);
            expect(Math.abs(slope - Number(slopes[k][at]))).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)));
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  test("has no other bits as text", () => {
    for (const bias of [null, [true, false] as const]) {
      const c: Case = { dtype: "float16", B: 2, T: 2, S: 3, K: 1, G: 2, H: 8, bias, causal: true };
      for (const module of [forward(c), backward(c)]) {
        expect(moduleEquals(parseModuleOrThrow(printModule(module)), module)).toBe(true);
      }
    }
  });
});

describe("attention is refused for", () => {
  const c: Case = { dtype: "float32", B: 2, T: 3, S: 4, K: 2, G: 2, H: 8, bias: null, causal: false };
  const refusal = (
    change: (shapes: ArrayShape[]) => readonly ArrayShape[],
    config: Readonly<Record<string, string | number | boolean>> = { scale, causal: false },
  ): string => {
    const b = new HloBuilder("entry");
    const operands: HloInstruction[] = change(operandShapes(c)).map((s) => b.parameter(s));
    try {
      b.customCall("attention", operands, [], { config });
      return "taken";
    } catch (error) {
      return (error as Error).message.replace(/^%custom-call\.\d+: /, "");
    }
  };
  const f32 = (...dims: number[]) => arrayShape("float32", dims);

  test.each<[string, () => string, string]>([
    ["nothing that is right", () => refusal((s) => s), "taken"],
    [
      "too few operands",
      () => refusal((s) => s.slice(1)),
      "attention has 2 operands, but takes query, key, value, and perhaps a bias",
    ],
    [
      "ranks other than 4",
      () => refusal(([, k, v]) => [f32(3), k, v]),
      "attention's query is f32[3], but needs the dimensions batch, place, head and size",
    ],
    [
      "heads that are no multiple",
      () => refusal(([, k, v]) => [f32(2, 3, 3, 8), k, v]),
      "attention has 3 heads of queries, which must be a multiple of its 2 heads of keys",
    ],
    [
      "another type",
      () => refusal(([q, k]) => [q, k, arrayShape("float16", k.dims)]),
      "attention's value is f16[2,4,2,8], but must be f32[2,4,2,8]",
    ],
    [
      "a bias of other sizes",
      () => refusal((s) => [...s, f32(1, 1, 3, 1)]),
      "attention's bias is f32[1,1,3,1], but must be f32[1,1,3,4]",
    ],
    [
      "no scale",
      () => refusal((s) => s, { causal: true }),
      "attention's option scale is undefined, but must be a number",
    ],
    [
      "no causal",
      () => refusal((s) => s, { scale }),
      "attention's option causal is undefined, but must be true or false",
    ],
    [
      "another precision",
      () => refusal((s) => s, { scale, causal: true, precision: "best" }),
      "attention's option precision is best, but must be default, high or highest",
    ],
  ])("%s", (_, message, want) => {
    expect(message()).toBe(want);
  });
});
