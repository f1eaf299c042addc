import type { Tensor } from "../../../src/core/tensor.js";
import * as lax from "../../../src/lax/index.js";
import * as np from "../../../src/numpy/index.js";
import { float, type Programs } from "./types.js";

/** Each term added as soon as it is computed. */
const sumOf = (x: Tensor, [first, ...rest]: readonly ((x: Tensor) => Tensor)[]): Tensor =>
  rest.reduce((total, f) => np.add(total, f(x)), first(x));

export const elementwisePrograms: Programs = {
  "add weak int literal": (x) => np.add(x, 1),
  "add weak float literal": (x) => np.add(x, 1.5),
  "literal first": (x) => np.subtract(2, x),
  "weak scalar argument": (x, y) => np.multiply(x, y),
  "two weak arguments": (x, y) => np.add(np.multiply(x, y), 1),
  polynomial: (x) => np.subtract(np.add(np.multiply(np.multiply(3, x), x), np.multiply(2, x)), 1),
  "negation and division": (x) => np.divide(np.negative(x), 2),
  "weak on bfloat16": (x) => np.add(np.multiply(x, 0.5), 1),
  identity: (x) => x,
  "constant output": (x) => [x, float(1), 2],
  "unused argument": (x, _y) => np.multiply(x, 2),
  "same output twice": (x) => {
    const y = np.multiply(x, 2);
    return [y, y];
  },
  "sin cos chain": (x) => np.sin(np.cos(np.sin(x))),
  "elementary functions": (x) => sumOf(x, [np.exp, np.log, np.sqrt, np.tanh, np.abs, np.sign]),
  "more elementary functions": (x) => sumOf(x, [np.expm1, np.log1p, np.floor, np.ceil, lax.rsqrt, lax.erf, np.square]),
  "vector plus vector": (x, y) => np.add(x, y),
  "scalar plus vector": (x, y) => np.add(x, y),
  "row broadcast": (x, y) => np.add(x, y),
  "column broadcast": (x, y) => np.multiply(x, y),
  "both broadcast": (x, y) => np.multiply(x, y),
  "mixed dtypes": (x, y) => np.add(x, y),
  "half plus float": (x, y) => np.multiply(x, y),
  comparisons: (x, y) => [
    np.less(x, y),
    np.lessEqual(x, y),
    np.greater(x, y),
    np.greaterEqual(x, y),
    np.equal(x, y),
    np.notEqual(x, y),
  ],
  "compare with literal": (x) => np.greater(x, 1),
  "maximum and minimum": (x, y) => np.minimum(np.maximum(x, 0), y),
  clip: (x) => np.clip(x, float(0), float(1)),
  "lax clamp": (x) => lax.clamp(0, x, 1),
  "lax select": (c, x, y) => lax.select(c, x, y),
  where: (c, x, y) => np.where(c, x, y),
  "where with scalars": (x) => np.where(np.greater(x, 0), x, float(0)),
  astype: (x) => np.astype(x, "int32"),
  "convert chain": (x) => np.astype(np.astype(np.astype(x, "bfloat16"), "float32"), "bool"),
  bitcast: (x) => lax.bitcastConvertType(x, "uint32"),
  reduce_precision: (x) => lax.reducePrecision(x, 8, 7),
  optimization_barrier: (x) => np.add(lax.optimizationBarrier(x)[0], 1),
  "lax logistic": (x) => lax.logistic(x),
  integer_pow: (x) => np.power(x, 3),
  "integer_pow negative": (x) => np.power(x, -2),
  "power of float": (x) => np.power(x, 2.5),
  "power of array": (x, y) => np.power(x, y),
  "power of int array": (x, y) => lax.pow(x, y),
  "integer operations": (x, y) => [
    np.add(x, y),
    np.multiply(x, 2),
    np.floorDivide(x, y),
    np.remainder(x, y),
    np.subtract(x, 1),
    np.power(x, 2),
  ],
  "lax integer division": (x, y) => [lax.div(x, y), lax.rem(x, y)],
  "integer true division": (x, y) => np.divide(x, y),
  "bit operations": (x, y) => [
    np.bitwiseAnd(x, y),
    np.bitwiseOr(x, y),
    np.bitwiseXor(x, y),
    np.invert(x),
    np.leftShift(x, 2),
    np.rightShift(x, 1),
  ],
  "bool operations": (x, y) => [
    np.bitwiseAnd(x, y),
    np.bitwiseOr(x, y),
    np.invert(x),
    np.logicalXor(x, y),
    np.logicalNot(x),
  ],
  "float floor division and mod": (x, y) => [np.floorDivide(x, y), np.remainder(x, y)],
  "isnan and isfinite": (x) => [np.isnan(x), np.isfinite(x), np.isinf(x)],
  "complex multiply": (x, y) => np.multiply(x, y),
  "complex parts": (z) => [np.real(z), np.imag(z), np.conj(z), np.abs(z)],
  "make complex": (x, y) => np.multiply(lax.complex(x, y), { re: 0, im: 1 }),
};
