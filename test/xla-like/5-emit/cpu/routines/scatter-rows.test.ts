// scatter-rows: the same sums as the reference evaluator's, bit for bit, and only for the scatters it is meant for.
import { describe, expect, test } from "vitest";
import { scatterFusionThunk, scatterRowsThunk } from "../../../../../xla-like/5-emit/cpu/routines/index.js";
import {
  arrayShape,
  type DType,
  HloBuilder,
  type HloInstruction,
  type HloModule,
  type ScatterDims,
} from "../../../../../xla-like/index.js";
import { evaluate } from "../../../../../xla-like/reference/evaluate.js";
import { hasRoutine, moduleOf, type Operand, onlyInstruction, randomData, runThunk } from "./helpers.js";

const rowsOf = (batch: number, row: number): ScatterDims => ({
  updateWindowDims: Array.from({ length: row }, (_, d) => batch + d),
  insertedWindowDims: [0],
  inputBatchingDims: [],
  scatterIndicesBatchingDims: [],
  scatterDimsToOperandDims: [0],
  indexVectorDim: batch,
});

interface Case {
  readonly operand: readonly number[];
  readonly batch: readonly number[];
  readonly dtype?: DType;
  readonly indexType?: DType;
  readonly dims?: ScatterDims;
  readonly reducer?: "add" | "multiply";
}

function scatterOf(c: Case): { readonly module: HloModule; readonly operands: readonly Operand[] } {
  const { dtype = "float32", indexType = "int32", reducer = "add" } = c;
  const [, ...row] = c.operand;
  const size = (dims: readonly number[]): number => dims.reduce((n, d) => n * d, 1);
  const data = (d: DType, dims: readonly number[], seed: number, range: number): Operand => ({
    dtype: d,
    dims,
    data: randomData(d, size(dims), seed, range),
  });
  const operands = [
    data(dtype, c.operand, 1, 10),
    // Some of the indices are outside.
    data(indexType, [...c.batch, 1], 2, c.operand[0] + 2),
    data(dtype, [...c.batch, ...row], 3, 10),
  ];
  const module = moduleOf(operands, (b, [x, indices, updates]) =>
    b.scatter(x, indices, updates, c.dims ?? rowsOf(c.batch.length, row.length), b.reducer(reducer, dtype)),
  );
  return { module, operands };
}

const thunkOf = (module: HloModule) => {
  const i = onlyInstruction(module);
  if (i.opcode !== "scatter") throw new Error(`${i.opcode} is not a scatter`);
  return scatterRowsThunk(i, { target: 3, indices: 1, updates: 2 });
};

describe("scatterRowsThunk", () => {
  test("takes whole rows that are added", () => {
    expect(thunkOf(scatterOf({ operand: [5, 3], batch: [7] }).module)?.params).toEqual([11, 3, 5, 3, 7]);
    expect(thunkOf(scatterOf({ operand: [5, 3, 2], batch: [7, 2], dtype: "float64" }).module)?.params).toEqual([
      12, 3, 5, 6, 14,
    ]);
    expect(thunkOf(scatterOf({ operand: [9], batch: [4] }).module)?.params).toEqual([11, 3, 9, 1, 4]);
  });
  test("and nothing else", () => {
    expect(thunkOf(scatterOf({ operand: [5, 3], batch: [7], reducer: "multiply" }).module)).toBeUndefined();
    expect(thunkOf(scatterOf({ operand: [5, 3], batch: [7], dtype: "int32" }).module)).toBeUndefined();
    const columns = { ...rowsOf(1, 1), insertedWindowDims: [1], scatterDimsToOperandDims: [1] };
    expect(thunkOf(scatterOf({ operand: [3, 3], batch: [7], dims: columns }).module)).toBeUndefined();
  });
});

describe("scatterFusionThunk", () => {
  const slots = { operands: [4, 5, 6], results: [7] };
  const fusionOf = (body: (b: HloBuilder, xs: HloInstruction[]) => HloInstruction) => {
    const shapes = [arrayShape("float32", [5, 3]), arrayShape("float32", [7, 3]), arrayShape("int32", [7, 1])];
    const b = new HloBuilder("entry");
    const fused = b.computation("fused", shapes, (c, xs) => c.tuple([body(c, xs)]));
    const module = b.module(
      "test",
      b.fusion(
        "update",
        fused,
        shapes.map((s) => b.parameter(s)),
      ),
    );
    const i = onlyInstruction(module);
    if (i.opcode !== "fusion") throw new Error(`${i.opcode} is not a fusion`);
    return scatterFusionThunk(i, slots);
  };
  const scatter = (b: HloBuilder, [x, updates, indices]: HloInstruction[]) =>
    b.scatter(x, indices, updates, rowsOf(1, 1), b.reducer("add", "float32"));

  test("takes a scatter of the fusion's operands, and adds to the result's memory", () => {
    expect(fusionOf(scatter)?.args).toEqual([7, 6, 5]);
  });
  test("and no scatter of what is computed in the fusion", () => {
    expect(fusionOf((b, [x, u, i]) => scatter(b, [x, b.unary("negate", u), i]))).toBeUndefined();
  });
});

describe.runIf(hasRoutine("scatter-rows"))("scatter-rows", () => {
  test.each([
    { operand: [5, 3], batch: [40] },
    { operand: [50, 130], batch: [8, 100] },
    { operand: [1000], batch: [3000] },
    { operand: [20, 4, 5], batch: [300], dtype: "float64", indexType: "int64" },
    { operand: [20, 4], batch: [300], indexType: "uint32" },
    { operand: [3, 700], batch: [2000] },
  ] as const satisfies readonly Case[])("adds %o", (c) => {
    const { module, operands } = scatterOf(c);
    const thunk = thunkOf(module);
    if (thunk === undefined) throw new Error("no routine");
    const bytes = operands.map((x) => x.data.byteLength);
    const slots = [
      ...bytes.map((n, index) => ({ home: { kind: "parameter", index } as const, bytes: n })),
      { home: { kind: "output", index: 0 } as const, bytes: bytes[0] },
    ];
    const data = operands.map((x) => x.data);
    const copy = { kind: "copy", from: 0, to: 3, bytes: bytes[0] } as const;
    expect(runThunk(module, slots, [copy, thunk], data)).toEqual(evaluate(module, data));
  });
});
