/**
 * A module laid out in time: every step of the entry and of what loops and conditionals run, the values they read and
 * write, and when each value is used. What a loop's body uses from outside is used until the loop ends.
 */

import { arraysOf, invariantCarries, isAlias } from "../3-schedule/index.js";
import { HloError } from "../hlo/error.js";
import { nameOf } from "../hlo/graph.js";
import type { HloComputation, HloInstruction, HloModule, Instr } from "../hlo/instruction.js";
import { bytesOf } from "../hlo/shape.js";
import { type Fork, type Time, Value } from "./value.js";

/** An instruction that computes something. */
export interface Step {
  readonly time: Time;
  readonly instruction: HloInstruction;
  /** The value of each operand; of tuples, the first. */
  readonly operands: readonly Value[];
  readonly results: readonly Value[];
}

/** A value that a loop's body changes. */
export interface Carry {
  readonly index: number;
  readonly initial: Value;
  /** What an iteration finds. */
  readonly carried: Value;
  /** What an iteration leaves for the next. */
  readonly next: Value;
  readonly result: Value;
}

export interface Loop {
  readonly kind: "loop";
  readonly instruction: Instr<"while">;
  /** When the initial values are in place, the predicate is read, an iteration ends, and the loop has ended. */
  readonly start: Time;
  readonly test: Time;
  readonly end: Time;
  readonly exit: Time;
  readonly predicate: Value;
  readonly carries: readonly Carry[];
}

export interface Choice {
  readonly kind: "choice";
  readonly instruction: Instr<"conditional">;
  readonly index: Value;
  readonly branchEnds: readonly Time[];
  /** The results that are not one and the same value in every branch. */
  readonly results: readonly { readonly fromBranches: readonly Value[]; readonly result: Value }[];
}

export interface Program {
  readonly module: HloModule;
  readonly parameters: readonly Value[];
  readonly constants: readonly Value[];
  readonly steps: readonly Step[];
  /** Loops and conditionals, outer ones before what they contain. */
  readonly structures: readonly (Loop | Choice)[];
  readonly results: readonly Value[];
  readonly end: Time;
  readonly valuesOf: (i: HloInstruction) => readonly Value[];
}

type Frame =
  | { readonly kind: "loop"; readonly usedInside: Set<Value> }
  | { readonly kind: "branch"; readonly fork: Fork; readonly index: number };

class Layout {
  readonly values = new Map<HloInstruction, readonly Value[]>();
  readonly constants: Value[] = [];
  readonly steps: Step[] = [];
  readonly structures: (Loop | Choice)[] = [];
  readonly #seen = new Set<HloComputation>();
  readonly #frames: Frame[] = [];
  #now = 0;

  tick(): Time {
    return ++this.#now;
  }

  valuesOf(i: HloInstruction): readonly Value[] {
    const found = this.values.get(i);
    if (found === undefined) throw new HloError(nameOf(i), "it has no memory: it is not part of the scheduled program");
    return found;
  }

  use(v: Value, t: Time): void {
    const frames = this.#frames;
    for (let d = v.depth; d < frames.length; d++) {
      const frame = frames[d];
      if (frame.kind !== "loop") continue;
      frame.usedInside.add(v);
      return;
    }
    const outermost = frames[v.depth];
    if (outermost?.kind === "branch") v.usedInBranch(outermost.fork, outermost.index, t);
    else v.usedAt(t);
  }

