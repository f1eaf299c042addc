/** Updates of windows of a tensor at places given by index vectors: set, add, subtract, multiply, least and greatest. */

import type { HloBuilder, HloComputation } from "../../xla-like/index.js";
import { ShapedArray } from "../core/aval.js";
import { f32, i32 } from "../core/avals.js";
import type { DType } from "../core/dtype.js";
import { noEffects } from "../core/effects.js";
import { ClosedJaxpr, Jaxpr, Var } from "../core/jaxpr.js";
import { type ParamValues, param } from "../core/params.js";
import {
  type DefinedMultiPrimitive,
  defineMultiPrimitive,
  type MultiPrimitiveSpec,
  type MultiSample,
  type Primitive,
} from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { Either } from "../prelude/fp.js";
import { addP, maxP, minP, mulP, subP } from "./arithmetic.js";
import { batchAt } from "./batched.js";
import { commonDtype, type DTypeClass, dtypeError, inClass, shapeError } from "./checks.js";
import {
  behindBatch,
  completeScatterDims,
  type GatherScatterMode,
  hloScatterDims,
  lastStarts,
  modeParam,
  type ScatterDimensionNumbers,
  type ScatterDimensionsInput,
  scatterDimsParam,
  scatterProblem,
  windowSizes,
} from "./gather-dims.js";
import { monoidReducer } from "./reducers.js";
import { additive, extremal, multiplicative, replacing } from "./scatter-derivatives.js";

const scatterParams = {
  dimensionNumbers: scatterDimsParam,
  indicesAreSorted: param.bool,
  mode: modeParam,
  uniqueIndices: param.bool,
  updateConsts: param.fixed("()"),
  updateJaxpr: param.optional(param.jaxpr),
};
export type ScatterParams = ParamValues<typeof scatterParams>;
export type ScatterPrimitive = DefinedMultiPrimitive<ScatterParams>;
/** How a scatter is differentiated. */
export type ScatterRules = Pick<MultiPrimitiveSpec<typeof scatterParams>, "jvp" | "transpose">;

interface ScatterSpec {
  readonly name: string;
  readonly doc: string;
  readonly takes: DTypeClass;
  /** The computation of (old element, update). */
  readonly combine: (b: HloBuilder, dtype: DType) => HloComputation;
  readonly rules: ScatterRules;
}

const rows: ScatterDimensionNumbers = {
  updateWindowDims: [],
  insertedWindowDims: [0],
  scatterDimsToOperandDims: [0],
  operandBatchingDims: [],
  scatterIndicesBatchingDims: [],
};

const samples = (): readonly MultiSample<ScatterParams>[] => {
  const params = (dimensionNumbers: ScatterDimensionNumbers, mode: ScatterParams["mode"]): ScatterParams => ({
    dimensionNumbers,
    indicesAreSorted: false,
    uniqueIndices: true,
    mode,
  });
  const x = { apart: 0.1 };
  return [
    {
      avals: [f32(4), i32(2, 1), f32(2)],
      params: params(rows, "fill_or_drop"),
      domain: [x, { values: [2, 0] }, x],
    },
    {
      avals: [f32(4, 3), i32(2, 1), f32(2, 2)],
      params: params({ ...rows, updateWindowDims: [1] }, "clip"),
      domain: [x, { values: [9, 1] }, x],
    },
    {
      avals: [f32(4), i32(2, 1), f32(2)],
      params: params(rows, "fill_or_drop"),
      domain: [x, { values: [4, -1] }, x],
    },
    {
      avals: [f32(2, 3), i32(2, 2, 1), f32(2, 2)],
      params: params(
        {
          updateWindowDims: [],
          insertedWindowDims: [1],
          scatterDimsToOperandDims: [1],
          operandBatchingDims: [0],
          scatterIndicesBatchingDims: [0],
        },
        "promise_in_bounds",
      ),
      domain: [x, { values: [0, 2, 1, 0] }, x],
    },
    { avals: [f32(3), i32(0, 1), f32(0)], params: params(rows, "clip") },
  ];
};

