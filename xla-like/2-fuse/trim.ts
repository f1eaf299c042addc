/** How far the arithmetic after a product belongs to it: as far as the fewest bytes go through memory. */

import type { HloInstruction } from "../hlo/instruction.js";
import { bytesOf } from "../hlo/shape.js";
import type { Context } from "./admission.js";
import type { Cluster } from "./clusters.js";
import { isIndexOperation } from "./costs.js";
import { isScalarOperation } from "./emittable.js";

/** Users that compute element by element, and so may take the value's own computation in. */
const canAbsorb = (cx: Context, u: HloInstruction): boolean =>
  cx.clustering.homesOf(u).size === 0 &&
  (u.opcode === "reduce" || isIndexOperation(u) || isScalarOperation(u)) &&
  u.opcode !== "reshape";

/** Bytes written and read because the cluster ends after its first `count` members. */
const trafficOf = (cx: Context, order: readonly HloInstruction[], count: number): number => {
  const { clustering, recipes } = cx;
  const inside = new Set(order.slice(0, count));
  const all = new Set(order);
  const kept = new Set<HloInstruction>();
  let bytes = 0;
  for (const i of order) {
    const outside = clustering.usersOf(i).filter((u) => !all.has(u));
    const isDemanded = clustering.usersOf(i).some((u) => !inside.has(u)) || i === clustering.computation.root;
    const isNeeded = i === clustering.computation.root || outside.some((u) => !canAbsorb(cx, u));
    if (!inside.has(i)) {
      // Written by another kernel, which first reads what this one wrote.
      if (isNeeded) bytes += 2 * bytesOf(i.shape);
    } else if (isDemanded) {
      if (isNeeded) kept.add(i);
      else for (const x of recipes.leavesOf(i)) if (inside.has(x)) kept.add(x);
    }
  }
  for (const i of kept) bytes += bytesOf(i.shape);
  return bytes;
};

/** Leaves out the members after which the cluster is best ended. */
export const trimEpilogue = (cx: Context, c: Cluster): void => {
  const { clustering } = cx;
  const order = [...c.members].sort((p, q) => clustering.positionOf(p) - clustering.positionOf(q));
  let best = { count: order.length, bytes: trafficOf(cx, order, order.length) };
  for (let count = order.length - 1; count >= 1; count--) {
    const bytes = trafficOf(cx, order, count);
    if (bytes < best.bytes) best = { count, bytes };
  }
  for (const i of order.slice(best.count)) clustering.remove(i, c);
};
