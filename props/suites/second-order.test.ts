/** Second derivatives: forward over forward against differences, every other composition against it; symmetric Hessians. */
import { describe, expect, it } from "vitest";
import { grad, jvp } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import { CotangentError } from "../../src/prelude/errors.js";
import { range } from "../../src/prelude/numbers.js";
import * as p from "../../src/primitives/index.js";
import { uniforms } from "../directions.js";
import { findProblem } from "../gradient-check.js";
import { numbersOf } from "../leaves.js";
import { allCases, byName, differentiable, forEachCase, randomLike } from "./cases.js";

const plan = { order: 1, seed: 1, modes: ["fwd"], atol: 1e-7, rtol: 1e-6, eps: 2 ** -8 } as const;

/** Primitives whose derivatives use functions that have no derivative themselves. */
const onceOnly = ["eig", "igamma", "igammac"];

describe("second derivatives", () => {
  it.each(byName())("%s", (name, cases) => {
    let refused = false;
    forEachCase(cases, (c) => {
      const point = differentiable(c, 3);
      if (!point) return;
      try {
        if (c.modes) expect(findProblem(point.f, point.args, { ...plan, order: 2, modes: c.modes }, true)).toBeNull();
        else checkHessian(point.f, point.args);
      } catch (error) {
        // No known derivative of a derivative.
        if (!(error instanceof CotangentError) || error.code !== "CT331") throw error;
        refused = true;
      }
    });
    expect(refused).toBe(onceOnly.includes(name));
  });
});

function checkHessian(f: (...xs: Tensor[]) => Tensor[], args: readonly Tensor[]): void {
  const next = uniforms(7);
  const [u, v] = [1, 2].map(() => args.map((x) => randomLike(x, next)));
  const weights = f(...args).map((x) => randomLike(x, next));
  /** A real number made of all results. */
  const loss = (...xs: Tensor[]): Tensor =>
    f(...xs)
      .map((y, i) => total(p.mul(y, weights[i])))
      .reduce((a, b) => p.add(a, b));
  const along =
    (t: readonly Tensor[]) =>
    (...xs: Tensor[]): Tensor =>
      jvp(loss, xs, [...t])[1];
  const argnums = range(args.length);
  const gradient = (...xs: Tensor[]): Tensor[] => grad(loss, { argnums })(...xs) as Tensor[];

  expect(findProblem(along(u), args, plan, true)).toBeNull();
  const forwardForward = item(jvp(along(u), [...args], [...v])[1]);
  const forwardReverse = pair(jvp(gradient, [...args], [...v])[1] as Tensor[], u);
  const reversed = pair(jvp(gradient, [...args], [...u])[1] as Tensor[], v);
  const reverseForward = pair(grad(along(u), { argnums })(...args) as Tensor[], v);
  const reverseReverse = pair(
    grad((...xs: Tensor[]) => inner(gradient(...xs), u), { argnums })(...args) as Tensor[],
    v,
  );
  const scale = Math.max(1, Math.abs(forwardForward));
  const close = (x: number): boolean => Math.abs(x - forwardForward) <= 1e-9 * scale;
  expect({ forwardReverse, reversed, reverseForward, reverseReverse }).toSatisfy(
    (found: Record<string, number>) => Object.values(found).every(close),
    `all must be ${forwardForward}`,
  );
}

const total = (x: Tensor): Tensor => p.reduceSum(x.dtype === "complex128" ? p.real(x) : x, range(x.ndim));
const inner = (xs: readonly Tensor[], ys: readonly Tensor[]): Tensor =>
  xs.map((x, i) => total(p.mul(x, ys[i]))).reduce((a, b) => p.add(a, b));
const item = (x: Tensor): number => numbersOf(x)[0];
const pair = (xs: readonly Tensor[], ys: readonly Tensor[]): number => item(inner(xs, ys));

it("differentiates what it claims to", () => {
  const count = allCases.filter((c) => differentiable(c, 3) !== null).length;
  expect(count).toBeGreaterThan(300);
});
