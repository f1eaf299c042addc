/** The fields of an instruction from its attributes' text. */
import { HloError } from "../error.js";
import {
  compareDirections,
  customCallTargets,
  fusionKinds,
  type HloComputation,
  type Instr,
  precisions,
} from "../instruction.js";
import {
  parseConfig,
  parseDimLabels,
  parseInteger,
  parseInts,
  parseList,
  parsePadding,
  parseRanges,
  parseString,
  parseWindow,
} from "./attributes.js";
import { Cursor, ParseFailure } from "./cursor.js";
import { parseName, type RawInstruction } from "./syntax.js";

/** The computation of a name. */
export type Callee = (name: string) => HloComputation;

/** An instruction's attributes, each read once; `finish` complains about those that nobody read. */
export class Attributes {
  readonly #unread: Map<string, string>;
  constructor(
    readonly raw: RawInstruction,
    readonly callee: Callee,
  ) {
    this.#unread = new Map(raw.attributes);
  }

  #take(name: string): string | undefined {
    const text = this.#unread.get(name);
    this.#unread.delete(name);
    return text;
  }

  read<A>(name: string, parse: (text: string) => A): A {
    const text = this.#take(name);
    if (text === undefined) throw new HloError("", `${this.raw.opcode} needs its attribute '${name}'`);
    return parse(text);
  }

  optional<A>(name: string, absent: A, parse: (text: string) => A): A {
    const text = this.#take(name);
    return text === undefined ? absent : parse(text);
  }

  int(name: string): number {
    return this.read(name, parseInteger);
  }
  ints(name: string): readonly number[] {
    return this.read(name, parseInts);
  }
  someInts(name: string): readonly number[] {
    return this.optional(name, [], parseInts);
  }
  oneDimension(): number {
    const dimensions = this.ints("dimensions");
    if (dimensions.length !== 1)
      throw new HloError("", `${this.raw.opcode} takes one dimension, not ${dimensions.length}`);
    return dimensions[0];
  }
  flag(name: string): boolean {
    return this.optional(name, false, (t) => oneOf(t, ["true", "false"]) === "true");
  }
  computation(name: string): HloComputation {
    return this.read(name, (t) => this.callee(parseReference(t)));
  }
  precision(): Instr<"dot">["precision"] {
    return this.optional("operand_precision", "default", (text) => {
      const [x, y] = parseList(text);
      if (x !== y) throw new HloError("", `both operands must have one precision, not ${text}`);
      return oneOf(x, precisions);
    });
  }

  finish(): void {
    for (const name of this.#unread.keys()) throw new HloError("", `${this.raw.opcode} has no attribute '${name}'`);
  }
}

const oneOf = <A extends string>(text: string, choices: readonly A[]): A => {
  const found = choices.find((c) => c === text);
  if (found === undefined) throw new HloError("", `'${text}' is none of ${choices.join(", ")}`);
  return found;
};

export const parseMetadata = (text: string): string => {
  const match = /^\{\s*op_name=("(?:[^"\\]|\\.)*")\s*\}$/.exec(text);
  if (match === null) throw new HloError("", `'${text}' is not of the form {op_name="…"}`);
  return parseString(match[1]);
};

