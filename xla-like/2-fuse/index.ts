/**
 * The second phase: every computation is divided into kernels. What remains outside of fusions is parameters,
 * constants, tuples and their elements, reshapes (the same memory), and the operations that stay whole: control flow,
 * custom calls, sorts, cumulative windows, barriers, and what has no emitted code.
 */
import type { Family } from "../hlo/computation-builder.js";
import { computationsOf, nextIdOf } from "../hlo/graph.js";
import type { HloComputation, HloModule } from "../hlo/instruction.js";
import { Context } from "./admission.js";
import { joinBatches } from "./batches.js";
import { mergeClusters, mergeRowLoops } from "./merges.js";
import { outline } from "./outline.js";
import { prepare } from "./prepare.js";
import { clusterProducts } from "./products.js";
import { settleRows } from "./settle.js";
import { mergeUpdates } from "./updates.js";
import { walk } from "./walk.js";

export { fusionKey } from "./key.js";
export { type Reduction, type RowClass, type RowForm, rowForm } from "./row-grammar.js";

export interface FuseOptions {
  /** Whether products of which only rows are computed further are worked off matrix by matrix: an idea for processors. */
  readonly batches?: boolean;
  /** Whether loops keep how many turns they make. */
  readonly trips?: boolean;
}

/** The module with every kernel a fusion. */
export const fuse = (source: HloModule, { batches = true, trips = false }: FuseOptions = {}): HloModule => {
  const module = prepare(source);
  const family: Family = {
    nextId: nextIdOf(module),
    names: new Set(computationsOf(module).map((c) => c.name)),
    reducers: new Map(),
  };
  const known = new Map<HloComputation, HloComputation>();
  const fused = (c: HloComputation): HloComputation => {
    const before = known.get(c);
    if (before !== undefined) return before;
    const cx = new Context(c);
    clusterProducts(cx);
    walk(cx);
    settleRows(cx);
    mergeClusters(cx);
    mergeRowLoops(cx);
    mergeUpdates(cx);
    const outlined = outline(cx.clustering, family, fused, trips);
    const made = batches ? joinBatches(outlined, family) : outlined;
    known.set(c, made);
    return made;
  };
  return { ...module, entry: fused(module.entry) };
};
