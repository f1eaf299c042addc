/** Reductions that leave NaN out. */

import { realPart } from "../../xla-like/index.js";
import type { ArrayLike } from "../core/array-like.js";
import { type DType, isComplex, isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { type Axis, dtypeOption } from "./arguments.js";
import { type MeanOptions, mean } from "./averages.js";
import { jitted } from "./jitted.js";
import { asTensors, toTensor } from "./promote.js";
import { wideFloat } from "./reduction-types.js";
import { all, max, min, prod, type ReductionOptions, type SumOptions, sum } from "./reductions.js";
import { select3, whereTensors } from "./where.js";

interface Statics {
  readonly axis: Axis | undefined;
  readonly keepdims: boolean;
  readonly dtype: DType | undefined;
  readonly hasWhere: boolean;
  readonly hasInitial: boolean;
}

type Reduction = (x: Tensor, axis: Axis | undefined, options: SumOptions) => Tensor;

const filledWith = (x: Tensor, value: number): Tensor => whereTensors(p.ne(x, x), p.scalarLike(x, value), x);

/** A reduction in which NaN counts as `filler`; NaN where nothing else is there, unless that has a value. */
function nanReduction(name: string, jaxName: string, f: Reduction, filler: number, emptyIsNan: boolean) {
  const allowed = ["keepdims", "where", "initial", ...(emptyIsNan ? [] : ["dtype"])];
  const call = jitted(jaxName, ([x, ...rest], s: Statics): Tensor => {
    const options = {
      keepdims: s.keepdims,
      ...(s.dtype !== undefined && { dtype: s.dtype }),
      ...(s.hasWhere && { where: rest[0] }),
      ...(s.hasInitial && { initial: rest[s.hasWhere ? 1 : 0] }),
    };
    if (!isInexact(x.dtype)) return f(x, s.axis, options);
    const out = f(filledWith(x, filler), s.axis, options);
    if (!emptyIsNan || s.hasInitial) return out;
    const none = all(p.ne(x, x), s.axis, { keepdims: s.keepdims, ...(s.hasWhere && { where: rest[0] }) });
    return whereTensors(none, p.scalarLike(out, Number.NaN), out);
  });
  return (x: ArrayLike, axis?: Axis, options: SumOptions = {}): Tensor => {
    checkOptions(name, options, allowed);
    const { keepdims = false, where, initial } = options;
    const rest = [where, initial].filter((y): y is ArrayLike => y !== undefined);
    return call(asTensors(name, x, ...rest), {
      axis: axis ?? null,
      keepdims,
      dtype: dtypeOption(name, options.dtype),
      hasWhere: where !== undefined,
      hasInitial: initial !== undefined,
    });
  };
}

/** The sum over axes of what is not NaN. */
export const nansum = nanReduction("nansum", "nansum", sum, 0, false);
/** The product over axes of what is not NaN. */
export const nanprod = nanReduction("nanprod", "nanprod", prod, 1, false);
/** The largest element over axes that is not NaN; NaN where there is none. */
export const nanmax: (x: ArrayLike, axis?: Axis, options?: ReductionOptions) => Tensor = nanReduction(
  "nanmax",
  "nanmax",
  max,
  Number.NEGATIVE_INFINITY,
  true,
);
/** The smallest element over axes that is not NaN; NaN where there is none. */
export const nanmin: (x: ArrayLike, axis?: Axis, options?: ReductionOptions) => Tensor = nanReduction(
  "nanmin",
  "nanmin",
  min,
  Number.POSITIVE_INFINITY,
  true,
);

const notNan = (x: Tensor): Tensor => p.bitwiseNot(p.ne(x, x));

const nanmeanCall = jitted("nanmean", ([x, ...rest], s: Omit<Statics, "hasInitial">): Tensor => {
  const { keepdims } = s;
  const where = s.hasWhere ? { where: rest[0] } : {};
  const dtype = s.dtype === undefined ? {} : { dtype: s.dtype };
  if (!isInexact(x.dtype)) return mean(x, s.axis, { keepdims, ...dtype, ...where });
  const wide = wideFloat(s.dtype ?? x.dtype);
  const counts = sum(p.convert(notNan(x), "int32"), s.axis, { dtype: wide, keepdims, ...where });
  const total = nansum(x, s.axis, { dtype: wide, keepdims, ...where });
  return p.convert(p.div(total, counts), s.dtype ?? x.dtype);
});
/** The mean over axes of what is not NaN; NaN where there is nothing. */
export function nanmean(x: ArrayLike, axis?: Axis, options: MeanOptions = {}): Tensor {
  checkOptions("nanmean", options, ["keepdims", "dtype", "where"]);
  const { keepdims = false, where } = options;
  const dtype = dtypeOption("nanmean", options.dtype);
  const operands = where === undefined ? asTensors("nanmean", x) : asTensors("nanmean", x, where);
  return nanmeanCall(operands, { axis: axis ?? null, keepdims, dtype, hasWhere: where !== undefined });
}

const nanvarCall = jitted("nanvar", ([x, ddof, ...rest], s: Omit<Statics, "hasInitial">): Tensor => {
  const { keepdims, axis } = s;
  const where = s.hasWhere ? { where: rest[0] } : {};
  const result = s.dtype ?? (isComplex(x.dtype) ? realPart(x.dtype) : x.dtype);
  const compute = wideFloat(s.dtype ?? x.dtype);
  const a = p.convert(x, compute);
  const centered = select3(p.ne(a, a), 0, p.sub(a, nanmean(a, axis, { keepdims: true, dtype: compute, ...where })));
  const squares = isComplex(compute) ? p.real(p.mul(centered, p.conj(centered))) : p.square(centered);
  const counts = sum(p.convert(notNan(a), "int32"), axis, { keepdims, ...where });
  const divisor = p.sub(counts, p.convert(ddof, counts.dtype));
  const none = p.le(divisor, 0);
  const total = sum(squares, axis, { keepdims, dtype: squares.dtype, ...where });
  const safe = p.convert(select3(none, 1, divisor), squares.dtype);
  return p.convert(p.div(select3(none, Number.NaN, total), safe), result);
});
const nanstdCall = jitted("nanstd", (operands, s: Omit<Statics, "hasInitial">) => p.sqrt(nanvarCall(operands, s)));

export interface NanVarianceOptions extends MeanOptions {
  /** What is taken off the number of elements in the divisor. */
  readonly ddof?: number;
}
const spread =
  (name: string, call: typeof nanvarCall) =>
  (x: ArrayLike, axis?: Axis, options: NanVarianceOptions = {}): Tensor => {
    checkOptions(name, options, ["keepdims", "dtype", "where", "ddof"]);
    const { keepdims = false, ddof = 0, where } = options;
    const dtype = dtypeOption(name, options.dtype);
    const t = toTensor(name, x);
    // Integers hold no NaN, but their means are fractions.
    const source = isInexact(t.dtype) ? t : p.convert(t, "float32");
    const operands = asTensors(name, source, ddof, ...(where === undefined ? [] : [where]));
    return call(operands, { axis: axis ?? null, keepdims, dtype, hasWhere: where !== undefined });
  };
/** The variance over axes of what is not NaN. */
export const nanvar = spread("nanvar", nanvarCall);
/** The standard deviation over axes of what is not NaN. */
export const nanstd = spread("nanstd", nanstdCall);
