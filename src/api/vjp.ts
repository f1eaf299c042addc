import { isInexact } from "../core/dtype.js";
import { LinearOperand, type Tensor, type Zero } from "../core/tensor.js";
import { linearizeFlat } from "../interpreters/linearize.js";
import { stage } from "../interpreters/staging.js";
import { backwardPass } from "../interpreters/transposition.js";
import { instantiate } from "../interpreters/zeros.js";
import { DTypeError } from "../prelude/errors.js";
import { checkFunction, describe, FlatFunction, flattenDifferentiable } from "./flat.js";
import { pullback } from "./pullback.js";
import { avalsOf } from "./shape-dtype-struct.js";
import { checkTangents, cotangentKind } from "./tangents.js";
import type { AnyFunction, Loose, LooseArgs, Tensors } from "./types.js";

type Cotangents<A extends readonly unknown[]> = { -readonly [I in keyof A]: Tensors<A[I]> };

/**
 * The value of `f` and its pullback: a function from a cotangent of the result to the cotangents of the arguments, by
 * reverse-mode differentiation. The pullback can be called many times.
 *
 * @returns `[out, vjpFn]`; `vjpFn(ct)` gives one cotangent for each primal
 * @throws TransformError CT317, ShapeError CT318, DTypeError CT319 when the cotangent does not match the result
 * @example
 * const [y, pullback] = vjp((x: Tensor, y: Tensor) => x.mul(y), 3, 4);
 * pullback(1).map((ct) => ct.item()); // [4, 3]
 */
export function vjp<F extends AnyFunction>(
  f: F,
  ...primals: LooseArgs<Parameters<F>>
): [Tensors<ReturnType<F>>, (ct: Loose<Tensors<ReturnType<F>>>) => Cotangents<Parameters<F>>] {
  checkFunction("vjp", f);
  const { leaves, treedef } = flattenDifferentiable(primals, "vjp: a primal");
  const flat = new FlatFunction("vjp", f, (xs) => treedef.unflatten(xs) as unknown[]);
  const { outs, program, nonzeroOut } = linearizeFlat(flat.call, leaves, describe("vjp", f));
  const outTree = flat.outTree;
  const outAvals = outs.map((x) => x.aval);
  const inputs = leaves.map(({ aval }) => ({ aval }));
  const vjpFn = (ct: unknown): unknown => {
    const cts = checkTangents("vjp", cotangentKind, ct, outTree as NonNullable<typeof outTree>, outAvals);
    return treedef.unflatten(pullback(program, inputs, nonzeroOut, cts).map(instantiate));
  };
  return [flat.rebuildOut(outs), vjpFn] as never;
}

/**
 * The transpose of a linear function: from a cotangent of its result to cotangents of its arguments.
 *
 * @param primals the arguments' types: tensors, or ShapeDtypeStruct. Their values are not used.
 * @returns a function from a cotangent to one cotangent for each argument
 * @throws TransformError CT326 if `f` is not linear
 * @example
 * const transposed = linearTranspose((x: Tensor) => x.mul(3), 0.5);
 * transposed(2)[0].item(); // 6
 */
export function linearTranspose<F extends AnyFunction>(
  f: F,
  ...primals: LooseArgs<Parameters<F>>
): (ct: Loose<Tensors<ReturnType<F>>>) => Cotangents<Parameters<F>> {
  checkFunction("linearTranspose", f);
  const { avals, treedef } = avalsOf(primals, "linearTranspose: a primal");
  for (const a of avals) {
    if (isInexact(a.dtype)) continue;
    throw new DTypeError(
      "CT310",
      `linearTranspose: an argument is ${a.dtype}; only functions of floating-point or complex arguments can be transposed.`,
    );
  }
  const flat = new FlatFunction("linearTranspose", f, (xs) => treedef.unflatten(xs) as unknown[]);
  const program = stage(flat.call, avals, describe("linearTranspose", f));
  const outTree = flat.outTree as NonNullable<typeof flat.outTree>;
  const linear = avals.map((a) => new LinearOperand(a));
  const transposed = (ct: unknown): unknown => {
    const cts = checkTangents("linearTranspose", cotangentKind, ct, outTree, program.outAvals);
    const outs = backwardPass(program.jaxpr, program.consts, linear, cts);
    return treedef.unflatten(outs.map((x) => instantiate(x as Tensor | Zero)));
  };
  return transposed as never;
}
