/**
 * A computation made ready to run: one kernel per instruction, and for each the slots it reads, writes and frees.
 * Everything that depends on the instruction alone is done here, once, so that loops only run kernels.
 */
import type { HloComputation, HloInstruction } from "../hlo/instruction.js";
import { sizeOf } from "../hlo/shape.js";
import type { Kernel, Run, Value } from "./host.js";
import { kernelOf } from "./kernels.js";
import { analyseOwnership } from "./ownership.js";

interface Step {
  readonly kernel: Kernel;
  readonly operands: readonly number[];
  readonly result: number;
  /** Slots that nobody reads after this step. */
  readonly frees: readonly number[];
}

const nobody: ReadonlySet<number> = new Set();
const largestKeptIota = 4096;

/** Values known before the computation runs. */
const isKnown = (i: HloInstruction): boolean =>
  i.opcode === "constant" || (i.opcode === "iota" && sizeOf(i.shape.dims) <= largestKeptIota);

/** Prepares the computations of one module, each once for each set of parameters it may overwrite. */
export class Planner {
  readonly #runs = new Map<HloComputation, Map<string, Run>>();

  prepare(c: HloComputation, owned: ReadonlySet<number> = nobody): Run {
    const key = [...owned].join();
    const variants = this.#runs.get(c) ?? new Map<string, Run>();
    this.#runs.set(c, variants);
    const known = variants.get(key);
    if (known !== undefined) return known;
    const run = this.#plan(c, owned);
    variants.set(key, run);
    return run;
  }

  #plan(c: HloComputation, owned: ReadonlySet<number>): Run {
    const ownership = analyseOwnership(c, owned);
    const slots = new Map(c.instructions.map((i, slot) => [i.id, slot]));
    const slotOf = (i: HloInstruction): number => slots.get(i.id) ?? -1;
    const initial = new Array<Value | undefined>(c.instructions.length).fill(undefined);
    const rootSlot = slotOf(c.root);
    const lastReader = new Map<number, HloInstruction>();
    for (const i of c.instructions) for (const o of i.operands) lastReader.set(slotOf(o), i);

    const steps: Step[] = [];
    for (const i of c.instructions) {
      if (i.opcode === "parameter") continue;
      const kernel = kernelOf(i, { prepare: (called, own) => this.prepare(called, own), dying: ownership.dying(i) });
      if (isKnown(i)) {
        initial[slotOf(i)] = kernel([]);
        continue;
      }
      const operands = i.operands.map(slotOf);
      const frees = [...new Set(operands)].filter((s) => s !== rootSlot && lastReader.get(s) === i);
      steps.push({ kernel, operands, result: slotOf(i), frees });
    }
    const parameterSlots = c.parameters.map(slotOf);

    return (parameters) => {
      const slots = initial.slice();
      for (let k = 0; k < parameterSlots.length; k++) slots[parameterSlots[k]] = parameters[k];
      for (const { kernel, operands, result, frees } of steps) {
        const values = new Array<Value>(operands.length);
        // The order of instructions puts every operand's value in place before its readers run.
        for (let k = 0; k < operands.length; k++) values[k] = slots[operands[k]] as Value;
        slots[result] = kernel(values);
        for (const s of frees) slots[s] = undefined;
      }
      return slots[rootSlot] as Value;
    };
  }
}
