/** Small programs that between them use every part of the text. */
import {
  arrayShape,
  HloBuilder,
  type HloInstruction,
  type HloModule,
  type WindowDim,
} from "../../../xla-like/hlo/index.js";

export const f32 = (...dims: number[]) => arrayShape("float32", dims);
export const s32 = (...dims: number[]) => arrayShape("int32", dims);

export const unitWindow = (size: number, rest: Partial<WindowDim> = {}): WindowDim => ({
  size,
  stride: 1,
  padLow: 0,
  padHigh: 0,
  baseDilation: 1,
  windowDilation: 1,
  ...rest,
});

/** softmax of a matrix's rows, with the origins that lowering would leave. */
export const softmax = (): HloModule => {
  const b = new HloBuilder("main");
  const x = b.parameter(f32(2, 3), "logits");
  b.origin = "reduce_max";
  const [max] = b.reduce([x], [b.scalar("float32", Number.NEGATIVE_INFINITY)], [1], b.reducer("maximum", "float32"));
  b.origin = "sub";
  const shifted = b.binary("subtract", x, b.broadcast(max, [2, 3], [0]));
  b.origin = "exp";
  const e = b.unary("exponential", shifted);
  b.origin = undefined;
  const [sum] = b.reduce([e], [b.scalar("float32", 0)], [1], b.reducer("add", "float32"));
  return b.module("softmax", [b.binary("divide", e, b.broadcast(sum, [2, 3], [0]))], { donation: [[0, 0]] });
};

/** Counts to the argument, and picks one of two branches by the parity of the count. */
export const loop = (): HloModule => {
  const b = new HloBuilder("main");
  const n = b.parameter(s32());
  const condition = b.computation("below", [s32(), s32()], (c, [i, limit]) => c.compare(i, limit, "LT"));
  const body = b.computation("step", [s32(), s32()], (c, [i, limit]) => [
    c.binary("add", i, c.scalar("int32", 1)),
    limit,
  ]);
  const [count] = b.while(condition, body, [b.scalar("int32", 0), n]);
  const branches = (["negate", "abs"] as const).map((op) =>
    b.computation(`branch, "${op}"`, [s32()], (c, [x]) => [c.unary(op, x)]),
  );
  const [picked] = b.conditional(b.binary("and", count, b.scalar("int32", 1)), branches, [count]);
  const double = b.computation("double", [s32()], (c, [x]) => [c.binary("add", x, x)]);
  return b.module("loop", [...b.call(double, [picked]), count]);
};

/** Convolution, pooling and its transpose. */
export const convolve = (): HloModule => {
  const b = new HloBuilder("main");
  const x = b.parameter(f32(1, 8, 8, 2));
  const k = b.parameter(f32(3, 3, 1, 4));
  const y = b.convolution(x, k, {
    dims: {
      inputBatch: 0,
      inputFeature: 3,
      inputSpatial: [1, 2],
      kernelInputFeature: 2,
      kernelOutputFeature: 3,
      kernelSpatial: [0, 1],
      outputBatch: 0,
      outputFeature: 3,
      outputSpatial: [1, 2],
    },
    window: [
      unitWindow(3, { stride: 2, padLow: 1, padHigh: 1 }),
      unitWindow(3, { padLow: -1, padHigh: 2, baseDilation: 2, windowDilation: 3, reversal: true }),
    ],
    featureGroupCount: 2,
    precision: "highest",
  });
  const window = [unitWindow(1), unitWindow(2, { stride: 2 }), unitWindow(2, { stride: 2 }), unitWindow(1)];
  const zero = b.scalar("float32", 0);
  const add = b.reducer("add", "float32");
  const [pooled] = b.reduceWindow([x], [zero], window, add);
  const select = b.scalarComputation("at_least", "float32", (c, p, q) => c.compare(p, q, "GE"));
  return b.module("convolve", [y, b.selectAndScatter(x, pooled, zero, window, select, add)]);
};

