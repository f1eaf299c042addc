/** Writes a divided computation down: every cluster a fusion, in an order in which operands stand before users. */

import { arrayShapeOf, byNumber } from "../1-simplify/facts/shapes.js";
import { tripCount } from "../1-simplify/index.js";
import { Copier } from "../1-simplify/rewriting/copier.js";
import type { Draft, Family } from "../hlo/computation-builder.js";
import type { HloComputation, HloInstruction } from "../hlo/instruction.js";
import type { ArrayShape } from "../hlo/shape.js";
import { type Cluster, type Clustering, isCluster, type Unit } from "./clusters.js";

class Writer extends Copier {
  /** The same operation on other operands, calling other computations. */
  rewrite(
    i: HloInstruction,
    operands: readonly HloInstruction[],
    f: (c: HloComputation) => HloComputation,
    keepsTrips: boolean,
  ): HloInstruction {
    this.origin = i.origin;
    const trips = keepsTrips && i.opcode === "while" ? tripCount(i) : undefined;
    const { id, origin, ...rest } = trips === undefined ? i : { ...i, trips };
    const made = this.emit({ ...called(rest as Draft, f), operands } as Draft);
    this.origin = undefined;
    return made;
  }

  /** A computation of a family, its body written by `body`. */
  inner(
    name: string,
    parameters: readonly ArrayShape[],
    body: (b: Copier, parameters: readonly HloInstruction[]) => readonly HloInstruction[],
  ): HloComputation {
    const b = new Writer(name, this.family);
    return b.build(
      body(
        b,
        parameters.map((shape) => b.parameter(shape)),
      ),
    );
  }
}

/** Control flow's computations are divided themselves; reducers and the like stay as they are. */
const called = (i: Draft, f: (c: HloComputation) => HloComputation): Draft => {
  switch (i.opcode) {
    case "while":
      return { ...i, condition: f(i.condition), body: f(i.body) };
    case "conditional":
      return { ...i, branches: i.branches.map(f) };
    case "call":
      return { ...i, computation: f(i.computation) };
    default:
      return i;
  }
};

const inOrder = (cx: Clustering, list: Iterable<HloInstruction>): HloInstruction[] =>
  [...list].sort((p, q) => cx.positionOf(p) - cx.positionOf(q));

/** Members after what they read, in the order in which the outputs come upon them: where they stood does not matter. */
const membersFor = (c: Cluster, outputs: readonly HloInstruction[]): HloInstruction[] => {
  const entered = new Set<HloInstruction>();
  const order: HloInstruction[] = [];
  // Depth first, with a stack of our own: chains may be long.
  const open: { readonly i: HloInstruction; next: number }[] = [];
  const enter = (i: HloInstruction): void => {
    if (entered.has(i) || !c.members.has(i)) return;
    entered.add(i);
    open.push({ i, next: 0 });
  };
  for (const o of outputs) {
    enter(o);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      if (top.next < top.i.operands.length) enter(top.i.operands[top.next++]);
      else {
        order.push(top.i);
        open.pop();
      }
    }
  }
  return order;
};

/** The values that members read from outside, in the order of their first uses. */
const operandsOf = (c: Cluster, members: readonly HloInstruction[]): HloInstruction[] => {
  const found = new Set<HloInstruction>();
  for (const i of members) for (const o of i.operands) if (!c.members.has(o)) found.add(o);
  return [...found];
};

const isUpdate = (i: HloInstruction): boolean => i.opcode === "dynamic-update-slice" || i.opcode === "scatter";

/** Whether an update's target is read besides. */
const readsTarget = (c: Cluster, target: HloInstruction): boolean =>
  [...c.members].some((i) => i.operands.some((o, k) => o === target && !(isUpdate(i) && k === 0)));

class Outline {
  readonly #values = new Map<HloInstruction, HloInstruction>();
  readonly #writer: Writer;

  constructor(
    readonly cx: Clustering,
    readonly family: Family,
    readonly fused: (c: HloComputation) => HloComputation,
    readonly keepsTrips: boolean,
  ) {
    family.names.delete(cx.computation.name);
    this.#writer = new Writer(cx.computation.name, family);
  }

