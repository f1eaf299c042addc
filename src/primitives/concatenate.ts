/** Putting tensors together along a dimension and taking them apart: concatenate and split, stack and unstack. */

import { type ShapedArray, sameShape } from "../core/aval.js";
import { f32, i32 } from "../core/avals.js";
import { param } from "../core/params.js";
import { defineMultiPrimitive, type MultiOut } from "../core/primitive.js";
import { LinearOperand, type Tensor } from "../core/tensor.js";
import { Either } from "../prelude/fp.js";
import { range, sum } from "../prelude/numbers.js";
import { alignBatch } from "./batched.js";
import { commonDtype, type Result, shapeError } from "./checks.js";
import { linearJvp, linearTranspose } from "./linear.js";

const always = (): boolean => true;
const isAxis = (axis: number, rank: number): boolean => Number.isInteger(axis) && axis >= 0 && axis < rank;
const withSize = (shape: readonly number[], axis: number, size: number): number[] =>
  shape.map((d, i) => (i === axis ? size : d));
const shapesText = (avals: readonly ShapedArray[]): string => avals.map((a) => `[${a.shape}]`).join(", ");

/** Of one dtype, with a shape; weak only when all are. */
const joined = (name: string, avals: readonly ShapedArray[], shape: readonly number[]): Result<MultiOut> =>
  Either.map((dtype: ShapedArray["dtype"]) => ({
    avals: [{ shape, dtype, weakType: avals.every((a) => a.weakType) }],
  }))(commonDtype(name, Object.fromEntries(avals.map((a, i) => [`operands[${i}]`, a])), "any"));

const shifted = (axis: number, dim: number): number => (axis < dim ? axis : axis + 1);

export const concatenateP = defineMultiPrimitive({
  name: "concatenate",
  doc: "The operands one after another along `dimension`.",
  params: { dimension: param.int },
  abstractEval(avals, { dimension }) {
    if (avals.length === 0) return shapeError("concatenate: got no operands. Give at least one.");
    const { shape, ndim } = avals[0];
    if (!isAxis(dimension, ndim)) {
      return shapeError(
        `concatenate: dimension is ${dimension}, but operand 'operands[0]' has shape [${shape}]. Use one of its dimensions.`,
      );
    }
    const fits = avals.every(
      (a) => a.ndim === ndim && sameShape(withSize(a.shape, dimension, 0), withSize(shape, dimension, 0)),
    );
    if (!fits) {
      return shapeError(
        `concatenate: the operands have shapes ${shapesText(avals)}. They must be equal except in dimension ${dimension}.`,
      );
    }
    return joined("concatenate", avals, withSize(shape, dimension, sum(avals.map((a) => a.shape[dimension]))));
  },
  jvp: (primals, tangents, p) => linearJvp(primals, tangents, always, (xs) => [concatenate(xs, p.dimension)]),
  transpose: (cts, args, { dimension }) =>
    linearTranspose(cts, args, ([ct]) => {
      const parts = split(
        ct,
        args.map((x) => x.shape[dimension]),
        dimension,
      );
      return args.map((x, i) => (x instanceof LinearOperand ? parts[i] : null));
    }),
  batching(args, dims, { dimension }, { size }) {
    const { xs, dim } = alignBatch(args, dims, size);
    return { outs: [concatenate(xs, shifted(dimension, dim))], dims: [dim] };
  },
  partialEval: "whole",
  dce: "whole",
  lower: ({ b }, args, { dimension }) => [args.length === 1 ? args[0] : b.concatenate(args, dimension)],
  samples: [
    { avals: [f32(2), f32(3)], params: { dimension: 0 } },
    { avals: [f32(2, 3), f32(2, 1), f32(2, 0)], params: { dimension: 1 } },
    { avals: [f32(2, 3)], params: { dimension: 0 } },
    { avals: [i32(2), i32(1)], params: { dimension: 0 } },
  ],
});
/** The tensors one after another along a dimension; a single one as it is. */
export const concatenate = (xs: readonly Tensor[], dimension: number): Tensor =>
  xs.length === 1 ? xs[0] : concatenateP.bind(xs, { dimension })[0];

