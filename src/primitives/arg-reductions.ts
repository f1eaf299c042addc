/** Where an extremum stands. */

import { arrayShape, type HloBuilder, type HloComputation } from "../../xla-like/index.js";
import { bool, f32, i32 } from "../core/avals.js";
import type { DType } from "../core/dtype.js";
import { isComplex, isFloat, isInteger } from "../core/dtype.js";
import { param } from "../core/params.js";
import { type DefinedPrimitive, definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { dtypeError, out } from "./checks.js";
import { highest, lowest } from "./reducers.js";
import { checkAxes } from "./reductions.js";
import { dimAfterRemoval, shiftAxes } from "./shape.js";

type Extremum = "argmax" | "argmin";
const params = { axes: param.ints, indexDtype: param.dtype };
interface ArgParams {
  readonly axes: readonly number[];
  readonly indexDtype: DType;
}

/** Of (value, index) pairs the better: NaN before all, then by value, ties by the lesser index. */
function betterOf(b: HloBuilder, name: Extremum, dtype: DType, indexDtype: DType): HloComputation {
  const value = arrayShape(dtype, []);
  const index = arrayShape(indexDtype, []);
  return b.computation(`${name}.${dtype}.${indexDtype}`, [value, index, value, index], (c, [x, i, y, j]) => {
    const beats = c.compare(x, y, name === "argmax" ? "GT" : "LT");
    const equal = c.compare(x, y, "EQ");
    const xNaN = c.compare(x, x, "NE");
    const first = isFloat(dtype) ? c.binary("or", beats, xNaN) : beats;
    const tie = isFloat(dtype) ? c.binary("or", equal, c.binary("and", xNaN, c.compare(y, y, "NE"))) : equal;
    const firstIndex = c.select(tie, c.compare(i, j, "LT"), first);
    return [c.select(first, x, y), c.select(firstIndex, i, j)];
  });
}

function defineArgReduction(name: Extremum, doc: string): DefinedPrimitive<"x", ArgParams> {
  const primitive: DefinedPrimitive<"x", ArgParams> = definePrimitive<"x", typeof params>({
    name,
    doc,
    operands: ["x"],
    params,
    abstractEval({ x }, { axes, indexDtype }) {
      if (isComplex(x.dtype)) return Either.left(dtypeError(name, "x", x.dtype, "real"));
      if (!isInteger(indexDtype)) {
        return Either.left(
          new DTypeError("CT105", `${name}: indexDtype is ${indexDtype}, but indices are integers. Use int32.`),
        );
      }
      return Either.chain((as: readonly number[]) => {
        if (as.length !== 1) {
          return Either.left(
            new ShapeError(
              "CT107",
              `${name}: axes is [${as}], but it goes along one axis. Reshape to take several together.`,
            ),
          );
        }
        return x.shape[as[0]] === 0
          ? Either.left(
              new ShapeError(
                "CT107",
                `${name}: operand 'x' of shape [${x.shape}] has no elements along axis ${as[0]}: there is no extremum.`,
              ),
            )
          : out(
              x.shape.filter((_, d) => d !== as[0]),
              indexDtype,
              false,
            );
      })(checkAxes(name, x, axes));
    },
    diff: { kind: "discrete" },
    batching: ({ x }, { x: dim }, { axes, indexDtype }) => {
      const shifted = shiftAxes(axes, dim as number);
      return [primitive.bind({ x }, { axes: shifted, indexDtype }), dimAfterRemoval(dim as number, shifted)];
    },
    lower(b, { x }, { axes, indexDtype }, { avals: { x: aval } }) {
      const indices = b.iota(indexDtype, aval.shape, axes[0]);
      const worst = name === "argmax" ? lowest(aval.dtype) : highest(aval.dtype);
      const inits = [b.scalar(aval.dtype, worst), b.scalar(indexDtype, 0)];
      return b.reduce([x, indices], inits, axes, betterOf(b, name, aval.dtype, indexDtype))[1];
    },
    samples: [
      { avals: { x: f32(2, 3) }, params: { axes: [1], indexDtype: "int32" } },
      { avals: { x: f32(4) }, params: { axes: [0], indexDtype: "int32" } },
      { avals: { x: i32(3, 2) }, params: { axes: [0], indexDtype: "uint8" } },
      { avals: { x: bool(3) }, params: { axes: [0], indexDtype: "int32" } },
      { avals: { x: f32(3, 0) }, params: { axes: [0], indexDtype: "int32" } },
    ],
  });
  return primitive;
}

export const argmaxP = defineArgReduction(
  "argmax",
  "The index of the first maximum along the one axis in `axes`; of the first NaN if there is one.",
);
/** The index of the first maximum of x along `axis`; of the first NaN if there is one. */
export const argmax = (x: Tensor, axis: number, indexDtype: DType = "int32"): Tensor =>
  argmaxP.bind({ x }, { axes: [axis], indexDtype });

export const argminP = defineArgReduction(
  "argmin",
  "The index of the first minimum along the one axis in `axes`; of the first NaN if there is one.",
);
/** The index of the first minimum of x along `axis`; of the first NaN if there is one. */
export const argmin = (x: Tensor, axis: number, indexDtype: DType = "int32"): Tensor =>
  argminP.bind({ x }, { axes: [axis], indexDtype });
