import type { Plan } from "../5-emit/plan.js";
import type { HloModule } from "../hlo/instruction.js";
import { type ArrayShape, shapeEquals, shapeText } from "../hlo/shape.js";
import type { Buffer, Device, Executable, MemoryAnalysis } from "./client.js";
import { RuntimeUseError } from "./errors.js";
import { byteLengthOf, NativeBuffer } from "./native-buffer.js";
import type { NativeMemory } from "./native-memory.js";
import type { LoadableProgram } from "./program-cache.js";
import { Cell, Status } from "./runtime-state.js";

/** What an execution does about one result. */
interface Output {
  readonly shape: ArrayShape;
  readonly byteLength: number;
  /** Lies in a slab; otherwise, and unless donated, in a block of its own that is allocated natively. */
  readonly small: boolean;
  readonly donated: number | undefined;
}

/** io: before the parameters' addresses, the plan's number and whether to ignore the budget. */
const IO_HEADER = 2;

/** See `NativeBuffer.mark`. */
let lastMark = 0;

export class NativeExecutable implements Executable {
  /** Shapes as buffers last brought them, so that the next ones are most likely the same objects. */
  readonly #parameters: ArrayShape[];
  readonly #outputs: readonly Output[];
  readonly #donated: readonly number[];
  /** Bytes of the outputs that are allocated natively, and of the arena. */
  readonly #bytes: number;
  readonly #analysis: MemoryAnalysis;
  readonly #texts: LoadableProgram["texts"];

  constructor(
    private readonly device: Device,
    private readonly memory: NativeMemory,
    readonly module: HloModule,
    program: LoadableProgram,
    /** The number of the loaded plan. */
    private readonly plan: number,
    generatedCodeBytes: number,
  ) {
    const { root } = module.entry;
    const shapes = root.shape.kind === "tuple" ? root.shape.elements : [root.shape];
    this.#texts = program.texts;
    this.#parameters = module.entry.parameters.map((p) => p.shape);
    this.#outputs = shapes.map((shape, i) => outputOf(shape, program.plan, i, memory.smallBytes));
    this.#donated = program.plan.donated;
    this.#bytes = this.#outputs.reduce(
      (sum, o) => (o.small || o.donated !== undefined ? sum : sum + o.byteLength),
      program.plan.arenaBytes,
    );
    this.#analysis = analysisOf(program.plan, generatedCodeBytes);
    memory.reserveIo(IO_HEADER + this.#parameters.length + this.#outputs.length);
  }

  asText(kind: "llvm" | "ptx"): string | undefined {
    return this.#texts[kind]?.();
  }

  memoryAnalysis(): MemoryAnalysis {
    return this.#analysis;
  }

  execute(given: readonly Buffer[]): Buffer[] {
    const args = this.#check(given);
    const { memory, device } = this;
    const outputs = this.#outputs;
    const results: NativeBuffer[] = new Array(outputs.length);
    for (let i = 0; i < outputs.length; i++) {
      const { small, shape, byteLength } = outputs[i];
      if (!small) continue;
      const address = memory.allocateSmall(byteLength);
      results[i] = new NativeBuffer(device, shape, byteLength, memory, address, memory.slab, 0);
    }
    this.#run(args, results);

    const sequence = memory.state[Cell.sequence];
    const { io } = memory;
    const first = IO_HEADER + args.length;
    for (let i = 0; i < outputs.length; i++) {
      const { small, shape, byteLength, donated } = outputs[i];
      if (small) {
        results[i].sequence = sequence;
      } else if (donated !== undefined) {
        const { address } = args[donated];
        results[i] = new NativeBuffer(device, shape, byteLength, memory, address, args[donated].donate(), sequence);
      } else {
        const address = io[first + i];
        results[i] = new NativeBuffer(device, shape, byteLength, memory, address, memory.own(address), sequence);
      }
    }
    for (const i of this.#donated) {
      args[i].delete();
      given[i].delete();
    }
    return results;
  }

