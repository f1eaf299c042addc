/** Step sizes that satisfy the strong Wolfe conditions, by bracketing and zooming (Nocedal and Wright, algorithms 3.5 and 3.6). */
import { valueAndGrad } from "../../api/grad.js";
import { cond } from "../../control/cond.js";
import { whileLoop } from "../../control/while-loop.js";
import { asTensor } from "../../core/array-like.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { times } from "../scalars.js";
import { needParams } from "../transformation.js";
import {
  mapTensors,
  treeAddScale,
  treeCastLike,
  treeConj,
  treeReal,
  treeVdot,
  treeWhere,
  treeZerosLike,
} from "../trees.js";
import type { ExtraArgs, GradientTransformation } from "../types.js";
import { needExtra } from "./scaling.js";

export interface ZoomOptions {
  readonly maxLinesearchSteps: number;
  readonly maxLearningRate?: number | null | undefined;
  readonly tol?: number | undefined;
  /** How much larger each step of the bracketing is; 2 by default. */
  readonly increaseFactor?: number | undefined;
  /** How much of the decrease that the slope promises must be reached; 1e-4 by default. */
  readonly slopeRtol?: number | undefined;
  /** What the slope may keep of its size; 0.9 by default. */
  readonly curvRtol?: number | undefined;
  /** When values are too close to compare, slopes decide; null: never. */
  readonly approxDecRtol?: number | null | undefined;
  readonly stepsizePrecision?: number | undefined;
  /** The first guess: 1, or the step before. */
  readonly initialGuessStrategy?: "one" | "keep" | undefined;
}
const known = [
  "maxLinesearchSteps",
  "maxLearningRate",
  "tol",
  "increaseFactor",
  "slopeRtol",
  "curvRtol",
  "approxDecRtol",
  "stepsizePrecision",
  "initialGuessStrategy",
];

export interface ZoomState {
  readonly learningRate: Tensor;
  /** The objective at the parameters after the step. */
  readonly value: Tensor;
  /** Its gradient there. */
  readonly grad: unknown;
  readonly info: {
    readonly numLinesearchSteps: Tensor;
    readonly decreaseError: Tensor;
    readonly curvatureError: Tensor;
  };
}

/** A step size with the objective and its slope there. */
interface Place {
  readonly step: Tensor;
  readonly value: Tensor;
  readonly slope: Tensor;
}
interface Search {
  readonly count: Tensor;
  readonly at: Place;
  readonly grad: unknown;
  readonly decreaseError: Tensor;
  readonly curvatureError: Tensor;
  readonly intervalFound: Tensor;
  readonly done: Tensor;
  readonly failed: Tensor;
  readonly low: Place;
  readonly high: Place;
  readonly cubicRef: { readonly step: Tensor; readonly value: Tensor };
  /** The best step that decreases enough, whatever its slope. */
  readonly safe: { readonly step: Tensor; readonly value: Tensor; readonly grad: unknown };
}

const scalar = (x: Tensor): Tensor => p.convert(x, "float32");
const square = (x: Tensor): Tensor => p.mul(x, x);

/** The minimum of the cubic through three values with the slope at the first. */
function cubicMinimum(
  { step: a, value: fa, slope }: Place,
  { step: b, value: fb }: Place,
  c: Tensor,
  fc: Tensor,
): Tensor {
  const [db, dc] = [p.sub(b, a), p.sub(c, a)];
  const denominator = p.mul(square(p.mul(db, dc)), p.sub(db, dc));
  const vb = p.sub(p.sub(fb, fa), p.mul(slope, db));
  const vc = p.sub(p.sub(fc, fa), p.mul(slope, dc));
  const A = p.div(p.sub(p.mul(square(dc), vb), p.mul(square(db), vc)), denominator);
  const B = p.div(p.sub(p.mul(p.integerPow(db, 3), vc), p.mul(p.integerPow(dc, 3), vb)), denominator);
  const radical = p.sub(square(B), p.mul(p.mul(3, A), slope));
  return p.add(a, p.div(p.sub(p.sqrt(radical), B), p.mul(3, A)));
}

/** The minimum of the parabola through two values with the slope at the first. */
function quadraticMinimum({ step: a, value: fa, slope }: Place, { step: b, value: fb }: Place): Tensor {
  const db = p.sub(b, a);
  const B = p.div(p.sub(p.sub(fb, fa), p.mul(slope, db)), square(db));
  return p.sub(a, p.div(slope, p.mul(2, B)));
}

