// Updates in place as fibres: slices at clamped places, and scatters of every kind, in any order and in one.
import { describe, expect, it } from "vitest";
import { emitCudaFusion } from "../../../../xla-like/5-emit/cuda/fusion.js";
import {
  type ArrayShape,
  arrayShape,
  type DType,
  type HloBuilder,
  type HloInstruction,
  type HostArray,
  type ReducerName,
  type ScatterDims,
} from "../../../../xla-like/index.js";
import { fused, jit, sample, whyNoJit } from "../cpu/kernels/harness.js";
import { checkCuda, type EmitCuda } from "./harness.js";
import { nvptx, whyNoPtx } from "./ptx.js";
import { ptxOfKernels } from "./ptx-kernels.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const s32 = (...dims: number[]) => arrayShape("int32", dims);

type Body = (b: HloBuilder, xs: HloInstruction[]) => HloInstruction | readonly HloInstruction[];

const deterministic: EmitCuda = (module, fusion, symbol, target) =>
  emitCudaFusion(module, fusion, symbol, { ...target, deterministic: true });

/** How the kernels begin that were launched. */
function checkUpdate(
  shapes: readonly ArrayShape[],
  body: Body,
  given: readonly (HostArray | undefined)[] = [],
  options: { readonly emit?: EmitCuda; readonly unordered?: boolean; readonly targets?: number } = {},
): readonly string[] {
  const { targets = 1, ...rest } = options;
  const args = shapes.map((s, k) => given[k] ?? sample(s, k + 1));
  const inPlace = Object.fromEntries(Array.from({ length: targets }, (_, k) => [k, k]));
  const { grids } = checkCuda(fused("update", shapes, body), args, { scale: 10, inPlace, ...rest });
  return grids.launches.map((l) => l.symbol);
}

const rows: ScatterDims = {
  updateWindowDims: [1],
  insertedWindowDims: [0],
  inputBatchingDims: [],
  scatterIndicesBatchingDims: [],
  scatterDimsToOperandDims: [0],
  indexVectorDim: 1,
};
const elements: ScatterDims = {
  ...rows,
  updateWindowDims: [],
  insertedWindowDims: [0, 1],
  scatterDimsToOperandDims: [0, 1],
};
const windows: ScatterDims = {
  ...rows,
  updateWindowDims: [0, 2],
  insertedWindowDims: [],
  scatterDimsToOperandDims: [1, 0],
};
const batched: ScatterDims = {
  updateWindowDims: [2],
  insertedWindowDims: [1],
  inputBatchingDims: [0],
  scatterIndicesBatchingDims: [0],
  scatterDimsToOperandDims: [1],
  indexVectorDim: 2,
};
const isFloating = (d: DType): boolean => d.includes("float") || d.includes("complex");
const second = (b: HloBuilder, d: DType) => b.scalarComputation("second", d, (_, __, y) => y);

