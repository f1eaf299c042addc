/**
 * Builds computations and modules. Each method makes one instruction, or the few that its convenience needs,
 * with its shape inferred and its arguments checked; a wrong argument throws an HloError.
 */

import { redrafted } from "./adopted.js";
import { ComputationBuilder } from "./computation-builder.js";
import type { DType, HostArray } from "./dtype.js";
import type {
  BinaryOpcode,
  CompareDirection,
  ConvDims,
  CustomCallTarget,
  DotDims,
  FusionKind,
  GatherDims,
  HloComputation,
  HloInstruction,
  HloModule,
  Instr,
  Precision,
  ScatterDims,
  UnaryOpcode,
  WindowDim,
} from "./instruction.js";
import { type ScalarValue, scalarData } from "./literal.js";
import { type ArrayShape, arrayShape, tupleShape } from "./shape.js";

export type ReducerName = "add" | "maximum" | "minimum" | "multiply" | "and" | "or" | "xor";

/** Shapes that inference fills in. */
const inferredArray: ArrayShape = arrayShape("bool", []);
const inferredTuple = tupleShape([]);

export class HloBuilder extends ComputationBuilder {
  /** Brings a rank-0 operand to the other one's dimensions. */
  #broadcastPair(opcode: string, x: HloInstruction, y: HloInstruction): readonly HloInstruction[] {
    const a = this.arrayOf(opcode, x).dims;
    const b = this.arrayOf(opcode, y).dims;
    if (a.length === 0 && b.length > 0) return [this.broadcast(x, b, []), y];
    if (b.length === 0 && a.length > 0) return [x, this.broadcast(y, a, [])];
    return [x, y];
  }

  /** The results of an instruction that is an array when it has one and a tuple when it has several. */
  #unpack(x: HloInstruction): HloInstruction[] {
    return x.shape.kind === "array" ? [x] : x.shape.elements.map((_, i) => this.getTupleElement(x, i));
  }

  constant(dtype: DType, dims: readonly number[], data: HostArray): HloInstruction {
    return this.emit({ opcode: "constant", operands: [], shape: arrayShape(dtype, dims), data });
  }

  scalar(dtype: DType, value: ScalarValue): HloInstruction {
    return this.constant(dtype, [], scalarData(dtype, value));
  }

  /** A scalar, broadcast to `dims`. */
  fill(value: ScalarValue, dtype: DType, dims: readonly number[]): HloInstruction {
    const x = this.scalar(dtype, value);
    return dims.length === 0 ? x : this.broadcast(x, dims, []);
  }

  iota(dtype: DType, dims: readonly number[], dimension: number): HloInstruction {
    return this.emit({ opcode: "iota", operands: [], shape: arrayShape(dtype, dims), dimension });
  }

  unary(opcode: UnaryOpcode, x: HloInstruction): HloInstruction {
    return this.emit({ opcode, operands: [x], shape: inferredArray });
  }

  /** Operands of one shape, or one of them a scalar. */
  binary(opcode: BinaryOpcode, x: HloInstruction, y: HloInstruction): HloInstruction {
    return this.emit({ opcode, operands: this.#broadcastPair(opcode, x, y), shape: inferredArray });
  }

  /** Operands of one shape, or one of them a scalar. `totalOrder` orders -NaN < -inf < … < -0 < 0 < … < NaN. */
  compare(
    x: HloInstruction,
    y: HloInstruction,
    direction: CompareDirection,
    { totalOrder = false }: { readonly totalOrder?: boolean } = {},
  ): HloInstruction {
    const operands = this.#broadcastPair("compare", x, y);
    return this.emit({ opcode: "compare", operands, shape: inferredArray, direction, totalOrder });
  }

  select(p: HloInstruction, t: HloInstruction, f: HloInstruction): HloInstruction {
    const [onTrue, onFalse] = this.#broadcastPair("select", t, f);
    return this.emit({ opcode: "select", operands: [p, onTrue, onFalse], shape: inferredArray });
  }

  clamp(lo: HloInstruction, x: HloInstruction, hi: HloInstruction): HloInstruction {
    return this.emit({ opcode: "clamp", operands: [lo, x, hi], shape: inferredArray });
  }

  convert(x: HloInstruction, dtype: DType): HloInstruction {
    return this.emit({ opcode: "convert", operands: [x], shape: arrayShape(dtype, []) });
  }

  /** The operand's bits read as `dtype`; a change of width adds or takes a trailing dimension. */
  bitcastConvert(x: HloInstruction, dtype: DType): HloInstruction {
    return this.emit({ opcode: "bitcast-convert", operands: [x], shape: arrayShape(dtype, []) });
  }

  reducePrecision(x: HloInstruction, exponentBits: number, mantissaBits: number): HloInstruction {
    return this.emit({ opcode: "reduce-precision", operands: [x], shape: inferredArray, exponentBits, mantissaBits });
  }

  /** `dimensions[i]` is the dimension of the result that the operand's dimension i becomes. */
  broadcast(x: HloInstruction, dims: readonly number[], dimensions: readonly number[]): HloInstruction {
    return this.emit({ opcode: "broadcast", operands: [x], shape: arrayShape("bool", dims), dimensions });
  }

  reshape(x: HloInstruction, dims: readonly number[]): HloInstruction {
    return this.emit({ opcode: "reshape", operands: [x], shape: arrayShape("bool", dims) });
  }

  transpose(x: HloInstruction, permutation: readonly number[]): HloInstruction {
    return this.emit({ opcode: "transpose", operands: [x], shape: inferredArray, permutation });
  }

  reverse(x: HloInstruction, dimensions: readonly number[]): HloInstruction {
    return this.emit({ opcode: "reverse", operands: [x], shape: inferredArray, dimensions });
  }

  slice(
    x: HloInstruction,
    starts: readonly number[],
    limits: readonly number[],
    strides: readonly number[] = starts.map(() => 1),
  ): HloInstruction {
    return this.emit({ opcode: "slice", operands: [x], shape: inferredArray, starts, limits, strides });
  }

  pad(
    x: HloInstruction,
    value: HloInstruction,
    low: readonly number[],
    high: readonly number[],
    interior: readonly number[] = low.map(() => 0),
  ): HloInstruction {
    return this.emit({ opcode: "pad", operands: [x, value], shape: inferredArray, low, high, interior });
  }

  concatenate(xs: readonly HloInstruction[], dimension: number): HloInstruction {
    return this.emit({ opcode: "concatenate", operands: [...xs], shape: inferredArray, dimension });
  }

  dynamicSlice(x: HloInstruction, starts: readonly HloInstruction[], sizes: readonly number[]): HloInstruction {
    return this.emit({ opcode: "dynamic-slice", operands: [x, ...starts], shape: inferredArray, sizes });
  }

  dynamicUpdateSlice(x: HloInstruction, update: HloInstruction, starts: readonly HloInstruction[]): HloInstruction {
    return this.emit({ opcode: "dynamic-update-slice", operands: [x, update, ...starts], shape: inferredArray });
  }

  /** The result has the batch dimensions, then the left free ones, then the right free ones. */
  dot(
    x: HloInstruction,
    y: HloInstruction,
    dims: DotDims,
    { precision = "default", preferredDtype }: { readonly precision?: Precision; readonly preferredDtype?: DType } = {},
  ): HloInstruction {
    const shape = arrayShape(preferredDtype ?? this.arrayOf("dot", x).dtype, []);
    return this.emit({ opcode: "dot", operands: [x, y], shape, dims, precision });
  }

  convolution(
    x: HloInstruction,
    kernel: HloInstruction,
    options: {
      readonly dims: ConvDims;
      readonly window: readonly WindowDim[];
      readonly featureGroupCount?: number;
      readonly batchGroupCount?: number;
      readonly precision?: Precision;
      readonly preferredDtype?: DType;
    },
  ): HloInstruction {
    return this.emit({
      opcode: "convolution",
      operands: [x, kernel],
      shape: arrayShape(options.preferredDtype ?? this.arrayOf("convolution", x).dtype, []),
      dims: options.dims,
      window: options.window,
      featureGroupCount: options.featureGroupCount ?? 1,
      batchGroupCount: options.batchGroupCount ?? 1,
      precision: options.precision ?? "default",
    });
  }

  reduce(
    xs: readonly HloInstruction[],
    inits: readonly HloInstruction[],
    dimensions: readonly number[],
    computation: HloComputation,
  ): HloInstruction[] {
    const operands = [...xs, ...inits];
    return this.#unpack(this.emit({ opcode: "reduce", operands, shape: inferredArray, dimensions, computation }));
  }

  reduceWindow(
    xs: readonly HloInstruction[],
    inits: readonly HloInstruction[],
    window: readonly WindowDim[],
    computation: HloComputation,
  ): HloInstruction[] {
    const operands = [...xs, ...inits];
    return this.#unpack(this.emit({ opcode: "reduce-window", operands, shape: inferredArray, window, computation }));
  }

  selectAndScatter(
    x: HloInstruction,
    source: HloInstruction,
    init: HloInstruction,
    window: readonly WindowDim[],
    select: HloComputation,
    scatter: HloComputation,
  ): HloInstruction {
    const operands = [x, source, init];
    return this.emit({ opcode: "select-and-scatter", operands, shape: inferredArray, window, select, scatter });
  }

  gather(
    x: HloInstruction,
    indices: HloInstruction,
    dims: GatherDims,
    sliceSizes: readonly number[],
    { indicesAreSorted = false }: { readonly indicesAreSorted?: boolean } = {},
  ): HloInstruction {
    const operands = [x, indices];
    return this.emit({ opcode: "gather", operands, shape: inferredArray, dims, sliceSizes, indicesAreSorted });
  }

  scatter(
    x: HloInstruction,
    indices: HloInstruction,
    updates: HloInstruction,
    dims: ScatterDims,
    computation: HloComputation,
    options: { readonly indicesAreSorted?: boolean; readonly uniqueIndices?: boolean } = {},
  ): HloInstruction {
    return this.emit({
      opcode: "scatter",
      operands: [x, indices, updates],
      shape: inferredArray,
      dims,
      computation,
      indicesAreSorted: options.indicesAreSorted ?? false,
      uniqueIndices: options.uniqueIndices ?? false,
    });
  }

  sort(
    xs: readonly HloInstruction[],
    dimension: number,
    comparator: HloComputation,
    { stable = false }: { readonly stable?: boolean } = {},
  ): HloInstruction[] {
    const operands = [...xs];
    return this.#unpack(this.emit({ opcode: "sort", operands, shape: inferredArray, dimension, stable, comparator }));
  }

  /** The k largest along the last dimension, descending, and their int32 indices. */
  topK(x: HloInstruction, k: number): [values: HloInstruction, indices: HloInstruction] {
    const t = this.emit({ opcode: "top-k", operands: [x], shape: inferredTuple, k });
    return [this.getTupleElement(t, 0), this.getTupleElement(t, 1)];
  }

  while(condition: HloComputation, body: HloComputation, inits: readonly HloInstruction[]): HloInstruction[] {
    const operands = [...inits];
    return this.#unpack(this.emit({ opcode: "while", operands, shape: inferredTuple, condition, body }));
  }

  conditional(
    index: HloInstruction,
    branches: readonly HloComputation[],
    operands: readonly HloInstruction[],
  ): HloInstruction[] {
    const all = [index, ...operands];
    return this.#unpack(this.emit({ opcode: "conditional", operands: all, shape: inferredTuple, branches }));
  }

  call(computation: HloComputation, operands: readonly HloInstruction[]): HloInstruction[] {
    return this.#unpack(this.emit({ opcode: "call", operands: [...operands], shape: inferredTuple, computation }));
  }

  fusion(kind: FusionKind, computation: HloComputation, operands: readonly HloInstruction[]): HloInstruction[] {
    const fused = { opcode: "fusion", operands: [...operands], shape: inferredTuple, kind, computation } as const;
    return this.#unpack(this.emit(fused));
  }

  tuple(xs: readonly HloInstruction[]): HloInstruction {
    return this.emit({ opcode: "tuple", operands: [...xs], shape: inferredTuple });
  }

  getTupleElement(t: HloInstruction, index: number): HloInstruction {
    return this.emit({ opcode: "get-tuple-element", operands: [t], shape: inferredArray, index });
  }

  customCall(
    target: CustomCallTarget,
    operands: readonly HloInstruction[],
    resultShapes: readonly ArrayShape[],
    options: {
      readonly config?: Instr<"custom-call">["config"];
      readonly hasSideEffect?: boolean;
      readonly callback?: NonNullable<Instr<"custom-call">["callback"]>;
    } = {},
  ): HloInstruction[] {
    const call = this.emit({
      opcode: "custom-call",
      operands: [...operands],
      shape: tupleShape(resultShapes),
      target,
      config: options.config ?? {},
      hasSideEffect: options.hasSideEffect ?? false,
      ...(options.callback === undefined ? {} : { callback: options.callback }),
    });
    return this.#unpack(call);
  }

  optimizationBarrier(x: HloInstruction): HloInstruction {
    return this.emit({ opcode: "optimization-barrier", operands: [x], shape: inferredArray });
  }

  /** A computation to be called by this one; a list of results becomes a tuple. */
  computation(
    name: string,
    paramShapes: readonly ArrayShape[],
    body: (b: HloBuilder, params: HloInstruction[]) => HloInstruction | readonly HloInstruction[],
  ): HloComputation {
    const b = new HloBuilder(name, this.family);
    b.origin = this.origin;
    return b.build(
      body(
        b,
        paramShapes.map((s) => b.parameter(s)),
      ),
    );
  }

  /** A computation of another module as one of this one, with all that it calls. */
  adopt(c: HloComputation, adopted: Map<HloComputation, HloComputation> = new Map()): HloComputation {
    const known = adopted.get(c);
    if (known !== undefined) return known;
    const b = new HloBuilder(c.name, this.family);
    const made = new Map<HloInstruction, HloInstruction>(c.parameters.map((p) => [p, b.parameter(p.shape, p.name)]));
    const read = (i: HloInstruction): HloInstruction => made.get(i) as HloInstruction;
    for (const i of c.instructions) {
      if (i.opcode === "parameter") continue;
      b.origin = i.origin;
      made.set(i, b.emit(redrafted(i, i.operands.map(read), (callee) => this.adopt(callee, adopted))));
    }
    const computation = b.build(read(c.root));
    adopted.set(c, computation);
    return computation;
  }

  /** A computation of two scalars of one type. */
  scalarComputation(
    name: string,
    dtype: DType,
    body: (b: HloBuilder, x: HloInstruction, y: HloInstruction) => HloInstruction,
  ): HloComputation {
    const scalar = arrayShape(dtype, []);
    return this.computation(name, [scalar, scalar], (b, [x, y]) => body(b, x, y));
  }

  /** The reducer `opcode` on two scalars, made once for a module. */
  reducer(opcode: ReducerName, dtype: DType): HloComputation {
    const key = `${opcode}.${dtype}`;
    const known = this.family.reducers.get(key);
    if (known !== undefined) return known;
    // Shared by its callers, it comes from none of them.
    const { origin } = this;
    this.origin = undefined;
    const made = this.scalarComputation(key, dtype, (b, x, y) => b.binary(opcode, x, y));
    this.origin = origin;
    this.family.reducers.set(key, made);
    return made;
  }

  /** The module whose entry returns the tuple of `roots`. */
  module(
    name: string,
    roots: readonly HloInstruction[],
    { donation }: { readonly donation?: HloModule["donation"] } = {},
  ): HloModule {
    const entry = this.build(roots);
    return donation === undefined ? { name, entry } : { name, entry, donation };
  }
}
