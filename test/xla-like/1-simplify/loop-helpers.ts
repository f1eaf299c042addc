// Loops that go step by step along arrays.
import type { ArrayShape, HloBuilder, HloInstruction } from "../../../xla-like/hlo/index.js";
import { s32 } from "../hlo/programs.js";

const shapeOf = (x: HloInstruction): ArrayShape => {
  if (x.shape.kind !== "array") throw new TypeError("an array was expected");
  return x.shape;
};

/** Step `at` of a sequence, without its first dimension. */
export const stepOf = (b: HloBuilder, xs: HloInstruction, at: HloInstruction): HloInstruction => {
  const [, ...rest] = shapeOf(xs).dims;
  return b.reshape(b.dynamicSlice(xs, [at, ...rest.map(() => b.scalar("int32", 0))], [1, ...rest]), rest);
};

/** The sequence with another step `at`. */
export const withStep = (b: HloBuilder, xs: HloInstruction, at: HloInstruction, x: HloInstruction): HloInstruction => {
  const rest = shapeOf(x).dims;
  return b.dynamicUpdateSlice(xs, b.reshape(x, [1, ...rest]), [at, ...rest.map(() => b.scalar("int32", 0))]);
};

type Turn = (b: HloBuilder, at: HloInstruction, values: readonly HloInstruction[]) => readonly HloInstruction[];

/** `trips` turns from the first step on, or from the last step of as many back. */
export const loop = (b: HloBuilder, trips: number, inits: readonly HloInstruction[], turn: Turn, reverse = false) => {
  const shapes = [s32(), ...inits.map(shapeOf)];
  const condition = b.computation("below", shapes, (c, [i]) => c.compare(i, c.scalar("int32", trips), "LT"));
  const body = b.computation("turn", shapes, (c, [i, ...values]) => {
    const at = reverse ? c.binary("subtract", c.scalar("int32", trips - 1), i) : i;
    return [c.binary("add", i, c.scalar("int32", 1)), ...turn(c, at, values)];
  });
  return b.while(condition, body, [b.scalar("int32", 0), ...inits]).slice(1);
};

export const matmul = { lhsBatch: [], rhsBatch: [], lhsContracting: [1], rhsContracting: [0] } as const;
export const byColumns = { ...matmul, rhsContracting: [1] } as const;
export const outer = { ...matmul, lhsContracting: [0] } as const;
