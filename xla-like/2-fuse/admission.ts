/** Which instructions a cluster takes in, by its kind. */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import type { HloComputation, HloInstruction } from "../hlo/instruction.js";
import { sameDims, sizeOf } from "../hlo/shape.js";
import { type Cluster, Clustering } from "./clusters.js";
import { elementsOf, isIndexOperation, Recipes } from "./costs.js";
import { ClusterDemands, repetition, rowSplitOf } from "./demand.js";
import { isEmittable, isScalarOperation } from "./emittable.js";
import { type Classifier, rowFormOf, splitsOf } from "./row-grammar.js";

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
export class Context {
  readonly clustering: Clustering;
  readonly recipes: Recipes;
  readonly #demands = new Map<Cluster, ClusterDemands>();
  readonly #forms = new Map<Cluster, Classifier>();

  constructor(computation: HloComputation) {
    this.clustering = new Clustering(computation);
    this.recipes = new Recipes((i) => this.clustering.usersOf(i).length);
    // Operands first, so that long chains are found step by step.
    for (const i of computation.instructions) if (i.shape.kind === "array") this.recipes.leavesOf(i);
  }

  demandsOf(c: Cluster): ClusterDemands {
    const known = this.#demands.get(c) ?? new ClusterDemands(this.clustering, c);
    this.#demands.set(c, known);
    return known;
  }

  /** The classes in a row cluster, kept up while it grows; undefined if it is none. */
  formOf(c: Cluster): Classifier | undefined {
    const known = this.#forms.get(c);
    if (known !== undefined) return known;
    const form = rowFormOf({ outputs: c.outputs, isInside: (i) => c.members.has(i) }, c.domain, c.split);
    if (form !== undefined) this.#forms.set(c, form);
    return form;
  }

  forgetForm(c: Cluster): void {
    this.#forms.delete(c);
  }

  /** Takes in an instruction all of whose users in the cluster are there already. */
  take(i: HloInstruction, c: Cluster, asOutput: boolean): void {
    if (asOutput) this.clustering.output(i, c);
    else this.clustering.add(i, c);
    const demands = this.#demands.get(c);
    if (demands === undefined) return;
    if (asOutput) demands.of(i).here = true;
    demands.add(i);
  }

  /** The cluster is another one now. */
  forget(c: Cluster): void {
    this.#demands.delete(c);
    this.#forms.delete(c);
  }
}

const isWithinLimits = ({ clustering }: Context, c: Cluster): boolean => {
  const domain = sizeOf(c.domain);
  if (domain <= smallDomain) return c.members.size + clustering.operandsOf(c).size <= mostSmallArrays;
  if (c.members.size > mostInstructions) return false;
  if (3 * c.members.size + c.outputs.size <= mostArrays) return true;
  let arrays = c.outputs.size;
  for (const o of clustering.operandsOf(c)) if (2 * elementsOf(o) >= domain) arrays++;
  return arrays <= mostArrays;
};

/** Puts instructions in for a moment. */
const trying = (
  c: Cluster,
  members: readonly HloInstruction[],
  outputs: readonly HloInstruction[],
  test: () => void,
): void => {
  const [newMembers, newOutputs] = [members.filter((i) => !c.members.has(i)), outputs.filter((i) => !c.outputs.has(i))];
  for (const i of newMembers) c.members.add(i);
  for (const i of newOutputs) c.outputs.add(i);
  test();
  for (const i of newMembers) c.members.delete(i);
  for (const i of newOutputs) c.outputs.delete(i);
};

