/** Running sums and products. */
import type { ArrayLike } from "../core/array-like.js";
import { type DType, isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { normalizeAxes } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { dtypeOption } from "./arguments.js";
import { jitted } from "./jitted.js";
import { toTensor } from "./promote.js";
import { promoteInteger } from "./reduction-types.js";
import { truth } from "./ufunc.js";
import { whereTensors } from "./where.js";

type Scan = (x: Tensor, axis: number) => Tensor;

const cumulate =
  (name: string, f: Scan, fill?: number) =>
  (x: Tensor, axis: number | null, dtype: DType | undefined, promote: boolean): Tensor => {
    const flat = axis === null || x.ndim === 0 ? p.reshape(x, [x.size]) : x;
    const [d] = normalizeAxes(axis ?? 0, flat.ndim, name);
    const missing = fill !== undefined && isInexact(flat.dtype);
    const filled = missing ? whereTensors(p.ne(flat, flat), p.scalarLike(flat, fill), flat) : flat;
    const widen = promote || flat.dtype === "bool";
    const result = dtype ?? (widen ? promoteInteger(flat.dtype) : flat.dtype);
    const weak = dtype === undefined && flat.weakType;
    const source = result === "bool" ? p.convert(truth(filled), "int32") : p.convert(filled, result, weak);
    return p.convert(f(source, d), result, weak);
  };

export interface CumulativeOptions {
  /** The type of the result, in which it is computed. */
  readonly dtype?: DType;
}

const cumulative = (name: string, f: Scan, fill?: number) => {
  const run = cumulate(name, f, fill);
  const call = jitted(name, ([x], axis: number | null, dtype: DType | undefined) => run(x, axis, dtype, false));
  return (x: ArrayLike, axis: number | null = null, options: CumulativeOptions = {}): Tensor => {
    checkOptions(name, options, ["dtype"]);
    const t = toTensor(name, x);
    if (axis !== null) normalizeAxes(axis, Math.max(t.ndim, 1), name);
    return call([t], axis, dtypeOption(name, options.dtype));
  };
};
/**
 * Running sums along an axis; with null, the default, of all elements in row-major order. Booleans count as int32.
 * @example np.cumsum([1, 2, 3]).js(); // [1, 3, 6]
 */
export const cumsum = cumulative("cumsum", p.cumsum);
/** Running products along an axis; see {@link cumsum}. */
export const cumprod = cumulative("cumprod", p.cumprod);
/** Running sums in which NaN counts as 0. */
export const nancumsum = cumulative("nancumsum", p.cumsum, 0);
/** Running products in which NaN counts as 1. */
export const nancumprod = cumulative("nancumprod", p.cumprod, 1);

export interface CumulativeSumOptions {
  /** May be left out for vectors only. */
  readonly axis?: number;
  readonly dtype?: DType;
  /** Puts the result for no elements in front. */
  readonly includeInitial?: boolean;
}

const withInitial = (name: string, jaxName: string, f: Scan, unit: number) => {
  const run = cumulate(name, f);
  const call = jitted(jaxName, ([x], axis: number, dtype: DType | undefined) => run(x, axis, dtype, true));
  return (x: ArrayLike, options: CumulativeSumOptions = {}): Tensor => {
    checkOptions(name, options, ["axis", "dtype", "includeInitial"]);
    const t = toTensor(name, x);
    if (t.ndim === 0 || (t.ndim > 1 && options.axis === undefined)) {
      throw new ShapeError(
        "CT107",
        `${name}: the array of shape [${t.shape}] needs an axis to go along. Give option 'axis'.`,
      );
    }
    const [d] = normalizeAxes(options.axis ?? 0, t.ndim, name);
    const out = call([t], d, dtypeOption(name, options.dtype));
    if (!options.includeInitial) return out;
    const first = p.full(
      out.shape.map((n, i) => (i === d ? 1 : n)),
      unit,
      out.dtype,
    );
    return p.concatenate([first, out], d);
  };
};
/** Running sums along an axis, after the array API; narrow integers widen as in `sum`. */
export const cumulativeSum = withInitial("cumulativeSum", "_cumsum_with_promotion", p.cumsum, 0);
/** Running products along an axis, after the array API. */
export const cumulativeProd = withInitial("cumulativeProd", "_cumprod_with_promotion", p.cumprod, 1);
