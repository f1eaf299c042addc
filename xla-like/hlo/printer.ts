/** HLO as text, in XLA's manner. `parser.ts` reads it back to an equal module. */
import { computationsOf, nameOf } from "./graph.js";
import type { HloComputation, HloInstruction, HloModule, Precision } from "./instruction.js";
import { shapeText } from "./shape.js";
import {
  configText,
  dimLabelsText,
  intsText,
  nameText,
  paddingText,
  rangesText,
  windowText,
} from "./text/attributes.js";
import { literalText } from "./text/literal-text.js";

/** An attribute is left out where its value is the one the parser assumes. */
const flag = (name: string, value: boolean): readonly string[] => (value ? [`${name}=true`] : []);
const count = (name: string, value: number): readonly string[] => (value === 1 ? [] : [`${name}=${value}`]);
const some = (name: string, list: readonly number[]): readonly string[] =>
  list.length === 0 ? [] : [`${name}=${intsText(list)}`];
const precisionOf = (p: Precision): readonly string[] => (p === "default" ? [] : [`operand_precision={${p},${p}}`]);
const called = (name: string, c: HloComputation): string => `${name}=%${nameText(c.name)}`;

const attributes = (i: HloInstruction): readonly string[] => {
  switch (i.opcode) {
    case "parameter":
      return i.name === undefined ? [] : [`name=${JSON.stringify(i.name)}`];
    case "iota":
      return [`iota_dimension=${i.dimension}`];
    case "compare":
      return [`direction=${i.direction}`, ...(i.totalOrder ? ["type=TOTALORDER"] : [])];
    case "reduce-precision":
      return [`exponent_bits=${i.exponentBits}`, `mantissa_bits=${i.mantissaBits}`];
    case "broadcast":
    case "reverse":
      return [`dimensions=${intsText(i.dimensions)}`];
    case "transpose":
      return [`dimensions=${intsText(i.permutation)}`];
    case "slice":
      return [`slice=${rangesText(i)}`];
    case "pad":
      return [`padding=${paddingText(i)}`];
    case "concatenate":
      return [`dimensions={${i.dimension}}`];
    case "dynamic-slice":
      return [`dynamic_slice_sizes=${intsText(i.sizes)}`];
    case "dot":
      return [
        ...some("lhs_batch_dims", i.dims.lhsBatch),
        `lhs_contracting_dims=${intsText(i.dims.lhsContracting)}`,
        ...some("rhs_batch_dims", i.dims.rhsBatch),
        `rhs_contracting_dims=${intsText(i.dims.rhsContracting)}`,
        ...precisionOf(i.precision),
      ];
    case "convolution":
      return [
        `window=${windowText(i.window)}`,
        `dim_labels=${dimLabelsText(i.dims)}`,
        ...count("feature_group_count", i.featureGroupCount),
        ...count("batch_group_count", i.batchGroupCount),
        ...precisionOf(i.precision),
      ];
    case "reduce":
      return [`dimensions=${intsText(i.dimensions)}`, called("to_apply", i.computation)];
    case "reduce-window":
      return [`window=${windowText(i.window)}`, called("to_apply", i.computation)];
    case "select-and-scatter":
      return [`window=${windowText(i.window)}`, called("select", i.select), called("scatter", i.scatter)];
    case "gather":
      return [
        `offset_dims=${intsText(i.dims.offsetDims)}`,
        `collapsed_slice_dims=${intsText(i.dims.collapsedSliceDims)}`,
        `start_index_map=${intsText(i.dims.startIndexMap)}`,
        ...some("operand_batching_dims", i.dims.operandBatchingDims),
        ...some("start_indices_batching_dims", i.dims.startIndicesBatchingDims),
        `index_vector_dim=${i.dims.indexVectorDim}`,
        `slice_sizes=${intsText(i.sliceSizes)}`,
        ...flag("indices_are_sorted", i.indicesAreSorted),
      ];
    case "scatter":
      return [
        `update_window_dims=${intsText(i.dims.updateWindowDims)}`,
        `inserted_window_dims=${intsText(i.dims.insertedWindowDims)}`,
        `scatter_dims_to_operand_dims=${intsText(i.dims.scatterDimsToOperandDims)}`,
        ...some("input_batching_dims", i.dims.inputBatchingDims),
        ...some("scatter_indices_batching_dims", i.dims.scatterIndicesBatchingDims),
        `index_vector_dim=${i.dims.indexVectorDim}`,
        ...flag("indices_are_sorted", i.indicesAreSorted),
        ...flag("unique_indices", i.uniqueIndices),
        called("to_apply", i.computation),
      ];
    case "sort":
      return [`dimensions={${i.dimension}}`, ...flag("is_stable", i.stable), called("to_apply", i.comparator)];
    case "top-k":
      return [`k=${i.k}`];
    case "while":
      return [called("condition", i.condition), called("body", i.body)];
    case "conditional":
      return [`branch_computations={${i.branches.map((b) => `%${nameText(b.name)}`).join(", ")}}`];
    case "call":
      return [called("to_apply", i.computation)];
    case "fusion":
      return [`kind=${i.kind}`, called("calls", i.computation)];
    case "get-tuple-element":
      return [`index=${i.index}`];
    case "custom-call":
      return [
        `custom_call_target=${JSON.stringify(i.target)}`,
        ...flag("custom_call_has_side_effect", i.hasSideEffect),
        ...(Object.keys(i.config).length === 0 ? [] : [`backend_config=${configText(i.config)}`]),
      ];
    default:
      return [];
  }
};

const operandsText = (i: HloInstruction): string => {
  if (i.opcode === "parameter") return String(i.index);
  if (i.opcode === "constant") return literalText(i.shape.dtype, i.shape.dims, i.data);
  return i.operands.map(nameOf).join(", ");
};

/** `%add.3 = f32[2] add(%x.1, %y.2)` with attributes, and the origin as metadata. */
export const printInstruction = (i: HloInstruction): string =>
  [
    `${nameOf(i)} = ${shapeText(i.shape)} ${i.opcode}(${operandsText(i)})`,
    ...attributes(i),
    ...(i.origin === undefined ? [] : [`metadata={op_name=${JSON.stringify(i.origin)}}`]),
  ].join(", ");

export const printComputation = (c: HloComputation): string => {
  const parameters = c.parameters.map((p) => `${nameOf(p).slice(1)}: ${shapeText(p.shape)}`).join(", ");
  const lines = c.instructions.map((i) => `  ${i === c.root ? "ROOT " : ""}${printInstruction(i)}\n`);
  return `%${nameText(c.name)} (${parameters}) -> ${shapeText(c.root.shape)} {\n${lines.join("")}}\n`;
};

/** The whole module: called computations before their callers, the entry last. */
export const printModule = (module: HloModule): string => {
  const alias = module.donation?.map(([parameter, output]) => `{${output}}: (${parameter})`).join(", ");
  const head = `HloModule ${nameText(module.name)}${alias === undefined ? "" : `, input_output_alias={ ${alias} }`}\n`;
  const blocks = computationsOf(module).map((c) => (c === module.entry ? "ENTRY " : "") + printComputation(c));
  return [head, ...blocks].join("\n");
};
