/**
 * Divides a computation into clusters, from its results backwards: each instruction goes to its users' clusters if they
 * take it in, and else begins a cluster of its own.
 */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import { hasSideEffect } from "../hlo/graph.js";
import type { HloInstruction } from "../hlo/instruction.js";
import { sameDims } from "../hlo/shape.js";
import { admits, type Context, isStep, take } from "./admission.js";
import { type Cluster, isCluster, type Unit } from "./clusters.js";
import { elementsOf } from "./costs.js";
import { rowOriginOf } from "./demand.js";
import { isEmittable, isScalarOperation } from "./emittable.js";
import { rowFormOf, splitsOf } from "./row-grammar.js";

/** Reductions that are not worth a kernel of rows. */
const smallReduce = 64;

const isUpdate = (i: HloInstruction): boolean => i.opcode === "dynamic-update-slice" || i.opcode === "scatter";

const isTarget = (i: HloInstruction, c: Cluster): boolean => c.kind === "update" && c.hero?.operands[0] === i;

/** What an update writes into and what a product reads is memory, not a number in the code. */
const isMemory = (cx: Context, i: HloInstruction, c: Cluster): boolean =>
  isTarget(i, c) ||
  ((c.kind === "dot" || c.kind === "convolution") &&
    cx.clustering.usersOf(i).some((u) => u === c.hero || c.views.has(u)));

class Walk {
  constructor(readonly cx: Context) {}

  run(): void {
    const { clustering } = this.cx;
    const { instructions, root } = clustering.computation;
    for (let n = instructions.length - 1; n >= 0; n--) {
      const i = instructions[n];
      if (i === root || i.opcode === "parameter" || hasSideEffect(i) || clustering.consumersOf(i).size > 0)
        this.#visit(i);
      else this.#forget(i);
    }
  }

