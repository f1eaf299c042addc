/** Elements moved and repeated along axes. */
import type { ArrayLike } from "../core/array-like.js";
import { isInteger } from "../core/dtype.js";
import { Tensor } from "../core/tensor.js";
import { ArgumentError } from "../prelude/errors.js";
import { normalizeAxes, normalizeAxis, prod, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import { add, min, rem, sub } from "../primitives/arithmetic.js";
import { concatenate } from "../primitives/concatenate.js";
import { convert } from "../primitives/convert.js";
import { cumsum } from "../primitives/cumulative.js";
import { gather } from "../primitives/gather.js";
import { iota } from "../primitives/iota.js";
import { scalarLike } from "../primitives/operand.js";
import { rev } from "../primitives/rev.js";
import { broadcastInDim, broadcastTo, expandDims, reshape } from "../primitives/shape.js";
import { dynamicSlice, slice } from "../primitives/slicing.js";
import { integerIndices } from "./integer-indices.js";
import { jitted } from "./jitted.js";
import { toTensor } from "./promote.js";
import { searchsorted } from "./searching.js";
import { ravel, swapaxes } from "./shapes.js";

type Axes = number | readonly number[];
const list = (axes: Axes): readonly number[] => (typeof axes === "number" ? [axes] : axes);

/** The order of elements reversed: along all axes, or those given. */
export function flip(x: ArrayLike, axis: Axes | null = null): Tensor {
  const a = toTensor("flip", x);
  return rev(a, axis === null ? range(a.ndim) : normalizeAxes(list(axis), a.ndim, "flip"));
}
/** Rows in reverse order. */
export const flipud = (x: ArrayLike): Tensor => flip(x, 0);
/** Columns in reverse order. */
export const fliplr = (x: ArrayLike): Tensor => flip(x, 1);

/** Rotated by `k` quarter turns in the plane of two axes, from the first towards the second. */
export function rot90(
  x: ArrayLike,
  options: { readonly k?: number; readonly axes?: readonly [number, number] } = {},
): Tensor {
  checkOptions("rot90", options, ["k", "axes"]);
  const { k = 1, axes = [0, 1] } = options;
  const a = toTensor("rot90", x);
  const [i, j] = normalizeAxes(axes, a.ndim, "rot90");
  switch (((k % 4) + 4) % 4) {
    case 0:
      return a;
    case 1:
      return swapaxes(rev(a, [j]), i, j);
    case 2:
      return rev(a, [i, j]);
    default:
      return rev(swapaxes(a, i, j), [j]);
  }
}

/**
 * Elements shifted along axes, those that leave one end coming in at the other. Without axes the tensor counts as one row.
 * The shift may be a traced integer.
 * @example
 * np.roll(np.arange(4), 1).js(); // [3, 0, 1, 2]
 */
export function roll(x: ArrayLike, shift: Axes | Tensor, axis: Axes | null = null): Tensor {
  const a = toTensor("roll", x);
  if (axis === null) return reshape(roll(ravel(a), shift, 0), a.shape);
  const dims = list(axis).map((d) => normalizeAxis(d, a.ndim, "roll"));
  const shifts: readonly (number | Tensor)[] = shift instanceof Tensor ? dims.map(() => shift) : list(shift);
  const by = shifts.length === 1 ? dims.map(() => shifts[0]) : shifts;
  if (by.length !== dims.length) {
    throw new ArgumentError(
      "CT003",
      `roll: ${by.length} shifts do not go with ${dims.length} axes. Give one, or one for each axis.`,
    );
  }
  return dims.reduce((y, d, i) => rollOne(y, by[i], d), a);
}

function rollOne(x: Tensor, shift: number | Tensor, d: number): Tensor {
  const n = x.shape[d];
  if (n === 0) return x;
  if (typeof shift === "number") {
    const by = ((shift % n) + n) % n;
    if (by === 0) return x;
    const piece = (from: number, to: number) =>
      slice(
        x,
        x.shape.map((_, i) => (i === d ? from : 0)),
        x.shape.map((m, i) => (i === d ? to : m)),
      );
    return concatenate([piece(n - by, n), piece(0, n - by)], d);
  }
  if (!isInteger(shift.dtype))
    throw new ArgumentError("CT003", `roll: the shift is ${shift.dtype}, but it must be an integer.`);
  const by = convert(shift, "int32");
  // In [0, n): the remainder takes the sign of the shift.
  const start = sub(n, rem(add(rem(by, n), n), n));
  const twice = concatenate([x, x], d);
  return dynamicSlice(
    twice,
    x.shape.map((_, i) => (i === d ? start : scalarLike(start, 0))),
    x.shape,
  );
}

/** The whole tensor repeated, `reps` times along each axis. */
export function tile(x: ArrayLike, reps: Axes): Tensor {
  const a = toTensor("tile", x);
  const r = [...new Array<number>(Math.max(a.ndim - list(reps).length, 0)).fill(1), ...list(reps)];
  const shape = [...new Array<number>(r.length - a.ndim).fill(1), ...a.shape];
  const spread = broadcastInDim(
    reshape(a, shape),
    r.flatMap((k, i) => [k, shape[i]]),
    shape.map((_, i) => 2 * i + 1),
  );
  return reshape(
    spread,
    shape.map((n, i) => n * r[i]),
  );
}

/** The slices along an axis at the given places. */
const slicesAt = (x: Tensor, places: Tensor, d: number): Tensor =>
  gather(
    x,
    expandDims(places, [1]),
    { offsetDims: range(x.ndim).filter((i) => i !== d), collapsedSliceDims: [d], startIndexMap: [d] },
    x.shape.map((m, i) => (i === d ? 1 : m)),
    { mode: "promise_in_bounds" },
  );

/** Each slice as often as counts say, which need not be known: `total` slices in all, cut off or the last repeated. */
const repeatByCounts = jitted("repeat", ([x, counts], d: number, total: number) => {
  const ends = cumsum(convert(counts, "int32"), 0);
  const places = searchsorted(ends, iota("int32", [total], 0), { side: "right" });
  return slicesAt(x, min(places, x.shape[d] - 1), d);
});

/**
 * Each element repeated: as often for all, or as often as a list says for each slice along the axis. Without an axis the
 * tensor counts as one row. Where the list is not known while tracing, `totalRepeatLength` tells the result's size.
 * @throws ConcretizationError CT301 while tracing without it
 * @example
 * np.repeat([1, 2], [2, 3]).js(); // [1, 1, 2, 2, 2]
 */
export function repeat(
  x: ArrayLike,
  repeats: Axes | Tensor,
  axis: number | null = null,
  options: { readonly totalRepeatLength?: number | null } = {},
): Tensor {
  checkOptions("repeat", options, ["totalRepeatLength"]);
  const a = axis === null ? ravel(x) : toTensor("repeat", x);
  const d = axis === null ? 0 : normalizeAxis(axis, a.ndim, "repeat");
  const n = a.shape[d];
  const total = options.totalRepeatLength ?? null;
  if (total !== null) {
    const counts = broadcastTo(integerIndices("repeat", repeats instanceof Tensor ? repeats : list(repeats)), [n]);
    return n === 0 ? a : repeatByCounts([a, counts], d, total);
  }
  const given = repeats instanceof Tensor ? Array.from(ravel(repeats).dataSync(), Number) : list(repeats);
  if (given.some((k) => !Number.isInteger(k) || k < 0) || (given.length !== 1 && given.length !== n)) {
    throw new ArgumentError(
      "CT003",
      `repeat: repeats must be an integer that is not negative, or ${n} of them, but it is [${given}].`,
    );
  }
  if (given.length === 1) {
    const [k] = given;
    const spread = [...a.shape.slice(0, d + 1), k, ...a.shape.slice(d + 1)];
    const wide = broadcastInDim(
      a,
      spread,
      range(spread.length).filter((i) => i !== d + 1),
    );
    return reshape(
      wide,
      a.shape.map((m, i) => (i === d ? m * k : m)),
    );
  }
  const places = given.flatMap((k, i) => new Array<number>(k).fill(i));
  return slicesAt(a, toTensor("repeat", Int32Array.from(places)), d);
}

/** The same tensor with elements repeated or cut to fill a shape. */
export function resize(x: ArrayLike, shape: Axes): Tensor {
  const a = ravel(x);
  const size = prod(list(shape));
  if (a.size === 0 || size === 0) return broadcastInDim(scalarLike(a, 0), list(shape), []);
  const whole = tile(a, Math.ceil(size / a.size));
  return reshape(slice(whole, [0], [size]), list(shape));
}
