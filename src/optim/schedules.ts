/** Learning rates and other hyperparameters as functions of the step. */
import { type ArrayLike, asTensor } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import type { Schedule } from "./types.js";

/** A schedule made here takes numbers too, and always gives a float32 scalar. */
export type MadeSchedule = (step: ArrayLike) => Tensor;

const made =
  (f: (step: Tensor) => Tensor): MadeSchedule =>
  (step) =>
    f(p.convert(asTensor(step, "optim: a schedule's step"), "float32"));

const evaluate = (schedule: Schedule | MadeSchedule, step: Tensor): Tensor =>
  p.convert(asTensor(schedule(step), "optim: a schedule's value"), "float32");

function positive(fn: string, name: string, value: number): void {
  if (value > 0) return;
  throw new ArgumentError("CT004", `optim.${fn}: ${name} is ${value}, but it must be positive.`);
}

/** The same value at every step. */
export const constantSchedule = (value: number): MadeSchedule => made((step) => p.fullLike(step, value));

export interface TransitionOptions {
  /** The step at which the change begins; 0 by default. */
  readonly transitionBegin?: number | undefined;
}

/**
 * From initValue to endValue along (1 - step / transitionSteps)^power.
 * @example optim.polynomialSchedule(1, 0, 2, 100)(50).item(); // 0.25
 */
export function polynomialSchedule(
  initValue: number,
  endValue: number,
  power: number,
  transitionSteps: number,
  options: TransitionOptions = {},
): MadeSchedule {
  checkOptions("optim.polynomialSchedule", options, ["transitionBegin"]);
  if (!(transitionSteps > 0)) return constantSchedule(initValue);
  const begin = Math.max(options.transitionBegin ?? 0, 0);
  return made((step) => {
    const at = p.clamp(0, p.sub(step, begin), transitionSteps);
    const left = p.sub(1, p.div(at, transitionSteps));
    return p.add(p.mul(initValue - endValue, power === 1 ? left : p.pow(left, power)), endValue);
  });
}

/** From initValue to endValue in a straight line. */
export const linearSchedule = (
  initValue: number,
  endValue: number,
  transitionSteps: number,
  options: TransitionOptions = {},
): MadeSchedule => polynomialSchedule(initValue, endValue, 1, transitionSteps, options);

/** Steps and the factors that apply from there on. */
export type BoundariesAndScales = Readonly<Record<number, number>> | ReadonlyMap<number, number>;

function sortedScales(fn: string, given: BoundariesAndScales | undefined): [boundary: number, scale: number][] {
  const pairs: (readonly [unknown, number])[] =
    given === undefined ? [] : given instanceof Map ? [...given] : Object.entries(given);
  const sorted = pairs.map(([b, s]): [number, number] => [Number(b), s]).sort((x, y) => x[0] - y[0]);
  const wrong = sorted.find(([b, s]) => !Number.isInteger(b) || !(s >= 0));
  if (wrong === undefined) return sorted;
  throw new ArgumentError(
    "CT004",
    `optim.${fn}: at step ${wrong[0]} the scale is ${wrong[1]}. Steps must be whole numbers, and scales at least 0.`,
  );
}

/**
 * initValue, multiplied by a factor at each boundary.
 * @example optim.piecewiseConstantSchedule(1, { 5: 0.5, 10: 0.1 });
 */
export function piecewiseConstantSchedule(initValue: number, boundariesAndScales?: BoundariesAndScales): MadeSchedule {
  const scales = sortedScales("piecewiseConstantSchedule", boundariesAndScales);
  return made((step) =>
    scales.reduce(
      (value, [boundary, scale]) => {
        const before = p.max(0, p.sign(p.sub(boundary, step)));
        return p.add(p.mul(value, before), p.mul(p.mul(p.sub(1, before), scale), value));
      },
      p.fullLike(step, initValue),
    ),
  );
}

export interface ExponentialDecayOptions extends TransitionOptions {
  /** Whether the rate changes only every transitionSteps. */
  readonly staircase?: boolean | undefined;
  /** The value at which the decay (or growth) ends. */
  readonly endValue?: number | undefined;
}

/**
 * initValue · decayRate^(step / transitionSteps).
 * @example optim.exponentialDecay(1, 10, 0.5)(20).item(); // 0.25
 */
