/** How lax takes its operands: no promotion but of numbers, which take the dtype of the tensors beside them. */
import "../interpreters/evaluate.js";
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { promoteTypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { convert } from "../primitives/convert.js";

export type { ArrayLike };

export const tensor = (fn: string, x: ArrayLike): Tensor => asTensor(x, fn);

/**
 * Operands of one operation. Weak scalars, which JavaScript numbers are, take the dtype of the others where promotion
 * leads there (an integer beside floats does, a fraction beside integers does not).
 */
export function operands(fn: string, ...xs: readonly ArrayLike[]): Tensor[] {
  const all = xs.map((x) => asTensor(x, fn));
  const firm = all.filter((x) => !x.weakType);
  const { dtype, weakType } = promoteTypes(all);
  if (firm.length === 0) return all.map((x) => convert(x, dtype, weakType));
  const target = firm[0].dtype;
  return all.map((x) => (x.weakType && dtype === target ? convert(x, target) : x));
}

const called = <F extends object>(name: string, f: F): F => Object.defineProperty(f, "name", { value: name });

/** An operation of one operand. */
export const unary = (name: string, f: (x: Tensor) => Tensor) =>
  called(name, (x: ArrayLike): Tensor => f(tensor(name, x)));

/** An operation of two operands. */
export const binary = (name: string, f: (x: Tensor, y: Tensor) => Tensor) =>
  called(name, (x: ArrayLike, y: ArrayLike): Tensor => {
    const [a, b] = operands(name, x, y);
    return f(a, b);
  });
