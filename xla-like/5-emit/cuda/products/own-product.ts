/** A dot or convolution as our kernels see it: a batch of products of matrices whose elements are computed where they are read. */
import { type DType, dtypes } from "../../../hlo/dtype.js";
import type { HloInstruction } from "../../../hlo/instruction.js";
import type { ProductInstruction } from "../../../hlo/product.js";
import { arrayOf, type Computed } from "../../elements/computed.js";
import type { Int } from "../../elements/frame.js";
import { emitConstant } from "../../scalar/constants.js";
import { emitConvert } from "../../scalar/conversions.js";
import { isHalf } from "../../scalar/half.js";
import { emitBinary } from "../../scalar/operations.js";
import { floatOpsOf, isComplexValue, type OperationContext, parts, single, type Value } from "../../scalar/value.js";
import type { GridKernel } from "../grid-kernel.js";

/** A place in what is summed. */
export interface Summed {
  readonly run: Int;
  readonly k: Int;
}

export interface OwnProduct {
  readonly product: ProductInstruction;
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  /** What is summed, in runs: `run` elements each. Where in its run an element is need not be divided out of anything. */
  readonly runs: number;
  readonly run: number;
  readonly left: (kernel: GridKernel, batch: Int, row: Int, at: Summed) => Computed;
  readonly right: (kernel: GridKernel, batch: Int, at: Summed, column: Int) => Computed;
  /** Where an element stands in the result, one coordinate for each of its dimensions. */
  readonly coordinates: (kernel: GridKernel, batch: Int, row: Int, column: Int) => readonly Int[];
  /** Along which of its dimensions a matrix's neighbours in memory are: threads go along it. */
  readonly leftAlongDepth: boolean;
  readonly rightAlongDepth: boolean;
  readonly outAlongRows: boolean;
}

/** What elements are multiplied and added up in. */
export function computeType(product: ProductInstruction): DType {
  const [lhs, rhs] = product.operands.map((x) => arrayOf(x).dtype);
  const out = product.shape.dtype;
  const isWide = lhs === "float64" || rhs === "float64";
  if (isHalf(out)) return isWide ? "float64" : "float32";
  return out === "float32" && isWide ? "float64" : out;
}

/** An operand's element as it is multiplied. */
export function factor(kernel: GridKernel, operand: HloInstruction, compute: DType, x: Computed): Computed {
  const { dtype } = arrayOf(operand);
  const cx = kernel.evaluator.context(x.depth, 1);
  return { value: emitConvert(cx, dtype, compute, x.value), depth: x.depth };
}

export const zero = (cx: OperationContext, dtype: DType): Value =>
  emitConstant(cx, dtype, dtypes[dtype].kind === "bool" ? false : 0);

/** sum + x y; floats round once. */
export function multiplyAdd(cx: OperationContext, dtype: DType, x: Value, y: Value, sum: Value): Value {
  const { kind } = dtypes[dtype];
  if (isComplexValue(sum)) {
    const f = floatOpsOf(cx, dtype);
    const [a, b] = [parts(x), parts(y)];
    return {
      re: f.mulAdd(f.neg(a.im), b.im, f.mulAdd(a.re, b.re, sum.re)),
      im: f.mulAdd(a.im, b.re, f.mulAdd(a.re, b.im, sum.im)),
    };
  }
  if (kind === "float") return floatOpsOf(cx, dtype).mulAdd(single(x), single(y), sum);
  const product = emitBinary(cx, "multiply", dtype, [x, y]);
  return add(cx, dtype, sum, product);
}

export function add(cx: OperationContext, dtype: DType, x: Value, y: Value | undefined): Value {
  const sum = y === undefined ? undefined : emitBinary(cx, "add", dtype, [x, y]);
  if (sum === undefined) throw new TypeError(`${dtype} cannot be added up`);
  return sum;
}
