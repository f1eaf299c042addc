/** Covariances and correlation coefficients. */
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType, isComplex, isInexact, isInteger } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError, ShapeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { divide, multiply, subtract } from "./arithmetic.js";
import { diagonal } from "./diagonals.js";
import { concatenate } from "./joining.js";
import { dot } from "./products.js";
import { asTensors, promoteDtypesInexact, toTensor } from "./promote.js";
import { sum } from "./reductions.js";
import { clip } from "./rounding.js";
import { atleast2d, squeeze, transpose } from "./shapes.js";

export interface CovOptions {
  /** Each row is a variable (true, the default), or each column. */
  readonly rowvar?: boolean;
  /** Divide by the number of observations, not by one less. */
  readonly bias?: boolean;
  /** What is taken off that number; overrides bias. */
  readonly ddof?: number | null;
  /** How often each observation was made: integers. */
  readonly fweights?: ArrayLike | null;
  /** How much each observation counts. */
  readonly aweights?: ArrayLike | null;
  readonly dtype?: DType | null;
}

function inexactOption(fn: string, dtype: DType | null | undefined): DType | null {
  if (dtype === null || dtype === undefined) return null;
  if (isInexact(asDType(dtype, fn))) return dtype;
  throw new DTypeError("CT105", `${fn}: dtype is ${dtype}, but it must be a float or complex type.`);
}

function weightsOf(fn: string, name: string, w: ArrayLike | null | undefined, n: number): Tensor | null {
  if (w === null || w === undefined) return null;
  const t = toTensor(fn, w);
  if (t.ndim === 1 && t.size === n) return p.abs(t);
  throw new ShapeError(
    "CT103",
    `${fn}: ${name} has shape [${t.shape}], but there are ${n} observations. Give a vector of one for each.`,
  );
}

/** Rows are variables, columns observations. */
function observations(fn: string, m: ArrayLike, y: ArrayLike | null, rowvar: boolean): Tensor {
  const given = promoteDtypesInexact(...asTensors(fn, m, ...(y === null ? [] : [y])));
  const rows = given.map((x, i) => {
    if (x.ndim > 2)
      throw new ShapeError("CT107", `${fn}: an operand has shape [${x.shape}], but it takes vectors and matrices.`);
    const table = atleast2d(x);
    const turn = !rowvar && (i === 0 ? x.ndim !== 1 : table.shape[0] !== 1);
    return turn ? transpose(table) : table;
  });
  return rows.length === 1 ? rows[0] : concatenate(rows, 0);
}

/**
 * The covariances of variables, with those of `y` behind those of `m`: how each pair of them varies together.
 * @throws ShapeError CT107 for more than two dimensions, CT103 for weights that are not one for each observation
 * @example np.cov([[0, 1, 2], [2, 1, 0]]).js(); // [[1, -1], [-1, 1]]
 */
export function cov(m: ArrayLike, y: ArrayLike | null = null, options: CovOptions = {}): Tensor {
  checkOptions("cov", options, ["rowvar", "bias", "ddof", "fweights", "aweights", "dtype"]);
  const { rowvar = true, bias = false, fweights, aweights } = options;
  const ddof = options.ddof ?? (bias ? 0 : 1);
  const dtype = inexactOption("cov", options.dtype);
  const given = observations("cov", m, y, rowvar);
  const [k, n] = given.shape;
  if (k === 0) return p.full([0, 0], 0, "float32");
  if (n === 0) return p.full(k === 1 ? [] : [k, k], Number.NaN, given.dtype);
  const frequencies = weightsOf("cov", "fweights", fweights, n);
  if (frequencies !== null && !isInteger(frequencies.dtype)) {
    throw new DTypeError(
      "CT105",
      `cov: fweights are ${frequencies.dtype}, but they count observations and must be integers.`,
    );
  }
  const importance = weightsOf("cov", "aweights", aweights, n);
  const both = frequencies && importance ? multiply(frequencies, importance) : (frequencies ?? importance);
  const typed = (t: Tensor): Tensor => (dtype === null ? t : p.convert(t, dtype));
  const x = typed(given);
  const w = both === null ? null : typed(both);
  const total = w === null ? n : sum(w);
  const average = divide(sum(w === null ? x : multiply(x, w), 1, { keepdims: true }), total);
  const centred = subtract(x, average);
  const spread = w === null ? centred : multiply(centred, w);
  let divisor: ArrayLike = typeof total === "number" ? total - ddof : total;
  if (typeof total !== "number" && ddof !== 0) {
    const lost = importance === null ? ddof : divide(multiply(ddof, sum(multiply(w as Tensor, importance))), total);
    divisor = subtract(total, lost);
  }
  const turned = transpose(isComplex(spread.dtype) ? p.conj(spread) : spread);
  return squeeze(divide(dot(centred, turned), divisor));
}

/** The correlation coefficients of variables: covariances divided by both standard deviations. */
export function corrcoef(
  x: ArrayLike,
  y: ArrayLike | null = null,
  options: { readonly rowvar?: boolean; readonly dtype?: DType | null } = {},
): Tensor {
  checkOptions("corrcoef", options, ["rowvar", "dtype"]);
  const dtype = inexactOption("corrcoef", options.dtype);
  const c = cov(x, y, { rowvar: options.rowvar ?? true, dtype });
  if (c.ndim === 0) return p.div(c, c);
  const variances = diagonal(c);
  const deviations = p.convert(p.sqrt(isComplex(c.dtype) ? p.real(variances) : variances), c.dtype);
  const along = (d: number): Tensor => p.broadcastInDim(deviations, c.shape, [d]);
  const r = p.div(p.div(c, along(0)), along(1));
  return isComplex(r.dtype) ? p.complex(clip(p.real(r), -1, 1), clip(p.imag(r), -1, 1)) : clip(r, -1, 1);
}
