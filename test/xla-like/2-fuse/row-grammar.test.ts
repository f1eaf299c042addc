// The grammar of row fusions: what has which class, and what is none.
import { describe, expect, it } from "vitest";
import { type RowForm, rowForm } from "../../../xla-like/2-fuse/index.js";
import { arrayShape, HloBuilder, type HloInstruction, nameOf } from "../../../xla-like/hlo/index.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);
type Body = (b: HloBuilder, xs: readonly HloInstruction[]) => readonly HloInstruction[];

const formOf = (shapes: readonly ReturnType<typeof f32>[], body: Body): RowForm | undefined =>
  rowForm(new HloBuilder("main").computation("fused", shapes, body));
const sum = (b: HloBuilder, x: HloInstruction, dimensions: readonly number[]): HloInstruction =>
  b.reduce([x], [b.scalar("float32", 0)], dimensions, b.reducer("add", "float32"))[0];

const described = (form: RowForm | undefined): string => {
  if (form === undefined) return "none";
  const classes = [...form.classes].map(([i, c]) => `${nameOf(i)} ${[...c].sort().join("+")}`);
  const reductions = [...form.reductions].map(([i, r]) => `${nameOf(i)} reduces ${r}`);
  return [`[${form.domain.join()}] split at ${form.split}`, ...classes, ...reductions].join("\n");
};

describe("a row fusion", () => {
  it("has whole, row, column and scalar values", () => {
    expect(
      described(
        formOf([f32(4, 6), f32(6), f32()], (b, [x, g, s]) => {
          const scaled = b.binary("multiply", x, b.broadcast(g, [4, 6], [1]));
          const rows = b.binary("multiply", sum(b, scaled, [1]), b.broadcast(s, [4], []));
          const y = b.binary("subtract", scaled, b.broadcast(rows, [4, 6], [0]));
          return [y, rows, sum(b, y, [0]), sum(b, y, [0, 1])];
        }),
      ),
    ).toMatchInlineSnapshot(`
      "[4,6] split at 1
      %subtract.13 whole
      %multiply.4 whole
      %parameter.0 whole
      %broadcast.3 whole
      %parameter.1 column
      %broadcast.12 whole
      %multiply.11 row
      %reduce.9 row
      %constant.5 scalar
      %broadcast.10 row
      %parameter.2 scalar
      %constant.14 scalar
      %constant.16 scalar
      %reduce.9 reduces row
      %reduce.15 reduces column
      %reduce.17 reduces full"
    `);
  });

  it("may use one vector along rows and along columns", () => {
    const form = formOf([f32(5, 5), f32(5)], (b, [x, v]) => {
      const y = b.binary("add", x, b.broadcast(v, [5, 5], [0]));
      return [sum(b, b.binary("multiply", y, b.broadcast(v, [5, 5], [1])), [1])];
    });
    expect([...(form?.classes ?? [])].find(([i]) => i.opcode === "parameter" && i.index === 1)?.[1]).toEqual(
      new Set(["row", "column"]),
    );
  });

  it("may be one row", () => {
    const form = formOf([f32(60)], (b, [x]) => [b.binary("subtract", x, b.broadcast(sum(b, x, [0]), [60], []))]);
    expect(form?.split).toBe(0);
    expect([...(form?.reductions.values() ?? [])]).toEqual(["row"]);
  });

  it("may be a middle reduction", () => {
    const form = formOf([f32(2, 60, 3)], (b, [x]) => [sum(b, b.unary("tanh", x), [1])]);
    expect(form?.split).toBe(1);
    expect([...(form?.reductions.values() ?? [])]).toEqual(["middle"]);
  });

  it("computes elements at any places from operands", () => {
    expect(formOf([f32(6, 4)], (b, [x]) => [sum(b, b.transpose(b.unary("negate", x), [1, 0]), [1])])?.domain).toEqual([
      4, 6,
    ]);
  });
});

describe("none is", () => {
  const cases: readonly (readonly [string, readonly ReturnType<typeof f32>[], Body])[] = [
    ["anything without a reduction", [f32(4, 6)], (b, [x]) => [b.unary("tanh", x)]],
    [
      "what uses columns' sums",
      [f32(4, 6)],
      (b, [x]) => [b.binary("add", x, b.broadcast(sum(b, x, [0]), [4, 6], [1]))],
    ],
    ["what goes on with a sum of all", [f32(90, 200)], (b, [x]) => [b.unary("negate", sum(b, x, [0, 1]))]],
    ["what reduces in two ways at once", [f32(4, 6, 5)], (b, [x]) => [sum(b, x, [1, 2]), sum(b, x, [2])]],
    ["a middle reduction with another result", [f32(4, 6, 5)], (b, [x]) => [sum(b, x, [1]), b.unary("negate", x)]],
    [
      "what reads a row's sum at another place",
      [f32(4, 6)],
      (b, [x]) => [b.binary("add", x, b.broadcast(b.reverse(sum(b, x, [1]), [0]), [4, 6], [0]))],
    ],
    ["what reduces dimensions apart", [f32(4, 6, 5)], (b, [x]) => [sum(b, x, [0, 2])]],
  ];
  for (const [name, shapes, body] of cases) it(name, () => expect(formOf(shapes, body)).toBeUndefined());
});
