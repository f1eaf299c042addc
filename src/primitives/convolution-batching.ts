/** Batched convolutions: the batch becomes part of the convolution's own batch, of its features, or of its groups. */
import type { Tensor } from "../core/tensor.js";
import { type ConvParams, convGeneralDilated, convolutionShape } from "./convolution.js";
import { intoDimension, outOfDimension } from "./dimension-groups.js";
import { full } from "./fill.js";

interface Dims {
  readonly lhs: number | null;
  readonly rhs: number | null;
}
type Batched = readonly [Tensor, number];

export function batchedConvolution(lhs: Tensor, rhs: Tensor, dims: Dims, p: ConvParams, size: number): Batched {
  // Merged dimensions would have size 0, and groups must not.
  if (size === 0) {
    const one = { lhs: lhs.aval.without(dims.lhs), rhs: rhs.aval.without(dims.rhs) };
    return [full([0, ...convolutionShape(one.lhs, one.rhs, p)], 0, p.preferredElementType ?? lhs.dtype), 0];
  }
  if (dims.lhs !== null && dims.rhs !== null) return batchedBoth(lhs, dims.lhs, rhs, dims.rhs, p, size);
  if (dims.lhs !== null) return batchedOperand(lhs, dims.lhs, rhs, p, size);
  return batchedKernel(lhs, rhs, dims.rhs as number, p, size);
}

/** Each element of the batch is a group of its own, outside the groups there are. */
function batchedBoth(lhs: Tensor, lhsDim: number, rhs: Tensor, rhsDim: number, p: ConvParams, size: number): Batched {
  const { lhsSpec, rhsSpec, outSpec } = p.dimensionNumbers;
  const inBatch = p.batchGroupCount > 1;
  const product = convGeneralDilated(
    intoDimension(lhsDim, lhsSpec[inBatch ? 0 : 1], lhs),
    intoDimension(rhsDim, rhsSpec[0], rhs),
    {
      ...p,
      batchGroupCount: inBatch ? p.batchGroupCount * size : 1,
      featureGroupCount: inBatch ? 1 : p.featureGroupCount * size,
    },
  );
  return [outOfDimension(outSpec[1], size, product), outSpec[1]];
}

/** The batch joins the convolution's batch; inside its groups, if it has any. */
function batchedOperand(lhs: Tensor, dim: number, rhs: Tensor, p: ConvParams, size: number): Batched {
  const { lhsSpec, outSpec } = p.dimensionNumbers;
  const merged =
    p.batchGroupCount === 1 ? intoDimension(dim, lhsSpec[0], lhs) : intoGroups(lhs, dim, lhsSpec[0], p.batchGroupCount);
  return [outOfDimension(outSpec[0], size, convGeneralDilated(merged, rhs, p)), outSpec[0]];
}

/** The batch joins the kernel's output features; inside the groups, if there are any. */
function batchedKernel(lhs: Tensor, rhs: Tensor, dim: number, p: ConvParams, size: number): Batched {
  const { rhsSpec, outSpec } = p.dimensionNumbers;
  const groups = Math.max(p.featureGroupCount, p.batchGroupCount);
  if (groups === 1) {
    const product = convGeneralDilated(lhs, intoDimension(dim, rhsSpec[0], rhs), p);
    return [outOfDimension(outSpec[1], size, product), outSpec[1]];
  }
  const product = convGeneralDilated(lhs, intoGroups(rhs, dim, rhsSpec[0], groups), p);
  // Groups, batch, features of a group: the batch goes outside again.
  const parted = outOfDimension(outSpec[1] + 1, size, outOfDimension(outSpec[1], groups, product));
  return [intoDimension(outSpec[1], outSpec[1] + 1, parted), outSpec[1]];
}

/** Dimension `dim` merged into dimension `into`, between its groups and what is in each group. */
function intoGroups(x: Tensor, dim: number, into: number, groups: number): Tensor {
  const parted = outOfDimension(into + (dim <= into ? 1 : 0), groups, x);
  const inner = intoDimension(dim + (into < dim ? 1 : 0), into + 1, parted);
  return intoDimension(into, into, inner);
}
