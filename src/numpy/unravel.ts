/** Between indices into rows of elements and indices along each axis. */
import type { ArrayLike } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { prod } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { asShape, type ShapeLike } from "./arguments.js";
import { floorDivide, remainder } from "./arithmetic.js";
import { integerIndices } from "./integer-indices.js";
import { broadcastTensors } from "./promote.js";
import { clip } from "./rounding.js";

/** The indices along each axis of elements numbered in row-major order. Numbers out of range are brought into it. */
export function unravelIndex(indices: ArrayLike, shape: ShapeLike): Tensor[] {
  const flat = integerIndices("unravelIndex", indices);
  const sizes = asShape("unravelIndex", shape);
  const total = prod(sizes);
  // Numbers below 0 count from the end.
  let rest = clip(flat, -total, total - 1);
  const out: Tensor[] = [];
  for (const n of [...sizes].reverse()) {
    out.unshift(remainder(rest, n));
    rest = floorDivide(rest, n);
  }
  return out;
}

/** How {@link ravelMultiIndex} treats indices out of range. */
export type RavelMode = "raise" | "wrap" | "clip";

/**
 * The row-major numbers of elements given by their indices along each axis. With mode `"raise"`, the default, indices
 * must be known and in range; `"wrap"` and `"clip"` bring them into it.
 * @throws ShapeError CT111 for an index out of range with mode `"raise"`
 */
export function ravelMultiIndex(
  indices: readonly ArrayLike[],
  shape: readonly number[],
  options: { readonly mode?: RavelMode; readonly order?: "C" | "F" } = {},
): Tensor {
  checkOptions("ravelMultiIndex", options, ["mode", "order"]);
  const { mode = "raise", order = "C" } = options;
  if (indices.length !== shape.length) {
    throw new ArgumentError(
      "CT003",
      `ravelMultiIndex: got ${indices.length} index arrays for a shape of ${shape.length} axes. Give one for each axis.`,
    );
  }
  const parts = broadcastTensors("ravelMultiIndex", ...indices.map((x) => integerIndices("ravelMultiIndex", x)));
  const inside = parts.map((x, d) => {
    if (mode === "wrap") return remainder(x, shape[d]);
    if (mode === "clip") return clip(x, 0, shape[d] - 1);
    for (const i of x.dataSync()) {
      if (Number(i) >= 0 && Number(i) < shape[d]) continue;
      throw new ShapeError(
        "CT111",
        `ravelMultiIndex: index ${i} is out of range for axis ${d} of size ${shape[d]}. Use mode "wrap" or "clip".`,
      );
    }
    return x;
  });
  const strides = shape.map((_, d) => prod(order === "F" ? shape.slice(0, d) : shape.slice(d + 1)));
  return inside
    .map((x, d) => p.mul(x, p.scalarLike(x, strides[d])))
    .reduce((x, y) => p.add(x, y), p.full([], 0, "int32"));
}
