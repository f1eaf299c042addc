/**
 * Decides which values share memory. First what loops and conditionals want: initial values and results where the carry
 * is. Then results in the memory of donated parameters, then updates in place, and last whatever a kernel may write
 * over as it dies.
 */
import { overwritableOperands, resultsWithRoom, updateTargets } from "../3-schedule/index.js";
import type { HloInstruction } from "../hlo/instruction.js";
import { isProductFusion } from "../hlo/product.js";
import type { Buffer, MayFollow } from "./buffer.js";
import type { BufferCopy } from "./copies.js";
import type { Choice, Loop, Program, Step } from "./program.js";
import type { Value } from "./value.js";

export interface LoopSharing {
  readonly initialCopies: readonly BufferCopy[];
  readonly carryCopies: readonly BufferCopy[];
  readonly swaps: readonly (readonly [Buffer, Buffer])[];
}

export interface Sharing {
  /** Of update fusions: what is updated is copied first, since it is needed later or may not be changed. */
  readonly copiesBefore: ReadonlyMap<HloInstruction, readonly BufferCopy[]>;
  readonly loops: ReadonlyMap<Loop, LoopSharing>;
  /** For each branch, the copies at its end. */
  readonly branchCopies: ReadonlyMap<Choice, readonly (readonly BufferCopy[])[]>;
  /** Results of the entry that are copied at the end, since their memory is not theirs alone. */
  readonly finalCopies: readonly { readonly from: Buffer; readonly output: number }[];
  /** The buffer that becomes each result, unless it is a copy. */
  readonly outputs: readonly (Buffer | undefined)[];
}

/** Whether a kernel writes `result` only where it has read all of `operand`'s uses at that place. */
const mayOverwrite = (step: Step, operand: Value, result: Value): boolean => {
  const allowed = overwritableOperands(step.instruction)[result.index];
  let reads = false;
  for (let k = 0; k < step.operands.length; k++) {
    if (step.operands[k] !== operand) continue;
    if (allowed === undefined || !allowed.includes(k)) return false;
    reads = true;
  }
  return reads;
};

/** The result in whose memory a fusion's product lies; undefined if it needs memory of its own, or there is none. */
export const placeOfProduct = ({ instruction, operands, results }: Step): number | undefined =>
  isProductFusion(instruction)
    ? resultsWithRoom(instruction).find((k) => operands.every((o) => o.buffer !== results[k].buffer))
    : undefined;

