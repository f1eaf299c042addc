// Loops, branches, calls, callbacks; and that overwriting arrays in place is never seen.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrayShape, HloBuilder, type HloInstruction } from "../../../xla-like/index.js";
import { evaluate, prepare } from "../../../xla-like/reference/evaluate.js";
import { host, run } from "./helpers.js";

const scalar = arrayShape("int32", []);
const int = (v: number) => ({ dtype: "int32" as const, dims: [], data: host("int32", [v]) });

/** A loop that runs `count` times over values carried beside the counter. */
const loop = (
  b: HloBuilder,
  count: number,
  inits: readonly HloInstruction[],
  body: (c: HloBuilder, k: HloInstruction, values: HloInstruction[]) => readonly HloInstruction[],
): HloInstruction[] => {
  const shapes = inits.map((x) => (x.shape.kind === "array" ? x.shape : scalar));
  const condition = b.computation("condition", [scalar, ...shapes], (c, [k]) =>
    c.compare(k, c.scalar("int32", count), "LT"),
  );
  const step = b.computation("body", [scalar, ...shapes], (c, [k, ...values]) => [
    c.binary("add", k, c.scalar("int32", 1)),
    ...body(c, k, values),
  ]);
  return b.while(condition, step, [b.scalar("int32", 0), ...inits]).slice(1);
};

describe("control", () => {
  test("a loop carries values, and none of them if it does not run", () => {
    const fibonacci = (n: number) =>
      run([int(0), int(1)], (b, xs) => loop(b, n, xs, (c, _, [p, q]) => [q, c.binary("add", p, q)])).map((x) => x[0]);
    expect(fibonacci(10)).toEqual([55, 89]);
    expect(fibonacci(0)).toEqual([0, 1]);
  });

  test("conditional clamps its index", () => {
    const at = (k: number) =>
      run([int(k), int(5)], (b, [i, x]) => {
        const branch = (m: number) =>
          b.computation("branch", [scalar], (c, [v]) => [c.binary("multiply", v, c.scalar("int32", m))]);
        return b.conditional(i, [branch(1), branch(10), branch(100)], [x]);
      })[0][0];
    expect([-1, 0, 1, 2, 3].map(at)).toEqual([5, 5, 50, 500, 500]);
  });

  test("operands that a branch or a loop returns are not overwritten afterwards", () => {
    const results = run([int(3)], (b, [x]) => {
      const y = b.binary("add", x, b.scalar("int32", 1));
      const same = b.computation("same", [scalar], (_, [v]) => [v]);
      const [chosen] = b.conditional(b.scalar("int32", 0), [same], [y]);
      const z = b.binary("add", x, b.scalar("int32", 2));
      const [looped] = loop(b, 2, [z], (_, __, [v]) => [v]);
      return [
        chosen,
        b.binary("multiply", y, y),
        b.binary("add", chosen, y),
        looped,
        b.binary("multiply", z, z),
        looped,
      ];
    });
    expect(results.map((r) => r[0])).toEqual([4, 16, 8, 5, 25, 5]);
  });

  test("call runs its computation on the operands", () => {
    const [sum, twice] = run([int(3), int(4)], (b, xs) => {
      const f = b.computation("f", [scalar, scalar], (c, [p, q]) => [c.binary("add", p, q), c.binary("add", p, p)]);
      return b.call(f, xs);
    });
    expect([sum[0], twice[0]]).toEqual([7, 6]);
  });

  test("callbacks get host arrays, run in order, and may keep what they get", () => {
    const seen: Int32Array[] = [];
    const results = run([int(1)], (b, [x]) => {
      const keep = (v: unknown) => {
        seen.push(v as Int32Array);
        return [];
      };
      return loop(b, 3, [x], (c, _, [v]) => {
        const next = c.binary("add", v, c.scalar("int32", 1));
        c.customCall("callback", [next], [], { hasSideEffect: true, callback: keep });
        return [c.binary("multiply", next, c.scalar("int32", 2))];
      });
    });
    expect(seen.map((v) => v[0])).toEqual([2, 5, 11]);
    expect(results[0][0]).toBe(22);
  });

  test("a loop updates rows in place, but not in its caller's array", () => {
    const rows = 50;
    const table = new Float32Array(rows * 4);
    const x = { dtype: "float32" as const, dims: [rows, 4], data: table };
    const [filled, original] = run([x], (b, [t]) => {
      const zero = b.scalar("int32", 0);
      const results = loop(b, rows, [t, zero], (c, k, [v, z]) => [
        c.dynamicUpdateSlice(v, c.broadcast(c.convert(k, "float32"), [1, 4], []), [k, z]),
        z,
      ]);
      return [results[0], t];
    });
    expect(Array.from(filled as Float32Array)).toEqual(Array.from({ length: rows * 4 }, (_, i) => Math.floor(i / 4)));
    expect(table.every((v) => v === 0)).toBe(true);
    expect(original.every((v) => v === 0)).toBe(true);
  });

  test("values that share an array stay apart when one of them is updated", () => {
    const x = { dtype: "float64" as const, dims: [3], data: Float64Array.of(1, 2, 3) };
    const results = run([x], (b, [v]) => {
      const w = b.reshape(v, [3]);
      const [p, q] = loop(b, 2, [v, w], (c, _, [s, t]) => [c.unary("negate", t), c.reshape(s, [3])]);
      return [p, q, b.unary("negate", p), p];
    });
    const plain = results.map((r) => Array.from(r as Float64Array));
    expect(plain).toEqual([
      [-1, -2, -3],
      [-1, -2, -3],
      [1, 2, 3],
      [-1, -2, -3],
    ]);
  });

  test("prepared programs run again with the same result, and leave arguments alone", () => {
    const b = new HloBuilder("entry");
    const p = b.parameter(arrayShape("float32", [4]));
    const f = prepare(b.module("m", [b.unary("negate", b.unary("exponential", b.unary("negate", p)))]));
    const x = Float32Array.of(0, 1, 2, 3);
    const first = f([x]);
    expect(f([x])).toEqual(first);
    expect(Array.from(x)).toEqual([0, 1, 2, 3]);
  });
});

