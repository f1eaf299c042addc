/**
 * The HLO: a closed set of operations as a union discriminated by `opcode`. Instructions are immutable
 * nodes of a graph; a computation lists them in an order in which operands stand before their users.
 * Semantics are XLA's operation semantics, unless a comment says otherwise.
 */
import type { HostArray } from "./dtype.js";
import type { ArrayShape, HloShape, TupleShape } from "./shape.js";

export const unaryOpcodes = [
  "abs", "acos", "acosh", "asin", "asinh", "atan", "atanh", "cbrt", "ceil", "count-leading-zeros", "cos", "cosh",
  "digamma", "erf", "erfc", "erf-inv", "bessel-i0e", "bessel-i1e", "exponential", "exponential-minus-one", "floor",
  "imag", "is-finite", "lgamma", "log", "log-plus-one", "logistic", "negate", "not", "popcnt", "real",
  "round-nearest-afz", "round-nearest-even", "rsqrt", "sign", "sine", "sinh", "sqrt", "square", "tan", "tanh",
  "conjugate",
] as const; // biome-ignore format: a table
export type UnaryOpcode = (typeof unaryOpcodes)[number];

export const binaryOpcodes = [
  "add", "and", "atan2", "complex", "divide", "maximum", "minimum", "multiply", "nextafter", "or", "power", "remainder",
  "shift-left", "shift-right-arithmetic", "shift-right-logical", "subtract", "xor", "igamma", "igammac",
  "random-gamma-grad", "regularized-incomplete-beta-b", "zeta", "polygamma",
] as const; // biome-ignore format: a table
export type BinaryOpcode = (typeof binaryOpcodes)[number];

export const compareDirections = ["EQ", "NE", "LT", "LE", "GT", "GE"] as const;
export type CompareDirection = (typeof compareDirections)[number];

interface Node {
  /** Unique within its module, and the name in text: `%opcode.id`. */
  readonly id: number;
  readonly operands: readonly HloInstruction[];
  /** What the instruction came from: a jaxpr primitive's name, kept for people. */
  readonly origin?: string;
}
interface ArrayNode extends Node {
  readonly shape: ArrayShape;
}

export interface DotDims {
  readonly lhsBatch: readonly number[];
  readonly rhsBatch: readonly number[];
  readonly lhsContracting: readonly number[];
  readonly rhsContracting: readonly number[];
}

/** One spatial dimension of a window. Padding may be negative. */
export interface WindowDim {
  readonly size: number;
  readonly stride: number;
  readonly padLow: number;
  readonly padHigh: number;
  readonly baseDilation: number;
  readonly windowDilation: number;
  /** Convolution only: the kernel is read backwards along this dimension. */
  readonly reversal?: boolean;
}

/** Which dimension of each array plays which part in a convolution. */
export interface ConvDims {
  readonly inputBatch: number;
  readonly inputFeature: number;
  readonly inputSpatial: readonly number[];
  readonly kernelInputFeature: number;
  readonly kernelOutputFeature: number;
  readonly kernelSpatial: readonly number[];
  readonly outputBatch: number;
  readonly outputFeature: number;
  readonly outputSpatial: readonly number[];
}

export interface GatherDims {
  readonly offsetDims: readonly number[];
  readonly collapsedSliceDims: readonly number[];
  readonly operandBatchingDims: readonly number[];
  readonly startIndicesBatchingDims: readonly number[];
  readonly startIndexMap: readonly number[];
  readonly indexVectorDim: number;
}

export interface ScatterDims {
  readonly updateWindowDims: readonly number[];
  readonly insertedWindowDims: readonly number[];
  readonly inputBatchingDims: readonly number[];
  readonly scatterIndicesBatchingDims: readonly number[];
  readonly scatterDimsToOperandDims: readonly number[];
  readonly indexVectorDim: number;
}

export const precisions = ["default", "high", "highest"] as const;
export type Precision = (typeof precisions)[number];

export const customCallTargets = [
  "cholesky", "triangular-solve", "lu", "qr", "svd", "eigh", "eig", "fft", "schur", "hessenberg", "attention",
  "attention-gradient", "callback", "allocate",
] as const; // biome-ignore format: a table
/**
 * Library routines; `callback`, a host function called with the operands; `allocate`, memory that holds anything, for
 * what is written before it is read.
 *
 * - `attention`(q[B,T,N,H], k[B,S,K,H], v[B,S,K,H], bias[b,n,T,S]?) gives softmax(scale q·kᵀ + bias)·v like q, and of
 *   each query the logarithm of its scores' sum of exponentials, [B,N,T] in float32 at least. Query head h reads key
 *   head ⌊h K / N⌋; b and n may be 1; options `scale`, `causal` (query t sees keys s ≤ t), `precision`.
 * - `attention-gradient`(q, k, v, bias?, both results, the first one's gradient) gives the gradients of q, k, v and of
 *   the bias, if the option `bias` says that there is one and `biasGradient` is not false.
 */
