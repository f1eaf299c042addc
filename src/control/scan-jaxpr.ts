/** The parts of a scan's operands and results, and its derived programs. */
import type { ClosedJaxpr } from "../core/jaxpr.js";
import { splitList } from "../prelude/numbers.js";

/** The program takes constants, carry and one slice of each xs; it gives the next carry and one slice of each ys. */
export interface ScanParams {
  readonly jaxpr: ClosedJaxpr;
  readonly length: number;
  readonly numCarry: number;
  readonly numConsts: number;
  readonly reverse: boolean;
  readonly unroll: number;
}

export interface Parts<T> {
  readonly consts: T[];
  readonly carry: T[];
  readonly xs: T[];
}

/** What belongs to constants, carry and xs, of a list with one item for each operand. */
export function operandParts<T>(items: readonly T[], { numConsts, numCarry }: ScanParams): Parts<T> {
  const [consts, carry, xs] = splitList(items, [numConsts, numCarry, items.length - numConsts - numCarry]);
  return { consts, carry, xs };
}

/** What belongs to carry and ys, of a list with one item for each result. */
export function resultParts<T>(items: readonly T[], { numCarry }: ScanParams): { carry: T[]; ys: T[] } {
  return { carry: items.slice(0, numCarry), ys: items.slice(numCarry) };
}

export const either = (a: readonly boolean[], b: readonly boolean[]): boolean[] => a.map((x, i) => x || b[i]);
export const sameFlags = (a: readonly boolean[], b: readonly boolean[]): boolean => a.every((x, i) => x === b[i]);

/**
 * The least set of carries, containing those of `start`, that holds a property (is unknown, is batched, …) before and
 * after an iteration. `step` derives a program on the assumption that exactly the given ones hold it before.
 */
export function carryFixpoint<T>(
  start: readonly boolean[],
  step: (carry: readonly boolean[]) => { readonly value: T; readonly carryOut: readonly boolean[] },
): { readonly value: T; readonly carry: readonly boolean[] } {
  let carry = start;
  // Each round adds a carry, so this ends.
  for (;;) {
    const { value, carryOut } = step(carry);
    const next = either(carry, carryOut);
    if (sameFlags(next, carry)) return { value, carry };
    carry = next;
  }
}
