// Updates in place: slices at clamped places, and scatters of every kind, against the reference evaluator.
import { describe, expect, it } from "vitest";
import {
  type ArrayShape,
  arrayShape,
  type HloBuilder,
  type HloInstruction,
  type HostArray,
  type ReducerName,
  type ScatterDims,
} from "../../../../../xla-like/index.js";
import { evaluate } from "../../../../../xla-like/reference/evaluate.js";
import { compile, expectClose, fused, jit, sample, whyNoJit } from "./harness.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const s32 = (...dims: number[]) => arrayShape("int32", dims);

function checkUpdate(
  shapes: readonly ArrayShape[],
  body: (b: HloBuilder, xs: HloInstruction[]) => HloInstruction,
  given: readonly (HostArray | undefined)[] = [],
): void {
  const program = fused("update", shapes, body);
  const args = shapes.map((s, k) => given[k] ?? sample(s, k + 1));
  const want = evaluate(program.module, args);
  const compiled = compile(program);
  const got = compiled.run(args, { inPlace: { 0: 0 } });
  expectClose(program.fusion.shape.elements[0], got[0], want[0], 10);
  for (const piece of [1, 2]) expect(compiled.run(args, { inPlace: { 0: 0 }, piece })).toEqual(got);
}

describe.skipIf(jit === undefined)(`updates in place${whyNoJit}`, () => {
  it("writes slices at clamped places", () => {
    for (const start of [-3, 0, 2, 50]) {
      const starts = [Int32Array.of(start), Int32Array.of(start + 1), Int32Array.of(start)];
      for (const size of [
        [2, 3, 40],
        [4, 9, 1],
        [1, 9, 70],
        [4, 1, 70],
        [1, 1, 1],
        [3, 2, 70],
      ]) {
        checkUpdate(
          [f32(4, 9, 70), f32(...size), s32(), s32(), s32()],
          (b, [x, u, ...at]) => b.dynamicUpdateSlice(x, b.binary("add", u, u), at),
          [undefined, undefined, ...starts],
        );
      }
    }
    checkUpdate([f32(5000), f32(4500), s32()], (b, [x, u, p]) => b.dynamicUpdateSlice(x, u, [p]), [
      undefined,
      undefined,
      Int32Array.of(100),
    ]);
    checkUpdate([arrayShape("bool", [9]), arrayShape("bool", [3]), s32()], (b, [x, u, p]) =>
      b.dynamicUpdateSlice(x, u, [p]),
    );
  });

  it("writes several slices and whole results at once", () => {
    const shapes = [f32(7, 3, 37), f32(1, 3, 37, 2), arrayShape("int32", [5, 111]), f32(3, 37), s32()];
    const program = fused("update", shapes, (b, [x, y, z, u, at]) => {
      const zero = b.scalar("int32", 0);
      const h = b.unary("tanh", u);
      const sum = b.binary("add", h, u);
      return [
        b.dynamicUpdateSlice(x, b.reshape(h, [1, 3, 37]), [at, zero, zero]),
        b.dynamicUpdateSlice(y, b.reshape(sum, [1, 3, 37, 1]), [zero, zero, zero, at]),
        b.dynamicUpdateSlice(z, b.convert(b.reshape(sum, [1, 111]), "int32"), [at, zero]),
        b.binary("multiply", sum, h),
        h,
      ];
    });
    const inPlace = { 0: 0, 1: 1, 2: 2 };
    for (const at of [-1, 0, 3, 9]) {
      const args = [...shapes.slice(0, 4).map((s, k) => sample(s, k + 1)), Int32Array.of(at)];
      const want = evaluate(program.module, args);
      const compiled = compile(program);
      const got = compiled.run(args, { inPlace });
      program.fusion.shape.elements.forEach((s, k) => expectClose(s, got[k], want[k], 10));
      for (const piece of [1, 2]) expect(compiled.run(args, { inPlace, piece })).toEqual(got);
    }
  });

  const rows: ScatterDims = {
    updateWindowDims: [1],
    insertedWindowDims: [0],
    inputBatchingDims: [],
    scatterIndicesBatchingDims: [],
    scatterDimsToOperandDims: [0],
    indexVectorDim: 1,
  };

  it("adds rows, some of them more than once, some outside", () => {
    const indices = Int32Array.from({ length: 40 }, (_, k) => ((k * 7) % 13) - 1);
    for (const n of [1, 3, 64, 100, 300]) {
      checkUpdate(
        [f32(11, n), s32(40, 1), f32(40, n)],
        (b, [x, i, u]) => b.scatter(x, i, b.unary("negate", u), rows, b.reducer("add", "float32")),
        [undefined, indices],
      );
    }
  });

  it("combines and replaces elements in order", () => {
    const elements: ScatterDims = {
      ...rows,
      updateWindowDims: [],
      insertedWindowDims: [0, 1],
      scatterDimsToOperandDims: [0, 1],
    };
    const combiners: (ReducerName | undefined)[] = ["add", "multiply", "minimum", "maximum", undefined];
    for (const dtype of ["float32", "bfloat16", "int8", "int64"] as const) {
      for (const name of combiners) {
        checkUpdate(
          [arrayShape(dtype, [6, 5]), arrayShape("int64", [70, 2]), arrayShape(dtype, [70])],
          (b, [x, i, u]) =>
            b.scatter(
              x,
              i,
              u,
              elements,
              name === undefined ? b.scalarComputation("second", dtype, (_, __, y) => y) : b.reducer(name, dtype),
            ),
          [undefined, BigInt64Array.from({ length: 140 }, (_, k) => BigInt(((k * 5) % 9) - 1))],
        );
      }
    }
  });

  it("scatters windows that move along their own dimensions", () => {
    const windows: ScatterDims = {
      ...rows,
      updateWindowDims: [0, 2],
      insertedWindowDims: [],
      scatterDimsToOperandDims: [1, 0],
    };
    checkUpdate(
      [f32(9, 80), s32(12, 2), f32(3, 12, 50)],
      (b, [x, i, u]) => b.scatter(x, i, u, windows, b.reducer("add", "float32")),
      [undefined, Int32Array.from({ length: 24 }, (_, k) => (k * 11) % 32)],
    );
    const sorted = { indicesAreSorted: true, uniqueIndices: true };
    const batched: ScatterDims = {
      updateWindowDims: [2], insertedWindowDims: [1], inputBatchingDims: [0], scatterIndicesBatchingDims: [0],
      scatterDimsToOperandDims: [1], indexVectorDim: 2,
    }; // biome-ignore format: short
    checkUpdate(
      [f32(4, 6, 20), s32(4, 3, 1), f32(4, 3, 20)],
      (b, [x, i, u]) => b.scatter(x, i, u, batched, b.reducer("add", "float32"), sorted),
      [undefined, Int32Array.of(0, 2, 5, 1, 2, 3, 0, 4, 9, -1, 1, 5)],
    );
  });

  it("scatters without index vectors, and by unsigned indices", () => {
    const implicit: ScatterDims = { ...rows, indexVectorDim: 1 };
    checkUpdate(
      [f32(7, 30), arrayShape("uint8", [5]), f32(5, 30)],
      (b, [x, i, u]) => b.scatter(x, i, u, implicit, b.reducer("add", "float32")),
      [undefined, Uint8Array.of(3, 200, 6, 7, 3)],
    );
  });
});
