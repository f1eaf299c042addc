/** ⟨ct, J t⟩ = ⟨Jᵀ ct, t⟩: reverse mode is the transpose of forward mode, without any difference. */
import { describe, expect, it } from "vitest";
import { randomVector, uniforms } from "../directions.js";
import { dot, Point } from "../point.js";
import { byName, differentiable, forEachCase } from "./cases.js";

describe("inner products of tangents and cotangents", () => {
  it.each(byName())("%s", (_, cases) => {
    forEachCase(cases, (c) => {
      if (c.modes && c.modes.length < 2) return;
      const point = differentiable(c, 3);
      if (!point) return;
      const at = new Point(point.f, point.args);
      const next = uniforms(5);
      for (let n = 0; n < 3; n++) {
        const t = at.values.map((v) => randomVector(v.length, next));
        const ct = randomVector(at.resultSize, next);
        const pushed = at.forward(t);
        const left = dot([ct], [pushed]);
        const right = dot(at.reverse(ct), t);
        const scale = pushed.reduce((sum, x, i) => sum + Math.abs(x * ct[i]), 1);
        expect(Math.abs(left - right), `${left} and ${right}`).toBeLessThanOrEqual(1e-12 * scale);
      }
    });
  });
});