export function exponentialDecay(
  initValue: number,
  transitionSteps: number,
  decayRate: number,
  options: ExponentialDecayOptions = {},
): MadeSchedule {
  checkOptions("optim.exponentialDecay", options, ["transitionBegin", "staircase", "endValue"]);
  if (!(transitionSteps > 0) || decayRate === 0) return constantSchedule(initValue);
  const { staircase = false, endValue } = options;
  const begin = Math.max(options.transitionBegin ?? 0, 0);
  return made((step) => {
    const at = p.sub(step, begin);
    const exact = p.div(at, transitionSteps);
    const exponent = staircase ? p.floor(exact) : exact;
    const decayed = p.mul(initValue, p.pow(p.fullLike(exponent, decayRate), exponent));
    const value = p.select(p.le(at, 0), p.fullLike(decayed, initValue), decayed);
    if (endValue === undefined) return value;
    return decayRate < 1 ? p.max(value, endValue) : p.min(value, endValue);
  });
}

export interface CosineDecayOptions {
  /** The fraction of initValue that is left at the end; 0 by default. */
  readonly alpha?: number | undefined;
  readonly exponent?: number | undefined;
}

/** Half a cosine wave from initValue down to alpha times it (Loshchilov and Hutter, 2016). */
export function cosineDecaySchedule(
  initValue: number,
  decaySteps: number,
  options: CosineDecayOptions = {},
): MadeSchedule {
  checkOptions("optim.cosineDecaySchedule", options, ["alpha", "exponent"]);
  positive("cosineDecaySchedule", "decaySteps", decaySteps);
  const { alpha = 0, exponent = 1 } = options;
  return made((step) => {
    const at = p.min(step, decaySteps);
    const wave = p.mul(0.5, p.add(1, p.cos(p.div(p.mul(Math.PI, at), decaySteps))));
    const shaped = exponent === 1 ? wave : p.pow(wave, exponent);
    return p.mul(initValue, p.add(p.mul(1 - alpha, shaped), alpha));
  });
}

/**
 * Values reached at boundaries, each the one before times a scale, and interpolated between.
 * @param kind `"linear"` or `"cosine"`
 */
export function piecewiseInterpolateSchedule(
  kind: "linear" | "cosine",
  initValue: number,
  boundariesAndScales?: BoundariesAndScales,
): MadeSchedule {
  const fn = "piecewiseInterpolateSchedule";
  if (kind !== "linear" && kind !== "cosine") {
    throw new ArgumentError("CT004", `optim.${fn}: kind is '${String(kind)}'. Use 'linear' or 'cosine'.`);
  }
  const scales = sortedScales(fn, boundariesAndScales);
  const bounds = [0, ...scales.map(([b]) => b)];
  const values = [Math.fround(initValue)];
  for (const [, s] of scales) values.push(Math.fround(values[values.length - 1] * s));
  const between = (start: number, end: number, part: Tensor): Tensor =>
    kind === "linear"
      ? p.add(p.mul(end - start, part), start)
      : p.add(p.mul((start - end) / 2, p.add(p.cos(p.mul(Math.PI, part)), 1)), end);
  return made((step) => {
    const last = p.fullLike(step, values[values.length - 1]);
    return scales.reduceRight((later, _, i) => {
      const part = p.div(p.sub(step, bounds[i]), Math.max(bounds[i + 1] - bounds[i], 1));
      return p.select(p.lt(step, bounds[i + 1]), between(values[i], values[i + 1], part), later);
    }, last);
  });
}

export interface OnecycleOptions {
  /** The part of all steps at which the peak is reached; 0.3 by default. */
  readonly pctStart?: number | undefined;
  /** The peak over the first value; 25 by default. */
  readonly divFactor?: number | undefined;
  /** The first value over the last; 1e4 by default. */
  readonly finalDivFactor?: number | undefined;
}
export interface LinearOnecycleOptions extends OnecycleOptions {
  /** The part of all steps at which the first value is reached again; 0.85 by default. */
  readonly pctFinal?: number | undefined;
}

/** Up to the peak and down again in straight lines (Smith and Topin, 2018). */
export function linearOnecycleSchedule(
  transitionSteps: number,
  peakValue: number,
  options: LinearOnecycleOptions = {},
): MadeSchedule {
  const fn = "linearOnecycleSchedule";
  checkOptions(`optim.${fn}`, options, ["pctStart", "pctFinal", "divFactor", "finalDivFactor"]);
  positive(fn, "transitionSteps", transitionSteps);
  const { pctStart = 0.3, pctFinal = 0.85, divFactor = 25, finalDivFactor = 1e4 } = options;
  const boundaries: [number, number][] = [
    [Math.trunc(pctStart * transitionSteps), divFactor],
    [Math.trunc(pctFinal * transitionSteps), 1 / divFactor],
    [transitionSteps, 1 / finalDivFactor],
  ];
  return piecewiseInterpolateSchedule("linear", peakValue / divFactor, new Map(boundaries));
}

