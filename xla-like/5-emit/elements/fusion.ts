/** What kernels are made of. */
import type { HloInstruction, Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { dimsOf } from "./forms.js";

export type Fusion = Instr<"fusion">;

/** The results of a fusion's computation. */
export const rootsOf = (fusion: Fusion): readonly HloInstruction[] => fusion.computation.root.operands;

/** A result of a fusion, and which one it is. */
export interface Output {
  readonly root: HloInstruction;
  readonly number: number;
}

/** The results that have elements, those of equal dimensions together. */
export function outputsByDims(fusion: Fusion): readonly (readonly Output[])[] {
  const groups = new Map<string, Output[]>();
  rootsOf(fusion).forEach((root, number) => {
    const key = dimsOf(root).join();
    groups.set(key, [...(groups.get(key) ?? []), { root, number }]);
  });
  return [...groups.values()].filter(([first]) => sizeOf(dimsOf(first.root)) > 0);
}

/** 32 bits hold an index into anything here, or else 64 are needed. */
export function indexBits({ computation }: Fusion): 32 | 64 {
  // Offsets are of elements; padded coordinates reach somewhat further.
  return computation.instructions.every((i) => i.opcode === "tuple" || sizeOf(dimsOf(i)) < 2 ** 30) ? 32 : 64;
}
