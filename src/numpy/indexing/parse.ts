/** What may stand in an index, and what it means for an array of a given shape. */
import { type ArrayLike, asTensor, type TypedArray, typedArrayDtype } from "../../core/array-like.js";
import { isInteger } from "../../core/dtype.js";
import { Tensor } from "../../core/tensor.js";
import { ArgumentError, ConcretizationError, DTypeError, ShapeError } from "../../prelude/errors.js";
import { describeType } from "../../prelude/options.js";

type Bound = number | null | undefined;
/** `[start, stop]` or `[start, stop, step]`; null is "from the end that the step comes from" or "to the other end". */
export type SlicePart = readonly [Bound, Bound] | readonly [Bound, Bound, Bound];
/** Nested arrays of integers, or arrays of booleans. */
export type IndexList = readonly (boolean | IndexList | readonly number[])[];

/**
 * One part of an index: an integer, a slice, `"..."` for all dimensions that are left, null for a new axis, a tensor or
 * typed array of integers, nested arrays of integers, or a mask of booleans.
 */
export type IndexPart = number | bigint | SlicePart | "..." | null | boolean | Tensor | TypedArray | IndexList;

/** A part of an index and the dimension that it takes up; slices are resolved for the dimension's size. */
export type Parsed =
  | { readonly kind: "new" }
  | { readonly kind: "integer"; readonly axis: number; readonly value: number }
  | { readonly kind: "array"; readonly axis: number; readonly value: Tensor }
  | {
      readonly kind: "slice";
      readonly axis: number;
      readonly start: number;
      readonly stop: number;
      readonly step: number;
      /** Everything in order, as where nothing is said. */
      readonly whole: boolean;
    };

export interface ParsedIndex {
  /** The array's shape; a boolean by itself adds a dimension of size 1. */
  readonly shape: readonly number[];
  readonly parts: readonly Parsed[];
  /** Dimensions that booleans by themselves added. */
  readonly added: readonly number[];
  /** Whether tensors and integers stand side by side in the index. */
  readonly contiguous: boolean;
}

/** A part before its dimension is known. */
type Raw =
  | { readonly kind: "new" | "ellipsis" }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "integer"; readonly value: number }
  | { readonly kind: "array"; readonly value: Tensor }
  | { readonly kind: "mask"; readonly value: Tensor }
  | { readonly kind: "slice"; readonly bounds: readonly Bound[] };

const consumed = (r: Raw): number =>
  r.kind === "new" || r.kind === "ellipsis" || r.kind === "flag" ? 0 : r.kind === "mask" ? r.value.ndim : 1;

const isBound = (x: unknown): x is Bound => x === null || x === undefined || typeof x === "number";

const notAnIndex = (fn: string, position: number, what: string): ArgumentError =>
  new ArgumentError(
    "CT113",
    `${fn}: part ${position} of the index is ${what}. Parts are integers, [start, stop] or [start, stop, step], "...", ` +
      "null for a new axis, and tensors of integers or booleans.",
  );

function classify(fn: string, part: unknown, position: number): Raw {
  if (part === null) return { kind: "new" };
  if (part === "...") return { kind: "ellipsis" };
  if (typeof part === "boolean") return { kind: "flag", value: part };
  if (typeof part === "number" || typeof part === "bigint") {
    if (typeof part === "number" && !Number.isInteger(part)) throw notAnIndex(fn, position, `the number ${part}`);
    return { kind: "integer", value: Number(part) };
  }
  if (part instanceof Tensor) return classifyTensor(fn, part, position);
  if (typedArrayDtype(part) !== undefined) return classifyTensor(fn, asTensor(part as TypedArray, fn), position);
  if (!Array.isArray(part)) throw notAnIndex(fn, position, describeType(part));
  if ((part.length === 2 || part.length === 3) && part.every(isBound)) return { kind: "slice", bounds: part };
  if (part.length > 0 && part.every(isBound)) {
    throw notAnIndex(
      fn,
      position,
      `an array of ${part.length} number${part.length === 1 ? "" : "s"}, which is no slice; for the elements at these places give ` +
        'np.array([…], { dtype: "int32" }) or an Int32Array',
    );
  }
  const list = asTensor(part as ArrayLike, fn);
  return classifyTensor(
    fn,
    list.dtype === "float32" ? asTensor(part as ArrayLike, fn, { dtype: "int32" }) : list,
    position,
  );
}

function classifyTensor(fn: string, x: Tensor, position: number): Raw {
  if (isInteger(x.dtype)) return { kind: "array", value: x };
  if (x.dtype !== "bool") {
    throw new DTypeError(
      "CT105",
      `${fn}: part ${position} of the index is a ${x.aval} tensor, but indices are integers or booleans. ` +
        'Convert it with astype("int32").',
    );
  }
  return x.ndim === 0 ? { kind: "flag", value: maskValues(fn, x)[0] === 1 } : { kind: "mask", value: x };
}