export type CustomCallTarget = (typeof customCallTargets)[number];
export type AttentionTarget = "attention" | "attention-gradient";

/**
 * What kind of kernel a fusion becomes; the root is a tuple of the kernel's outputs.
 * - `loop`: every output has the same dimensions, and each element is computed from elements of the operands.
 * - `row`: over a domain of rows and columns, some values are reduced over the columns (one per row) or over the rows
 *   (one per column); outputs are whole, per row or per column.
 * - `dot`, `convolution`: one library product; slices, reshapes and transposes of its operands are views of them, and
 *   elementwise instructions after it are its epilogue.
 * - `update`: a dynamic-update-slice or scatter that writes into its first operand's memory; or several
 *   dynamic-update-slices, each into the operand of its own number, and results of as many elements as the updates.
 * - `batch`: a `dot` fusion of many matrices and the `row` fusion that alone reads it, one matrix after the other.
 */
export const fusionKinds = ["loop", "row", "dot", "convolution", "update", "batch"] as const;
export type FusionKind = (typeof fusionKinds)[number];

export type HloInstruction =
  | (Node & {
      readonly opcode: "parameter";
      readonly shape: ArrayShape;
      readonly index: number;
      readonly name?: string;
    })
  | (ArrayNode & { readonly opcode: "constant"; readonly data: HostArray })
  | (ArrayNode & { readonly opcode: "iota"; readonly dimension: number })
  | (ArrayNode & { readonly opcode: UnaryOpcode })
  | (ArrayNode & { readonly opcode: BinaryOpcode })
  | (ArrayNode & { readonly opcode: "compare"; readonly direction: CompareDirection; readonly totalOrder: boolean })
  /** select(pred, onTrue, onFalse): pred has the arrays' shape, or is a scalar. */
  | (ArrayNode & { readonly opcode: "select" })
  /** clamp(min, x, max): min and max have x's shape, or are scalars. */
  | (ArrayNode & { readonly opcode: "clamp" })
  /** Float to integer saturates and takes NaN to 0, as JAX does. */
  | (ArrayNode & { readonly opcode: "convert" })
  | (ArrayNode & { readonly opcode: "bitcast-convert" })
  | (ArrayNode & { readonly opcode: "reduce-precision"; readonly exponentBits: number; readonly mantissaBits: number })
  /** `dimensions[i]` is the output dimension that operand dimension i becomes; increasing. */
  | (ArrayNode & { readonly opcode: "broadcast"; readonly dimensions: readonly number[] })
  | (ArrayNode & { readonly opcode: "reshape" })
  | (ArrayNode & { readonly opcode: "transpose"; readonly permutation: readonly number[] })
  | (ArrayNode & { readonly opcode: "reverse"; readonly dimensions: readonly number[] })
  | (ArrayNode & {
      readonly opcode: "slice";
      readonly starts: readonly number[];
      readonly limits: readonly number[];
      readonly strides: readonly number[];
    })
  /** pad(x, value): amounts may be negative at the edges. */
  | (ArrayNode & {
      readonly opcode: "pad";
      readonly low: readonly number[];
      readonly high: readonly number[];
      readonly interior: readonly number[];
    })
  | (ArrayNode & { readonly opcode: "concatenate"; readonly dimension: number })
  /** dynamic-slice(x, start0, start1, …): scalar starts, clamped so that the slice lies inside. */
  | (ArrayNode & { readonly opcode: "dynamic-slice"; readonly sizes: readonly number[] })
  /** dynamic-update-slice(x, update, start0, …): starts clamped likewise. */
  | (ArrayNode & { readonly opcode: "dynamic-update-slice" })
  | (ArrayNode & {
      readonly opcode: "dot";
      readonly dims: DotDims;
      readonly precision: Precision;
    })
  | (ArrayNode & {
      readonly opcode: "convolution";
      readonly dims: ConvDims;
      readonly window: readonly WindowDim[];
      readonly featureGroupCount: number;
      readonly batchGroupCount: number;
      readonly precision: Precision;
    })
  /** reduce(x0 … xn, init0 … initn): a tuple when n > 0; `computation` takes (acc0 … accn, x0 … xn). */
  | (Node & {
      readonly opcode: "reduce";
      readonly shape: HloShape;
      readonly dimensions: readonly number[];
      readonly computation: HloComputation;
    })
  | (Node & {
      readonly opcode: "reduce-window";
      readonly shape: HloShape;
      readonly window: readonly WindowDim[];
      readonly computation: HloComputation;
    })
  /** select-and-scatter(operand, source, init). */
  | (ArrayNode & {
      readonly opcode: "select-and-scatter";
      readonly window: readonly WindowDim[];
      readonly select: HloComputation;
      readonly scatter: HloComputation;
    })
  /** gather(operand, indices): start indices clamped so that every slice lies inside. */
  | (ArrayNode & {
      readonly opcode: "gather";
      readonly dims: GatherDims;
      readonly sliceSizes: readonly number[];
      readonly indicesAreSorted: boolean;
    })
  /** scatter(operand, indices, updates): windows that do not lie wholly inside are dropped. */
  | (ArrayNode & {
      readonly opcode: "scatter";
      readonly dims: ScatterDims;
      readonly computation: HloComputation;
      readonly indicesAreSorted: boolean;
      readonly uniqueIndices: boolean;
    })
  /** sort(x0 … xn): a tuple when n > 0; `comparator` takes (a0, b0, a1, b1, …) and says whether a goes before b. */
  | (Node & {
      readonly opcode: "sort";
      readonly shape: HloShape;
      readonly dimension: number;
      readonly stable: boolean;
      readonly comparator: HloComputation;
    })
  /** top-k(x) along the last dimension: (values descending, int32 indices). */
  | (Node & { readonly opcode: "top-k"; readonly shape: TupleShape; readonly k: number })
  /** while(x0 … xn) → tuple; `condition` and `body` take x0 … xn as n+1 parameters; `body`'s root is a tuple. */
  | (Node & {
      readonly opcode: "while";
      readonly shape: TupleShape;
      readonly condition: HloComputation;
      readonly body: HloComputation;
      /** How many turns it makes, where a phase knew that and a later one no longer sees it. */
      readonly trips?: number;
    })
  /** conditional(index, x0 … xn) → tuple: the int32 index is clamped; every branch takes x0 … xn; roots are tuples. */
  | (Node & {
      readonly opcode: "conditional";
      readonly shape: TupleShape;
      readonly branches: readonly HloComputation[];
    })
  | (Node & { readonly opcode: "call"; readonly shape: TupleShape; readonly computation: HloComputation })
  /** A call that becomes one kernel: made by 2-fuse, and never in a program that 1-simplify sees. */
  | (Node & {
      readonly opcode: "fusion";
      readonly shape: TupleShape;
      readonly kind: FusionKind;
      readonly computation: HloComputation;
    })
  | (Node & { readonly opcode: "tuple"; readonly shape: TupleShape })
  | (ArrayNode & { readonly opcode: "get-tuple-element"; readonly index: number })
  | (Node & {
      readonly opcode: "custom-call";
      readonly shape: TupleShape;
      readonly target: CustomCallTarget;
      /** Options of the routine, as JSON-like data. */
      readonly config: Readonly<Record<string, string | number | boolean | readonly number[]>>;
      /** Kept even if unused, and run in order. */
      readonly hasSideEffect: boolean;
      /** `callback` only: the function, called with host arrays. */
      readonly callback?: (...args: HostArray[]) => readonly HostArray[];
    })
  /** Identity that no pass moves work across. */
  | (ArrayNode & { readonly opcode: "optimization-barrier" });

