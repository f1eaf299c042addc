/** How often a cluster computes each value, and whether at the places of its domain or at others. */
import { dimsOf } from "../1-simplify/facts/shapes.js";
import type { HloInstruction } from "../hlo/instruction.js";
import { sameDims } from "../hlo/shape.js";
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

/**
 * The demand for every value that the cluster computes or reads. `alsoOutput` is looked at as if it were an output.
 */
export const demandsOf = (cx: Clustering, c: Cluster): ReadonlyMap<HloInstruction, Demand> => {
  const demands = new Map<HloInstruction, Demand>();
  const at = (i: HloInstruction): Demand => {
    const known = demands.get(i);
    if (known !== undefined) return known;
    const made = { here: false, elsewhere: 0 };
    demands.set(i, made);
    return made;
  };
  const domainSize = c.domain.reduce((n, d) => n * d, 1);
  const total = (i: HloInstruction, d: Demand): number =>
    d.elsewhere + (d.here ? (i.shape.kind === "array" ? Math.min(domainSize, elementsOf(i)) : domainSize) : 0);
  for (const i of c.outputs) at(i).here = true;
  if (c.hero !== undefined) at(c.hero).here = true;
  const members = [...c.members].sort((p, q) => cx.positionOf(q) - cx.positionOf(p));
  const rows = c.kind === "row" ? c.domain.slice(0, c.split) : undefined;
  for (const u of members) {
    const d = at(u);
    const n = total(u, d);
    u.operands.forEach((o, k) => {
      const down = at(o);
      if (o.shape.kind !== "array") {
        down.here ||= d.here;
        down.elsewhere += d.elsewhere;
      } else if (isScalarOperation(u) && o.shape.dims.length === dimsOf(u).length) {
        down.here ||= d.here;
        down.elsewhere += d.elsewhere;
      } else if (u.opcode === "broadcast" && rows !== undefined && d.here && sameDims(dimsOf(o), rows)) {
        // Computed once for each row.
        down.here = true;
      } else if (u.opcode === "reduce" && c.kind === "row" && sameDims(dimsOf(o), c.domain)) {
        down.here = true;
      } else if (u.opcode === "get-tuple-element") {
        down.here ||= d.here;
      } else if (u.opcode === "scatter" || u.opcode === "dynamic-update-slice") {
        down.elsewhere += k === 0 ? 0 : elementsOf(o);
      } else {
        down.elsewhere += readBy(u, o, k, Math.max(n, u.opcode === "reduce" ? largestOperand(u) : n));
      }
    });
  }
  return demands;
};

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
