import { describe, expect, it } from "vitest";
import {
  arrayShape,
  type DType,
  HloBuilder,
  HloError,
  type HloInstruction,
  type HloShape,
  shapeText,
  verify,
} from "../../../xla-like/hlo/index.js";
import { f32, s32, unitWindow } from "./programs.js";

const build = (f: (b: HloBuilder) => HloInstruction | readonly HloInstruction[]): string => {
  const made = f(new HloBuilder("main"));
  const text = (s: HloShape): string => shapeText(s);
  return "opcode" in made ? text(made.shape) : made.map((i) => text(i.shape)).join(" ");
};
const p = (b: HloBuilder, dtype: DType, ...dims: number[]) => b.parameter(arrayShape(dtype, dims));
const matmul = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
const nhwc = {
  inputBatch: 0,
  inputFeature: 3,
  inputSpatial: [1, 2],
  kernelInputFeature: 2,
  kernelOutputFeature: 3,
  kernelSpatial: [0, 1],
  outputBatch: 0,
  outputFeature: 3,
  outputSpatial: [1, 2],
};
const rows = {
  offsetDims: [1],
  collapsedSliceDims: [0],
  operandBatchingDims: [],
  startIndicesBatchingDims: [],
  startIndexMap: [0],
  indexVectorDim: 1,
};
const rowUpdates = {
  updateWindowDims: [1],
  insertedWindowDims: [0],
  inputBatchingDims: [],
  scatterIndicesBatchingDims: [],
  scatterDimsToOperandDims: [0],
  indexVectorDim: 1,
};

