/** Booleans as the bits of bytes. */
import type { ArrayLike } from "../core/array-like.js";
import { dtypes, isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, DTypeError } from "../prelude/errors.js";
import { normalizeAxis, range } from "../prelude/numbers.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { toTensor } from "./promote.js";
import { ravel, swapaxes } from "./shapes.js";
import { takeRange } from "./take-index.js";
import { truth } from "./ufunc.js";

export interface PackOptions {
  /** Along which axis; null for all elements in one row. */
  readonly axis?: number | null;
  /** Whether the first bit is the highest (`"big"`) or the lowest. */
  readonly bitorder?: "big" | "little";
}

/** x with its axis last, and the value of each of eight bits. */
function prepare(fn: string, x: Tensor, { axis = null, bitorder = "big" }: PackOptions): [Tensor, number, number[]] {
  if (bitorder !== "big" && bitorder !== "little") {
    throw new ArgumentError(
      "CT003",
      `${fn}: bitorder is ${JSON.stringify(bitorder)}, but it must be "big" or "little".`,
    );
  }
  const row = axis === null ? ravel(x) : x;
  const d = axis === null ? 0 : normalizeAxis(axis, x.ndim, fn);
  return [swapaxes(row, d, -1), d, range(8).map((i) => (bitorder === "big" ? 7 - i : i))];
}

const shifts = (bits: readonly number[], shape: readonly number[]): Tensor =>
  p.broadcastInDim(toTensor("packbits", Uint8Array.from(bits)), shape, [shape.length - 1]);

/** Eight truth values in each byte; zeros fill the last one. */
export function packbits(x: ArrayLike, options: PackOptions = {}): Tensor {
  checkOptions("packbits", options, ["axis", "bitorder"]);
  const given = toTensor("packbits", x);
  if (given.dtype !== "bool" && !isInteger(given.dtype)) {
    throw new DTypeError(
      "CT105",
      `packbits: operand 'x' is ${given.dtype}, but it takes only booleans and integers. Convert it with astype.`,
    );
  }
  const [a, d, order] = prepare("packbits", truth(given), options);
  const last = a.ndim - 1;
  const n = a.shape[last];
  const bytes = Math.ceil(n / 8);
  const bits = p.pad(
    p.convert(a, "uint8"),
    0,
    range(a.ndim).map((i) => (i === last ? [0, 8 * bytes - n, 0] : [0, 0, 0])),
  );
  const groups = p.reshape(bits, [...a.shape.slice(0, last), bytes, 8]);
  return swapaxes(p.reduceSum(p.shiftLeft(groups, shifts(order, groups.shape)), [a.ndim]), d, -1);
}

/** The bits of bytes, as zeros and ones; the first `count` of them along the axis, zeros beyond. */
export function unpackbits(x: ArrayLike, options: PackOptions & { readonly count?: number | null } = {}): Tensor {
  checkOptions("unpackbits", options, ["axis", "bitorder", "count"]);
  const given = toTensor("unpackbits", x);
  if (given.dtype !== "uint8") {
    throw new DTypeError(
      "CT105",
      `unpackbits: operand 'x' is ${dtypes[given.dtype].name}, but it takes only uint8. Convert it with astype.`,
    );
  }
  const [a, d, order] = prepare("unpackbits", given, options);
  const last = a.ndim - 1;
  const wide = p.broadcastInDim(a, [...a.shape, 8], range(a.ndim));
  const bits = p.bitwiseAnd(p.shiftRightLogical(wide, shifts(order, wide.shape)), 1);
  const all = p.reshape(bits, a.shape.with(last, 8 * a.shape[last]));
  const { count = null } = options;
  const n = all.shape[last];
  if (count === null || count === n) return swapaxes(all, d, -1);
  const cut = count < n ? takeRange(all, last, 0, count < 0 ? Math.max(n + count, 0) : count) : all;
  const grown =
    count > n
      ? p.pad(
          cut,
          0,
          range(a.ndim).map((i) => (i === last ? [0, count - n, 0] : [0, 0, 0])),
        )
      : cut;
  return swapaxes(grown, d, -1);
}