/** One instruction of a random program: an operation on earlier values, chosen by numbers. */
interface Choice {
  readonly op: "add" | "multiply" | "negate" | "update" | "reverse" | "reshape" | "barrier" | "select" | "scatter";
  readonly x: number;
  readonly y: number;
  readonly at: number;
}
const length = 4;
const choices = fc.array(
  fc.record<Choice>({
    op: fc.constantFrom("add", "multiply", "negate", "update", "reverse", "reshape", "barrier", "select", "scatter"),
    x: fc.nat(1000),
    y: fc.nat(1000),
    at: fc.nat(length - 1),
  }),
  { maxLength: 12 },
);

/** Carries out a program on plain lists, never changing one. */
const interpret = (program: readonly Choice[], inputs: readonly (readonly number[])[]): (readonly number[])[] => {
  const values = inputs.slice();
  for (const { op, x, y, at } of program) {
    const p = values[x % values.length];
    const q = values[y % values.length];
    const put = (v: number): number[] => p.map((w, i) => (i === at ? v : w));
    values.push(
      op === "add"
        ? p.map((v, i) => Math.fround(v + q[i]))
        : op === "multiply"
          ? p.map((v, i) => Math.fround(v * q[i]))
          : op === "negate"
            ? p.map((v) => -v)
            : op === "update"
              ? put(q[0])
              : op === "scatter"
                ? put(Math.fround(p[at] + q[0]))
                : op === "reverse"
                  ? p.toReversed()
                  : op === "select"
                    ? p.map((v, i) => (v < q[i] ? v : q[i]))
                    : p,
    );
  }
  return values;
};

/** The same program as instructions. */
const build = (b: HloBuilder, program: readonly Choice[], inputs: readonly HloInstruction[]): HloInstruction[] => {
  const values = inputs.slice();
  for (const { op, x, y, at } of program) {
    const p = values[x % values.length];
    const q = values[y % values.length];
    const make = (): HloInstruction => {
      switch (op) {
        case "add":
        case "multiply":
          return b.binary(op, p, q);
        case "negate":
          return b.unary("negate", p);
        case "update":
          return b.dynamicUpdateSlice(p, b.slice(q, [0], [1]), [b.scalar("int32", at)]);
        case "scatter":
          return b.scatter(
            p,
            b.constant("int32", [1], host("int32", [at])),
            b.slice(q, [0], [1]),
            {
              updateWindowDims: [0],
              insertedWindowDims: [],
              inputBatchingDims: [],
              scatterIndicesBatchingDims: [],
              scatterDimsToOperandDims: [0],
              indexVectorDim: 0,
            },
            b.reducer("add", "float32"),
          );
        case "reverse":
          return b.reverse(p, [0]);
        case "select":
          return b.select(b.compare(p, q, "LT"), p, q);
        case "reshape":
          return b.reshape(b.reshape(p, [2, 2]), [length]);
        case "barrier":
          return b.optimizationBarrier(p);
      }
    };
    values.push(make());
  }
  return values;
};

describe("random programs in loops", () => {
  test("agree with an evaluator that never overwrites", () => {
    fc.assert(
      fc.property(
        choices,
        choices,
        choices,
        fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }),
        fc.nat(4),
        fc.integer({ min: 0, max: 2 }),
        (before, inner, after, picks, count, nested) => {
          const inputs = [
            [1, 2, 3, 4],
            [-1, 0.5, 2, -2],
            [3, 1, 4, 1],
          ];
          const step = (values: (readonly number[])[]): (readonly number[])[] => {
            const all = interpret(inner, values);
            return picks.map((k) => all[k % all.length]);
          };
          let carried = interpret(before, inputs).slice(-3);
          for (let k = 0; k < count; k++) {
            for (let m = 0; m < nested; m++) carried = step(carried);
            carried = step(carried);
          }
          const want = interpret(after, carried);

          const b = new HloBuilder("entry");
          const shape = arrayShape("float32", [length]);
          const parameters = inputs.map(() => b.parameter(shape));
          const body = (c: HloBuilder, values: readonly HloInstruction[]): HloInstruction[] => {
            const all = build(c, inner, values);
            return picks.map((k) => all[k % all.length]);
          };
          const looped = loop(b, count, build(b, before, parameters).slice(-3), (c, _, values) =>
            body(
              c,
              loop(c, nested, values, (e, __, v) => body(e, v)),
            ),
          );
          const module = b.module("m", [...build(b, after, looped), ...parameters]);
          const args = inputs.map((v) => Float32Array.from(v));
          const got = evaluate(module, args).map((r) => Array.from(r as Float32Array));
          const bits = (lists: readonly (readonly number[])[]) =>
            lists.map((v) => Array.from(v, (w) => (Object.is(w, -0) ? "-0" : String(w))));
          expect(bits(got)).toEqual(bits([...want, ...inputs]));
          expect(args.map((v) => Array.from(v))).toEqual(inputs);
        },
      ),
      { numRuns: 400 },
    );
  });
});
