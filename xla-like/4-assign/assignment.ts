/** What buffer assignment finds out: the slot of every value, and the copies and swaps that keep them right. */
import type { HloInstruction, Instr } from "../hlo/instruction.js";
import type { PlanOutput, Slot, SlotId } from "./slot.js";

export interface Copy {
  readonly from: SlotId;
  readonly to: SlotId;
  readonly bytes: number;
}

export interface LoopAssignment {
  /** Holds the condition's result when the condition has run. */
  readonly predicate: SlotId;
  /** Made in this order at the end of each iteration, before the swaps. */
  readonly copiesAtEnd: readonly Copy[];
  /**
   * Pairs that change places at the end of each iteration. When the loop has ended, the first slot of each pair must
   * be where it was when the loop began, with what it holds; what the second then holds does not matter.
   */
  readonly swaps: readonly (readonly [SlotId, SlotId])[];
}

export interface ConditionalAssignment {
  readonly index: SlotId;
  /** For each branch, the copies at its end, in order. */
  readonly copiesAtEnd: readonly (readonly Copy[])[];
}

export interface ScratchOptions {
  /** The memory that an instruction's kernel or routine needs besides operands and results. */
  readonly scratchBytes: (instruction: HloInstruction) => number;
  /** Whether a product that is computed further gets memory, by default; else it is part of what `scratchBytes` says. */
  readonly rawProducts?: boolean;
}

export interface Assignment {
  readonly name: string;
  /** The parameters' slots come first: slot k is parameter k. */
  readonly slots: readonly Slot[];
  readonly arenaBytes: number;
  readonly constants: Uint8Array;
  readonly outputs: readonly PlanOutput[];
  /** The parameters that a run uses up. */
  readonly donated: readonly number[];
  /** The slot of an array, or of one element of a tuple. */
  slotOf(instruction: HloInstruction, index?: number): SlotId;
  scratchOf(instruction: HloInstruction): SlotId | undefined;
  /** Where the product of a dot or convolution fusion lies before its epilogue: a result's slot, or scratch. */
  rawProductOf(fusion: HloInstruction): SlotId;
  /** Copies to make, in order, before an instruction: of what an update changes, of a loop's initial values. */
  copiesBefore(instruction: HloInstruction): readonly Copy[];
  loopOf(loop: Instr<"while">): LoopAssignment;
  conditionalOf(conditional: Instr<"conditional">): ConditionalAssignment;
  /** Copies to make when everything else is done. */
  readonly finalCopies: readonly Copy[];
  /** For people: when each slot is in use, and by what. */
  readonly tenants: readonly SlotTenants[];
}

export interface SlotTenants {
  readonly slot: SlotId;
  /** The first and the last moment; undefined where the slot is not the run's to reuse. */
  readonly live: readonly [number, number] | undefined;
  readonly values: readonly string[];
}
