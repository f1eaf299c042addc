// Row fusions: reductions along rows, what is computed from them, and reductions along columns.
import { describe, expect, it } from "vitest";
import { arrayShape, type HloBuilder, type HloInstruction, type ReducerName } from "../../../xla-like/hlo/index.js";
import { fusedText, kindsOf } from "./helpers.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const reduced = (
  b: HloBuilder,
  x: HloInstruction,
  dimensions: readonly number[],
  op: ReducerName = "add",
): HloInstruction =>
  b.reduce([x], [b.scalar("float32", op === "add" ? 0 : -Infinity)], dimensions, b.reducer(op, "float32"))[0];
const softmax = (b: HloBuilder, x: HloInstruction, dims: readonly number[], rows: readonly number[]) => {
  const columns = dims.flatMap((_, d) => (rows.includes(d) ? [] : [d]));
  const spread = (r: HloInstruction): HloInstruction => b.broadcast(r, dims, rows);
  const e = b.unary("exponential", b.binary("subtract", x, spread(reduced(b, x, columns, "maximum"))));
  return b.binary("divide", e, spread(reduced(b, e, columns)));
};

describe("rows", () => {
  it("softmax is one kernel, with what comes before and after", () => {
    expect(
      fusedText([f32(12, 20), f32(12, 20)], (b, [x, y]) =>
        b.binary("multiply", softmax(b, b.binary("multiply", x, b.scalar("float32", 0.125)), [12, 20], [0]), y),
      ),
    ).toMatchInlineSnapshot(`
      "%fusion.40 = (f32[12,20]) fusion(%parameter.22, %parameter.23), kind=row, calls=%fused_row
          %broadcast.27 = f32[12,20] broadcast(%constant.26), dimensions={}
          %multiply.28 = f32[12,20] multiply(%parameter.24, %broadcast.27)
          %reduce.30 = f32[12] reduce(%multiply.28, %constant.29), dimensions={1}, to_apply=%maximum.float32
          %broadcast.31 = f32[12,20] broadcast(%reduce.30), dimensions={0}
          %subtract.32 = f32[12,20] subtract(%multiply.28, %broadcast.31)
          %exponential.33 = f32[12,20] exponential(%subtract.32)
          %reduce.35 = f32[12] reduce(%exponential.33, %constant.34), dimensions={1}, to_apply=%add.float32
          %broadcast.36 = f32[12,20] broadcast(%reduce.35), dimensions={0}
          %divide.37 = f32[12,20] divide(%exponential.33, %broadcast.36)
          %multiply.38 = f32[12,20] multiply(%divide.37, %parameter.25)
          %tuple.39 = (f32[12,20]) tuple(%multiply.38)"
    `);
  });

  it("may have any number of dimensions on both sides", () => {
    expect(kindsOf([f32(3, 4, 5, 6)], (b, [x]) => softmax(b, x, [3, 4, 5, 6], [0, 1]))).toBe("row 1");
    expect(kindsOf([f32(100)], (b, [x]) => softmax(b, x, [100], []))).toBe("row 1");
  });

  it("a vector too long for one core is reduced by all of them", () => {
    expect(kindsOf([f32(20_000)], (b, [x]) => softmax(b, x, [20_000], []))).toBe("loop 1, row 2");
  });

  it("keep values for rows, and columns of the same array", () => {
    expect(
      fusedText([f32(12, 20), f32(20)], (b, [x, g]) => {
        const rows = reduced(b, x, [1]);
        const mean = b.binary("multiply", rows, b.scalar("float32", 0.05));
        const centred = b.binary("subtract", x, b.broadcast(mean, [12, 20], [0]));
        const y = b.binary("multiply", centred, b.broadcast(g, [12, 20], [1]));
        return [y, b.unary("rsqrt", rows), reduced(b, centred, [0]), reduced(b, y, [0, 1])];
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.37 = (f32[12,20], f32[12], f32[20], f32[]) fusion(%parameter.20, %parameter.21), kind=row, calls=%fused_row
          %reduce.25 = f32[12] reduce(%parameter.22, %constant.24), dimensions={1}, to_apply=%add.float32
          %broadcast.27 = f32[12] broadcast(%constant.26), dimensions={}
          %multiply.28 = f32[12] multiply(%reduce.25, %broadcast.27)
          %broadcast.29 = f32[12,20] broadcast(%multiply.28), dimensions={0}
          %subtract.30 = f32[12,20] subtract(%parameter.22, %broadcast.29)
          %broadcast.31 = f32[12,20] broadcast(%parameter.23), dimensions={1}
          %multiply.32 = f32[12,20] multiply(%subtract.30, %broadcast.31)
          %rsqrt.33 = f32[12] rsqrt(%reduce.25)
          %reduce.34 = f32[20] reduce(%subtract.30, %constant.24), dimensions={0}, to_apply=%add.float32
          %reduce.35 = f32[] reduce(%multiply.32, %constant.24), dimensions={0,1}, to_apply=%add.float32
          %tuple.36 = (f32[12,20], f32[12], f32[20], f32[]) tuple(%multiply.32, %rsqrt.33, %reduce.34, %reduce.35)"
    `);
  });

  it("reduce dimensions in the middle, alone", () => {
    expect(
      fusedText([f32(4, 30, 5)], (b, [x]) => [reduced(b, b.unary("tanh", x), [1]), b.unary("tanh", x)]),
    ).toMatchInlineSnapshot(`
      "%fusion.13 = (f32[4,30,5]) fusion(%parameter.9), kind=loop, calls=%fused_loop
          %tanh.11 = f32[4,30,5] tanh(%parameter.10)
          %tuple.12 = (f32[4,30,5]) tuple(%tanh.11)
      %fusion.19 = (f32[4,5]) fusion(%get-tuple-element.14), kind=row, calls=%fused_row
          %reduce.17 = f32[4,5] reduce(%parameter.15, %constant.16), dimensions={1}, to_apply=%add.float32
          %tuple.18 = (f32[4,5]) tuple(%reduce.17)"
    `);
  });

  it("read operands at any places", () => {
    expect(
      fusedText([f32(20, 12), arrayShape("int32", [12]), f32(9, 20)], (b, [x, at, table]) => {
        const dims = {
          offsetDims: [1],
          collapsedSliceDims: [0],
          operandBatchingDims: [],
          startIndicesBatchingDims: [],
          startIndexMap: [0],
          indexVectorDim: 1,
        };
        const y = b.binary("add", b.transpose(x, [1, 0]), b.gather(table, at, dims, [1, 20]));
        return softmax(b, y, [12, 20], [0]);
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.41 = (f32[12,20]) fusion(%parameter.22, %parameter.24, %parameter.23), kind=row, calls=%fused_row
          %transpose.28 = f32[12,20] transpose(%parameter.25), dimensions={1,0}
          %gather.29 = f32[12,20] gather(%parameter.26, %parameter.27), offset_dims={1}, collapsed_slice_dims={0}, start_index_map={0}, index_vector_dim=1, slice_sizes={1,20}
          %add.30 = f32[12,20] add(%transpose.28, %gather.29)
          %reduce.32 = f32[12] reduce(%add.30, %constant.31), dimensions={1}, to_apply=%maximum.float32
          %broadcast.33 = f32[12,20] broadcast(%reduce.32), dimensions={0}
          %subtract.34 = f32[12,20] subtract(%add.30, %broadcast.33)
          %exponential.35 = f32[12,20] exponential(%subtract.34)
          %reduce.37 = f32[12] reduce(%exponential.35, %constant.36), dimensions={1}, to_apply=%add.float32
          %broadcast.38 = f32[12,20] broadcast(%reduce.37), dimensions={0}
          %divide.39 = f32[12,20] divide(%exponential.35, %broadcast.38)
          %tuple.40 = (f32[12,20]) tuple(%divide.39)"
    `);
  });

  it("are loops where little is reduced, or what is reduced lies apart", () => {
    expect(kindsOf([f32(3, 4)], (b, [x]) => reduced(b, x, [1]))).toBe("loop 1");
    expect(kindsOf([f32(6, 7, 8)], (b, [x]) => reduced(b, x, [0, 2]))).toBe("loop 1");
  });

  it("give up what needs a column's sum in the same pass", () => {
    expect(
      kindsOf([f32(12, 20)], (b, [x]) => b.binary("subtract", x, b.broadcast(reduced(b, x, [0]), [12, 20], [1]))),
    ).toBe("loop 1, row 1");
  });

  it("reduce several operands at once in loops", () => {
    expect(
      kindsOf([f32(12, 20), f32(12, 20)], (b, [x, y]) => {
        const s = arrayShape("float32", []);
        const both = b.computation("both", [s, s, s, s], (c, [p, q, u, v]) => [
          c.binary("add", p, u),
          c.binary("multiply", q, v),
        ]);
        return b.reduce([x, b.unary("negate", y)], [b.scalar("float32", 0), b.scalar("float32", 1)], [1], both);
      }),
    ).toBe("loop 1");
  });
});
