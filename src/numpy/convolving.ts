/** Convolution and correlation of vectors. */
import type { Precision } from "../../xla-like/index.js";
import type { ArrayLike } from "../core/array-like.js";
import { asDType, type DType, isComplex } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { ArgumentError, ShapeError } from "../prelude/errors.js";
import { checkOptions } from "../prelude/options.js";
import * as p from "../primitives/index.js";
import { jitted } from "./jitted.js";
import { asTensors, promoteDtypes, promoteDtypesInexact } from "./promote.js";

export type ConvolveMode = "full" | "same" | "valid";

export interface ConvolveOptions {
  /**
   * Which places of one vector over the other count: `"full"` all where they touch, `"same"` as many as the longer one
   * has elements, `"valid"` those where the shorter one lies within.
   */
  readonly mode?: ConvolveMode;
  readonly precision?: Precision;
  readonly preferredElementType?: DType;
}

function padding(fn: string, mode: ConvolveMode, n: number): readonly [number, number] {
  const half = Math.floor(n / 2);
  switch (mode) {
    case "full":
      return [n - 1, n - 1];
    case "same":
      return [half, n - half - 1];
    case "valid":
      return [0, 0];
    default:
      throw new ArgumentError(
        "CT003",
        `${fn}: mode is ${JSON.stringify(mode)}, but it must be "full", "same" or "valid".`,
      );
  }
}

const products = jitted(
  "_conv",
  ([x, y], pads: readonly [number, number], precision: Precision | null, preferred: DType | null) => {
    const batched = (z: Tensor): Tensor => p.reshape(z, [1, 1, z.size]);
    const out = p.convGeneralDilated(batched(x), batched(y), {
      windowStrides: [1],
      padding: [pads],
      lhsDilation: [1],
      rhsDilation: [1],
      dimensionNumbers: { lhsSpec: [0, 1, 2], rhsSpec: [0, 1, 2], outSpec: [0, 1, 2] },
      featureGroupCount: 1,
      batchGroupCount: 1,
      ...(precision !== null && { precision }),
      ...(preferred !== null && { preferredElementType: preferred }),
    });
    return p.reshape(out, [out.shape[2]]);
  },
);

function operands(fn: string, x: ArrayLike, y: ArrayLike, options: ConvolveOptions): Tensor[] {
  checkOptions(fn, options, ["mode", "precision", "preferredElementType"]);
  const given = asTensors(fn, x, y);
  const odd = given.find((z) => z.ndim !== 1 || z.size === 0);
  if (odd) {
    throw new ShapeError(
      "CT107",
      `${fn}: an operand has shape [${odd.shape}], but both must be vectors that are not empty.`,
    );
  }
  return options.preferredElementType === undefined ? promoteDtypesInexact(...given) : promoteDtypes(...given);
}

const run = (fn: string, long: Tensor, short: Tensor, mode: ConvolveMode, options: ConvolveOptions): Tensor => {
  const { precision = null, preferredElementType } = options;
  const preferred = preferredElementType === undefined ? null : asDType(preferredElementType, fn);
  return products([long, short], padding(fn, mode, short.size), precision, preferred);
};

/**
 * The convolution of two vectors: the sums of products of one with the other reversed, at each place.
 * @throws ShapeError CT107 unless both are vectors that are not empty
 * @example np.convolve([1, 2, 3], [1, 1]).js(); // [1, 3, 5, 3]
 */
export function convolve(x: ArrayLike, y: ArrayLike, options: ConvolveOptions = {}): Tensor {
  const [a, b] = operands("convolve", x, y, options);
  const [long, short] = a.size < b.size ? [b, a] : [a, b];
  return run("convolve", long, p.rev(short, [0]), options.mode ?? "full", options);
}

/**
 * The correlation of two vectors: the sums of products of one with the other's conjugate, at each place; `mode` is
 * `"valid"` by default.
 */
export function correlate(x: ArrayLike, y: ArrayLike, options: ConvolveOptions = {}): Tensor {
  const [a, given] = operands("correlate", x, y, options);
  const b = isComplex(given.dtype) ? p.conj(given) : given;
  const mode = options.mode ?? "valid";
  return a.size < b.size ? p.rev(run("correlate", b, a, mode, options), [0]) : run("correlate", a, b, mode, options);
}