  #aliased(i: HloInstruction): readonly Value[] {
    if (i.opcode === "tuple") return i.operands.map((o) => this.valuesOf(o)[0]);
    const of = this.valuesOf(i.operands[0]);
    return i.opcode === "get-tuple-element" ? [of[i.index]] : of;
  }

  #made(kind: "made" | "joined", i: HloInstruction, index: number, bytes: number, t: Time): Value {
    return new Value(kind, i, index, bytes, t, this.#frames.length);
  }

  /** Lays out a computation whose parameters have values, and gives the values of its root. */
  walk(c: HloComputation, parameters: readonly Value[]): readonly Value[] {
    if (this.#seen.has(c)) throw new HloError(`%${c.name}`, "it is run from two places: schedule the module first");
    this.#seen.add(c);
    for (const i of c.instructions) this.values.set(i, this.#valuesFor(i, parameters));
    return this.valuesOf(c.root);
  }

  #valuesFor(i: HloInstruction, parameters: readonly Value[]): readonly Value[] {
    if (i.opcode === "parameter") return [parameters[i.index]];
    if (i.opcode === "constant") {
      const v = new Value("constant", i, 0, bytesOf(i.shape), 0, 0, true);
      this.constants.push(v);
      return [v];
    }
    if (isAlias(i)) return this.#aliased(i);
    if (i.opcode === "while") return this.#loop(i);
    if (i.opcode === "conditional") return this.#choice(i);
    const time = this.tick();
    const operands: Value[] = [];
    for (const o of i.operands) {
      const of = this.valuesOf(o);
      operands.push(of[0]);
      for (const v of of) this.use(v, time);
    }
    const results = arraysOf(i.shape).map((s, k) => this.#made("made", i, k, bytesOf(s), time));
    this.steps.push({ time, instruction: i, operands, results });
    return results;
  }

  #loop(i: Instr<"while">): readonly Value[] {
    const invariant = invariantCarries(i);
    const initial = i.operands.map((o) => this.valuesOf(o)[0]);
    const start = this.tick();
    initial.forEach((v, k) => {
      if (!invariant[k]) this.use(v, start);
    });
    // Keeps the place of this loop before those inside it.
    const place = this.structures.length;
    const frame: Frame = { kind: "loop", usedInside: new Set() };
    this.#frames.push(frame);
    const depth = this.#frames.length;
    const carried = initial.map((v, k) => (invariant[k] ? v : new Value("carried", i, k, v.bytes, start, depth)));
    const [predicate] = this.walk(i.condition, carried);
    const test = this.tick();
    this.use(predicate, test);
    // Until the last test is over, a carry is what the loop may return.
    for (const v of carried) if (v.kind === "carried" && v.instruction === i) v.usedAt(test);
    const next = this.walk(i.body, carried);
    const end = this.tick();
    next.forEach((v, k) => {
      if (!invariant[k]) this.use(v, end);
    });
    this.#frames.pop();
    for (const v of frame.usedInside) this.use(v, end);
    const exit = this.tick();
    const carries: Carry[] = [];
    const results = initial.map((v, index) => {
      if (invariant[index]) return v;
      const result = this.#made("joined", i, index, v.bytes, exit);
      carries.push({ index, initial: v, carried: carried[index], next: next[index], result });
      return result;
    });
    const loop: Loop = { kind: "loop", instruction: i, start, test, end, exit, predicate, carries };
    this.structures.splice(place, 0, loop);
    return results;
  }

  #choice(i: Instr<"conditional">): readonly Value[] {
    const [index, ...operands] = i.operands.map((o) => this.valuesOf(o)[0]);
    const start = this.tick();
    this.use(index, start);
    const place = this.structures.length;
    const fork: Fork = { start, branchStarts: [] };
    const branchEnds: Time[] = [];
    const fromBranches = i.branches.map((branch, k) => {
      fork.branchStarts.push(this.tick());
      this.#frames.push({ kind: "branch", fork, index: k });
      const roots = this.walk(branch, operands);
      const end = this.tick();
      branchEnds.push(end);
      for (const v of roots) this.use(v, end);
      this.#frames.pop();
      return roots;
    });
    const exit = this.tick();
    const results: Choice["results"][number][] = [];
    const values = i.shape.elements.map((s, k) => {
      const of = fromBranches.map((roots) => roots[k]);
      if (of.every((v) => v === of[0])) return of[0];
      const result = this.#made("joined", i, k, bytesOf(s), exit);
      results.push({ fromBranches: of, result });
      return result;
    });
    this.structures.splice(place, 0, { kind: "choice", instruction: i, index, branchEnds, results });
    return values;
  }
}

export const layOut = (module: HloModule): Program => {
  const layout = new Layout();
  const donated = new Set((module.donation ?? []).map(([parameter]) => parameter));
  const parameters = module.entry.parameters.map((p) => {
    const v = new Value("parameter", p, 0, bytesOf(p.shape), 0, 0, !donated.has(p.index));
    v.buffer.parameter = p.index;
    return v;
  });
  const results = layout.walk(module.entry, parameters);
  const end = layout.tick();
  for (const v of results) v.usedAt(end);
  return {
    module,
    parameters,
    constants: layout.constants,
    steps: layout.steps,
    structures: layout.structures,
    results,
    end,
    valuesOf: (i) => layout.valuesOf(i),
  };
};
