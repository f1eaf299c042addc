import { describe, expect, it } from "vitest";
import { readGolden } from "../golden/read.js";
import { expectGolden } from "../golden/tensors.js";
import { call, functionOf, type RecordedCall } from "./golden-call.js";

const all = readGolden<RecordedCall>("numpy.json").records;
/** Families tested here; the others are with their own files. */
const families = new Set(
  `
  abs absolute fabs sin cos tan arctan sinh cosh tanh arcsinh exp exp2 expm1 cbrt floor ceil trunc rint round sign signbit negative
  positive square degrees radians deg2rad rad2deg reciprocal sinc i0 isnan isinf isfinite isneginf isposinf iscomplex isreal real imag
  conj angle nan_to_num logical_not spacing modf frexp arcsin arccos arctanh asin acos atanh atan asinh sqrt log log2 log10 log1p
  arccosh acosh invert bitwise_not bitwise_invert bitwise_count conjugate add subtract multiply divide true_divide floor_divide mod
  remainder fmod power float_power arctan2 hypot logaddexp logaddexp2 maximum minimum fmax fmin copysign nextafter heaviside equal
  not_equal less less_equal greater greater_equal logical_and logical_or logical_xor isclose divmod bitwise_and bitwise_or bitwise_xor
  left_shift right_shift gcd lcm bitwise_left_shift bitwise_right_shift ldexp around clip sum prod mean max min all any std var ptp
  median argmax argmin nansum nanprod nanmean nanmax nanmin nanstd nanvar nanmedian nanargmax nanargmin count_nonzero amax amin average
  quantile percentile nanquantile nanpercentile cumsum cumprod nancumsum nancumprod cumulative_sum cumulative_prod zeros ones full empty
  zeros_like ones_like full_like empty_like eye identity arange linspace logspace geomspace meshgrid indices tri tril triu diag diagflat
  diagonal trace vander tril_indices triu_indices diag_indices diag_indices_from tril_indices_from triu_indices_from mask_indices
  fromfunction array asarray copy astype where nonzero flatnonzero argwhere select choose extract compress take take_along_axis
  put_along_axis put place fill_diagonal ravel_multi_index unravel_index allclose array_equal array_equiv isscalar iscomplexobj
  isrealobj issubdtype isdtype can_cast promote_types result_type atan2 pow
`
    .trim()
    .split(/\s+/),
);

/** Records that differ by design. */
const byDesign: readonly ((r: RecordedCall) => boolean)[] = [
  // Whole numbers in nested arrays are float32: JavaScript does not tell 1 from 1.0.
  (r) => r.fn === "array" && JSON.stringify(r.args) === "[[[1,2],[3,4]]]",
  // The default types are the 32-bit ones in every program: there is no x64 mode.
  (r) => r.x64 === true && r.fn === "argmax",
  (r) => r.x64 === true && r.fn === "add" && JSON.stringify(r.out).includes('"weak":true'),
];
const records = all.filter((r) => families.has(r.fn) && !byDesign.some((differs) => differs(r)));

describe("numpy against JAX", () => {
  it("knows every function of its families", () => {
    const unknown = [...families].filter((fn) => functionOf(fn) === undefined);
    expect(unknown).toEqual([]);
    expect(records.length).toBeGreaterThan(600);
  });

  it.each(records.map((r, i) => [`${r.fn} (${i})`, r] as const))("%s", (_, record) => {
    expectGolden(call(record), record.out);
  });
});
