import { jvp, vjp } from "../src/api/index.js";
import type { AnyFunction } from "../src/api/types.js";
import { isComplex } from "../src/core/dtype.js";
import type { Tensor } from "../src/core/tensor.js";
import { ArgumentError, GradientCheckError, type Mismatch } from "../src/prelude/errors.js";
import { checkOptions } from "../src/prelude/options.js";
import { hasTies, randomVector, tiePreserving, uniforms } from "./directions.js";
import { distance, type Slope, slopeAtZero, slopeText } from "./finite-differences.js";
import { argumentName, isDifferentiable, type Leaf, leavesOf, numbersOf, tensorOf, unravel, widen } from "./leaves.js";

export type Mode = "fwd" | "rev";

export interface CheckGradsOptions {
  /** How often the function is differentiated: 2 checks the derivative of the derivative too. */
  readonly order?: number;
  readonly modes?: readonly Mode[];
  /** The absolute error allowed. */
  readonly atol?: number;
  /** The error allowed relative to the derivative. */
  readonly rtol?: number;
  /** The largest step of the differences. */
  readonly eps?: number;
  /** Chooses the directions. */
  readonly seed?: number;
}

interface Tolerances {
  readonly atol: number;
  readonly rtol: number;
  readonly eps: number;
}

const optionNames = ["order", "modes", "atol", "rtol", "eps", "seed"];

/**
 * Checks the derivatives of `f` at `args` against finite differences, in double precision, and forward against reverse
 * mode. At kinks any value between the one-sided derivatives will do; ties are also checked along directions that
 * keep them, where a wrong rule cannot hide.
 *
 * @param args the arguments of `f`, as a list; floating-point tensors are widened to float64
 * @throws GradientCheckError CT800 or CT801, whose `mismatch` gives operand, index, numerical and analytic value
 * @example
 * checkGrads((x: Tensor) => np.sin(x).mul(x), [np.array([0.5, 2])]);
 */
export function checkGrads(f: AnyFunction, args: readonly unknown[], options: CheckGradsOptions = {}): void {
  checkOptions("checkGrads", options, optionNames);
  const { order = 2, modes = ["fwd", "rev"], atol = 1e-6, rtol = 1e-5, eps = 2 ** -8, seed = 0 } = options;
  if (!Number.isInteger(order) || order < 1) {
    throw new ArgumentError("CT003", `checkGrads: order must be a positive integer, but it is ${order}.`);
  }
  const { leaves, treedef } = leavesOf(args);
  if (!leaves.some((l) => isDifferentiable(l.tensor))) {
    throw new ArgumentError(
      "CT804",
      "checkGrads: none of the arguments has a floating-point or complex tensor to differentiate with respect to.",
    );
  }
  const wide = treedef.unflatten(leaves.map((l) => widen(l.tensor))) as unknown[];
  checkOrder(f, wide, { modes, order, seed, tolerances: { atol, rtol, eps } }, "");
}

interface Plan {
  readonly modes: readonly Mode[];
  readonly order: number;
  readonly seed: number;
  readonly tolerances: Tolerances;
}

function checkOrder(f: AnyFunction, args: readonly unknown[], plan: Plan, of: string): void {
  const check = new Check(f, args, plan, of);
  for (const mode of plan.modes) check.run(mode);
  if (plan.order === 1) return;
  const next = { ...plan, order: plan.order - 1, seed: plan.seed + 1 };
  if (plan.modes.includes("fwd")) checkOrder(check.forwardDerivative, args, next, `${of}the forward derivative of `);
  if (plan.modes.includes("rev")) checkOrder(check.reverseDerivative, args, next, `${of}the gradient of `);
}

/** One function at one point, its results weighted into a single number. */
class Check {
  readonly #leaves: readonly Leaf[];
  /** The arguments' numbers that can be varied, by leaf. */
  readonly #points: readonly Float64Array[];
  readonly #active: readonly Leaf[];
  readonly #rebuild: (vectors: readonly Float64Array[]) => unknown[];
  readonly #next: () => number;
  #weights: readonly Float64Array[] | null = null;