class Decisions {
  readonly #stepOf = new Map<HloInstruction, Step>();
  readonly #mayFollow: MayFollow = (before, next) => {
    // Copies of one moment all read before they write.
    if (next.value === undefined) return true;
    if (next.value.kind === "carried") return true;
    if (before.value === undefined) return false;
    const step = this.#stepOf.get(next.value.instruction);
    return step !== undefined && step.time === next.start && mayOverwrite(step, before.value, next.value);
  };

  constructor(readonly program: Program) {
    for (const s of program.steps) this.#stepOf.set(s.instruction, s);
  }

  join(a: Value, b: Value): boolean {
    return a.buffer.merge(b.buffer, this.#mayFollow);
  }

  /** Carries and their results are one; both are written when the iteration or the branch ends. */
  reserve(s: Loop | Choice): void {
    if (s.kind === "loop")
      for (const { carried, result } of s.carries) {
        this.join(carried, result);
        carried.buffer.writtenAt(s.end);
      }
    else for (const { result } of s.results) for (const end of s.branchEnds) result.buffer.writtenAt(end);
  }

  loop(loop: Loop): () => LoopSharing {
    const { start, test, end, exit, carries } = loop;
    const copied: (readonly [Value, Value])[] = [];
    const swapped: (readonly [Value, Value])[] = [];
    for (const { carried, next } of carries) {
      if (next.buffer === carried.buffer) continue;
      if (this.join(carried, next)) continue;
      // What is made in the body, in memory of the body's own, changes places with the carry.
      const fresh = next.kind !== "carried" && next.buffer.within(test, end) && !swapped.some(([, n]) => n === next);
      if (fresh && next.buffer.bytes === carried.buffer.bytes) {
        next.buffer.confine(test, end);
        for (const v of [carried, next]) v.buffer.keep(start, exit);
        swapped.push([carried, next]);
      } else copied.push([next, carried]);
    }
    for (const { initial, carried } of carries) this.join(initial, carried);
    return () => ({
      initialCopies: carries.map(({ initial, carried }) => ({ from: initial.buffer, to: carried.buffer })),
      carryCopies: copied.map(([next, carried]) => ({ from: next.buffer, to: carried.buffer })),
      swaps: swapped.map(([carried, next]) => [carried.buffer, next.buffer] as const),
    });
  }

  choice({ results, branchEnds }: Choice): () => readonly (readonly BufferCopy[])[] {
    for (const { fromBranches, result } of results) for (const v of fromBranches) this.join(result, v);
    return () =>
      branchEnds.map((_, b) =>
        results.map(({ fromBranches, result }) => ({ from: fromBranches[b].buffer, to: result.buffer })),
      );
  }

  outputs(): () => Pick<Sharing, "outputs" | "finalCopies"> {
    const { module, parameters, results } = this.program;
    for (const [parameter, output] of module.donation ?? [])
      if (results[output].kind !== "parameter") this.join(parameters[parameter], results[output]);
    const isOwn = results.map((v, output) => {
      if (v.buffer.readOnly || v.buffer.output !== undefined) return false;
      v.buffer.output = output;
      return true;
    });
    return () => ({
      outputs: results.map((v, k) => (isOwn[k] ? v.buffer : undefined)),
      finalCopies: results.flatMap((v, output) => (isOwn[output] ? [] : [{ from: v.buffer, output }])),
    });
  }

  updates(): () => Sharing["copiesBefore"] {
    const copies: (readonly [HloInstruction, readonly (readonly [Value, Value])[]])[] = [];
    for (const { instruction, operands, results } of this.program.steps) {
      if (instruction.opcode !== "fusion" || instruction.kind !== "update") continue;
      const needed: (readonly [Value, Value])[] = [];
      updateTargets(instruction).forEach((target, k) => {
        if (target !== undefined && !this.join(operands[target], results[k]))
          needed.push([operands[target], results[k]]);
      });
      if (needed.length > 0) copies.push([instruction, needed]);
    }
    return () =>
      new Map(copies.map(([i, pairs]) => [i, pairs.map(([from, to]) => ({ from: from.buffer, to: to.buffer }))]));
  }

  overwrites(): void {
    for (const step of this.program.steps) {
      const { instruction, operands, results } = step;
      if (instruction.opcode !== "fusion" || instruction.kind === "update") continue;
      // Better the product in a result's memory than that result over an operand and the product elsewhere.
      const kept = placeOfProduct(step);
      overwritableOperands(instruction).forEach((candidates, k) => {
        if (k !== kept) for (const c of candidates) if (this.join(operands[c], results[k])) return;
      });
    }
  }
}

export const shareMemory = (program: Program): Sharing => {
  const decisions = new Decisions(program);
  const { structures } = program;
  for (const s of structures) decisions.reserve(s);
  // Buffers go on merging, so what is to be copied is only put down at the end.
  const loops: (readonly [Loop, () => LoopSharing])[] = [];
  const choices: (readonly [Choice, () => readonly (readonly BufferCopy[])[]])[] = [];
  for (const s of structures)
    if (s.kind === "loop") loops.push([s, decisions.loop(s)]);
    else choices.push([s, decisions.choice(s)]);
  const outputs = decisions.outputs();
  const copiesBefore = decisions.updates();
  decisions.overwrites();
  return {
    ...outputs(),
    copiesBefore: copiesBefore(),
    loops: new Map(loops.map(([loop, sharing]) => [loop, sharing()])),
    branchCopies: new Map(choices.map(([choice, copies]) => [choice, copies()])),
  };
};
