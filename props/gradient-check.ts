/** The search for a wrong derivative: what checkGrads does, without throwing. */
import { jvp, vjp } from "../src/api/index.js";
import type { AnyFunction } from "../src/api/types.js";
import { isComplex } from "../src/core/dtype.js";
import type { ErrorCode } from "../src/prelude/error-codes.js";
import type { Mismatch } from "../src/prelude/errors.js";
import { keystr } from "../src/tree/index.js";
import {
  type Direction,
  hasTies,
  randomDirection,
  randomVector,
  tiePreserving,
  uniforms,
  unitDirection,
} from "./directions.js";
import {
  distance,
  ends,
  endsText,
  isSum,
  magnitude,
  type Slope,
  slopesAtZero,
  weightedSlope,
} from "./finite-differences.js";
import { argumentName, isDifferentiable, type Leaf, leavesOf, tensorOf, unravel } from "./leaves.js";
import { dot, floatZero, Point, realSize, type Vectors } from "./point.js";

/** Forward mode, or reverse mode. */
export type Mode = "fwd" | "rev";

export interface Plan {
  readonly modes: readonly Mode[];
  readonly order: number;
  readonly seed: number;
  readonly atol: number;
  readonly rtol: number;
  readonly eps: number;
}

export interface GradientProblem {
  readonly code: ErrorCode;
  readonly message: string;
  readonly mismatch: Mismatch;
}

/**
 * The first wrong derivative of `f` at `args`, or null. Without `detailed` it is not located: `mismatch` is that of a
 * direction, which is all that shrinking needs.
 *
 * @param name what messages call the function: `the gradient of f`
 */
export function findProblem(
  f: AnyFunction,
  args: readonly unknown[],
  plan: Plan,
  detailed: boolean,
  name = f.name || "the function",
): GradientProblem | null {
  const check = new Check(f, args, plan, name, detailed);
  const found = check.run();
  if (found || plan.order === 1) return found;
  const next = { ...plan, order: plan.order - 1, seed: plan.seed + 1 };
  for (const mode of plan.modes) {
    const derivative = mode === "fwd" ? forwardDerivative(f, plan.seed + 17) : reverseDerivative(f, plan.seed + 29);
    const of = mode === "fwd" ? "the forward derivative of" : "the gradient of";
    const problem = findProblem(derivative, args, next, detailed, `${of} ${name}`);
    if (problem) return problem;
  }
  return null;
}

/** The function's derivative along one direction, to be differentiated again. */
const forwardDerivative =
  (f: AnyFunction, seed: number): AnyFunction =>
  (...args: unknown[]) => {
    const next = uniforms(seed);
    const { leaves, treedef } = leavesOf(args);
    const tangents = leaves.map((l) => randomLike(l, next));
    return jvp(f, args as never, treedef.unflatten(tangents) as never)[1];
  };

/** The gradient of one weighted sum of the function's results, to be differentiated again. */
const reverseDerivative =
  (f: AnyFunction, seed: number): AnyFunction =>
  (...args: unknown[]) => {
    const [out, pullback] = vjp(f, ...(args as never[]));
    const next = uniforms(seed);
    const { leaves, treedef } = leavesOf(out);
    const grads = pullback(treedef.unflatten(leaves.map((l) => randomLike(l, next))) as never) as readonly unknown[];
    return leavesOf(grads).leaves.flatMap(({ tensor }) => (isDifferentiable(tensor) ? [tensor] : []));
  };

const randomLike = ({ tensor }: Leaf, next: () => number) =>
  isDifferentiable(tensor) ? tensorOf(randomVector(realSize(tensor), next), tensor) : floatZero(tensor);

/** One derivative too far from its slope. */
interface Fault {
  readonly slope: Slope;
  readonly analytic: number;
  /** The result it is a derivative of; null: of a weighted sum of them. */
  readonly result: number | null;
}

/** An element of an argument: the i-th number of the k-th differentiable leaf. */
interface Place {
  readonly k: number;
  readonly i: number;
  /** What is wrong with its partial derivative; null if it is not that alone. */
  readonly fault: Fault | null;
}

/** How often a direction is split before slopes count as those of a derivative. */
const numSplits = 6;

class Check {
  readonly #point: Point;
  readonly #next: () => number;
  #weights: Float64Array | null = null;

  constructor(
    f: AnyFunction,
    args: readonly unknown[],
    private readonly plan: Plan,
    private readonly name: string,
    private readonly detailed: boolean,
  ) {
    this.#point = new Point(f, args);
    this.#next = uniforms(plan.seed);
  }

