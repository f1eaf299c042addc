/** Attributes of StableHLO's operations. Source: https://openxla.org/stablehlo/spec. */
import type { ConvDims, GatherDims, Precision, ScatterDims, WindowDim } from "../hlo/instruction.js";

export const list = (xs: readonly (number | boolean | string)[]): string => `[${xs.join(", ")}]`;

/** `array<i64: 1, 2>`, and without the colon when it is empty. */
export const array = (type: "i64" | "i1", xs: readonly (number | boolean)[]): string =>
  xs.length === 0 ? `array<${type}>` : `array<${type}: ${xs.join(", ")}>`;

/** `<{a = 1, b = 2}>`. */
export const properties = (fields: Readonly<Record<string, string>>): string =>
  `<{${Object.entries(fields)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ")}}>`;

/** Edges to pad by, low and high of each dimension. */
export const paddingOf = (window: readonly WindowDim[]): string =>
  `dense<${window.length === 0 ? "" : list(window.map((w) => list([w.padLow, w.padHigh])))}> : tensor<${window.length}x2xi64>`;

export const precisionName = (p: Precision): string => p.toUpperCase();

/** Fields of an attribute of the dialect; empty lists are left out, as the parser has it. */
const fields = (entries: Readonly<Record<string, readonly number[] | number>>): string =>
  Object.entries(entries)
    .filter(([, value]) => typeof value === "number" || value.length > 0)
    .map(([name, value]) => `${name} = ${typeof value === "number" ? value : list(value)}`)
    .join(", ");

export const gatherNumbers = (d: GatherDims): string =>
  `#stablehlo.gather<${fields({
    offset_dims: d.offsetDims,
    collapsed_slice_dims: d.collapsedSliceDims,
    operand_batching_dims: d.operandBatchingDims,
    start_indices_batching_dims: d.startIndicesBatchingDims,
    start_index_map: d.startIndexMap,
    index_vector_dim: d.indexVectorDim,
  })}>`;

export const scatterNumbers = (d: ScatterDims): string =>
  `#stablehlo.scatter<${fields({
    update_window_dims: d.updateWindowDims,
    inserted_window_dims: d.insertedWindowDims,
    input_batching_dims: d.inputBatchingDims,
    scatter_indices_batching_dims: d.scatterIndicesBatchingDims,
    scatter_dims_to_operand_dims: d.scatterDimsToOperandDims,
    index_vector_dim: d.indexVectorDim,
  })}>`;

/** One array's dimensions by their parts: `[b, f, 0, 1]`. */
const labels = (named: Readonly<Record<string, number>>, spatial: readonly number[]): string => {
  const parts = new Array<string>(spatial.length + 2);
  for (const [name, d] of Object.entries(named)) parts[d] = name;
  spatial.forEach((d, i) => {
    parts[d] = String(i);
  });
  return list(parts);
};

export const convolutionNumbers = (d: ConvDims): string =>
  `#stablehlo.conv<${labels({ b: d.inputBatch, f: d.inputFeature }, d.inputSpatial)}` +
  `x${labels({ i: d.kernelInputFeature, o: d.kernelOutputFeature }, d.kernelSpatial)}` +
  `->${labels({ b: d.outputBatch, f: d.outputFeature }, d.outputSpatial)}>`;
