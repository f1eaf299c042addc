/**
 * The fourth phase: every array of a scheduled module gets a slot of memory. Values that are one another's aliases, or
 * that may be written where another dies, share slots; temporary memory is one arena.
 */

import { HloError } from "../hlo/error.js";
import { nameOf } from "../hlo/graph.js";
import type { HloInstruction, HloModule, Instr } from "../hlo/instruction.js";
import { isProductFusion, productOf } from "../hlo/product.js";
import { bytesOf } from "../hlo/shape.js";
import { placeTenants } from "./arena.js";
import type { Assignment, ConditionalAssignment, Copy, LoopAssignment, ScratchOptions } from "./assignment.js";
import { Buffer } from "./buffer.js";
import { ConstantPool } from "./constants.js";
import { type BufferCopy, sequential } from "./copies.js";
import { padded } from "./padding.js";
import { layOut, type Program, type Step } from "./program.js";
import { placeOfProduct, shareMemory } from "./sharing.js";
import type { PlanOutput, Slot, SlotHome, SlotId } from "./slot.js";
import type { Time, Value } from "./value.js";

export { overwritableOperands } from "../3-schedule/index.js";
export type {
  Assignment,
  ConditionalAssignment,
  Copy,
  LoopAssignment,
  ScratchOptions,
  SlotTenants,
} from "./assignment.js";
export type { PlanOutput, Slot, SlotHome, SlotId } from "./slot.js";
export { assignmentText } from "./text.js";

const noCopies: readonly Copy[] = [];

const nameOfValue = (v: Value): string => {
  const { instruction: i } = v;
  const single = i.shape.kind === "array" || (i.shape.elements.length === 1 && v.kind === "made");
  return `${nameOf(i)}${single ? "" : `{${v.index}}`}${v.kind === "carried" ? " carried" : ""}`;
};

class Assigner implements Assignment {
  readonly name: string;
  readonly slots: Slot[] = [];
  arenaBytes = 0;
  readonly constants: Uint8Array;
  readonly outputs: readonly PlanOutput[];
  readonly donated: readonly number[];
  readonly finalCopies: readonly Copy[];
  readonly #program: Program;
  readonly #scratch = new Map<HloInstruction, SlotId>();
  readonly #rawProducts = new Map<HloInstruction, SlotId>();
  readonly #copiesBefore = new Map<HloInstruction, readonly Copy[]>();
  readonly #loops = new Map<HloInstruction, LoopAssignment>();
  readonly #conditionals = new Map<HloInstruction, ConditionalAssignment>();
  /** Slots of the arena that still need a place, and when they are in use. */
  readonly #waiting: { readonly slot: SlotId; readonly start: Time; readonly end: Time }[] = [];

