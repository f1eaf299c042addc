/**
 * What the fifth phase does for every target: a walk over the scheduled program that writes thunks for every instruction
 * that does something. What computes them is the target's affair.
 */
import { tripCount } from "../1-simplify/index.js";
import type { Assignment, Copy } from "../4-assign/index.js";
import { nameOf } from "../hlo/graph.js";
import type { HloComputation, HloInstruction, HloModule, Instr } from "../hlo/instruction.js";
import type { ArrayShape } from "../hlo/shape.js";
import type { HostCallback } from "./host-callback.js";
import type { Plan, SlotId, Thunk } from "./plan.js";

/** What a loop is taken to do when its number of iterations is not known. */
const someTrips = 1000;

const copyThunk = ({ from, to, bytes }: Copy): Thunk => ({ kind: "copy", from, to, bytes });

const arrayCount = (i: HloInstruction): number => (i.shape.kind === "tuple" ? i.shape.elements.length : 1);

export abstract class PlanWriter {
  readonly callbacks: HostCallback[] = [];
  readonly symbols = new Set<string>();
  #flops = 0;
  #bytes = 0;
  /** How often what is written now runs, roughly. */
  #repeats = 1;

  constructor(
    protected readonly assignment: Assignment,
    private readonly host: (i: HloInstruction) => HostCallback["call"],
  ) {}

  /** The whole program. */
  plan(module: HloModule): Plan {
    const { assignment } = this;
    const thunks = [...this.thunksOf(module.entry), ...assignment.finalCopies.map(copyThunk)];
    const { slots, arenaBytes, constants, outputs, donated } = assignment;
    return {
      name: module.name,
      slots,
      arenaBytes,
      parameters: module.entry.parameters.map((p) => slots[assignment.slotOf(p)].bytes),
      donated,
      outputs,
      constants,
      thunks,
      cost: { flops: this.#flops, bytes: this.#bytes },
    };
  }

  /** Thunks for an instruction that is no control flow and does something. */
  protected abstract computed(i: HloInstruction): readonly Thunk[];

  /** The loop, or something better that does the same; `workOfTurn` counts operations and bytes. */
  protected loop(_i: Instr<"while">, loop: Extract<Thunk, { kind: "while" }>, _workOfTurn: number): Thunk {
    return loop;
  }

  protected thunksOf(c: HloComputation): Thunk[] {
    return c.instructions.flatMap((i) => [...this.assignment.copiesBefore(i).map(copyThunk), ...this.#thunks(i)]);
  }

  #thunks(i: HloInstruction): readonly Thunk[] {
    switch (i.opcode) {
      case "parameter":
      case "constant":
      case "tuple":
      case "get-tuple-element":
      case "reshape":
      case "optimization-barrier":
        return [];
      case "while":
        return [this.#loop(i)];
      case "conditional":
        return [this.#conditional(i)];
      case "custom-call":
        // Memory that holds anything is there already.
        return i.target === "allocate" ? [] : this.computed(i);
      default:
        return this.computed(i);
    }
  }

  protected operands(i: HloInstruction): SlotId[] {
    return i.operands.map((x) => this.assignment.slotOf(x));
  }

  protected results(i: HloInstruction): SlotId[] {
    return Array.from({ length: arrayCount(i) }, (_, k) => this.assignment.slotOf(i, k));
  }

  /** Adds what is written now to what a run costs. */
  protected count({ flops, bytes }: Plan["cost"]): void {
    this.#flops += this.#repeats * flops;
    this.#bytes += this.#repeats * bytes;
  }

  #loop(i: Instr<"while">): Thunk {
    const { predicate, copiesAtEnd, swaps } = this.assignment.loopOf(i);
    const [once, flops, bytes] = [this.#repeats, this.#flops, this.#bytes];
    const turns = once * (i.trips ?? tripCount(i) ?? someTrips);
    this.#repeats = turns;
    const condition = this.thunksOf(i.condition);
    const body = [...this.thunksOf(i.body), ...copiesAtEnd.map(copyThunk)];
    this.#repeats = once;
    // A condition that calls the host is more than a question.
    const trips = condition.some((t) => t.kind === "host") ? undefined : i.trips;
    const known = trips === undefined ? {} : { trips };
    const loop = { kind: "while", condition, predicate, body, swaps, ...known } as const;
    return this.loop(i, loop, (this.#flops - flops + this.#bytes - bytes) / Math.max(1, turns));
  }

  #conditional(i: Instr<"conditional">): Thunk {
    const { index, copiesAtEnd } = this.assignment.conditionalOf(i);
    const branches = i.branches.map((b, k) => [...this.thunksOf(b), ...copiesAtEnd[k].map(copyThunk)]);
    return { kind: "conditional", index, branches };
  }

  /** A call of the host, which computes the instruction. */
  protected hostCall(i: HloInstruction): Thunk {
    const operands = i.operands.map((x): ArrayShape => {
      if (x.shape.kind === "array") return x.shape;
      throw new TypeError(`${nameOf(i)} takes a tuple`);
    });
    const callback = this.callbacks.push({ operands, call: this.host(i) }) - 1;
    return { kind: "host", callback, args: this.operands(i), results: this.results(i) };
  }
}
