/** x·y + z rounded once, out of operations that round each by themselves. */
import type { Tensor } from "../core/tensor.js";
import { add, isFinite as finite, mul, sub } from "../primitives/arithmetic.js";
import { convert } from "../primitives/convert.js";
import { select } from "../primitives/select.js";

/** The halves of a float64's mantissa: 26 bits each, so that products of halves are exact (Veltkamp's splitting). */
function halves(x: Tensor): readonly [high: Tensor, low: Tensor] {
  const scaled = mul(x, 2 ** 27 + 1);
  const high = sub(scaled, sub(scaled, x));
  return [high, sub(x, high)];
}

/** Dekker's product and Knuth's sum with their errors. */
function wide(x: Tensor, y: Tensor, z: Tensor): Tensor {
  const product = mul(x, y);
  const [[xh, xl], [yh, yl]] = [halves(x), halves(y)];
  const inner = add(add(sub(mul(xh, yh), product), mul(xh, yl)), mul(xl, yh));
  const productError = add(inner, mul(xl, yl));
  const sum = add(product, z);
  const part = sub(sum, product);
  const sumError = add(sub(product, sub(sum, part)), sub(z, part));
  const error = add(sumError, productError);
  // Numbers too large to be split have no error to speak of.
  return select(finite(error), add(sum, error), sum);
}

/**
 * The fused multiply-add of processors, which compiled loops use: results agree with those to the bit, whatever the
 * program is run by. Half precision is computed as it is.
 */
export function multiplyAdd(x: Tensor, y: Tensor, z: Tensor): Tensor {
  if (x.dtype === "float64") return wide(x, y, z);
  if (x.dtype !== "float32") return add(mul(x, y), z);
  const [a, b, c] = [x, y, z].map((v) => convert(v, "float64"));
  return convert(add(mul(a, b), c), "float32");
}