  constructor(
    private readonly f: AnyFunction,
    private readonly args: readonly unknown[],
    private readonly plan: Plan,
    private readonly of: string,
  ) {
    const { leaves, treedef } = leavesOf(args);
    this.#leaves = leaves;
    this.#active = leaves.filter((l) => isDifferentiable(l.tensor));
    this.#points = this.#active.map((l) => numbersOf(l.tensor));
    this.#next = uniforms(plan.seed);
    this.#rebuild = (vectors) => {
      let k = 0;
      return treedef.unflatten(
        leaves.map((l) => (isDifferentiable(l.tensor) ? tensorOf(vectors[k++], l.tensor) : l.tensor)),
      ) as unknown[];
    };
  }

  run(mode: Mode): void {
    const directions: Float64Array[][] = [this.#points.map((p) => randomVector(p.length, this.#next))];
    if (hasTies(this.#points)) directions.push(tiePreserving(this.#points, this.#next));
    const gradient = mode === "rev" ? this.#gradient() : null;
    for (const direction of directions) {
      const analytic = gradient ? dot(gradient, direction) : this.#forward(direction);
      const slope = this.#slope(direction);
      if (this.#close(slope, analytic)) continue;
      this.#fail(mode, this.#worstElement(gradient) ?? this.#alongTies(slope, analytic));
    }
  }

  readonly forwardDerivative = (...args: unknown[]): unknown => {
    const next = uniforms(this.plan.seed + 17);
    const { leaves, treedef } = leavesOf(args);
    const tangents = leaves.map(({ tensor }) =>
      isDifferentiable(tensor) ? tensorOf(randomVector(realSize(tensor), next), tensor) : floatZero(tensor),
    );
    return jvp(this.f, args as never, treedef.unflatten(tangents) as never)[1];
  };

  readonly reverseDerivative = (...args: unknown[]): unknown => {
    const [out, pullback] = vjp(this.f, ...(args as never[]));
    const next = uniforms(this.plan.seed + 29);
    const { leaves, treedef } = leavesOf(out);
    const cts = leaves.map(({ tensor }) =>
      isDifferentiable(tensor) ? tensorOf(randomVector(realSize(tensor), next), tensor) : floatZero(tensor),
    );
    const grads = pullback(treedef.unflatten(cts) as never) as readonly unknown[];
    return leavesOf(grads).leaves.flatMap(({ tensor }) => (tensor.dtype === "float0" ? [] : [tensor]));
  };

  /** The results' weighted sum with the arguments moved by h along a direction. */
  #value(direction: readonly Float64Array[], h: number): number {
    const moved = this.#points.map((p, k) => p.map((x, i) => x + h * direction[k][i]));
    return this.#weigh(this.f(...this.#rebuild(moved)));
  }

  #weigh(out: unknown): number {
    const results = leavesOf(out).leaves.filter((l) => isDifferentiable(l.tensor));
    this.#weights ??= results.map((l) => randomVector(realSize(l.tensor), this.#next));
    const weights = this.#weights;
    // The real part of Σ w·f, without conjugation: what a cotangent of w means.
    return results.reduce((sum, l, k) => sum + pairing(numbersOf(l.tensor), weights[k], isComplex(l.tensor.dtype)), 0);
  }

  #slope(direction: readonly Float64Array[]): Slope {
    const { eps } = this.plan.tolerances;
    return slopeAtZero(
      (h) => this.#value(direction, h),
      eps,
      (scale) => this.#allowed(scale),
    );
  }

  #allowed(scale: number): number {
    const { atol, rtol } = this.plan.tolerances;
    return atol + rtol * scale;
  }

  #close(slope: Slope, analytic: number): boolean {
    const scale = slope.kind === "smooth" ? Math.abs(slope.value) : Math.max(Math.abs(slope.low), Math.abs(slope.high));
    return distance(slope, analytic) <= this.#allowed(Math.max(scale, Math.abs(analytic)));
  }

  #forward(direction: readonly Float64Array[]): number {
    let k = 0;
    const { treedef } = leavesOf(this.args);
    const tangents = this.#leaves.map(({ tensor }) =>
      isDifferentiable(tensor) ? tensorOf(direction[k++], tensor) : floatZero(tensor),
    );
    return this.#weigh(jvp(this.f, this.args as never, treedef.unflatten(tangents) as never)[1]);
  }

  /** The gradient of the weighted sum, by leaf, such that its plain dot product with a direction is the slope. */
  #gradient(): Float64Array[] {
    const [out, pullback] = vjp(this.f, ...(this.args as never[]));
    this.#weigh(out);
    const { leaves, treedef } = leavesOf(out);
    let k = 0;
    const weights = this.#weights as readonly Float64Array[];
    const cts = leaves.map(({ tensor }) =>
      isDifferentiable(tensor) ? tensorOf(weights[k++], tensor) : floatZero(tensor),
    );
    const grads = leavesOf(pullback(treedef.unflatten(cts) as never)).leaves;
    return this.#leaves.flatMap(({ tensor }, i) => {
      if (!isDifferentiable(tensor)) return [];
      const g = numbersOf(grads[i].tensor);
      // Re(ct·d) = Re ct·Re d - Im ct·Im d.
      return [isComplex(tensor.dtype) ? g.map((x, j) => (j % 2 === 1 ? -x : x)) : g];
    });
  }

  /** The element whose partial derivative is furthest off, if one is. */
  #worstElement(gradient: readonly Float64Array[] | null): Mismatch | null {
    let worst: Mismatch | null = null;
    let worstBy = 0;
    this.#active.forEach((leaf, k) => {
      for (let i = 0; i < this.#points[k].length; i++) {
        const unit = this.#points.map((p) => new Float64Array(p.length));
        unit[k][i] = 1;
        const analytic = gradient ? gradient[k][i] : this.#forward(unit);
        const slope = this.#slope(unit);
        const by = distance(slope, analytic);
        if (this.#close(slope, analytic) || !(by > worstBy || Number.isNaN(by))) continue;
        worstBy = Number.isNaN(by) ? Number.POSITIVE_INFINITY : by;
        worst = mismatch(leaf, i, slope, analytic);
      }
    });
    return worst;
  }

  /** Each partial derivative lies between the sides of its kink, but their sum over ties does not fit. */
  #alongTies(slope: Slope, analytic: number): Mismatch {
    const seen = new Map<number, [number, number]>();
    for (let k = 0; k < this.#points.length; k++) {
      for (let i = 0; i < this.#points[k].length; i++) {
        const first = seen.get(this.#points[k][i]);
        if (first) return mismatch(this.#active[first[0]], first[1], slope, analytic);
        seen.set(this.#points[k][i], [k, i]);
      }
    }
    return mismatch(this.#active[0], 0, slope, analytic);
  }

  #fail(mode: Mode, found: Mismatch): never {
    const { operand, index, numerical, analytic } = found;
    const shapes = this.#active.map((l) => `${argumentName(l.path)}: ${l.tensor.aval}`).join(", ");
    const how = mode === "fwd" ? "forward" : "reverse";
    throw new GradientCheckError(
      "CT800",
      `checkGrads: ${this.of}${this.f.name || "the function"} in ${how} mode, ${operand}, index [${index}]: the derivative is ${analytic}, ` +
        `but finite differences give ${typeof numerical === "number" ? numerical : slopeText({ kind: "kink", low: numerical[0], high: numerical[1] })}. ` +
        `(${shapes})`,
      found,
    );
  }
}

const realSize = (x: Tensor): number => x.size * (isComplex(x.dtype) ? 2 : 1);
const floatZero = (x: Tensor): Tensor => tensorOf(new Float64Array(0), { shape: x.shape, dtype: "float0" });

function pairing(x: Float64Array, w: Float64Array, complex: boolean): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += complex && i % 2 === 1 ? -x[i] * w[i] : x[i] * w[i];
  return sum;
}

const dot = (a: readonly Float64Array[], b: readonly Float64Array[]): number =>
  a.reduce((sum, v, k) => sum + v.reduce((s, x, i) => s + x * b[k][i], 0), 0);

function mismatch({ path, tensor }: Leaf, i: number, slope: Slope, analytic: number): Mismatch {
  const element = isComplex(tensor.dtype) ? Math.floor(i / 2) : i;
  return {
    operand: argumentName(path),
    index: unravel(element, tensor.shape),
    numerical: slope.kind === "smooth" ? slope.value : [slope.low, slope.high],
    analytic,
  };
}
