// Forms that fuse better: no dimensions of one element between operations.
import { describe, expect, it } from "vitest";
import { prepare } from "../../../xla-like/2-fuse/prepare.js";
import { arrayShape, type HloInstruction, printInstruction, verify } from "../../../xla-like/hlo/index.js";
import { expectSameResults, moduleOf } from "../1-simplify/helpers.js";
import { kindsOf } from "./helpers.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);

const prepared = (...[parameters, program]: Parameters<typeof moduleOf>): string => {
  const before = moduleOf(parameters, program);
  const after = prepare(before);
  verify(after);
  expect(prepare(after)).toBe(after);
  for (const seed of [0, 4, 9]) expectSameResults(before, after, "bits", seed);
  const isShown = (i: HloInstruction): boolean => !["parameter", "constant", "tuple"].includes(i.opcode);
  return after.entry.instructions.filter(isShown).map(printInstruction).join("\n");
};

describe("dimensions of one element", () => {
  it("are none to arithmetic", () => {
    expect(
      prepared([f32(5, 1, 7), f32(5, 1, 7), f32(7)], (b, [x, y, v]) =>
        b.binary("multiply", b.unary("tanh", b.binary("add", x, y)), b.broadcast(v, [5, 1, 7], [2])),
      ),
    ).toMatchInlineSnapshot(`
      "%reshape.8 = f32[5,7] reshape(%parameter.0)
      %reshape.9 = f32[5,7] reshape(%parameter.1)
      %add.10 = f32[5,7] add(%reshape.8, %reshape.9)
      %tanh.14 = f32[5,7] tanh(%add.10)
      %broadcast.17 = f32[5,7] broadcast(%parameter.2), dimensions={1}
      %multiply.23 = f32[5,7] multiply(%tanh.14, %broadcast.17)
      %reshape.24 = f32[5,1,7] reshape(%multiply.23)"
    `);
  });

  it("are none to reductions, whether they stay or not", () => {
    expect(
      prepared([f32(5, 1, 7, 1)], (b, [x]) =>
        b.reduce([x], [b.scalar("float32", 0)], [0], b.reducer("add", "float32")),
      ),
    ).toMatchInlineSnapshot(`
      "%reshape.7 = f32[5,7] reshape(%parameter.0)
      %reduce.8 = f32[7] reduce(%reshape.7, %constant.1), dimensions={0}, to_apply=%add.float32
      %reshape.9 = f32[1,7,1] reshape(%reduce.8)"
    `);
  });

  it("are none to transposes and places", () => {
    expect(
      prepared([f32(5, 1, 7)], (b, [x]) => [b.transpose(x, [1, 0, 2]), b.transpose(x, [2, 1, 0])]),
    ).toMatchInlineSnapshot(`
      "%reshape.4 = f32[5,7] reshape(%parameter.0)
      %reshape.6 = f32[1,5,7] reshape(%parameter.0)
      %transpose.8 = f32[7,5] transpose(%reshape.4), dimensions={1,0}
      %reshape.9 = f32[7,1,5] reshape(%transpose.8)"
    `);
    expect(prepared([], (b) => [b.iota("int32", [1, 5, 1], 1), b.iota("int32", [1, 5], 0)])).toMatchInlineSnapshot(`
      "%iota.3 = s32[5] iota(), iota_dimension=0
      %reshape.4 = s32[1,5,1] reshape(%iota.3)
      %iota.1 = s32[1,5] iota(), iota_dimension=0"
    `);
  });

  it("do not keep kernels apart", () => {
    expect(
      kindsOf([f32(50, 1, 70), f32(50, 70)], (b, [x, y]) => {
        const e = b.binary("add", b.reshape(b.unary("exponential", x), [50, 70]), y);
        const [rows] = b.reduce([e], [b.scalar("float32", 0)], [1], b.reducer("add", "float32"));
        return b.binary("multiply", x, b.broadcast(rows, [50, 1, 70], [0]));
      }),
    ).toBe("row 1");
  });
});