/** Up to the peak and down again in cosine waves. */
export function cosineOnecycleSchedule(
  transitionSteps: number,
  peakValue: number,
  options: OnecycleOptions = {},
): MadeSchedule {
  const fn = "cosineOnecycleSchedule";
  checkOptions(`optim.${fn}`, options, ["pctStart", "divFactor", "finalDivFactor"]);
  positive(fn, "transitionSteps", transitionSteps);
  const { pctStart = 0.3, divFactor = 25, finalDivFactor = 1e4 } = options;
  const boundaries: [number, number][] = [
    [Math.trunc(pctStart * transitionSteps), divFactor],
    [transitionSteps, 1 / (divFactor * finalDivFactor)],
  ];
  return piecewiseInterpolateSchedule("cosine", peakValue / divFactor, new Map(boundaries));
}

/**
 * One schedule after the other; each counts its steps from its own beginning.
 * @param boundaries the steps at which the second, third, … begin
 * @throws ArgumentError CT004 unless there is one boundary less than schedules
 */
export function joinSchedules(
  schedules: readonly (Schedule | MadeSchedule)[],
  boundaries: readonly number[],
): MadeSchedule {
  if (schedules.length !== boundaries.length + 1) {
    throw new ArgumentError(
      "CT004",
      `optim.joinSchedules: there are ${schedules.length} schedules and ${boundaries.length} boundaries. Give one boundary less than schedules.`,
    );
  }
  return (step) => {
    const at = asTensor(step, "optim.joinSchedules");
    return boundaries.reduce(
      (value, boundary, i) => p.select(p.lt(at, boundary), value, evaluate(schedules[i + 1], p.sub(at, boundary))),
      evaluate(schedules[0], at),
    );
  };
}

/** From initValue to peakValue in a straight line, which is kept. */
export const warmupConstantSchedule = (initValue: number, peakValue: number, warmupSteps: number): MadeSchedule =>
  linearSchedule(initValue, peakValue, warmupSteps);

export interface WarmupCosineOptions {
  /** The value at the end; 0 by default. */
  readonly endValue?: number | undefined;
  readonly exponent?: number | undefined;
}

/**
 * A straight line up, then half a cosine wave down.
 * @param decaySteps all steps, those of the line included
 * @example
 * optim.adamw(optim.warmupCosineDecaySchedule(0, 1e-3, 100, 1000));
 */
export function warmupCosineDecaySchedule(
  initValue: number,
  peakValue: number,
  warmupSteps: number,
  decaySteps: number,
  options: WarmupCosineOptions = {},
): MadeSchedule {
  checkOptions("optim.warmupCosineDecaySchedule", options, ["endValue", "exponent"]);
  const { endValue = 0, exponent = 1 } = options;
  const alpha = peakValue === 0 ? 0 : endValue / peakValue;
  return joinSchedules(
    [
      linearSchedule(initValue, peakValue, warmupSteps),
      cosineDecaySchedule(peakValue, decaySteps - warmupSteps, { alpha, exponent }),
    ],
    [warmupSteps],
  );
}

/** A straight line up, then exponential decay. */
export const warmupExponentialDecaySchedule = (
  initValue: number,
  peakValue: number,
  warmupSteps: number,
  transitionSteps: number,
  decayRate: number,
  options: ExponentialDecayOptions = {},
): MadeSchedule =>
  joinSchedules(
    [
      linearSchedule(initValue, peakValue, warmupSteps),
      exponentialDecay(peakValue, transitionSteps, decayRate, options),
    ],
    [warmupSteps],
  );

/** The arguments of one wave of {@link sgdrSchedule}. */
export interface SgdrCycle extends WarmupCosineOptions {
  readonly initValue: number;
  readonly peakValue: number;
  readonly warmupSteps: number;
  readonly decaySteps: number;
}

/** Warm-up and cosine waves one after the other (Loshchilov and Hutter, 2016). */
export function sgdrSchedule(cycles: readonly SgdrCycle[]): MadeSchedule {
  const schedules = cycles.map(({ initValue, peakValue, warmupSteps, decaySteps, ...options }) =>
    warmupCosineDecaySchedule(initValue, peakValue, warmupSteps, decaySteps, options),
  );
  let end = 0;
  const ends = cycles.map(({ decaySteps }) => {
    end += decaySteps;
    return end;
  });
  return joinSchedules(schedules, ends.slice(0, -1));
}
