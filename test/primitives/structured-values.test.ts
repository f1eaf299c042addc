import { describe, expect, it } from "vitest";
import { reduce } from "../../src/control/reduce.js";
import { reduceWindow } from "../../src/control/reduce-window.js";
import type { DType } from "../../src/core/dtype.js";
import { Tensor } from "../../src/core/tensor.js";
import { range } from "../../src/prelude/numbers.js";
import * as p from "../../src/primitives/index.js";
import { decodeNumber, type GoldenArray, type GoldenNumber, isGoldenArray, readGolden } from "../golden/read.js";
import { expectGolden, fromGolden } from "./elementwise-support.js";

interface Call {
  readonly fn: string;
  readonly args: readonly unknown[];
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly out: GoldenArray | readonly GoldenArray[];
}
type Args = readonly unknown[];
type Options = Readonly<Record<string, unknown>>;
const t = (x: unknown): Tensor => x as Tensor;
const ints = (x: unknown): readonly number[] => x as readonly number[];
const scan = (f: (x: Tensor, axis: number, reverse?: boolean) => Tensor) => (a: Args, o: Options) =>
  f(t(a[0]), (o.axis as number | undefined) ?? 0, o.reverse as boolean | undefined);
const combiners = { add: p.add, mul: p.mul, max: p.max, min: p.min } as const;
const combiner = (x: unknown): ((x: Tensor, y: Tensor) => Tensor) => {
  const { python } = x as { python: keyof typeof combiners };
  const f = combiners[python];
  if (!f) throw new Error(`no combiner ${python}`);
  return f;
};

/** JAX's option names as ours. */
const camel = (o: Options): Options =>
  Object.fromEntries(Object.entries(o).map(([k, v]) => [k.replace(/_(.)/g, (_, c: string) => c.toUpperCase()), v]));

const functions: Readonly<Record<string, (args: Args, options: Options) => Tensor | readonly Tensor[]>> = {
  reduce_sum: ([x, axes]) => p.reduceSum(t(x), ints(axes)),
  reduce_max: ([x, axes]) => p.reduceMax(t(x), ints(axes)),
  reduce_min: ([x, axes]) => p.reduceMin(t(x), ints(axes)),
  reduce_prod: ([x, axes]) => p.reduceProd(t(x), ints(axes)),
  reduce_and: ([x, axes]) => p.reduceAnd(t(x), ints(axes)),
  reduce_or: ([x, axes]) => p.reduceOr(t(x), ints(axes)),
  reduce_xor: ([x, axes]) => p.reduceXor(t(x), ints(axes)),
  argmax: ([x, axis, dtype]) => p.argmax(t(x), axis as number, dtype as DType),
  argmin: ([x, axis, dtype]) => p.argmin(t(x), axis as number, dtype as DType),
  cumsum: scan(p.cumsum),
  cumprod: scan(p.cumprod),
  cummax: scan(p.cummax),
  cummin: scan(p.cummin),
  cumlogsumexp: scan(p.cumlogsumexp),
  sort([x], o) {
    const xs = x instanceof Tensor ? [x] : (x as readonly Tensor[]);
    const axis = (o.dimension as number | undefined) ?? -1;
    const sorted = p.sort(xs, axis < 0 ? axis + xs[0].ndim : axis, {
      isStable: (o.isStable as boolean | undefined) ?? true,
      numKeys: (o.numKeys as number | undefined) ?? 1,
    });
    return x instanceof Tensor ? sorted[0] : sorted;
  },
  top_k: ([x, k], o) =>
    p.topK(
      t(x),
      k as number,
      o.axis === undefined ? undefined : (o.axis as number) + (Number(o.axis) < 0 ? t(x).ndim : 0),
    ),
  dot: ([x, y], o) => p.dot(t(x), t(y), o),
  dot_general: ([x, y, dims], o) => p.dotGeneral(t(x), t(y), dims as p.DotDimensionNumbers, o),
  conv_general_dilated: ([x, w, strides, padding, ...rest], o) =>
    p.convolve(t(x), t(w), ints(strides), padding as p.PaddingName, {
      ...(rest[0] !== undefined && { lhsDilation: ints(rest[0]) }),
      ...(rest[1] !== undefined && { rhsDilation: ints(rest[1]) }),
      ...o,
    }),
  conv: ([x, w, strides, padding]) => p.convolve(t(x), t(w), ints(strides), padding as p.PaddingName),
  conv_with_general_padding: ([x, w, strides, padding, lhsDilation, rhsDilation]) =>
    p.convolve(t(x), t(w), ints(strides), padding as p.Padding, {
      lhsDilation: ints(lhsDilation),
      rhsDilation: ints(rhsDilation),
    }),
  conv_transpose: ([x, w, strides, padding], o) =>
    p.convTranspose(t(x), t(w), ints(strides), padding as p.PaddingName, o),
  associative_scan: ([f, x], o) => {
    const combine = combiner(f);
    return p.associativeScan(
      [t(x)],
      ([a], [b]) => [combine(a, b)],
      (o.axis as number | undefined) ?? 0,
      o.reverse as boolean,
    )[0];
  },
  reduce: ([x, init, f, axes]) => reduce(t(x), numberOf(init), combiner(f), ints(axes)),
  reduce_window([x, init, f, sizes, strides, padding], o) {
    const ones = ints(sizes).map(() => 1);
    const windowDilation = (o.windowDilation as number[] | undefined) ?? ones;
    const baseDilation = (o.baseDilation as number[] | undefined) ?? ones;
    return reduceWindow(t(x), numberOf(init), combiner(f), {
      windowDimensions: ints(sizes),
      windowStrides: ints(strides),
      padding: p.resolvePadding("reduce_window", padding as p.PaddingName, t(x).shape, ints(sizes), ints(strides)),
      baseDilation,
      windowDilation,
    });
  },
};

const numberOf = (x: unknown): number => {
  if (typeof x === "number") return x;
  const { float, int } = x as { float?: GoldenNumber; int?: GoldenNumber };
  return decodeNumber((float ?? int) as GoldenNumber);
};

const argument = (x: unknown): unknown => {
  if (isGoldenArray(x)) return fromGolden(x);
  return Array.isArray(x) ? x.map(argument) : x;
};

const { records } = readGolden<Call>("lax.json");
const mine = records.filter(({ fn }) => fn in functions);

describe("values as JAX's", () => {
  it("covers every function", () => {
    expect(new Set(mine.map(({ fn }) => fn))).toEqual(new Set(Object.keys(functions)));
  });
  it.each(mine.map((r, i) => [`${r.fn} ${i}`, r] as const))("%s", (_, { fn, args, kwargs, out }) => {
    const result = functions[fn](args.map(argument), camel(kwargs));
    const results = result instanceof Tensor ? [result] : result;
    const wanted = isGoldenArray(out) ? [out] : out;
    range(wanted.length).forEach((i) => {
      expectGolden(
        results[i],
        wanted[i],
        wanted[i].dtype.includes("float") || wanted[i].dtype.startsWith("complex") ? 1e-6 : 0,
        1,
      );
    });
  });
});
