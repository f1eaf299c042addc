// Row kernels: softmax, layer normalisation and their gradients, sums of rows, columns and everything.
import { describe, expect, it } from "vitest";
import { rowPlan } from "../../../../../xla-like/5-emit/cpu/kernels/row-plan.js";
import {
  arrayShape,
  type DType,
  type HloBuilder,
  type HloInstruction,
  type ReducerName,
} from "../../../../../xla-like/index.js";
import { evaluate } from "../../../../../xla-like/reference/evaluate.js";
import { check, checkSample, compile, fused, jit, machines, sample, whyNoJit } from "./harness.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const range = (n: number, from = 0): number[] => Array.from({ length: n }, (_, k) => from + k);

/** Sums and the like over the last dimensions of [rows…, columns…], and values broadcast back. */
const over = (b: HloBuilder, dims: readonly number[], split: number, dtype: DType = "float32") => {
  const columns = range(dims.length - split, split);
  const rows = range(split);
  return {
    reduce: (name: ReducerName, x: HloInstruction, init: number) =>
      b.reduce([x], [b.scalar(dtype, init)], columns, b.reducer(name, dtype))[0],
    columnSum: (x: HloInstruction) => b.reduce([x], [b.scalar(dtype, 0)], rows, b.reducer("add", dtype))[0],
    total: (x: HloInstruction) => b.reduce([x], [b.scalar(dtype, 0)], range(dims.length), b.reducer("add", dtype))[0],
    back: (x: HloInstruction) => b.broadcast(x, dims, rows),
    along: (x: HloInstruction) => b.broadcast(x, dims, columns),
  };
};

const softmax = (b: HloBuilder, x: HloInstruction, dims: readonly number[], split: number) => {
  const o = over(b, dims, split);
  const shifted = b.binary("subtract", x, o.back(o.reduce("maximum", x, Number.NEGATIVE_INFINITY)));
  const e = b.unary("exponential", shifted);
  return b.binary("divide", e, o.back(o.reduce("add", e, 0)));
};

const normalised = (b: HloBuilder, x: HloInstruction, dims: readonly number[], split: number) => {
  const o = over(b, dims, split);
  const n = dims.slice(split).reduce((p, q) => p * q, 1);
  const mean = b.binary("divide", o.reduce("add", x, 0), b.scalar("float32", n));
  const centred = b.binary("subtract", x, o.back(mean));
  const variance = b.binary(
    "divide",
    o.reduce("add", b.binary("multiply", centred, centred), 0),
    b.scalar("float32", n),
  );
  const scale = b.unary("rsqrt", b.binary("add", variance, b.scalar("float32", 1e-5)));
  return { hat: b.binary("multiply", centred, o.back(scale)), scale, n, ...o };
};

const shapes: readonly (readonly [dims: number[], split: number])[] = [
  [[4, 64], 1], [[1, 100], 1], [[37, 17], 1], [[3, 5, 7], 2], [[3, 5, 7], 1], [[50, 1], 1], [[7, 3], 1], [[300, 130], 1], [[2, 5000], 1], [[64], 0],
]; // biome-ignore format: a table

