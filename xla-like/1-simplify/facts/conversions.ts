/** Which element types hold every value of another. */
import { type DType, dtypes, realPart } from "../../hlo/dtype.js";

/** Bits of precision and the exponent's range of each float. */
const floats: Readonly<Partial<Record<DType, { readonly precision: number; readonly exponent: number }>>> = {
  float16: { precision: 11, exponent: 5 },
  bfloat16: { precision: 8, exponent: 8 },
  float32: { precision: 24, exponent: 8 },
  float64: { precision: 53, exponent: 11 },
};

/** Whether every value of `narrow` is one of `wide`, so that converting there loses nothing. */
export const holds = (wide: DType, narrow: DType): boolean => {
  if (wide === narrow) return true;
  const [w, n] = [dtypes[wide], dtypes[narrow]];
  if (n.kind === "complex") return w.kind === "complex" && holds(realPart(wide), realPart(narrow));
  if (w.kind === "complex") return holds(realPart(wide), narrow);
  if (n.kind === "bool") return true;
  const target = floats[wide];
  const source = floats[narrow];
  if (target) {
    if (source) return target.precision >= source.precision && target.exponent >= source.exponent;
    const bits = 8 * n.bytes - (n.kind === "signed" ? 1 : 0);
    // -2ᵇⁱᵗˢ is a power of two, so that only the digits of the others count; float16's range ends at 65504.
    return bits <= target.precision && (wide !== "float16" || bits < 16);
  }
  if (source || w.kind === "bool") return false;
  if (w.kind === n.kind) return w.bytes > n.bytes;
  return w.kind === "signed" && w.bytes > n.bytes;
};