  run(): GradientProblem | null {
    const { values } = this.#point;
    const directions = [randomDirection(values, this.#next)];
    if (hasTies(values)) directions.push(tiePreserving(values, this.#next));
    for (const direction of directions) {
      const slopes = this.#slopes(direction.whole);
      for (const mode of this.plan.modes) {
        const fault = this.#fault(mode, direction, slopes);
        if (fault) return this.#report(mode, fault);
      }
    }
    return this.plan.modes.length === 2 ? this.#disagreement(directions[0].whole) : null;
  }

  #slopes(direction: Vectors): readonly Slope[] {
    return slopesAtZero(
      (h) => this.#point.along(direction, h),
      this.plan.eps,
      (scale) => this.#allowed(scale),
    );
  }

  #allowed(scale: number): number {
    return this.plan.atol + this.plan.rtol * scale;
  }

  #close({ slope, analytic }: Fault, scale = magnitude(slope)): boolean {
    if (slope.kind === "singular") return true;
    return distance(slope, analytic) <= this.#allowed(Math.max(scale, Math.abs(analytic)));
  }

  #fault(mode: Mode, direction: Direction, slopes: readonly Slope[]): Fault | null {
    const look = (at: readonly Slope[]): Fault | null =>
      mode === "fwd" ? this.#forwardFault(direction.whole, at) : this.#reverseFault(direction.whole, at);
    let at = slopes;
    let fault = look(at);
    for (let n = 0; fault && n < numSplits; n++) {
      at = this.#linear(direction, at);
      fault = look(at);
    }
    return fault;
  }

