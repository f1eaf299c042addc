/** One instruction as an operation of StableHLO. */
import { isComplex, isFloat, isUnsigned } from "../hlo/dtype.js";
import type { HloComputation, HloInstruction, Instr, WindowDim } from "../hlo/instruction.js";
import { type ArrayShape, arrayShape } from "../hlo/shape.js";
import {
  array,
  convolutionNumbers,
  gatherNumbers,
  list,
  paddingOf,
  precisionName,
  properties,
  scatterNumbers,
} from "./attributes.js";
import { denseText } from "./constants.js";
import { elementwiseNames, isElementwise } from "./elementwise.js";
import { NotPortable } from "./error.js";
import type { FunctionWriter, Names } from "./printer.js";
import { routineText } from "./routines.js";
import { arraysOf, resultText, typesText, typeText } from "./types.js";

/** What is written for one instruction: operands' names and types, and fresh names for its results. */
export class Operation {
  readonly results: readonly string[];
  /** Names of the operands, one for each array. */
  readonly names: readonly string[];
  readonly shapes: readonly ArrayShape[];

  constructor(
    readonly writer: FunctionWriter,
    readonly instruction: HloInstruction,
    readonly operands: readonly Names[],
  ) {
    this.names = operands.flat();
    this.shapes = instruction.operands.flatMap((o) => arraysOf(o.shape));
    this.results = arraysOf(instruction.shape).map(() => writer.fresh());
  }

  get outs(): readonly ArrayShape[] {
    return arraysOf(this.instruction.shape);
  }
  get type(): string {
    return `(${typesText(this.shapes)}) -> ${resultText(this.outs)}`;
  }
  /** `%4, %5 = `; nothing where there are no results. */
  get left(): string {
    return this.results.length === 0 ? "" : `${this.results.join(", ")} = `;
  }

  /** The dialect's own form: `stablehlo.reshape %0, dims = [1] : (…) -> …`. */
  plain(name: string, attributes = ""): Names {
    this.writer.line(`${this.left}${this.#applied(name)}${attributes} : ${this.type}`);
    return this.results;
  }

  /** As above where one type says it all. */
  uniform(name: string, attributes = ""): Names {
    this.writer.line(`${this.left}${this.#applied(name)}${attributes} : ${typeText(this.outs[0])}`);
    return this.results;
  }

  /** MLIR's form for any operation: `"stablehlo.sort"(%0) <{…}> : (…) -> …`. */
  generic(name: string, fields: Readonly<Record<string, string>> = {}): Names {
    this.writer.line(`${this.left}${this.#head(name, fields, this.names)} : ${this.type}`);
    return this.results;
  }

  regions(name: string, computations: readonly HloComputation[], fields: Readonly<Record<string, string>> = {}): Names {
    const regions = computations.map((computation) => ({ computation }));
    this.writer.withRegions(`${this.left}${this.#head(name, fields, this.names)}`, regions, this.type);
    return this.results;
  }

  #applied(name: string): string {
    return this.names.length === 0 ? name : `${name} ${this.names.join(", ")}`;
  }

  #head(name: string, fields: Readonly<Record<string, string>>, names: readonly string[]): string {
    const attributes = Object.keys(fields).length === 0 ? "" : ` ${properties(fields)}`;
    return `"${name}"(${names.join(", ")})${attributes}`;
  }

  notPortable(what: string): never {
    throw new NotPortable(this.instruction, what);
  }
}

const compareType = (i: Instr<"compare">): string => {
  const { dtype } = arraysOf(i.operands[0].shape)[0];
  if (isFloat(dtype)) return i.totalOrder ? "TOTALORDER" : "FLOAT";
  if (isComplex(dtype)) return "FLOAT";
  return isUnsigned(dtype) || dtype === "bool" ? "UNSIGNED" : "SIGNED";
};