describe.skipIf(jit === undefined)(`updates in place as fibres${whyNoJit}`, () => {
  it("writes slices at clamped places", () => {
    for (const start of [-3, 0, 2, 50]) {
      const starts = [Int32Array.of(start), Int32Array.of(start + 1), Int32Array.of(start)];
      for (const size of [
        [2, 3, 40],
        [4, 9, 1],
        [4, 1, 70],
        [1, 1, 1],
        [4, 9, 70],
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
      Int32Array.of(101),
    ]);
    for (const d of ["bool", "bfloat16", "complex128"] as const)
      checkUpdate([arrayShape(d, [9]), arrayShape(d, [4]), s32()], (b, [x, u, p]) => b.dynamicUpdateSlice(x, u, [p]));
  });

  it("writes several slices and whole results at once", () => {
    const shapes = [f32(7, 3, 37), f32(1, 3, 37, 2), s32(5, 111), f32(3, 37), s32()];
    for (const at of [-1, 0, 3, 9]) {
      checkUpdate(
        shapes,
        (b, [x, y, z, u, p]) => {
          const zero = b.scalar("int32", 0);
          const h = b.unary("tanh", u);
          const sum = b.binary("add", h, u);
          return [
            b.dynamicUpdateSlice(x, b.reshape(h, [1, 3, 37]), [p, zero, zero]),
            b.dynamicUpdateSlice(y, b.reshape(sum, [1, 3, 37, 1]), [zero, zero, zero, p]),
            b.dynamicUpdateSlice(z, b.convert(b.reshape(sum, [1, 111]), "int32"), [p, zero]),
            b.binary("multiply", sum, h),
            h,
          ];
        },
        [undefined, undefined, undefined, undefined, Int32Array.of(at)],
        { targets: 3 },
      );
    }
  });

  it("adds rows, some of them more than once, some outside", () => {
    const indices = Int32Array.from({ length: 40 }, (_, k) => ((k * 7) % 13) - 1);
    for (const n of [1, 30, 64]) {
      const add: Body = (b, [x, i, u]) => b.scatter(x, i, b.unary("negate", u), rows, b.reducer("add", "float32"));
      const shapes = [f32(11, n), s32(40, 1), f32(40, n)];
      expect(checkUpdate(shapes, add, [undefined, indices], { unordered: true })).toHaveLength(1);
      expect(checkUpdate(shapes, add, [undefined, indices], { emit: deterministic }).length).toBeGreaterThan(1);
    }
  });

  it.each<DType>([
    "float32",
    "float64",
    "bfloat16",
    "float16",
    "int8",
    "uint16",
    "int32",
    "uint32",
    "int64",
    "uint64",
    "bool",
    "complex64",
    "complex128",
  ])(
    // biome-ignore format: a list
    "combines and replaces elements: %s",
    (dtype) => {
      const names: readonly ReducerName[] =
        dtype === "bool"
          ? ["and", "or"]
          : dtype.startsWith("complex")
            ? ["add", "multiply"]
            : isFloating(dtype)
              ? ["add", "multiply", "minimum", "maximum"]
              : ["add", "multiply", "minimum", "maximum", "and", "or"];
      const shapes = [arrayShape(dtype, [6, 5]), arrayShape("int64", [70, 2]), arrayShape(dtype, [70])];
      const at = BigInt64Array.from({ length: 140 }, (_, k) => BigInt(((k * 5) % 9) - 1));
      const body =
        (name: ReducerName | undefined): Body =>
        (b, [x, i, u]) =>
          b.scatter(x, i, u, elements, name === undefined ? second(b, dtype) : b.reducer(name, dtype));
      for (const name of [...names, undefined]) {
        const isSum = isFloating(dtype) && (name === "add" || name === "multiply");
        const isRounded = isSum && (dtype === "bfloat16" || dtype === "float16");
        // Sums of narrow floats in another order are rounded otherwise at each step.
        if (!isRounded) checkUpdate(shapes, body(name), [undefined, at], { unordered: isSum });
        checkUpdate(shapes, body(name), [undefined, at], { emit: deterministic });
      }
    },
  );

  it("adds narrow floats at once to neighbours in a word", () => {
    for (const dtype of ["bfloat16", "float16"] as const) {
      const ones = new Uint16Array(64).fill(dtype === "bfloat16" ? 0x3f80 : 0x3c00);
      checkUpdate(
        [arrayShape(dtype, [7]), s32(64, 1), arrayShape(dtype, [64])],
        (b, [x, i, u]) =>
          b.scatter(
            x,
            i,
            u,
            { ...elements, insertedWindowDims: [0], scatterDimsToOperandDims: [0] },
            b.reducer("add", dtype),
          ),
        [new Uint16Array(7), Int32Array.from({ length: 64 }, (_, k) => k % 7), ones],
      );
    }
  });

  it("combines by any computation, in order", () => {
    const body: Body = (b, [x, i, u]) =>
      b.scatter(
        x,
        i,
        u,
        rows,
        b.scalarComputation("half", "float32", (c, old, y) =>
          c.binary("subtract", y, c.binary("multiply", old, c.scalar("float32", 0.5))),
        ),
      );
    checkUpdate([f32(5, 3), s32(40, 1), f32(40, 3)], body, [
      undefined,
      Int32Array.from({ length: 40 }, (_, k) => ((k * 7) % 7) - 1),
    ]);
  });

  it("scatters windows that move along their own dimensions, and overlap", () => {
    const at = Int32Array.from({ length: 24 }, (_, k) => (k * 11) % 32);
    const shapes = [f32(9, 80), s32(12, 2), f32(3, 12, 50)];
    const body =
      (name: "add" | undefined): Body =>
      (b, [x, i, u]) =>
        b.scatter(x, i, u, windows, name === undefined ? second(b, "float32") : b.reducer(name, "float32"));
    checkUpdate(shapes, body("add"), [undefined, at], { unordered: true });
    checkUpdate(shapes, body("add"), [undefined, at], { emit: deterministic });
    checkUpdate(shapes, body(undefined), [undefined, at]);
  });

  it("scatters in batches, by unique, implicit and unsigned indices", () => {
    const unique = Int32Array.of(0, 2, 5, 1, 9, 3, 0, 4, 9, -1, 1, 5);
    for (const uniqueIndices of [false, true])
      checkUpdate(
        [f32(4, 6, 20), s32(4, 3, 1), f32(4, 3, 20)],
        (b, [x, i, u]) =>
          b.scatter(x, i, u, batched, b.reducer("add", "float32"), { indicesAreSorted: true, uniqueIndices }),
        [undefined, unique],
      );
    checkUpdate(
      [f32(7, 30), arrayShape("uint8", [5]), f32(5, 30)],
      (b, [x, i, u]) => b.scatter(x, i, u, rows, b.reducer("add", "float32")),
      [undefined, Uint8Array.of(3, 200, 6, 7, 3)],
      { unordered: true },
    );
    expect(
      checkUpdate([f32(3), s32(0, 1), f32(0)], (b, [x, i, u]) => b.scatter(x, i, u, { ...elements, insertedWindowDims: [0], scatterDimsToOperandDims: [0] }, b.reducer("add", "float32"))), // biome-ignore format: short
    ).toEqual([]);
  });

  it("counts the last of many that replace few, and of few in much", () => {
    const single: ScatterDims = { ...elements, insertedWindowDims: [0], scatterDimsToOperandDims: [0] };
    for (const [size, count] of [
      [3, 600],
      [2 ** 16 + 7, 5],
    ]) {
      const at = Int32Array.from({ length: count }, (_, k) => (k * 7) % 3);
      checkUpdate(
        [s32(size), s32(count, 1), s32(count)],
        (b, [x, i, u]) => b.scatter(x, i, u, single, second(b, "int32")),
        [undefined, at],
      );
    }
  });
});

describe.skipIf(nvptx === undefined)(`updates as PTX${whyNoPtx}`, () => {
  const ptx = (shapes: readonly ArrayShape[], body: Body, fixed = false): string => {
    const { fusion } = fused("update", shapes, body);
    return ptxOfKernels(
      (module, target) => emitCudaFusion(module, fusion, "update", { ...target, deterministic: fixed }).launches,
    );
  };
  const scatter = (d: DType, name: ReducerName | undefined, fixed = false): string =>
    ptx(
      [arrayShape(d, [1000, 64]), s32(500, 1), arrayShape(d, [500, 64])],
      (b, [x, i, u]) => b.scatter(x, i, u, rows, name === undefined ? second(b, d) : b.reducer(name, d)),
      fixed,
    );

  it("adds by the card's instructions, or by comparing and exchanging words", () => {
    expect(scatter("float32", "add")).toMatch(/(atom|red)\.global\.add\.f32/);
    expect(scatter("float64", "add")).toMatch(/(atom|red)\.global\.add\.f64/);
    expect(scatter("int32", "maximum")).toMatch(/(atom|red)\.global\.max\.s32/);
    expect(scatter("uint64", "minimum")).toMatch(/(atom|red)\.global\.min\.u64/);
    for (const d of ["bfloat16", "float16", "int8"] as const)
      expect(scatter(d, "add")).toMatch(/atom\.(relaxed\.)?(\w+\.)?global\.cas\.b32/);
    expect(scatter("complex64", "multiply")).toMatch(/atom\.(relaxed\.)?(\w+\.)?global\.cas\.b64/);
  });

  it("divides places by 32-bit arithmetic", () => {
    const text = ptx([f32(1000, 60), s32(500, 1), f32(500, 60)], (b, [x, i, u]) =>
      b.scatter(x, i, u, rows, b.reducer("add", "float32")),
    );
    expect(text).not.toMatch(/(div|rem|mul\.hi)\.[us]64/);
  });

  it("has no floats added at once where the same bits are asked for", () => {
    expect(scatter("float32", "add", true)).not.toMatch(/(atom|red)\.global\.add\.f/);
    expect(scatter("float32", undefined)).toMatch(/(atom|red)\.global\.max\.u32/);
  });

  it("writes slices in vectors where they lie together", () => {
    const text = ptx([f32(64, 1024), f32(16, 1024), s32(), s32()], (b, [x, u, p, q]) =>
      b.dynamicUpdateSlice(x, u, [p, q]),
    );
    expect(text).toMatch(/ld\.global\.v4\.f32/);
  });
});
