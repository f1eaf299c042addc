/** The types that abstract evaluation tells are those of the values that come out. */
import { describe, expect, it } from "vitest";
import { makeJaxpr } from "../../src/api/index.js";
import type { DeviceTensor } from "../../src/core/device-tensor.js";
import { isComplex } from "../../src/core/dtype.js";
import type { Tensor } from "../../src/core/tensor.js";
import { arrayShape, shapeText } from "../../xla-like/index.js";
import { byName, forEachCase, operandsOf } from "./cases.js";

describe("abstract evaluation against results", () => {
  it.each(byName())("%s", (_, cases) => {
    forEachCase(cases, (c) => {
      const args = operandsOf(c, 1);
      const staged = makeJaxpr((...xs: Tensor[]) => c.f(...xs))(...args).outAvals;
      const outs = c.f(...args);
      expect(outs.map((x) => x.aval.key)).toEqual(staged.map((a) => a.key));
      for (const x of outs) {
        const { buffer } = x.concrete("a result") as DeviceTensor;
        expect(shapeText(buffer.shape)).toBe(shapeText(arrayShape(x.dtype, x.shape)));
        expect(x.dataSync()).toHaveLength(x.size * (isComplex(x.dtype) ? 2 : 1));
      }
    });
  });
});
