/** Addition, subtraction, multiplication, division and their like. */
import type { Tensor } from "../core/tensor.js";
import { defineBinary, defineUnary } from "./elementwise.js";
import { type Operand, pair } from "./operand.js";

export const negP = defineUnary({
  name: "neg",
  doc: "-x.",
  takes: "number",
  lower: "negate",
  diff: { kind: "linear", transpose: { x: (ct) => neg(ct) } },
});
/** -x, element by element. */
export const neg = (x: Tensor): Tensor => negP.bind({ x }, {});

export const addP = defineBinary({
  name: "add",
  doc: "x + y; the disjunction of booleans.",
  takes: "any",
  lower: (b, x, y) => (x.shape.kind === "array" && x.shape.dtype === "bool" ? b.binary("or", x, y) : b.binary("add", x, y)),
  diff: { kind: "linear", transpose: { x: (ct) => ct, y: (ct) => ct }, jvp: { x: (t) => t, y: (t) => t } },
});
/** x + y, element by element. */
export const add = (x: Operand, y: Operand): Tensor => addP.bind(pair(x, y), {});

export const addAnyP = defineBinary({
  name: "add_any",
  doc: "The sum of two tangents or cotangents.",
  takes: "any",
  lower: "add",
  diff: { kind: "linear", transpose: { x: (ct) => ct, y: (ct) => ct }, jvp: { x: (t) => t, y: (t) => t } },
});
/** The sum of two tangents or cotangents of one type. */
export const addAny = (x: Tensor, y: Tensor): Tensor => addAnyP.bind({ x, y }, {});

export const subP = defineBinary({
  name: "sub",
  doc: "x - y.",
  takes: "number",
  lower: "subtract",
  diff: { kind: "linear", transpose: { x: (ct) => ct, y: (ct) => neg(ct) }, jvp: { x: (t) => t, y: (t) => neg(t) } },
});
/** x - y, element by element. */
export const sub = (x: Operand, y: Operand): Tensor => subP.bind(pair(x, y), {});

export const mulP = defineBinary({
  name: "mul",
  doc: "x · y; the conjunction of booleans.",
  takes: "any",
  lower: (b, x, y) =>
    x.shape.kind === "array" && x.shape.dtype === "bool" ? b.binary("and", x, y) : b.binary("multiply", x, y),
  diff: { kind: "bilinear", transpose: { x: (ct, { y }) => mul(ct, y), y: (ct, { x }) => mul(x, ct) } },
});
/** x · y, element by element. */
export const mul = (x: Operand, y: Operand): Tensor => mulP.bind(pair(x, y), {});

export const divP = defineBinary({
  name: "div",
  doc: "x / y; integers are divided towards zero.",
  takes: "number",
  lower: "divide",
  diff: {
    kind: "smooth",
    jvp: {
      x: (t, { y }) => div(t, y),
      y: (t, { x, y }) => mul(mul(neg(t), x), integerPowInverse(y)),
    },
    transpose: { x: (ct, { y }) => div(ct, y) },
  },
  domain: { y: { min: 0.5, max: 3 } },
});
/** x / y, element by element; integers are divided towards zero. */
export const div = (x: Operand, y: Operand): Tensor => divP.bind(pair(x, y), {});

// JAX writes the derivative with y^-2.
const integerPowInverse = (y: Tensor): Tensor => div(1, mul(y, y));