describe.skipIf(jit === undefined)(`row kernels${whyNoJit}`, () => {
  it.each(shapes)("softmax over %j from dimension %i on", (dims, split) => {
    const program = fused("row", [f32(...dims)], (b, [x]) => softmax(b, x, dims, split));
    expect(rowPlan(program.fusion)?.buffered.length).toBe(1);
    checkSample("row", [f32(...dims)], (b, [x]) => softmax(b, x, dims, split));
  });

  it.each(machines)("softmax on $name", (machine) => {
    checkSample("row", [f32(9, 70)], (b, [x]) => softmax(b, x, [9, 70], 1), { machine });
  });

  it.each(shapes)("layer normalisation over %j from dimension %i on", (dims, split) => {
    const columns = dims.slice(split);
    checkSample(
      "row",
      [f32(...dims), f32(...columns), f32(...columns)],
      (b, [x, gamma, beta]) => {
        const { hat, along, scale } = normalised(b, x, dims, split);
        return [b.binary("add", b.binary("multiply", hat, along(gamma)), along(beta)), scale];
      },
      { scale: 1 },
    );
  });

  it.each(shapes.filter(([, split]) => split > 0))(
    "the gradient of layer normalisation over %j from %i on",
    (dims, split) => {
      const compiled = checkSample(
        "row",
        [f32(...dims), f32(...dims.slice(split)), f32(...dims)],
        (b, [x, gamma, dy]) => {
          const { hat, along, back, scale, reduce, columnSum, n } = normalised(b, x, dims, split);
          const dhat = b.binary("multiply", dy, along(gamma));
          const a = b.binary("divide", reduce("add", dhat, 0), b.scalar("float32", n));
          const c = b.binary("divide", reduce("add", b.binary("multiply", dhat, hat), 0), b.scalar("float32", n));
          const inner = b.binary("subtract", b.binary("subtract", dhat, back(a)), b.binary("multiply", hat, back(c)));
          return [b.binary("multiply", inner, back(scale)), columnSum(b.binary("multiply", dy, hat)), columnSum(dy)];
        },
        { scale: 100 },
      );
      expect(compiled.kernels.launches.length).toBe(2);
    },
  );

  it.each(["add", "multiply", "maximum", "minimum"] as const)("reduces rows, columns and everything by %s", (name) => {
    for (const dims of [
      [6, 100],
      [40, 3],
      [1, 70],
      [200, 200],
    ]) {
      for (const dimensions of [[1], [0], [0, 1]]) {
        checkSample(
          "row",
          [f32(...dims)],
          (b, [x]) =>
            b.reduce([b.unary("tanh", x)], [b.scalar("float32", 0.5)], dimensions, b.reducer(name, "float32")),
          { scale: 300 },
        );
      }
    }
  });

  it.each(machines)("knows NaNs, zeros and infinities apart in extrema of rows on $name", (machine) => {
    const special = [Number.NaN, -0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-45, -1e-45, 3e38, -3e38];
    const [rows, columns] = [special.length ** 2, 100];
    const data = new Float32Array(rows * columns);
    const bits = new Uint32Array(data.buffer);
    for (let r = 0; r < rows; r++) {
      const [most, one] = [special[r % special.length], special[Math.floor(r / special.length)]];
      data.fill(most, r * columns, (r + 1) * columns);
      data[r * columns + ((7 * r) % columns)] = one;
      // A NaN with a sign, as x86 makes them, beside one without.
      if (Number.isNaN(one)) bits[r * columns + ((7 * r) % columns)] = 0xffc00000;
    }
    for (const [name, init] of [
      ["maximum", Number.NEGATIVE_INFINITY],
      ["minimum", Number.POSITIVE_INFINITY],
    ] as const) {
      const program = fused("row", [f32(rows, columns)], (b, [x]) =>
        b.reduce([x], [b.scalar("float32", init)], [1], b.reducer(name, "float32")),
      );
      const { run } = check(program, [data], { machine });
      const [got] = run([data]);
      const [want] = evaluate(program.module, [data]);
      // Signs of zeros too, which closeness does not see.
      for (let r = 0; r < rows; r++) expect(Object.is(got[r], want[r]), `row ${r}`).toBe(true);
    }
  });

  it.each(["bool", "int8", "uint32", "int64", "float16", "bfloat16", "float64", "complex64"] as const)(
    "reduces %s",
    (dtype) => {
      for (const dimensions of [[1], [0], [0, 1]]) {
        const names: readonly ReducerName[] =
          dtype === "bool" ? ["and", "or"] : dtype === "complex64" ? ["add"] : ["add", "maximum", "minimum"];
        for (const name of names) {
          checkSample(
            "row",
            [arrayShape(dtype, [33, 50])],
            (b, [x]) =>
              b.reduce(
                [x],
                [b.scalar(dtype, dtype === "bool" ? name === "and" : 1)],
                dimensions,
                b.reducer(name, dtype),
              ),
            { scale: 300 },
          );
        }
      }
    },
  );

  it("reduces by computations it does not know", () => {
    for (const dimensions of [[1], [0], [0, 1]]) {
      for (const dims of [
        [33, 50],
        [40, 3],
      ]) {
        checkSample("row", [f32(...dims)], (b, [x]) =>
          b.reduce(
            [x],
            [b.scalar("float32", -3)],
            dimensions,
            b.scalarComputation("larger", "float32", (c, p, q) => c.select(c.compare(p, q, "GT"), p, q)),
          ),
        );
      }
    }
  });

  it.each(["float32", "int8", "float64"] as const)("finds the largest %s and where it is", (dtype) => {
    for (const [dims, dimensions] of [
      [[33, 50], [1]],
      [[33, 50], [0]],
      [
        [4, 5, 100],
        [1, 2],
      ],
      [[300], [0]],
      [[7, 3], [1]],
    ] as const) {
      const [value, place] = [arrayShape(dtype, []), arrayShape("int32", [])];
      checkSample("loop", [arrayShape(dtype, dims)], (b, [x]) => {
        const larger = b.computation("larger", [value, place, value, place], (c, [p, i, q, j]) => {
          const keep = c.binary(
            "or",
            c.compare(p, q, "GT"),
            c.binary("and", c.compare(p, q, "EQ"), c.compare(i, j, "LT")),
          );
          return [c.select(keep, p, q), c.select(keep, i, j)];
        });
        const lowest = b.scalar(dtype, dtype === "int8" ? -128 : Number.NEGATIVE_INFINITY);
        const places = b.iota("int32", dims, dims.length - 1);
        return b.reduce([x, places], [lowest, b.scalar("int32", 2 ** 31 - 1)], dimensions, larger);
      });
    }
  });

  it("takes short rows together where only columns are added up", () => {
    for (const [rows, columns] of [
      [640, 3],
      [512, 2],
      [256, 48],
      [7 * 64, 5],
      [131, 3],
    ]) {
      const program = checkSample(
        "row",
        [f32(rows, columns), f32(columns)],
        (b, [x]) => {
          const o = over(b, [rows, columns], 1);
          const kept = b.binary("maximum", x, b.scalar("float32", 0));
          return [kept, o.columnSum(kept), o.total(kept)];
        },
        { scale: 300 },
      );
      expect(program.kernels.launches.length).toBe(3);
      checkSample(
        "row",
        [f32(rows, columns), f32(columns)],
        (b, [x, y]) => {
          const o = over(b, [rows, columns], 1);
          return o.columnSum(b.binary("multiply", x, o.along(y)));
        },
        { scale: 300 },
      );
    }
    const wide = fused("row", [f32(640, 3)], (b, [x]) => over(b, [640, 3], 1).columnSum(x));
    expect(rowPlan(wide.fusion)?.fold).toBe(128);
  });

  it("reads rows side by side where it only adds up columns", () => {
    for (const [rows, columns, side] of [
      [512, 128, 8],
      [600, 200, 1],
      [600, 256, 4],
      [1000, 100, 1],
      [516, 128, 1],
    ]) {
      const dims = [rows, columns];
      const sums = (b: HloBuilder, [x, y]: readonly HloInstruction[]) => {
        const o = over(b, dims, 1);
        const product = b.binary("multiply", x, y);
        return [
          o.columnSum(product),
          o.total(product),
          b.reduce([x], [b.scalar("float32", 1)], [0], b.reducer("maximum", "float32"))[0],
        ];
      };
      const shapes = [f32(...dims), f32(...dims)];
      expect(rowPlan(fused("row", shapes, sums).fusion)?.chunk?.side).toBe(side);
      checkSample("row", shapes, sums, { scale: 1000 });
      checkSample("row", [f32(...dims)], (b, [x]) => over(b, dims, 1).columnSum(x), { scale: 1000 });
    }
    // Where something is written, rows are taken one by one.
    const written = fused("row", [f32(512, 128)], (b, [x]) => {
      const kept = b.unary("abs", x);
      return [kept, over(b, [512, 128], 1).columnSum(kept)];
    });
    expect(rowPlan(written.fusion)?.chunk?.side).toBe(1);
  });

  it("adds up long vectors, and writes what it adds", () => {
    for (const n of [10000, 70001]) {
      const compiled = checkSample(
        "row",
        [f32(n)],
        (b, [x]) => {
          const y = b.unary("tanh", x);
          return [b.reduce([b.unary("square", y)], [b.scalar("float32", 0)], [0], b.reducer("add", "float32"))[0], y];
        },
        { scale: 1e4 },
      );
      expect(compiled.kernels.launches.length).toBe(2);
    }
    checkSample(
      "row",
      [f32(100, 300), f32(300)],
      (b, [x, y]) => over(b, [100, 300], 1).total(b.binary("multiply", x, over(b, [100, 300], 1).along(y))),
      { scale: 1e5 },
    );
  });

  it.each(machines)("adds up rows' results too on $name", (machine) => {
    checkSample(
      "row",
      [f32(130, 100), arrayShape("int32", [130])],
      (b, [x, labels]) => {
        const o = over(b, [130, 100], 1);
        const hot = b.compare(b.iota("int32", [130, 100], 1), o.back(labels), "EQ");
        const p = softmax(b, x, [130, 100], 1);
        const gradient = b.binary("subtract", p, b.convert(hot, "float32"));
        return [gradient, o.columnSum(gradient), o.total(b.binary("multiply", gradient, gradient))];
      },
      { scale: 100, machine },
    );
  });

  it("reduces in the middle", () => {
    checkSample(
      "row",
      [f32(5, 60, 70)],
      (b, [x]) => b.reduce([b.unary("square", x)], [b.scalar("float32", 0)], [1], b.reducer("add", "float32")),
      { scale: 100 },
    );
  });

  it("reads operands that are arranged otherwise", () => {
    checkSample("row", [f32(4, 6, 10), f32(60, 4)], (b, [x, y]) => {
      const rows = b.binary("add", b.reshape(x, [4, 60]), b.transpose(y, [1, 0]));
      return softmax(b, rows, [4, 60], 1);
    });
  });

  it("may write over an operand", () => {
    const program = fused("row", [f32(40, 100)], (b, [x]) => softmax(b, x, [40, 100], 1));
    const compiled = compile(program);
    const args = [sample(f32(40, 100))];
    expect(compiled.run(args, { inPlace: { 0: 0 }, piece: 7 })).toEqual(compiled.run(args));
  });
});
