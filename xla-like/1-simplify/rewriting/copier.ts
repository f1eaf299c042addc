/** A builder that copies instructions of other computations. */
import { HloBuilder } from "../../hlo/builder.js";
import type { Draft } from "../../hlo/computation-builder.js";
import type { HloComputation, HloInstruction } from "../../hlo/instruction.js";
import type { ArrayShape } from "../../hlo/shape.js";
import { liveInstructions } from "./uses.js";

export class Copier extends HloBuilder {
  /** The same operation on other operands. */
  copy(i: HloInstruction, operands: readonly HloInstruction[]): HloInstruction {
    const { id, origin, ...rest } = i;
    const outer = this.origin;
    this.origin = origin ?? outer;
    // An instruction without its id is a draft; the compiler does not see that through the union.
    const made = this.emit({ ...rest, operands } as Draft);
    this.origin = outer;
    return made;
  }

  /**
   * Copies what `wanted` needs of a computation, and its effects, with operands in place of its parameters. A
   * parameter that nothing needs may be left undefined; what `instead` has an instruction for is not copied.
   */
  copyBody(
    c: HloComputation,
    operands: readonly (HloInstruction | undefined)[],
    wanted: readonly HloInstruction[],
    instead: ReadonlyMap<HloInstruction, HloInstruction> = new Map(),
  ): HloInstruction[] {
    const live = liveInstructions(c.instructions, wanted);
    const made = new Map(instead);
    const read = (i: HloInstruction): HloInstruction => {
      const x = made.get(i);
      if (x === undefined) throw new TypeError(`%${c.name} needs the parameter that was left out for ${i.opcode}`);
      return x;
    };
    for (const i of c.instructions) {
      if (!live.has(i) || instead.has(i)) continue;
      if (i.opcode === "parameter") {
        const x = operands[i.index];
        if (x !== undefined) made.set(i, x);
      } else made.set(i, this.copy(i, i.operands.map(read)));
    }
    return wanted.map(read);
  }

  /** A computation made from the parts of another, under its name. */
  derived(
    c: HloComputation,
    parameters: readonly ArrayShape[],
    body: (b: Copier, parameters: readonly HloInstruction[]) => HloInstruction | readonly HloInstruction[],
  ): HloComputation {
    // Names do not grow with every change: the builder adds a number of its own.
    const b = new Copier(c.name.replace(/(\.\d+)+$/, ""), this.family);
    return b.build(
      body(
        b,
        parameters.map((shape) => b.parameter(shape)),
      ),
    );
  }

  /** A builder for a computation that instructions of this one will call. */
  nested(name: string): Copier {
    return new Copier(name, this.family);
  }

  inline(c: HloComputation, operands: readonly HloInstruction[]): HloInstruction {
    return this.copyBody(c, operands, [c.root])[0];
  }
}