function defineScatter(spec: ScatterSpec): ScatterPrimitive {
  const { name, takes } = spec;
  const primitive: ScatterPrimitive = defineMultiPrimitive({
    name,
    doc: spec.doc,
    params: scatterParams,
    ...spec.rules,
    abstractEval([x, indices, updates], { dimensionNumbers }) {
      if (!inClass(indices.dtype, "integer")) return Either.left(dtypeError(name, "indices", indices.dtype, "integer"));
      const wrong = scatterProblem(x, indices, updates, dimensionNumbers);
      if (wrong !== undefined) return shapeError(`${name}: ${wrong}`);
      return Either.map((dtype: DType) => ({ avals: [{ shape: x.shape, dtype, weakType: x.weakType }] }))(
        commonDtype(name, { x, updates }, takes),
      );
    },
    batching([x, indices, updates], [xDim, indicesDim, updatesDim], p, { size }) {
      const dims = { x: xDim, indices: indicesDim, updates: updatesDim };
      const [y, dim] = batchScatter(primitive, { x, indices, updates }, dims, size, p);
      return { outs: [y], dims: [dim] };
    },
    partialEval: "whole",
    dce: "whole",
    lower({ b, avals: [x, indices, updates] }, [operand, at, news], { dimensionNumbers: d, mode, ...flags }) {
      if (x.size === 0 || updates.size === 0) return [operand];
      let starts = at;
      if (mode === "clip" && d.scatterDimsToOperandDims.length > 0) {
        const last = lastStarts(b, indices, d.scatterDimsToOperandDims, x.shape, windowSizes(d, x.ndim, updates.shape));
        starts = b.clamp(b.scalar(indices.dtype, 0), at, last);
      }
      return [b.scatter(operand, starts, news, hloScatterDims(d, indices.ndim), spec.combine(b, x.dtype), flags)];
    },
    samples: samples(),
  });
  return primitive;
}

const shown = new Map<string, ClosedJaxpr>();

/** The program of (old, update) that jaxprs show. One for each operation and type, so that equal scatters have equal keys. */
function updateJaxpr(shows: (() => Primitive) | undefined, dtype: DType): ClosedJaxpr | undefined {
  if (shows === undefined) return undefined;
  const primitive = shows();
  const key = `${primitive.name} ${dtype}`;
  let jaxpr = shown.get(key);
  if (jaxpr === undefined) {
    const scalar = new ShapedArray([], dtype);
    const [x, y, z] = [new Var(scalar), new Var(scalar), new Var(scalar)];
    const eqn = { primitive, inputs: [x, y], params: {}, outputs: [z], effects: noEffects };
    jaxpr = new ClosedJaxpr(new Jaxpr([], [x, y], [eqn], [z]), []);
    shown.set(key, jaxpr);
  }
  return jaxpr;
}

export const scatterP = defineScatter({
  name: "scatter",
  doc: "The operand with windows replaced by updates. Which of several updates of one element wins is not specified.",
  takes: "any",
  combine: (b, dtype) => b.scalarComputation(`set.${dtype}`, dtype, (_, __, y) => y),
  rules: replacing,
});

export const scatterAddP = defineScatter({
  name: "scatter-add",
  doc: "The operand with updates added to windows.",
  takes: "number",
  combine: (b, dtype) => monoidReducer(b, "sum", dtype),
  rules: additive(() => scatterAddP, 1),
});

export const scatterSubP = defineScatter({
  name: "scatter-sub",
  doc: "The operand with updates subtracted from windows.",
  takes: "number",
  combine: (b, dtype) => b.scalarComputation(`subtract.${dtype}`, dtype, (c, x, y) => c.binary("subtract", x, y)),
  rules: additive(() => scatterSubP, -1),
});

export const scatterMulP = defineScatter({
  name: "scatter-mul",
  doc: "The operand with windows multiplied by updates.",
  takes: "number",
  combine: (b, dtype) => monoidReducer(b, "prod", dtype),
  rules: multiplicative,
});