/** The zoom line search as a step function over searches. */
function searcher(options: ZoomOptions, start: Place, evaluate: (step: Tensor) => Place & { grad: unknown }) {
  const { maxLinesearchSteps, maxLearningRate = null, tol = 0, increaseFactor = 2, slopeRtol = 1e-4 } = options;
  const { curvRtol = 0.9, approxDecRtol = 1e-6, stepsizePrecision = 1e-5 } = options;
  const { value: value0, slope: slope0 } = start;
  const orInfinity = (x: Tensor): Tensor => p.select(p.ne(x, x), p.fullLike(x, Number.POSITIVE_INFINITY), p.max(x, 0));

  const decreaseErrorOf = ({ step, value, slope }: Place): Tensor => {
    const exact = p.sub(p.sub(value, value0), p.mul(p.mul(slopeRtol, step), slope0));
    if (approxDecRtol === null) return orInfinity(exact);
    const bySlope = p.sub(slope, p.mul(2 * slopeRtol - 1, slope0));
    const close = p.sub(p.sub(value, value0), p.mul(approxDecRtol, p.abs(value0)));
    return orInfinity(p.min(p.max(bySlope, close), exact));
  };
  const curvatureErrorOf = ({ slope }: Place): Tensor =>
    orInfinity(p.sub(p.abs(slope), p.mul(curvRtol, p.abs(slope0))));
  const outOfSteps = (count: Tensor): Tensor => p.ge(p.add(count, 1), maxLinesearchSteps);

  const measure = (step: Tensor) => {
    const { grad, ...at } = evaluate(step);
    const [decreaseError, curvatureError] = [decreaseErrorOf(at), curvatureErrorOf(at)];
    const good = p.le(p.max(decreaseError, curvatureError), tol);
    return { at, grad, decreaseError, curvatureError, good };
  };

  const bracket = (s: Search, guess: Tensor): Search => {
    const wanted = p.select(p.eq(s.count, 0), guess, p.mul(increaseFactor, s.at.step));
    const step = maxLearningRate === null ? wanted : p.min(wanted, maxLearningRate);
    const atMost = maxLearningRate === null ? p.full([], false, "bool") : p.ge(wanted, maxLearningRate);
    const { at, grad, decreaseError, curvatureError, good } = measure(step);
    const safe = treeWhere(p.le(decreaseError, tol), { step: at.step, value: at.value, grad }, s.safe);
    const rises = p.bitwiseAnd(p.ge(at.value, s.at.value), p.gt(s.count, 0));
    const highIsNew = p.bitwiseOr(p.gt(decreaseError, 0), rises);
    const lowIsNew = p.bitwiseAnd(p.ge(at.slope, 0), p.bitwiseNot(highIsNew));
    const low = treeWhere(lowIsNew, at, s.at);
    const intervalFound = p.bitwiseOr(p.bitwiseOr(highIsNew, lowIsNew), good);
    const done = p.bitwiseOr(good, p.bitwiseAnd(atMost, p.bitwiseNot(intervalFound)));
    return {
      count: p.add(s.count, 1),
      at,
      grad,
      decreaseError,
      curvatureError,
      intervalFound,
      done,
      failed: p.bitwiseAnd(outOfSteps(s.count), p.bitwiseNot(done)),
      low,
      high: treeWhere(lowIsNew, s.at, at),
      cubicRef: { step: low.step, value: low.value },
      safe,
    };
  };

  const zoom = (s: Search): Search => {
    const { low, high } = s;
    const width = p.abs(p.sub(high.step, low.step));
    const [left, right] = [p.min(high.step, low.step), p.max(high.step, low.step)];
    const within = (x: Tensor, margin: number): Tensor => {
      const m = p.mul(margin, width);
      return p.bitwiseAnd(p.gt(x, p.add(left, m)), p.lt(x, p.sub(right, m)));
    };
    const cubic = cubicMinimum(low, high, s.cubicRef.step, s.cubicRef.value);
    const quadratic = quadraticMinimum(low, high);
    const otherwise = p.select(within(quadratic, 0.1), quadratic, p.div(p.add(low.step, high.step), 2));
    const { at, grad, decreaseError, curvatureError, good } = measure(p.select(within(cubic, 0.2), cubic, otherwise));

    const better = p.bitwiseAnd(p.le(decreaseError, tol), p.lt(at.value, s.safe.value));
    const safe = treeWhere(better, { step: at.step, value: at.value, grad }, s.safe);
    const highIsMiddle = p.bitwiseOr(p.gt(decreaseError, 0), p.ge(at.value, low.value));
    const turns = p.ge(p.mul(at.slope, p.sub(high.step, low.step)), 0);
    const highIsLow = p.bitwiseAnd(turns, p.bitwiseNot(highIsMiddle));
    const tooNarrow = p.bitwiseAnd(p.le(width, stepsizePrecision), p.gt(safe.step, 0));
    const cubicRef = treeWhere(
      p.bitwiseOr(highIsMiddle, highIsLow),
      { step: high.step, value: high.value },
      { step: low.step, value: low.value },
    );
    return {
      count: p.add(s.count, 1),
      at,
      grad,
      decreaseError,
      curvatureError,
      intervalFound: s.intervalFound,
      done: good,
      failed: p.bitwiseAnd(p.bitwiseOr(outOfSteps(s.count), tooNarrow), p.bitwiseNot(good)),
      low: treeWhere(highIsMiddle, low, at),
      high: treeWhere(highIsLow, low, treeWhere(highIsMiddle, at, high)),
      cubicRef,
      safe,
    };
  };

  /** Falls back on the best step that decreased enough, or on none where the objective has no value. */
  const settle = (s: Search): Search => {
    const outside = p.eq(s.decreaseError, Number.POSITIVE_INFINITY);
    const useSafe = p.bitwiseAnd(s.failed, p.bitwiseOr(p.gt(s.safe.step, 0), outside));
    const { step, value, grad } = treeWhere(useSafe, s.safe, { step: s.at.step, value: s.at.value, grad: s.grad });
    return { ...s, at: { ...s.at, step, value }, grad };
  };

  return (s: Search, guess: Tensor): Search =>
    settle(
      cond(
        s.intervalFound,
        () => zoom(s) as never,
        () => bracket(s, guess) as never,
      ) as unknown as Search,
    );
}

