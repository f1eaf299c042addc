/** Operations across a named axis of vmap. */
import { param } from "../core/params.js";
import { type AxisData, type DefinedPrimitive, definePrimitive } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { currentTrace } from "../core/trace.js";
import { TransformError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { div, mul } from "./arithmetic.js";
import { out } from "./checks.js";
import { eq } from "./comparison.js";
import { convert } from "./convert.js";
import { iota } from "./iota.js";
import { reduceMax, reduceMin, reduceSum } from "./reductions.js";
import { broadcastInDim, moveToFront } from "./shape.js";

/** The axis of a name, or an error that lists the names in scope. */
export function namedAxis(fn: string, name: string): AxisData {
  const axes = currentTrace().axes();
  const found = axes.findLast((a) => a.name === name);
  if (found) return found;
  const known = axes.flatMap((a) => (a.name === null ? [] : [`'${a.name}'`]));
  throw new TransformError(
    "CT325",
    `${fn}: there is no axis named '${name}' here. ${known.length > 0 ? `In scope: ${known.join(", ")}.` : "Name one with vmap's axisName."}`,
  );
}

const unbound = (name: string, axisName: string): TransformError =>
  new TransformError(
    "CT325",
    `${name}: the axis '${axisName}' is not mapped where this program runs. Name it with vmap's axisName.`,
  );

type AxisParams = { readonly axisName: string };

export const psumP: DefinedPrimitive<"x", AxisParams> = definePrimitive({
  name: "psum",
  doc: "The sum over a named axis, the same for each of its elements.",
  operands: ["x"],
  params: { axisName: param.string },
  abstractEval: ({ x }) => out(x.shape, x.dtype),
  diff: { kind: "linear", transpose: { x: (ct, _, { axisName }) => psum(ct, axisName) } },
  batching: ({ x }, { x: dim }, { axisName }, axis) => {
    if (axis.name !== axisName) return [psumP.bind({ x }, { axisName }), dim];
    return [dim === null ? mul(x, axis.size) : reduceSum(x, [dim]), null];
  },
  lower(_b, _x, { axisName }) {
    throw unbound("psum", axisName);
  },
  samples: [],
});
/** The sum of x over a named axis. */
export const psum = (x: Tensor, axisName: string): Tensor => psumP.bind({ x }, { axisName });

const extreme = (
  name: "pmax" | "pmin",
  reduce: (x: Tensor, axes: readonly number[]) => Tensor,
): DefinedPrimitive<"x", AxisParams> => {
  const primitive: DefinedPrimitive<"x", AxisParams> = definePrimitive({
    name,
    doc: `The ${name === "pmax" ? "largest" : "smallest"} over a named axis, the same for each of its elements.`,
    operands: ["x"],
    params: { axisName: param.string },
    abstractEval: ({ x }) => out(x.shape, x.dtype),
    diff: {
      kind: "smooth",
      // Shared by those that are the extreme.
      jvp: {
        x: (t, { x }, { axisName }, y) => {
          const chosen = convert(eq(x, y), t.dtype);
          return div(psum(mul(t, chosen), axisName), psum(chosen, axisName));
        },
      },
    },
    batching: ({ x }, { x: dim }, { axisName }, axis) => {
      if (axis.name !== axisName) return [primitive.bind({ x }, { axisName }), dim];
      return [dim === null ? x : reduce(x, [dim]), null];
    },
    lower(_b, _x, { axisName }) {
      throw unbound(name, axisName);
    },
    samples: [],
  });
  return primitive;
};
export const pmaxP = extreme("pmax", reduceMax);
export const pminP = extreme("pmin", reduceMin);
/** The largest of x over a named axis. */
export const pmax = (x: Tensor, axisName: string): Tensor => pmaxP.bind({ x }, { axisName });
/** The smallest of x over a named axis. */
export const pmin = (x: Tensor, axisName: string): Tensor => pminP.bind({ x }, { axisName });

export const allGatherP: DefinedPrimitive<"x", AxisParams & { readonly size: number }> = definePrimitive({
  name: "all_gather",
  doc: "The values of x over a named axis, stacked in front, the same for each of its elements.",
  operands: ["x"],
  params: { axisName: param.string, size: param.int },
  abstractEval: ({ x }, { size }) => out([size, ...x.shape], x.dtype),
  diff: {
    kind: "linear",
    transpose: {
      x: (ct, { x }, { axisName, size }) => {
        // Each element's own part of what the others' cotangents add up to.
        const total = psum(ct, axisName);
        const mine = eq(
          iota("int32", [size, ...x.shape], 0),
          broadcastInDim(axisIndex(axisName), [size, ...x.shape], []),
        );
        return reduceSum(mul(total, convert(mine, ct.dtype)), [0]);
      },
    },
  },
  batching: ({ x }, { x: dim }, { axisName, size }, axis) => {
    if (axis.name !== axisName) {
      const d = dim as number;
      return [allGatherP.bind({ x }, { axisName, size }), d + 1];
    }
    if (dim === null) return [broadcastInDim(x, [size, ...x.shape], range(1, x.ndim + 1)), null];
    return [moveToFront(x, dim), null];
  },
  lower(_b, _x, { axisName }) {
    throw unbound("all_gather", axisName);
  },
  samples: [],
});
/** The values of x over a named axis, stacked in front. */
export const allGather = (x: Tensor, axisName: string): Tensor =>
  allGatherP.bind({ x }, { axisName, size: namedAxis("allGather", axisName).size });

export const axisIndexP: DefinedPrimitive<never, AxisParams> = definePrimitive({
  name: "axis_index",
  doc: "The place along a named axis.",
  operands: [],
  params: { axisName: param.string },
  abstractEval: () => out([], "int32"),
  diff: { kind: "discrete" },
  batching: (_x, _dims, { axisName }, axis) =>
    axis.name === axisName ? [iota("int32", [axis.size], 0), 0] : [axisIndexP.bind({}, { axisName }), null],
  lower(_b, _x, { axisName }) {
    throw unbound("axis_index", axisName);
  },
  samples: [],
});
/** The place along a named axis, an int32. */
export const axisIndex = (axisName: string): Tensor => axisIndexP.bind({}, { axisName });