export type Opcode = HloInstruction["opcode"];
/** The instruction type of one opcode. */
export type Instr<O extends Opcode> = Extract<HloInstruction, { readonly opcode: O }>;

export interface HloComputation {
  readonly name: string;
  readonly parameters: readonly Instr<"parameter">[];
  /** Every instruction, parameters included, operands before users. */
  readonly instructions: readonly HloInstruction[];
  readonly root: HloInstruction;
}

export interface HloModule {
  readonly name: string;
  /** The root is a tuple of the results. */
  readonly entry: HloComputation;
  /** Parameter index → result index whose buffer may be reused. */
  readonly donation?: readonly (readonly [parameter: number, output: number])[];
}

const structuralOpcodes = [
  "parameter", "constant", "iota", "compare", "select", "clamp", "convert", "bitcast-convert", "reduce-precision",
  "broadcast", "reshape", "transpose", "reverse", "slice", "pad", "concatenate", "dynamic-slice",
  "dynamic-update-slice", "dot", "convolution", "reduce", "reduce-window", "select-and-scatter", "gather", "scatter",
  "sort", "top-k", "while", "conditional", "call", "fusion", "tuple", "get-tuple-element", "custom-call", "optimization-barrier",
] as const satisfies readonly Opcode[]; // biome-ignore format: a table

/** Every opcode. */
export const opcodes: readonly Opcode[] = [...unaryOpcodes, ...binaryOpcodes, ...structuralOpcodes];

const allOpcodes: ReadonlySet<string> = new Set(opcodes);
export const isOpcode = (s: string): s is Opcode => allOpcodes.has(s);
