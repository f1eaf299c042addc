import type { Tensor } from "../core/tensor.js";
import { Zero } from "../core/tensor.js";
import { evalClosed } from "../interpreters/eval-jaxpr.js";
import { jvpFlat } from "../interpreters/jvp.js";
import { linearizeFlat } from "../interpreters/linearize.js";
import { instantiate, isZero } from "../interpreters/zeros.js";
import { ArgumentError } from "../prelude/errors.js";
import { checkOptions, describeType } from "../prelude/options.js";
import { AuxResult } from "./aux-result.js";
import { checkFunction, describe, FlatFunction, flattenDifferentiable, nameOf } from "./flat.js";
import { checkTangents, tangentKind } from "./tangents.js";
import type { AnyFunction, LooseArgs, Tensors } from "./types.js";

export interface JvpOptions<Aux extends boolean = boolean> {
  /** The function returns `[value, aux]`; aux is passed through, not differentiated. */
  readonly hasAux?: Aux;
}

type JvpResult<R, Aux> = Aux extends true
  ? R extends readonly [infer V, infer A]
    ? [Tensors<V>, Tensors<V>, Tensors<A>]
    : [unknown, unknown, unknown]
  : [Tensors<R>, Tensors<R>];

/**
 * Pushes tangents forwards: the value of `f` and its directional derivative, by forward-mode differentiation.
 *
 * @param primals the arguments of `f`, as a list
 * @param tangents one tangent for each primal, of the same structure, shapes and dtypes
 * @returns `[out, tangentOut]`; with `hasAux` `[out, tangentOut, aux]`
 * @throws TransformError CT314, ShapeError CT315, DTypeError CT316 when tangents do not match their primals
 * @example
 * const [y, dy] = jvp((x: Tensor) => x.mul(x), [3], [1]);
 * [y.item(), dy.item()]; // [9, 6]
 */
export function jvp<F extends AnyFunction, Aux extends boolean = false>(
  f: F,
  primals: LooseArgs<Parameters<F>>,
  tangents: LooseArgs<Parameters<F>>,
  options: JvpOptions<Aux> = {},
): JvpResult<ReturnType<F>, Aux> {
  checkFunction("jvp", f);
  checkOptions("jvp", options, ["hasAux"]);
  for (const [name, list] of [
    ["primals", primals],
    ["tangents", tangents],
  ] as const) {
    if (!Array.isArray(list)) {
      throw new ArgumentError(
        "CT003",
        `jvp: ${name} must be the list of ${nameOf(f)}'s arguments, but it is ${describeType(list)}.`,
      );
    }
  }
  const { leaves, treedef } = flattenDifferentiable(primals, "jvp: a primal");
  const ts = checkTangents("jvp", tangentKind, tangents, treedef, leaves);
  const flat = new FlatFunction("jvp", f, (xs) => treedef.unflatten(xs) as unknown[]);
  const aux = options.hasAux ? new AuxResult("jvp", flat) : null;
  const dual = jvpFlat(aux ? aux.call : flat.call, leaves, ts, describe("jvp", f));
  const source = aux ?? flat;
  const n = aux ? aux.numOut : dual.outs.length;
  const out = source.rebuildOut(dual.outs.slice(0, n));
  const tangentOut = source.rebuildOut(dual.tangents.slice(0, n).map(instantiate));
  return (aux ? [out, tangentOut, aux.rebuild(dual.outs.slice(n))] : [out, tangentOut]) as never;
}

/**
 * The value of `f` at the primals and its linear approximation there: a function from tangents of the arguments to the
 * tangent of the result, which can be called many times without evaluating `f` again.
 *
 * @returns `[out, fJvp]`
 * @example
 * const [y, dy] = linearize((x: Tensor) => x.mul(x), 3);
 * [y.item(), dy(1).item(), dy(2).item()]; // [9, 6, 12]
 */
export function linearize<F extends AnyFunction>(
  f: F,
  ...primals: LooseArgs<Parameters<F>>
): [Tensors<ReturnType<F>>, (...tangents: LooseArgs<Parameters<F>>) => Tensors<ReturnType<F>>] {
  checkFunction("linearize", f);
  const { leaves, treedef } = flattenDifferentiable(primals, "linearize: a primal");
  const flat = new FlatFunction("linearize", f, (xs) => treedef.unflatten(xs) as unknown[]);
  const { outs, program, nonzeroOut } = linearizeFlat(flat.call, leaves, describe("linearize", f));
  const avals = outs.map((x) => x.aval.tangent());
  const fJvp = (...tangents: unknown[]): unknown => {
    const ts = checkTangents("linearize", tangentKind, tangents, treedef, leaves);
    const results = evalClosed(
      program,
      ts.filter((t): t is Tensor => !isZero(t)),
    );
    let k = 0;
    return flat.rebuildOut(nonzeroOut.map((nz, i) => (nz ? results[k++] : instantiate(new Zero(avals[i])))));
  };
  return [flat.rebuildOut(outs), fJvp] as never;
}
