/** The matrix product with numpy's broadcasting, as one dot_general. */
import type { Tensor } from "../core/tensor.js";
import { ShapeError } from "../prelude/errors.js";
import { range } from "../prelude/numbers.js";
import { type DotOptions, dotGeneral } from "./dot.js";
import { expandDims, squeeze, transpose } from "./shape.js";

interface Side {
  /** Leading dimensions of size 1 that go before the contraction. */
  readonly squeezed: number[];
  /** The batch dimensions of what is left. */
  readonly batch: number[];
  /** Where in the result its dimensions that are neither batch nor contracting stand. */
  readonly free: number[];
}

/**
 * The matrix product over the last two dimensions. A vector is a matrix of one row or column that is dropped again;
 * leading dimensions broadcast. Nothing is repeated for that: a leading dimension that only one operand has, or has
 * with a size other than 1, is a free dimension of the contraction.
 */
export function matmul(lhs: Tensor, rhs: Tensor, options: DotOptions = {}): Tensor {
  if (lhs.ndim === 0 || rhs.ndim === 0) {
    throw new ShapeError(
      "CT103",
      `matmul: operand '${lhs.ndim === 0 ? "lhs" : "rhs"}' is a scalar. Both must have rank 1 at least; multiply by scalars with mul.`,
    );
  }
  const leading = Math.max(lhs.ndim - 2, rhs.ndim - 2, 0);
  const sizeAt = (z: Tensor, i: number): number | undefined => {
    const own = Math.max(z.ndim - 2, 0);
    return i < leading - own ? undefined : z.shape[i - (leading - own)];
  };
  const x: Side = { squeezed: [], batch: [], free: [] };
  const y: Side = { squeezed: [], batch: [], free: [] };
  const batch: number[] = [];
  const sizeOne: number[] = [];
  const drop = (side: Side): void => {
    side.squeezed.push(batch.length + side.free.length + side.squeezed.length);
  };
  for (let i = 0; i < leading; i++) {
    const [m, n] = [sizeAt(lhs, i), sizeAt(rhs, i)];
    if (m === undefined) y.free.push(i);
    else if (n === undefined) x.free.push(i);
    else if (m === 1 && n === 1) {
      drop(x);
      drop(y);
      sizeOne.push(i);
    } else if (m === 1) {
      drop(x);
      y.free.push(i);
    } else if (n === 1) {
      drop(y);
      x.free.push(i);
    } else if (m === n) {
      x.batch.push(batch.length + x.free.length);
      y.batch.push(batch.length + y.free.length);
      batch.push(i);
    } else {
      throw new ShapeError(
        "CT103",
        `matmul: leading dimensions of shapes [${lhs.shape}] and [${rhs.shape}] do not broadcast: ${m} against ${n}. ` +
          "They must be equal, or 1, or missing.",
      );
    }
  }
  const places = [
    ...batch,
    ...x.free,
    ...(lhs.ndim > 1 ? [leading] : []),
    ...y.free,
    ...(rhs.ndim > 1 ? [leading + 1] : []),
  ];
  const [a, b] = [squeeze(lhs, x.squeezed), squeeze(rhs, y.squeezed)];
  const contracting = [[a.ndim - 1], [b.ndim - (rhs.ndim > 1 ? 2 : 1)]] as const;
  const product = dotGeneral(a, b, [contracting, [x.batch, y.batch]], options);
  const kept = transpose(
    product,
    range(places.length).sort((i, j) => places[i] - places[j]),
  );
  return sizeOne.length === 0 ? kept : expandDims(kept, sizeOne);
}