describe("shape inference", () => {
  const cases: readonly (readonly [string, (b: HloBuilder) => HloInstruction | readonly HloInstruction[], string])[] = [
    ["abs of complex", (b) => b.unary("abs", p(b, "complex128", 2)), "f64[2]"],
    ["is-finite", (b) => b.unary("is-finite", p(b, "bfloat16", 2)), "pred[2]"],
    ["complex", (b) => b.binary("complex", p(b, "float64"), p(b, "float64")), "c128[]"],
    ["a scalar on the left", (b) => b.binary("add", p(b, "int8"), p(b, "int8", 2, 3)), "s8[2,3]"],
    ["a scalar on the right", (b) => b.compare(p(b, "int8", 2, 3), p(b, "int8"), "LT"), "pred[2,3]"],
    ["select by a scalar", (b) => b.select(p(b, "bool"), p(b, "int8", 2), p(b, "int8", 2)), "s8[2]"],
    ["clamp by scalars", (b) => b.clamp(p(b, "int8"), p(b, "int8", 2), p(b, "int8", 2)), "s8[2]"],
    ["convert", (b) => b.convert(p(b, "float32", 2), "int64"), "s64[2]"],
    ["bitcast to narrower", (b) => b.bitcastConvert(p(b, "float64", 3), "uint16"), "u16[3,4]"],
    ["bitcast to wider", (b) => b.bitcastConvert(p(b, "uint8", 3, 8), "float64"), "f64[3]"],
    ["broadcast", (b) => b.broadcast(p(b, "float32", 2, 4), [2, 3, 4], [0, 2]), "f32[2,3,4]"],
    ["fill", (b) => b.fill(true, "bool", [2, 2]), "pred[2,2]"],
    ["transpose", (b) => b.transpose(p(b, "float32", 2, 3, 4), [2, 0, 1]), "f32[4,2,3]"],
    ["slice", (b) => b.slice(p(b, "float32", 10), [1], [10], [4]), "f32[3]"],
    ["pad", (b) => b.pad(p(b, "float32", 4), b.scalar("float32", 0), [-1], [2], [3]), "f32[14]"],
    ["pad nothing", (b) => b.pad(p(b, "float32", 0), b.scalar("float32", 0), [1], [2], [3]), "f32[3]"],
    ["concatenate", (b) => b.concatenate([p(b, "float32", 2, 1), p(b, "float32", 2, 5)], 1), "f32[2,6]"],
    ["dynamic-slice", (b) => b.dynamicSlice(p(b, "float32", 5), [b.scalar("int32", 9)], [2]), "f32[2]"],
    [
      "dot",
      (b) =>
        b.dot(p(b, "float32", 7, 2, 3), p(b, "float32", 3, 7, 5), {
          lhsBatch: [0],
          rhsBatch: [1],
          lhsContracting: [2],
          rhsContracting: [0],
        }),
      "f32[7,2,5]",
    ],
    [
      "dot with a result type",
      (b) => b.dot(p(b, "int8", 2, 3), p(b, "int8", 3, 4), matmul, { preferredDtype: "int32" }),
      "s32[2,4]",
    ],
    [
      "convolution",
      (b) =>
        b.convolution(p(b, "float32", 2, 9, 8, 4), p(b, "float32", 3, 2, 2, 6), {
          dims: nhwc,
          window: [unitWindow(3, { stride: 2, padLow: 1, padHigh: 1 }), unitWindow(2, { windowDilation: 3 })],
          featureGroupCount: 2,
        }),
      "f32[2,5,5,6]",
    ],
    [
      "grouped batches",
      (b) =>
        b.convolution(p(b, "float32", 4, 3, 3, 5), p(b, "float32", 3, 3, 5, 6), {
          dims: nhwc,
          window: [unitWindow(3), unitWindow(3)],
          batchGroupCount: 2,
        }),
      "f32[2,1,1,6]",
    ],
    [
      "reduce",
      (b) => b.reduce([p(b, "float32", 2, 3, 4)], [b.scalar("float32", 0)], [0, 2], b.reducer("add", "float32")),
      "f32[3]",
    ],
    [
      "reduce of two",
      (b) => {
        const [x, i] = [p(b, "float32", 2, 3), b.iota("int32", [2, 3], 1)];
        const first = b.computation("first", [f32(), s32(), f32(), s32()], (_, [v, j]) => [v, j]);
        return b.reduce([x, i], [b.scalar("float32", 0), b.scalar("int32", 0)], [1], first);
      },
      "f32[2] s32[2]",
    ],
    [
      "reduce-window larger than its array",
      (b) =>
        b.reduceWindow([p(b, "float32", 2)], [b.scalar("float32", 0)], [unitWindow(3)], b.reducer("add", "float32")),
      "f32[0]",
    ],
    ["gather", (b) => b.gather(p(b, "float32", 5, 3), p(b, "int64", 4), rows, [1, 2]), "f32[4,2]"],
    [
      "scatter",
      (b) =>
        b.scatter(
          p(b, "float32", 5, 3),
          p(b, "int32", 4, 1),
          p(b, "float32", 4, 2),
          rowUpdates,
          b.reducer("add", "float32"),
        ),
      "f32[5,3]",
    ],
    [
      "sort of one",
      (b) => {
        const greater = b.scalarComputation("greater", "float32", (c, x, y) => c.compare(x, y, "GT"));
        return b.sort([p(b, "float32", 3)], 0, greater);
      },
      "f32[3]",
    ],
    ["top-k", (b) => b.topK(p(b, "float32", 3, 9), 2), "f32[3,2] s32[3,2]"],
    [
      "an empty while",
      (b) =>
        b.while(
          b.computation("c", [], (c) => c.scalar("bool", false)),
          b.computation("b", [], () => []),
          [],
        ),
      "",
    ],
    ["a custom call", (b) => b.customCall("qr", [p(b, "float32", 2, 2)], [f32(2, 2), f32(2, 2)]), "f32[2,2] f32[2,2]"],
  ];
  it.each(cases)("gives %s its shape", (_, f, shape) => {
    expect(build(f)).toBe(shape);
  });
});

