// Loop kernels: every way of moving elements about, alone and in odd shapes, against the reference evaluator.
import { describe, expect, it } from "vitest";
import { arrayShape, type DType, type HloBuilder, type HloInstruction } from "../../../../../xla-like/index.js";
import { checkSample, compile, fused, jit, machines, sample, whyNoJit } from "./harness.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const s32 = (...dims: number[]) => arrayShape("int32", dims);
const types: readonly DType[] = [
  "bool", "int8", "int16", "int32", "int64", "uint8", "uint32", "uint64", "float16", "bfloat16", "float32", "float64",
  "complex64", "complex128",
]; // biome-ignore format: a table

describe.skipIf(jit === undefined)(`loop kernels${whyNoJit}`, () => {
  const one = (b: HloBuilder): HloInstruction => b.scalar("float32", 1);

  it.each([[[]], [[1]], [[3]], [[17]], [[64]], [[100]], [[3, 5, 7]], [[5000]], [[0]], [[3, 0]]])(
    "adds over %j",
    (dims) => {
      checkSample("loop", [f32(...dims), f32(...dims)], (b, [x, y]) => b.binary("add", x, y));
    },
  );

  it.each(types)("copies and selects %s", (dtype) => {
    const shape = arrayShape(dtype, [5, 37]);
    checkSample("loop", [arrayShape("bool", [5, 37]), shape, shape], (b, [p, x, y]) => [
      b.select(p, x, y),
      b.transpose(b.reverse(x, [1]), [1, 0]),
    ]);
  });

  it.each(machines)("computes on $name", (machine) => {
    checkSample(
      "loop",
      [f32(7, 50), arrayShape("bfloat16", [50])],
      (b, [x, y]) => {
        const e = b.unary("exponential", x);
        return [
          b.binary("multiply", e, b.broadcast(b.convert(y, "float32"), [7, 50], [1])),
          b.compare(e, one(b), "GT"),
        ];
      },
      { machine },
    );
  });

  it("broadcasts along every dimension", () => {
    for (const dimensions of [[], [0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]]) {
      const dims = dimensions.map((d) => [3, 20, 70][d]);
      checkSample("loop", [f32(3, 20, 70), f32(...dims)], (b, [x, y]) =>
        b.binary("multiply", x, b.broadcast(y, [3, 20, 70], dimensions)),
      );
    }
  });

  it("reshapes, merging and splitting dimensions", () => {
    checkSample("loop", [f32(6, 4, 10)], (b, [x]) => [b.reshape(b.binary("add", x, one(b)), [24, 10])]);
    checkSample("loop", [f32(24), f32(10)], (b, [x, y]) =>
      b.binary("add", b.broadcast(b.reshape(x, [6, 4]), [6, 4, 10], [0, 1]), b.broadcast(y, [6, 4, 10], [2])),
    );
    checkSample("loop", [f32(4, 6)], (b, [x]) => b.transpose(b.reshape(b.transpose(x, [1, 0]), [8, 3]), [1, 0]));
    checkSample("loop", [f32(15, 4)], (b, [x]) => b.reshape(b.transpose(x, [1, 0]), [6, 10]));
    checkSample("loop", [f32(64, 2, 32)], (b, [x]) => b.reshape(b.transpose(x, [1, 0, 2]), [2, 2048]));
    checkSample("loop", [f32(2, 3)], (b, [x]) => b.broadcast(x, [5, 2, 3, 2], [1, 2]));
  });

  it("transposes", () => {
    for (const permutation of [
      [0, 2, 1],
      [1, 0, 2],
      [2, 1, 0],
      [2, 0, 1],
      [1, 2, 0],
    ]) {
      checkSample("loop", [f32(5, 18, 40)], (b, [x]) => b.binary("add", b.transpose(x, permutation), one(b)));
    }
    checkSample("loop", [f32(1, 33, 1, 17)], (b, [x]) => b.transpose(x, [2, 3, 0, 1]));
    checkSample("loop", [f32(70, 90), f32(90, 70)], (b, [x, y]) => b.binary("add", b.transpose(x, [1, 0]), y));
  });

  it.each(machines)("turns tiles of every element type on $name", (machine) => {
    for (const dtype of types) {
      // Rows of tiles in a loop, and all of them one after the other.
      for (const rows of [70, 96]) {
        checkSample(
          "loop",
          [arrayShape(dtype, [33, rows]), arrayShape(dtype, [rows, 33])],
          (b, [x, y]) => {
            return [
              b.transpose(x, [1, 0]),
              b.select(b.compare(b.transpose(x, [1, 0]), y, "EQ"), y, b.transpose(x, [1, 0])),
            ];
          },
          { machine },
        );
      }
    }
    // So large that it is asked for ahead, and by as much as there is.
    checkSample("loop", [f32(48, 8192)], (b, [x]) => b.transpose(x, [1, 0]), { machine });
    // Of several units, the last of which are whole or are not.
    for (const dtype of ["float32", "bfloat16"] as const) {
      for (const dims of [
        [512, 256],
        [300, 200],
      ]) {
        checkSample("loop", [arrayShape(dtype, dims)], (b, [x]) => b.transpose(x, [1, 0]), { machine });
      }
    }
    checkSample(
      "loop",
      [f32(3, 40, 50), f32(50, 3)],
      (b, [x, y]) => b.binary("add", b.transpose(x, [2, 0, 1]), b.broadcast(y, [50, 3, 40], [0, 1])),
      { machine },
    );
  });

  it("slices", () => {
    checkSample("loop", [f32(10, 64)], (b, [x]) => b.slice(x, [3, 0], [9, 64]));
    checkSample("loop", [f32(10, 64)], (b, [x]) => b.slice(x, [0, 5], [10, 60]));
    checkSample("loop", [f32(10, 65)], (b, [x]) => b.slice(x, [1, 2], [10, 65], [3, 2]));
    checkSample("loop", [f32(4, 5, 6)], (b, [x]) => b.slice(x, [1, 1, 0], [2, 5, 6]));
  });

  it("reverses", () => {
    for (const dimensions of [[0], [1], [0, 1], [0, 1, 2]]) {
      checkSample("loop", [f32(3, 70, 5)], (b, [x]) => b.reverse(x, dimensions));
    }
    checkSample("loop", [f32(100)], (b, [x]) => b.reverse(x, [0]));
    checkSample("loop", [arrayShape("complex64", [100])], (b, [x]) => b.reverse(x, [0]));
  });

  it("pads", () => {
    const pad = (dims: number[], low: number[], high: number[], interior: number[]) =>
      checkSample("loop", [f32(...dims), f32()], (b, [x, v]) => b.pad(x, v, low, high, interior));
    pad([5, 7], [1, 2], [3, 4], [0, 0]);
    pad([5, 70], [0, 1], [0, 1], [0, 0]);
    pad([5, 7], [2, 0], [1, 0], [0, 0]);
    pad([5, 7], [1, 2], [0, 1], [1, 2]);
    pad([5, 7], [-1, -2], [-1, 3], [0, 0]);
    pad([5, 70], [-1, -2], [4, -3], [2, 1]);
    pad([0, 3], [1, 1], [1, 1], [0, 0]);
    pad([100], [7], [9], [0]);
  });

  it("concatenates", () => {
    checkSample("loop", [f32(3, 5), f32(3, 9), f32(3, 0), f32(3, 70)], (b, xs) => b.concatenate(xs, 1));
    checkSample("loop", [f32(3, 5), f32(1, 5), f32(8, 5)], (b, xs) => b.concatenate(xs, 0));
    checkSample("loop", [f32(4, 64)], (b, [x]) =>
      b.concatenate([b.unary("negate", b.slice(x, [0, 32], [4, 64])), b.slice(x, [0, 0], [4, 32])], 1),
    );
  });

  it("concatenates across the lanes, some of which begin before a piece", () => {
    checkSample("loop", [arrayShape("float64", [5, 3]), arrayShape("float64", [3, 4])], (b, [x, y]) => {
      const shifted = b.binary("add", b.transpose(b.slice(x, [1, 0], [5, 3]), [1, 0]), y);
      const whole = b.concatenate([b.slice(x, [0, 0], [1, 3]), b.transpose(shifted, [1, 0])], 0);
      return b.transpose(whole, [1, 0]);
    });
  });

  it("concatenates whole pieces, computing only the one that is wanted", () => {
    checkSample("loop", [f32(3, 64), f32(3, 128), f32(3, 0), f32(3, 32)], (b, xs) => b.concatenate(xs, 1));
    checkSample("loop", [f32(3, 40), f32(1, 40), f32(8, 40)], (b, xs) => b.concatenate(xs, 0));
    checkSample("loop", [f32(2, 4, 9, 16), f32(2, 4, 9, 16)], (b, xs) =>
      b.concatenate(
        xs.map((x) => b.reshape(b.transpose(b.unary("exponential", x), [0, 2, 1, 3]), [2, 9, 64])),
        2,
      ),
    );
    checkSample("loop", [f32(64), arrayShape("complex64", [64])], (b, [x, y]) =>
      b.reverse(b.concatenate([b.binary("complex", x, x), y], 0), [0]),
    );
  });

  it("counts", () => {
    for (const dtype of ["int32", "float32", "int64", "uint8", "bfloat16"] as const) {
      checkSample("loop", [], (b) => [b.iota(dtype, [5, 12, 9], 1), b.iota(dtype, [5, 12, 9], 2)]);
    }
    checkSample("loop", [], (b) => b.iota("int32", [3000], 0));
  });

  it("has constants of any shape", () => {
    checkSample("loop", [f32(3, 40)], (b, [x]) => [
      b.binary("add", x, b.constant("float32", [3, 40], sample(f32(3, 40), 9))),
      b.binary("add", x, b.broadcast(b.constant("float32", [3], new Float32Array(3).fill(2)), [3, 40], [0])),
    ]);
  });

  it("slices and updates at clamped places", () => {
    for (const start of [-5, 0, 2, 100]) {
      const args = [sample(f32(6, 80)), Int32Array.of(start), Int32Array.of(start - 1)];
      checkSample("loop", [f32(6, 80), s32(), s32()], (b, [x, p, q]) => b.dynamicSlice(x, [p, q], [4, 70]), { args });
      checkSample("loop", [f32(6, 80), s32(), s32()], (b, [x, p, q]) => b.dynamicSlice(x, [p, q], [4, 80]), { args });
      checkSample(
        "loop",
        [f32(6, 80), s32(), s32(), f32(4, 70)],
        (b, [x, p, q, u]) => b.dynamicUpdateSlice(x, b.unary("negate", u), [p, q]),
        { args: [...args, sample(f32(4, 70), 5)] },
      );
    }
  });

  it("gathers rows, elements and windows", () => {
    const rows = {
      offsetDims: [1],
      collapsedSliceDims: [0],
      operandBatchingDims: [],
      startIndicesBatchingDims: [],
      startIndexMap: [0],
      indexVectorDim: 1,
    };
    const indices = Int32Array.of(3, -1, 9, 2, 0);
    checkSample("loop", [f32(9, 70), s32(5, 1)], (b, [x, i]) => b.gather(x, i, rows, [1, 70]), {
      args: [sample(f32(9, 70)), indices],
    });
    // Rows of what no cache holds are asked for before they are read; the last ones, and those outside, too.
    const far = checkSample("loop", [f32(4000, 70), s32(30, 1)], (b, [x, i]) => b.gather(x, i, rows, [1, 70]), {
      args: [sample(f32(4000, 70)), Int32Array.from({ length: 30 }, (_, k) => ((k * 1717) % 4100) - 50)],
    });
    expect(far.ir).toContain("llvm.prefetch");
    const elements = {
      offsetDims: [],
      collapsedSliceDims: [0, 1],
      operandBatchingDims: [],
      startIndicesBatchingDims: [],
      startIndexMap: [0, 1],
      indexVectorDim: 1,
    };
    for (const dtype of ["int32", "int64", "int8"] as const) {
      checkSample("loop", [f32(9, 7), arrayShape(dtype, [50, 2])], (b, [x, i]) => b.gather(x, i, elements, [1, 1]));
    }
    const windows = {
      offsetDims: [1, 2],
      collapsedSliceDims: [],
      operandBatchingDims: [],
      startIndicesBatchingDims: [],
      startIndexMap: [1],
      indexVectorDim: 1,
    };
    checkSample("loop", [f32(4, 30), s32(20, 1)], (b, [x, i]) => b.gather(x, i, windows, [3, 20]));
    const batched = {
      offsetDims: [],
      collapsedSliceDims: [1],
      operandBatchingDims: [0],
      startIndicesBatchingDims: [0],
      startIndexMap: [1],
      indexVectorDim: 2,
    };
    checkSample("loop", [f32(6, 30), s32(6, 9, 1)], (b, [x, i]) => b.gather(x, i, batched, [1, 1]));
  });

  it("reduces in loops", () => {
    const add = (b: HloBuilder) => b.reducer("add", "float32");
    for (const dimensions of [[0], [1], [2], [0, 2], [0, 1, 2], [1, 2]]) {
      checkSample(
        "loop",
        [f32(5, 6, 40)],
        (b, [x]) => b.reduce([b.unary("square", x)], [b.scalar("float32", 0.5)], dimensions, add(b)),
        { scale: 100 },
      );
    }
    checkSample("loop", [f32(5, 0)], (b, [x]) => b.reduce([x], [b.scalar("float32", 3)], [1], add(b)));
    checkSample("loop", [arrayShape("bfloat16", [33, 60])], (b, [x]) =>
      b.reduce([x], [b.scalar("bfloat16", 0)], [0], b.reducer("add", "bfloat16")),
    );
    for (const name of ["maximum", "minimum", "multiply"] as const) {
      checkSample("loop", [f32(9, 33)], (b, [x]) =>
        b.reduce([x], [b.scalar("float32", 1)], [0], b.reducer(name, "float32")),
      );
    }
  });

  it("slides windows", () => {
    const w = (size: number, stride: number, padLow: number, padHigh: number, baseDilation = 1, windowDilation = 1) => ({
      size, stride, padLow, padHigh, baseDilation, windowDilation,
    }); // biome-ignore format: short
    const plain = w(1, 1, 0, 0);
    const windows = [
      [plain, w(2, 2, 0, 0), w(2, 2, 0, 0), plain],
      [plain, w(3, 1, 1, 1), w(3, 2, 1, 0), plain],
      [plain, plain, w(3, 1, 2, 1, 2, 2), w(2, 1, 0, 1)],
      [w(2, 1, 1, 0), w(3, 2, -1, 2), plain, w(4, 3, 3, 3, 3, 1)],
    ];
    for (const window of windows) {
      for (const name of ["maximum", "add"] as const) {
        checkSample(
          "loop",
          [f32(3, 8, 12, 20)],
          (b, [x]) =>
            b.reduceWindow([x], [b.scalar("float32", name === "add" ? 0 : -1e30)], window, b.reducer(name, "float32")),
          { scale: 10 },
        );
      }
    }
  });

  it("scatters to what windows select", () => {
    const w = (size: number, stride: number, padLow: number, padHigh: number) => ({
      size, stride, padLow, padHigh, baseDilation: 1, windowDilation: 1,
    }); // biome-ignore format: short
    const plain = w(1, 1, 0, 0);
    for (const window of [
      [w(2, 2, 0, 0), w(2, 2, 0, 0), plain],
      [w(3, 1, 1, 1), w(3, 2, 1, 1), plain],
      [plain, w(3, 2, 0, 0), w(2, 3, 1, 0)],
      [w(4, 2, 2, 2), plain, w(2, 1, 0, 0)],
    ]) {
      const dims = [8, 9, 10];
      const places = dims.map((n, d) => {
        const { size, stride, padLow, padHigh } = window[d];
        return Math.floor((n + padLow + padHigh - size) / stride) + 1;
      });
      checkSample(
        "loop",
        [f32(...dims), f32(...places)],
        (b, [x, s]) =>
          b.selectAndScatter(
            b.unary("floor", x),
            s,
            b.scalar("float32", 0),
            window,
            b.scalarComputation("ge", "float32", (c, p, q) => c.compare(p, q, "GE")),
            b.reducer("add", "float32"),
          ),
        { scale: 10 },
      );
    }
  });

  it("scatters values that are broadcast, and turns the result", () => {
    const w = (size: number, stride: number) => ({
      size, stride, padLow: 0, padHigh: 0, baseDilation: 1, windowDilation: 1,
    }); // biome-ignore format: short
    checkSample("loop", [f32(2), f32(4, 2)], (b, [s, x]) => {
      const ge = b.scalarComputation("ge", "float32", (c, p, q) => c.compare(p, q, "GE"));
      const [zero, add] = [b.scalar("float32", 0), b.reducer("add", "float32")];
      const made = b.selectAndScatter(x, b.broadcast(s, [2, 2], [1]), zero, [w(2, 2), w(1, 1)], ge, add);
      return b.transpose(made, [1, 0]);
    });
  });

  it("reads other widths", () => {
    checkSample("loop", [arrayShape("uint64", [70])], (b, [x]) => b.bitcastConvert(x, "uint16"));
    checkSample("loop", [arrayShape("uint8", [70, 4])], (b, [x]) => b.bitcastConvert(x, "int32"));
    checkSample("loop", [arrayShape("int32", [70])], (b, [x]) => b.bitcastConvert(x, "uint32"));
  });

  it("may write over an operand", () => {
    const program = fused("loop", [f32(100, 70), f32(70)], (b, [x, y]) => {
      const sum = b.binary("add", x, b.broadcast(y, [100, 70], [1]));
      return [b.binary("multiply", sum, x), b.binary("subtract", sum, x)];
    });
    const args = [sample(f32(100, 70)), sample(f32(70), 2)];
    const compiled = compile(program);
    const want = compiled.run(args);
    expect(compiled.run(args, { inPlace: { 0: 0 } })).toEqual(want);
    expect(compiled.run(args, { inPlace: { 1: 0 }, piece: 1 })).toEqual(want);
  });
});