/** The elements of a mask, whose number of trues decides the result's shape. */
function maskValues(fn: string, mask: Tensor): Uint8Array {
  try {
    return mask.dataSync() as Uint8Array;
  } catch (error) {
    if (!(error instanceof ConcretizationError)) throw error;
    throw new ConcretizationError(
      "CT304",
      `${fn}: a boolean mask decides how many elements there are, but the values of this ${mask.aval} mask are not known ` +
        "while tracing. Use np.where(mask, x, other), which keeps the shape, or np.nonzero(mask, { size }).",
      { cause: error },
    );
  }
}

/** For each dimension of the mask the indices where it is true. */
function maskIndices(fn: string, mask: Tensor): Tensor[] {
  const places: number[] = [];
  maskValues(fn, mask).forEach((v, i) => {
    if (v !== 0) places.push(i);
  });
  let stride = mask.size;
  return mask.shape.map((size) => {
    stride = size === 0 ? 0 : stride / size;
    return asTensor(
      Int32Array.from(places, (i) => Math.floor(i / stride) % size),
      fn,
    );
  });
}

/** The bounds of a slice within a dimension, as Python resolves them: `start` and `stop` are in range for the step. */
function resolve(fn: string, bounds: readonly Bound[], size: number, axis: number): Parsed {
  const [start, stop, step = 1] = bounds.map((b) => b ?? undefined);
  for (const b of [start, stop, step]) {
    if (b !== undefined && !Number.isInteger(b))
      throw notAnIndex(fn, axis, `a slice with the bound ${b}, which is no integer`);
  }
  if (step === 0)
    throw new ArgumentError("CT004", `${fn}: a slice has step 0. Steps are positive, or negative to go backwards.`);
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const within = (b: number | undefined, otherwise: number): number =>
    b === undefined ? otherwise : Math.min(Math.max(b < 0 ? b + size : b, low), high);
  return {
    kind: "slice",
    axis,
    start: within(start, step > 0 ? low : high),
    stop: within(stop, step > 0 ? high : low),
    step,
    whole: bounds.every((b) => b === null || b === undefined),
  };
}

/**
 * The parts of an index for an array of the given shape: masks become arrays of indices, the ellipsis and what is left
 * out become whole slices.
 * @throws ShapeError CT112 for too many indices, or a mask of another shape than what it masks
 */
export function parseIndex(fn: string, index: readonly unknown[], ownShape: readonly number[]): ParsedIndex {
  const raw = index.map((part, i) => classify(fn, part, i));
  const total = raw.reduce((n, r) => n + consumed(r), 0);
  if (total > ownShape.length) {
    throw new ShapeError(
      "CT112",
      `${fn}: the index has parts for ${total} dimensions, but the array of shape [${ownShape}] has ${ownShape.length}. Leave some out.`,
    );
  }
  if (raw.filter((r) => r.kind === "ellipsis").length > 1) {
    throw new ArgumentError(
      "CT113",
      `${fn}: the index holds "..." twice, but it stands for all dimensions that are left. Use it once.`,
    );
  }
  const shape: number[] = [];
  const added: number[] = [];
  const parts: Parsed[] = [];
  let from = 0;
  const take = (): number => {
    shape.push(ownShape[from++]);
    return shape.length - 1;
  };
  const whole = (): void => {
    const axis = take();
    parts.push({ kind: "slice", axis, start: 0, stop: shape[axis], step: 1, whole: true });
  };
  // Where advanced parts stand in the index decides where their dimensions go.
  const advanced: number[] = [];
  raw.forEach((r, position) => {
    if (r.kind === "integer" || r.kind === "array" || r.kind === "mask" || r.kind === "flag") advanced.push(position);
    switch (r.kind) {
      case "new":
        parts.push({ kind: "new" });
        break;
      case "ellipsis":
        for (let n = ownShape.length - total; n > 0; n--) whole();
        break;
      case "flag":
        added.push(shape.length);
        parts.push({ kind: "array", axis: shape.length, value: asTensor(new Int32Array(r.value ? 1 : 0), fn) });
        shape.push(1);
        break;
      case "mask": {
        const masked = ownShape.slice(from, from + r.value.ndim);
        if (!r.value.shape.every((n, d) => n === masked[d])) {
          throw new ShapeError(
            "CT112",
            `${fn}: the mask has shape [${r.value.shape}], but the dimensions it masks have shape [${masked}]. They must be equal.`,
          );
        }
        for (const value of maskIndices(fn, r.value)) parts.push({ kind: "array", axis: take(), value });
        break;
      }
      case "slice": {
        const axis = take();
        parts.push(resolve(fn, r.bounds, shape[axis], axis));
        break;
      }
      default:
        parts.push({ ...r, axis: take() } as Parsed);
    }
  });
  while (from < ownShape.length) whole();
  const contiguous = advanced.every((p, i) => i === 0 || p === advanced[i - 1] + 1);
  return { shape, parts, added, contiguous };
}

/** How many places a slice takes. */
export const sliceLength = (s: { readonly start: number; readonly stop: number; readonly step: number }): number =>
  Math.max(0, Math.ceil((s.stop - s.start) / s.step));