describe("argument checks", () => {
  const cases: readonly (readonly [string, (b: HloBuilder) => unknown, string])[] = [
    [
      "not of floats",
      (b) => b.unary("not", p(b, "float32")),
      "%not.1: not takes bool, signed, unsigned elements, not float32",
    ],
    [
      "different shapes",
      (b) => b.binary("add", p(b, "int8", 2), p(b, "int8", 3)),
      "operands of one shape and type, not s8[2] and s8[3]",
    ],
    ["different types", (b) => b.compare(p(b, "int8"), p(b, "uint8"), "EQ"), "not s8[] and u8[]"],
    [
      "order of complex numbers",
      (b) => b.compare(p(b, "complex64"), p(b, "complex64"), "LT"),
      "complex numbers have no order",
    ],
    [
      "add of bools",
      (b) => b.binary("add", p(b, "bool"), p(b, "bool")),
      "add takes signed, unsigned, float, complex elements",
    ],
    ["complex to real", (b) => b.convert(p(b, "complex64"), "float32"), "take the real part first"],
    ["a predicate that is none", (b) => b.select(p(b, "int8"), p(b, "int8"), p(b, "int8")), "must be bool"],
    [
      "bitcast to wider",
      (b) => b.bitcastConvert(p(b, "uint8", 3), "int32"),
      "the last dimension must be 4, but the operand is u8[3]",
    ],
    ["float0", (b) => p(b, "float0", 3), "float0 holds no data"],
    [
      "wrong storage",
      (b) => b.constant("int32", [2], new Float32Array(2)),
      "int32 constants lie in a Int32Array, not a Float32Array",
    ],
    ["wrong length", (b) => b.constant("complex64", [2], new Float32Array(2)), "takes 4 entries, but the data has 2"],
    ["a fraction", (b) => b.scalar("int32", 1.5), "1.5 is no int32"],
    ["broadcast to another size", (b) => b.broadcast(p(b, "int8", 2), [3, 2], [0]), "whose size differs"],
    ["broadcast out of order", (b) => b.broadcast(p(b, "int8", 2, 3), [3, 2], [1, 0]), "must be increasing"],
    [
      "reshape to another size",
      (b) => b.reshape(p(b, "int8", 2, 3), [5]),
      "s8[2,3] has 6 elements, and cannot become [5] with 5",
    ],
    ["a permutation that repeats", (b) => b.transpose(p(b, "int8", 2, 3), [0, 0]), "repeats a dimension"],
    [
      "slice beyond the end",
      (b) => b.slice(p(b, "int8", 2), [0], [3]),
      "slice [0:3] does not lie in dimension 0 of s8[2]",
    ],
    [
      "too much taken away",
      (b) => b.pad(p(b, "int8", 2), b.scalar("int8", 0), [-2], [-1]),
      "takes away more than dimension 0",
    ],
    ["concatenate of nothing", (b) => b.concatenate([], 0), "at least one operand"],
    [
      "floating start",
      (b) => b.dynamicSlice(p(b, "int8", 2), [b.scalar("float32", 0)], [1]),
      "scalars of one integer type",
    ],
    [
      "update too large",
      (b) => b.dynamicUpdateSlice(p(b, "int8", 2), p(b, "int8", 3), [b.scalar("int32", 0)]),
      "does not fit",
    ],
    [
      "contracting sizes",
      (b) => b.dot(p(b, "int8", 2, 3), p(b, "int8", 4, 5), matmul),
      "contracting dimension 1 of s8[2,3] has 3 elements",
    ],
    [
      "kernel features",
      (b) =>
        b.convolution(p(b, "float32", 1, 3, 3, 4), p(b, "float32", 1, 1, 3, 6), {
          dims: nhwc,
          window: [unitWindow(1), unitWindow(1)],
        }),
      "the input has 4 features, but the kernel takes 3",
    ],
    [
      "window and kernel",
      (b) =>
        b.convolution(p(b, "float32", 1, 3, 3, 4), p(b, "float32", 2, 1, 4, 6), {
          dims: nhwc,
          window: [unitWindow(1), unitWindow(1)],
        }),
      "the window's size is 1 in spatial dimension 0, but the kernel has 2",
    ],
    [
      "reducer of another type",
      (b) => b.reduce([p(b, "int8", 2)], [b.scalar("int8", 0)], [0], b.reducer("add", "int32")),
      "reduce needs a computation (s8[], s8[]) -> s8[], but %add.int32 is (s32[], s32[]) -> s32[]",
    ],
    [
      "gather slice too large",
      (b) => b.gather(p(b, "int8", 5, 3), p(b, "int32", 4), rows, [1, 4]),
      "does not fit into s8[5,3]",
    ],
    [
      "gather by floats",
      (b) => b.gather(p(b, "int8", 5, 3), p(b, "float32", 4), rows, [1, 3]),
      "indices must be integers",
    ],
    [
      "scatter of the wrong number",
      (b) => b.scatter(p(b, "int8", 5, 3), p(b, "int32", 4), p(b, "int8", 2, 3), rowUpdates, b.reducer("add", "int8")),
      "have [2] windows, but the indices ask for [4]",
    ],
    ["top-k beyond the end", (b) => b.topK(p(b, "int8", 2), 3), "k is 3, but the last dimension has 2"],
    [
      "a body that changes the state",
      (b) =>
        b.while(
          b.computation("c", [s32()], (c) => c.scalar("bool", true)),
          b.computation("b", [s32()], (c, [x]) => [c.convert(x, "float32")]),
          [b.scalar("int32", 0)],
        ),
      "while's body needs a computation (s32[]) -> (s32[]), but %b is (s32[]) -> (f32[])",
    ],
    [
      "branches that differ",
      (b) =>
        b.conditional(
          b.scalar("int32", 0),
          [
            b.computation("l", [], (c) => [c.scalar("int8", 0)]),
            b.computation("r", [], (c) => [c.scalar("bool", false)]),
          ],
          [],
        ),
      "branch 1 needs a computation () -> (s8[]), but %r is () -> (pred[])",
    ],
    ["a callback without its function", (b) => b.customCall("callback", [], []), "needs its callback function"],
    [
      "an operand of another builder",
      (b) => b.unary("abs", p(new HloBuilder("other"), "int8")),
      "was not made by the builder of %main",
    ],
    [
      "a tuple as an operand",
      (b) => b.unary("abs", b.tuple([p(b, "int8")])),
      "is the tuple (s8[]): take an element of it",
    ],
    [
      "a foreign root",
      (b) => b.build(p(new HloBuilder("other"), "int8")),
      "%main: its root %parameter.0 was not made by its builder",
    ],
  ];
  it.each(cases)("refuses %s", (_, f, message) => {
    expect(() => f(new HloBuilder("main"))).toThrow(message);
    expect(() => f(new HloBuilder("main"))).toThrow(HloError);
  });
});

