/** Programs that people write, at small sizes: the same results, and few kernels. */
import { describe, expect, it } from "vitest";
import { simplify } from "../../../xla-like/1-simplify/index.js";
import { fuse } from "../../../xla-like/2-fuse/index.js";
import type { HloModule } from "../../../xla-like/hlo/index.js";
import { countKinds, fusionsOf } from "./fusions.js";
import { expectSameWhenFused } from "./helpers.js";
import { chain, convnet, gpt, layerNormGradient, lstm, mlp, softmax } from "./real-programs.js";

const fused = (m: HloModule): string => countKinds(expectSameWhenFused(simplify(m), 3));

describe("real programs", () => {
  it("a chain of arithmetic is one loop", () => expect(fused(chain(100))).toBe("loop 1"));
  it("softmax is one row fusion", () => expect(fused(softmax(6, 12))).toBe("row 1"));
  it("so are the gradients of layer normalisation", () => expect(fused(layerNormGradient(6, 12))).toBe("row 1"));
  it("a network's training step", () => {
    expect(fused(mlp(12, [10, 9, 11]))).toMatchInlineSnapshot(`"dot 5, loop 3, row 2"`);
  });
  it("a convolutional network's training step", () => {
    expect(fused(convnet(2, 8))).toMatchInlineSnapshot(`"convolution 5, dot 3, loop 6, row 3"`);
  });
  it("a transformer's training step", () => {
    expect(fused(gpt({ layers: 2, width: 24, heads: 2, length: 10, batch: 3, vocabulary: 16 }))).toMatchInlineSnapshot(
      `"dot 39, loop 9, row 18, update 1"`,
    );
  });
  it("no transformer's kernel moves what others could read or write where it is", () => {
    const size = { layers: 1, width: 24, heads: 2, length: 10, batch: 3, vocabulary: 16 };
    const kernels = fusionsOf(fuse(simplify(gpt(size)))).filter((f) => f.kind !== "dot");
    const moves = kernels.flatMap((f) => f.computation.instructions.filter((i) => i.opcode === "transpose"));
    expect(moves).toEqual([]);
  });
  it("a recurrent network's gradients", () => {
    expect(fused(lstm(5, 3, 12))).toMatchInlineSnapshot(`"dot 5, loop 11, row 2, update 2"`);
  });
});
