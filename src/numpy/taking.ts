/** Elements taken and put by index along an axis. */
import type { ArrayLike } from "../core/array-like.js";
import { dtypes } from "../core/dtype.js";
import type { ScalarValue } from "../core/scalars.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { remainder } from "./arithmetic.js";
import { scatterInto } from "./indexing/at.js";
import { wrapNegative } from "./indexing/gather-plan.js";
import type { IndexMode } from "./indexing/take-index.js";
import { integerIndices } from "./integer-indices.js";
import { jitted } from "./jitted.js";
import { asTensors, broadcastShapesOf, broadcastToShape, toTensor } from "./promote.js";
import { indices as gridIndices } from "./ranges.js";
import { clip } from "./rounding.js";
import { ravel } from "./shapes.js";
import { unravelIndex } from "./unravel.js";
import { whereTensors } from "./where.js";

/** What becomes of indices out of range: read as `fillValue`, moved to the edge, or taken modulo the size. */
export type TakeMode = "fill" | "clip" | "wrap";

export interface TakeOptions {
  /** `"fill"` by default. */
  readonly mode?: TakeMode;
  /** What elements out of range are read as: NaN, the least signed or greatest unsigned integer, or true by default. */
  readonly fillValue?: ScalarValue;
  readonly indicesAreSorted?: boolean;
  readonly uniqueIndices?: boolean;
}

interface TakeStatics {
  readonly axis: number | null;
  readonly mode: TakeMode;
  readonly fillValue: ScalarValue | undefined;
  readonly indicesAreSorted: boolean;
  readonly uniqueIndices: boolean;
}

const takeCall = jitted("_take", ([a, given], s: TakeStatics) => {
  const x = s.axis === null ? ravel(a) : a;
  const d = s.axis === null ? 0 : normalizeAxis(s.axis, x.ndim, "take");
  const size = x.shape[d];
  const shape = [...x.shape.slice(0, d), ...given.shape, ...x.shape.slice(d + 1)];
  if (size === 0 && given.size > 0) {
    throw new ShapeError(
      "CT111",
      `take: axis ${d} of the array of shape [${x.shape}] is empty, so there is nothing to take.`,
    );
  }
  if (given.size === 0) return p.full(shape, 0, x.dtype, x.weakType);
  let indices = given;
  if (s.mode === "fill") indices = whereTensors(p.lt(given, 0), p.add(given, size), given);
  else if (s.mode === "wrap") indices = remainder(given, p.scalarLike(given, size));
  return p.gather(
    x,
    p.expandDims(indices, [indices.ndim]),
    {
      offsetDims: [...range(d), ...range(d + given.ndim, shape.length)],
      collapsedSliceDims: [d],
      startIndexMap: [d],
    },
    x.shape.map((n, i) => (i === d ? 1 : n)),
    {
      mode: s.mode === "fill" ? "fill_or_drop" : s.mode === "clip" ? "clip" : "promise_in_bounds",
      indicesAreSorted: s.indicesAreSorted,
      uniqueIndices: s.uniqueIndices,
      ...(s.fillValue !== undefined && { fillValue: s.fillValue }),
    },
  );
});

/**
 * The elements of x at indices along an axis; with null, the default, of x in row-major order. Indices below 0 count
 * from the end; those out of range read NaN (or what `mode` and `fillValue` say).
 * @returns x's shape with the shape of `indices` in place of the axis
 * @example np.take([10, 20, 30], [2, 0]).js(); // [30, 10]
 */
export function take(x: ArrayLike, indices: ArrayLike, axis: number | null = null, options: TakeOptions = {}): Tensor {
  checkOptions("take", options, ["mode", "fillValue", "indicesAreSorted", "uniqueIndices"]);
  const { mode = "fill", fillValue, indicesAreSorted = false, uniqueIndices = false } = options;
  if (!["fill", "clip", "wrap"].includes(mode)) {
    throw new ArgumentError("CT003", `take: mode is ${JSON.stringify(mode)}, but it must be "fill", "clip" or "wrap".`);
  }
  const statics = { axis, mode, fillValue, indicesAreSorted, uniqueIndices };
  return takeCall([toTensor("take", x), integerIndices("take", indices)], statics);
}

export interface TakeAlongOptions {
  /** What becomes of indices out of range; `"fill"` by default. */
  readonly mode?: IndexMode;
  readonly fillValue?: ScalarValue;
}

/** x and indices of one rank, with the axis that indices go along. */
function alongAxis(fn: string, x: Tensor, indices: Tensor, axis: number | null): { operand: Tensor; d: number } {
  if (axis === null) {
    if (indices.ndim !== 1) {
      throw new ShapeError(
        "CT107",
        `${fn}: without an axis the indices must be a vector, but they have shape [${indices.shape}].`,
      );
    }
    return { operand: ravel(x), d: 0 };
  }
  if (x.ndim !== indices.ndim) {
    throw new ShapeError(
      "CT103",
      `${fn}: x has shape [${x.shape}], but the indices have shape [${indices.shape}]. They must have one rank; add axes with expandDims.`,
    );
  }
  return { operand: x, d: normalizeAxis(axis, x.ndim, fn) };
}

