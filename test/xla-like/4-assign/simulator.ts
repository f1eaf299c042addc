/**
 * Runs a module in the memory that an assignment gives it, one instruction at a time, and is as hostile as an executor
 * may be: memory is poisoned at first and after each value's end, and results that share memory with operands
 * are written one element at a time, each computed from what is in memory by then.
 */
import { overwritableOperands, updateTargets } from "../../../xla-like/3-schedule/index.js";
import type { Assignment, Copy, SlotId } from "../../../xla-like/4-assign/index.js";
import {
  type ArrayShape,
  dtypes,
  type HloComputation,
  type HloInstruction,
  type HloModule,
  type HostArray,
  type Instr,
  tupleShape,
} from "../../../xla-like/hlo/index.js";
import { prepare } from "../../../xla-like/reference/evaluate.js";
import { viewAs } from "../../../xla-like/reference/host.js";
import { product } from "../reference/helpers.js";

const poison = 0xa7;
const margin = 256;

interface Pointer {
  readonly memory: Uint8Array;
  readonly offset: number;
}

const arraysOf = (i: HloInstruction): readonly ArrayShape[] =>
  i.shape.kind === "array" ? [i.shape] : i.shape.elements;
const bytesOf = ({ dtype, dims }: ArrayShape): number => product(dims) * dtypes[dtype].bytes;
const bytesIn = (data: HostArray): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
const fresh = (bytes: number): Uint8Array => new Uint8Array(bytes + 2 * margin).fill(poison);

type Kernel = (operands: readonly HostArray[]) => HostArray[];

/** The instruction as a program of its own. */
const kernelOf = (i: HloInstruction): Kernel => {
  const parameters = i.operands.map((o, index): Instr<"parameter"> => {
    if (o.shape.kind === "tuple") throw new Error(`${i.opcode} of a tuple is not simulated`);
    return { opcode: "parameter", id: -1 - index, operands: [], shape: o.shape, index };
  });
  const inner = { ...i, operands: parameters } as HloInstruction;
  const shapes = arraysOf(i);
  const elements =
    i.shape.kind === "array"
      ? [inner]
      : shapes.map(
          (shape, index): HloInstruction => ({
            opcode: "get-tuple-element",
            id: -100 - index,
            operands: [inner],
            shape,
            index,
          }),
        );
  const root: HloInstruction = { opcode: "tuple", id: -1000, operands: elements, shape: tupleShape(shapes) };
  const instructions = [...new Set([...parameters, inner, ...elements]), root];
  return prepare({ name: "one", entry: { name: "one", parameters, instructions, root } });
};

export class Simulator {
  readonly #module: HloModule;
  readonly #assignment: Assignment;
  readonly #pointers: Pointer[];
  readonly #kernels = new Map<HloInstruction, Kernel>();

  constructor(module: HloModule, assignment: Assignment) {
    this.#module = module;
    this.#assignment = assignment;
    this.#pointers = [];
  }

  /** The results; throws where memory that must not change has changed. */
  run(args: readonly HostArray[]): HostArray[] {
    const a = this.#assignment;
    const arena = fresh(a.arenaBytes);
    const constants = a.constants.slice();
    const parameters = args.map((x) => {
      const memory = fresh(x.byteLength);
      memory.set(bytesIn(x));
      return memory;
    });
    a.slots.forEach(({ home, bytes }, slot) => {
      this.#pointers[slot] =
        home.kind === "parameter"
          ? { memory: parameters[home.index], offset: 0 }
          : home.kind === "output"
            ? { memory: fresh(bytes), offset: 0 }
            : { memory: home.kind === "arena" ? arena : constants, offset: home.offset };
    });
    const homes = [...this.#pointers];
    this.#computation(this.#module.entry);
    for (const c of a.finalCopies) this.#copy(c);
    homes.forEach((home, slot) => {
      if (this.#pointers[slot] !== home) throw new Error(`slot ${slot} is not where it was`);
    });
    args.forEach((x, k) => {
      if (!a.donated.includes(k) && Buffer.compare(parameters[k].subarray(0, x.byteLength), bytesIn(x)) !== 0)
        throw new Error(`parameter ${k} was written to`);
    });
    if (Buffer.compare(constants, a.constants) !== 0) throw new Error("a constant was written to");
    const shapes = arraysOf(this.#module.entry.root);
    return a.outputs.map(({ slot }, k) => this.#read(slot, shapes[k]));
  }

  #read(slot: SlotId, shape: ArrayShape): HostArray {
    const { memory, offset } = this.#pointers[slot];
    return viewAs(memory.slice(offset, offset + bytesOf(shape)), shape.dtype);
  }

  /** Writes a value, and what kernels may write behind it. */
  #write(slot: SlotId, data: Uint8Array): void {
    const { memory, offset } = this.#pointers[slot];
    memory.set(data, offset);
    memory.fill(poison, offset + data.length, offset + data.length + margin);
  }

  #poison(slot: SlotId): void {
    this.#write(slot, new Uint8Array(this.#assignment.slots[slot].bytes).fill(poison));
  }

  #copy({ from, to, bytes }: Copy): void {
    const { memory, offset } = this.#pointers[from];
    this.#write(to, memory.slice(offset, offset + bytes));
  }

