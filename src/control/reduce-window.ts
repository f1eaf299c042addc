/** Windows combined, and selected from, with computations of the user's. */
import { ShapedArray } from "../core/aval.js";
import { isInexact } from "../core/dtype.js";
import { type ClosedJaxpr, JaxprCache } from "../core/jaxpr.js";
import { param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import { type Tensor, Zero } from "../core/tensor.js";
import { evalClosed } from "../interpreters/eval-jaxpr.js";
import { jvpJaxpr } from "../interpreters/jvp.js";
import { stage } from "../interpreters/staging.js";
import { instantiate } from "../interpreters/zeros.js";
import { TransformError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { alignBatch, batchAt } from "../primitives/batched.js";
import { zerosLike } from "../primitives/fill.js";
import { reduceWindowMax, reduceWindowMin, reduceWindowSum } from "../primitives/window.js";
import {
  batchedWindow,
  hloWindow,
  type PlainWindow,
  plainWindowParams,
  undilated,
  type Window,
  windowedShape,
  windowOf,
  windowParams,
} from "../primitives/window-geometry.js";
import { structure } from "../tree/index.js";
import { flattenTensors } from "./arguments.js";
import { checkReduced, initialTangent } from "./reduce.js";
import { batchOneByOne, monoidOf, programComputation, reductionOperands, scalarProgram } from "./scalar-program.js";
import type { Loose, TensorLeaf, Tensors } from "./types.js";

type ReduceWindowParams = Window & { readonly jaxpr: ClosedJaxpr };
const reduceWindowParams = { ...windowParams, consts: param.fixed("()"), jaxpr: param.jaxpr };

export const reduceWindowP: DefinedMultiPrimitive<ReduceWindowParams> = defineMultiPrimitive<typeof reduceWindowParams>(
  {
    name: "reduce_window",
    doc: "Combines the elements of each window with an associative program, of which the initial values are the identity.",
    params: reduceWindowParams,
    abstractEval: (avals, window) =>
      Either.chain((xs: readonly ShapedArray[]) =>
        Either.map((shape: number[]) => ({ avals: xs.map((x) => ({ shape, dtype: x.dtype, weakType: false })) }))(
          windowedShape("reduce_window", xs[0], window),
        ),
      )(checkReduced("reduce_window", avals)),
    jvp(primals, tangents, { jaxpr, ...window }) {
      const n = primals.length / 2;
      if (tangents.slice(n).some((t) => !(t instanceof Zero))) throw initialTangent("reduce_window");
      const [xs, inits] = [primals.slice(0, n), primals.slice(n)];
      // Windows of duals: the program's own derivative combines them.
      const inexact = xs.map((x) => isInexact(x.dtype));
      const ts = tangents
        .slice(0, n)
        .filter((_, i) => inexact[i])
        .map(instantiate);
      const zeros = inits.filter((_, i) => inexact[i]).map((v) => zerosLike(v.aval.strengthen()));
      const outs = reduceWindowP.bind([...xs, ...ts, ...inits, ...zeros], {
        ...windowOf(window),
        jaxpr: dualProgram(jaxpr, inexact),
      });
      let k = n;
      return {
        outs: outs.slice(0, n),
        tangents: xs.map((_, i) => (inexact[i] ? outs[k++] : new Zero(outs[i].aval.tangent()))),
      };
    },
    transpose: "none",
    batching(args, dims, p, { size }) {
      const n = args.length / 2;
      if (dims.slice(n).some((d) => d !== null)) return batchOneByOne(reduceWindowP, args, dims, { ...p }, size);
      const xs = args.slice(0, n).map((x, i) => batchAt(x, dims[i], 0, size));
      const outs = reduceWindowP.bind([...xs, ...args.slice(n)], { ...batchedWindow(p, 0), jaxpr: p.jaxpr });
      return { outs, dims: outs.map(() => 0) };
    },
    partialEval: "whole",
    dce: "whole",
    lower(cx, args, { jaxpr, ...window }) {
      const n = args.length / 2;
      return cx.b.reduceWindow(
        args.slice(0, n),
        args.slice(n),
        hloWindow(window),
        programComputation(cx, "window_reducer", jaxpr),
      );
    },
    samples: [],
  },
);

const duals = new JaxprCache<ClosedJaxpr>();

/** The program on primals and tangents of one tree, then of the other; tangents of the inexact operands only. */
const dualProgram = (jaxpr: ClosedJaxpr, inexact: readonly boolean[]): ClosedJaxpr =>
  duals.get(jaxpr, `${inexact}`, () => {
    const n = inexact.length;
    const { jaxpr: jvp } = jvpJaxpr(jaxpr, [...inexact, ...inexact], inexact);
    const avals = jaxpr.inAvals.slice(0, n);
    const half = [...avals, ...avals.filter((_, i) => inexact[i])];
    return stage(
      (...args) => {
        const [a, b] = [args.slice(0, half.length), args.slice(half.length)];
        return evalClosed(jvp, [...a.slice(0, n), ...b.slice(0, n), ...a.slice(n), ...b.slice(n)]);
      },
      [...half, ...half],
      "a reducer of duals",
    );
  });

/**
 * Combines the elements of each window of `operands` (a tree of tensors of one shape) with `computation`, which must be
 * associative, with `initValues` its identity. add, max and min become reductions that can be differentiated backwards.
 */
export function reduceWindow<T>(
  operands: T,
  initValues: Loose<T>,
  computation: (x: Tensors<T>, y: Tensors<T>) => Loose<T>,
  window: Window,
): Tensors<T> {
  const { xs, inits, treedef, jaxpr } = reductionOperands("lax.reduceWindow", operands, initValues, computation);
  const monoid = monoidOf(jaxpr, inits);
  const simple = { sum: reduceWindowSum, max: reduceWindowMax, min: reduceWindowMin };
  const outs =
    monoid === "sum" || monoid === "max" || monoid === "min"
      ? [simple[monoid](xs[0], window)]
      : reduceWindowP.bind([...xs, ...inits], { ...windowOf(window), jaxpr });
  return treedef.unflatten(outs) as Tensors<T>;
}

type SelectAndScatterParams = PlainWindow & { readonly scatterJaxpr: ClosedJaxpr; readonly selectJaxpr: ClosedJaxpr };
const selectAndScatterParams = {
  ...plainWindowParams,
  scatterConsts: param.fixed("()"),
  scatterJaxpr: param.jaxpr,
  selectConsts: param.fixed("()"),
  selectJaxpr: param.jaxpr,
};

export const selectAndScatterP: DefinedMultiPrimitive<SelectAndScatterParams> = defineMultiPrimitive<
  typeof selectAndScatterParams
>({
  name: "select_and_scatter",
  doc: "The initial value everywhere, with which each element of the source is combined where its window of the operand selects.",
  params: selectAndScatterParams,
  abstractEval: ([operand, source, init], window) =>
    Either.chain(() =>
      Either.chain((places: number[]) =>
        Either.map(() => ({ avals: [operand.strengthen()] }))(
          checkReduced("select_and_scatter", [source, new ShapedArray(places, operand.dtype), init, init]),
        ),
      )(windowedShape("select_and_scatter", operand, undilated(window))),
    )(checkReduced("select_and_scatter", [operand, init])),
  jvp() {
    throw new TransformError(
      "CT326",
      "select_and_scatter: there is no derivative for a computation of one's own. " +
        "The gradients of reduceWindow with max or min select and add, and are differentiable.",
    );
  },
  transpose: "none",
  batching(args, dims, p, { size }) {
    if (dims[2] !== null) return batchOneByOne(selectAndScatterP, args, dims, { ...p }, size);
    const { xs, dim } = alignBatch(args.slice(0, 2), dims.slice(0, 2), size);
    const { padding, windowDimensions, windowStrides } = batchedWindow(undilated(p), dim);
    const outs = selectAndScatterP.bind([...xs, args[2]], { ...p, padding, windowDimensions, windowStrides });
    return { outs, dims: [dim] };
  },
  partialEval: "whole",
  dce: "whole",
  lower(cx, [operand, source, init], p) {
    const select = programComputation(cx, "select", p.selectJaxpr);
    const scatter = programComputation(cx, "scatter", p.scatterJaxpr);
    return [cx.b.selectAndScatter(operand, source, init, hloWindow(undilated(p)), select, scatter)];
  },
  samples: [],
});

/**
 * `initValue` everywhere, combined by `scatter` with each element of `source` where `select` chooses from its window of
 * `operand`: `select(x, y)` says whether x is kept rather than y.
 */
export function selectAndScatter(
  operand: Tensor,
  select: (x: Tensor, y: Tensor) => TensorLeaf,
  window: PlainWindow,
  source: Tensor,
  initValue: TensorLeaf,
  scatter: (x: Tensor, y: Tensor) => TensorLeaf,
): Tensor {
  const where = "lax.selectAndScatter";
  const { inits, jaxpr } = reductionOperands(where, operand, initValue, scatter);
  const scalar = new ShapedArray([], operand.dtype);
  const { treedef } = flattenTensors(operand, where);
  const selectJaxpr = scalarProgram(select, structure([operand, operand]), [scalar, scalar], where, "select", treedef, [
    new ShapedArray([], "bool"),
  ]);
  return selectAndScatterP.bind([operand, source, inits[0]], { ...window, selectJaxpr, scatterJaxpr: jaxpr })[0];
}
