/**
 * Updates in place that run over as many elements become one kernel, together with the loop that computes what they
 * write: the body of a scan computes a step and stores all of it at once.
 */
import type { HloInstruction, Instr } from "../hlo/instruction.js";
import { type Context, isRepeatedNowhere, memoryOf } from "./admission.js";
import type { Cluster } from "./clusters.js";
import { elementsOf } from "./costs.js";

const mostInstructions = 200;
const mostArrays = 64;

type Slice = Instr<"dynamic-update-slice">;
const isSlice = (i: HloInstruction): i is Slice => i.opcode === "dynamic-update-slice";

/** The updates of a cluster that writes slices, and nothing else in place. */
const slicesOf = (c: Cluster): readonly Slice[] => (c.kind === "update" ? [...c.members].filter(isSlice) : []);

/** A reshape between the update and what computes it belongs to the kernel that both become. */
const absorbReshapes = ({ clustering }: Context, c: Cluster): void => {
  for (const { operands } of slicesOf(c))
    for (let [, i] = operands; i.opcode === "reshape" && clustering.isBare(i); [i] = i.operands) {
      clustering.add(i, c);
      if (clustering.consumersOf(i).size === 0) clustering.dropBare(i);
    }
};

/** The clusters that compute what a cluster writes, over the same elements. */
const sourcesOf = ({ clustering }: Context, c: Cluster): readonly Cluster[] => {
  const found = new Set<Cluster>();
  for (const o of clustering.operandsOf(c)) {
    const owner = clustering.ownerOf(o);
    if (owner?.kind === "loop" && owner.hero === undefined) found.add(owner);
  }
  return [...found];
};

/** Whether the members make one kernel that changes distinct arrays, each of which it reads only to write into it. */
const isSound = (cx: Context, c: Cluster, elements: number): boolean => {
  const slices = slicesOf(c);
  const targets = new Set(slices.map((s) => memoryOf(s.operands[0])));
  if (targets.size < slices.length || c.members.size > mostInstructions) return false;
  if (cx.clustering.operandsOf(c).size + c.outputs.size > mostArrays) return false;
  const isWrong = (i: HloInstruction, o: HloInstruction, k: number): boolean =>
    isSlice(i) && k === 0 ? c.members.has(o) : (isSlice(o) && c.members.has(o)) || targets.has(memoryOf(o));
  for (const i of c.members) if (i.operands.some((o, k) => isWrong(i, o, k))) return false;
  for (const o of c.outputs) if (elementsOf(isSlice(o) ? o.operands[1] : o) !== elements) return false;
  return isRepeatedNowhere(
    cx,
    c,
    [...c.outputs].flatMap((o) => (isSlice(o) ? [] : [o])),
  );
};

const tryMerge = (cx: Context, into: Cluster, from: Cluster, elements: number): boolean => {
  const { clustering } = cx;
  const both: Cluster = {
    ...into,
    members: new Set([...into.members, ...from.members]),
    outputs: new Set([...into.outputs, ...from.outputs]),
  };
  if (!isSound(cx, both, elements)) return false;
  if (clustering.reaches(into, from, { through: true }) || clustering.reaches(from, into, { through: true }))
    return false;
  clustering.merge(from, into);
  for (const o of [...into.outputs])
    if (o !== clustering.computation.root && clustering.consumersOf(o).size === 0) into.outputs.delete(o);
  return true;
};

export const mergeUpdates = (cx: Context): void => {
  const { clustering } = cx;
  const open = [...clustering.clusters].filter((c) => slicesOf(c).length > 0);
  for (const c of open) absorbReshapes(cx, c);
  while (open.length > 0) {
    const [first, ...others] = open.splice(0);
    const elements = elementsOf(slicesOf(first)[0].operands[1]);
    for (const c of others) if (!tryMerge(cx, first, c, elements)) open.push(c);
    for (const c of sourcesOf(cx, first)) tryMerge(cx, first, c, elements);
  }
};