  /** What nobody needs any more, as a member of a product's epilogue whose users compute it themselves. */
  #forget(i: HloInstruction): void {
    const { clustering } = this.cx;
    const owner = clustering.ownerOf(i);
    const isUsed = owner !== undefined && clustering.usersOf(i).some((u) => owner.members.has(u));
    if (owner !== undefined && !owner.outputs.has(i) && !isUsed) clustering.remove(i, owner);
    if (clustering.homesOf(i).size === 0) clustering.bury(i);
  }

  #visit(i: HloInstruction): void {
    const { clustering } = this.cx;
    const consumers = [...clustering.consumersOf(i)];
    const isRoot = i === clustering.computation.root;
    const clusters = consumers.filter(isCluster);
    const isKept = isRoot || clusters.length < consumers.length;
    const owner = clustering.ownerOf(i);
    if (owner !== undefined) this.#visitMember(i, owner, clusters, isKept);
    else if (!isEmittable(i) || i.shape.kind === "tuple" || i.operands.includes(clustering.computation.root))
      clustering.leaveBare(i);
    else if (i.opcode === "get-tuple-element") this.#visitElement(i);
    else if (i.opcode === "reshape" && this.#isAlias(i, clusters, isKept)) clustering.leaveBare(i);
    else if (i.opcode === "constant") this.#visitConstant(i, clusters, isKept);
    else if (isUpdate(i)) this.#begin(i, "update");
    else this.#visitValue(i, clusters, isKept);
  }

  /** A member of a product's cluster that is needed outside of it. */
  #visitMember(i: HloInstruction, owner: Cluster, clusters: readonly Cluster[], isKept: boolean): void {
    const { clustering, recipes } = this.cx;
    const others = clusters.filter((c) => c !== owner);
    if (!isKept && others.length === 0) return;
    const isRepeatable = !isKept && isScalarOperation(i) && recipes.isRepeatable(i);
    if (isRepeatable && this.#takeAll(others, i)) this.#forget(i);
    else clustering.output(i, owner);
  }

  #visitConstant(i: HloInstruction, clusters: readonly Cluster[], isKept: boolean): void {
    const { clustering } = this.cx;
    const inside = clusters.filter((c) => !isMemory(this.cx, i, c));
    for (const c of inside) this.cx.take(i, c, false);
    if (isKept || inside.length < clusters.length) clustering.leaveBare(i);
  }

  /** Elements of a reduction of several operands: all in one loop. */
  #visitElement(i: HloInstruction): void {
    const { clustering } = this.cx;
    const [hero] = i.operands;
    const known = clustering.ownerOf(hero);
    const c = known ?? clustering.create("loop", dimsOf(i), { hero });
    if (known === undefined) clustering.own(hero, c);
    clustering.output(i, c);
  }

  /** A reshape is the same memory, unless what it reads can be computed where it is used. */
  #isAlias(i: HloInstruction, clusters: readonly Cluster[], isKept: boolean): boolean {
    const { clustering } = this.cx;
    const [x] = i.operands;
    if (isKept || clusters.some((c) => isTarget(i, c))) return true;
    // One step of a sequence is read where it lies by as many as want it.
    if (clusters.length !== 1 && !isStep(i)) return true;
    if (!isEmittable(x) || clustering.ownerOf(x) !== undefined || isUpdate(x)) return true;
    if (clustering.consumersOf(x).size > 1 && !this.cx.recipes.isRepeatable(x)) return true;
    return x.opcode === "parameter" || x.opcode === "constant" || x.opcode === "reduce";
  }

  #visitValue(i: HloInstruction, clusters: readonly Cluster[], isKept: boolean): void {
    const { recipes } = this.cx;
    const isPattern = recipes.isPattern(i);
    if (!isKept && clusters.length === 1) {
      if (take(this.cx, clusters[0], i)) return;
    } else if (!isKept && (isPattern || recipes.isRepeatable(i)) && this.#takeAll(clusters, i)) return;
    if (isPattern) for (const c of clusters) take(this.cx, c, i);
    if (isPattern || !this.#join(i, clusters)) this.#begin(i, "loop");
  }

  /** Copies for every cluster, or for none. */
  #takeAll(clusters: readonly Cluster[], i: HloInstruction): boolean {
    if (!clusters.every((c) => admits(this.cx, c, i))) return false;
    for (const c of clusters) take(this.cx, c, i);
    return true;
  }

  /** Makes the value an output of a cluster that computes it anyway, for the others to read. */
  #join(i: HloInstruction, clusters: readonly Cluster[]): boolean {
    const { clustering } = this.cx;
    const consumers = [...clustering.consumersOf(i)];
    const inOrder = [...clusters].sort((p, q) => this.#start(p) - this.#start(q));
    return inOrder.some((c) => {
      if (c.kind !== "loop" && c.kind !== "row") return false;
      if (consumers.some((u: Unit) => u !== c && clustering.reaches(u, c))) return false;
      return take(this.cx, c, i, true);
    });
  }

  #start(c: Cluster): number {
    let start = Number.POSITIVE_INFINITY;
    for (const o of c.outputs) start = Math.min(start, this.cx.clustering.positionOf(o));
    return start;
  }

  #begin(i: HloInstruction, kind: "loop" | "update"): void {
    const { clustering } = this.cx;
    if (kind === "update") {
      clustering.output(i, clustering.create("update", dimsOf(i), { hero: i }));
      return;
    }
    const row = this.#rowOf(i);
    const c =
      row === undefined
        ? clustering.create("loop", dimsOf(i))
        : clustering.create("row", row.domain, { split: row.split });
    clustering.output(i, c);
  }

  /** Where the value begins a row fusion: its domain and split. */
  #rowOf(i: HloInstruction): { readonly domain: readonly number[]; readonly split: number } | undefined {
    if (i.opcode === "reduce") {
      const domain = dimsOf(i.operands[0]);
      if (elementsOf(i.operands[0]) <= smallReduce) return undefined;
      const region = { outputs: [i], isInside: (x: HloInstruction) => x === i };
      const split = splitsOf(i).find((k) => rowFormOf(region, domain, k) !== undefined);
      return split === undefined ? undefined : { domain, split };
    }
    if (!isScalarOperation(i) || dimsOf(i).length === 0) return undefined;
    const origin = rowOriginOf(i);
    return origin !== undefined && sameDims(origin.domain.slice(0, origin.split), dimsOf(i)) ? origin : undefined;
  }
}

export const walk = (cx: Context): void => new Walk(cx).run();
