/** Prefix combinations with an associative operation, by halving: O(n) combinations in O(log n) steps. */
import type { Tensor } from "../core/tensor.js";
import { add } from "./arithmetic.js";
import { bitwiseOr } from "./bitwise.js";
import { concatenate } from "./concatenate.js";
import { pad } from "./padding.js";
import { rev } from "./rev.js";
import { slice } from "./slicing.js";

type Combine = (before: readonly Tensor[], after: readonly Tensor[]) => readonly Tensor[];

/**
 * The combinations of the first, the first two, … elements along `axis`; with `reverse`, of the last, the last two, …
 * All tensors have one size along the axis, and `combine` works element by element along it.
 */
export function associativeScan(
  xs: readonly Tensor[],
  combine: Combine,
  axis: number,
  reverse = false,
): readonly Tensor[] {
  if (!reverse) return scan(xs, combine, axis);
  return scan(
    xs.map((x) => rev(x, [axis])),
    combine,
    axis,
  ).map((x) => rev(x, [axis]));
}

function scan(xs: readonly Tensor[], combine: Combine, axis: number): readonly Tensor[] {
  const n = xs[0].shape[axis];
  if (n < 2) return xs;
  const part = (ys: readonly Tensor[], start: number, limit: number, stride = 1): Tensor[] =>
    ys.map((y) => sliceAlong(y, axis, start, limit, stride));
  // Those that end at odd places are the scan of neighbouring pairs; the others lack one element of their left neighbour.
  const odd = scan(combine(part(xs, 0, n - 1, 2), part(xs, 1, n, 2)), combine, axis);
  const m = odd[0].shape[axis];
  const rest = combine(n % 2 === 0 ? part(odd, 0, m - 1) : odd, part(xs, 2, n, 2));
  const even = part(xs, 0, 1).map((first, i) => concatenate([first, rest[i]], axis));
  return interleave(even, odd, axis);
}

function sliceAlong(x: Tensor, axis: number, start: number, limit: number, stride: number): Tensor {
  const starts = x.shape.map((_, d) => (d === axis ? start : 0));
  const limits = x.shape.map((size, d) => (d === axis ? limit : size));
  return slice(
    x,
    starts,
    limits,
    x.shape.map((_, d) => (d === axis ? stride : 1)),
  );
}

/** a₀, b₀, a₁, b₁, … of each pair: a has as many elements as b, or one more. */
function interleave(as: readonly Tensor[], bs: readonly Tensor[], axis: number): Tensor[] {
  const longer = as[0].shape[axis] - bs[0].shape[axis];
  const spread = (x: Tensor, low: number, high: number): Tensor =>
    pad(
      x,
      x.dtype === "bool" ? false : 0,
      x.shape.map((_, d) => (d === axis ? ([low, high, 1] as const) : ([0, 0, 0] as const))),
    );
  const evens = as.map((a) => spread(a, 0, 1 - longer));
  const odds = bs.map((b) => spread(b, 1, longer));
  return evens.map((e, i) => (e.dtype === "bool" ? bitwiseOr(e, odds[i]) : add(e, odds[i])));
}
