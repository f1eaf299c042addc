/** The part of the builder that knows instructions in general: ids, ownership, parameters, and what to keep. */
import { HloError } from "./error.js";
import { hasSideEffect, nameOf } from "./graph.js";
import { inferShape } from "./inference/index.js";
import type { HloComputation, HloInstruction, Instr } from "./instruction.js";
import { type ArrayShape, tupleShape } from "./shape.js";

/** An instruction before it has its id and its inferred shape; distributes over the union. */
export type Draft<I = HloInstruction> = I extends HloInstruction ? Omit<I, "id" | "origin"> : never;

/** What a builder shares with the builders of the computations nested in it. */
export interface Family {
  nextId: number;
  readonly names: Set<string>;
  readonly reducers: Map<string, HloComputation>;
}

export class ComputationBuilder {
  /** While set, new instructions carry it. */
  origin: string | undefined;
  readonly name: string;
  protected readonly family: Family;
  readonly #instructions: HloInstruction[] = [];
  readonly #own = new Set<HloInstruction>();
  readonly #parameters: Instr<"parameter">[] = [];

  constructor(name: string, family: Family = { nextId: 0, names: new Set(), reducers: new Map() }) {
    this.family = family;
    this.name = name;
    for (let n = 1; family.names.has(this.name); n++) this.name = `${name}.${n}`;
    family.names.add(this.name);
  }

  protected emit(draft: Draft): HloInstruction {
    const id = this.family.nextId;
    for (const o of draft.operands)
      if (!this.#own.has(o))
        throw new HloError(
          nameOf({ opcode: draft.opcode, id }),
          `operand ${nameOf(o)} was not made by the builder of %${this.name}: pass it in as a parameter`,
        );
    // Omit<I, "id"> with the id put back is I; the compiler does not see that through the union.
    const candidate = (
      this.origin === undefined ? { ...draft, id } : { ...draft, id, origin: this.origin }
    ) as HloInstruction;
    const instruction = { ...candidate, shape: inferShape(candidate) } as HloInstruction;
    this.family.nextId = id + 1;
    this.#instructions.push(instruction);
    this.#own.add(instruction);
    return instruction;
  }

  /** The shape of an operand, which must be an array. */
  protected arrayOf(opcode: string, x: HloInstruction): ArrayShape {
    if (x.shape.kind === "array") return x.shape;
    throw new HloError(nameOf({ opcode, id: this.family.nextId }), `operand ${nameOf(x)} is a tuple: take an element`);
  }

  /** The next parameter: the first call makes parameter 0. */
  parameter(shape: ArrayShape, name?: string): HloInstruction {
    const index = this.#parameters.length;
    const p = this.emit({
      opcode: "parameter",
      operands: [],
      shape,
      index,
      ...(name === undefined ? {} : { name }),
    }) as Instr<"parameter">;
    this.#parameters.push(p);
    return p;
  }

  /** The computation that returns `root`: parameters stay, other instructions only if the root or an effect needs them. */
  build(root: HloInstruction | readonly HloInstruction[]): HloComputation {
    const result: HloInstruction = isList(root)
      ? this.emit({ opcode: "tuple", operands: [...root], shape: tupleShape([]) })
      : root;
    if (!this.#own.has(result))
      throw new HloError(`%${this.name}`, `its root ${nameOf(result)} was not made by its builder`);
    const live = new Set<HloInstruction>(this.#parameters).add(result);
    // Operands were made before their users, so one backward walk sees every user first.
    for (let k = this.#instructions.length - 1; k >= 0; k--) {
      const i = this.#instructions[k];
      if (hasSideEffect(i)) live.add(i);
      if (live.has(i)) for (const o of i.operands) live.add(o);
    }
    return {
      name: this.name,
      parameters: [...this.#parameters],
      instructions: this.#instructions.filter((i) => live.has(i)),
      root: result,
    };
  }
}

const isList = (x: HloInstruction | readonly HloInstruction[]): x is readonly HloInstruction[] => Array.isArray(x);
