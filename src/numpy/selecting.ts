/** Choosing elements by conditions. */
import type { ArrayLike } from "../core/array-like.js";
import { dtypes, isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ConcretizationError, DTypeError, ShapeError } from "../prelude/errors.js";
import { normalizeAxis, prod, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { asInteger } from "./arguments.js";
import { floorDivide, remainder } from "./arithmetic.js";
import { cumsum } from "./cumulative.js";
import { scatterInto } from "./indexing/at.js";
import { asTensors, broadcastTensors, promoteDtypes, toTensor } from "./promote.js";
import { sum } from "./reductions.js";
import { clip } from "./rounding.js";
import { ravel } from "./shapes.js";
import { take, tileToSize } from "./taking.js";
import { truth } from "./ufunc.js";
import { select3, whereTensors } from "./where.js";

export interface SizedOptions {
  /** How many places there are in the result, which must be known under `jit`; more are cut off. */
  readonly size?: number;
  /** What fills the rest: 0 by default. One value, or for `nonzero` and `argwhere` one for each axis. */
  readonly fillValue?: ArrayLike | readonly ArrayLike[];
}
const sizedOptions = ["size", "fillValue"];

/** Elements whose number depends on values must be known. */
function knownValues(fn: string, mask: Tensor): ArrayLike & { readonly length: number } {
  try {
    return mask.dataSync() as Uint8Array;
  } catch (error) {
    if (!(error instanceof ConcretizationError)) throw error;
    throw new ConcretizationError(
      "CT304",
      `${fn}: how many elements there are depends on values that are not known while tracing. ` +
        "Give option 'size', or keep the shape with np.where(mask, x, other).",
      { cause: error },
    );
  }
}

/** The places of the trues in row-major order, along each axis; `size` of them, the rest filled. */
function placesOf(fn: string, mask: Tensor, options: SizedOptions): Tensor[] {
  if (options.size === undefined) {
    const values = knownValues(fn, mask) as Uint8Array;
    const places: number[] = [];
    values.forEach((v, i) => {
      if (v !== 0) places.push(i);
    });
    return mask.shape.map((n, d) => {
      const stride = prod(mask.shape.slice(d + 1));
      return toTensor(
        fn,
        Int32Array.from(places, (i) => Math.floor(i / stride) % n),
      );
    });
  }
  const size = asInteger(fn, "size", options.size);
  if (mask.size === 0 || size === 0) return mask.shape.map(() => p.full([size], 0, "int32"));
  const reached = cumsum(mask);
  // Where the count of trues so far is k, the (k+1)-th has not come yet: counting those places gives its number.
  const counts = scatterInto(fn, p.full([size], 0, "int32"), [clip(reached, 0)], 1, p.scatterAdd);
  const flat = cumsum(counts);
  const places = mask.shape.map((n, d) => {
    const stride = prod(mask.shape.slice(d + 1));
    return remainder(floorDivide(flat, stride), n);
  });
  const fills = fillsFor(fn, options.fillValue, mask.ndim);
  // Without a value for them, places beyond the last true are the origin: their count has run to the array's size.
  if (fills === undefined) return places;
  const valid = p.lt(p.iota("int32", [size], 0), sum(mask, null, { dtype: "int32" }));
  return places.map((x, d) => p.convert(select3(valid, x, fills[d]), "int32"));
}

function fillsFor(fn: string, fill: SizedOptions["fillValue"], ndim: number): ArrayLike[] | undefined {
  if (fill === undefined) return undefined;
  const list = Array.isArray(fill) ? (fill as ArrayLike[]) : range(ndim).map(() => fill as ArrayLike);
  if (list.length === ndim) return list;
  throw new ArgumentError(
    "CT003",
    `${fn}: fillValue has ${list.length} values for ${ndim} axes. Give one for each, or one for all.`,
  );
}

/**
 * The places of the elements that are not zero, in row-major order: an int32 vector for each axis. Their number must be
 * known; under `jit` give it as `size`.
 * @throws ConcretizationError CT304 while tracing without `size`; ShapeError CT107 for a scalar
 */
export function nonzero(x: ArrayLike, options: SizedOptions = {}): Tensor[] {
  checkOptions("nonzero", options, sizedOptions);
  const t = toTensor("nonzero", x);
  if (t.ndim === 0) {
    throw new ShapeError("CT107", "nonzero: a scalar has no places to name. Use atleast1d(x) first.");
  }
  return placesOf("nonzero", truth(t), options);
}

/** The places, in row-major order of all elements, of those that are not zero. */
export function flatnonzero(x: ArrayLike, options: SizedOptions = {}): Tensor {
  checkOptions("flatnonzero", options, sizedOptions);
  return placesOf("flatnonzero", truth(ravel(x)), options)[0];
}

/** The places of the elements that are not zero as rows: one row each, one column for each axis. */
export function argwhere(x: ArrayLike, options: SizedOptions = {}): Tensor {
  checkOptions("argwhere", options, sizedOptions);
  const t = toTensor("argwhere", x);
  const places = placesOf("argwhere", truth(p.reshape(t, t.ndim === 0 ? [1] : t.shape)), options);
  const rows = p.stack(places, 1);
  return t.ndim === 0 ? p.slice(rows, [0, 0], [rows.shape[0], 0]) : rows;
}

/**
 * x where the condition holds, y elsewhere; all three broadcast, x and y are promoted. With the condition alone, its
 * places, as `nonzero`.
 * @example np.where([true, false], [1, 2], 0).js(); // [1, 0]
 */
export function where(condition: ArrayLike, x: ArrayLike, y: ArrayLike): Tensor;
export function where(condition: ArrayLike, options?: SizedOptions): Tensor[];
export function where(condition: ArrayLike, x?: ArrayLike | SizedOptions, y?: ArrayLike): Tensor | Tensor[] {
  if (y === undefined) {
    if (x === undefined || isSizedOptions(x)) return nonzero(condition, x as SizedOptions | undefined);
    throw new ArgumentError(
      "CT003",
      "where: it takes a condition alone, or a condition and both x and y; y is missing.",
    );
  }
  return whereTensors(...(asTensors("where", condition, x as ArrayLike, y) as [Tensor, Tensor, Tensor]));
}
const isSizedOptions = (x: unknown): boolean =>
  typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype && !("re" in x);

/** For each place the element of the first choice whose condition holds there, or `fallback` (0) where none does. */
export function select(
  conditions: readonly ArrayLike[],
  choices: readonly ArrayLike[],
  fallback: ArrayLike = 0,
): Tensor {
  if (conditions.length !== choices.length || conditions.length === 0) {
    throw new ArgumentError(
      "CT003",
      `select: got ${conditions.length} conditions and ${choices.length} choices. Give one choice for each of at least one condition.`,
    );
  }
  const masks = asTensors("select", ...conditions);
  for (const m of masks) {
    if (m.dtype !== "bool")
      throw new DTypeError("CT105", `select: a condition is ${m.dtype}, but conditions are boolean. Compare first.`);
  }
  const values = promoteDtypes(...asTensors("select", ...choices, fallback));
  const all = broadcastTensors("select", ...masks, ...values);
  const [flags, cases, otherwise] = [all.slice(0, masks.length), all.slice(masks.length, -1), all[all.length - 1]];
  const none = p.full(flags[0].shape, false, "bool");
  // The first true of "none, then the conditions" is 0 where no condition holds.
  const which = p.argmax(p.stack([none, ...flags], 0), 0);
  return p.selectN(which, otherwise, ...cases);
}

export type ChooseMode = "raise" | "wrap" | "clip";

/**
 * For each place the element of the choice that the index names; all broadcast. Indices must be in range, or with `mode`
 * are taken modulo the number of choices (`"wrap"`) or moved to the edge (`"clip"`).
 * @throws ShapeError CT111 for an index out of range with mode `"raise"`, the default, for which values must be known
 */
export function choose(
  x: ArrayLike,
  choices: readonly ArrayLike[],
  options: { readonly mode?: ChooseMode } = {},
): Tensor {
  checkOptions("choose", options, ["mode"]);
  const { mode = "raise" } = options;
  const index = toTensor("choose", Array.isArray(x) ? p.convert(toTensor("choose", x), "int32") : x);
  if (!isInteger(index.dtype)) {
    throw new DTypeError(
      "CT105",
      `choose: the indices are ${index.dtype}, but they must be integers. Convert them with astype("int32").`,
    );
  }
  const n = choices.length;
  const inside = mode === "wrap" ? remainder(index, n) : mode === "clip" ? clip(index, 0, n - 1) : index;
  if (mode === "raise") {
    for (const i of index.dataSync()) {
      if (Number(i) >= 0 && Number(i) < n) continue;
      throw new ShapeError("CT111", `choose: index ${i} is out of range for ${n} choices. Use mode "wrap" or "clip".`);
    }
  }
  const [which, ...cases] = broadcastTensors("choose", inside, ...promoteDtypes(...asTensors("choose", ...choices)));
  const wide = dtypes[which.dtype].bytes < 4 ? p.convert(which, "int32") : which;
  return p.selectN(wide, ...cases);
}

export interface CompressOptions {
  readonly size?: number;
  readonly fillValue?: ArrayLike;
}

/** The slices of x along an axis (or, with null, its elements) where the condition, a boolean vector, holds. */
export function compress(
  condition: ArrayLike,
  x: ArrayLike,
  axis: number | null = null,
  options: CompressOptions = {},
): Tensor {
  checkOptions("compress", options, ["size", "fillValue"]);
  const mask = truth(toTensor("compress", condition));
  if (mask.ndim !== 1) {
    throw new ShapeError("CT107", `compress: the condition has shape [${mask.shape}], but it must be a vector.`);
  }
  const t = axis === null ? ravel(x) : toTensor("compress", x);
  const d = axis === null ? 0 : normalizeAxis(axis, t.ndim, "compress");
  const n = Math.min(mask.size, t.shape[d]);
  const inside = mask.size === n ? mask : p.slice(mask, [0], [n]);
  if (mask.size > n) {
    const rest = knownValues("compress", p.slice(mask, [n], [mask.size])) as Uint8Array;
    if (rest.includes(1)) {
      throw new ShapeError(
        "CT111",
        `compress: the condition holds beyond the ${n} elements of axis ${d}. Cut it to that length.`,
      );
    }
  }
  if (options.size === undefined) return take(t, placesOf("compress", inside, {})[0], d);
  const { size, fillValue = 0 } = options;
  const [places] = placesOf("compress", inside, { size, fillValue: t.shape[d] });
  const taken = take(t, places, d, { mode: "clip" });
  const valid = p.lt(p.iota("int32", [size], 0), sum(inside, null, { dtype: "int32" }));
  const along = p.broadcastInDim(valid, taken.shape, [d]);
  return p.convert(select3(along, taken, fillValue), t.dtype, t.weakType);
}

/** The elements of x, in row-major order, where the condition of x's size holds. */
export function extract(condition: ArrayLike, x: ArrayLike, options: CompressOptions = {}): Tensor {
  return compress(ravel(condition), ravel(x), null, options);
}

/** A copy of x with values, repeated as needed, put one after the other where the mask of x's size holds. */
export function place(x: ArrayLike, mask: ArrayLike, values: ArrayLike): Tensor {
  const [t, m, v] = asTensors("place", x, mask, values);
  if (t.size !== m.size || v.size === 0) {
    throw new ShapeError(
      "CT103",
      `place: x has ${t.size} elements, the mask ${m.size} and the values ${v.size}. The mask must have x's size, and there must be values.`,
    );
  }
  if (t.size === 0) return t;
  const [places] = placesOf("place", truth(ravel(m)), { size: m.size, fillValue: m.size });
  const out = scatterInto("place", ravel(t), [places], tileToSize(ravel(v), t.size), p.scatter, { mode: "drop" });
  return p.reshape(out, t.shape);
}
