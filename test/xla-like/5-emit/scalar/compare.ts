// How far results may be from the reference's, which computes in float64 and rounds once.
import { type DType, dtypes, type HostArray, isComplex } from "../../../../xla-like/hlo/index.js";
import type { Outcome } from "./kernels.js";
import { numberAt } from "./samples.js";

/** Neighbouring numbers of the type are one apart. */
function ordinal(dtype: DType, data: HostArray, i: number): bigint {
  const bits = BigInt(8 * dtypes[dtype].bytes);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const raw = bits === 16n ? view.getUint16(2 * i, true) : bits === 32n ? view.getUint32(4 * i, true) : undefined;
  const unsigned = raw === undefined ? view.getBigUint64(8 * i, true) : BigInt(raw);
  const magnitude = unsigned & ((1n << (bits - 1n)) - 1n);
  return unsigned >> (bits - 1n) ? -magnitude : magnitude;
}

/** Results that are no more than rounded, or exact. */
const exact =
  /^(abs|add|and|bitcast|ceil|clamp|compare|complex|conjugate|convert|count|divide|floor|imag|is-finite|maximum|minimum|multiply|negate|nextafter|not|or|popcnt|real|reduce|remainder|round|select|shift|sign|sqrt|square|subtract|xor)/;

/** Functions by series and continued fractions: both sides lose a few digits, more where the arguments are large. */
const special = /^(bessel|digamma|igamma|lgamma|polygamma|random-gamma|regularized|zeta)/;

/** Steps between neighbouring floats that a result may be away. */
function allowed(name: string, dtype: DType): bigint {
  if (exact.test(name)) return 0n;
  // JAX's normal samples hang on these bits.
  if (name === "erf-inv" && dtype === "float32") return 0n;
  if (dtype === "float16" || dtype === "bfloat16") return 1n;
  // The reference's erfc is a difference.
  if (name === "erfc" && dtype === "float64") return 16n;
  // The functions themselves are within 2 units of the truth; so, in float64, is the reference.
  if (special.test(name) && dtype === "float64") return 1n << 12n;
  return dtype === "float64" ? 4n : 2n;
}

/** The first result that is too far away, described. */
export function worst({ of, lanes, shape: { dtype }, got, want }: Outcome): string | undefined {
  const describe = (i: number, element: number, apart: string): string => {
    const inputs = of.operands.map(({ shape, data }) => {
      if (shape.dims.length === 0) return `${numberAt(shape.dtype, data, 0)}`;
      if (!isComplex(shape.dtype)) return `${numberAt(shape.dtype, data, element)}`;
      return `${data[2 * element]}+${data[2 * element + 1]}i`;
    });
    return `${of.name} <${lanes}>(${inputs.join(", ")}) = ${numberAt(dtype, got, i)}, not ${numberAt(dtype, want, i)} (${apart})`;
  };
  if (isComplex(dtype)) return worstComplex(of.name, dtype, got, want, describe);
  // A complex number's size is a root of a sum, scaled.
  const limit = isComplex(of.operands[0]!.shape.dtype) && of.name === "abs" ? 2n : allowed(of.name, dtype);
  for (let i = 0; i < want.length; i++) {
    if (got[i] === want[i] && got[i] !== 0) continue;
    if (dtypes[dtype].kind !== "float") {
      if (got[i] !== want[i]) return describe(i, i, "exact");
      continue;
    }
    const [a, b] = [Number(numberAt(dtype, got, i)), Number(numberAt(dtype, want, i))];
    if (Number.isNaN(a) && Number.isNaN(b)) continue;
    const signs = a === 0 && b === 0 && !Object.is(a, b);
    const apart = ordinal(dtype, got, i) - ordinal(dtype, want, i);
    const size = apart < 0n ? -apart : apart;
    if (signs || Number.isNaN(a) || Number.isNaN(b) || size > limit) return describe(i, i, `${size}`);
  }
  return undefined;
}

const isWrong = (a: number, b: number, tolerance: number): boolean => {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) !== Number.isNaN(b);
  if (!Number.isFinite(a) || !Number.isFinite(b)) return a !== b;
  if (a === 0 && b === 0) return !Object.is(a, b);
  return Math.abs(a - b) > tolerance;
};

/** The parts of a complex result, each within a few roundings of the whole's size. */
function worstComplex(
  name: string,
  dtype: DType,
  got: HostArray,
  want: HostArray,
  describe: (i: number, element: number, apart: string) => string,
): string | undefined {
  const [epsilon, tiny] = dtype === "complex64" ? [2 ** -23, 2 ** -145] : [2 ** -52, 2 ** -1070];
  // Powers, and atan2 as the HLO has it, magnify the rounding of what they are composed of.
  const steps = /^(add|subtract|negate|conj|real|imag|convert|bitcast|select)/.test(name)
    ? 0
    : /^(power|atan2)/.test(name) && dtype === "complex128"
      ? 128
      : 8;
  for (let i = 0; i < want.length; i += 2) {
    const [a, b, c, d] = [got[i], got[i + 1], want[i], want[i + 1]].map(Number) as [number, number, number, number];
    const size = Math.max(Math.abs(c), Math.abs(d));
    // Products are made in float32, as XLA makes them; the reference makes them in float64, where none leaves the range.
    if (/^(multiply|square)/.test(name) && !(Math.min(Math.abs(c), Math.abs(d)) > 0 && size < 1e38)) continue;
    const tolerance = steps === 0 ? 0 : steps * epsilon * (Number.isFinite(size) ? size : 0) + tiny;
    if (isWrong(a, c, tolerance)) return describe(i, i / 2, `real ${Math.abs(a - c) / size / epsilon}`);
    if (isWrong(b, d, tolerance)) return describe(i + 1, i / 2, `imaginary ${Math.abs(b - d) / size / epsilon}`);
  }
  return undefined;
}
