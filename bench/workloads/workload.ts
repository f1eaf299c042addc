/** A piece of work that every peer does too: prepared once, then run many times. */
import { numpy as np, random, type Tensor } from "cotangent";

export interface Workload {
  readonly name: string;
  /** What is computed, in a line. */
  readonly what: string;
  /** Makes the data and returns the work; what it returns is waited for. */
  prepare(): () => unknown;
}

let seed = 0;

/** Normally distributed float32 data. */
export const normal = (shape: readonly number[], scale = 1): Tensor =>
  random.normal(random.key(seed++), shape).mul(scale);

export const integersBelow = (n: number, shape: readonly number[]): Tensor =>
  random.randint(random.key(seed++), shape, 0, n);

export const zeros = (...shape: number[]): Tensor => np.zeros(shape);
export const ones = (...shape: number[]): Tensor => np.ones(shape);