describe("scalars", () => {
  const value = (dtype: DType, x: number | bigint | boolean): unknown => {
    const i = new HloBuilder("main").scalar(dtype, x);
    return i.opcode === "constant" ? i.data[0] : undefined;
  };
  it("wrap around as integers", () => {
    expect(value("uint8", -1)).toBe(255);
    expect(value("int32", 2 ** 31)).toBe(-(2 ** 31));
    expect(value("int32", 2n ** 40n + 7n)).toBe(7);
    expect(value("uint64", -1)).toBe(2n ** 64n - 1n);
  });
  it("round as floats, and are 0 or 1 as bools", () => {
    expect(value("float16", 1)).toBe(0x3c00);
    expect(value("bfloat16", true)).toBe(0x3f80);
    expect(value("float32", 3n)).toBe(3);
    expect(value("bool", 7)).toBe(1);
  });
});

describe("build", () => {
  it("drops what nobody needs, and keeps parameters and effects in order", () => {
    const b = new HloBuilder("main");
    const x = b.parameter(f32());
    b.parameter(f32(), "unused");
    b.unary("sine", x);
    b.customCall("callback", [b.unary("cos", x)], [f32()], { hasSideEffect: true, callback: (v) => [v] });
    const m = b.module("m", [b.unary("tan", x)]);
    verify(m);
    expect(m.entry.instructions.map((i) => i.opcode)).toEqual([
      "parameter", "parameter", "cos", "custom-call", "tan", "tuple",
    ]); // biome-ignore format: a list
  });

  it("keeps a loop for the effect in its body", () => {
    const b = new HloBuilder("main");
    const condition = b.computation("condition", [], (c) => c.scalar("bool", false));
    const body = b.computation("body", [], (c) => {
      c.customCall("callback", [], [], { hasSideEffect: true, callback: () => [] });
      return [];
    });
    b.while(condition, body, []);
    expect(b.module("m", []).entry.instructions.map((i) => i.opcode)).toEqual(["while", "tuple"]);
  });

  it("makes a reducer once and gives computations different names", () => {
    const b = new HloBuilder("main");
    const inner = b.computation("inner", [f32(2)], (c, [x]) =>
      c.reduce([x], [c.scalar("float32", 0)], [0], c.reducer("add", "float32")),
    );
    const again = b.computation("inner", [f32(2)], (_, [x]) => [x]);
    expect(again.name).toBe("inner.1");
    const [reduce] = inner.instructions.filter((i) => i.opcode === "reduce");
    expect(reduce.computation).toBe(b.reducer("add", "float32"));
    const x = b.parameter(f32(2));
    verify(b.module("m", [...b.call(inner, [x]), ...b.call(again, [x])]));
  });

  it("marks instructions with the origin of the time", () => {
    const b = new HloBuilder("main");
    const x = b.parameter(f32());
    b.origin = "sin";
    const y = b.unary("sine", x);
    b.origin = undefined;
    expect([x.origin, y.origin, b.unary("cos", y).origin]).toEqual([undefined, "sin", undefined]);
  });
});
