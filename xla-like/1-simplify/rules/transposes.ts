/** Transposes: composed, cancelled, and replaced by what moves nothing. */

import { onlyUnitsChange } from "../facts/groups.js";
import { dimsOf, inverseOf, isIncreasing, isRange, squeezed } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

/** A transpose that keeps the order → the operand. */
const identity = rule({
  name: "transpose-identity",
  match: ["transpose"],
  rewrite: ({ permutation, operands: [x] }) => (isRange(permutation) ? x : undefined),
});

/** transpose(transpose(x)) → transpose(x). */
const compose = rule({
  name: "transpose-of-transpose",
  match: ["transpose"],
  rewrite: ({ permutation, operands: [x] }, cx) =>
    x.opcode === "transpose"
      ? cx.transpose(
          x.operands[0],
          permutation.map((d) => x.permutation[d]),
        )
      : undefined,
});

/** A transpose that only moves dimensions of size 1 is a reshape. */
const toReshape = rule({
  name: "transpose-of-units-to-reshape",
  match: ["transpose"],
  rewrite: ({ shape, permutation, operands: [x] }, cx) =>
    isIncreasing(permutation.filter((d) => dimsOf(x)[d] !== 1)) ? cx.reshape(x, shape.dims) : undefined,
});

/** transpose(reshape(x)) → reshape(transpose(x)), where the reshape only adds or takes away dimensions of size 1. */
const ofUnitReshape = rule({
  name: "transpose-of-unit-reshape",
  match: ["transpose"],
  rewrite: ({ shape, permutation, operands: [r] }, cx) => {
    if (r.opcode !== "reshape") return undefined;
    const [x] = r.operands;
    const [from, to] = [dimsOf(x), r.shape.dims];
    // The transpose must not be of units again, or this would go on for ever.
    if (!onlyUnitsChange(from, to) || squeezed(to).length === to.length) return undefined;
    const flat = cx.reshape(x, squeezed(from));
    // Which of the dimensions that matter each one is.
    const nth = to.map((_, d) => to.slice(0, d).filter((n) => n !== 1).length);
    const order = permutation.filter((d) => to[d] !== 1).map((d) => nth[d]);
    return cx.reshape(cx.transpose(flat, order), shape.dims);
  },
});

/** transpose(broadcast(x)) → broadcast(transpose(x)): less to transpose, or nothing. */
const ofBroadcast = rule({
  name: "transpose-of-broadcast",
  match: ["transpose"],
  rewrite: ({ shape, permutation, operands: [b] }, cx) => {
    if (b.opcode !== "broadcast") return undefined;
    const places = inverseOf(permutation);
    const goesTo = b.dimensions.map((d) => places[d]);
    const order = goesTo.map((_, k) => k).sort((p, q) => goesTo[p] - goesTo[q]);
    return cx.broadcast(
      cx.transpose(b.operands[0], order),
      shape.dims,
      order.map((k) => goesTo[k]),
    );
  },
});

export const transposeRules = [identity, compose, toReshape, ofBroadcast, ofUnitReshape];
