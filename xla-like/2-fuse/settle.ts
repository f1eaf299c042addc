/** Row clusters whose reductions went elsewhere after all are loops. */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import type { HloInstruction } from "../hlo/instruction.js";
import type { Context } from "./admission.js";
import type { Cluster } from "./clusters.js";

const hasReduce = (c: Cluster): boolean => [...c.members].some((i) => i.opcode === "reduce");

/** The cluster's members that computing some of its outputs takes, the other outputs being read. */
const neededFor = (c: Cluster, outputs: readonly HloInstruction[]): Set<HloInstruction> => {
  const needed = new Set(outputs);
  const open = [...outputs];
  for (let i = open.pop(); i !== undefined; i = open.pop())
    for (const o of i.operands)
      if (c.members.has(o) && !needed.has(o) && !c.outputs.has(o)) {
        needed.add(o);
        open.push(o);
      }
  return needed;
};

/** A loop for the outputs of each shape. */
export const settleRows = ({ clustering }: Context): void => {
  for (const c of [...clustering.clusters]) {
    if (c.kind !== "row" || c.outputs.size === 0 || hasReduce(c)) continue;
    const groups = new Map<string, HloInstruction[]>();
    for (const o of c.outputs) {
      const key = dimsOf(o).join();
      groups.set(key, [...(groups.get(key) ?? []), o]);
    }
    const loops = [...groups.values()].map((outputs) => ({ outputs, members: neededFor(c, outputs) }));
    clustering.discard(c);
    for (const { outputs, members } of loops) {
      const made = clustering.create("loop", dimsOf(outputs[0]));
      for (const i of members) clustering.add(i, made);
      for (const i of outputs) clustering.output(i, made);
    }
  }
};
