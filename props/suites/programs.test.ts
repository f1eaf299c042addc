/** Random programs: every two ways to run or differentiate one agree. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grad, jit, jvp, makeJaxpr, vjp, vmap } from "../../src/api/index.js";
import { defaultDevice } from "../../src/core/devices.js";
import type { Tensor } from "../../src/core/tensor.js";
import { checkJaxpr, lowerProgram } from "../../src/interpreters/index.js";
import { range } from "../../src/prelude/numbers.js";
import * as p from "../../src/primitives/index.js";
import { parseModuleOrThrow, printModule, verify } from "../../xla-like/index.js";
import { type Program, program } from "../arbitraries/program.js";
import { checkGrads } from "../check-grads.js";
import { checkJit } from "../check-jit.js";
import { checkVmap } from "../check-vmap.js";
import { compareTrees } from "../compare.js";
import { uniforms } from "../directions.js";
import { widen } from "../leaves.js";
import { randomLike } from "./cases.js";

/** Fewer where every program is compiled to machine code first; devices.test.ts has more of those. */
const share = defaultDevice().kind === "reference" ? 1 : 1 / 3;
/** Double precision: orders of summation differ, and derivatives grow. */
const close = { atol: 1e-9, rtol: 1e-9 };

function forEachProgram(check: (f: Program["f"], args: Tensor[]) => void, runs = 300): void {
  fc.assert(
    fc.property(program(), ({ f, args }) => check(f, args.map(widen))),
    { numRuns: Math.ceil(runs * share), seed: 2024 },
  );
}

const sameTrees = (got: unknown, want: unknown): void =>
  expect(compareTrees(got, want, close)?.message).toBeUndefined();

/** A number that depends on every element of the result, on each differently. */
const lossOf =
  (f: Program["f"]) =>
  (...xs: Tensor[]): Tensor => {
    const y = f(...xs);
    const weights = p.add(p.cos(p.convert(p.iota("int32", [y.size], 0), "float64")), 2);
    return p.reduceSum(p.mul(p.reshape(y, [y.size]), weights), [0]);
  };

describe("random programs", () => {
  it("compile to what they evaluate to", () => forEachProgram((f, args) => checkJit(f, args, close)));

  it("map as loops do", () => forEachProgram((f, args) => checkVmap(f, args, { ...close, size: 2 }), 150));

  it("have one gradient, compiled before, after, or not at all", () =>
    forEachProgram((f, args) => {
      const argnums = range(args.length);
      const loss = lossOf(f);
      const want = grad(loss, { argnums })(...args);
      sameTrees(grad(jit(loss), { argnums })(...args), want);
      sameTrees(jit(grad(loss, { argnums }))(...args), want);
    }));

  it("have gradients that map as loops do", () =>
    forEachProgram((f, args) => {
      const argnums = range(args.length);
      checkVmap(grad(lossOf(f), { argnums }), args, { ...close, size: 2 });
    }, 60));

  it("have transposed derivatives: ⟨ct, J t⟩ = ⟨Jᵀ ct, t⟩", () =>
    forEachProgram((f, args) => {
      const next = uniforms(1);
      const tangents = args.map((x) => randomLike(x, next));
      const [out, pushed] = jvp(f, args, tangents);
      const ct = randomLike(out, next);
      const [, pullback] = vjp(f, ...args);
      const inner = (x: Tensor, y: Tensor): number => Number(p.reduceSum(p.mul(x, y), range(x.ndim)).item());
      const left = inner(ct, pushed);
      const right = pullback(ct).reduce((sum, g, i) => sum + inner(g as Tensor, tangents[i]), 0);
      expect(Math.abs(left - right)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(left)));
    }));

  it("have symmetric second derivatives: forward over reverse is reverse over forward", () =>
    forEachProgram((f, args) => {
      const next = uniforms(2);
      const argnums = range(args.length);
      const loss = lossOf(f);
      const tangents = args.map((x) => randomLike(x, next));
      const gradient = (...xs: Tensor[]) => grad(loss, { argnums })(...xs);
      const forwardReverse = jvp(gradient, args, tangents)[1];
      const reverseForward = grad((...xs: Tensor[]) => jvp(loss, xs, tangents)[1], { argnums })(...args);
      expect(compareTrees(forwardReverse, reverseForward, { atol: 1e-7, rtol: 1e-7 })?.message).toBeUndefined();
    }, 150));

  it("have the derivatives of finite differences", () =>
    forEachProgram((f, args) => checkGrads(f, args, { order: 1 })));

  it("are well typed under every transform, and lower to modules that verify and read back", () =>
    forEachProgram((f, args) => {
      const argnums = range(args.length);
      const transforms = [f, grad(lossOf(f), { argnums }), vmap(f, { axisSize: 2, inAxes: null }), jit(f)];
      for (const g of transforms) {
        const closed = makeJaxpr(g as Program["f"])(...args);
        checkJaxpr(closed);
        const { module } = lowerProgram(closed, "program");
        verify(module);
        const text = printModule(module);
        expect(printModule(parseModuleOrThrow(text))).toBe(text);
      }
    }, 100));
});