  constructor(module: HloModule, { scratchBytes, rawProducts = true }: ScratchOptions) {
    const program = layOut(module);
    this.#program = program;
    this.name = module.name;
    this.donated = (module.donation ?? []).map(([parameter]) => parameter);
    const sharing = shareMemory(program);

    for (const p of program.parameters)
      this.#giveHome(p.buffer, { kind: "parameter", index: p.buffer.parameter ?? -1 });
    this.outputs = sharing.outputs.map((b, index) => this.#output(b, index));
    const pool = new ConstantPool();
    const constantSlots = new Map<number, SlotId>();
    for (const { instruction, buffer } of program.constants) {
      if (instruction.opcode !== "constant") continue;
      const offset = pool.offsetOf(instruction.data);
      const known = constantSlots.get(offset);
      if (known !== undefined) buffer.slot = known;
      else constantSlots.set(offset, this.#giveHome(buffer, { kind: "constant", offset }));
    }
    this.constants = pool.block();

    for (const step of program.steps) {
      const { instruction, results, time } = step;
      for (const v of results) this.#slotOfBuffer(v.buffer);
      const bytes = scratchBytes(instruction);
      if (bytes > 0) this.#scratch.set(instruction, this.#temporary(bytes, time, time));
      if (rawProducts) this.#placeProduct(step);
      const copies = sharing.copiesBefore.get(instruction);
      if (copies !== undefined) this.#copiesBefore.set(instruction, this.#inOrder(copies, time));
    }
    for (const s of program.structures)
      for (const { result } of s.kind === "loop" ? s.carries : s.results) this.#slotOfBuffer(result.buffer);
    for (const [loop, { initialCopies, carryCopies, swaps }] of sharing.loops) {
      this.#copiesBefore.set(loop.instruction, this.#inOrder(initialCopies, loop.start));
      this.#loops.set(loop.instruction, {
        predicate: this.#slotOfBuffer(loop.predicate.buffer),
        copiesAtEnd: this.#inOrder(carryCopies, loop.end),
        swaps: swaps.map(([a, b]) => [this.#slotOfBuffer(a), this.#slotOfBuffer(b)] as const),
      });
    }
    for (const [choice, copies] of sharing.branchCopies)
      this.#conditionals.set(choice.instruction, {
        index: this.#slotOfBuffer(choice.index.buffer),
        copiesAtEnd: copies.map((c, b) => this.#inOrder(c, choice.branchEnds[b])),
      });
    this.finalCopies = sharing.finalCopies.map(({ from, output }) => {
      const { slot, bytes } = this.outputs[output];
      return { from: this.#slotOfBuffer(from), to: slot, bytes };
    });
    this.#layOutArena();
  }

  slotOf(instruction: HloInstruction, index = 0): SlotId {
    const v = this.#program.valuesOf(instruction)[index];
    if (v === undefined) throw new HloError(nameOf(instruction), `it has no element ${index}`);
    return v.buffer.slot;
  }

  scratchOf(instruction: HloInstruction): SlotId | undefined {
    return this.#scratch.get(instruction);
  }

  rawProductOf(fusion: HloInstruction): SlotId {
    const slot = this.#rawProducts.get(fusion);
    if (slot === undefined) throw new HloError(nameOf(fusion), "it computes no product");
    return slot;
  }

  copiesBefore(instruction: HloInstruction): readonly Copy[] {
    return this.#copiesBefore.get(instruction) ?? noCopies;
  }

  loopOf(loop: Instr<"while">): LoopAssignment {
    const found = this.#loops.get(loop);
    if (found === undefined) throw new HloError(nameOf(loop), "it is no loop of this program");
    return found;
  }

  conditionalOf(conditional: Instr<"conditional">): ConditionalAssignment {
    const found = this.#conditionals.get(conditional);
    if (found === undefined) throw new HloError(nameOf(conditional), "it is no conditional of this program");
    return found;
  }

  get tenants(): Assignment["tenants"] {
    const names = new Map<SlotId, string[]>();
    const buffers = new Map<SlotId, Buffer>();
    const note = (v: Value): void => {
      const list = names.get(v.buffer.slot) ?? [];
      names.set(v.buffer.slot, list);
      const name = nameOfValue(v);
      if (!list.includes(name)) list.push(name);
      buffers.set(v.buffer.slot, v.buffer);
    };
    const { parameters, constants, steps, structures } = this.#program;
    for (const v of [...parameters, ...constants]) note(v);
    for (const b of new Set(
      [
        ...steps.flatMap((s) => s.results),
        ...structures.flatMap((s) => (s.kind === "loop" ? s.carries : s.results).map((r) => r.result)),
      ].map((v) => v.buffer),
    ))
      for (const v of [...b.values].sort((x, y) => x.start - y.start)) note(v);
    for (const [i, slot] of this.#scratch) names.set(slot, [`${nameOf(i)} scratch`]);
    for (const [i, slot] of this.#rawProducts) if (!names.has(slot)) names.set(slot, [`${nameOf(i)} product`]);
    const extents = new Map(this.#waiting.map(({ slot, start, end }) => [slot, [start, end] as const]));
    return this.slots.map((_, slot) => ({ slot, live: extents.get(slot), values: names.get(slot) ?? ["copies"] }));
  }

  #addSlot(home: SlotHome, bytes: number): SlotId {
    this.slots.push({ home, bytes });
    return this.slots.length - 1;
  }

  #giveHome(b: Buffer, home: SlotHome): SlotId {
    b.slot = this.#addSlot(home, b.bytes);
    return b.slot;
  }

  #temporary(bytes: number, start: Time, end: Time): SlotId {
    const slot = this.#addSlot({ kind: "arena", offset: 0 }, bytes);
    this.#waiting.push({ slot, start, end });
    return slot;
  }

  /** The buffer's slot: one of the arena, if it has none yet. */
  #slotOfBuffer(b: Buffer): SlotId {
    if (b.slot < 0) {
      const { start, end } = b.extent;
      b.slot = this.#temporary(b.bytes, start, end);
    }
    return b.slot;
  }

  #output(b: Buffer | undefined, index: number): PlanOutput {
    const bytes = this.#program.results[index].bytes;
    if (b === undefined) return { slot: this.#addSlot({ kind: "output", index }, bytes), bytes };
    if (b.parameter !== undefined) return { slot: b.slot, bytes, donatedParameter: b.parameter };
    return { slot: this.#giveHome(b, { kind: "output", index }), bytes };
  }

  #placeProduct(step: Step): void {
    const { instruction, time } = step;
    if (!isProductFusion(instruction)) return;
    const result = placeOfProduct(step);
    const slot =
      result === undefined
        ? this.#temporary(bytesOf(productOf(instruction).shape), time, time)
        : this.slotOf(instruction, result);
    this.#rawProducts.set(instruction, slot);
  }

  #inOrder(copies: readonly BufferCopy[], t: Time): readonly Copy[] {
    const spare = (like: Buffer): Buffer => {
      const b = new Buffer(like.bytes, false);
      b.keep(t, t);
      return b;
    };
    return sequential(copies, spare).map(({ from, to }) => ({
      from: this.#slotOfBuffer(from),
      to: this.#slotOfBuffer(to),
      bytes: to.bytes,
    }));
  }

  #layOutArena(): void {
    const { offsets, bytes } = placeTenants(
      this.#waiting.map(({ slot, start, end }) => ({ start, end, size: padded(this.slots[slot].bytes) })),
    );
    this.#waiting.forEach(({ slot }, k) => {
      this.slots[slot] = { home: { kind: "arena", offset: offsets[k] }, bytes: this.slots[slot].bytes };
    });
    this.arenaBytes = bytes;
  }
}

/** Gives every array of the program its memory. The module must come from `schedule`. */
export const assign = (module: HloModule, options: ScratchOptions): Assignment => new Assigner(module, options);
