/** What generators of random programs are made of: steps, each applied to arrays that were made before. */
import type { ArrayShape, HloBuilder, HloInstruction } from "../../../xla-like/hlo/index.js";

/** What a step may choose by: small numbers that it reduces to a valid choice. */
export interface Choices {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export type Step = (b: HloBuilder, x: HloInstruction, y: HloInstruction, n: Choices) => readonly HloInstruction[];

export const shapeOf = (x: HloInstruction): ArrayShape => {
  if (x.shape.kind === "tuple") throw new Error("steps work on arrays");
  return x.shape;
};
export const dimsOf = (x: HloInstruction): readonly number[] => shapeOf(x).dims;
export const counting = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
export const pick = <A>(list: readonly A[], n: number): A => list[n % list.length];
