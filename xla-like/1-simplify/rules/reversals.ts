/** Reversals: only of what has a direction, and one instead of two. */
import { dimsOf } from "../facts/shapes.js";
import { rule } from "../rewriting/rule.js";

/** Reversing dimensions of at most one element, or none, does nothing. */
const withoutUnits = rule({
  name: "reverse-without-units",
  match: ["reverse"],
  rewrite: ({ dimensions, operands: [x] }, cx) => {
    const needed = dimensions.filter((d) => dimsOf(x)[d] > 1);
    if (needed.length === dimensions.length && needed.length > 0) return undefined;
    return needed.length === 0 ? x : cx.reverse(x, needed);
  },
});

/** reverse(reverse(x)): what is reversed twice is not. */
const compose = rule({
  name: "reverse-of-reverse",
  match: ["reverse"],
  rewrite: ({ dimensions, operands: [x] }, cx) =>
    x.opcode === "reverse"
      ? cx.reverse(x.operands[0], [
          ...dimensions.filter((d) => !x.dimensions.includes(d)),
          ...x.dimensions.filter((d) => !dimensions.includes(d)),
        ])
      : undefined,
});

/** reverse(broadcast(x)) → broadcast(reverse(x)). */
const ofBroadcast = rule({
  name: "reverse-of-broadcast",
  match: ["reverse"],
  rewrite: ({ shape, dimensions, operands: [b] }, cx) => {
    if (b.opcode !== "broadcast") return undefined;
    const own = b.dimensions.flatMap((d, k) => (dimensions.includes(d) ? [k] : []));
    return cx.broadcast(cx.reverse(b.operands[0], own), shape.dims, b.dimensions);
  },
});

export const reversalRules = [withoutUnits, compose, ofBroadcast];