  /**
   * The slopes of results that have a derivative, or kinks in single elements only. Where several kinks meet, as in the
   * median of equal numbers, slopes along lines do not add up to one, even if each looks smooth.
   */
  #linear(direction: Direction, slopes: readonly Slope[]): readonly Slope[] {
    const [first, second] = direction.split().map((part) => this.#slopes(part));
    return slopes.map((slope, i) =>
      isSum(slope, [first[i], second[i]], (scale) => this.#allowed(scale)) ? slope : { kind: "singular" },
    );
  }

  /** The result whose tangent is furthest off. */
  #forwardFault(direction: Vectors, slopes: readonly Slope[]): Fault | null {
    const tangents = this.#point.forward(direction);
    const faults = slopes.map((slope, result): Fault => ({ slope, analytic: tangents[result], result }));
    return worst(faults.filter((fault) => !this.#close(fault)));
  }

  #reverseFault(direction: Vectors, slopes: readonly Slope[]): Fault | null {
    // Results without a slope here must not hide the others.
    const weights = this.#outWeights().map((w, i) => (slopes[i].kind === "singular" ? 0 : w));
    const fault = this.#alongRows(direction, slopes, weights);
    // Nothing times an infinite derivative is no number.
    if (!Number.isFinite(fault.analytic) && slopes.some((s) => s.kind === "singular")) return null;
    const scale = slopes.reduce((sum, s, i) => sum + Math.abs(weights[i]) * magnitude(s), 0);
    return this.#close(fault, scale) ? null : fault;
  }

  #alongRows(direction: Vectors, slopes: readonly Slope[], weights: Float64Array): Fault {
    const analytic = dot(this.#point.reverse(weights), direction);
    return { slope: weightedSlope(slopes, weights), analytic, result: null };
  }

  /** Forward and reverse mode must agree also where differences say nothing: at kinks and jumps. */
  #disagreement(direction: Vectors): GradientProblem | null {
    const weights = this.#outWeights();
    const forward = dot([this.#point.forward(direction)], [weights]);
    const gradient = this.#point.reverse(weights);
    const reverse = dot(gradient, direction);
    const scale = Math.max(Math.abs(forward), Math.abs(reverse));
    if (!Number.isFinite(scale) || Math.abs(forward - reverse) <= this.#allowed(scale)) return null;
    let worstBy = -1;
    let found: Mismatch = { operand: "all arguments", index: [], numerical: forward, analytic: reverse };
    if (this.detailed) {
      this.#units().forEach(({ unit, k, i }) => {
        const numerical = dot([this.#point.forward(unit.whole)], [weights]);
        const by = Math.abs(numerical - gradient[k][i]);
        if (!(by > worstBy)) return;
        worstBy = by;
        found = { ...this.#locate(k, i), numerical, analytic: gradient[k][i] };
      });
    }
    return {
      code: "CT801",
      message:
        `${this.name}, ${found.operand}, index [${found.index}]: reverse mode gives ${found.analytic}, ` +
        `but forward mode gives ${endsText(found.numerical)}. (${this.#types()})`,
      mismatch: found,
    };
  }

  /** A result alone keeps its scale; several are weighted, so that none can make up for another. */
  #outWeights(): Float64Array {
    const n = this.#point.resultSize;
    this.#weights ??= n === 1 ? Float64Array.of(1) : randomVector(n, this.#next);
    return this.#weights;
  }

  #report(mode: Mode, along: Fault): GradientProblem {
    const at = this.detailed ? (this.#worstElement(mode) ?? this.#tie()) : null;
    const fault = at?.fault ?? along;
    const mismatch: Mismatch = {
      ...(at ? this.#locate(at.k, at.i) : { operand: "all arguments", index: [] }),
      numerical: ends(fault.slope),
      analytic: fault.analytic,
    };
    const mode_ = mode === "fwd" ? "forward" : "reverse";
    return {
      code: "CT800",
      message:
        `${this.name} in ${mode_} mode, ${mismatch.operand}, index [${mismatch.index}]: ` +
        `the derivative of ${this.#resultName(fault.result)} is ${mismatch.analytic}, ` +
        `but finite differences give ${endsText(mismatch.numerical)}. (${this.#types()})`,
      mismatch,
    };
  }

  /** The argument element whose partial derivative is furthest off, and the result it is furthest off for. */
  #worstElement(mode: Mode): Place | null {
    let found: { k: number; i: number; fault: Fault } | null = null;
    for (const { unit, k, i } of this.#units()) {
      const fault = this.#fault(mode, unit, this.#slopes(unit.whole));
      if (fault && (found === null || offBy(fault) > offBy(found.fault))) found = { k, i, fault };
    }
    if (found === null || mode === "fwd") return found;
    const unit = this.#unit(found.k, found.i);
    const slopes = this.#linear(unit, this.#slopes(unit.whole));
    const rows = slopes.flatMap((slope, result): Fault[] => {
      if (slope.kind === "singular") return [];
      return [{ ...this.#alongRows(unit.whole, slopes, oneHot(slopes.length, result)), result }];
    });
    return { ...found, fault: worst(rows.filter((row) => !this.#close(row))) ?? found.fault };
  }

  /** Each partial derivative lies between the sides of its kink, but their sum over ties does not fit. */
  #tie(): Place {
    const seen = new Map<number, Place>();
    for (const [k, values] of this.#point.values.entries()) {
      for (const [i, x] of values.entries()) {
        const first = seen.get(x);
        if (first) return first;
        seen.set(x, { k, i, fault: null });
      }
    }
    return { k: 0, i: 0, fault: null };
  }

  #unit(k: number, i: number): Direction {
    return unitDirection(this.#point.values, k, i, this.#next);
  }

  #units(): { readonly unit: Direction; readonly k: number; readonly i: number }[] {
    return this.#point.values.flatMap((p, k) => Array.from(p, (_, i) => ({ unit: this.#unit(k, i), k, i })));
  }

  #locate(k: number, i: number): { readonly operand: string; readonly index: readonly number[] } {
    const { path, tensor } = this.#point.active[k];
    const element = isComplex(tensor.dtype) ? Math.floor(i / 2) : i;
    return { operand: argumentName(path), index: unravel(element, tensor.shape) };
  }

  #resultName(result: number | null): string {
    if (result === null) return this.#point.resultSize === 1 ? "the result" : "a weighted sum of the results";
    const { path, element, shape } = this.#point.place(result);
    return `result${keystr(path)}${shape.length === 0 ? "" : `, index [${unravel(element, shape)}],`}`;
  }
  #types(): string {
    return this.#point.active.map((l) => `${argumentName(l.path)}: ${l.tensor.aval}`).join(", ");
  }
}

/** How far off a fault is; NaN is furthest. */
function offBy({ slope, analytic }: Fault): number {
  const by = distance(slope, analytic);
  return Number.isNaN(by) ? Number.POSITIVE_INFINITY : by;
}

const worst = (faults: readonly Fault[]): Fault | null =>
  faults.reduce<Fault | null>((a, b) => (a === null || offBy(b) > offBy(a) ? b : a), null);

const oneHot = (length: number, i: number): Float64Array => Float64Array.from({ length }, (_, j) => (j === i ? 1 : 0));
