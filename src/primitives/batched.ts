/** Helpers for batching rules. */
import type { Tensor } from "../core/tensor.js";
import { range } from "../prelude/numbers.js";
import { broadcastInDim, moveAxis } from "./shape.js";

/** x with its batch dimension at `to`, repeated there if it has none. */
export function batchAt(x: Tensor, dim: number | null, to: number, size: number): Tensor {
  if (dim !== null) return moveAxis(x, dim, to);
  const shape = [...x.shape.slice(0, to), size, ...x.shape.slice(to)];
  return broadcastInDim(
    x,
    shape,
    range(shape.length).filter((d) => d !== to),
  );
}

/** Operands of one rank with their batch dimension in one place: where the first batched one has it. */
export function alignBatch(
  xs: readonly Tensor[],
  dims: readonly (number | null)[],
  size: number,
): { readonly xs: Tensor[]; readonly dim: number } {
  const dim = dims.find((d): d is number => d !== null) ?? 0;
  return { xs: xs.map((x, i) => batchAt(x, dims[i], dim, size)), dim };
}
