/** Clusters over one domain that read the same arrays, or one another's, become one. */
import type { HloInstruction } from "../hlo/instruction.js";
import { bytesOf, sameDims, sizeOf } from "../hlo/shape.js";
import { type Context, isSound } from "./admission.js";
import type { Cluster } from "./clusters.js";
import { elementsOf } from "./costs.js";

/** On domains as small as this, a kernel more costs more than anything that is computed. */
const smallDomain = 64;

const isMergeable = (c: Cluster): boolean => (c.kind === "loop" || c.kind === "row") && c.hero === undefined;

/** What one kernel instead of two need not read: arrays that both read, or that one makes for the other. */
const savedBytes = ({ clustering }: Context, p: Cluster, q: Cluster): number => {
  const reads = clustering.operandsOf(q);
  const domain = sizeOf(p.domain);
  const counts = (i: HloInstruction): boolean => i.shape.kind === "array" && 2 * elementsOf(i) >= domain;
  let bytes = 0;
  for (const i of clustering.operandsOf(p))
    if ((reads.has(i) || q.outputs.has(i)) && counts(i)) bytes += bytesOf(i.shape);
  for (const i of p.outputs) if (reads.has(i) && counts(i)) bytes += bytesOf(i.shape);
  return bytes;
};

/** Both clusters' instructions over the first one's domain, if that is a fusion of the kind. */
const mergedAs = (cx: Context, p: Cluster, q: Cluster, kind: "loop" | "row", split: number): Cluster | undefined => {
  const members = new Set([...p.members, ...q.members]);
  const outputs = new Set([...p.outputs, ...q.outputs]);
  const made: Cluster = { kind, domain: p.domain, split, members, outputs, hero: undefined, views: new Set() };
  return isSound(cx, made) ? made : undefined;
};

const merged = (cx: Context, p: Cluster, q: Cluster): Cluster | undefined => {
  if (p.kind === "loop" && q.kind === "loop") return mergedAs(cx, p, q, "loop", 0);
  for (const c of [p, q]) {
    const made = c.kind === "row" ? mergedAs(cx, p, q, "row", c.split) : undefined;
    if (made !== undefined) return made;
  }
  return undefined;
};

const mergePair = (cx: Context, p: Cluster, q: Cluster, made: Cluster | undefined): boolean => {
  const { clustering } = cx;
  if (made === undefined) return false;
  if (clustering.reaches(p, q, { through: true }) || clustering.reaches(q, p, { through: true })) return false;
  p.kind = made.kind;
  p.split = made.split;
  clustering.merge(q, p);
  for (const i of [...p.outputs])
    if (i !== clustering.computation.root && clustering.consumersOf(i).size === 0) p.outputs.delete(i);
  return true;
};

/** Merges the pairs that save the most first. */
export const mergeClusters = (cx: Context): void => {
  const { clustering } = cx;
  const byDomain = new Map<string, Cluster[]>();
  for (const c of clustering.clusters) {
    if (!isMergeable(c) || c.outputs.size === 0) continue;
    const key = c.domain.join();
    const group = byDomain.get(key);
    if (group === undefined) byDomain.set(key, [c]);
    else group.push(c);
  }
  for (const group of byDomain.values()) {
    const isSmall = sizeOf(group[0].domain) <= smallDomain;
    const pairs = group
      .flatMap((p, n) => group.slice(n + 1).map((q) => ({ p, q, bytes: savedBytes(cx, p, q) })))
      .filter(({ bytes }) => isSmall || bytes > 0)
      .sort((a, b) => b.bytes - a.bytes);
    /** Where a cluster has gone. */
    const into = new Map<Cluster, Cluster>();
    const now = (c: Cluster): Cluster => {
      const next = into.get(c);
      return next === undefined ? c : now(next);
    };
    for (const pair of pairs) {
      const [p, q] = [now(pair.p), now(pair.q)];
      if (p !== q && sameDims(p.domain, q.domain) && mergePair(cx, p, q, merged(cx, p, q))) into.set(q, p);
    }
  }
};

/** Loops over the rows of a row fusion that go on with what it computes for each row belong to it. */
export const mergeRowLoops = (cx: Context): void => {
  const { clustering } = cx;
  for (const loop of [...clustering.clusters]) {
    if (loop.kind !== "loop" || !isMergeable(loop) || loop.outputs.size === 0) continue;
    const owners = new Set([...clustering.operandsOf(loop)].map((o) => clustering.ownerOf(o)));
    for (const row of owners) {
      if (row === undefined || row.kind !== "row" || row.split === 0) continue;
      if (!sameDims(row.domain.slice(0, row.split), loop.domain)) continue;
      if (mergePair(cx, row, loop, mergedAs(cx, row, loop, "row", row.split))) break;
    }
  }
};
