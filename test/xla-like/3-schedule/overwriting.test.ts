/** Which operands a kernel may write its results over. */
import { describe, expect, it } from "vitest";
import { overwritableOperands, resultsWithRoom, updateTargets } from "../../../xla-like/3-schedule/index.js";
import {
  type ArrayShape,
  arrayShape,
  type FusionKind,
  HloBuilder,
  type HloInstruction,
  type Instr,
} from "../../../xla-like/hlo/index.js";
import { f32, s32 } from "../hlo/programs.js";

type Body = (b: HloBuilder, xs: HloInstruction[]) => readonly HloInstruction[];

const fusionOf = (kind: FusionKind, types: readonly ArrayShape[], body: Body): Instr<"fusion"> => {
  const b = new HloBuilder("main");
  const parameters = types.map((t) => b.parameter(t));
  const [first] = b.fusion(kind, b.computation("fused", types, body), parameters);
  const fusion = first.operands[0];
  if (fusion.opcode !== "fusion") throw new Error("a fusion gives a tuple");
  return fusion;
};
const overwritable = (kind: FusionKind, types: readonly ArrayShape[], body: Body) =>
  overwritableOperands(fusionOf(kind, types, body));

describe("a loop may write over an operand", () => {
  it("that it reads element by element", () => {
    expect(
      overwritable("loop", [f32(4), f32(4)], (b, [x, y]) => [b.binary("add", b.unary("exponential", x), y)]),
    ).toEqual([[0, 1]]);
  });

  it("of another type of the same width, and of no other width", () => {
    const mixed = [f32(4), s32(4), arrayShape("float64", [4])];
    expect(
      overwritable("loop", mixed, (b, [x, n, d]) => [
        b.binary("add", x, b.binary("add", b.convert(n, "float32"), b.convert(d, "float32"))),
      ]),
    ).toEqual([[0, 1]]);
  });

  it("unless it is read elsewhere too, on any way to any result", () => {
    expect(overwritable("loop", [f32(4)], (b, [x]) => [b.binary("add", x, b.reverse(x, [0]))])).toEqual([[]]);
    expect(overwritable("loop", [f32(4)], (b, [x]) => [b.unary("abs", x), b.reverse(b.unary("abs", x), [0])])).toEqual([
      [],
      [],
    ]);
    expect(overwritable("loop", [f32(2, 2)], (b, [x]) => [b.unary("abs", b.transpose(x, [1, 0]))])).toEqual([[]]);
    expect(
      overwritable("loop", [f32(4)], (b, [x]) => [
        b.reshape(b.slice(b.pad(x, b.scalar("float32", 0), [1], [0]), [0], [4]), [4]),
      ]),
    ).toEqual([[]]);
  });

  it("only of its own dimensions", () => {
    expect(
      overwritable("loop", [f32(2, 2), f32(2)], (b, [x, row]) => [b.binary("add", x, b.broadcast(row, [2, 2], [1]))]),
    ).toEqual([[0]]);
    expect(overwritable("loop", [f32(4), f32()], (b, [x, s]) => [b.binary("multiply", x, s)])).toEqual([[0]]);
  });

  it("in other dimensions, as long as one kernel computes all results", () => {
    const types = [f32(6), f32(2, 3)];
    const sum: Body = (b, [x, y]) => [b.binary("add", b.reshape(x, [2, 3]), y)];
    expect(overwritable("loop", types, sum)).toEqual([[0, 1]]);
    expect(overwritable("loop", types, (b, [x, y]) => [b.unary("abs", x), ...sum(b, [x, y])])).toEqual([[], []]);
  });

  it("in a row kernel, but not where few long rows are added up by loops over the columns", () => {
    const gradients = (rows: number, columns: number) =>
      overwritable("row", [f32(rows, columns), f32(rows, columns)], (b, [x, y]) => {
        const d = b.binary("multiply", x, y);
        return [d, ...b.reduce([d], [b.scalar("float32", 0)], [0], b.reducer("add", "float32"))];
      });
    expect(gradients(2, 3)).toEqual([[0, 1], []]);
    expect(gradients(2, 8192)).toEqual([[], []]);
    expect(gradients(1024, 8192)).toEqual([[0, 1], []]);
  });

  it("that is reduced only in a row kernel, whose results of other dimensions write over nothing", () => {
    const sum: Body = (b, [x, y]) => {
      const [s] = b.reduce([x], [b.scalar("float32", 0)], [1], b.reducer("add", "float32"));
      return [b.binary("divide", b.binary("multiply", x, y), b.broadcast(s, [2, 3], [0])), s];
    };
    expect(overwritable("row", [f32(2, 3), f32(2, 3)], sum)).toEqual([[0, 1], []]);
    expect(overwritable("loop", [f32(2, 3), f32(2, 3)], (b, xs) => [sum(b, xs)[0]])).toEqual([[1]]);
  });

  it("whose broadcast over rows is none of its business: a bias is not written over by its gradient", () => {
    const types = [f32(2, 3), f32(3)];
    const gradient: Body = (b, [x, bias]) => {
      const [s] = b.reduce(
        [b.binary("add", x, b.broadcast(bias, [2, 3], [1]))],
        [b.scalar("float32", 0)],
        [0],
        b.reducer("add", "float32"),
      );
      return [s];
    };
    expect(overwritable("row", types, gradient)).toEqual([[]]);
  });
});

