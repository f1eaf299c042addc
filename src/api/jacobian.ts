import { hostArray } from "../../xla-like/index.js";
import { fromHost } from "../core/device-tensor.js";
import { isComplex, isFloat, isInexact } from "../core/dtype.js";
import { writeElement } from "../core/elements.js";
import type { Tensor } from "../core/tensor.js";
import { batchFlat, materialize } from "../interpreters/batching.js";
import { jvpFlat } from "../interpreters/jvp.js";
import { linearizeFlat } from "../interpreters/linearize.js";
import { instantiate } from "../interpreters/zeros.js";
import { DTypeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import { moveAxis, reshape } from "../primitives/shape.js";
import { slice } from "../primitives/slicing.js";
import { checkFunction, describe, named } from "./flat.js";
import { pullback } from "./pullback.js";
import { selectArguments } from "./selected-arguments.js";
import type { AnyFunction, LooseArgs } from "./types.js";

export interface JacobianOptions {
  /** The argument to differentiate with respect to, or several of them. */
  readonly argnums?: number | readonly number[];
  /** The function returns `[value, aux]`; the result is `[jacobian, aux]`. */
  readonly hasAux?: boolean;
  /** The function is complex-differentiable. */
  readonly holomorphic?: boolean;
}

const optionNames = ["argnums", "hasAux", "holomorphic"];

// biome-ignore lint/suspicious/noExplicitAny: a tree of trees; which, depends on the function and on argnums.
type JacobianOf<F extends AnyFunction> = (...args: LooseArgs<Parameters<F>>) => any;

/** What both modes need: the function of its selected arguments, flat, and how results are put together. */
interface Setup {
  readonly leaves: readonly Tensor[];
  readonly run: (...xs: Tensor[]) => readonly Tensor[];
  readonly description: string;
  /** The tree of results, of trees of arguments, of `blocks[out][in]`. */
  assemble(blocks: readonly (readonly Tensor[])[], numOut: number, aux: readonly Tensor[]): unknown;
  numOut(total: number): number;
}

function setUp(transform: string, f: AnyFunction, options: JacobianOptions, args: readonly unknown[]): Setup {
  const { leaves, run, flat, aux, rebuild } = selectArguments(transform, f, options, args);
  checkDtypes(transform, "argument", leaves, options);
  return {
    leaves,
    run,
    description: describe(transform, f),
    numOut: (total) => aux?.numOut ?? total,
    assemble(blocks, numOut, auxLeaves) {
      const jacobian = (aux ?? flat).rebuildOut(blocks.slice(0, numOut).map(rebuild));
      return aux ? [jacobian, aux.rebuild(auxLeaves)] : jacobian;
    },
  };
}

function checkDtypes(transform: string, what: string, xs: readonly Tensor[], { holomorphic }: JacobianOptions): void {
  for (const x of xs) {
    if (holomorphic ? isComplex(x.dtype) : isInexact(x.dtype)) continue;
    throw new DTypeError(
      what === "argument" ? "CT310" : "CT312",
      `${transform}: ${what === "argument" ? "an argument" : "a result"} is ${x.dtype}, but it must be ${holomorphic ? "complex with holomorphic: true" : "floating-point"}. Convert it with astype.`,
    );
  }
}

/** For each leaf of n elements, out of N in all, the N unit tangents as one [N, ...shape] tensor. */
function unitBasis(
  xs: readonly { readonly shape: readonly number[]; readonly dtype: Tensor["dtype"]; readonly size: number }[],
): Tensor[] {
  const total = xs.reduce((n, x) => n + x.size, 0);
  let offset = 0;
  return xs.map((x) => {
    const data = hostArray(x.dtype, total * x.size);
    for (let i = 0; i < x.size; i++) writeElement(data, (offset + i) * x.size + i, x.dtype, 1);
    offset += x.size;
    return fromHost(data, [total, ...x.shape], x.dtype);
  });
}

/** The pieces of a leading axis that belong to each leaf. */
function splitLeading(x: Tensor, sizes: readonly number[]): Tensor[] {
  let start = 0;
  return sizes.map((n) => {
    const piece = slice(x, [start, ...x.shape.slice(1).map(() => 0)], [start + n, ...x.shape.slice(1)]);
    start += n;
    return piece;
  });
}

/**
 * The Jacobian by forward mode, one column at a time (all at once, by vmap): fit for few inputs and many outputs.
 *
 * @returns a function of the same arguments; for each result and each selected argument a tensor of shape
 *   `[...result.shape, ...argument.shape]`, in the tree of results of the tree of arguments
 * @throws DTypeError CT310 for integer arguments, or complex ones without `holomorphic`
 * @example
 * jacfwd((x: Tensor) => x.mul(x))(np.array([1, 2])).js(); // [[2, 0], [0, 4]]
 */
export function jacfwd<F extends AnyFunction>(f: F, options: JacobianOptions = {}): JacobianOf<F> {
  checkFunction("jacfwd", f);
  checkOptions("jacfwd", options, optionNames);
  const jacobian = (...args: unknown[]): unknown => {
    const setup = setUp("jacfwd", f, options, args);
    const { leaves, run, description } = setup;
    if (!options.holomorphic) {
      for (const x of leaves) if (!isFloat(x.dtype)) checkDtypes("jacfwd", "argument", [x], { holomorphic: false });
    }
    const basis = unitBasis(leaves);
    const size = leaves.reduce((n, x) => n + x.size, 0);
    let values: readonly Tensor[] = [];
    const { outs, dims } = batchFlat(
      (...tangents) => {
        const dual = jvpFlat(run, leaves, tangents, description);
        values = dual.outs;
        return dual.tangents.slice(0, setup.numOut(dual.outs.length)).map(instantiate);
      },
      basis,
      basis.map(() => 0),
      { size, name: null },
      description,
    );
    const numOut = outs.length;
    const blocks = outs.map((t, i) =>
      splitLeading(
        materialize(t, dims[i], 0, size),
        leaves.map((x) => x.size),
      ).map((piece, j) => {
        const last = moveAxis(piece, 0, piece.ndim - 1);
        return reshape(last, [...last.shape.slice(0, -1), ...leaves[j].shape]);
      }),
    );
    return setup.assemble(blocks, numOut, values.slice(numOut));
  };
  return named(jacobian, `jacfwd(${f.name})`) as never;
}

/**
 * The Jacobian by reverse mode, one row at a time (all at once, by vmap): fit for many inputs and few outputs.
 *
 * @returns as {@link jacfwd}
 * @throws DTypeError CT310 for integer arguments, CT312 for results that are not floating-point
 * @example
 * jacrev((x: Tensor) => x.mul(x))(np.array([1, 2])).js(); // [[2, 0], [0, 4]]
 */
export function jacrev<F extends AnyFunction>(f: F, options: JacobianOptions = {}): JacobianOf<F> {
  checkFunction("jacrev", f);
  checkOptions("jacrev", options, optionNames);
  const jacobian = (...args: unknown[]): unknown => {
    const setup = setUp("jacrev", f, options, args);
    const { leaves, run, description } = setup;
    let numOut = 0;
    const { outs, program, nonzeroOut } = linearizeFlat(run, leaves, description, (total) => {
      numOut = setup.numOut(total);
      return numOut;
    });
    const results = outs.slice(0, numOut);
    checkDtypes("jacrev", "result", results, options);
    const basis = unitBasis(results);
    const size = results.reduce((n, x) => n + x.size, 0);
    const batched = batchFlat(
      (...cts) => pullback(program, leaves, nonzeroOut, cts).map(instantiate),
      basis,
      basis.map(() => 0),
      { size, name: null },
      description,
    );
    const columns = batched.outs.map((ct, j) =>
      splitLeading(
        materialize(ct, batched.dims[j], 0, size),
        results.map((x) => x.size),
      ).map((piece, i) => reshape(piece, [...results[i].shape, ...leaves[j].shape])),
    );
    return setup.assemble(
      results.map((_, i) => columns.map((c) => c[i])),
      numOut,
      outs.slice(numOut),
    );
  };
  return named(jacobian, `jacrev(${f.name})`) as never;
}

/**
 * The Hessian of a function: forward mode over reverse mode. For a scalar function of one tensor the result has shape
 * `[...x.shape, ...x.shape]`; over trees it is a tree of trees.
 *
 * @example
 * hessian((x: Tensor) => x.mul(x).mul(x).sum())(np.array([1, 2])).js(); // [[6, 0], [0, 12]]
 */
export function hessian<F extends AnyFunction>(f: F, options: JacobianOptions = {}): JacobianOf<F> {
  checkFunction("hessian", f);
  checkOptions("hessian", options, optionNames);
  return jacfwd(jacrev(f, options) as F, options);
}