type Both = (x: unknown) => [value: Tensor, grad: unknown];

const infinity = (): Tensor => p.full([], Number.POSITIVE_INFINITY, "float32");
const no = (): Tensor => p.full([], false, "bool");

/**
 * Scales the updates by a step after which the objective has decreased enough and its slope is small enough. `update`
 * needs `value`, `grad` and `valueFn`.
 * @throws TransformError CT420, CT422 without what it needs
 * @example
 * const tx = optim.chain(optim.sgd(1), optim.scaleByZoomLinesearch({ maxLinesearchSteps: 15 }));
 */
export function scaleByZoomLinesearch(options: ZoomOptions): GradientTransformation<ZoomState> {
  const fn = "scaleByZoomLinesearch";
  checkOptions(`optim.${fn}`, options, known);
  const { initialGuessStrategy = "keep" } = options;
  if (initialGuessStrategy !== "one" && initialGuessStrategy !== "keep") {
    throw new ArgumentError(
      "CT004",
      `optim.${fn}: initialGuessStrategy is '${String(initialGuessStrategy)}'. Use 'one' or 'keep'.`,
    );
  }
  return {
    init: (params) => ({
      learningRate: p.full([], 1, "float32"),
      value: infinity(),
      grad: treeZerosLike(params),
      info: { numLinesearchSteps: p.full([], 0, "int32"), decreaseError: infinity(), curvatureError: infinity() },
    }),
    update<U>(updates: U, state: ZoomState, params?: unknown, extra: ExtraArgs = {}): [U, ZoomState] {
      needParams(fn, params);
      const value = scalar(asTensor(needExtra(fn, "value", extra.value), fn));
      const grad = needExtra(fn, "grad", extra.grad);
      const valueFn = needExtra(fn, "valueFn", extra.valueFn) as (x: unknown) => Tensor;
      const both = valueAndGrad((x: unknown) => asTensor(valueFn(x), fn)) as unknown as Both;
      const evaluate = (step: Tensor): Place & { grad: unknown } => {
        const [v, g] = both(treeAddScale(params, step, updates));
        return {
          step,
          value: scalar(v),
          slope: scalar(treeReal(treeVdot(treeConj(g), updates))),
          grad: treeCastLike(g, grad),
        };
      };
      const zero = p.full([], 0, "float32");
      const start: Place = { step: zero, value, slope: scalar(treeReal(treeVdot(updates, grad))) };
      const step = searcher(options, start, evaluate);
      const guess = initialGuessStrategy === "one" ? p.full([], 1, "float32") : state.learningRate;
      const first: Search = {
        count: p.full([], 0, "int32"),
        at: start,
        grad,
        decreaseError: infinity(),
        curvatureError: infinity(),
        intervalFound: no(),
        done: no(),
        failed: no(),
        low: start,
        high: start,
        cubicRef: { step: zero, value },
        safe: { step: zero, value, grad },
      };
      const going = (s: Search): Tensor => p.bitwiseNot(p.bitwiseOr(s.done, s.failed));
      const found = whileLoop(
        going as never,
        ((s: Search) => step(s, guess)) as never,
        first as never,
      ) as unknown as Search;
      return [
        mapTensors((g) => times(found.at.step, g), updates),
        {
          learningRate: found.at.step,
          value: found.at.value,
          grad: found.grad,
          info: {
            numLinesearchSteps: found.count,
            decreaseError: found.decreaseError,
            curvatureError: found.curvatureError,
          },
        },
      ];
    },
  };
}