const takeAlongCall = jitted(
  "take_along_axis",
  ([a, given], axis: number | null, mode: IndexMode, fillValue: ScalarValue | undefined) => {
    const { operand: x, d } = alongAxis("takeAlongAxis", a, given, axis);
    const others = x.shape.map((n, i) => (i === d ? 1 : n));
    const shape = broadcastShapesOf("takeAlongAxis", [given.shape, others]);
    if (x.shape[d] === 0) return p.full(shape, 0, x.dtype);
    const small = dtypes[given.dtype].bytes < 4 ? p.convert(given, "int32") : given;
    const wrapped = mode === "promise_in_bounds" ? small : wrapNegative(small, x.shape[d]);
    // Along axes of size 1 in the indices, x is taken whole; where x has size 1, its only element is.
    const kept = range(x.ndim).filter((i) => i === d || given.shape[i] !== 1);
    const single = range(x.ndim).filter((i) => i !== d && given.shape[i] !== 1 && x.shape[i] === 1);
    const inX = (i: number): number => i - single.filter((s) => s < i).length;
    const batched = kept.filter((i) => i !== d && !single.includes(i));
    const whole = range(x.ndim).filter((i) => i !== d && given.shape[i] === 1);
    return p.gather(
      p.squeeze(x, single),
      p.reshape(wrapped, [...kept.map((i) => shape[i]), 1]),
      {
        offsetDims: whole,
        collapsedSliceDims: [inX(d)],
        startIndexMap: [inX(d)],
        operandBatchingDims: batched.map(inX),
        startIndicesBatchingDims: batched.map((i) => kept.indexOf(i)),
      },
      range(x.ndim)
        .filter((i) => !single.includes(i))
        .map((i) => (whole.includes(i) ? x.shape[i] : x.shape[i] === 0 ? 0 : 1)),
      {
        mode: mode === "fill" || mode === "drop" ? "fill_or_drop" : mode,
        ...(fillValue !== undefined && { fillValue }),
      },
    );
  },
);

/**
 * For each place of `indices` the element of x at that place, but along the axis at the index: what `argsort` and
 * `argmax` with `keepdims` are for. Indices out of range read NaN (or what `mode` and `fillValue` say).
 * @throws ShapeError CT103 if the ranks differ or the other sizes do not broadcast; DTypeError CT105 unless integers
 */
export function takeAlongAxis(
  x: ArrayLike,
  indices: ArrayLike,
  axis: number | null = -1,
  options: TakeAlongOptions = {},
): Tensor {
  checkOptions("takeAlongAxis", options, ["mode", "fillValue"]);
  const { mode = "fill", fillValue } = options;
  return takeAlongCall([toTensor("takeAlongAxis", x), integerIndices("takeAlongAxis", indices)], axis, mode, fillValue);
}

/** A copy of x with values put at the places that {@link takeAlongAxis} reads. */
export function putAlongAxis(
  x: ArrayLike,
  indices: ArrayLike,
  values: ArrayLike,
  axis: number | null,
  options: { readonly mode?: IndexMode } = {},
): Tensor {
  checkOptions("putAlongAxis", options, ["mode"]);
  const [a, v] = asTensors("putAlongAxis", x, values);
  const places = integerIndices("putAlongAxis", indices);
  const { operand, d } = alongAxis("putAlongAxis", a, places, axis);
  const index: Tensor[] = gridIndices(operand.shape, { sparse: true });
  index[d] = places;
  const out = scatterInto(
    "putAlongAxis",
    operand,
    index,
    broadcastToShape("putAlongAxis", v, places.shape),
    p.scatter,
    options,
  );
  return p.reshape(out, a.shape);
}

/** A vector repeated or cut to so many elements. */
export function tileToSize(x: Tensor, size: number): Tensor {
  const copies = Math.ceil(size / x.size);
  const tiled = copies <= 1 ? x : p.reshape(p.broadcastInDim(x, [copies, x.size], [1]), [copies * x.size]);
  return tiled.size === size ? tiled : p.slice(tiled, [0], [size]);
}

/**
 * A copy of x with values, repeated as needed, put at indices into x in row-major order. Indices out of range are left
 * out, or with `mode` moved to the edge (`"clip"`) or taken modulo the size (`"wrap"`).
 */
export function put(
  x: ArrayLike,
  indices: ArrayLike,
  values: ArrayLike,
  options: { readonly mode?: "clip" | "wrap" } = {},
): Tensor {
  checkOptions("put", options, ["mode"]);
  const [a, v] = asTensors("put", x, values);
  const flat = ravel(integerIndices("put", indices));
  if (a.size === 0 || flat.size === 0 || v.size === 0) return a;
  const { mode } = options;
  if (mode !== undefined && mode !== "clip" && mode !== "wrap") {
    throw new ArgumentError(
      "CT003",
      `put: mode is ${JSON.stringify(mode)}, but it must be "clip" or "wrap", or left out.`,
    );
  }
  const inside = mode === "clip" ? clip(flat, 0, a.size - 1) : mode === "wrap" ? remainder(flat, a.size) : flat;
  const index = a.ndim === 1 ? [inside] : unravelIndex(inside, a.shape);
  const updates = tileToSize(ravel(v), flat.size);
  return scatterInto("put", a, index, updates, p.scatter, { mode: mode === undefined ? "drop" : "promise_in_bounds" });
}
