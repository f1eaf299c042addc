/** Operations on the bits of integers and on booleans. */

import { dtypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as p from "../primitives/index.js";
import { jitted } from "./jitted.js";
import { asTensors } from "./promote.js";
import { type Binary, binary, binaryNumeric, type Unary, unary } from "./ufunc.js";

/** The bits that both have; the conjunction of booleans. */
export const bitwiseAnd: Binary = binary("bitwiseAnd", p.bitwiseAnd);
/** The bits that either has; the disjunction of booleans. */
export const bitwiseOr: Binary = binary("bitwiseOr", p.bitwiseOr);
/** The bits that exactly one has. */
export const bitwiseXor: Binary = binary("bitwiseXor", p.bitwiseXor);
/** Every bit flipped; the negation of booleans. */
export const invert: Unary = unary("invert", p.bitwiseNot);
export { invert as bitwiseNot, invert as bitwiseInvert };

/** x with its bits moved y places up; 0 from the width on. */
export const leftShift: Binary = binaryNumeric("leftShift", p.shiftLeft);
/** x with its bits moved y places down; the sign of signed integers is kept. */
export const rightShift: Binary = binaryNumeric("rightShift", (x: Tensor, y: Tensor) =>
  dtypes[x.dtype].kind === "unsigned" ? p.shiftRightLogical(x, y) : p.shiftRightArithmetic(x, y),
);
export { leftShift as bitwiseLeftShift, rightShift as bitwiseRightShift };

const bitCountCall = jitted("bitwise_count", ([x]) =>
  p.convert(p.populationCount(dtypes[x.dtype].kind === "signed" ? p.abs(x) : x), "uint8"),
);
/** The number of bits set in |x|, as uint8. */
export const bitwiseCount: Unary = (x) => bitCountCall(asTensors("bitwiseCount", x));