  #computation(c: HloComputation): void {
    for (const i of c.instructions) {
      for (const copy of this.#assignment.copiesBefore(i)) this.#copy(copy);
      switch (i.opcode) {
        case "parameter":
        case "constant":
        case "tuple":
        case "get-tuple-element":
        case "reshape":
        case "optimization-barrier":
        case "bitcast-convert":
          break;
        case "while":
          this.#loop(i);
          break;
        case "conditional":
          this.#conditional(i);
          break;
        default:
          this.#instruction(i);
      }
    }
  }

  #loop(i: Instr<"while">): void {
    const { predicate, copiesAtEnd, swaps } = this.#assignment.loopOf(i);
    const entered = [...this.#pointers];
    for (;;) {
      this.#computation(i.condition);
      const { memory, offset } = this.#pointers[predicate];
      if (memory[offset] === 0) break;
      this.#computation(i.body);
      for (const c of copiesAtEnd) this.#copy(c);
      for (const [a, b] of swaps) {
        const p = this.#pointers[a];
        this.#pointers[a] = this.#pointers[b];
        this.#pointers[b] = p;
      }
    }
    for (const [a, b] of swaps) {
      const { memory, offset } = this.#pointers[a];
      const held = memory.slice(offset, offset + this.#assignment.slots[a].bytes);
      this.#pointers[a] = entered[a];
      this.#pointers[b] = entered[b];
      this.#poison(b);
      this.#write(a, held);
    }
  }

  #conditional(i: Instr<"conditional">): void {
    const { index, copiesAtEnd } = this.#assignment.conditionalOf(i);
    const [chosen] = this.#read(index, { kind: "array", dtype: "int32", dims: [] });
    const branch = Math.min(Math.max(Number(chosen), 0), i.branches.length - 1);
    this.#computation(i.branches[branch]);
    for (const c of copiesAtEnd[branch]) this.#copy(c);
  }

  #kernel(i: HloInstruction): Kernel {
    const kernel = this.#kernels.get(i) ?? kernelOf(i);
    this.#kernels.set(i, kernel);
    return kernel;
  }

  #instruction(i: HloInstruction): void {
    const a = this.#assignment;
    const shapes = arraysOf(i);
    const results = shapes.map((_, k) => a.slotOf(i, k));
    const operands = i.operands.map((o) => a.slotOf(o));
    const targets = updateTargets(i);
    const scratch = a.scratchOf(i);
    this.#checkDistinct(i, operands, results, scratch);
    if (scratch !== undefined) this.#poison(scratch);
    if (i.opcode === "fusion" && (i.kind === "dot" || i.kind === "convolution")) this.#poison(a.rawProductOf(i));
    // A result whose memory is no operand's holds nothing that anybody may need.
    for (const r of results)
      if (!operands.includes(r) && !results.some((s, k) => s === r && targets[k] !== undefined)) this.#poison(r);
    const read = (): HostArray[] =>
      i.operands.map((o, k) => {
        const updated = targets.indexOf(k);
        return this.#read(updated >= 0 ? results[updated] : operands[k], arraysOf(o)[0]);
      });
    const byElement =
      i.opcode === "fusion" && i.kind === "loop" && results.some((r) => operands.includes(r)) && shapes.length > 0;
    if (!byElement) {
      this.#kernel(i)(read()).forEach((data, k) => this.#write(results[k], bytesIn(data)));
      return;
    }
    for (let n = 0; n < product(shapes[0].dims); n++) {
      const data = this.#kernel(i)(read());
      shapes.forEach(({ dtype }, k) => {
        const { bytes } = dtypes[dtype];
        const { memory, offset } = this.#pointers[results[k]];
        memory.set(bytesIn(data[k]).subarray(n * bytes, (n + 1) * bytes), offset + n * bytes);
      });
    }
  }

  /** Results, operands and scratch lie apart, but for results that may be written over an operand. */
  #checkDistinct(
    i: HloInstruction,
    operands: readonly SlotId[],
    results: readonly SlotId[],
    scratch: SlotId | undefined,
  ): void {
    const overlap = (x: SlotId, y: SlotId): boolean => {
      const [p, q] = [this.#pointers[x], this.#pointers[y]];
      const reach = (slot: SlotId): number => this.#assignment.slots[slot].bytes + margin;
      return p.memory === q.memory && p.offset < q.offset + reach(y) && q.offset < p.offset + reach(x);
    };
    const complain = (what: string): never => {
      throw new Error(`${i.opcode}.${i.id}: ${what}`);
    };
    const allowed = overwritableOperands(i);
    const targets = updateTargets(i);
    results.forEach((r, k) => {
      results.forEach((s, n) => {
        if (n < k && overlap(r, s)) complain(`results ${n} and ${k} overlap`);
      });
      operands.forEach((o, n) => {
        if (overlap(r, o) && !(r === o && (allowed[k]?.includes(n) || targets[k] === n)))
          complain(`result ${k} overlaps operand ${n}`);
      });
    });
    if (scratch !== undefined)
      for (const s of [...operands, ...results]) if (overlap(scratch, s)) complain("its scratch overlaps");
  }
}
