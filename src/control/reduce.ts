/** Reductions with a computation of the user's: `reduce`. */
import { type ShapedArray, sameShape } from "../core/aval.js";
import type { ClosedJaxpr } from "../core/jaxpr.js";
import { param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { jvpFlat } from "../interpreters/jvp.js";
import { DTypeError, ShapeError, TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { normalizeAxes, prod, range } from "../prelude/numbers.js";
import { batchAt } from "../primitives/batched.js";
import type { Result } from "../primitives/checks.js";
import { pad } from "../primitives/padding.js";
import type { Monoid } from "../primitives/reducers.js";
import {
  checkAxes,
  reduceAnd,
  reduceMax,
  reduceMin,
  reduceOr,
  reduceProd,
  reduceSum,
  reduceXor,
} from "../primitives/reductions.js";
import { broadcastTo, reshape, squeeze, transpose } from "../primitives/shape.js";
import { slice } from "../primitives/slicing.js";
import { batchOneByOne, mapProgram, monoidOf, programComputation, reductionOperands } from "./scalar-program.js";
import type { Loose, Tensors } from "./types.js";

interface ReduceParams {
  readonly dimensions: readonly number[];
  readonly jaxpr: ClosedJaxpr;
}
const params = { dimensions: param.ints, jaxpr: param.jaxpr };

/** Checks operands and initial values, each half of `avals`. */
export function checkReduced(name: string, avals: readonly ShapedArray[]): Result<readonly ShapedArray[]> {
  const n = avals.length / 2;
  const xs = avals.slice(0, n);
  for (let i = 0; i < n; i++) {
    const init = avals[n + i];
    if (!sameShape(xs[i].shape, xs[0].shape)) {
      return Either.left(
        new ShapeError(
          "CT103",
          `${name}: operand 0 has shape [${xs[0].shape}], but operand ${i} has shape [${xs[i].shape}]. Reduced together, they must be equal.`,
        ),
      );
    }
    if (init.ndim !== 0) {
      return Either.left(
        new ShapeError("CT107", `${name}: initial value ${i} has shape [${init.shape}], but must be a scalar.`),
      );
    }
    if (init.dtype !== xs[i].dtype) {
      return Either.left(
        new DTypeError(
          "CT104",
          `${name}: operand ${i} is ${xs[i].dtype}, but its initial value is ${init.dtype}. Convert it with astype.`,
        ),
      );
    }
  }
  return Either.right(xs);
}

export const reduceP: DefinedMultiPrimitive<ReduceParams> = defineMultiPrimitive<typeof params>({
  name: "reduce",
  doc: "Combines all elements over `dimensions` with an associative program, of which the initial values are the identity.",
  params,
  abstractEval: (avals, { dimensions }) =>
    Either.chain((xs: readonly ShapedArray[]) =>
      Either.map(() => ({
        avals: xs.map((x, i) => ({
          shape: x.shape.filter((_, d) => !dimensions.includes(d)),
          dtype: x.dtype,
          weakType: x.weakType && avals[xs.length + i].weakType,
        })),
      }))(checkAxes("reduce", xs[0], dimensions)),
    )(checkReduced("reduce", avals)),
  jvp(primals, tangents, p) {
    const n = primals.length / 2;
    if (tangents.slice(n).some((t) => !(t instanceof Zero))) throw initialTangent("reduce");
    const inits = primals.slice(n);
    return jvpFlat(
      (...xs) => reduceTree(xs, inits, p),
      primals.slice(0, n),
      tangents.slice(0, n),
      "the tree of a reduce",
    );
  },
  transpose: "none",
  batching(args, dims, { dimensions, jaxpr }, { size }) {
    const n = args.length / 2;
    if (dims.slice(n).some((d) => d !== null)) return batchOneByOne(reduceP, args, dims, { dimensions, jaxpr }, size);
    const xs = args.slice(0, n).map((x, i) => batchAt(x, dims[i], 0, size));
    const outs = reduceP.bind([...xs, ...args.slice(n)], { dimensions: dimensions.map((d) => d + 1), jaxpr });
    return { outs, dims: outs.map(() => 0) };
  },
  partialEval: "whole",
  dce: "whole",
  lower(cx, args, { dimensions, jaxpr }) {
    const n = args.length / 2;
    return cx.b.reduce(args.slice(0, n), args.slice(n), dimensions, programComputation(cx, "reducer", jaxpr));
  },
  samples: [],
});

export const initialTangent = (name: string): TransformError =>
  new TransformError(
    "CT326",
    `${name}: the initial values depend on what is differentiated, but they are the identity of the computation, not operands. ` +
      "Combine such values with the result instead, or stop their gradient.",
  );

/** The same reduction by a tree of halves, which is differentiable as often as the program is. */
function reduceTree(xs: readonly Tensor[], inits: readonly Tensor[], { dimensions, jaxpr }: ReduceParams): Tensor[] {
  const kept = range(xs[0].ndim).filter((d) => !dimensions.includes(d));
  const shape = kept.map((d) => xs[0].shape[d]);
  const flat = [prod(dimensions.map((d) => xs[0].shape[d])), ...shape];
  if (flat[0] === 0) return inits.map((init) => broadcastTo(init, shape));
  let rows = xs.map((x) => reshape(transpose(x, [...dimensions, ...kept]), flat));
  for (let n = flat[0]; n > 1; n = rows[0].shape[0]) {
    const half = (n + 1) >> 1;
    const part = (start: number, limit: number): Tensor[] =>
      rows.map((x) =>
        slice(
          x,
          [start, ...shape.map(() => 0)],
          [limit, ...shape],
          flat.map(() => 1),
        ),
      );
    const head = part(0, half);
    const rest = part(half, n);
    const odd = [[0, n % 2, 0] as const, ...shape.map(() => [0, 0, 0] as const)];
    rows = mapProgram(jaxpr, [...head, ...(n % 2 === 0 ? rest : rest.map((x, i) => pad(x, inits[i], odd)))]);
  }
  return rows.map((x) => squeeze(x, [0]));
}

const monoids: Readonly<Record<Monoid, (x: Tensor, axes: readonly number[]) => Tensor>> = {
  sum: reduceSum,
  prod: reduceProd,
  max: reduceMax,
  min: reduceMin,
  and: reduceAnd,
  or: reduceOr,
  xor: reduceXor,
};

/**
 * Combines the elements of `operands` (a tree of tensors of one shape) over `dimensions`. `computation` combines two
 * trees of scalars like `operands`; it must be associative, and `initValues` its identity. A computation that is one
 * of add, mul, max, min, and, or, xor becomes that reduction.
 */
export function reduce<T>(
  operands: T,
  initValues: Loose<T>,
  computation: (x: Tensors<T>, y: Tensors<T>) => Loose<T>,
  dimensions: readonly number[],
): Tensors<T> {
  const { xs, inits, treedef, jaxpr } = reductionOperands("lax.reduce", operands, initValues, computation);
  const axes = normalizeAxes(dimensions, xs[0]?.ndim ?? 0, "lax.reduce");
  const monoid = monoidOf(jaxpr, inits);
  const outs =
    monoid === undefined
      ? reduceP.bind([...xs, ...inits], { dimensions: axes, jaxpr })
      : [monoids[monoid](xs[0], axes)];
  return treedef.unflatten(outs) as Tensors<T>;
}
