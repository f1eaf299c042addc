/** Which instructions a cluster takes in, by its kind. */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import type { HloInstruction } from "../hlo/instruction.js";
import { sameDims, sizeOf } from "../hlo/shape.js";
import type { Cluster, Clustering } from "./clusters.js";
import { elementsOf, isIndexOperation, type Recipes } from "./costs.js";
import { demandsOf, repetition, rowSplitOf } from "./demand.js";
import { isEmittable, isScalarOperation } from "./emittable.js";
import { rowFormOf, splitsOf } from "./row-grammar.js";

/** A kernel's registers and its reader's patience end somewhere. */
const mostInstructions = 200;
const mostArrays = 24;
/** Kernels on next to nothing may have many. */
const mostSmallArrays = 400;
const smallDomain = 64;

/** Doing again this often what is cheap beats an array in memory. */
const mostRepetition = 4;

/** Larger reductions are worth a kernel of their own kind. */
const largestLoopReduce = 64;

/** What both the walk and the merges know. */
export interface Context {
  readonly clustering: Clustering;
  readonly recipes: Recipes;
}

const isWithinLimits = ({ clustering }: Context, c: Cluster): boolean => {
  const domain = sizeOf(c.domain);
  if (domain <= smallDomain) return c.members.size + clustering.operandsOf(c).size <= mostSmallArrays;
  if (c.members.size > mostInstructions) return false;
  let arrays = c.outputs.size;
  for (const o of clustering.operandsOf(c)) if (2 * elementsOf(o) >= domain) arrays++;
  return arrays <= mostArrays;
};

/** Puts instructions in for a moment. */
export const trying = (
  c: Cluster,
  members: Iterable<HloInstruction>,
  outputs: Iterable<HloInstruction>,
  test: () => boolean,
): boolean => {
  const addedMembers = [...members].filter((i) => !c.members.has(i));
  const addedOutputs = [...outputs].filter((i) => !c.outputs.has(i));
  for (const i of addedMembers) c.members.add(i);
  for (const i of addedOutputs) c.outputs.add(i);
  const answer = test();
  for (const i of addedMembers) c.members.delete(i);
  for (const i of addedOutputs) c.outputs.delete(i);
  return answer;
};

const isRepetitionFine = ({ clustering, recipes }: Context, c: Cluster, i: HloInstruction): boolean => {
  const demand = demandsOf(clustering, c).get(i);
  if (demand === undefined) return false;
  const times = repetition(i, demand);
  if (times <= 1.05 || i.opcode === "constant" || i.opcode === "iota") return true;
  if (i.opcode === "reduce" || i.opcode === "reduce-window" || i.opcode === "select-and-scatter") return false;
  if (isIndexOperation(i)) return true;
  return recipes.isPattern(i) || (times <= mostRepetition && recipes.isRepeatable(i));
};

/** Small or strange reductions are loops within a loop. */
const isLoopReduce = (i: HloInstruction): boolean =>
  i.opcode === "reduce" && (splitsOf(i).length === 0 || elementsOf(i.operands[0]) <= largestLoopReduce);

const isLoopMember = (i: HloInstruction): boolean =>
  i.opcode === "reduce-window" || i.opcode === "select-and-scatter" || isLoopReduce(i);

const isPlain = (i: HloInstruction): boolean => isEmittable(i) && (isIndexOperation(i) || isScalarOperation(i));

/** The split with which the cluster is a row fusion. */
const rowSplit = (c: Cluster, candidates: readonly number[]): number | undefined =>
  candidates.find(
    (split) => rowFormOf({ outputs: c.outputs, isInside: (i) => c.members.has(i) }, c.domain, split) !== undefined,
  );

export const isRowCluster = (c: Cluster, split: number): boolean => rowSplit(c, [split]) !== undefined;

/** Whether every output of a loop is computed for the places of the domain, and none repeated for other places. */
const areOutputsHere = ({ clustering }: Context, c: Cluster, outputs: Iterable<HloInstruction>): boolean => {
  const demands = demandsOf(clustering, c);
  for (const o of outputs) {
    const d = demands.get(o);
    if (d === undefined || repetition(o, d) > 1.05) return false;
  }
  return true;
};

