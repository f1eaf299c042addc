/** Reshapes: composed, cancelled, and moved to where less is reshaped. */
import { sameDims } from "../../hlo/shape.js";
import { type Group, reshapeGroups } from "../facts/groups.js";
import { dimsOf } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

/** reshape to the same dimensions → the operand. */
const identity = rule({
  name: "reshape-identity",
  match: ["reshape"],
  rewrite: ({ shape, operands: [x] }) => (sameDims(shape.dims, dimsOf(x)) ? x : undefined),
});

/** reshape(reshape(x)) → reshape(x). */
const compose = rule({
  name: "reshape-of-reshape",
  match: ["reshape"],
  rewrite: ({ shape, operands: [x] }, cx) =>
    x.opcode === "reshape" ? cx.reshape(x.operands[0], shape.dims) : undefined,
});

/**
 * reshape(broadcast(x)) → broadcast(reshape(x)), where every dimension that is split or merged comes wholly from x or
 * wholly from the broadcast.
 */
const ofBroadcast = rule({
  name: "reshape-of-broadcast",
  match: ["reshape"],
  rewrite: ({ shape, operands: [b] }, cx) => {
    if (b.opcode !== "broadcast") return undefined;
    const [x] = b.operands;
    const groups = reshapeGroups(b.shape.dims, shape.dims);
    if (groups === undefined) return undefined;
    const isFromX = (d: number): boolean => b.dimensions.includes(d);
    const isMixed = (g: Group): boolean =>
      g.from.some(isFromX) && !g.from.every((d) => isFromX(d) || b.shape.dims[d] === 1);
    // A lone dimension of size 1 of x would have no place to go.
    if (groups.some((g) => isMixed(g) || (g.to.length === 0 && g.from.some(isFromX)))) return undefined;
    const kept = groups.filter((g) => g.from.some(isFromX)).flatMap((g) => g.to);
    const narrow = cx.reshape(
      x,
      kept.map((d) => shape.dims[d]),
    );
    return cx.broadcast(narrow, shape.dims, kept);
  },
});

export const reshapeRules = [identity, compose, ofBroadcast];