const isRepetitionFine = (cx: Context, c: Cluster, i: HloInstruction): boolean => {
  const { recipes } = cx;
  const times = repetition(i, cx.demandsOf(c).of(i));
  if (times <= 1.05 || i.opcode === "constant" || i.opcode === "iota") return true;
  if (i.opcode === "reduce" || i.opcode === "reduce-window" || i.opcode === "select-and-scatter") return false;
  if (isIndexOperation(i)) return true;
  // Computed before all loops, or next to nothing.
  if (recipes.isRepeatable(i) && (elementsOf(i) === 1 || i.opcode === "convert")) return true;
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

/** Whether every output of a loop is computed for the places of the domain, and none again for other places. */
export const isRepeatedNowhere = (cx: Context, c: Cluster, outputs: Iterable<HloInstruction>): boolean => {
  const demands = new ClusterDemands(cx.clustering, c);
  return [...outputs].every((o) => repetition(o, demands.of(o)) <= 1.05);
};

/** Whether the value can be one more output of a loop. */
const isHere = (cx: Context, c: Cluster, i: HloInstruction): boolean =>
  sameDims(dimsOf(i), c.domain) && repetition(i, { ...cx.demandsOf(c).of(i), here: true }) <= 1.05;

/** Taking an instruction in may make a loop a row fusion: then with this split. */
export interface Admission {
  readonly split?: number;
}

const intoRow = (cx: Context, c: Cluster, i: HloInstruction, asOutput: boolean): Admission | undefined => {
  if (c.kind === "row") {
    const form = cx.formOf(c);
    const isFit = form?.enter(i) === true && (!asOutput || form.output(i)) && form.isComplete(c.outputs.size);
    if (!isFit) cx.forgetForm(c);
    return isFit ? { split: c.split } : undefined;
  }
  if (c.hero !== undefined || sameDims(dimsOf(i), c.domain)) return undefined;
  // A loop becomes a row fusion for a reduction over its domain, or for what is computed from one for each row.
  const splits =
    i.opcode === "reduce" && sameDims(dimsOf(i.operands[0]), c.domain)
      ? splitsOf(i)
      : [rowSplitOf(i, c.domain)].filter((k) => k !== undefined);
  const split = rowSplit(c, splits);
  return split === undefined ? undefined : { split };
};

const intoLoop = (cx: Context, c: Cluster, i: HloInstruction): boolean =>
  (isPlain(i) || isLoopMember(i)) && isRepetitionFine(cx, c, i);

/** Elementwise on all of the product (the result may have been reshaped), or what an epilogue's operand is spread from. */
const intoEpilogue = (cx: Context, c: Cluster, i: HloInstruction): boolean => {
  if (isIotaPattern(i)) return true;
  if (elementsOf(i) !== sizeOf(c.domain)) return isScalarOperation(i) && isRepetitionFine(cx, c, i);
  return i.opcode === "broadcast" || isStep(i) || (isScalarOperation(i) && isRepetitionFine(cx, c, i));
};

/** A part of a larger array, such as one step of a sequence: read where it lies. */
export const isStep = (i: HloInstruction): boolean =>
  i.opcode === "dynamic-slice" || (i.opcode === "reshape" && i.operands[0].opcode === "dynamic-slice");

/** Made of nothing but places and numbers. */
const isIotaPattern = (i: HloInstruction): boolean =>
  i.opcode === "iota" ||
  i.opcode === "constant" ||
  ((i.opcode === "broadcast" || i.opcode === "compare") && i.operands.every(isIotaPattern));

const intoProduct = (cx: Context, c: Cluster, i: HloInstruction): boolean =>
  !cx.clustering.usersOf(i).some((u) => u === c.hero || c.views.has(u)) && intoEpilogue(cx, c, i);

/** The instruction whose memory this is. */
export const memoryOf = (i: HloInstruction): HloInstruction =>
  i.opcode === "reshape" || i.opcode === "optimization-barrier" ? memoryOf(i.operands[0]) : i;

/** Whatever the update and its indices are computed from, but never the array that is written. */
const intoUpdate = (cx: Context, c: Cluster, i: HloInstruction): boolean => {
  const [target] = c.hero?.operands ?? [];
  if (target === undefined || i === target || !isPlain(i)) return false;
  if (i.operands.some((o) => memoryOf(o) === memoryOf(target))) return false;
  return isRepetitionFine(cx, c, i);
};

const admission = (cx: Context, c: Cluster, i: HloInstruction, asOutput: boolean): Admission | undefined => {
  switch (c.kind) {
    case "loop":
      return intoRow(cx, c, i, asOutput) ?? (intoLoop(cx, c, i) && (!asOutput || isHere(cx, c, i)) ? {} : undefined);
    case "row":
      if (i.opcode !== "reduce" && !isRepetitionFine(cx, c, i)) return undefined;
      return intoRow(cx, c, i, asOutput);
    case "dot":
    case "convolution":
      return !asOutput && intoProduct(cx, c, i) ? {} : undefined;
    case "update":
      return !asOutput && intoUpdate(cx, c, i) ? {} : undefined;
    case "batch":
      // Made whole.
      return undefined;
  }
};

const tried = (cx: Context, c: Cluster, i: HloInstruction, asOutput: boolean): Admission | undefined => {
  if (!isEmittable(i) || i.shape.kind !== "array" || i === c.hero) return undefined;
  // Known before the instruction is in for a moment.
  cx.demandsOf(c);
  let found: Admission | undefined;
  trying(c, [i], asOutput ? [i] : [], () => {
    found = isWithinLimits(cx, c) ? admission(cx, c, i, asOutput) : undefined;
  });
  return found;
};

/** Whether a cluster would take in an instruction that its members use. */
export const admits = (cx: Context, c: Cluster, i: HloInstruction): boolean => {
  const found = tried(cx, c, i, false);
  // Classes were noted for an instruction that may not come.
  if (c.kind === "row") cx.forgetForm(c);
  return found !== undefined;
};

/** Takes an instruction in that the members use, to be kept if it is an output, if the cluster's kind allows it. */
export const take = (cx: Context, c: Cluster, i: HloInstruction, asOutput = false): boolean => {
  const found = tried(cx, c, i, asOutput);
  if (found === undefined) return false;
  cx.take(i, c, asOutput);
  if (found.split !== undefined && c.kind === "loop") {
    c.kind = "row";
    c.split = found.split;
    cx.forget(c);
  }
  return true;
};

/** Whether a cluster as it stands is a valid fusion of its kind. */
export const isSound = (cx: Context, c: Cluster): boolean => {
  if (!isWithinLimits(cx, c)) return false;
  if (c.kind === "row") return isRowCluster(c, c.split);
  return [...c.outputs].every((o) => sameDims(dimsOf(o), c.domain)) && isRepeatedNowhere(cx, c, c.outputs);
};