/** Taking an instruction in may make a loop a row fusion: then with this split. */
export interface Admission {
  readonly split?: number;
}

const intoRow = (c: Cluster, i: HloInstruction): Admission | undefined => {
  if (c.kind === "row") return isRowCluster(c, c.split) ? { split: c.split } : undefined;
  if (c.hero !== undefined) return undefined;
  // A loop becomes a row fusion for a reduction over its domain, or for what is computed from one for each row.
  const splits =
    i.opcode === "reduce" && sameDims(dimsOf(i.operands[0]), c.domain)
      ? splitsOf(i)
      : [rowSplitOf(i, c.domain)].filter((k) => k !== undefined);
  const split = sameDims(dimsOf(i), c.domain) ? undefined : rowSplit(c, splits);
  return split === undefined ? undefined : { split };
};

const intoLoop = (cx: Context, c: Cluster, i: HloInstruction): boolean =>
  (isPlain(i) || isLoopMember(i)) && isRepetitionFine(cx, c, i);

/** Elementwise on all of the product (the result may have been reshaped), or what an epilogue's operand is spread from. */
const intoEpilogue = (cx: Context, c: Cluster, i: HloInstruction): boolean => {
  if (isIotaPattern(i)) return true;
  if (elementsOf(i) !== sizeOf(c.domain)) return false;
  return i.opcode === "broadcast" || (isScalarOperation(i) && isRepetitionFine(cx, c, i));
};

/** Made of nothing but places and numbers. */
const isIotaPattern = (i: HloInstruction): boolean =>
  i.opcode === "iota" ||
  i.opcode === "constant" ||
  ((i.opcode === "broadcast" || i.opcode === "compare") && i.operands.every(isIotaPattern));

const intoProduct = (cx: Context, c: Cluster, i: HloInstruction): boolean =>
  !cx.clustering.usersOf(i).some((u) => u === c.hero || c.views.has(u)) && intoEpilogue(cx, c, i);

/** Whatever the update and its indices are computed from, but never the array that is written. */
const intoUpdate = (cx: Context, c: Cluster, i: HloInstruction): boolean => {
  const [target] = c.hero?.operands ?? [];
  if (i === target || i.operands.includes(target) || !isPlain(i)) return false;
  return isRepetitionFine(cx, c, i);
};

/** Whether, and how, a cluster takes in an instruction that its members use (or, as an output, that it keeps). */
export const admit = (
  cx: Context,
  c: Cluster,
  i: HloInstruction,
  { asOutput = false }: { readonly asOutput?: boolean } = {},
): Admission | undefined => {
  if (!isEmittable(i) || i.shape.kind !== "array" || i === c.hero) return undefined;
  let admission: Admission | undefined;
  trying(c, [i], asOutput ? [i] : [], () => {
    if (!isWithinLimits(cx, c)) return false;
    switch (c.kind) {
      case "loop": {
        const isLoop = (): boolean =>
          intoLoop(cx, c, i) && (!asOutput || (sameDims(dimsOf(i), c.domain) && areOutputsHere(cx, c, c.outputs)));
        admission = intoRow(c, i) ?? (isLoop() ? {} : undefined);
        break;
      }
      case "row":
        admission = intoRow(c, i);
        if (admission !== undefined && i.opcode !== "reduce" && !isRepetitionFine(cx, c, i)) admission = undefined;
        break;
      case "dot":
      case "convolution":
        admission = !asOutput && intoProduct(cx, c, i) ? {} : undefined;
        break;
      case "update":
        admission = !asOutput && intoUpdate(cx, c, i) ? {} : undefined;
        break;
    }
    return true;
  });
  return admission;
};

/** Whether a cluster as it stands is a valid fusion of its kind. */
export const isSound = (cx: Context, c: Cluster): boolean => {
  if (!isWithinLimits(cx, c)) return false;
  if (c.kind === "row") return isRowCluster(c, c.split);
  return [...c.outputs].every((o) => sameDims(dimsOf(o), c.domain)) && areOutputsHere(cx, c, c.outputs);
};
