/** How often a cluster computes each value, and whether at the places of its domain or at others. */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import type { HloInstruction } from "../hlo/instruction.js";
import { sameDims, sizeOf } from "../hlo/shape.js";
import type { Cluster, Clustering } from "./clusters.js";
import { elementsOf } from "./costs.js";
import { isScalarOperation } from "./emittable.js";
import { splitsOf } from "./row-grammar.js";

export interface Demand {
  /** Needed at every place of the domain, for that very place. */
  here: boolean;
  /** How many elements are computed for other places. */
  elsewhere: number;
}

const largestOperand = (u: HloInstruction): number =>
  u.operands.reduce((n, o) => (o.shape.kind === "array" ? Math.max(n, elementsOf(o)) : n), 0);

/** Elements of operand `o` (number `k`) that computing `n` elements of `u` elsewhere takes. */
const readBy = (u: HloInstruction, o: HloInstruction, k: number, n: number): number => {
  switch (u.opcode) {
    case "pad":
      return k === 1 ? 1 : Math.min(n, (n * elementsOf(o)) / Math.max(1, elementsOf(u)));
    case "concatenate":
      return (n * elementsOf(o)) / Math.max(1, elementsOf(u));
    case "reduce":
      return k >= u.operands.length / 2 ? 1 : elementsOf(o);
    case "reduce-window":
      return k >= u.operands.length / 2 ? 1 : n * u.window.reduce((m, w) => m * w.size, 1);
    case "select-and-scatter":
      return n * u.window.reduce((m, w) => m * w.size * w.size, 1);
    case "scatter":
      return elementsOf(o);
    case "dynamic-update-slice":
      return elementsOf(o);
    default:
      return n;
  }
};

const isUpdateOf = (u: HloInstruction, k: number): boolean => u.opcode === "dynamic-update-slice" && k === 1;

/** The demands of one cluster's members and operands; members are added users first. */
export class ClusterDemands {
  readonly #demands = new Map<HloInstruction, Demand>();
  readonly #domainSize: number;
  readonly #rows: readonly number[] | undefined;

  constructor(
    cx: Clustering,
    readonly cluster: Cluster,
  ) {
    const { domain, kind, split, outputs, hero, members } = cluster;
    this.#domainSize = sizeOf(domain);
    this.#rows = kind === "row" ? domain.slice(0, split) : undefined;
    for (const i of outputs) this.of(i).here = true;
    if (hero !== undefined) this.of(hero).here = true;
    for (const i of [...members].sort((p, q) => cx.positionOf(q) - cx.positionOf(p))) this.add(i);
  }

  of(i: HloInstruction): Demand {
    const known = this.#demands.get(i);
    if (known !== undefined) return known;
    const made = { here: false, elsewhere: 0 };
    this.#demands.set(i, made);
    return made;
  }

  #total(i: HloInstruction, { here, elsewhere }: Demand): number {
    if (!here) return elsewhere;
    return elsewhere + (i.shape.kind === "array" ? Math.min(this.#domainSize, elementsOf(i)) : this.#domainSize);
  }

  /** A member, all of whose users in the cluster are there already, hands its demand on to its operands. */
  add(u: HloInstruction): void {
    const d = this.of(u);
    const n = this.#total(u, d);
    u.operands.forEach((o, k) => this.#read(u, d, n, o, k));
  }

  #read(u: HloInstruction, d: Demand, n: number, o: HloInstruction, k: number): void {
    const down = this.of(o);
    const isAlong = o.shape.kind !== "array" || (isScalarOperation(u) && o.shape.dims.length === dimsOf(u).length);
    if (isAlong) {
      down.here ||= d.here;
      down.elsewhere += d.elsewhere;
    } else if (u.opcode === "get-tuple-element") {
      down.here ||= d.here;
    } else if (u.opcode === "broadcast" && this.#rows !== undefined && d.here && sameDims(dimsOf(o), this.#rows)) {
      // Computed once for each row.
      down.here = true;
    } else if (u.opcode === "reduce" && this.#rows !== undefined && sameDims(dimsOf(o), this.cluster.domain)) {
      down.here = true;
    } else if (this.cluster.kind === "update" && (u.opcode === "reshape" || isUpdateOf(u, k))) {
      // Each element of an update goes to one place.
      down.here ||= d.here;
      down.elsewhere += d.elsewhere;
    } else if (u.opcode === "scatter" || u.opcode === "dynamic-update-slice") {
      down.elsewhere += k === 0 ? 0 : elementsOf(o);
    } else {
      down.elsewhere += readBy(u, o, k, u.opcode === "reduce" ? Math.max(n, largestOperand(u)) : n);
    }
  }
}

/** How many times over each element of a value would be computed. */
export const repetition = (i: HloInstruction, d: Demand): number => {
  const size = Math.max(1, elementsOf(i));
  return (d.here ? 1 : 0) + d.elsewhere / size;
};

/** Follows cheap per-row arithmetic back to a reduction over the columns of `domain`: where the rows end. */
export const rowSplitOf = (i: HloInstruction, domain: readonly number[]): number | undefined => {
  const open = [i];
  const seen = new Set<HloInstruction>();
  for (let x = open.pop(); x !== undefined; x = open.pop()) {
    if (seen.has(x) || seen.size > 64) continue;
    seen.add(x);
    if (x.opcode === "reduce") {
      const [operand] = x.operands;
      if (sameDims(dimsOf(operand), domain)) {
        const rows = dimsOf(i).length;
        if (splitsOf(x).includes(rows)) return rows;
      }
      continue;
    }
    if (isScalarOperation(x)) for (const o of x.operands) if (sameDims(dimsOf(o), dimsOf(i))) open.push(o);
  }
  return undefined;
};

/** The domain and split of the reduction over columns that a per-row value comes from. */
export const rowOriginOf = (
  i: HloInstruction,
): { readonly domain: readonly number[]; readonly split: number } | undefined => {
  const open = [i];
  const seen = new Set<HloInstruction>();
  for (let x = open.shift(); x !== undefined; x = open.shift()) {
    if (seen.has(x) || seen.size > 64) continue;
    seen.add(x);
    if (x.opcode === "reduce" && x.operands.length === 2) {
      const domain = dimsOf(x.operands[0]);
      const split = dimsOf(i).length;
      if (splitsOf(x).includes(split)) return { domain, split };
      continue;
    }
    if (isScalarOperation(x)) for (const o of x.operands) if (sameDims(dimsOf(o), dimsOf(i))) open.push(o);
  }
  return undefined;
};
