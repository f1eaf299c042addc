// What attention and its derivatives refuse, and how exactly they multiply.
import { describe, expect, it } from "vitest";
import { jit } from "../../src/api/index.js";
import type { DType } from "../../src/core/dtype.js";
import { withMatmulPrecision } from "../../src/core/matmul-precision.js";
import type { Tensor } from "../../src/core/tensor.js";
import "../../src/interpreters/index.js";
import * as p from "../../src/primitives/index.js";

const params = { causal: false, scale: 1 };
const zeros = (shape: readonly number[], dtype: DType = "float32"): Tensor => p.full(shape, 0, dtype);
const [q, k, stats] = [
  [2, 3, 4, 8],
  [2, 5, 2, 8],
  [2, 4, 3],
].map((shape) => zeros(shape));
const attend = (...inputs: Tensor[]) => p.attention(inputs as unknown as p.AttentionInputs, params);

describe("attention is refused for", () => {
  it.each<[string, () => unknown, RegExp]>([
    ["whole numbers", () => attend(zeros(q.shape, "int32"), k, k), /attention: operand 'query' is int32.*CT105/],
    ["different types", () => attend(q, k, zeros(k.shape, "float16")), /'query' is float32.*'value' is float16.*CT104/],
    ["other ranks", () => attend(q, zeros([5, 2, 8]), k), /'key' has shape \[5,2,8\].*4 dimensions.*CT103/],
    ["another size", () => attend(q, zeros([2, 5, 2, 7]), k), /'key'.*query's batch 2 and size 8.*CT103/],
    ["other values than keys", () => attend(q, k, zeros([2, 4, 2, 8])), /'value'.*key's shape \[2,5,2,8\].*CT103/],
    ["heads that do not divide", () => attend(zeros([2, 3, 3, 8]), k, k), /multiple of key's 2 heads.*CT103/],
    ["a bias of one row", () => attend(q, k, k, zeros([2, 4, 1, 5])), /'bias'.*3 queries and 5 keys.*CT103/],
    [
      "a tangent with other results",
      () => p.attentionTangent([q, k, k], [q, zeros([2, 3, 4])], [q, k, k], params),
      /attention_tangent: operand after the inputs 1 is f32\[2,3,4\].*float32\[2,4,3\].*CT103/,
    ],
    [
      "a gradient of another type",
      () => p.attentionGradient([q, k, k], [q, stats], zeros(q.shape, "float16"), params),
      /attention_gradient: operand after the inputs 2 is f16.*float32\[2,3,4,8\].*CT103/,
    ],
  ])("%s", (_, f, message) => expect(f).toThrow(message));
});

describe("attention's precision", () => {
  it("is the one in scope", () => {
    const text = (): string =>
      jit((x: Tensor) => attend(x, k, k))
        .lower(q)
        .asText("hlo");
    expect(text()).not.toContain("precision");
    expect(withMatmulPrecision("highest", text)).toContain('"precision":"highest"');
  });
});
