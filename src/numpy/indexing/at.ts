/** `x.at(index)`: copies of x with some elements changed. */
import type { ArrayLike } from "../../core/array-like.js";
import { dtypes, isInteger } from "../../core/dtype.js";
import { isScalarValue, literal, type ScalarValue } from "../../core/scalars.js";
import type { Tensor } from "../../core/tensor.js";
import { ArgumentError } from "../../prelude/errors.js";
import { checkOptions, describeType } from "../../prelude/options.js";
import * as p from "../../primitives/index.js";
import { trueDivide } from "../arithmetic.js";
import { power } from "../exponential.js";
import { broadcastToShape, promoteDtypes, toTensor } from "../promote.js";
import { planGather } from "./gather-plan.js";
import { type IndexPart, parseIndex } from "./parse.js";
import { gatherMode, type IndexMode, isIndexMode, type TakeOptions, takeIndex } from "./take-index.js";

/** How to write, where indices may repeat, be out of order or out of range. */
export interface UpdateOptions {
  /**
   * What becomes of indices out of range: `"drop"` (or `"fill"`), the default, leaves x as it is; `"clip"` moves them to
   * the edge; `"promise_in_bounds"` says that there are none.
   */
  readonly mode?: IndexMode | null;
  /** A promise that indices are in ascending order. */
  readonly indicesAreSorted?: boolean;
  /** A promise that no element is named twice. */
  readonly uniqueIndices?: boolean;
  /** Whether -1 is the last element; true by default. */
  readonly wrapNegativeIndices?: boolean;
}
const updateOptions = ["mode", "indicesAreSorted", "uniqueIndices", "wrapNegativeIndices"];

export interface GetOptions extends UpdateOptions {
  /** What elements out of range are read as with mode `"fill"`; NaN, or the least or greatest integer, by default. */
  readonly fillValue?: ScalarValue;
}

type Scatter = typeof p.scatter;

function checkMode(fn: string, mode: unknown): void {
  if (mode === undefined || mode === null || isIndexMode(mode)) return;
  const given = typeof mode === "string" ? `'${mode}'` : describeType(mode);
  throw new ArgumentError(
    "CT003",
    `${fn}: mode is ${given}, but it must be "fill", "drop", "clip" or "promise_in_bounds".`,
  );
}

/** x with the scatter of y into the places of the index. */
export function scatterInto(
  fn: string,
  x: Tensor,
  index: readonly unknown[],
  values: ArrayLike,
  scatter: Scatter,
  options: UpdateOptions = {},
): Tensor {
  checkOptions(fn, options, updateOptions);
  checkMode(fn, options.mode);
  const { mode, indicesAreSorted = false, uniqueIndices = false, wrapNegativeIndices = true } = options;
  const parsed = parseIndex(fn, index, x.shape);
  const plan = planGather(fn, parsed, wrapNegativeIndices);
  if (plan.shape.includes(0)) return x;
  const [operand, updates] = promoteDtypes(x, valueFor(fn, x, values));
  const placed = p.squeeze(broadcastToShape(fn, updates, plan.shape), plan.newAxes);
  const ordered = plan.reversed.length > 0 ? p.rev(placed, plan.reversed) : placed;
  const { offsetDims, collapsedSliceDims, startIndexMap } = plan.dimensions;
  const dims = {
    updateWindowDims: offsetDims,
    insertedWindowDims: collapsedSliceDims,
    scatterDimsToOperandDims: startIndexMap,
  };
  const out = scatter(p.expandDims(operand, parsed.added), plan.indices, ordered, dims, {
    indicesAreSorted: plan.basic || indicesAreSorted,
    uniqueIndices: plan.basic || uniqueIndices,
    mode: gatherMode(mode, "fill_or_drop"),
  });
  return p.convert(p.squeeze(out, parsed.added), x.dtype, x.weakType);
}

/** Whole numbers within the range of an integer x take its type. */
function valueFor(fn: string, x: Tensor, values: ArrayLike): Tensor {
  if (!isScalarValue(values) || typeof values === "object" || !isInteger(x.dtype)) return toTensor(fn, values);
  const { bytes, kind } = dtypes[x.dtype];
  const bits = 8 * bytes;
  const [low, high] = kind === "signed" ? [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1] : [0, 2 ** bits - 1];
  const fits = typeof values !== "number" || (Number.isInteger(values) && values >= low && values <= high);
  return fits && typeof values !== "boolean" ? literal(values, x.dtype) : toTensor(fn, values);
}

/**
 * The places of x that an index names: read with `get`, changed in copies of x with the others. Where an index names a
 * place several times, `add`, `mul`, `min` and `max` take every value into account and `set` the last.
 */
export class IndexedTensor {
  constructor(
    private readonly x: Tensor,
    private readonly index: readonly IndexPart[],
  ) {}

  #update(fn: string, values: ArrayLike, scatter: Scatter, options: UpdateOptions | undefined): Tensor {
    return scatterInto(`at.${fn}`, this.x, this.index, values, scatter, options);
  }

  /** The elements, as `x.slice(...index)`, with a choice of what indices out of range read. */
  get(options: GetOptions = {}): Tensor {
    checkOptions("at.get", options, [...updateOptions, "fillValue"]);
    checkMode("at.get", options.mode);
    return takeIndex("at.get", this.x, this.index, options as TakeOptions);
  }
  /** x with the values, which broadcast to the places, in their place. */
  set(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.#update("set", values, p.scatter, options);
  }
  /** x with the values added. */
  add(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.#update("add", values, p.scatterAdd, options);
  }
  /** x with the values subtracted. */
  sub(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.#update("sub", values, p.scatterSub, options);
  }
  /** x multiplied by the values. */
  mul(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.#update("mul", values, p.scatterMul, options);
  }
  /** x divided by the values, as a float. */
  div(values: ArrayLike, options?: UpdateOptions): Tensor {
    const divisors = scatterInto("at.div", p.onesLike(this.x), this.index, values, p.scatterMul, options);
    return trueDivide(this.x, divisors);
  }
  /** x to the power of the values. */
  power(values: ArrayLike, options?: UpdateOptions): Tensor {
    const exponents = scatterInto("at.power", p.onesLike(this.x), this.index, values, p.scatterMul, options);
    return power(this.x, exponents);
  }
  /** x with the lesser of itself and the values. */
  min(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.#update("min", values, p.scatterMin, options);
  }
  /** x with the greater of itself and the values. */
  max(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.#update("max", values, p.scatterMax, options);
  }
  /** x with `f` of the elements in their place; `f` works element by element. Places named twice are changed once. */
  apply(f: (x: Tensor) => ArrayLike, options: UpdateOptions = {}): Tensor {
    checkOptions("at.apply", options, updateOptions);
    if (typeof f !== "function") {
      throw new ArgumentError(
        "CT014",
        `at.apply: the first argument must be a function, but it is ${describeType(f)}.`,
      );
    }
    const changed = toTensor(
      "at.apply",
      f(takeIndex("at.apply", this.x, this.index, { ...options, mode: options.mode ?? "clip" })),
    );
    return this.#update("set", p.convert(changed, this.x.dtype, this.x.weakType), p.scatter, options);
  }
  /** Another name of `sub`. */
  subtract(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.sub(values, options);
  }
  /** Another name of `mul`. */
  multiply(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.mul(values, options);
  }
  /** Another name of `div`. */
  divide(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.div(values, options);
  }
  /** Another name of `power`. */
  pow(values: ArrayLike, options?: UpdateOptions): Tensor {
    return this.power(values, options);
  }
}
