/**
 * How scatters are differentiated. Cotangents of updates are gathered back from where the updates went. Where
 * several updates meet at one element, one of them wins a plain scatter, and equal winners share a least or greatest.
 */
import { LinearOperand, type Tensor, Zero } from "../core/tensor.js";
import { TransformError } from "../prelude/errors.js";
import { prod } from "../prelude/numbers.js";
import { add, addAny, div, mul, neg } from "./arithmetic.js";
import { eq } from "./comparison.js";
import { full, onesLike, zerosLike } from "./fill.js";
import { type GatherOptions, gather } from "./gather.js";
import { inverseGather, windowSizes } from "./gather-dims.js";
import { iota } from "./iota.js";
import { instantiate, linearJvp, linearTranspose, zeroTangent } from "./linear.js";
import {
  type ScatterParams,
  type ScatterPrimitive,
  type ScatterRules,
  scatter,
  scatterAdd,
  scatterMul,
} from "./scatter.js";
import { select } from "./select.js";
import { broadcastInDim, reshape } from "./shape.js";

type Args = readonly (Tensor | LinearOperand)[];

/** Reads from `from` the windows that updates of this shape go to. */
function readBack(
  from: Tensor,
  indices: Tensor,
  updates: readonly number[],
  p: ScatterParams,
  options: GatherOptions,
): Tensor {
  const d = p.dimensionNumbers;
  return gather(from, indices, inverseGather(d), windowSizes(d, from.ndim, updates), options);
}

/** The cotangent of updates: what the windows got, and nothing for windows that were dropped. */
const updatesCotangent = (ct: Tensor, args: Args, p: ScatterParams): Tensor =>
  readBack(ct, args[1] as Tensor, args[2].shape, p, { mode: p.mode, fillValue: 0 });

const withoutSymbolicZeros = (tangents: readonly (Tensor | Zero)[]): boolean =>
  tangents[0] instanceof Zero && tangents[2] instanceof Zero;

/** scatter-add and scatter-sub: jointly linear in operand and updates. */
export const additive = (primitive: () => ScatterPrimitive, sign: 1 | -1): ScatterRules => ({
  jvp: (primals, tangents, p) =>
    linearJvp(
      primals,
      tangents,
      (i) => i !== 1,
      (xs) => primitive().bind(xs, p),
    ),
  transpose: (cts, args, p) =>
    linearTranspose(cts, args, ([ct]) => {
      let updatesCt: Tensor | null = null;
      if (args[2] instanceof LinearOperand) {
        updatesCt = updatesCotangent(ct, args, p);
        if (sign === -1) updatesCt = neg(updatesCt);
      }
      return [args[0] instanceof LinearOperand ? ct : null, null, updatesCt];
    }),
});

const needsUnique = (name: string): TransformError =>
  new TransformError(
    "CT332",
    `${name}: its derivative needs indices that are promised to be unique. Pass uniqueIndices: true if no element is updated twice.`,
  );

/** scatter-mul: linear in the operand; in the updates only where each element has at most one. */
export const multiplicative: ScatterRules = {
  jvp([x, indices, updates], [t, , updatesT], p) {
    const apply = (operand: Tensor): Tensor => scatterMul(operand, indices, updates, p.dimensionNumbers, p);
    const y = apply(x);
    const fromX = t instanceof Zero ? undefined : apply(t);
    if (updatesT instanceof Zero) return { outs: [y], tangents: [fromX ?? zeroTangent(y)] };
    if (!p.uniqueIndices) throw needsUnique("scatter-mul");
    const fromUpdates = mul(x, scatterAdd(zerosLike(x), indices, updatesT, p.dimensionNumbers, p));
    return { outs: [y], tangents: [fromX ? addAny(fromX, fromUpdates) : fromUpdates] };
  },
  transpose: (cts, args, p) =>
    linearTranspose(cts, args, ([ct]) => {
      if (args[2] instanceof LinearOperand) {
        if (!p.uniqueIndices) throw needsUnique("scatter-mul");
        return [null, null, updatesCotangent(mul(ct, args[0] as Tensor), args, p)];
      }
      return [scatterMul(ct, args[1] as Tensor, args[2] as Tensor, p.dimensionNumbers, p), null, null];
    }),
};

