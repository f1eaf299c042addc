import { describe, expect, it } from "vitest";
import { numpy as np, Tensor } from "../../src/index.js";
import { type GoldenValue, readGolden } from "../golden/read.js";
import { expectGolden, goldenArgument } from "../golden/tensors.js";
import { camelCase, signatureOf } from "./signatures.js";

interface Record_ {
  readonly fn: string;
  readonly args: readonly GoldenValue[];
  readonly kwargs: Readonly<Record<string, GoldenValue>>;
  readonly x64?: boolean;
  readonly out: GoldenValue;
}

// biome-ignore lint/suspicious/noExplicitAny: functions are looked up by their recorded names
type AnyFunction = (...args: any[]) => unknown;
const namespace = np as unknown as Readonly<Record<string, AnyFunction | undefined>>;

/** Functions recorded as Python source, as written here. */
const functions: Readonly<Record<string, AnyFunction>> = {
  "lambda i, j: i * 10 + j": (i: Tensor, j: Tensor) => i.mul(10).add(j),
};

/** Calls whose arguments are arranged in another way than Python's. */
const arranged: Readonly<
  Record<string, (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) => unknown>
> = {
  meshgrid: (args, kwargs) => np.meshgrid(args as Tensor[], kwargs),
  mask_indices: ([n]) => np.maskIndices(n as number, np.triu),
  arange: (args, kwargs) => (np.arange as AnyFunction)(...args, kwargs),
  where: (args, kwargs) => (np.where as AnyFunction)(...args, ...(args.length === 1 ? [kwargs] : [])),
};

/** Options that only remind a Python user that arrays are immutable. */
const dropped = ["inplace"];

function argument(x: GoldenValue, plain: boolean): unknown {
  if (typeof x === "object" && x !== null && "python" in x) return functions[x.python as string];
  return goldenArgument(x, plain);
}

export function call({ fn, args, kwargs }: Record_): unknown {
  const options: Record<string, unknown> = {};
  const signature = signatureOf(fn);
  const positional: unknown[] = [];
  args.forEach((x, i) => {
    const name = signature?.all[i];
    if (signature === undefined || i < signature.positional.length) positional.push(argument(x, false));
    else options[camelCase(name as string)] = argument(x, true);
  });
  for (const [k, v] of Object.entries(kwargs)) {
    if (dropped.includes(k)) continue;
    const at = signature?.positional.indexOf(k) ?? -1;
    if (at >= 0) positional[at] = argument(v, true);
    else options[camelCase(k)] = argument(v, true);
  }
  const special = arranged[fn];
  if (special) return special(positional, options);
  const f = namespace[camelCase(fn)] as AnyFunction;
  if (Object.keys(options).length === 0) return f(...Array.from(positional));
  const count = signature?.positional.length ?? positional.length;
  return f(...Array.from({ length: count }, (_, i) => positional[i]), options);
}

const all = readGolden<Record_>("numpy.json").records;
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
const byDesign: readonly ((r: Record_) => boolean)[] = [
  // Whole numbers in nested arrays are float32: JavaScript does not tell 1 from 1.0.
  (r) => r.fn === "array" && JSON.stringify(r.args) === "[[[1,2],[3,4]]]",
  // The default types are the 32-bit ones in every program: there is no x64 mode.
  (r) => r.x64 === true && r.fn === "argmax",
  (r) => r.x64 === true && r.fn === "add" && JSON.stringify(r.out).includes('"weak":true'),
];
const records = all.filter((r) => families.has(r.fn) && !byDesign.some((differs) => differs(r)));

describe("numpy against JAX", () => {
  it("knows every function of its families", () => {
    const unknown = [...families].filter((fn) => typeof namespace[camelCase(fn)] !== "function");
    expect(unknown).toEqual([]);
    expect(records.length).toBeGreaterThan(600);
  });

  it.each(records.map((r, i) => [`${r.fn} (${i})`, r] as const))("%s", (_, record) => {
    expectGolden(call(record), record.out);
  });
});
