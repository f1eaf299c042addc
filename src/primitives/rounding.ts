/** Rounding to whole numbers; the type stays, and derivatives are zero. */
import { f32 } from "../core/avals.js";
import { param } from "../core/params.js";
import { definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { Either } from "../prelude/fp.js";
import { dtypeError, inClass, out } from "./checks.js";
import { defineUnary } from "./elementwise.js";

// Away from the whole and the half numbers, where the results jump.
const flat = { min: 0.1, max: 0.4 };

export const floorP = defineUnary({
  name: "floor",
  doc: "The largest whole number not above x.",
  takes: "float",
  lower: "floor",
  diff: { kind: "discrete" },
  domain: flat,
});
/** The largest whole number not above x. */
export const floor = (x: Tensor): Tensor => floorP.bind({ x }, {});

export const ceilP = defineUnary({
  name: "ceil",
  doc: "The smallest whole number not below x.",
  takes: "float",
  lower: "ceil",
  diff: { kind: "discrete" },
  domain: flat,
});
/** The smallest whole number not below x. */
export const ceil = (x: Tensor): Tensor => ceilP.bind({ x }, {});

/** Where halves go: away from zero, or to the even neighbour. */
export type RoundingMethod = "awayFromZero" | "toNearestEven";

export const roundP = definePrimitive({
  name: "round",
  doc: "The nearest whole number; halves go as the method says.",
  operands: ["x"],
  // Written as the numbers of JAX's enumeration.
  params: { roundingMethod: param.data<RoundingMethod>((m) => (m === "awayFromZero" ? "0" : "1")) },
  abstractEval: ({ x }) =>
    inClass(x.dtype, "float") ? out(x.shape, x.dtype) : Either.left(dtypeError("round", "x", x.dtype, "float")),
  diff: { kind: "discrete" },
  batching: "elementwise",
  lower: (b, { x }, { roundingMethod }) =>
    b.unary(roundingMethod === "awayFromZero" ? "round-nearest-afz" : "round-nearest-even", x),
  samples: [
    { avals: { x: f32(2, 3) }, params: { roundingMethod: "awayFromZero" }, domain: { x: flat } },
    { avals: { x: f32() }, params: { roundingMethod: "toNearestEven" }, domain: { x: flat } },
  ],
});
/** The nearest whole number; halves go away from zero unless the method says otherwise. */
export const round = (x: Tensor, roundingMethod: RoundingMethod = "awayFromZero"): Tensor =>
  roundP.bind({ x }, { roundingMethod });
