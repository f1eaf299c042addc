/** Tangents are limits of differences, in double precision. */
import { describe, expect, it } from "vitest";
import { findProblem } from "../gradient-check.js";
import { allCases, byName, differentiable, forEachCase } from "./cases.js";

const plan = { order: 1, seed: 1, atol: 1e-7, rtol: 1e-7, eps: 2 ** -8 } as const;

describe("derivatives against finite differences", () => {
  it.each(byName())("%s", (_, cases) => {
    forEachCase(cases, (c) => {
      const point = differentiable(c, 3);
      if (!point) return;
      expect(findProblem(point.f, point.args, { ...plan, modes: c.modes ?? ["fwd"] }, true)).toBeNull();
    });
  });

  it("leaves out few samples, each for a reason", () => {
    const reasons = allCases.flatMap((c) => (c.skipGradients === undefined ? [] : [`${c.name}: ${c.skipGradients}`]));
    expect([...new Set(reasons)].sort()).toMatchInlineSnapshot(`
      [
        "attention: the logarithms of sums have no derivative",
        "attention_gradient: it takes results that go with its inputs",
        "attention_tangent: it takes results that go with its inputs",
        "cholesky: differences leave the symmetric matrices, of which alone it is a function",
        "conv_general_dilated: cotangents are rounded to bfloat16",
        "convert_element_type: an integer result has none",
        "dot_general: cotangents are rounded to bfloat16",
        "eigh: differences leave the symmetric matrices, of which alone it is a function",
        "igamma_grad_a: it has no known derivative",
        "nextafter: it has no derivative",
        "polygamma: the order has no derivative",
        "random_gamma_grad: it has no known derivative",
        "reduce_precision: rounding is a staircase whose slope is declared to be one",
        "reduce_window_max: a window with holes has no transpose",
        "reduce_window_min: a window with holes has no transpose",
        "regularized_incomplete_beta: the parameters have no known derivatives",
        "select_and_scatter: a computation of one's own has no derivative",
        "sign: the derivative is declared to be zero",
        "stop_gradient: its derivative is declared to be zero",
        "zeta: the exponent has no derivative",
      ]
    `);
  });
});
