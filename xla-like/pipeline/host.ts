/** One instruction as a function of the host: the reference evaluator runs it. */

import type { HostArray } from "../hlo/dtype.js";
import type { HloComputation, HloInstruction, Instr } from "../hlo/instruction.js";
import { tupleShape } from "../hlo/shape.js";
import { prepare } from "../reference/evaluate.js";

/** A program of the one instruction. */
const programOf = (i: HloInstruction): HloComputation => {
  const parameters = i.operands.map((x, index): Instr<"parameter"> => {
    if (x.shape.kind === "tuple") throw new TypeError(`${i.opcode}.${i.id} takes a tuple`);
    return { opcode: "parameter", id: -1 - index, operands: [], shape: x.shape, index };
  });
  const alone = { ...i, operands: parameters } as HloInstruction;
  if (alone.shape.kind === "tuple")
    return { name: "host", parameters, instructions: [...parameters, alone], root: alone };
  const root: HloInstruction = { opcode: "tuple", id: i.id + 1, operands: [alone], shape: tupleShape([alone.shape]) };
  return { name: "host", parameters, instructions: [...parameters, alone, root], root };
};

export function hostFunction(i: HloInstruction): (...args: HostArray[]) => readonly HostArray[] {
  // Prepared when first called: most programs that could call the host never do.
  let run: ReturnType<typeof prepare> | undefined;
  return (...args) => {
    run ??= prepare({ name: "host", entry: programOf(i) });
    return run(args);
  };
}
