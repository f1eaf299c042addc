/** Fourier transforms by cuFFT. */
import type { Copier } from "../../../1-simplify/rewriting/copier.js";
import type { HloInstruction } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { dtypeCode } from "../../dtype-code.js";
import type { Parts } from "../parts.js";
import type { CustomCall } from "./matrices.js";
import { flattened, isComplexType } from "./matrices.js";

/** The library knows no more dimensions. */
const mostDimensions = 3;

function scaled(b: Copier, x: HloInstruction, by: number): HloInstruction {
  if (x.shape.kind !== "array") throw new TypeError("a transform's operand is an array");
  const { dtype, dims } = x.shape;
  if (!isComplexType(dtype)) return b.binary("multiply", x, b.fill(by, dtype, dims));
  const part = dtype === "complex64" ? "float32" : "float64";
  const factor = b.fill(by, part, dims);
  const [re, im] = (["real", "imag"] as const).map((p) => b.binary("multiply", b.unary(p, x), factor));
  return b.binary("complex", re, im);
}

/** Frequencies that are their own mirror image are real, whatever is said of them. */
function mirrored(b: Copier, x: HloInstruction, length: number): HloInstruction {
  if (x.shape.kind !== "array") throw new TypeError("a transform's operand is an array");
  const { dims } = x.shape;
  const re = b.unary("real", x);
  if (re.shape.kind !== "array") throw new TypeError("a part of an array is an array");
  const nothing = b.fill(0, re.shape.dtype, dims);
  const at = b.iota("int32", dims, dims.length - 1);
  const isAt = (k: number): HloInstruction => b.compare(at, b.fill(k, "int32", dims), "EQ");
  const alone = length % 2 === 0 ? b.binary("or", isAt(0), isAt(length / 2)) : isAt(0);
  return b.binary("complex", re, b.select(alone, nothing, b.unary("imag", x)));
}

export function fft(parts: Parts, i: CustomCall): boolean {
  const { fftType, fftLength } = i.config;
  if (!Array.isArray(fftLength) || fftLength.length > mostDimensions) return false;
  const lengths = fftLength.map(Number);
  const [x, out] = [flattened(parts.operand(0), lengths.length), flattened(parts.output(0), lengths.length)];
  const [batch] = x.shape.dims;
  const inverse = fftType === "ifft" || fftType === "irfft";
  const scale = 1 / sizeOf(lengths);
  let from = x;
  if (fftType === "irfft") {
    // What the library reads, it may change.
    from = parts.scratch(x.shape);
    parts.loop([x], [from], (b, [z]) => [scaled(b, lengths.length === 1 ? mirrored(b, z, lengths[0]) : z, scale)]);
  }
  const codes = [x.shape.dtype, out.shape.dtype].map(dtypeCode);
  parts.call("fft", [from.place, out.place], [...codes, Number(inverse), batch, lengths.length, ...lengths]);
  if (fftType === "ifft") parts.loop([out], [out], (b, [z]) => [scaled(b, z, scale)]);
  return true;
}