  /** The native call, again after making room if need be. */
  #run(args: readonly NativeBuffer[], results: readonly (NativeBuffer | undefined)[]): void {
    const { memory } = this;
    const { state, native } = memory;
    try {
      for (let attempt = 0; ; attempt++) {
        const { io } = memory;
        io[0] = this.plan;
        io[1] = attempt;
        let at = IO_HEADER;
        for (let i = 0; i < args.length; i++) io[at++] = args[i].address;
        for (let i = 0; i < results.length; i++) {
          const result = results[i];
          io[at++] = result === undefined ? 0 : result.address;
        }
        native.execute();
        const status = state[Cell.status];
        if (status === Status.done) return;
        if (status === Status.hearOfFailure) {
          memory.hearOfFailure();
          for (const { sequence } of args) memory.checkFailure(sequence);
        } else {
          memory.makeRoom(attempt, this.#bytes);
        }
      }
    } catch (error) {
      for (const result of results) result?.delete();
      throw error;
    }
  }

  #check(args: readonly Buffer[]): readonly NativeBuffer[] {
    const parameters = this.#parameters;
    if (args.length !== parameters.length) {
      throw new RuntimeUseError(`${this.module.name} takes ${parameters.length} buffers, but got ${args.length}`);
    }
    for (let i = 0; i < args.length; i++) {
      const buffer = args[i];
      if (!(buffer instanceof NativeBuffer) || buffer.device !== this.device) this.#refuse(buffer, i);
      const { shape } = buffer;
      if (shape !== parameters[i]) {
        if (!shapeEquals(shape, parameters[i])) this.#refuse(buffer, i);
        parameters[i] = shape;
      }
      if (buffer.isDeleted) buffer.waitReady();
    }
    const checked = args as readonly NativeBuffer[];
    if (this.memory.hasFailures) for (const { sequence } of checked) this.memory.checkFailure(sequence);
    return this.#donated.length === 0 ? checked : this.#unshared(checked);
  }

  #refuse(buffer: Buffer, i: number): never {
    if (buffer.device !== this.device) {
      throw new RuntimeUseError(
        `${this.module.name} runs on ${this.device.toString()}, but buffer ${i} is on ${buffer.device.toString()}`,
      );
    }
    const [wanted, got] = [shapeText(this.#parameters[i]), shapeText(buffer.shape)];
    throw new RuntimeUseError(`${this.module.name}: parameter ${i} is ${wanted}, but the buffer is ${got}`);
  }

  /** A donated buffer is written to: where it is an argument more than once, or held, the donated one becomes a copy. */
  #unshared(given: readonly NativeBuffer[]): readonly NativeBuffer[] {
    let args = given;
    if (this.#donated.some((i) => given[i].isHeld)) {
      const own = [...given];
      for (const i of this.#donated) if (own[i].isHeld) own[i] = own[i].copy();
      args = own;
    }
    lastMark += 1;
    let marked = 0;
    for (const i of this.#donated) {
      if (args[i].mark !== lastMark) marked += 1;
      args[i].mark = lastMark;
    }
    let uses = 0;
    for (const { mark } of args) if (mark === lastMark) uses += 1;
    if (uses === marked) return args;
    const copies = [...args];
    for (const i of this.#donated) {
      if (args.indexOf(args[i]) !== args.lastIndexOf(args[i])) copies[i] = args[i].copy();
    }
    return copies;
  }
}

const outputOf = (shape: ArrayShape, plan: Plan, i: number, smallBytes: number): Output => {
  const byteLength = byteLengthOf(shape);
  const donated = plan.outputs[i].donatedParameter;
  return { shape, byteLength, small: donated === undefined && byteLength <= smallBytes, donated };
};

const analysisOf = (plan: Plan, generatedCodeBytes: number): MemoryAnalysis => {
  const total = (bytes: readonly number[]): number => bytes.reduce((sum, n) => sum + n, 0);
  return {
    argumentBytes: total(plan.parameters),
    outputBytes: total(plan.outputs.map((o) => o.bytes)),
    tempBytes: plan.arenaBytes,
    aliasBytes: total(plan.outputs.filter((o) => o.donatedParameter !== undefined).map((o) => o.bytes)),
    generatedCodeBytes,
  };
};