/** The fields that an opcode has besides those of every instruction. */
export const fieldsOf = (a: Attributes): object => {
  switch (a.raw.opcode) {
    case "parameter": {
      const name = a.optional<string | undefined>("name", undefined, parseString);
      return { index: a.raw.index, ...(name === undefined ? {} : { name }) };
    }
    case "constant":
      return { data: a.raw.data };
    case "iota":
      return { dimension: a.int("iota_dimension") };
    case "compare":
      return {
        direction: a.read("direction", (t) => oneOf(t, compareDirections)),
        totalOrder: a.optional("type", false, (t) => oneOf(t, ["TOTALORDER"]) !== undefined),
      };
    case "reduce-precision":
      return { exponentBits: a.int("exponent_bits"), mantissaBits: a.int("mantissa_bits") };
    case "broadcast":
    case "reverse":
      return { dimensions: a.ints("dimensions") };
    case "transpose":
      return { permutation: a.ints("dimensions") };
    case "slice":
      return a.read("slice", parseRanges);
    case "pad":
      return a.read("padding", parsePadding);
    case "concatenate":
      return { dimension: a.oneDimension() };
    case "dynamic-slice":
      return { sizes: a.ints("dynamic_slice_sizes") };
    case "dot":
      return {
        dims: {
          lhsBatch: a.someInts("lhs_batch_dims"),
          rhsBatch: a.someInts("rhs_batch_dims"),
          lhsContracting: a.someInts("lhs_contracting_dims"),
          rhsContracting: a.someInts("rhs_contracting_dims"),
        },
        precision: a.precision(),
      };
    case "convolution":
      return {
        dims: a.read("dim_labels", parseDimLabels),
        window: a.read("window", parseWindow),
        featureGroupCount: a.optional("feature_group_count", 1, parseInteger),
        batchGroupCount: a.optional("batch_group_count", 1, parseInteger),
        precision: a.precision(),
      };
    case "reduce":
      return { dimensions: a.ints("dimensions"), computation: a.computation("to_apply") };
    case "reduce-window":
      return { window: a.read("window", parseWindow), computation: a.computation("to_apply") };
    case "select-and-scatter":
      return {
        window: a.read("window", parseWindow),
        select: a.computation("select"),
        scatter: a.computation("scatter"),
      };
    case "gather":
      return {
        dims: {
          offsetDims: a.ints("offset_dims"),
          collapsedSliceDims: a.ints("collapsed_slice_dims"),
          operandBatchingDims: a.someInts("operand_batching_dims"),
          startIndicesBatchingDims: a.someInts("start_indices_batching_dims"),
          startIndexMap: a.ints("start_index_map"),
          indexVectorDim: a.int("index_vector_dim"),
        },
        sliceSizes: a.ints("slice_sizes"),
        indicesAreSorted: a.flag("indices_are_sorted"),
      };
    case "scatter":
      return {
        dims: {
          updateWindowDims: a.ints("update_window_dims"),
          insertedWindowDims: a.ints("inserted_window_dims"),
          inputBatchingDims: a.someInts("input_batching_dims"),
          scatterIndicesBatchingDims: a.someInts("scatter_indices_batching_dims"),
          scatterDimsToOperandDims: a.ints("scatter_dims_to_operand_dims"),
          indexVectorDim: a.int("index_vector_dim"),
        },
        computation: a.computation("to_apply"),
        indicesAreSorted: a.flag("indices_are_sorted"),
        uniqueIndices: a.flag("unique_indices"),
      };
    case "sort":
      return { dimension: a.oneDimension(), stable: a.flag("is_stable"), comparator: a.computation("to_apply") };
    case "top-k":
      return { k: a.int("k") };
    case "while":
      return { condition: a.computation("condition"), body: a.computation("body") };
    case "conditional":
      return { branches: a.read("branch_computations", (t) => parseReferences(t).map(a.callee)) };
    case "call":
      return { computation: a.computation("to_apply") };
    case "fusion":
      return { kind: a.read("kind", (t) => oneOf(t, fusionKinds)), computation: a.computation("calls") };
    case "get-tuple-element":
      return { index: a.int("index") };
    case "custom-call": {
      const target = a.read("custom_call_target", (t) => oneOf(parseString(t), customCallTargets));
      if (target === "callback")
        throw new HloError("", "a callback is a function of the host: text does not hold it, and cannot be read back");
      return {
        target,
        config: a.optional("backend_config", {}, parseConfig),
        hasSideEffect: a.flag("custom_call_has_side_effect"),
      };
    }
    default:
      return {};
  }
};

/** Reads all of an attribute's text. A cursor's errors count from the attribute, so they become errors without a place. */
const within = <A>(text: string, f: (c: Cursor) => A): A => {
  const c = new Cursor(text);
  try {
    const a = f(c);
    if (!c.atEnd) c.fail("it goes on after its end");
    return a;
  } catch (e) {
    if (e instanceof ParseFailure) throw new HloError("", `'${text}': ${e.message}`);
    throw e;
  }
};

const reference = (c: Cursor): string => {
  c.expect("%");
  return parseName(c);
};

const parseReference = (text: string): string => within(text, reference);

/** `{%a, %b}`; a quoted name may hold commas, so this is not a plain list. */
const parseReferences = (text: string): readonly string[] =>
  within(text, (c) => {
    c.expect("{");
    return c.list("}", () => reference(c));
  });
