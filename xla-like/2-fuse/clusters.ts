/**
 * A computation divided into clusters, each of which becomes a fusion. A cheap instruction may be in several clusters,
 * each with a copy of its own; a value that is kept in memory has one owner.
 */
import type { FusionKind, HloComputation, HloInstruction } from "../hlo/instruction.js";

export interface Cluster {
  kind: FusionKind;
  /** The dimensions it runs over: of every output of a loop, of a row fusion's whole values, of a product. */
  domain: readonly number[];
  /** Row fusions: how many dimensions number the rows. */
  split: number;
  readonly members: Set<HloInstruction>;
  /** Members whose values are kept in memory. */
  readonly outputs: Set<HloInstruction>;
  /** The product, the update, or the reduction of several operands that the cluster is made around. */
  readonly hero: HloInstruction | undefined;
  /** Products: the members that an operand is read through. */
  readonly views: Set<HloInstruction>;
}

/** A cluster, or an instruction that is in none. */
export type Unit = Cluster | HloInstruction;
export const isCluster = (u: Unit): u is Cluster => "members" in u;

/** Who uses what, and what has been put where so far. */
export class Clustering {
  readonly clusters = new Set<Cluster>();
  readonly position: ReadonlyMap<HloInstruction, number>;
  readonly #users = new Map<HloInstruction, HloInstruction[]>();
  readonly #homes = new Map<HloInstruction, Set<Cluster>>();
  readonly #owners = new Map<HloInstruction, Cluster>();
  /** Instructions that stay outside of clusters, whether or not clusters have copies. */
  readonly #bare = new Set<HloInstruction>();
  readonly #dead = new Set<HloInstruction>();

  constructor(readonly computation: HloComputation) {
    const { instructions } = computation;
    this.position = new Map(instructions.map((i, n) => [i, n]));
    for (const i of instructions) this.#users.set(i, []);
    for (const i of instructions) for (const o of new Set(i.operands)) this.#users.get(o)?.push(i);
  }

  usersOf(i: HloInstruction): readonly HloInstruction[] {
    return this.#users.get(i) ?? [];
  }
  positionOf(i: HloInstruction): number {
    return this.position.get(i) ?? -1;
  }
  homesOf(i: HloInstruction): ReadonlySet<Cluster> {
    return this.#homes.get(i) ?? none;
  }
  ownerOf(i: HloInstruction): Cluster | undefined {
    return this.#owners.get(i);
  }
  isBare(i: HloInstruction): boolean {
    return this.#bare.has(i);
  }
  leaveBare(i: HloInstruction): void {
    this.#bare.add(i);
  }

  /** Clusters have all the copies that are needed. */
  dropBare(i: HloInstruction): void {
    this.#bare.delete(i);
  }

  /** Nobody needs it. */
  bury(i: HloInstruction): void {
    this.#dead.add(i);
  }

  create(
    kind: FusionKind,
    domain: readonly number[],
    { split = 0, hero }: { readonly split?: number; readonly hero?: HloInstruction } = {},
  ): Cluster {
    const made: Cluster = { kind, domain, split, members: new Set(), outputs: new Set(), hero, views: new Set() };
    this.clusters.add(made);
    return made;
  }

  /** Puts an instruction, or a copy of it, into a cluster. */
  add(i: HloInstruction, c: Cluster): void {
    c.members.add(i);
    const homes = this.#homes.get(i);
    if (homes === undefined) this.#homes.set(i, new Set([c]));
    else homes.add(c);
  }

  /** The member's value is the cluster's to keep. */
  own(i: HloInstruction, c: Cluster): void {
    this.add(i, c);
    this.#owners.set(i, c);
  }

  /** Another cluster, or none, keeps the value after all. */
  remove(i: HloInstruction, c: Cluster): void {
    c.members.delete(i);
    c.outputs.delete(i);
    this.#homes.get(i)?.delete(c);
    if (this.#owners.get(i) === c) this.#owners.delete(i);
  }

  output(i: HloInstruction, c: Cluster): void {
    this.own(i, c);
    c.outputs.add(i);
  }

  discard(c: Cluster): void {
    for (const i of [...c.members]) this.remove(i, c);
    this.clusters.delete(c);
  }

  /** Moves everything of `from` into `to`. */
  merge(from: Cluster, to: Cluster): void {
    const [members, outputs] = [[...from.members], [...from.outputs]];
    this.discard(from);
    for (const i of members) this.add(i, to);
    for (const i of outputs) this.output(i, to);
  }

  /** Where a value that is kept is used: clusters that read it, and instructions outside of clusters or not yet put. */
  consumersOf(i: HloInstruction): Set<Unit> {
    const owner = this.#owners.get(i);
    const found = new Set<Unit>();
    for (const u of this.usersOf(i)) {
      const homes = this.homesOf(u);
      if (this.#dead.has(u)) continue;
      for (const c of homes) if (c !== owner && !c.members.has(i)) found.add(c);
      if (this.#bare.has(u) || homes.size === 0) found.add(u);
    }
    return found;
  }

  #successors(u: Unit): Set<Unit> {
    if (!isCluster(u)) return this.consumersOf(u);
    const found = new Set<Unit>();
    for (const i of u.members) if (this.#owners.get(i) === u) for (const n of this.consumersOf(i)) found.add(n);
    return found;
  }

  /** Whether something computed from one unit's values is needed by another; `through` leaves out the direct way. */
  reaches(from: Unit, to: Unit, { through = false }: { readonly through?: boolean } = {}): boolean {
    const seen = new Set<Unit>();
    const open: Unit[] = [];
    for (const n of this.#successors(from)) if (!(through && n === to)) open.push(n);
    for (let u = open.pop(); u !== undefined; u = open.pop()) {
      if (u === to) return true;
      if (seen.has(u)) continue;
      seen.add(u);
      open.push(...this.#successors(u));
    }
    return false;
  }

  /** Adds to `seen` every unit that needs, directly or not, a value that these units compute. */
  addReached(from: Iterable<Unit>, seen: Set<Unit>): void {
    const open = [...from];
    for (let u = open.pop(); u !== undefined; u = open.pop()) {
      if (seen.has(u)) continue;
      seen.add(u);
      open.push(...this.#successors(u));
    }
  }

  /** Values from outside that the cluster reads. */
  operandsOf(c: Cluster): Set<HloInstruction> {
    const found = new Set<HloInstruction>();
    for (const i of c.members) for (const o of i.operands) if (!c.members.has(o)) found.add(o);
    return found;
  }
}

const none: ReadonlySet<Cluster> = new Set();
