/** The results of attention, as far as they have derivatives, its tangents and its gradients: with shared heads and biases. */
import { f32 } from "../../src/core/avals.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as p from "../../src/primitives/index.js";
import { type Case, program } from "./case.js";

const [queries, keys] = [f32(2, 3, 4, 2), f32(2, 4, 2, 2)];

export const attentionCases: readonly Case[] = [
  { title: "", inputs: [queries, keys, keys], causal: false },
  { title: "causal, with a bias for all", inputs: [queries, keys, keys, f32(1, 1, 3, 4)], causal: true },
  { title: "with a bias for each head", inputs: [queries, keys, keys, f32(2, 4, 3, 4)], causal: false },
].flatMap(({ title, inputs, causal }) => {
  const params = { causal, scale: 0.6 };
  const n = inputs.length;
  const attend = (xs: readonly Tensor[]) => p.attention(xs as unknown as p.AttentionInputs, params);
  return [
    program("attention", title, (...xs) => attend(xs)[0], inputs),
    program(
      "attention_tangent",
      title,
      (...xs) => p.attentionTangent(xs.slice(0, n), attend(xs.slice(0, n)), xs.slice(n), params),
      [...inputs, ...inputs],
    ),
    program(
      "attention_gradient",
      title,
      (...xs) => p.attentionGradient(xs.slice(0, n), attend(xs.slice(0, n)), xs[n], params),
      [...inputs, inputs[0]],
    ),
  ];
});
