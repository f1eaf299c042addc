/** Broadcasts: composed, and never of dimensions that do not grow. */
import { sameDims } from "../../hlo/shape.js";
import { dimsOf, isRange, isUnit, sizeOfArray, squeezed } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

/** broadcast to the same dimensions → the operand. */
const identity = rule({
  name: "broadcast-identity",
  match: ["broadcast"],
  rewrite: ({ shape, dimensions, operands: [x] }) =>
    sameDims(shape.dims, dimsOf(x)) && isRange(dimensions) ? x : undefined,
});

/** A broadcast that only adds dimensions of size 1 is a reshape. */
const toReshape = rule({
  name: "broadcast-of-units-to-reshape",
  match: ["broadcast"],
  rewrite: ({ shape, operands: [x] }, cx) =>
    sizeOfArray(x) === shape.dims.reduce((n, d) => n * d, 1) && dimsOf(x).length > 0
      ? cx.reshape(x, shape.dims)
      : undefined,
});

/** broadcast(broadcast(x)) → broadcast(x). */
const compose = rule({
  name: "broadcast-of-broadcast",
  match: ["broadcast"],
  rewrite: ({ shape, dimensions, operands: [x] }, cx) =>
    x.opcode === "broadcast"
      ? cx.broadcast(
          x.operands[0],
          shape.dims,
          x.dimensions.map((d) => dimensions[d]),
        )
      : undefined,
});

/** The operand's dimensions of size 1 are taken away first. */
const squeeze = rule({
  name: "broadcast-without-units",
  match: ["broadcast"],
  rewrite: ({ shape, dimensions, operands: [x] }, cx) => {
    const dims = dimsOf(x);
    return dims.some(isUnit)
      ? cx.broadcast(
          cx.reshape(x, squeezed(dims)),
          shape.dims,
          dimensions.filter((_, k) => dims[k] !== 1),
        )
      : undefined;
  },
});

export const broadcastRules = [identity, compose, toReshape, squeeze];
