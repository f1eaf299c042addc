/** A primitive as a user defines one: through the public names alone. */
import { expect, it } from "vitest";
import { checkGrads, checkJit, checkVmap } from "../../props/index.js";
import {
  definePrimitive,
  errors,
  grad,
  jit,
  makeJaxpr,
  numpy as np,
  param,
  type Tensor,
  vmap,
} from "../../src/index.js";

const scaleP = definePrimitive({
  name: "scale",
  doc: "x times a constant.",
  operands: ["x"],
  params: { factor: param.number },
  abstractEval({ x }, { factor }) {
    if (factor === 0) throw new errors.ArgumentError("CT003", "scale: factor is 0, which loses x. Use another.");
    return { shape: x.shape, dtype: x.dtype };
  },
  diff: { kind: "linear", transpose: { x: (ct, _, { factor }) => scale(ct, factor) } },
  batching: "elementwise",
  lower: (b, { x }, { factor }, { avals }) => b.binary("multiply", x, b.scalar(avals.x.dtype, factor)),
  samples: [],
});
const scale = (x: Tensor, factor: number): Tensor => scaleP.bind({ x }, { factor });

it("works under every transform", () => {
  const f = (x: Tensor): Tensor => scale(x, 2.5).sum();
  const x = np.array([1, 2]);
  expect(f(x).item()).toBe(7.5);
  for (const g of [grad(f), jit(grad(f)), grad(jit(f))]) expect(g(x).js()).toEqual([2.5, 2.5]);
  expect(vmap((y: Tensor) => scale(y, 2))(x).js()).toEqual([2, 4]);
  expect(String(makeJaxpr(f)(x))).toContain("scale[factor=2.5] a");
  checkGrads(f, [x]);
  checkVmap(f, [x]);
  checkJit(f, [x]);
});

it("throws the errors its rules throw", () => {
  expect(() => scale(np.ones([2]), 0)).toThrow("[CT003]");
  expect(() => jit((x: Tensor) => scale(x, 0))(np.ones([2]))).toThrow("[CT003]");
});
