/** Reductions over sliding windows, and the gather and scatter through which extrema of windows are differentiated. */

import { arrayShape, type HloBuilder, type HloComputation } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { f32, i32 } from "../core/avals.js";
import type { DType } from "../core/dtype.js";
import { param } from "../core/params.js";
import {
  type DefinedPrimitive,
  type Diff,
  type Domain,
  definePrimitive,
  type OutAval,
  type Sample,
} from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { ShapeError, TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { alignBatch } from "./batched.js";
import { type DTypeClass, dtypeError, inClass, out, type Result } from "./checks.js";
import { scalarLike } from "./operand.js";
import { pad } from "./padding.js";
import { highest, identityElement, lowest, type Monoid, monoidReducer } from "./reducers.js";
import { slice } from "./slicing.js";
import {
  batchedWindow,
  hloWindow,
  operandTransposePadding,
  type PlainWindow,
  plainWindowParams,
  undilated,
  type Window,
  windowedShape,
  windowOf,
  windowParams,
} from "./window-geometry.js";

interface WindowReductionSpec {
  readonly name: string;
  readonly doc: string;
  readonly monoid: Monoid;
  readonly takes: DTypeClass;
  readonly diff: Diff<"x", Window>;
  readonly domain?: Domain;
}

const sampleWindows: readonly { shape: readonly number[]; window: Window }[] = [
  {
    shape: [2, 5],
    window: undilated({
      windowDimensions: [1, 2],
      windowStrides: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ],
    }),
  },
  { shape: [6], window: undilated({ windowDimensions: [3], windowStrides: [2], padding: [[1, 2]] }) },
  {
    shape: [4, 3],
    window: {
      windowDimensions: [2, 2],
      windowStrides: [1, 2],
      padding: [
        [0, 1],
        [1, 0],
      ],
      baseDilation: [2, 1],
      windowDilation: [1, 2],
    },
  },
  { shape: [6], window: undilated({ windowDimensions: [2], windowStrides: [1], padding: [[-1, -2]] }) },
  { shape: [2], window: undilated({ windowDimensions: [3], windowStrides: [1], padding: [[0, 0]] }) },
];

function defineWindowReduction(spec: WindowReductionSpec): DefinedPrimitive<"x", Window> {
  const { name, monoid, takes, domain } = spec;
  const sample = (x: ShapedArray, params: Window): Sample<"x", Window> => ({
    avals: { x },
    params,
    ...(domain && { domain: { x: domain } }),
    ...(monoid !== "sum" &&
      params.windowDilation.some((d) => d > 1) && { skipGradients: "a window with holes has no transpose" }),
  });
  const primitive: DefinedPrimitive<"x", Window> = definePrimitive<"x", typeof windowParams>({
    name,
    doc: spec.doc,
    operands: ["x"],
    params: windowParams,
    abstractEval: ({ x }, window) =>
      inClass(x.dtype, takes)
        ? Either.chain((shape: number[]) => out(shape, x.dtype))(windowedShape(name, x, window))
        : Either.left(dtypeError(name, "x", x.dtype, takes)),
    diff: spec.diff,
    batching: ({ x }, { x: dim }, window) => [primitive.bind({ x }, batchedWindow(window, dim as number)), dim],
    lower(b, { x }, window, { out: { dtype } }) {
      const init = b.scalar(dtype, identityElement(monoid, dtype));
      return b.reduceWindow([x], [init], hloWindow(window), monoidReducer(b, monoid, dtype))[0];
    },
    samples: [
      ...sampleWindows.map(({ shape, window }) => sample(f32(...shape), window)),
      sample(i32(6), sampleWindows[1].window),
    ],
  });
  return primitive;
}

export const reduceWindowSumP = defineWindowReduction({
  name: "reduce_window_sum",
  doc: "The sum of each window.",
  monoid: "sum",
  takes: "number",
  diff: {
    kind: "linear",
    transpose: {
      x(ct, { x }, w) {
        const padding = operandTransposePadding({
          inSizes: x.shape,
          windowSizes: w.windowDimensions,
          outSizes: ct.shape,
          strides: w.windowStrides,
          padding: w.padding,
          inDilation: w.baseDilation,
          windowDilation: w.windowDilation,
        });
        const config = padding.map(([low, high], d) => [low, high, w.windowStrides[d] - 1] as const);
        return reduceWindowSum(pad(ct, scalarLike(ct, 0), config), {
          windowDimensions: w.windowDimensions,
          windowStrides: w.baseDilation,
          padding: padding.map(() => [0, 0] as const),
          baseDilation: padding.map(() => 1),
          windowDilation: w.windowDilation,
        });
      },
    },
  },
});
/** The sum of each window of x. */
export const reduceWindowSum = (x: Tensor, window: Window): Tensor => reduceWindowSumP.bind({ x }, window);

