/** How much a program has to do: a measure that simplification must never raise. */
import { tripCount } from "../../../xla-like/1-simplify/index.js";
import {
  calledComputations,
  type HloComputation,
  type HloInstruction,
  type HloModule,
} from "../../../xla-like/hlo/index.js";
import { product } from "../reference/helpers.js";

const sizeOf = (i: HloInstruction): number =>
  i.shape.kind === "array" ? product(i.shape.dims) : Math.max(0, ...i.shape.elements.map((e) => product(e.dims)));

/** Nothing to do, or nothing but reading at other places. */
const free: ReadonlySet<string> = new Set([
  "parameter", "constant", "iota", "broadcast", "reshape", "slice", "dynamic-slice", "tuple", "get-tuple-element",
  "optimization-barrier",
]); // biome-ignore format: a table

const workOf = (i: HloInstruction): number => {
  if (free.has(i.opcode)) return 0;
  const called = calledComputations(i).map(workIn);
  const turn = called.reduce((a, b) => a + b, 0);
  const inputs = i.operands.map(sizeOf);
  switch (i.opcode) {
    case "while":
      return turn * (tripCount(i) ?? 1);
    case "conditional":
    case "call":
      return turn;
    case "power":
      return 4 * sizeOf(i);
    case "dot": {
      const dims = i.operands[0].shape.kind === "array" ? i.operands[0].shape.dims : [];
      return 2 * sizeOf(i) * product(i.dims.lhsContracting.map((d) => dims[d]));
    }
    case "sort":
      return inputs.reduce((a, b) => a + b, 0) * turn;
    default:
      return called.length > 0 ? Math.max(...inputs) * Math.max(1, turn) : Math.max(sizeOf(i), 1);
  }
};

const workIn = (c: HloComputation): number => c.instructions.reduce((n, i) => n + workOf(i), 0);

export const work = (m: HloModule): number => workIn(m.entry);
