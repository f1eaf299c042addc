// Products: what they read through, what is computed from their results at once, and what is not.
import { describe, expect, it } from "vitest";
import { arrayShape, type DotDims, type HloBuilder, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { fusedText, kindsOf } from "./helpers.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
const matrices: DotDims = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
const dense = (b: HloBuilder, x: HloInstruction, w: HloInstruction, bias: HloInstruction): HloInstruction => {
  const y = b.dot(x, w, matrices);
  return b.binary("add", y, b.broadcast(bias, y.shape.kind === "array" ? y.shape.dims : [], [1]));
};
const sum = (b: HloBuilder, x: HloInstruction, dimensions: readonly number[]): HloInstruction =>
  b.reduce([x], [b.scalar("float32", 0)], dimensions, b.reducer("add", "float32"))[0];

describe("the end of a product", () => {
  it("is bias, activation, residual", () => {
    expect(
      fusedText([f32(8, 6), f32(6, 10), f32(10), f32(8, 10)], (b, [x, w, bias, y]) =>
        b.binary("add", b.unary("tanh", dense(b, x, w, bias)), y),
      ),
    ).toMatchInlineSnapshot(`
      "%fusion.24 = (f32[8,10]) fusion(%parameter.10, %parameter.11, %parameter.12, %parameter.13), kind=dot, calls=%fused_dot
          %dot.18 = f32[8,10] dot(%parameter.14, %parameter.15), lhs_contracting_dims={1}, rhs_contracting_dims={0}
          %broadcast.19 = f32[8,10] broadcast(%parameter.16), dimensions={1}
          %add.20 = f32[8,10] add(%dot.18, %broadcast.19)
          %tanh.21 = f32[8,10] tanh(%add.20)
          %add.22 = f32[8,10] add(%tanh.21, %parameter.17)
          %tuple.23 = (f32[8,10]) tuple(%add.22)"
    `);
  });

  it("gives the activation and the mask of its derivative", () => {
    expect(
      fusedText([f32(8, 6), f32(6, 10), f32(10), f32(10, 3)], (b, [x, w, bias, next]) => {
        const y = dense(b, x, w, bias);
        const zero = b.fill(0, "float32", [8, 10]);
        const hidden = b.binary("maximum", y, zero);
        const out = b.dot(hidden, next, matrices);
        const back = b.dot(out, next, { ...matrices, rhsContracting: [1] });
        return b.select(b.compare(y, zero, "GT"), back, zero);
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.30 = (f32[8,10], pred[8,10]) fusion(%parameter.15, %parameter.16, %parameter.17), kind=dot, calls=%fused_dot
          %dot.22 = f32[8,10] dot(%parameter.19, %parameter.20), lhs_contracting_dims={1}, rhs_contracting_dims={0}
          %broadcast.23 = f32[8,10] broadcast(%parameter.21), dimensions={1}
          %add.24 = f32[8,10] add(%dot.22, %broadcast.23)
          %broadcast.26 = f32[8,10] broadcast(%constant.25), dimensions={}
          %maximum.27 = f32[8,10] maximum(%add.24, %broadcast.26)
          %compare.28 = pred[8,10] compare(%add.24, %broadcast.26), direction=GT
          %tuple.29 = (f32[8,10], pred[8,10]) tuple(%maximum.27, %compare.28)
      %fusion.37 = (f32[8,3]) fusion(%get-tuple-element.31, %parameter.18), kind=dot, calls=%fused_dot.1
          %dot.35 = f32[8,3] dot(%parameter.33, %parameter.34), lhs_contracting_dims={1}, rhs_contracting_dims={0}
          %tuple.36 = (f32[8,3]) tuple(%dot.35)
      %fusion.47 = (f32[8,10]) fusion(%get-tuple-element.38, %parameter.18, %get-tuple-element.32), kind=dot, calls=%fused_dot.2
          %dot.42 = f32[8,10] dot(%parameter.39, %parameter.40), lhs_contracting_dims={1}, rhs_contracting_dims={1}
          %broadcast.44 = f32[8,10] broadcast(%constant.43), dimensions={}
          %select.45 = f32[8,10] select(%parameter.41, %dot.42, %broadcast.44)
          %tuple.46 = (f32[8,10]) tuple(%select.45)"
    `);
  });

  it("goes on after a reshape", () => {
    expect(
      fusedText([f32(8, 6), f32(6, 10), f32(2, 4, 10)], (b, [x, w, y]) =>
        b.binary("multiply", b.reshape(b.dot(x, w, matrices), [2, 4, 10]), b.unary("exponential", y)),
      ),
    ).toMatchInlineSnapshot(`
      "%fusion.19 = (f32[2,4,10]) fusion(%parameter.8, %parameter.9, %parameter.10), kind=dot, calls=%fused_dot
          %dot.14 = f32[8,10] dot(%parameter.11, %parameter.12), lhs_contracting_dims={1}, rhs_contracting_dims={0}
          %reshape.15 = f32[2,4,10] reshape(%dot.14)
          %exponential.16 = f32[2,4,10] exponential(%parameter.13)
          %multiply.17 = f32[2,4,10] multiply(%reshape.15, %exponential.16)
          %tuple.18 = (f32[2,4,10]) tuple(%multiply.17)"
    `);
  });

  it("belongs to the product that is computed last", () => {
    expect(
      fusedText([f32(8, 6), f32(6, 10)], (b, [x, w]) => {
        const y = b.dot(x, w, matrices);
        return b.binary("add", b.unary("negate", y), b.dot(b.unary("tanh", x), w, matrices));
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.15 = (f32[8,10]) fusion(%parameter.8, %parameter.9), kind=dot, calls=%fused_dot
          %dot.12 = f32[8,10] dot(%parameter.10, %parameter.11), lhs_contracting_dims={1}, rhs_contracting_dims={0}
          %negate.13 = f32[8,10] negate(%dot.12)
          %tuple.14 = (f32[8,10]) tuple(%negate.13)
      %fusion.20 = (f32[8,6]) fusion(%parameter.8), kind=loop, calls=%fused_loop
          %tanh.18 = f32[8,6] tanh(%parameter.17)
          %tuple.19 = (f32[8,6]) tuple(%tanh.18)
      %fusion.28 = (f32[8,10]) fusion(%get-tuple-element.21, %parameter.9, %get-tuple-element.16), kind=dot, calls=%fused_dot.1
          %dot.25 = f32[8,10] dot(%parameter.22, %parameter.23), lhs_contracting_dims={1}, rhs_contracting_dims={0}
          %add.26 = f32[8,10] add(%parameter.24, %dot.25)
          %tuple.27 = (f32[8,10]) tuple(%add.26)"
    `);
  });

  it("is a step of an optimiser, with all of its results", () => {
    expect(
      fusedText([f32(64, 6), f32(64, 10), f32(6, 10), f32(6, 10)], (b, [x, y, m, w]) => {
        const g = b.dot(x, y, { ...matrices, lhsContracting: [0] });
        const momentum = b.binary("add", b.binary("multiply", m, b.scalar("float32", 0.9)), g);
        return [momentum, b.binary("subtract", w, b.binary("multiply", momentum, b.scalar("float32", 0.1)))];
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.32 = (f32[6,10], f32[6,10]) fusion(%parameter.16, %parameter.14, %parameter.15, %parameter.17), kind=dot, calls=%fused_dot
          %broadcast.23 = f32[6,10] broadcast(%constant.22), dimensions={}
          %multiply.24 = f32[6,10] multiply(%parameter.18, %broadcast.23)
          %dot.25 = f32[6,10] dot(%parameter.19, %parameter.20), lhs_contracting_dims={0}, rhs_contracting_dims={0}
          %add.26 = f32[6,10] add(%multiply.24, %dot.25)
          %broadcast.28 = f32[6,10] broadcast(%constant.27), dimensions={}
          %multiply.29 = f32[6,10] multiply(%add.26, %broadcast.28)
          %subtract.30 = f32[6,10] subtract(%parameter.21, %multiply.29)
          %tuple.31 = (f32[6,10], f32[6,10]) tuple(%add.26, %subtract.30)"
    `);
  });

  it("leaves alone what would be written only to be reduced", () => {
    const text = fusedText([f32(80, 6), f32(6, 10), f32(80, 10), f32(10)], (b, [x, w, y, g]) => {
      const p = b.dot(x, w, matrices);
      const scaled = b.binary("multiply", p, b.broadcast(g, [80, 10], [1]));
      const rows = sum(b, b.binary("multiply", scaled, y), [1]);
      return [
        sum(b, p, [0]),
        sum(b, b.binary("multiply", p, y), [0]),
        b.binary("subtract", scaled, b.broadcast(rows, [80, 10], [0])),
      ];
    });
    expect(text).toMatchInlineSnapshot(`
      "%fusion.29 = (f32[80,10]) fusion(%parameter.21, %parameter.22), kind=dot, calls=%fused_dot
          %dot.27 = f32[80,10] dot(%parameter.25, %parameter.26), lhs_contracting_dims={1}, rhs_contracting_dims={0}
          %tuple.28 = (f32[80,10]) tuple(%dot.27)
      %fusion.45 = (f32[10], f32[10], f32[80,10]) fusion(%get-tuple-element.30, %parameter.23, %parameter.24), kind=row, calls=%fused_row
          %reduce.35 = f32[10] reduce(%parameter.31, %constant.34), dimensions={0}, to_apply=%add.float32
          %multiply.36 = f32[80,10] multiply(%parameter.31, %parameter.32)
          %reduce.37 = f32[10] reduce(%multiply.36, %constant.34), dimensions={0}, to_apply=%add.float32
          %broadcast.38 = f32[80,10] broadcast(%parameter.33), dimensions={1}
          %multiply.39 = f32[80,10] multiply(%parameter.31, %broadcast.38)
          %multiply.40 = f32[80,10] multiply(%multiply.39, %parameter.32)
          %reduce.41 = f32[80] reduce(%multiply.40, %constant.34), dimensions={1}, to_apply=%add.float32
          %broadcast.42 = f32[80,10] broadcast(%reduce.41), dimensions={0}
          %subtract.43 = f32[80,10] subtract(%multiply.39, %broadcast.42)
          %tuple.44 = (f32[10], f32[10], f32[80,10]) tuple(%reduce.35, %reduce.37, %subtract.43)"
    `);
  });

  it("is stored transposed", () => {
    const heads: DotDims = { lhsBatch: [0, 1], rhsBatch: [0, 1], lhsContracting: [3], rhsContracting: [2] };
    expect(
      fusedText([f32(2, 3, 6, 6), f32(2, 3, 6, 4)], (b, [x, y]) =>
        b.reshape(b.transpose(b.dot(x, y, heads), [0, 2, 1, 3]), [2, 6, 12]),
      ),
    ).toMatchInlineSnapshot(`
      "%fusion.13 = (f32[2,6,3,4]) fusion(%parameter.6, %parameter.7), kind=dot, calls=%fused_dot
          %dot.10 = f32[2,3,6,4] dot(%parameter.8, %parameter.9), lhs_batch_dims={0,1}, lhs_contracting_dims={3}, rhs_batch_dims={0,1}, rhs_contracting_dims={2}
          %transpose.11 = f32[2,6,3,4] transpose(%dot.10), dimensions={0,2,1,3}
          %tuple.12 = (f32[2,6,3,4]) tuple(%transpose.11)
      %reshape.15 = f32[2,6,12] reshape(%get-tuple-element.14)"
    `);
    // With its innermost dimension elsewhere, it would be written one number at a time.
    expect(
      kindsOf([f32(2, 3, 6, 6), f32(2, 3, 6, 4)], (b, [x, y]) => b.transpose(b.dot(x, y, heads), [0, 1, 3, 2])),
    ).toBe("dot 1, loop 1");
  });

  it("never waits for what comes from another part of itself", () => {
    // Each sum adds one product to what the other one gives: no kernel can do both.
    expect(
      kindsOf([f32(8, 8), f32(8, 8)], (b, [x, w]) => {
        const [p, q] = [b.dot(x, w, matrices), b.dot(w, x, matrices)];
        const back = b.dot(b.binary("add", q, b.unary("tanh", p)), w, matrices);
        return b.binary("add", p, b.unary("exponential", back));
      }),
    ).toBe("dot 3");
  });
});

describe("a product's operands", () => {
  it("are read through slices, transposes and reshapes", () => {
    expect(
      fusedText([f32(2, 6, 24), f32(2, 3, 6, 4)], (b, [x, y]) => {
        const part = b.slice(x, [0, 0, 12], [2, 6, 24]);
        const heads = b.transpose(b.reshape(part, [2, 6, 3, 4]), [0, 2, 1, 3]);
        return b.dot(heads, y, { lhsBatch: [0, 1], rhsBatch: [0, 1], lhsContracting: [3], rhsContracting: [3] });
      }),
    ).toMatchInlineSnapshot(`
      "%fusion.16 = (f32[2,3,6,6]) fusion(%parameter.7, %parameter.8), kind=dot, calls=%fused_dot
          %slice.11 = f32[2,6,12] slice(%parameter.9), slice={[0:2], [0:6], [12:24]}
          %reshape.12 = f32[2,6,3,4] reshape(%slice.11)
          %transpose.13 = f32[2,3,6,4] transpose(%reshape.12), dimensions={0,2,1,3}
          %dot.14 = f32[2,3,6,6] dot(%transpose.13, %parameter.10), lhs_batch_dims={0,1}, lhs_contracting_dims={3}, rhs_batch_dims={0,1}, rhs_contracting_dims={3}
          %tuple.15 = (f32[2,3,6,6]) tuple(%dot.14)"
    `);
  });

  it("are copied where no strides say what is read", () => {
    expect(
      fusedText([f32(4, 6), f32(24)], (b, [x, y]) =>
        b.dot(b.reshape(b.transpose(x, [1, 0]), [24]), y, { ...matrices, lhsContracting: [0] }),
      ),
    ).toMatchInlineSnapshot(`
      "%fusion.11 = (f32[6,4]) fusion(%parameter.6), kind=loop, calls=%fused_loop
          %transpose.9 = f32[6,4] transpose(%parameter.8), dimensions={1,0}
          %tuple.10 = (f32[6,4]) tuple(%transpose.9)
      %fusion.18 = (f32[]) fusion(%get-tuple-element.12, %parameter.7), kind=dot, calls=%fused_dot
          %reshape.15 = f32[24] reshape(%parameter.13)
          %dot.16 = f32[] dot(%reshape.15, %parameter.14), lhs_contracting_dims={0}, rhs_contracting_dims={0}
          %tuple.17 = (f32[]) tuple(%dot.16)"
    `);
  });

  it("may be narrow floats", () => {
    const narrow = (...dims: number[]) => arrayShape("bfloat16", dims);
    expect(
      kindsOf([narrow(8, 6), narrow(6, 10), narrow(10)], (b, [x, w, bias]) => {
        const [p, q, r] = [x, w, bias].map((v) => b.convert(v, "float32"));
        return b.convert(dense(b, p, q, r), "bfloat16");
      }),
    ).toBe("dot 1");
  });

  it("are numbers in memory", () => {
    const scalars: DotDims = { lhsBatch: [], rhsBatch: [], lhsContracting: [], rhsContracting: [] };
    expect(kindsOf([f32(3)], (b, [x]) => b.dot(x, b.scalar("float32", 2), scalars))).toBe("dot 1");
  });
});
