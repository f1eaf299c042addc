/** Discrete Fourier transforms. */
import { arrayShape, complexOf, realPart } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { c64, f32, f64 } from "../core/avals.js";
import type { DType } from "../core/dtype.js";
import { type ParamValues, param } from "../core/params.js";
import { definePrimitive, type OutAval } from "../core/primitive.js";
import type { Tensor } from "../core/tensor.js";
import { DTypeError, ShapeError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { prod } from "../prelude/numbers.js";
import { div, mul } from "./arithmetic.js";
import { bitwiseOr } from "./bitwise.js";
import { out, type Result } from "./checks.js";
import { eq } from "./comparison.js";
import { conj } from "./complex.js";
import { full } from "./fill.js";
import { iota } from "./iota.js";
import { select } from "./select.js";
import { broadcastInDim, moveToFront } from "./shape.js";

const types = ["FFT", "IFFT", "RFFT", "IRFFT"] as const;
/** Forward or inverse; of real numbers (half of the last dimension is enough) or complex ones. */
export type FftType = (typeof types)[number];

const params = { fftLengths: param.ints, fftType: param.data<FftType>((t) => String(types.indexOf(t))) };
type FftParams = ParamValues<typeof params>;

const half = (n: number): number => Math.floor(n / 2) + 1;

function fftAval(x: ShapedArray, { fftLengths, fftType }: FftParams): Result<OutAval> {
  const wanted: readonly DType[] = fftType === "RFFT" ? ["float32", "float64"] : ["complex64", "complex128"];
  if (!wanted.includes(x.dtype)) {
    return Either.left(
      new DTypeError(
        "CT105",
        `fft: operand 'x' of ${fftType} is ${x.dtype}, but it takes only ${wanted.join(" and ")}. Convert it with astype.`,
      ),
    );
  }
  const last = fftLengths.length - 1;
  const lead = x.shape.slice(0, x.ndim - fftLengths.length);
  const given = x.shape.slice(x.ndim - fftLengths.length);
  const expected = fftLengths.map((n, i) => (fftType === "IRFFT" && i === last ? half(n) : n));
  if (x.ndim < fftLengths.length || !expected.every((n, i) => n === given[i])) {
    return Either.left(
      new ShapeError(
        "CT107",
        `fft: operand 'x' of shape [${x.shape}] must end in [${expected}] for ${fftType} of lengths [${fftLengths}]. Pad or slice it.`,
      ),
    );
  }
  if (fftType === "RFFT") {
    return out([...lead, ...fftLengths.slice(0, -1), half(fftLengths[last])], complexOf(x.dtype), false);
  }
  if (fftType === "IRFFT") return out([...lead, ...fftLengths], realPart(x.dtype), false);
  return out(x.shape, x.dtype, false);
}

/** How often each element of a half spectrum occurs in the whole: twice, but for the ends. */
function multiplicity(n: number, shape: readonly number[], dtype: DType): Tensor {
  const m = half(n);
  const place = iota("int32", [m], 0);
  const isEnd = n % 2 === 0 ? bitwiseOr(eq(place, 0), eq(place, m - 1)) : eq(place, 0);
  const counts = select(isEnd, full([m], 1, dtype), full([m], 2, dtype));
  return broadcastInDim(counts, shape, [shape.length - 1]);
}

function transposed(ct: Tensor, { fftLengths, fftType }: FftParams): Tensor {
  const n = fftLengths[fftLengths.length - 1];
  const total = prod(fftLengths);
  if (fftType === "RFFT") {
    const parts = div(conj(ct), multiplicity(n, ct.shape, ct.dtype));
    return mul(fft(parts, "IRFFT", fftLengths), total);
  }
  if (fftType === "IRFFT") {
    const spectrum = fft(ct, "RFFT", fftLengths);
    return conj(mul(mul(spectrum, multiplicity(n, spectrum.shape, spectrum.dtype)), 1 / total));
  }
  return fft(ct, fftType, fftLengths);
}

export const fftP = definePrimitive({
  name: "fft",
  doc: "The discrete Fourier transform over the last dimensions, whose lengths are `fftLengths`; inverses divide by the number of elements.",
  operands: ["x"],
  params,
  abstractEval: ({ x }, p) => fftAval(x, p),
  diff: { kind: "linear", transpose: { x: (ct, _, p) => transposed(ct, p) } },
  batching: ({ x }, { x: dim }, { fftLengths, fftType }) => [
    fft(moveToFront(x, dim as number), fftType, fftLengths),
    0,
  ],
  lower: (b, { x }, { fftLengths, fftType }, { out: o }) =>
    b.customCall("fft", [x], [arrayShape(o.dtype, o.shape)], {
      config: { fftType: fftType.toLowerCase(), fftLength: fftLengths },
    })[0],
  samples: [
    { avals: { x: c64(4) }, params: { fftType: "FFT", fftLengths: [4] } },
    { avals: { x: c64(2, 3) }, params: { fftType: "IFFT", fftLengths: [2, 3] } },
    { avals: { x: f64(2, 6) }, params: { fftType: "RFFT", fftLengths: [6] } },
    { avals: { x: f32(5) }, params: { fftType: "RFFT", fftLengths: [5] } },
    { avals: { x: c64(2, 4) }, params: { fftType: "IRFFT", fftLengths: [6] } },
    { avals: { x: c64(3) }, params: { fftType: "IRFFT", fftLengths: [5] } },
  ],
});
/** The discrete Fourier transform over the last dimensions. */
export const fft = (x: Tensor, fftType: FftType, fftLengths: readonly number[]): Tensor =>
  fftP.bind({ x }, { fftLengths, fftType });
