// What StableHLO cannot say, and what only looks like it.
import { describe, expect, it } from "vitest";
import { arrayShape, HloBuilder, type HloInstruction } from "../../../xla-like/index.js";
import { stableHloText } from "../../../xla-like/stablehlo/index.js";

const f32 = (...dims: number[]) => arrayShape("float32", dims);

const textOf = (build: (b: HloBuilder) => HloInstruction) => {
  const b = new HloBuilder("main");
  return stableHloText(b.module("m", [build(b)]));
};
const refusal = (build: (b: HloBuilder) => HloInstruction): string => {
  const text = textOf(build);
  return text._tag === "Left" ? text.left.message : `written: ${text.right}`;
};

describe("StableHLO is refused for", () => {
  it("functions that neither dialect has", () => {
    const x = (b: HloBuilder) => b.parameter(f32());
    expect(refusal((b) => b.binary("regularized-incomplete-beta-b", x(b), x(b)))).toBe(
      "%regularized-incomplete-beta-b.2: StableHLO has no operation for the function regularized-incomplete-beta-b",
    );
  });

  it("fusions, which the compiler makes", () => {
    const fusion = (b: HloBuilder) => {
      const inner = b.computation("inner", [f32(2)], (c, [x]) => [c.unary("abs", x)]);
      return b.fusion("loop", inner, [b.parameter(f32(2))])[0];
    };
    expect(refusal(fusion)).toMatch(/no operation for a fusion, which only the compiler's own phases make$/);
  });

  it("triangular solves with a conjugate that is not transposed", () => {
    const solve = (transposeA: boolean) => (b: HloBuilder) => {
      const shape = arrayShape("complex64", [2, 2]);
      const operands = [b.parameter(shape), b.parameter(shape)];
      return b.customCall("triangular-solve", operands, [shape], { config: { conjugateA: true, transposeA } })[0];
    };
    expect(refusal(solve(false))).toMatch(/a triangular solve with the conjugate that is not transposed$/);
    expect(refusal(solve(true))).toMatch(/transpose_a = #stablehlo<transpose ADJOINT>/);
  });
});

describe("names in StableHLO", () => {
  it("are symbols, and functions have names of their own", () => {
    const b = new HloBuilder("main");
    const x = b.parameter(f32());
    const calls = ["a b", "a-b", "main"].map((name) =>
      b.call(
        b.computation(name, [f32()], (c, [y]) => [c.unary("negate", y)]),
        [x],
      ),
    );
    const text = stableHloText(b.module("my module", calls.flat()));
    const symbols = text._tag === "Right" ? [...text.right.matchAll(/(?:module|func\.func \w+) @(\w+)/g)] : [];
    expect(symbols.map((m) => m[1])).toEqual(["my_module", "main", "a_b", "a_b_", "main_1"]);
  });
});
