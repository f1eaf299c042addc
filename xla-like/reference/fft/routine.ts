/** The custom-call `fft`: transforms over the last dimensions, complex, or real on one side. */
import { type HostArray, hostArray, isComplex } from "../../hlo/dtype.js";
import type { Instr } from "../../hlo/instruction.js";
import { sizeOf } from "../../hlo/shape.js";
import { operandShape } from "../elementwise/expression.js";
import type { Kernel } from "../host.js";
import { rowMajor } from "../layout/strides.js";
import { type Signal, signal, transform } from "./transform.js";

type FftType = "fft" | "ifft" | "rfft" | "irfft";

const fftTypeOf = (value: unknown): FftType => {
  if (value === "fft" || value === "ifft" || value === "rfft" || value === "irfft") return value;
  throw new TypeError(`fft: fftType is ${String(value)}, but must be fft, ifft, rfft or irfft`);
};

/** Replaces every line of `x` along dimension `axis` by `f` of it; lines may change their length. */
const alongAxis = (
  x: Signal,
  dims: readonly number[],
  axis: number,
  length: number,
  f: (line: Signal) => Signal,
): { readonly x: Signal; readonly dims: readonly number[] } => {
  const outDims = dims.with(axis, length);
  const out = signal(sizeOf(outDims));
  const step = rowMajor(dims)[axis];
  const lines = dims[axis] === 0 ? 0 : sizeOf(dims) / dims[axis];
  for (let l = 0; l < lines; l++) {
    const inner = l % step;
    const outer = (l - inner) / step;
    const from = outer * step * dims[axis] + inner;
    const to = outer * step * length + inner;
    const line = signal(dims[axis]);
    for (let k = 0; k < dims[axis]; k++) {
      line.re[k] = x.re[from + k * step];
      line.im[k] = x.im[from + k * step];
    }
    const result = f(line);
    for (let k = 0; k < length; k++) {
      out.re[to + k * step] = result.re[k];
      out.im[to + k * step] = result.im[k];
    }
  }
  return { x: out, dims: outDims };
};

/** The whole spectrum of a real signal of `length`, from its first half: the other is its conjugate. */
const wholeSpectrum = (half: Signal, length: number): Signal => {
  const whole = signal(length);
  for (let k = 0; k <= length >> 1; k++) {
    whole.re[k] = half.re[k];
    // Frequencies that are their own mirror image are real.
    whole.im[k] = k === 0 || 2 * k === length ? 0 : half.im[k];
    if (k > 0) {
      whole.re[length - k] = whole.re[k];
      whole.im[length - k] = -whole.im[k];
    }
  }
  return whole;
};

export const fftKernel = (i: Instr<"custom-call">): Kernel => {
  const type = fftTypeOf(i.config.fftType);
  const lengths = i.config.fftLength;
  if (!Array.isArray(lengths)) throw new TypeError("fft: fftLength must list the lengths of the last dimensions");
  const { dtype, dims } = operandShape(i, 0);
  const [result] = i.shape.elements;
  const first = dims.length - lengths.length;
  const last = dims.length - 1;
  const lastLength = Number(lengths.at(-1));
  const inverse = type === "ifft" || type === "irfft";
  const isRealSide = type === "rfft" || type === "irfft";

  return ([operand]) => {
    const data = operand as HostArray;
    let current = { x: signal(sizeOf(dims)), dims: dims as readonly number[] };
    const unit = isComplex(dtype) ? 2 : 1;
    for (let k = 0; k < current.x.re.length; k++) {
      current.x.re[k] = Number(data[unit * k]);
      if (unit === 2) current.x.im[k] = Number(data[2 * k + 1]);
    }
    const apply = (axis: number, length: number, f: (line: Signal) => Signal): void => {
      current = alongAxis(current.x, current.dims, axis, length, f);
    };
    if (type === "rfft") apply(last, Math.floor(lastLength / 2) + 1, (line) => transform(line, false));
    for (let axis = first; axis <= (isRealSide ? last - 1 : last); axis++) {
      apply(axis, current.dims[axis], (line) => transform(line, inverse));
    }
    if (type === "irfft") apply(last, lastLength, (line) => transform(wholeSpectrum(line, lastLength), true));

    const out = hostArray(result.dtype, sizeOf(result.dims));
    const outUnit = isComplex(result.dtype) ? 2 : 1;
    for (let k = 0; k < current.x.re.length; k++) {
      out[outUnit * k] = current.x.re[k];
      if (outUnit === 2) out[2 * k + 1] = current.x.im[k];
    }
    return [out];
  };
};
