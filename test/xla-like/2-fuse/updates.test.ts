// Updates in place: slices and scatters, with what they write, and many of them at once.
import { describe, expect, it } from "vitest";
import { arrayShape, type HloBuilder, type HloInstruction, type ScatterDims } from "../../../xla-like/hlo/index.js";
import { fusedText, kindsOf } from "./helpers.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const s32 = (...dims: number[]) => arrayShape("int32", dims);

const rows: ScatterDims = {
  updateWindowDims: [1],
  insertedWindowDims: [0],
  inputBatchingDims: [],
  scatterIndicesBatchingDims: [],
  scatterDimsToOperandDims: [0],
  indexVectorDim: 1,
};
const combiner = (b: HloBuilder, f: (c: HloBuilder, p: HloInstruction, q: HloInstruction) => HloInstruction) =>
  b.scalarComputation("combine", "float32", f);

describe("slices", () => {
  it("are computed where they are written, and start where other numbers say", () => {
    expect(
      fusedText([f32(9, 5), f32(1, 5), s32()], (b, [x, u, at]) =>
        b.dynamicUpdateSlice(x, b.unary("tanh", u), [b.binary("add", at, at), b.scalar("int32", 0)]),
      ),
    ).toMatchInlineSnapshot(`
      "%reshape.14 = f32[5] reshape(%parameter.12)
      %fusion.24 = (f32[9,5]) fusion(%parameter.11, %reshape.14, %parameter.13), kind=update, calls=%fused_update
          %tanh.18 = f32[5] tanh(%parameter.16)
          %reshape.19 = f32[1,5] reshape(%tanh.18)
          %add.20 = s32[] add(%parameter.17, %parameter.17)
          %dynamic-update-slice.22 = f32[9,5] dynamic-update-slice(%parameter.15, %reshape.19, %add.20, %constant.21)
          %tuple.23 = (f32[9,5]) tuple(%dynamic-update-slice.22)"
    `);
  });

  it("of what they write into are read before", () => {
    expect(
      fusedText([f32(90), s32()], (b, [x, at]) =>
        b.dynamicUpdateSlice(x, b.unary("negate", b.slice(x, [3], [80])), [at]),
      ),
    ).toMatchInlineSnapshot(`
      "%fusion.11 = (f32[77]) fusion(%parameter.6), kind=loop, calls=%fused_loop
          %slice.9 = f32[77] slice(%parameter.8), slice={[3:80]}
          %tuple.10 = (f32[77]) tuple(%slice.9)
      %fusion.19 = (f32[90]) fusion(%parameter.6, %get-tuple-element.12, %parameter.7), kind=update, calls=%fused_update
          %negate.16 = f32[77] negate(%parameter.14)
          %dynamic-update-slice.17 = f32[90] dynamic-update-slice(%parameter.13, %negate.16, %parameter.15)
          %tuple.18 = (f32[90]) tuple(%dynamic-update-slice.17)"
    `);
  });

  it("that one step stores are stored together, with what the step computes", () => {
    expect(
      fusedText([f32(7, 30), f32(7, 1, 30), f32(30), f32(30), s32()], (b, [x, y, u, v, at]) => {
        const zero = b.scalar("int32", 0);
        const h = b.unary("tanh", b.binary("add", u, v));
        const g = b.binary("multiply", h, v);
        return [
          b.dynamicUpdateSlice(x, b.reshape(h, [1, 30]), [at, zero]),
          b.dynamicUpdateSlice(y, b.reshape(g, [1, 1, 30]), [at, zero, zero]),
          g,
        ];
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.33 = (f32[7,30], f32[7,1,30], f32[30]) fusion(%parameter.14, %parameter.15, %parameter.16, %parameter.17, %parameter.18), kind=update, calls=%fused_update
          %add.24 = f32[30] add(%parameter.21, %parameter.22)
          %tanh.25 = f32[30] tanh(%add.24)
          %reshape.26 = f32[1,30] reshape(%tanh.25)
          %dynamic-update-slice.28 = f32[7,30] dynamic-update-slice(%parameter.19, %reshape.26, %parameter.23, %constant.27)
          %multiply.29 = f32[30] multiply(%tanh.25, %parameter.22)
          %reshape.30 = f32[1,1,30] reshape(%multiply.29)
          %dynamic-update-slice.31 = f32[7,1,30] dynamic-update-slice(%parameter.20, %reshape.30, %parameter.23, %constant.27, %constant.27)
          %tuple.32 = (f32[7,30], f32[7,1,30], f32[30]) tuple(%dynamic-update-slice.28, %dynamic-update-slice.31, %multiply.29)"
    `);
  });

  it("of one array are stored one after the other", () => {
    expect(
      kindsOf([f32(90), f32(4), s32()], (b, [x, u, at]) =>
        b.dynamicUpdateSlice(b.dynamicUpdateSlice(x, u, [at]), b.unary("negate", u), [b.scalar("int32", 7)]),
      ),
    ).toBe("update 2");
    expect(
      kindsOf([f32(90), f32(4), s32()], (b, [x, u, at]) => [
        b.dynamicUpdateSlice(x, u, [at]),
        b.dynamicUpdateSlice(x, b.unary("negate", u), [at]),
      ]),
    ).toBe("update 2");
  });

  it("wait for what another one's array is read for", () => {
    expect(
      kindsOf([f32(90), f32(90), f32(4), s32()], (b, [x, y, u, at]) => {
        const first = b.dynamicUpdateSlice(x, u, [at]);
        return [first, b.dynamicUpdateSlice(y, b.slice(first, [3], [7]), [at])];
      }),
    ).toBe("update 2");
  });
});

describe("scatters", () => {
  it("compute updates and indices", () => {
    expect(
      fusedText([f32(9, 5), s32(4, 1), f32(4, 5)], (b, [x, at, u]) =>
        b.scatter(x, b.binary("add", at, at), b.unary("tanh", u), rows, b.reducer("add", "float32")),
      ),
    ).toMatchInlineSnapshot(`
      "%reshape.17 = s32[4] reshape(%parameter.15)
      %fusion.26 = (f32[9,5]) fusion(%parameter.14, %reshape.17, %parameter.16), kind=update, calls=%fused_update
          %add.21 = s32[4] add(%parameter.19, %parameter.19)
          %reshape.22 = s32[4,1] reshape(%add.21)
          %tanh.23 = f32[4,5] tanh(%parameter.20)
          %scatter.24 = f32[9,5] scatter(%parameter.18, %reshape.22, %tanh.23), update_window_dims={1}, inserted_window_dims={0}, scatter_dims_to_operand_dims={0}, index_vector_dim=1, to_apply=%add.float32
          %tuple.25 = (f32[9,5]) tuple(%scatter.24)"
    `);
  });

  it("may replace", () => {
    expect(
      kindsOf([f32(9, 5), s32(4, 1), f32(4, 5)], (b, [x, at, u]) =>
        b.scatter(
          x,
          at,
          u,
          rows,
          combiner(b, (_, __, q) => q),
          { uniqueIndices: true },
        ),
      ),
    ).toBe("update 1");
  });

  it("stay whole with combiners of more than an operation", () => {
    expect(
      kindsOf([f32(9, 5), s32(4, 1), f32(4, 5)], (b, [x, at, u]) =>
        b.scatter(
          x,
          at,
          b.unary("negate", u),
          rows,
          combiner(b, (c, p, q) => c.binary("add", c.unary("tanh", p), q)),
        ),
      ),
    ).toBe("loop 1");
  });

  it("of one number into each row are comparisons", () => {
    const hot: ScatterDims = {
      updateWindowDims: [],
      insertedWindowDims: [2],
      inputBatchingDims: [0, 1],
      scatterIndicesBatchingDims: [1, 0],
      scatterDimsToOperandDims: [2],
      indexVectorDim: 2,
    };
    const add = (b: HloBuilder) => b.reducer("add", "float32");
    expect(
      fusedText([s32(4, 3, 1)], (b, [at]) =>
        b.scatter(b.fill(0.5, "float32", [3, 4, 7]), at, b.fill(2, "float32", [4, 3]), hot, add(b)),
      ),
    ).toMatchInlineSnapshot(`
      "%reshape.20 = s32[4,3] reshape(%parameter.19)
      %fusion.32 = (f32[3,4,7]) fusion(%reshape.20), kind=loop, calls=%fused_loop
          %transpose.22 = s32[3,4] transpose(%parameter.21), dimensions={1,0}
          %broadcast.23 = s32[3,4,7] broadcast(%transpose.22), dimensions={0,1}
          %iota.24 = s32[3,4,7] iota(), iota_dimension=2
          %compare.25 = pred[3,4,7] compare(%broadcast.23, %iota.24), direction=EQ
          %broadcast.27 = f32[3,4,7] broadcast(%constant.26), dimensions={}
          %broadcast.29 = f32[3,4,7] broadcast(%constant.28), dimensions={}
          %select.30 = f32[3,4,7] select(%compare.25, %broadcast.27, %broadcast.29)
          %tuple.31 = (f32[3,4,7]) tuple(%select.30)"
    `);
    expect(
      kindsOf([s32(4, 3, 1), f32(4, 3)], (b, [at, u]) =>
        b.scatter(b.fill(0.5, "float32", [3, 4, 7]), at, u, hot, add(b)),
      ),
    ).toBe("loop 1");
    // An array that is there already is better changed in its few places.
    expect(kindsOf([f32(3, 4, 7), s32(4, 3, 1), f32(4, 3)], (b, [x, at, u]) => b.scatter(x, at, u, hot, add(b)))).toBe(
      "update 1",
    );
  });
});
