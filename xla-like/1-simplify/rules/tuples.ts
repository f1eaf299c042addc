/** Tuples taken apart where they were put together. */
import { rule } from "../rewriting/rule.js";

/** get-tuple-element(tuple(x, y), 1) → y. */
const elementOfTuple = rule({
  name: "element-of-tuple",
  match: ["get-tuple-element"],
  rewrite: ({ index, operands: [t] }) => (t.opcode === "tuple" ? t.operands[index] : undefined),
});

/** A tuple of all elements of a tuple, in order, is that tuple; a computation's result stays a tuple one can see. */
const tupleOfElements = rule({
  name: "tuple-of-elements",
  match: ["tuple"],
  rewrite: (i, cx) => {
    const [first] = i.operands;
    if (first?.opcode !== "get-tuple-element" || cx.isRoot(i)) return undefined;
    const [t] = first.operands;
    const isWhole =
      t.shape.kind === "tuple" &&
      t.shape.elements.length === i.operands.length &&
      i.operands.every((e, k) => e.opcode === "get-tuple-element" && e.operands[0] === t && e.index === k);
    return isWhole ? t : undefined;
  },
});

export const tupleRules = [elementOfTuple, tupleOfElements];