describe("a product", () => {
  const dims = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] };
  const square = f32(3, 3);

  it("has room in a result of its size, which may also lie over what the epilogue reads", () => {
    const fusion = fusionOf("dot", [square, square, square], (b, [x, y, r]) => [b.binary("add", b.dot(x, y, dims), r)]);
    expect(resultsWithRoom(fusion)).toEqual([0]);
    expect(overwritableOperands(fusion)).toEqual([[2]]);
  });

  it("lies best in the result that is the product itself", () => {
    const fusion = fusionOf("dot", [square, square, square], (b, [x, y, r]) => {
      const d = b.dot(x, y, dims);
      return [b.binary("add", d, r), d];
    });
    expect(resultsWithRoom(fusion)).toEqual([1, 0]);
    expect(overwritableOperands(fusion)).toEqual([[2], [2]]);
  });

  it("has no room in results of another width", () => {
    const half = arrayShape("bfloat16", [3, 3]);
    const fusion = fusionOf("dot", [square, square, half], (b, [x, y, r]) => [
      b.binary("add", b.convert(b.dot(x, y, dims), "bfloat16"), r),
    ]);
    expect(resultsWithRoom(fusion)).toEqual([]);
    expect(overwritableOperands(fusion)).toEqual([[2]]);
  });

  it("may be the result in other dimensions", () => {
    const fusion = fusionOf("dot", [square, square, f32(9)], (b, [x, y, r]) => {
      const d = b.reshape(b.dot(x, y, dims), [9]);
      return [b.binary("add", d, r), d];
    });
    expect(resultsWithRoom(fusion)).toEqual([1, 0]);
    expect(overwritableOperands(fusion)).toEqual([[2], [2]]);
  });

  it("is never written over its operands, though the epilogue reads them too", () => {
    const fusion = fusionOf("dot", [square, square], (b, [x, y]) => {
      const d = b.dot(x, y, dims);
      return [b.binary("add", d, x), d];
    });
    expect(overwritableOperands(fusion)).toEqual([[], []]);
  });
});

describe("an update", () => {
  const types = [f32(4), f32(1), s32()];

  it("is of its first operand, in place", () => {
    const fusion = fusionOf("update", types, (b, [x, u, i]) => [b.dynamicUpdateSlice(x, b.unary("negate", u), [i])]);
    expect(updateTargets(fusion)).toEqual([0]);
    expect(overwritableOperands(fusion)).toEqual([[0]]);
  });

  it("may be of its operand in other dimensions", () => {
    const fusion = fusionOf("update", types, (b, [x, u, i]) => [
      b.reshape(b.dynamicUpdateSlice(b.reshape(x, [4, 1]), b.reshape(u, [1, 1]), [i, i]), [4]),
    ]);
    expect(updateTargets(fusion)).toEqual([0]);
    expect(overwritableOperands(fusion)).toEqual([[0]]);
  });

  it("may read the window that it replaces, element by element", () => {
    const accumulate = fusionOf("update", types, (b, [x, u, i]) => [
      b.dynamicUpdateSlice(x, b.binary("add", b.dynamicSlice(x, [i], [1]), u), [i]),
    ]);
    expect(overwritableOperands(accumulate)).toEqual([[0]]);
  });

  it("is made in a copy when it reads its target elsewhere, or returns it", () => {
    const shift = fusionOf("update", types, (b, [x, , i]) => [b.dynamicUpdateSlice(x, b.slice(x, [0], [1]), [i])]);
    expect(overwritableOperands(shift)).toEqual([[]]);
    const both = fusionOf("update", types, (b, [x, u, i]) => [b.dynamicUpdateSlice(x, u, [i]), x]);
    expect(overwritableOperands(both)[0]).toEqual([]);
    const turned = fusionOf("update", [f32(4), s32()], (b, [x, i]) => [
      b.dynamicUpdateSlice(x, b.reverse(b.dynamicSlice(x, [i], [2]), [0]), [i]),
    ]);
    expect(overwritableOperands(turned)).toEqual([[]]);
  });
});
