import { isComplex, isFloat, isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { linearizeFlat } from "../interpreters/linearize.js";
import { instantiate } from "../interpreters/zeros.js";
import { DTypeError, ShapeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { onesLike } from "../primitives/fill.js";
import { checkFunction, describe, named, nameOf } from "./flat.js";
import { pullback } from "./pullback.js";
import { selectArguments } from "./selected-arguments.js";
import type { AnyFunction, LooseArgs, Selected, Tensors } from "./types.js";

export interface GradOptions<N = number | readonly number[], Aux extends boolean = boolean> {
  /** The argument to differentiate with respect to, or several of them. */
  readonly argnums?: N;
  /** The function returns `[value, aux]`; aux is passed through, not differentiated. */
  readonly hasAux?: Aux;
  /** Allows integer arguments, whose gradients are tensors of the dtype `float0`. */
  readonly allowInt?: boolean;
  /** The function is complex-differentiable: arguments and result are complex. */
  readonly holomorphic?: boolean;
}

type ResultOf<F extends AnyFunction> = ReturnType<F>;
type Value<F extends AnyFunction, Aux> = Aux extends true
  ? ResultOf<F> extends readonly [infer V, infer A]
    ? [Tensors<V>, Tensors<A>]
    : [Tensor, unknown]
  : Tensor;
type AuxOf<F extends AnyFunction> = ResultOf<F> extends readonly [unknown, infer A] ? Tensors<A> : unknown;
type Gradients<F extends AnyFunction, N> = Selected<Parameters<F>, N>;

const optionNames = ["argnums", "hasAux", "allowInt", "holomorphic"];

/**
 * The value of a scalar function together with its gradient, by reverse-mode differentiation.
 *
 * @param f a function whose first result is one real number (shape `[]`)
 * @returns a function of the same arguments that gives `[value, gradients]`, or `[[value, aux], gradients]` with
 *   `hasAux`. Gradients have the structure, shapes and dtypes of the arguments that `argnums` selects.
 * @throws DTypeError CT310 for integer arguments, CT312 for a result that is not real
 * @throws ShapeError CT311 for a result that is not a scalar
 * @example
 * const [value, gradient] = valueAndGrad((x: Tensor) => x.mul(x))(3);
 * [value.item(), gradient.item()]; // [9, 6]
 */
export function valueAndGrad<
  F extends AnyFunction,
  const N extends number | readonly number[] = 0,
  Aux extends boolean = false,
>(f: F, options: GradOptions<N, Aux> = {}): (...args: LooseArgs<Parameters<F>>) => [Value<F, Aux>, Gradients<F, N>] {
  return valueAndGradOf("valueAndGrad", f, options) as never;
}

/**
 * The gradient of a scalar function, by reverse-mode differentiation.
 *
 * For a real function of complex arguments the result is the conjugate of the direction of steepest ascent, as in JAX.
 *
 * @param f a function whose first result is one real number (shape `[]`)
 * @returns a function of the same arguments that gives the gradients, or `[gradients, aux]` with `hasAux`
 * @throws DTypeError CT310 for integer arguments, CT312 for a result that is not real
 * @throws ShapeError CT311 for a result that is not a scalar
 * @example
 * const slope = grad((x: Tensor) => x.mul(x).mul(x));
 * slope(2).item(); // 12
 */
export function grad<
  F extends AnyFunction,
  const N extends number | readonly number[] = 0,
  Aux extends boolean = false,
>(
  f: F,
  options: GradOptions<N, Aux> = {},
): (...args: LooseArgs<Parameters<F>>) => Aux extends true ? [Gradients<F, N>, AuxOf<F>] : Gradients<F, N> {
  const both = valueAndGradOf("grad", f, options);
  const gradient = (...args: unknown[]): unknown => {
    const [value, gradients] = both(...args);
    return options.hasAux ? [gradients, (value as unknown[])[1]] : gradients;
  };
  return named(gradient, `grad(${f.name})`) as never;
}

function valueAndGradOf(
  transform: string,
  f: AnyFunction,
  options: GradOptions,
): (...args: unknown[]) => [unknown, unknown] {
  checkFunction(transform, f);
  checkOptions(transform, options, optionNames);
  const { allowInt = false, holomorphic = false } = options;
  const description = describe(transform, f);
  const call = (...args: unknown[]): [unknown, unknown] => {
    const selected = selectArguments(transform, f, options, args);
    const { leaves, run, aux } = selected;
    leaves.forEach((x, i) => {
      checkInput(transform, x, { allowInt, holomorphic }, () => selected.nameOfLeaf(i));
    });
    const { outs, program, nonzeroOut } = linearizeFlat(run, leaves, description, () => 1);
    checkOutput(transform, f, outs, aux ? aux.numOut : outs.length, holomorphic);
    const grads = pullback(program, leaves, nonzeroOut, [onesLike(outs[0].aval)]);
    const value = aux ? [outs[0], aux.rebuild(outs.slice(1))] : outs[0];
    return [value, selected.rebuild(grads.map(instantiate))];
  };
  return named(call, `${transform}(${f.name})`);
}

function checkInput(
  transform: string,
  x: Tensor,
  { allowInt, holomorphic }: { allowInt: boolean; holomorphic: boolean },
  path: () => string,
): void {
  if (holomorphic) {
    if (isComplex(x.dtype)) return;
    throw new DTypeError(
      "CT310",
      `${transform}: ${path()} is ${x.dtype}, but with holomorphic: true every argument must be complex.`,
    );
  }
  if (isInexact(x.dtype) || allowInt) return;
  throw new DTypeError(
    "CT310",
    `${transform}: ${path()} is ${x.dtype}, which has no derivative. Differentiate with respect to floating-point arguments ` +
      "(convert with astype, or choose others with argnums); allowInt: true gives float0 gradients.",
  );
}

function checkOutput(
  transform: string,
  f: AnyFunction,
  outs: readonly Tensor[],
  numOut: number,
  holomorphic: boolean,
): void {
  const name = nameOf(f);
  if (numOut !== 1) {
    throw new ShapeError(
      "CT311",
      `${transform}: ${name} returned ${numOut} tensors, but it must return one scalar. Return further results with hasAux: true as [value, aux].`,
    );
  }
  const [value] = outs;
  if (value.ndim !== 0) {
    throw new ShapeError(
      "CT311",
      `${transform}: ${name} returned a tensor of shape [${value.shape}], but it must return a scalar. Reduce it (sum, mean), or use jacrev or vjp.`,
    );
  }
  if (holomorphic ? isComplex(value.dtype) : isFloat(value.dtype)) return;
  throw new DTypeError(
    "CT312",
    holomorphic
      ? `${transform}: ${name} returned ${value.dtype}, but with holomorphic: true the result must be complex.`
      : `${transform}: ${name} returned ${value.dtype}, but it must return a real floating-point number. ` +
          `${isComplex(value.dtype) ? "For a complex-differentiable function say holomorphic: true; else take its real part." : "Convert with astype."}`,
  );
}
