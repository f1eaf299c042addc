/** Rules of dots and convolutions: each on a program it changes, and on one that it must leave alone. */
import { describe, expect, it } from "vitest";
import { arrayShape, type DotDims } from "../../../xla-like/hlo/index.js";
import { f32, s32, unitWindow } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

const plain = (rest: Partial<DotDims> = {}): DotDims => ({
  lhsBatch: [],
  rhsBatch: [],
  lhsContracting: [1],
  rhsContracting: [0],
  ...rest,
});

describe("dots", () => {
  it("dot-of-transpose", () => {
    expect(
      rewritten("dot-of-transpose", [f32(4, 2), f32(3, 4)], (b, [x, y]) =>
        b.dot(b.transpose(x, [1, 0]), b.transpose(y, [1, 0]), plain()),
      ),
    ).toMatchInlineSnapshot(`
      "%transpose.2 = f32[2,4] transpose(%parameter.0), dimensions={1,0}
      %transpose.3 = f32[4,3] transpose(%parameter.1), dimensions={1,0}
      %dot.4 = f32[2,3] dot(%transpose.2, %transpose.3), lhs_contracting_dims={1}, rhs_contracting_dims={0}
      return %dot.4
      ⇒
      %dot.7 = f32[2,3] dot(%parameter.0, %parameter.1), lhs_contracting_dims={0}, rhs_contracting_dims={1}
      return %dot.7"
    `);
    // Free dimensions in another order leave a transpose behind the dot.
    expect(
      rewritten("dot-of-transpose", [f32(2, 3, 4), f32(4, 5)], (b, [x, y]) =>
        b.dot(b.transpose(x, [1, 0, 2]), y, plain({ lhsContracting: [2] })),
      ),
    ).toMatchInlineSnapshot(`
      "%transpose.2 = f32[3,2,4] transpose(%parameter.0), dimensions={1,0,2}
      %dot.3 = f32[3,2,5] dot(%transpose.2, %parameter.1), lhs_contracting_dims={2}, rhs_contracting_dims={0}
      return %dot.3
      ⇒
      %dot.5 = f32[2,3,5] dot(%parameter.0, %parameter.1), lhs_contracting_dims={2}, rhs_contracting_dims={0}
      %transpose.6 = f32[3,2,5] transpose(%dot.5), dimensions={1,0,2}
      return %transpose.6"
    `);
    expectUntouched("dot-of-transpose", [f32(2, 4), f32(4, 3)], (b, [x, y]) =>
      b.transpose(b.dot(x, y, plain()), [1, 0]),
    );
  });

  it("dot-of-reshaped-transpose", () => {
    expect(
      rewritten(
        "dot-of-reshaped-transpose",
        [f32(2, 4, 3, 5), f32(20, 6)],
        (b, [x, w]) => b.dot(b.reshape(b.transpose(x, [0, 2, 1, 3]), [2, 3, 20]), w, plain({ lhsContracting: [2] })),
        ["dot-of-transpose", "reshape-identity"],
      ),
    ).toMatchInlineSnapshot(`
      "%transpose.2 = f32[2,3,4,5] transpose(%parameter.0), dimensions={0,2,1,3}
      %reshape.3 = f32[2,3,20] reshape(%transpose.2)
      %dot.4 = f32[2,3,6] dot(%reshape.3, %parameter.1), lhs_contracting_dims={2}, rhs_contracting_dims={0}
      return %dot.4
      ⇒
      %reshape.6 = f32[4,5,6] reshape(%parameter.1)
      %dot.8 = f32[2,3,6] dot(%parameter.0, %reshape.6), lhs_contracting_dims={1,3}, rhs_contracting_dims={0,1}
      return %dot.8"
    `);
    // Contracting and free elements are mixed in one dimension.
    expectUntouched("dot-of-reshaped-transpose", [f32(6, 4), f32(8, 5)], (b, [x, w]) =>
      b.dot(b.reshape(b.transpose(x, [1, 0]), [3, 8]), w, plain()),
    );
  });

  it("dot-of-broadcast", () => {
    expect(
      rewritten(
        "dot-of-broadcast",
        [f32(4), f32(4, 3)],
        (b, [x, y]) => b.dot(b.broadcast(x, [2, 4], [1]), y, plain()),
        ["broadcast-identity"],
      ),
    ).toMatchInlineSnapshot(`
      "%broadcast.2 = f32[2,4] broadcast(%parameter.0), dimensions={1}
      %dot.3 = f32[2,3] dot(%broadcast.2, %parameter.1), lhs_contracting_dims={1}, rhs_contracting_dims={0}
      return %dot.3
      ⇒
      %dot.6 = f32[3] dot(%parameter.0, %parameter.1), lhs_contracting_dims={0}, rhs_contracting_dims={0}
      %broadcast.7 = f32[2,3] broadcast(%dot.6), dimensions={1}
      return %broadcast.7"
    `);
    expectUntouched("dot-of-broadcast", [f32(2), f32(4, 3)], (b, [x, y]) =>
      b.dot(b.broadcast(x, [2, 4], [0]), y, plain()),
    );
  });

  it("dot-contracting-in-order", () => {
    expect(
      rewritten("dot-contracting-in-order", [f32(2, 3, 4), f32(3, 2, 5)], (b, [x, y]) =>
        b.dot(x, y, plain({ lhsContracting: [1, 0], rhsContracting: [0, 1] })),
      ),
    ).toMatchInlineSnapshot(`
      "%dot.2 = f32[4,5] dot(%parameter.0, %parameter.1), lhs_contracting_dims={1,0}, rhs_contracting_dims={0,1}
      return %dot.2
      ⇒
      %dot.4 = f32[4,5] dot(%parameter.0, %parameter.1), lhs_contracting_dims={0,1}, rhs_contracting_dims={1,0}
      return %dot.4"
    `);
    expectUntouched("dot-contracting-in-order", [f32(2, 3, 4), f32(3, 2, 5)], (b, [x, y]) =>
      b.dot(x, y, plain({ lhsContracting: [0, 1], rhsContracting: [1, 0] })),
    );
  });

  it("dot-of-nothing", () => {
    expect(
      rewritten("dot-of-nothing", [f32(2, 0), f32(0, 3)], (b, [x, y]) => b.dot(x, y, plain())),
    ).toMatchInlineSnapshot(`
      "%dot.2 = f32[2,3] dot(%parameter.0, %parameter.1), lhs_contracting_dims={1}, rhs_contracting_dims={0}
      return %dot.2
      ⇒
      %constant.4 = f32[] constant(0)
      %broadcast.5 = f32[2,3] broadcast(%constant.4), dimensions={}
      return %broadcast.5"
    `);
    expectUntouched("dot-of-nothing", [f32(2, 1), f32(1, 3)], (b, [x, y]) => b.dot(x, y, plain()));
  });

  it("dot-without-units", () => {
    expect(
      rewritten("dot-without-units", [f32(1, 2, 4), f32(1, 4, 3)], (b, [x, y]) =>
        b.dot(x, y, { lhsBatch: [0], rhsBatch: [0], lhsContracting: [2], rhsContracting: [1] }),
      ),
    ).toMatchInlineSnapshot(`
      "%dot.2 = f32[1,2,3] dot(%parameter.0, %parameter.1), lhs_batch_dims={0}, lhs_contracting_dims={2}, rhs_batch_dims={0}, rhs_contracting_dims={1}
      return %dot.2
      ⇒
      %reshape.4 = f32[2,4] reshape(%parameter.0)
      %reshape.5 = f32[4,3] reshape(%parameter.1)
      %dot.6 = f32[2,3] dot(%reshape.4, %reshape.5), lhs_contracting_dims={1}, rhs_contracting_dims={0}
      %reshape.7 = f32[1,2,3] reshape(%dot.6)
      return %reshape.7"
    `);
    expectUntouched("dot-without-units", [f32(2, 4), f32(4, 3)], (b, [x, y]) => b.dot(x, y, plain()));
  });

  it("outer-product", () => {
    expect(
      rewritten(
        "outer-product",
        [f32(2, 3), f32(2, 4)],
        (b, [x, y]) => b.dot(x, y, { lhsBatch: [0], rhsBatch: [0], lhsContracting: [], rhsContracting: [] }),
        ["convert-to-same"],
      ),
    ).toMatchInlineSnapshot(`
      "%dot.2 = f32[2,3,4] dot(%parameter.0, %parameter.1), lhs_batch_dims={0}, lhs_contracting_dims={}, rhs_batch_dims={0}, rhs_contracting_dims={}
      return %dot.2
      ⇒
      %broadcast.5 = f32[2,3,4] broadcast(%parameter.0), dimensions={0,1}
      %broadcast.7 = f32[2,3,4] broadcast(%parameter.1), dimensions={0,2}
      %multiply.8 = f32[2,3,4] multiply(%broadcast.5, %broadcast.7)
      return %multiply.8"
    `);
    // Integers multiplied as such would wrap around before they become floats.
    expectUntouched("outer-product", [s32(2), s32(3)], (b, [x, y]) =>
      b.dot(
        x,
        y,
        { lhsBatch: [], rhsBatch: [], lhsContracting: [], rhsContracting: [] },
        { preferredDtype: "float32" },
      ),
    );
  });

  it("inner-product", () => {
    expect(
      rewritten("inner-product", [arrayShape("bfloat16", [2, 3]), arrayShape("bfloat16", [2, 3])], (b, [x, y]) =>
        b.dot(x, y, { lhsBatch: [0], rhsBatch: [0], lhsContracting: [1], rhsContracting: [1] }),
      ),
    ).toMatchInlineSnapshot(`
      "%dot.2 = bf16[2] dot(%parameter.0, %parameter.1), lhs_batch_dims={0}, lhs_contracting_dims={1}, rhs_batch_dims={0}, rhs_contracting_dims={1}
      return %dot.2
      ⇒
      %convert.4 = f32[2,3] convert(%parameter.0)
      %convert.5 = f32[2,3] convert(%parameter.1)
      %multiply.6 = f32[2,3] multiply(%convert.4, %convert.5)
      %constant.7 = f32[] constant(0)
      %reduce.11 = f32[2] reduce(%multiply.6, %constant.7), dimensions={1}, to_apply=%add.float32
      %convert.12 = bf16[2] convert(%reduce.11)
      return %convert.12"
    `);
    expectUntouched("inner-product", [f32(2, 3), f32(3)], (b, [x, y]) => b.dot(x, y, plain()));
  });

  it("transpose-of-dot", () => {
    expect(
      rewritten("transpose-of-dot", [f32(2, 5, 4, 3), f32(2, 5, 3, 6)], (b, [x, y]) =>
        b.transpose(
          b.dot(x, y, { lhsBatch: [0, 1], rhsBatch: [0, 1], lhsContracting: [3], rhsContracting: [2] }),
          [1, 0, 3, 2],
        ),
      ),
    ).toMatchInlineSnapshot(`
      "%dot.2 = f32[2,5,4,6] dot(%parameter.0, %parameter.1), lhs_batch_dims={0,1}, lhs_contracting_dims={3}, rhs_batch_dims={0,1}, rhs_contracting_dims={2}
      %transpose.3 = f32[5,2,6,4] transpose(%dot.2), dimensions={1,0,3,2}
      return %transpose.3
      ⇒
      %dot.5 = f32[5,2,6,4] dot(%parameter.1, %parameter.0), lhs_batch_dims={1,0}, lhs_contracting_dims={2}, rhs_batch_dims={1,0}, rhs_contracting_dims={3}
      return %dot.5"
    `);
    // A batch dimension behind a free one is no dot.
    expectUntouched("transpose-of-dot", [f32(2, 4, 3), f32(2, 3, 6)], (b, [x, y]) =>
      b.transpose(b.dot(x, y, { lhsBatch: [0], rhsBatch: [0], lhsContracting: [2], rhsContracting: [1] }), [1, 0, 2]),
    );
    expectUntouched("transpose-of-dot", [f32(2, 3), f32(3, 4)], (b, [x, y]) => {
      const d = b.dot(x, y, plain());
      return [d, b.transpose(d, [1, 0])];
    });
  });

  it("transpose-of-reshaped-dot", () => {
    expect(
      rewritten("transpose-of-reshaped-dot", [f32(7, 3), f32(3, 2, 4)], (b, [x, y]) =>
        b.transpose(b.reshape(b.dot(x, y, plain()), [7, 8]), [1, 0]),
      ),
    ).toMatchInlineSnapshot(`
      "%dot.2 = f32[7,2,4] dot(%parameter.0, %parameter.1), lhs_contracting_dims={1}, rhs_contracting_dims={0}
      %reshape.3 = f32[7,8] reshape(%dot.2)
      %transpose.4 = f32[8,7] transpose(%reshape.3), dimensions={1,0}
      return %transpose.4
      ⇒
      %dot.6 = f32[2,4,7] dot(%parameter.1, %parameter.0), lhs_contracting_dims={0}, rhs_contracting_dims={1}
      %reshape.7 = f32[8,7] reshape(%dot.6)
      return %reshape.7"
    `);
    expectUntouched("transpose-of-reshaped-dot", [f32(6, 3), f32(3, 4)], (b, [x, y]) =>
      b.transpose(b.reshape(b.dot(x, y, plain()), [2, 3, 4]), [2, 0, 1]),
    );
  });
});