export const scatterMinP = defineScatter({
  name: "scatter-min",
  doc: "The operand with windows replaced by the lesser of themselves and updates.",
  takes: "any",
  combine: (b, dtype) => monoidReducer(b, "min", dtype),
  rules: extremal(() => scatterMinP),
});

export const scatterMaxP = defineScatter({
  name: "scatter-max",
  doc: "The operand with windows replaced by the greater of themselves and updates.",
  takes: "any",
  combine: (b, dtype) => monoidReducer(b, "max", dtype),
  rules: extremal(() => scatterMaxP),
});

export interface ScatterOptions {
  readonly indicesAreSorted?: boolean;
  /** A promise that no element is updated twice. */
  readonly uniqueIndices?: boolean;
  /** What becomes of windows that are not wholly inside: dropped unless said otherwise. */
  readonly mode?: GatherScatterMode;
}
type Scatter = (
  x: Tensor,
  indices: Tensor,
  updates: Tensor,
  dims: ScatterDimensionsInput,
  options?: ScatterOptions,
) => Tensor;

const scatterWith =
  (primitive: () => ScatterPrimitive, shows?: () => Primitive): Scatter =>
  (x, indices, updates, dims, { indicesAreSorted = false, uniqueIndices = false, mode = "fill_or_drop" } = {}) =>
    primitive().bind([x, indices, updates], {
      dimensionNumbers: completeScatterDims(dims),
      indicesAreSorted,
      mode,
      uniqueIndices,
      updateJaxpr: updateJaxpr(shows, x.dtype),
    })[0];

/** x with windows at the index vectors replaced by updates. */
export const scatter: Scatter = scatterWith(() => scatterP);
/** x with updates added to windows at the index vectors. */
export const scatterAdd: Scatter = scatterWith(
  () => scatterAddP,
  () => addP,
);
/** x with updates subtracted from windows at the index vectors. */
export const scatterSub: Scatter = scatterWith(
  () => scatterSubP,
  () => subP,
);
/** x with windows at the index vectors multiplied by updates. */
export const scatterMul: Scatter = scatterWith(
  () => scatterMulP,
  () => mulP,
);
/** x with windows at the index vectors replaced by the lesser of themselves and updates. */
export const scatterMin: Scatter = scatterWith(
  () => scatterMinP,
  () => minP,
);
/** x with windows at the index vectors replaced by the greater of themselves and updates. */
export const scatterMax: Scatter = scatterWith(
  () => scatterMaxP,
  () => maxP,
);

/** A scatter whose operands have batch dimensions; the result's stands in front. */
export function batchScatter(
  primitive: ScatterPrimitive,
  args: { readonly x: Tensor; readonly indices: Tensor; readonly updates: Tensor },
  dims: { readonly x: number | null; readonly indices: number | null; readonly updates: number | null },
  size: number,
  p: ScatterParams,
): [Tensor, number] {
  const x = batchAt(args.x, dims.x, 0, size);
  const updates = batchAt(args.updates, dims.updates, 0, size);
  const d = p.dimensionNumbers;
  const behind: ScatterDimensionNumbers = {
    updateWindowDims: behindBatch(d.updateWindowDims),
    insertedWindowDims: behindBatch(d.insertedWindowDims),
    scatterDimsToOperandDims: behindBatch(d.scatterDimsToOperandDims),
    operandBatchingDims: behindBatch(d.operandBatchingDims),
    scatterIndicesBatchingDims: d.scatterIndicesBatchingDims,
  };
  // With indices of its own each element of the batch is a batching dimension, else a part of the window.
  const [indices, dimensionNumbers] =
    dims.indices === null
      ? [args.indices, { ...behind, updateWindowDims: [0, ...behind.updateWindowDims] }]
      : [
          batchAt(args.indices, dims.indices, 0, size),
          {
            ...behind,
            operandBatchingDims: [0, ...behind.operandBatchingDims],
            scatterIndicesBatchingDims: [0, ...behindBatch(d.scatterIndicesBatchingDims)],
          },
        ];
  return [primitive.bind([x, indices, updates], { ...p, dimensionNumbers })[0], 0];
}
