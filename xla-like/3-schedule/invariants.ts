/** Carried values that a loop's body hands on unchanged. */
import type { HloComputation, HloInstruction, Instr } from "../hlo/instruction.js";

const known = new WeakMap<HloComputation, readonly boolean[]>();

/** Follows element `index` of a value back through aliases and through loops that leave it alone. */
const sourceOf = (x: HloInstruction, index: number): HloInstruction => {
  let at = x;
  let element = index;
  for (;;) {
    switch (at.opcode) {
      case "tuple":
        at = at.operands[element];
        element = 0;
        break;
      case "get-tuple-element":
        element = at.index;
        at = at.operands[0];
        break;
      case "reshape":
      case "bitcast-convert":
      case "optimization-barrier":
        at = at.operands[0];
        break;
      case "while":
        if (!invariantCarries(at)[element]) return at;
        at = at.operands[element];
        element = 0;
        break;
      default:
        return at;
    }
  }
};

/** For each carried value, whether every iteration leaves it as it was: then it is its initial value. */
export const invariantCarries = ({ body }: Instr<"while">): readonly boolean[] => {
  const found = known.get(body);
  if (found !== undefined) return found;
  const answer = body.parameters.map((p, k) => sourceOf(body.root, k) === p);
  known.set(body, answer);
  return answer;
};