const nhwc = {
  inputBatch: 0,
  inputFeature: 2,
  inputSpatial: [1],
  kernelSpatial: [0],
  kernelInputFeature: 1,
  kernelOutputFeature: 2,
  outputBatch: 0,
  outputFeature: 2,
  outputSpatial: [1],
};

describe("convolutions", () => {
  const window = [unitWindow(3, { padLow: 1, padHigh: 1 })];

  it("convolution-of-transposed-input", () => {
    expect(
      rewritten("convolution-of-transposed-input", [f32(2, 4, 6), f32(3, 4, 5)], (b, [x, k]) =>
        b.convolution(b.transpose(x, [0, 2, 1]), k, { dims: nhwc, window }),
      ),
    ).toMatchInlineSnapshot(`
      "%transpose.2 = f32[2,6,4] transpose(%parameter.0), dimensions={0,2,1}
      %convolution.3 = f32[2,6,5] convolution(%transpose.2, %parameter.1), window={size=3 pad=1_1}, dim_labels=b0f_0io->b0f
      return %convolution.3
      ⇒
      %convolution.5 = f32[2,6,5] convolution(%parameter.0, %parameter.1), window={size=3 pad=1_1}, dim_labels=bf0_0io->b0f
      return %convolution.5"
    `);
    expectUntouched("convolution-of-transposed-input", [f32(2, 6, 4), f32(3, 4, 5)], (b, [x, k]) =>
      b.convolution(x, k, { dims: nhwc, window }),
    );
  });

  it("convolution-of-transposed-kernel", () => {
    expect(
      rewritten("convolution-of-transposed-kernel", [f32(2, 6, 4), f32(3, 5, 4)], (b, [x, k]) =>
        b.convolution(x, b.transpose(k, [0, 2, 1]), { dims: nhwc, window }),
      ),
    ).toMatchInlineSnapshot(`
      "%transpose.2 = f32[3,4,5] transpose(%parameter.1), dimensions={0,2,1}
      %convolution.3 = f32[2,6,5] convolution(%parameter.0, %transpose.2), window={size=3 pad=1_1}, dim_labels=b0f_0io->b0f
      return %convolution.3
      ⇒
      %convolution.5 = f32[2,6,5] convolution(%parameter.0, %parameter.1), window={size=3 pad=1_1}, dim_labels=b0f_0oi->b0f
      return %convolution.5"
    `);
    expectUntouched("convolution-of-transposed-kernel", [f32(2, 4, 6), f32(3, 4, 5)], (b, [x, k]) =>
      b.convolution(b.transpose(x, [0, 2, 1]), k, { dims: nhwc, window }),
    );
  });

  it("transpose-of-convolution", () => {
    expect(
      rewritten("transpose-of-convolution", [f32(2, 6, 4), f32(3, 4, 5)], (b, [x, k]) =>
        b.transpose(b.convolution(x, k, { dims: nhwc, window }), [0, 2, 1]),
      ),
    ).toMatchInlineSnapshot(`
      "%convolution.2 = f32[2,6,5] convolution(%parameter.0, %parameter.1), window={size=3 pad=1_1}, dim_labels=b0f_0io->b0f
      %transpose.3 = f32[2,5,6] transpose(%convolution.2), dimensions={0,2,1}
      return %transpose.3
      ⇒
      %convolution.5 = f32[2,5,6] convolution(%parameter.0, %parameter.1), window={size=3 pad=1_1}, dim_labels=b0f_0io->bf0
      return %convolution.5"
    `);
    expectUntouched("transpose-of-convolution", [f32(2, 6, 4), f32(3, 4, 5)], (b, [x, k]) => {
      const y = b.convolution(x, k, { dims: nhwc, window });
      return [y, b.transpose(y, [0, 2, 1])];
    });
  });

  it("convolution-of-reversed-kernel", () => {
    expect(
      rewritten("convolution-of-reversed-kernel", [f32(2, 6, 4), f32(3, 4, 5)], (b, [x, k]) =>
        b.convolution(x, b.reverse(k, [0]), { dims: nhwc, window }),
      ),
    ).toMatchInlineSnapshot(`
      "%reverse.2 = f32[3,4,5] reverse(%parameter.1), dimensions={0}
      %convolution.3 = f32[2,6,5] convolution(%parameter.0, %reverse.2), window={size=3 pad=1_1}, dim_labels=b0f_0io->b0f
      return %convolution.3
      ⇒
      %convolution.5 = f32[2,6,5] convolution(%parameter.0, %parameter.1), window={size=3 pad=1_1 rhs_reversal=1}, dim_labels=b0f_0io->b0f
      return %convolution.5"
    `);
    expectUntouched("convolution-of-reversed-kernel", [f32(2, 6, 4), f32(3, 4, 5)], (b, [x, k]) =>
      b.convolution(x, b.reverse(k, [0, 1]), { dims: nhwc, window }),
    );
  });

  it("convolution-of-padded-input", () => {
    expect(
      rewritten("convolution-of-padded-input", [f32(2, 6, 4), f32(3, 4, 5)], (b, [x, k]) =>
        b.convolution(b.pad(x, b.scalar("float32", 0), [0, 1, 0], [0, 2, 0], [0, 1, 0]), k, { dims: nhwc, window }),
      ),
    ).toMatchInlineSnapshot(`
      "%constant.2 = f32[] constant(0)
      %pad.3 = f32[2,14,4] pad(%parameter.0, %constant.2), padding=0_0x1_2_1x0_0
      %convolution.4 = f32[2,14,5] convolution(%pad.3, %parameter.1), window={size=3 pad=1_1}, dim_labels=b0f_0io->b0f
      return %convolution.4
      ⇒
      %convolution.6 = f32[2,14,5] convolution(%parameter.0, %parameter.1), window={size=3 pad=2_3 lhs_dilate=2}, dim_labels=b0f_0io->b0f
      return %convolution.6"
    `);
    expectUntouched("convolution-of-padded-input", [f32(2, 6, 4), f32(3, 4, 5)], (b, [x, k]) =>
      b.convolution(b.pad(x, b.scalar("float32", 1), [0, 1, 0], [0, 1, 0]), k, { dims: nhwc, window }),
    );
  });
});