  write(): HloComputation {
    const { computation } = this.cx;
    for (const p of computation.parameters) {
      this.#writer.origin = p.origin;
      this.#values.set(p, this.#writer.parameter(p.shape, p.name));
    }
    for (const unit of this.#units()) {
      if (isCluster(unit)) this.#writeFusion(unit);
      else if (unit.opcode !== "parameter")
        this.#values.set(
          unit,
          this.#writer.rewrite(
            unit,
            unit.operands.map((o) => this.#value(o)),
            this.fused,
            this.keepsTrips,
          ),
        );
    }
    return this.#writer.build(this.#value(computation.root));
  }

  #value(i: HloInstruction): HloInstruction {
    const made = this.#values.get(i);
    if (made === undefined)
      throw new TypeError(`fuse: %${i.opcode}.${i.id} has no value in %${this.cx.computation.name}`);
    return made;
  }

  #writeFusion(c: Cluster): void {
    const { cx } = this;
    const updates = c.kind === "update" ? inOrder(cx, c.outputs).filter(isUpdate) : [];
    // Targets stand first among operands and results, each a parameter of its own whatever else reads the array.
    const outputs = [...updates, ...inOrder(cx, c.outputs).filter((o) => !updates.includes(o))];
    const targets = updates.map((u) => u.operands[0]);
    const members = membersFor(c, outputs);
    const others = operandsOf(c, members).filter((o) => !targets.includes(o) || readsTarget(c, o));
    const operands = [...targets, ...others];
    const body = this.#writer.inner(`fused_${c.kind}`, operands.map(arrayShapeOf), (b, parameters) => {
      const values = new Map<HloInstruction, HloInstruction>();
      others.forEach((o, k) => values.set(o, parameters[targets.length + k]));
      for (const i of members) {
        const target = updates.indexOf(i);
        const read = i.operands.map((o, k) =>
          target >= 0 && k === 0 ? parameters[target] : (values.get(o) as HloInstruction),
        );
        values.set(i, b.copy(i, read));
      }
      return outputs.map((o) => values.get(o) as HloInstruction);
    });
    this.#writer.origin = (c.hero ?? outputs[0]).origin;
    const results = this.#writer.fusion(
      c.kind,
      body,
      operands.map((o) => this.#value(o)),
    );
    this.#writer.origin = undefined;
    outputs.forEach((o, k) => this.#values.set(o, results[k]));
  }

  /** Clusters and bare instructions, each after what it reads and otherwise as they stood. */
  #units(): readonly Unit[] {
    const { cx } = this;
    const unitOf = (i: HloInstruction): Unit => cx.ownerOf(i) ?? i;
    const placeOf = (u: Unit): number =>
      isCluster(u) ? Math.max(...[...u.outputs].map((o) => cx.positionOf(o))) : cx.positionOf(u);
    const all: Unit[] = [...cx.clusters].filter((c) => c.outputs.size > 0);
    for (const i of cx.computation.instructions) if (cx.isBare(i)) all.push(i);
    const places = new Map(all.map((u) => [u, placeOf(u)]));
    all.sort((p, q) => byNumber(places.get(p) ?? 0, places.get(q) ?? 0));
    const done = new Set<Unit>();
    const order: Unit[] = [];
    const visit = (first: Unit): void => {
      // Depth first, with a stack of our own: chains may be long.
      const open: { readonly unit: Unit; readonly needs: Unit[] }[] = [];
      const enter = (unit: Unit): void => {
        done.add(unit);
        const reads = isCluster(unit) ? operandsOf(unit, membersFor(unit, inOrder(cx, unit.outputs))) : unit.operands;
        open.push({ unit, needs: [...new Set(reads.map(unitOf))].reverse() });
      };
      enter(first);
      for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
        const next = top.needs.pop();
        if (next === undefined) {
          order.push(top.unit);
          open.pop();
        } else if (!done.has(next)) enter(next);
      }
    };
    for (const u of all) if (!done.has(u)) visit(u);
    return order;
  }
}

/**
 * The computation with its clusters as fusions; `fused` gives what stands for the computations of control flow. With
 * `keepsTrips` loops say how many turns they make, which nobody can read off once their counters are inside of fusions.
 */
export const outline = (
  cx: Clustering,
  family: Family,
  fused: (c: HloComputation) => HloComputation,
  keepsTrips = false,
): HloComputation => new Outline(cx, family, fused, keepsTrips).write();
