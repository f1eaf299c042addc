/** What is computed from elements of a product, and where results go. */
import { rowMajorStrides, storedStrides } from "../../../2-fuse/views.js";
import type { DType } from "../../../hlo/dtype.js";
import type { HloInstruction } from "../../../hlo/instruction.js";
import { isProduct } from "../../../hlo/product.js";
import { arrayOf } from "../../elements/computed.js";
import { affine } from "../../elements/coordinates.js";
import { constantInt, type Int } from "../../elements/frame.js";
import { type Fusion, rootsOf } from "../../elements/fusion.js";
import { partsFrom } from "../../elements/index.js";
import { emitConvert } from "../../scalar/conversions.js";
import type { Value } from "../../scalar/value.js";
import type { GridKernel } from "../grid-kernel.js";
import type { OwnProduct } from "./own-product.js";

/** The product itself, before it is reshaped or stored in another order. */
const beneath = (i: HloInstruction): HloInstruction =>
  i.opcode === "reshape" || i.opcode === "transpose" ? beneath(i.operands[0]) : i;

/** Computes and writes the results of the element of the product at these coordinates. */
export function finish(
  kernel: GridKernel,
  fusion: Fusion,
  own: OwnProduct,
  at: readonly Int[],
  sum: Value,
  compute: DType,
): void {
  const { product } = own;
  const { dtype, dims } = product.shape;
  const roots = rootsOf(fusion);
  const first = fusion.operands.length;
  const value = emitConvert(kernel.here, compute, dtype, sum);
  const linear = (strides: readonly number[]): Int =>
    at.reduce((n, x, d) => (dims[d] === 1 ? n : kernel.ints.add(n, kernel.ints.mul(x, strides[d]))), constantInt(0));
  if (roots.length === 1 && isProduct(beneath(roots[0]))) {
    const strides = storedStrides(product, roots[0]);
    if (strides === undefined) throw new TypeError("a product is stored in an order that strides do not say");
    kernel.write(kernel.argument(first), dtype, linear(strides), value);
    return;
  }
  const { depth } = kernel;
  kernel.evaluator.overrides.set(product, () => ({ value, depth }));
  const index = partsFrom(
    dims,
    at.map((x) => affine(kernel.pin(x))),
  );
  // All are computed before any is written: a result may lie where an operand is read.
  const values = roots.map((root) => kernel.evaluator.evaluate(root, index));
  const place = linear(rowMajorStrides(dims));
  roots.forEach((root, k) => kernel.write(kernel.argument(first + k), arrayOf(root).dtype, place, values[k].value));
}