export const splitP = defineMultiPrimitive({
  name: "split",
  doc: "Consecutive pieces of the given sizes along `axis`.",
  params: { axis: param.int, sizes: param.ints },
  abstractEval([x], { axis, sizes }) {
    if (!isAxis(axis, x.ndim))
      return shapeError(`split: axis is ${axis}, but operand 'x' has shape [${x.shape}]. Use one of its dimensions.`);
    if (sum(sizes) !== x.shape[axis] || !sizes.every((n) => Number.isInteger(n) && n >= 0)) {
      return shapeError(
        `split: dimension ${axis} of operand 'x' has size ${x.shape[axis]}, but sizes is [${sizes}]. They must add up to it.`,
      );
    }
    return Either.right({
      avals: sizes.map((n) => ({ shape: withSize(x.shape, axis, n), dtype: x.dtype, weakType: x.weakType })),
    });
  },
  jvp: (primals, tangents, p) => linearJvp(primals, tangents, always, ([x]) => split(x, p.sizes, p.axis)),
  transpose: (cts, args, { axis }) => linearTranspose(cts, args, (parts) => [concatenate(parts, axis)]),
  batching: ([x], [dim], { axis, sizes }) => ({
    outs: split(x, sizes, shifted(axis, dim as number)),
    dims: sizes.map(() => dim),
  }),
  partialEval: "whole",
  dce: "whole",
  lower({ b, avals: [x] }, [operand], { axis, sizes }) {
    let start = 0;
    return sizes.map((n) => {
      const piece = b.slice(
        operand,
        withSize(
          x.shape.map(() => 0),
          axis,
          start,
        ),
        withSize(x.shape, axis, start + n),
      );
      start += n;
      return piece;
    });
  },
  samples: [
    { avals: [f32(5)], params: { axis: 0, sizes: [2, 3] } },
    { avals: [f32(2, 4)], params: { axis: 1, sizes: [1, 0, 3] } },
    { avals: [f32(3)], params: { axis: 0, sizes: [3] } },
  ],
});
/** Consecutive pieces of x of the given sizes along an axis. */
export const split = (x: Tensor, sizes: readonly number[], axis: number): readonly Tensor[] =>
  splitP.bind([x], { axis, sizes });

export const stackP = defineMultiPrimitive({
  name: "stack",
  doc: "The operands, all of one shape, along a new dimension `axis`.",
  params: { axis: param.int },
  abstractEval(avals, { axis }) {
    if (avals.length === 0) return shapeError("stack: got no operands. Give at least one.");
    const { shape } = avals[0];
    if (!avals.every((a) => sameShape(a.shape, shape))) {
      return shapeError(`stack: the operands have shapes ${shapesText(avals)}. They must be equal.`);
    }
    if (!isAxis(axis, shape.length + 1)) {
      return shapeError(
        `stack: axis is ${axis}, but the result has rank ${shape.length + 1}. Use 0 to ${shape.length}.`,
      );
    }
    return joined("stack", avals, [...shape.slice(0, axis), avals.length, ...shape.slice(axis)]);
  },
  jvp: (primals, tangents, p) => linearJvp(primals, tangents, always, (xs) => [stack(xs, p.axis)]),
  transpose: (cts, args, { axis }) =>
    linearTranspose(cts, args, ([ct]) => {
      const parts = unstack(ct, axis);
      return args.map((x, i) => (x instanceof LinearOperand ? parts[i] : null));
    }),
  batching(args, dims, { axis }, { size }) {
    const { xs, dim } = alignBatch(args, dims, size);
    return axis <= dim ? { outs: [stack(xs, axis)], dims: [dim + 1] } : { outs: [stack(xs, axis + 1)], dims: [dim] };
  },
  partialEval: "whole",
  dce: "whole",
  lower({ b, avals: [x] }, args, { axis }) {
    const thin = [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)];
    const layers = args.map((a) => b.reshape(a, thin));
    return [layers.length === 1 ? layers[0] : b.concatenate(layers, axis)];
  },
  samples: [
    { avals: [f32(3), f32(3)], params: { axis: 1 } },
    { avals: [f32(), f32(), f32()], params: { axis: 0 } },
    { avals: [f32(2, 0)], params: { axis: 1 } },
  ],
});
/** The tensors along a new dimension. */
export const stack = (xs: readonly Tensor[], axis: number): Tensor => stackP.bind(xs, { axis })[0];

export const unstackP = defineMultiPrimitive({
  name: "unstack",
  doc: "The layers along dimension `axis`, each without it.",
  params: { axis: param.int },
  abstractEval([x], { axis }) {
    if (!isAxis(axis, x.ndim))
      return shapeError(`unstack: axis is ${axis}, but operand 'x' has shape [${x.shape}]. Use one of its dimensions.`);
    const layer = { shape: x.shape.filter((_, i) => i !== axis), dtype: x.dtype, weakType: x.weakType };
    return Either.right({ avals: range(x.shape[axis]).map(() => layer) });
  },
  jvp: (primals, tangents, p) => linearJvp(primals, tangents, always, ([x]) => unstack(x, p.axis)),
  transpose: (cts, args, { axis }) => linearTranspose(cts, args, (layers) => [stack(layers, axis)]),
  batching([x], [dim], { axis }) {
    const d = dim as number;
    const outs = unstack(x, shifted(axis, d));
    return { outs, dims: outs.map(() => (axis < d ? d - 1 : d)) };
  },
  partialEval: "whole",
  dce: "whole",
  lower({ b, avals: [x], outs }, [operand], { axis }) {
    const zeros = x.shape.map(() => 0);
    return outs.map((o, i) =>
      b.reshape(b.slice(operand, withSize(zeros, axis, i), withSize(x.shape, axis, i + 1)), o.shape),
    );
  },
  samples: [
    { avals: [f32(3)], params: { axis: 0 } },
    { avals: [f32(2, 3)], params: { axis: 1 } },
  ],
});
/** The layers of x along an axis, each without it. */
export const unstack = (x: Tensor, axis: number): readonly Tensor[] => unstackP.bind([x], { axis });