/** The tangent of the element that each window selects. */
const selectedTangent = (selectPrim: Selection): Diff<"x", Window> => ({
  kind: "smooth",
  jvp: { x: (t, { x }, window) => selectAndGatherAdd(t, x, { selectPrim, ...windowOf(window) }) },
});

export const reduceWindowMaxP = defineWindowReduction({
  name: "reduce_window_max",
  doc: "The maximum of each window.",
  monoid: "max",
  takes: "any",
  diff: selectedTangent("ge"),
  domain: { apart: 0.1 },
});
/** The maximum of each window of x; of ties the first has the gradient. */
export const reduceWindowMax = (x: Tensor, window: Window): Tensor => reduceWindowMaxP.bind({ x }, window);

export const reduceWindowMinP = defineWindowReduction({
  name: "reduce_window_min",
  doc: "The minimum of each window.",
  monoid: "min",
  takes: "any",
  diff: selectedTangent("le"),
  domain: { apart: 0.1 },
});
/** The minimum of each window of x; of ties the first has the gradient. */
export const reduceWindowMin = (x: Tensor, window: Window): Tensor => reduceWindowMinP.bind({ x }, window);

/** Which element of a window is selected: that which is ≥ all, or ≤ all, others; of ties the first. */
export type Selection = "ge" | "le";
const selectParam = param.oneOf("ge", "le");

const worst = (selection: Selection, dtype: DType) => (selection === "ge" ? lowest(dtype) : highest(dtype));

const selector = (b: HloBuilder, selection: Selection, dtype: DType): HloComputation =>
  b.scalarComputation(`${selection}.${dtype}`, dtype, (inner, x, y) =>
    inner.compare(x, y, selection === "ge" ? "GE" : "LE"),
  );

const realOnly = (name: string, operand: ShapedArray, next: () => Result<OutAval>): Result<OutAval> =>
  inClass(operand.dtype, "real") ? next() : Either.left(dtypeError(name, "operand", operand.dtype, "real"));

const sameType = (name: string, x: ShapedArray, what: string, dtype: DType, shape: readonly number[]): Result<null> =>
  x.dtype === dtype && x.shape.length === shape.length && x.shape.every((n, d) => n === shape[d])
    ? Either.right(null)
    : Either.left(
        new ShapeError(
          "CT103",
          `${name}: operand '${what}' is ${x.dtype}[${x.shape}], but 'operand' and the window ask for ${dtype}[${shape}]. ` +
            "They must be equal.",
        ),
      );

const scatterSamples: readonly { shape: readonly number[]; source: readonly number[]; window: PlainWindow }[] = [
  {
    shape: [2, 5],
    source: [2, 4],
    window: {
      windowDimensions: [1, 2],
      windowStrides: [1, 1],
      padding: [
        [0, 0],
        [0, 0],
      ],
    },
  },
  { shape: [6], source: [4], window: { windowDimensions: [3], windowStrides: [2], padding: [[1, 2]] } },
];

export const selectAndScatterAddP = definePrimitive({
  name: "select_and_scatter_add",
  doc: "Zeros like `operand`, to which each element of `source` is added where its window of `operand` has its extremum.",
  operands: ["source", "operand"],
  params: { selectPrim: selectParam, ...plainWindowParams },
  abstractEval: ({ source, operand }, window) =>
    realOnly("select_and_scatter_add", operand, () =>
      Either.chain((places: number[]) =>
        Either.chain(() => out(operand.shape, operand.dtype))(
          sameType("select_and_scatter_add", source, "source", operand.dtype, places),
        ),
      )(windowedShape("select_and_scatter_add", operand, undilated(window))),
    ),
  diff: {
    kind: "linear",
    transpose: {
      source: (ct, { operand }, { selectPrim, ...window }) =>
        selectAndGatherAdd(ct, operand as Tensor, { selectPrim, ...windowOf(undilated(window)) }),
      operand: "none",
    },
  },
  batching({ source, operand }, dims, { selectPrim, ...window }, { size }) {
    const { xs, dim } = alignBatch([source, operand], [dims.source, dims.operand], size);
    return [selectAndScatterAdd(xs[0], xs[1], { selectPrim, ...plain(batchedWindow(undilated(window), dim)) }), dim];
  },
  lower(b, { source, operand }, { selectPrim, ...window }, { out: { dtype } }) {
    const scatter = monoidReducer(b, "sum", dtype);
    return b.selectAndScatter(
      operand,
      source,
      b.scalar(dtype, 0),
      hloWindow(undilated(window)),
      selector(b, selectPrim, dtype),
      scatter,
    );
  },
  samples: scatterSamples.map(({ shape, source, window }) => ({
    avals: { source: f32(...source), operand: f32(...shape) },
    params: { selectPrim: "ge" as const, ...window },
    domain: { operand: { apart: 0.1 } },
  })),
});
/** Zeros like `operand`, to which each element of `source` is added where its window of `operand` has its extremum. */
export const selectAndScatterAdd = (
  source: Tensor,
  operand: Tensor,
  params: PlainWindow & { readonly selectPrim: Selection },
): Tensor => selectAndScatterAddP.bind({ source, operand }, params);

