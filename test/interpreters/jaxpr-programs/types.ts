import { literal } from "../../../src/core/scalars.js";
import type { Tensor } from "../../../src/core/tensor.js";

/** The recorded Python programs, in TypeScript, under their records' names. */
// biome-ignore lint/suspicious/noExplicitAny: programs of every signature in one table
export type Programs = Readonly<Record<string, (...args: any[]) => any>>;

/** Python's `2.`: a number that counts as a float although it is whole. */
export const float = (x: number): Tensor => literal(x, "float32", true);