/** Gather, scatter, sort, top-k, and slices at computed places. */
export const indexing = (): HloModule => {
  const b = new HloBuilder("main");
  const table = b.parameter(f32(2, 5, 3));
  const indices = b.parameter(s32(2, 4, 1));
  const rows = b.gather(
    table,
    indices,
    {
      offsetDims: [2],
      collapsedSliceDims: [1],
      operandBatchingDims: [0],
      startIndicesBatchingDims: [0],
      startIndexMap: [1],
      indexVectorDim: 2,
    },
    [1, 1, 3],
    { indicesAreSorted: true },
  );
  const added = b.scatter(
    table,
    indices,
    rows,
    {
      updateWindowDims: [2],
      insertedWindowDims: [1],
      inputBatchingDims: [0],
      scatterIndicesBatchingDims: [0],
      scatterDimsToOperandDims: [1],
      indexVectorDim: 2,
    },
    b.reducer("add", "float32"),
    { uniqueIndices: true },
  );
  const scalars = [f32(), f32(), s32(), s32()];
  const less = b.computation("less", scalars, (c, [p, q]) => c.compare(p, q, "LT", { totalOrder: true }));
  const sorted = b.sort([added, b.iota("int32", [2, 5, 3], 1)], 1, less, { stable: true });
  const at = b.scalar("int32", 1);
  const slice = b.dynamicSlice(sorted[0], [at, at, at], [1, 2, 1]);
  return b.module("indexing", [
    ...sorted,
    ...b.topK(rows, 2),
    b.dynamicUpdateSlice(table, slice, [at, at, at]),
    b.slice(table, [0, 1, 0], [2, 5, 3], [1, 2, 1]),
    b.pad(table, b.scalar("float32", -0), [0, -1, 2], [1, 0, 0], [0, 2, 0]),
  ]);
};

/** One constant of every type, with the values that text loses first. */
export const constants = (): HloModule => {
  const b = new HloBuilder("main");
  const c: HloInstruction[] = [
    b.constant("float32", [2, 3], Float32Array.of(0.1, -0, Number.NaN, 3.4028234663852886e38, 1e-45, -1 / 3)),
    b.constant("float64", [4], Float64Array.of(0.1, Number.POSITIVE_INFINITY, 5e-324, 2 ** 53)),
    b.constant("float32", [2], new Float32Array(Uint32Array.of(0x7fc00001, 0xffc00000).buffer)),
    b.constant("float16", [3], Uint16Array.of(0x3555, 0xfc00, 0x7e01)),
    b.constant("bfloat16", [3], Uint16Array.of(0x3eab, 0x0001, 0x7f7f)),
    b.constant("int64", [2], BigInt64Array.of(-(2n ** 63n), 2n ** 53n + 1n)),
    b.constant("uint64", [1], BigUint64Array.of(2n ** 64n - 1n)),
    b.constant("int8", [2, 0], new Int8Array(0)),
    b.constant("bool", [2, 1], Uint8Array.of(1, 0)),
    b.constant("complex64", [2], Float32Array.of(1, 2, Number.NEGATIVE_INFINITY, -0)),
    b.scalar("complex128", { re: 0.1, im: Number.NaN }),
    b.scalar("uint8", 255),
  ];
  return b.module("constants", c);
};

/** A library routine, an attention-like dot, and a name that needs quotes. */
export const library = (): HloModule => {
  const b = new HloBuilder("main");
  const x = b.parameter(arrayShape("bfloat16", [2, 4, 4]));
  const y = b.dot(
    x,
    x,
    { lhsBatch: [0], rhsBatch: [0], lhsContracting: [2], rhsContracting: [2] },
    { preferredDtype: "float32", precision: "high" },
  );
  const [l] = b.customCall("cholesky", [b.optimizationBarrier(y)], [f32(2, 4, 4)], {
    config: { lower: true, axes: [1, -0], mode: "full" },
  });
  b.customCall("fft", [], [], { hasSideEffect: true });
  const bits = b.bitcastConvert(b.reducePrecision(b.transpose(l, [0, 2, 1]), 5, 10), "uint16");
  return b.module("<lambda>", [
    b.reverse(bits, [0, 3]),
    b.clamp(b.scalar("float32", -1), l, b.scalar("float32", 1)),
    b.select(b.unary("is-finite", l), l, b.scalar("float32", 0)),
    b.concatenate([b.reshape(l, [32]), b.fill(1, "float32", [2])], 0),
    b.convert(l, "complex64"),
  ]);
};

export const programs = { softmax, loop, convolve, indexing, constants, library };