const windowFields = (window: readonly WindowDim[]): Record<string, string> => ({
  window_dimensions: array("i64", window.map((w) => w.size)),
  window_strides: array("i64", window.map((w) => w.stride)),
  padding: paddingOf(window),
}); // biome-ignore format: a table

const dilations = (window: readonly WindowDim[], [base, inner]: readonly [string, string]): Record<string, string> => ({
  [base]: array("i64", window.map((w) => w.baseDilation)),
  [inner]: array("i64", window.map((w) => w.windowDilation)),
}); // biome-ignore format: a table

/** A scalar constant with a name of its own. */
const scalar = (writer: FunctionWriter, shape: ArrayShape, value: string): string => {
  const name = writer.fresh();
  writer.line(`${name} = stablehlo.constant dense<${value}> : ${typeText(shape)}`);
  return name;
};

const int32 = arrayShape("int32", []);

/** Out of range, StableHLO takes the last branch; here the index is clamped. */
function conditional(o: Operation, i: Instr<"conditional">): Names {
  const { writer } = o;
  const bounds = [scalar(writer, int32, "0"), scalar(writer, int32, String(i.branches.length - 1))];
  const clamped = writer.fresh();
  writer.line(`${clamped} = stablehlo.clamp ${bounds[0]}, ${o.operands[0][0]}, ${bounds[1]} : tensor<i32>`);
  const given = o.operands.slice(1);
  const regions = i.branches.map((computation) => ({ computation, given }));
  writer.withRegions(`${o.left}"stablehlo.case"(${clamped})`, regions, `(tensor<i32>) -> ${resultText(o.outs)}`);
  return o.results;
}

/** StableHLO takes no sign of unsigned integers: it is the lesser of the number and one. */
function unsignedSign(o: Operation): Names {
  const [shape] = o.outs;
  const type = typeText(shape);
  const one = o.writer.fresh();
  o.writer.line(`${one} = stablehlo.constant dense<1> : ${type}`);
  o.writer.line(`${o.left}stablehlo.minimum ${o.names[0]}, ${one} : ${type}`);
  return o.results;
}

/** Writes the instruction and gives the names of its results. */
export function operationText(writer: FunctionWriter, i: HloInstruction, operands: readonly Names[]): Names {
  const o = new Operation(writer, i, operands);
  if (i.opcode === "sign" && isUnsigned(o.outs[0].dtype)) return unsignedSign(o);
  if (isElementwise(i.opcode)) {
    const name = elementwiseNames[i.opcode] ?? o.notPortable(`the function ${i.opcode}`);
    const types = new Set([...o.shapes, ...o.outs].map(typeText));
    if (types.size === 1 && name.startsWith("stablehlo.")) return o.uniform(name);
    return o.generic(name);
  }
  return structuralText(o, i);
}