/** scatter: linear, once it is known which update of an element wins. */
export const replacing: ScatterRules = {
  jvp(primals, tangents, p) {
    const [x, indices, updates] = primals;
    const d = p.dimensionNumbers;
    if (withoutSymbolicZeros(tangents) || p.uniqueIndices) {
      return linearJvp(
        primals,
        tangents,
        (i) => i !== 1,
        ([a, b, c]) => [scatter(a, b, c, d, p)],
      );
    }
    // Scatter a number for each window, read the numbers back, and see who won. What lost is set to zero,
    // after which adding is the same as replacing, and has a transpose.
    const windows = updates.shape.map((n, i) => (d.updateWindowDims.includes(i) ? 1 : n));
    const count = prod(windows);
    const idType = count < 2 ** 32 ? "uint32" : "uint64";
    const numbers = reshape(iota(idType, [count]), windows);
    const ids = add(spread(numbers, updates.shape), full(updates.shape, 1, idType));
    const winners = scatter(full(x.shape, 0, idType), indices, ids, d, p);
    const readWinners = readBack(winners, indices, updates.shape, p, {});
    const keep = (operand: Tensor): Tensor => select(eq(winners, zerosLike(winners)), operand, zerosLike(operand));
    const win = (news: Tensor): Tensor => select(eq(ids, readWinners), news, zerosLike(news));
    const [kept, won] = [keep(x), win(updates)];
    const [keptT, wonT] = [keep(instantiate(tangents[0])), win(instantiate(tangents[2]))];
    return { outs: [scatterAdd(kept, indices, won, d, p)], tangents: [scatterAdd(keptT, indices, wonT, d, p)] };
  },
  transpose: (cts, args, p) =>
    linearTranspose(cts, args, ([ct]) => {
      if (!p.uniqueIndices) throw needsUnique("scatter");
      const [x, indices, updates] = args;
      const blank = (): Tensor => zerosLike({ shape: updates.shape, dtype: ct.dtype });
      return [
        x instanceof LinearOperand ? scatter(ct, indices as Tensor, blank(), p.dimensionNumbers, p) : null,
        null,
        updates instanceof LinearOperand ? updatesCotangent(ct, args, p) : null,
      ];
    }),
};

const spread = (x: Tensor, shape: readonly number[]): Tensor =>
  broadcastInDim(
    x,
    shape,
    shape.map((_, i) => i),
  );

/** scatter-min and scatter-max: the tangent of an element is the mean of those of all values that equal the result. */
export const extremal = (primitive: () => ScatterPrimitive): ScatterRules => ({
  transpose: "none",
  jvp(primals, tangents, p) {
    const [x, indices, updates] = primals;
    const d = p.dimensionNumbers;
    const y = primitive().bind(primals, p)[0];
    if (withoutSymbolicZeros(tangents)) return { outs: [y], tangents: [zeroTangent(y)] };
    const [t, updatesT] = [instantiate(tangents[0]), instantiate(tangents[2])];
    // Counting must clip where the scatter does.
    const clip = p.mode === "clip";
    const read = (from: Tensor): Tensor =>
      readBack(from, indices, updates.shape, p, { mode: clip ? "clip" : "promise_in_bounds" });
    const total = (news: () => Tensor): Tensor => {
      const zeros = zerosLike(x);
      return read(scatterAdd(zeros, indices, news(), d, { mode: clip ? "clip" : "fill_or_drop" }));
    };

    const [old, result] = [read(x), read(y)];
    const won = eq(updates, result);
    const stayed = eq(old, result);
    const winners = total(() => select(won, onesLike(updates), zerosLike(updates)));
    const candidates = total(() => onesLike(updates));
    const shareIfStayed = (): Tensor => div(1, add(winners, 1));
    const share = select(stayed, shareIfStayed(), div(1, winners));
    const updateShare = select(won, share, zerosLike(updates));
    // The operand's own part is corrected by each update that touches it, so each makes an equal part of the correction.
    const operandShare = select(stayed, shareIfStayed(), zerosLike(winners));
    const correction = div(add(-1, operandShare), candidates);
    const news = add(mul(read(t), correction), mul(updatesT, updateShare));
    return { outs: [y], tangents: [scatterAdd(t, indices, news, d, p)] };
  },
});
