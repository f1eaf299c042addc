/**
 * Derivatives of functions of one number at 0, by differences with Richardson extrapolation.
 * Source: L. F. Richardson (1911); W. Press et al., Numerical Recipes, 5.7.
 */
import { range } from "../src/prelude/numbers.js";

/**
 * A derivative; at a kink the one-sided derivatives, between which every subgradient lies; or nothing, where the function
 * jumps, ends or is infinitely steep.
 */
export type Slope =
  | { readonly kind: "smooth"; readonly value: number }
  | { readonly kind: "kink"; readonly forward: number; readonly backward: number }
  | { readonly kind: "singular" };

/** How many steps are extrapolated from, each half of the one before. */
const levels = 4;
/** Kinks and poles nearby spoil large steps: what does not look smooth is tried again with smaller ones. */
const refinements = [1, 2 ** -5, 2 ** -10];

/** The limit of quotients of differences over halved steps: removes their errors of first, second, … order. */
function extrapolate(quotients: readonly number[]): number {
  let row = [...quotients];
  for (let order = 1; row.length > 1; order++) {
    const factor = 2 ** order;
    row = row.slice(1).map((fine, i) => (factor * fine - row[i]) / (factor - 1));
  }
  return row[0];
}

/** Values of one result at 0 and, step by step, to both sides. */
interface Samples {
  readonly steps: readonly number[];
  readonly at0: number;
  readonly right: readonly number[];
  readonly left: readonly number[];
}

/**
 * The slopes at 0 of every result of `f`. `eps` is the largest step; one-sided slopes further apart than `tolerance`
 * make a kink.
 */
export function slopesAtZero(
  f: (h: number) => Float64Array,
  eps: number,
  tolerance: (scale: number) => number,
): readonly Slope[] {
  const at0 = f(0);
  const slopes: Slope[] = Array.from(at0, () => ({ kind: "singular" }));
  let open = range(at0.length);
  for (const refinement of refinements) {
    if (open.length === 0) break;
    const steps = range(levels).map((i) => (eps * refinement) / 2 ** i);
    const right = steps.map(f);
    const left = steps.map((h) => f(-h));
    open = open.filter((i) => {
      const column = (values: readonly Float64Array[]): number[] => values.map((v) => v[i]);
      const { slope, settled } = slopeOf({ steps, at0: at0[i], right: column(right), left: column(left) }, tolerance);
      slopes[i] = slope;
      return !settled;
    });
  }
  return slopes;
}

/** The slope as these steps show it, and whether smaller ones need not be asked. */
function slopeOf(
  { steps, at0, right, left }: Samples,
  tolerance: (scale: number) => number,
): { readonly slope: Slope; readonly settled: boolean } {
  const rightwards = steps.map((h, i) => (right[i] - at0) / h);
  const leftwards = steps.map((h, i) => (at0 - left[i]) / h);
  const forward = extrapolate(rightwards);
  const backward = extrapolate(leftwards);
  const scale = Math.max(Math.abs(forward), Math.abs(backward));
  // Also where the function is defined on one side only. In the middle of a jump both sides may look alike.
  if (!Number.isFinite(scale) || breaks(at0, right) || breaks(at0, left)) {
    return { slope: { kind: "singular" }, settled: false };
  }
  const allowed = tolerance(scale);
  // Not central differences: where the second derivative jumps, their errors are not what extrapolation removes.
  if (Math.abs(forward - backward) <= allowed) {
    const change = Math.abs(forward - extrapolate(rightwards.slice(1)) + backward - extrapolate(leftwards.slice(1)));
    return { slope: { kind: "smooth", value: (forward + backward) / 2 }, settled: change <= allowed };
  }
  return { slope: { kind: "kink", forward, backward }, settled: false };
}

/** Whether differences do not shrink with the step, as those of functions with bounded slope do: eightfold here. */
function breaks(at0: number, values: readonly number[]): boolean {
  const coarse = Math.abs(values[0] - at0);
  const fine = Math.abs(values[levels - 1] - at0);
  return fine > 0.3 * coarse && fine > 1e-9 * Math.max(1, Math.abs(at0));
}

/** The slopes to both sides, in this order: forward, backward. */
const sides = (slope: Slope): readonly [number, number] => {
  switch (slope.kind) {
    case "smooth":
      return [slope.value, slope.value];
    case "kink":
      return [slope.forward, slope.backward];
    case "singular":
      return [Number.NaN, Number.NaN];
  }
};

/** How far an analytic value is from a slope: 0 anywhere between the sides of a kink, and where there is no slope. */
export function distance(slope: Slope, analytic: number): number {
  if (slope.kind === "singular") return 0;
  const [low, high] = sides(slope).toSorted((a, b) => a - b);
  return Object.is(low, analytic) ? 0 : Math.max(low - analytic, analytic - high, 0);
}

/** The largest number that a slope may be. */
export const magnitude = (slope: Slope): number =>
  slope.kind === "singular" ? 0 : Math.max(...sides(slope).map(Math.abs));

/** Whether the slope along a direction is the sum of those along its parts, to either side. */
export function isSum(slope: Slope, parts: readonly [Slope, Slope], tolerance: (scale: number) => number): boolean {
  const whole = sides(slope);
  const [a, b] = parts.map(sides);
  const allowed = 10 * tolerance(Math.max(...[slope, ...parts].map(magnitude)));
  return whole.every((x, side) => Math.abs(a[side] + b[side] - x) <= allowed);
}

/** Σ wᵢ·slopeᵢ, where singular slopes have no weight. Each may lie anywhere between its sides. */
export function weightedSlope(slopes: readonly Slope[], weights: Float64Array): Slope {
  let low = 0;
  let high = 0;
  slopes.forEach((slope, i) => {
    if (weights[i] === 0) return;
    const [a, b] = sides(slope);
    low += Math.min(weights[i] * a, weights[i] * b);
    high += Math.max(weights[i] * a, weights[i] * b);
  });
  return low === high ? { kind: "smooth", value: low } : { kind: "kink", forward: high, backward: low };
}

/** A number, or the two ends of a range. */
export function ends(slope: Slope): number | readonly [number, number] {
  const [low, high] = sides(slope).toSorted((a, b) => a - b);
  return slope.kind === "kink" ? [low, high] : low;
}

export const endsText = (x: number | readonly [number, number]): string =>
  typeof x === "number" ? rounded(x) : `a kink with slopes from ${rounded(x[0])} to ${rounded(x[1])}`;

/** Differences are good for so many digits, at best. */
function rounded(x: number): string {
  return String(Number(x.toPrecision(9)));
}
