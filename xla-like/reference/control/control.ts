/** Calls, branches, loops and tuples. */
import type { HostArray } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { integerOf, type Kernel, type Value } from "../host.js";
import type { Lowering } from "../lowering.js";
import { loopOwnership } from "../ownership.js";

const asTuple = (v: Value): readonly HostArray[] => (Array.isArray(v) ? v : [v as HostArray]);

export const whileKernel = (i: Instr<"while">, { prepare, dying }: Lowering): Kernel => {
  const owned = loopOwnership(i.body);
  const condition = prepare(i.condition);
  const body = prepare(i.body, owned);
  // The body overwrites these arrays: it starts from copies, unless the loop is the last to see the originals.
  const copied = [...owned].filter((k) => !dying[k]);
  return (inits) => {
    let carried: readonly Value[] = inits;
    if (copied.length > 0) {
      const first = inits.slice();
      for (const k of copied) first[k] = (inits[k] as HostArray).slice();
      carried = first;
    }
    while (integerOf(asTuple(condition(carried))[0]) !== 0) carried = asTuple(body(carried));
    return carried as readonly HostArray[];
  };
};

export const conditionalKernel = (i: Instr<"conditional">, { prepare }: Lowering): Kernel => {
  const branches = i.branches.map((c) => prepare(c));
  return ([index, ...operands]) => {
    const k = Math.max(0, Math.min(branches.length - 1, integerOf(index)));
    return asTuple(branches[k](operands));
  };
};

export const callKernel = (i: Instr<"call"> | Instr<"fusion">, { prepare }: Lowering): Kernel => {
  const run = prepare(i.computation);
  return (operands) => asTuple(run(operands));
};

export const tupleKernel: Kernel = (operands) => operands.slice() as HostArray[];

export const getTupleElementKernel = (i: Instr<"get-tuple-element">): Kernel => {
  const { index } = i;
  return ([t]) => (t as readonly HostArray[])[index];
};
