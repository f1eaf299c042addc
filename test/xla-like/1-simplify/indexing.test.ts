/** Rules of slices, updates, gathers and scatters at computed places. */
import { describe, expect, it } from "vitest";
import type { GatherDims, HloBuilder, HloInstruction, ScatterDims } from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

const int = (b: HloBuilder, value: number): HloInstruction => b.scalar("int32", value);
const replace = (b: HloBuilder) => b.scalarComputation("second", "float32", (_, __, y) => y);

describe("dynamic slices", () => {
  it("dynamic-slice-at-constant", () => {
    // The start is clamped, so that the slice lies inside.
    expect(
      rewritten("dynamic-slice-at-constant", [f32(5, 4)], (b, [x]) =>
        b.dynamicSlice(x, [int(b, 9), int(b, 1)], [2, 2]),
      ),
    ).toMatchInlineSnapshot(`
      "%constant.1 = s32[] constant(9)
      %constant.2 = s32[] constant(1)
      %dynamic-slice.3 = f32[2,2] dynamic-slice(%parameter.0, %constant.1, %constant.2), dynamic_slice_sizes={2,2}
      return %dynamic-slice.3
      ⇒
      %slice.5 = f32[2,2] slice(%parameter.0), slice={[3:5], [1:3]}
      return %slice.5"
    `);
    expectUntouched("dynamic-slice-at-constant", [f32(5, 4), s32()], (b, [x, i]) =>
      b.dynamicSlice(x, [i, int(b, 1)], [2, 2]),
    );
  });

  it("dynamic-slice-idle-starts", () => {
    expect(
      rewritten("dynamic-slice-idle-starts", [f32(5, 4), s32(), s32()], (b, [x, i, j]) =>
        b.dynamicSlice(x, [i, j], [2, 4]),
      ),
    ).toMatchInlineSnapshot(`
      "%dynamic-slice.3 = f32[2,4] dynamic-slice(%parameter.0, %parameter.1, %parameter.2), dynamic_slice_sizes={2,4}
      return %dynamic-slice.3
      ⇒
      %constant.5 = s32[] constant(0)
      %dynamic-slice.6 = f32[2,4] dynamic-slice(%parameter.0, %parameter.1, %constant.5), dynamic_slice_sizes={2,4}
      return %dynamic-slice.6"
    `);
    expectUntouched("dynamic-slice-idle-starts", [f32(5, 4), s32()], (b, [x, i]) =>
      b.dynamicSlice(x, [i, int(b, 0)], [2, 4]),
    );
  });

  it("dynamic-slice-of-broadcast", () => {
    expect(
      rewritten("dynamic-slice-of-broadcast", [f32(5), s32(), s32()], (b, [x, i, j]) =>
        b.dynamicSlice(b.broadcast(x, [3, 5], [1]), [i, j], [2, 2]),
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.3 = f32[3,5] broadcast(%parameter.0), dimensions={1}
      %dynamic-slice.4 = f32[2,2] dynamic-slice(%broadcast.3, %parameter.1, %parameter.2), dynamic_slice_sizes={2,2}
      return %dynamic-slice.4
      ⇒
      %dynamic-slice.6 = f32[2] dynamic-slice(%parameter.0, %parameter.2), dynamic_slice_sizes={2}
      %broadcast.7 = f32[2,2] broadcast(%dynamic-slice.6), dimensions={1}
      return %broadcast.7"
    `);
    expectUntouched("dynamic-slice-of-broadcast", [f32(5), s32()], (b, [x, i]) => b.dynamicSlice(x, [i], [2]));
  });

  it("dynamic-slice-of-elementwise", () => {
    expect(
      rewritten("dynamic-slice-of-elementwise", [f32(5), f32(), s32()], (b, [x, v, i]) =>
        b.dynamicSlice(b.binary("multiply", x, v), [i], [2]),
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.3 = f32[5] broadcast(%parameter.1), dimensions={}
      %multiply.4 = f32[5] multiply(%parameter.0, %broadcast.3)
      %dynamic-slice.5 = f32[2] dynamic-slice(%multiply.4, %parameter.2), dynamic_slice_sizes={2}
      return %dynamic-slice.5
      ⇒
      %broadcast.3 = f32[5] broadcast(%parameter.1), dimensions={}
      %dynamic-slice.7 = f32[2] dynamic-slice(%parameter.0, %parameter.2), dynamic_slice_sizes={2}
      %dynamic-slice.8 = f32[2] dynamic-slice(%broadcast.3, %parameter.2), dynamic_slice_sizes={2}
      %multiply.9 = f32[2] multiply(%dynamic-slice.7, %dynamic-slice.8)
      return %multiply.9"
    `);
    expectUntouched("dynamic-slice-of-elementwise", [f32(5), s32()], (b, [x, i]) => {
      const y = b.unary("sine", x);
      return [y, b.dynamicSlice(y, [i], [2])];
    });
  });

  it("dynamic-slice-of-its-update", () => {
    expect(
      rewritten("dynamic-slice-of-its-update", [f32(5), f32(2), s32()], (b, [x, u, i]) =>
        b.dynamicSlice(b.dynamicUpdateSlice(x, u, [i]), [i], [2]),
      ),
    ).toMatchInlineSnapshot(`
      "%dynamic-update-slice.3 = f32[5] dynamic-update-slice(%parameter.0, %parameter.1, %parameter.2)
      %dynamic-slice.4 = f32[2] dynamic-slice(%dynamic-update-slice.3, %parameter.2), dynamic_slice_sizes={2}
      return %dynamic-slice.4
      ⇒
      return %parameter.1"
    `);
    expectUntouched("dynamic-slice-of-its-update", [f32(5), f32(2), s32(), s32()], (b, [x, u, i, j]) =>
      b.dynamicSlice(b.dynamicUpdateSlice(x, u, [i]), [j], [2]),
    );
  });
});

describe("updates", () => {
  it("dynamic-update-slice-trivial", () => {
    expect(
      rewritten("dynamic-update-slice-trivial", [f32(5), f32(5), s32()], (b, [x, u, i]) =>
        b.dynamicUpdateSlice(x, u, [i]),
      ),
    ).toMatchInlineSnapshot(`
      "%dynamic-update-slice.3 = f32[5] dynamic-update-slice(%parameter.0, %parameter.1, %parameter.2)
      return %dynamic-update-slice.3
      ⇒
      return %parameter.1"
    `);
    expect(
      rewritten("dynamic-update-slice-trivial", [f32(5), f32(0), s32()], (b, [x, u, i]) =>
        b.dynamicUpdateSlice(x, u, [i]),
      ),
    ).toContain("⇒\nreturn %parameter.0");
    expectUntouched("dynamic-update-slice-trivial", [f32(5), f32(4), s32()], (b, [x, u, i]) =>
      b.dynamicUpdateSlice(x, u, [i]),
    );
  });

  it("dynamic-update-slice-of-splat", () => {
    expect(
      rewritten("dynamic-update-slice-of-splat", [f32(2)], (b, [u]) =>
        b.dynamicUpdateSlice(b.fill(0, "float32", [5]), u, [int(b, 1)]),
      ),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %broadcast.2 = f32[5] broadcast(%constant.1), dimensions={}
      %constant.3 = s32[] constant(1)
      %dynamic-update-slice.4 = f32[5] dynamic-update-slice(%broadcast.2, %parameter.0, %constant.3)
      return %dynamic-update-slice.4
      ⇒
      %constant.1 = f32[] constant(0)
      %pad.6 = f32[5] pad(%parameter.0, %constant.1), padding=1_2
      return %pad.6"
    `);
    expectUntouched("dynamic-update-slice-of-splat", [f32(2), s32()], (b, [u, i]) =>
      b.dynamicUpdateSlice(b.fill(0, "float32", [5]), u, [i]),
    );
  });

  it("dynamic-update-slice-idle-starts", () => {
    expect(
      rewritten("dynamic-update-slice-idle-starts", [f32(5, 4), f32(2, 4), s32()], (b, [x, u, i]) =>
        b.dynamicUpdateSlice(x, u, [i, i]),
      ),
    ).toMatchInlineSnapshot(`
      "%dynamic-update-slice.3 = f32[5,4] dynamic-update-slice(%parameter.0, %parameter.1, %parameter.2, %parameter.2)
      return %dynamic-update-slice.3
      ⇒
      %constant.5 = s32[] constant(0)
      %dynamic-update-slice.6 = f32[5,4] dynamic-update-slice(%parameter.0, %parameter.1, %parameter.2, %constant.5)
      return %dynamic-update-slice.6"
    `);
    expectUntouched("dynamic-update-slice-idle-starts", [f32(5, 4), f32(2, 3), s32()], (b, [x, u, i]) =>
      b.dynamicUpdateSlice(x, u, [i, i]),
    );
  });
});

const rows: GatherDims = {
  offsetDims: [1],
  collapsedSliceDims: [0],
  operandBatchingDims: [],
  startIndicesBatchingDims: [],
  startIndexMap: [0],
  indexVectorDim: 1,
};
const rowsOf = (b: HloBuilder, list: readonly number[]): HloInstruction =>
  b.constant("int32", [list.length, 1], Int32Array.from(list));

describe("gathers", () => {
  it("gather-of-one-window", () => {
    expect(
      rewritten("gather-of-one-window", [f32(5, 3), s32(1, 1)], (b, [x, i]) => b.gather(x, i, rows, [1, 3])),
    ).toMatchInlineSnapshot(`
      "%gather.2 = f32[1,3] gather(%parameter.0, %parameter.1), offset_dims={1}, collapsed_slice_dims={0}, start_index_map={0}, index_vector_dim=1, slice_sizes={1,3}
      return %gather.2
      ⇒
      %reshape.4 = s32[1] reshape(%parameter.1)
      %slice.5 = s32[1] slice(%reshape.4), slice={[0:1]}
      %reshape.6 = s32[] reshape(%slice.5)
      %constant.7 = s32[] constant(0)
      %dynamic-slice.8 = f32[1,3] dynamic-slice(%parameter.0, %reshape.6, %constant.7), dynamic_slice_sizes={1,3}
      %reshape.9 = f32[1,3] reshape(%dynamic-slice.8)
      return %reshape.9"
    `);
    expectUntouched("gather-of-one-window", [f32(5, 3), s32(2, 1)], (b, [x, i]) => b.gather(x, i, rows, [1, 3]));
  });

  it("gather-at-even-places", () => {
    expect(
      rewritten("gather-at-even-places", [f32(7, 3)], (b, [x]) => b.gather(x, rowsOf(b, [1, 3, 5]), rows, [1, 3])),
    ).toMatchInlineSnapshot(`
      "%constant.1 = s32[3,1] constant({ {1}, {3}, {5} })
      %gather.2 = f32[3,3] gather(%parameter.0, %constant.1), offset_dims={1}, collapsed_slice_dims={0}, start_index_map={0}, index_vector_dim=1, slice_sizes={1,3}
      return %gather.2
      ⇒
      %slice.4 = f32[3,3] slice(%parameter.0), slice={[1:6:2], [0:3]}
      %transpose.5 = f32[3,3] transpose(%slice.4), dimensions={0,1}
      %reshape.6 = f32[3,3] reshape(%transpose.5)
      return %reshape.6"
    `);
    // Along another dimension than the result's: columns as rows.
    expect(
      rewritten("gather-at-even-places", [f32(2, 3, 5)], (b, [x]) =>
        b.gather(
          x,
          b.reshape(b.iota("int32", [4], 0), [2, 2, 1]),
          { ...rows, offsetDims: [0, 3], collapsedSliceDims: [2], startIndexMap: [2], indexVectorDim: 2 },
          [2, 3, 1],
        ),
      ),
    ).toMatchInlineSnapshot(`
      "%iota.1 = s32[4] iota(), iota_dimension=0
      %reshape.2 = s32[2,2,1] reshape(%iota.1)
      %gather.3 = f32[2,2,2,3] gather(%parameter.0, %reshape.2), offset_dims={0,3}, collapsed_slice_dims={2}, start_index_map={2}, index_vector_dim=2, slice_sizes={2,3,1}
      return %gather.3
      ⇒
      %slice.5 = f32[2,3,4] slice(%parameter.0), slice={[0:2], [0:3], [0:4]}
      %transpose.6 = f32[2,4,3] transpose(%slice.5), dimensions={0,2,1}
      %reshape.7 = f32[2,2,2,3] reshape(%transpose.6)
      return %reshape.7"
    `);
    expectUntouched("gather-at-even-places", [f32(7, 3)], (b, [x]) => b.gather(x, rowsOf(b, [1, 3, 4]), rows, [1, 3]));
    // Places beyond the end are clamped to the last.
    expectUntouched("gather-at-even-places", [f32(4, 3)], (b, [x]) => b.gather(x, rowsOf(b, [1, 3, 5]), rows, [1, 3]));
  });
});

const intoRows: ScatterDims = {
  updateWindowDims: [1],
  insertedWindowDims: [0],
  inputBatchingDims: [],
  scatterIndicesBatchingDims: [],
  scatterDimsToOperandDims: [0],
  indexVectorDim: 1,
};

describe("scatters", () => {
  it("scatter-of-nothing", () => {
    expect(
      rewritten("scatter-of-nothing", [f32(5, 3), s32(0, 1), f32(0, 3)], (b, [x, i, u]) =>
        b.scatter(x, i, u, intoRows, b.reducer("add", "float32")),
      ),
    ).toMatchInlineSnapshot(`
      "%scatter.6 = f32[5,3] scatter(%parameter.0, %parameter.1, %parameter.2), update_window_dims={1}, inserted_window_dims={0}, scatter_dims_to_operand_dims={0}, index_vector_dim=1, to_apply=%add.float32
      return %scatter.6
      ⇒
      return %parameter.0"
    `);
    expectUntouched("scatter-of-nothing", [f32(5, 3), s32(1, 1), f32(1, 3)], (b, [x, i, u]) =>
      b.scatter(x, i, u, intoRows, b.reducer("add", "float32")),
    );
  });

  it("scatter-of-one-window", () => {
    expect(
      rewritten("scatter-of-one-window", [f32(5, 3), f32(1, 3)], (b, [x, u]) =>
        b.scatter(x, rowsOf(b, [2]), u, intoRows, replace(b)),
      ),
    ).toMatchInlineSnapshot(`
      "%constant.2 = s32[1,1] constant({ {2} })
      %scatter.5 = f32[5,3] scatter(%parameter.0, %constant.2, %parameter.1), update_window_dims={1}, inserted_window_dims={0}, scatter_dims_to_operand_dims={0}, index_vector_dim=1, to_apply=%second
      return %scatter.5
      ⇒
      %reshape.7 = f32[1,3] reshape(%parameter.1)
      %constant.8 = s32[] constant(2)
      %constant.9 = s32[] constant(0)
      %dynamic-update-slice.10 = f32[5,3] dynamic-update-slice(%parameter.0, %reshape.7, %constant.8, %constant.9)
      return %dynamic-update-slice.10"
    `);
    // A window outside is dropped, where an update would be moved inside.
    expectUntouched("scatter-of-one-window", [f32(5, 3), f32(1, 3)], (b, [x, u]) =>
      b.scatter(x, rowsOf(b, [5]), u, intoRows, replace(b)),
    );
    expectUntouched("scatter-of-one-window", [f32(5, 3), f32(1, 3)], (b, [x, u]) =>
      b.scatter(x, rowsOf(b, [2]), u, intoRows, b.reducer("add", "float32")),
    );
  });
});