const plain = ({ padding, windowDimensions, windowStrides }: Window): PlainWindow => ({
  padding,
  windowDimensions,
  windowStrides,
});

export const selectAndGatherAddP = definePrimitive({
  name: "select_and_gather_add",
  doc: "For each window the element of `tangents` that stands where the window of `operand` has its extremum.",
  operands: ["tangents", "operand"],
  params: { selectPrim: selectParam, ...windowParams },
  abstractEval: ({ tangents, operand }, window) =>
    realOnly("select_and_gather_add", operand, () =>
      Either.chain(() =>
        Either.chain((shape: number[]) => out(shape, operand.dtype))(
          windowedShape("select_and_gather_add", operand, window),
        ),
      )(sameType("select_and_gather_add", tangents, "tangents", operand.dtype, operand.shape)),
    ),
  diff: {
    kind: "linear",
    transpose: {
      tangents: (ct, { operand }, params) => transposedGather(ct, operand as Tensor, params),
      operand: "none",
    },
  },
  batching({ tangents, operand }, dims, { selectPrim, ...window }, { size }) {
    const { xs, dim } = alignBatch([tangents, operand], [dims.tangents, dims.operand], size);
    return [selectAndGatherAdd(xs[0], xs[1], { selectPrim, ...batchedWindow(window, dim) }), dim];
  },
  lower(b, { tangents, operand }, { selectPrim, ...window }, { out: { dtype } }) {
    const scalar = arrayShape(dtype, []);
    const reducer = b.computation(
      `select_${selectPrim}.${dtype}`,
      [scalar, scalar, scalar, scalar],
      (c, [k, v, k2, v2]) => {
        const first = c.compare(k, k2, selectPrim === "ge" ? "GE" : "LE");
        return [c.select(first, k, k2), c.select(first, v, v2)];
      },
    );
    const inits = [b.scalar(dtype, worst(selectPrim, dtype)), b.scalar(dtype, 0)];
    return b.reduceWindow([operand, tangents], inits, hloWindow(window), reducer)[1];
  },
  samples: sampleWindows
    .filter(({ window }) => window.windowDilation.every((d) => d === 1))
    .map(({ shape, window }) => ({
      avals: { tangents: f32(...shape), operand: f32(...shape) },
      params: { selectPrim: "ge" as const, ...window },
      domain: { operand: { apart: 0.1 } },
    })),
});
/** For each window the element of `tangents` that stands where the window of `operand` has its extremum. */
export const selectAndGatherAdd = (
  tangents: Tensor,
  operand: Tensor,
  params: Window & { readonly selectPrim: Selection },
): Tensor => selectAndGatherAddP.bind({ tangents, operand }, params);

function transposedGather(
  ct: Tensor,
  operand: Tensor,
  { selectPrim, ...w }: Window & { readonly selectPrim: Selection },
): Tensor {
  if (w.windowDilation.some((d) => d !== 1)) {
    throw new TransformError(
      "CT326",
      `select_and_gather_add: the gradient of extrema of windows with holes (windowDilation [${w.windowDilation}]) is not defined. ` +
        "Take the windows apart with slices, and their maximum.",
    );
  }
  const params = { selectPrim, ...plain(w) };
  if (w.baseDilation.every((d) => d === 1)) return selectAndScatterAdd(ct, operand, params);
  // Holes between elements are filled with what is never selected, and dropped again.
  const holes = w.baseDilation.map((d) => [0, 0, d - 1] as const);
  const result = selectAndScatterAdd(
    ct,
    pad(operand, scalarLike(operand, worst(selectPrim, operand.dtype)), holes),
    params,
  );
  return slice(
    result,
    result.shape.map(() => 0),
    result.shape,
    w.baseDilation,
  );
}
