/** Rules of reductions: each on a program it changes, and on one that it must leave alone. */
import { describe, expect, it } from "vitest";
import { arrayShape, type HloBuilder, type HloInstruction } from "../../../xla-like/hlo/index.js";
import { f32 } from "../hlo/programs.js";
import { expectUntouched, rewritten } from "./helpers.js";

const sum = (b: HloBuilder, x: HloInstruction, ...dimensions: number[]): HloInstruction =>
  b.reduce([x], [b.scalar("float32", 0)], dimensions, b.reducer("add", "float32"))[0];
const max = (b: HloBuilder, x: HloInstruction, ...dimensions: number[]): HloInstruction =>
  b.reduce([x], [b.scalar("float32", Number.NEGATIVE_INFINITY)], dimensions, b.reducer("maximum", "float32"))[0];

describe("reductions", () => {
  it("reduce-of-empty", () => {
    expect(rewritten("reduce-of-empty", [f32(0, 3)], (b, [x]) => sum(b, x, 0))).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %reduce.5 = f32[3] reduce(%parameter.0, %constant.1), dimensions={0}, to_apply=%add.float32
      return %reduce.5
      ⇒
      %constant.1 = f32[] constant(0)
      %broadcast.7 = f32[3] broadcast(%constant.1), dimensions={}
      return %broadcast.7"
    `);
    expectUntouched("reduce-of-empty", [f32(1, 3)], (b, [x]) => sum(b, x, 0));
  });

  it("reduce-of-single-elements", () => {
    expect(
      rewritten("reduce-of-single-elements", [f32(4, 1), f32()], (b, [x, init]) =>
        b.reduce([x], [init], [1], b.reducer("add", "float32")),
      ),
    ).toMatchInlineSnapshot(`
      "%reduce.5 = f32[4] reduce(%parameter.0, %parameter.1), dimensions={1}, to_apply=%add.float32
      return %reduce.5
      ⇒
      %reshape.7 = f32[4] reshape(%parameter.0)
      %broadcast.8 = f32[4] broadcast(%parameter.1), dimensions={}
      %add.9 = f32[4] add(%reshape.7, %broadcast.8)
      return %add.9"
    `);
    expectUntouched("reduce-of-single-elements", [f32(4, 2)], (b, [x]) => sum(b, x, 1));
  });

  it("reduce-of-single-elements-from-identity", () => {
    expect(
      rewritten("reduce-of-single-elements-from-identity", [f32(14, 1)], (b, [x]) => sum(b, x, 1)),
    ).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %reduce.5 = f32[14] reduce(%parameter.0, %constant.1), dimensions={1}, to_apply=%add.float32
      return %reduce.5
      ⇒
      %reshape.7 = f32[14] reshape(%parameter.0)
      return %reshape.7"
    `);
    expectUntouched("reduce-of-single-elements-from-identity", [f32(4, 1)], (b, [x]) =>
      b.reduce([x], [b.scalar("float32", 1)], [1], b.reducer("add", "float32")),
    );
  });

  it("reduce-without-units", () => {
    expect(rewritten("reduce-without-units", [f32(2, 1, 3)], (b, [x]) => sum(b, x, 1, 2))).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %reduce.5 = f32[2] reduce(%parameter.0, %constant.1), dimensions={1,2}, to_apply=%add.float32
      return %reduce.5
      ⇒
      %constant.1 = f32[] constant(0)
      %reshape.7 = f32[2,3] reshape(%parameter.0)
      %reduce.8 = f32[2] reduce(%reshape.7, %constant.1), dimensions={1}, to_apply=%add.float32
      return %reduce.8"
    `);
    expectUntouched("reduce-without-units", [f32(2, 1, 3)], (b, [x]) => sum(b, x, 2));
  });

  it("reduce-dimensions-in-order", () => {
    expect(rewritten("reduce-dimensions-in-order", [f32(2, 3)], (b, [x]) => sum(b, x, 1, 0))).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(0)
      %reduce.5 = f32[] reduce(%parameter.0, %constant.1), dimensions={1,0}, to_apply=%add.float32
      return %reduce.5
      ⇒
      %constant.1 = f32[] constant(0)
      %reduce.7 = f32[] reduce(%parameter.0, %constant.1), dimensions={0,1}, to_apply=%add.float32
      return %reduce.7"
    `);
    expectUntouched("reduce-dimensions-in-order", [f32(2, 3)], (b, [x]) => sum(b, x, 0, 1));
  });

  it("reduce-of-broadcast", () => {
    expect(
      rewritten("reduce-of-broadcast", [f32(3, 4)], (b, [x]) => sum(b, b.broadcast(x, [3, 2, 4], [0, 2]), 2)),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[3,2,4] broadcast(%parameter.0), dimensions={0,2}
      %constant.2 = f32[] constant(0)
      %reduce.6 = f32[3,2] reduce(%broadcast.1, %constant.2), dimensions={2}, to_apply=%add.float32
      return %reduce.6
      ⇒
      %constant.2 = f32[] constant(0)
      %reduce.8 = f32[3] reduce(%parameter.0, %constant.2), dimensions={1}, to_apply=%add.float32
      %broadcast.9 = f32[3,2] broadcast(%reduce.8), dimensions={0}
      return %broadcast.9"
    `);
    expectUntouched("reduce-of-broadcast", [f32(3)], (b, [x]) => sum(b, b.broadcast(x, [3, 4], [0]), 1));
  });

  it("reduce-of-copies", () => {
    expect(
      rewritten("reduce-of-copies", [f32(3, 4)], (b, [x]) => max(b, b.broadcast(x, [3, 2, 4], [0, 2]), 1, 2)),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[3,2,4] broadcast(%parameter.0), dimensions={0,2}
      %constant.2 = f32[] constant(-inf)
      %reduce.6 = f32[3] reduce(%broadcast.1, %constant.2), dimensions={1,2}, to_apply=%maximum.float32
      return %reduce.6
      ⇒
      %constant.2 = f32[] constant(-inf)
      %reduce.8 = f32[3] reduce(%parameter.0, %constant.2), dimensions={1}, to_apply=%maximum.float32
      %broadcast.9 = f32[3] broadcast(%reduce.8), dimensions={0}
      return %broadcast.9"
    `);
    expectUntouched("reduce-of-copies", [f32(3)], (b, [x]) => sum(b, b.broadcast(x, [3, 4], [0]), 1));
  });

  it("sum-of-copies", () => {
    expect(
      rewritten("sum-of-copies", [f32(3)], (b, [x]) => sum(b, b.broadcast(x, [3, 4], [0]), 1), ["broadcast-identity"]),
    ).toMatchInlineSnapshot(`
      "%broadcast.1 = f32[3,4] broadcast(%parameter.0), dimensions={0}
      %constant.2 = f32[] constant(0)
      %reduce.6 = f32[3] reduce(%broadcast.1, %constant.2), dimensions={1}, to_apply=%add.float32
      return %reduce.6
      ⇒
      %constant.9 = f32[] constant(4)
      %broadcast.10 = f32[3] broadcast(%constant.9), dimensions={}
      %multiply.11 = f32[3] multiply(%parameter.0, %broadcast.10)
      return %multiply.11"
    `);
    // A bfloat16 cannot count that far.
    expectUntouched("sum-of-copies", [arrayShape("bfloat16", [1])], (b, [x]) =>
      b.reduce([b.broadcast(x, [1, 300], [0])], [b.scalar("bfloat16", 0)], [1], b.reducer("add", "bfloat16")),
    );
  });

  it("reduce-of-reduce", () => {
    expect(rewritten("reduce-of-reduce", [f32(2, 3, 4)], (b, [x]) => max(b, max(b, x, 1), 0))).toMatchInlineSnapshot(`
      "%constant.1 = f32[] constant(-inf)
      %reduce.5 = f32[2,4] reduce(%parameter.0, %constant.1), dimensions={1}, to_apply=%maximum.float32
      %constant.6 = f32[] constant(-inf)
      %reduce.7 = f32[4] reduce(%reduce.5, %constant.6), dimensions={0}, to_apply=%maximum.float32
      return %reduce.7
      ⇒
      %constant.1 = f32[] constant(-inf)
      %reduce.9 = f32[4] reduce(%parameter.0, %constant.1), dimensions={0,1}, to_apply=%maximum.float32
      return %reduce.9"
    `);
    expectUntouched("reduce-of-reduce", [f32(2, 3)], (b, [x]) => sum(b, max(b, x, 1), 0));
    expectUntouched("reduce-of-reduce", [f32(2, 3)], (b, [x]) => {
      const rows = sum(b, x, 1);
      return [rows, sum(b, rows, 0)];
    });
  });

  it("reduce-of-transpose", () => {
    expect(
      rewritten("reduce-of-transpose", [f32(2, 3, 4)], (b, [x]) => sum(b, b.transpose(x, [2, 0, 1]), 1)),
    ).toMatchInlineSnapshot(`
      "%transpose.1 = f32[4,2,3] transpose(%parameter.0), dimensions={2,0,1}
      %constant.2 = f32[] constant(0)
      %reduce.6 = f32[4,3] reduce(%transpose.1, %constant.2), dimensions={1}, to_apply=%add.float32
      return %reduce.6
      ⇒
      %constant.2 = f32[] constant(0)
      %reduce.8 = f32[3,4] reduce(%parameter.0, %constant.2), dimensions={0}, to_apply=%add.float32
      %transpose.9 = f32[4,3] transpose(%reduce.8), dimensions={1,0}
      return %transpose.9"
    `);
    // The terms would be added in another order.
    expectUntouched("reduce-of-transpose", [f32(2, 3)], (b, [x]) => sum(b, b.transpose(x, [1, 0]), 0, 1));
  });

  it("reduce-of-reordering-transpose", () => {
    expect(
      rewritten("reduce-of-reordering-transpose", [f32(2, 3)], (b, [x]) => sum(b, b.transpose(x, [1, 0]), 0, 1), [
        "transpose-identity",
      ]),
    ).toMatchInlineSnapshot(`
      "%transpose.1 = f32[3,2] transpose(%parameter.0), dimensions={1,0}
      %constant.2 = f32[] constant(0)
      %reduce.6 = f32[] reduce(%transpose.1, %constant.2), dimensions={0,1}, to_apply=%add.float32
      return %reduce.6
      ⇒
      %constant.2 = f32[] constant(0)
      %reduce.8 = f32[] reduce(%parameter.0, %constant.2), dimensions={0,1}, to_apply=%add.float32
      return %reduce.8"
    `);
    const first = (b: HloBuilder) =>
      b.scalarComputation("first", "float32", (c, x, y) => c.binary("add", x, c.binary("multiply", y, y)));
    expectUntouched("reduce-of-reordering-transpose", [f32(2, 3)], (b, [x]) =>
      b.reduce([b.transpose(x, [1, 0])], [b.scalar("float32", 0)], [0, 1], first(b)),
    );
  });

  it("reduce-of-reshape", () => {
    expect(
      rewritten("reduce-of-reshape", [f32(6, 4, 2)], (b, [x]) => sum(b, b.reshape(x, [2, 3, 8]), 2)),
    ).toMatchInlineSnapshot(`
      "%reshape.1 = f32[2,3,8] reshape(%parameter.0)
      %constant.2 = f32[] constant(0)
      %reduce.6 = f32[2,3] reduce(%reshape.1, %constant.2), dimensions={2}, to_apply=%add.float32
      return %reduce.6
      ⇒
      %constant.2 = f32[] constant(0)
      %reduce.8 = f32[6] reduce(%parameter.0, %constant.2), dimensions={1,2}, to_apply=%add.float32
      %reshape.9 = f32[2,3] reshape(%reduce.8)
      return %reshape.9"
    `);
    expectUntouched("reduce-of-reshape", [f32(6, 4)], (b, [x]) => sum(b, b.reshape(x, [2, 3, 4]), 1));
  });
});