function structuralText(o: Operation, i: HloInstruction): Names {
  switch (i.opcode) {
    case "constant":
      return o.uniform(`stablehlo.constant dense<${denseText(i.shape, i.data)}>`);
    case "iota":
      return o.uniform(`stablehlo.iota dim = ${i.dimension}`);
    case "compare":
      o.writer.line(`${o.left}stablehlo.compare ${i.direction}, ${o.names.join(", ")}, ${compareType(i)} : ${o.type}`);
      return o.results;
    case "select":
    case "clamp":
      return o.generic(`stablehlo.${i.opcode}`);
    case "convert":
      return o.plain("stablehlo.convert");
    case "bitcast-convert":
      return o.plain("stablehlo.bitcast_convert");
    case "reduce-precision":
      return o.uniform("stablehlo.reduce_precision", `, format = e${i.exponentBits}m${i.mantissaBits}`);
    case "broadcast":
      return o.plain("stablehlo.broadcast_in_dim", `, dims = ${list(i.dimensions)}`);
    case "reshape":
      return o.plain("stablehlo.reshape");
    case "transpose":
      return o.plain("stablehlo.transpose", `, dims = ${list(i.permutation)}`);
    case "reverse":
      return o.uniform("stablehlo.reverse", `, dims = ${list(i.dimensions)}`);
    case "slice":
      return o.plain(
        "stablehlo.slice",
        ` ${list(i.starts.map((s, d) => `${s}:${i.limits[d]}${i.strides[d] === 1 ? "" : `:${i.strides[d]}`}`))}`,
      );
    case "pad":
      return o.plain("stablehlo.pad", `, low = ${list(i.low)}, high = ${list(i.high)}, interior = ${list(i.interior)}`);
    case "concatenate":
      return o.plain("stablehlo.concatenate", `, dim = ${i.dimension}`);
    case "dynamic-slice":
      return o.plain("stablehlo.dynamic_slice", `, sizes = ${list(i.sizes)}`);
    case "dynamic-update-slice":
      return o.plain("stablehlo.dynamic_update_slice");
    case "dot": {
      const { lhsBatch, rhsBatch, lhsContracting, rhsContracting } = i.dims;
      const precision = precisionName(i.precision);
      const batching = lhsBatch.length === 0 ? "" : `, batching_dims = ${list(lhsBatch)} x ${list(rhsBatch)}`;
      return o.plain(
        "stablehlo.dot_general",
        `${batching}, contracting_dims = ${list(lhsContracting)} x ${list(rhsContracting)}, precision = [${precision}, ${precision}]`,
      );
    }
    case "convolution":
      return convolution(o, i);
    case "reduce":
      return o.regions("stablehlo.reduce", [i.computation], { dimensions: array("i64", i.dimensions) });
    case "reduce-window":
      return o.regions("stablehlo.reduce_window", [i.computation], {
        ...windowFields(i.window),
        ...dilations(i.window, ["base_dilations", "window_dilations"]),
      });
    case "select-and-scatter":
      return o.regions("stablehlo.select_and_scatter", [i.select, i.scatter], windowFields(i.window));
    case "gather":
      return o.generic("stablehlo.gather", {
        dimension_numbers: gatherNumbers(i.dims),
        slice_sizes: array("i64", i.sliceSizes),
        indices_are_sorted: String(i.indicesAreSorted),
      });
    case "scatter":
      return o.regions("stablehlo.scatter", [i.computation], {
        scatter_dimension_numbers: scatterNumbers(i.dims),
        indices_are_sorted: String(i.indicesAreSorted),
        unique_indices: String(i.uniqueIndices),
      });
    case "sort":
      return o.regions("stablehlo.sort", [i.comparator], {
        dimension: `${i.dimension} : i64`,
        is_stable: String(i.stable),
      });
    case "top-k":
      return o.generic("chlo.top_k", { k: `${i.k} : i64` });
    case "while":
      return o.regions("stablehlo.while", [i.condition, i.body]);
    case "conditional":
      return conditional(o, i);
    case "call":
      o.writer.line(`${o.left}func.call @${o.writer.functionName(i.computation)}(${o.names.join(", ")}) : ${o.type}`);
      return o.results;
    case "custom-call":
      return routineText(o, i);
    case "optimization-barrier":
      return o.uniform("stablehlo.optimization_barrier");
    default:
      return o.notPortable(`a ${i.opcode}, which only the compiler's own phases make`);
  }
}

function convolution(o: Operation, i: Instr<"convolution">): Names {
  const precision = `#stablehlo<precision ${precisionName(i.precision)}>`;
  return o.generic("stablehlo.convolution", {
    dimension_numbers: convolutionNumbers(i.dims),
    window_strides: array(
      "i64",
      i.window.map((w) => w.stride),
    ),
    padding: paddingOf(i.window),
    ...dilations(i.window, ["lhs_dilation", "rhs_dilation"]),
    window_reversal: array(
      "i1",
      i.window.map((w) => w.reversal === true),
    ),
    feature_group_count: `${i.featureGroupCount} : i64`,
    batch_group_count: `${i.batchGroupCount} : i64`,
    precision_config: `[${precision}, ${precision}]`,
  });
}
