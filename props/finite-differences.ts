/**
 * Derivatives of a function of one number at 0, by differences with Richardson extrapolation.
 * Source: L. F. Richardson (1911); W. Press et al., Numerical Recipes, 5.7.
 */

/** A derivative, or at a kink the one-sided derivatives, between which every subgradient lies. */
export type Slope =
  | { readonly kind: "smooth"; readonly value: number }
  | { readonly kind: "kink"; readonly low: number; readonly high: number };

const levels = 4;

/** Removes error terms of orders `first`, `first + step`, … from approximations with halved steps. */
function extrapolate(approximations: readonly number[], first: number, step: number): number {
  let row = [...approximations];
  for (let order = first; row.length > 1; order += step) {
    const factor = 2 ** order;
    row = row.slice(1).map((fine, i) => (factor * fine - row[i]) / (factor - 1));
  }
  return row[0];
}

/** The slope of `f` at 0. `eps` is the largest step; one-sided slopes further apart than `tolerance` make a kink. */
export function slopeAtZero(f: (h: number) => number, eps: number, tolerance: (scale: number) => number): Slope {
  const at0 = f(0);
  const steps = Array.from({ length: levels }, (_, i) => eps / 2 ** i);
  const right = steps.map(f);
  const left = steps.map((h) => f(-h));
  const forward = extrapolate(
    steps.map((h, i) => (right[i] - at0) / h),
    1,
    1,
  );
  const backward = extrapolate(
    steps.map((h, i) => (at0 - left[i]) / h),
    1,
    1,
  );
  const scale = Math.max(Math.abs(forward), Math.abs(backward));
  if (Math.abs(forward - backward) > tolerance(scale)) {
    return { kind: "kink", low: Math.min(forward, backward), high: Math.max(forward, backward) };
  }
  return {
    kind: "smooth",
    value: extrapolate(
      steps.map((h, i) => (right[i] - left[i]) / (2 * h)),
      2,
      2,
    ),
  };
}

/** How far an analytic value is from a slope: 0 anywhere between the sides of a kink. */
export function distance(slope: Slope, analytic: number): number {
  if (slope.kind === "smooth") return Math.abs(slope.value - analytic);
  return Math.max(slope.low - analytic, analytic - slope.high, 0);
}

export const slopeText = (slope: Slope): string =>
  slope.kind === "smooth" ? String(slope.value) : `between ${slope.low} and ${slope.high} (a kink)`;
