/** Constants as MLIR's dense elements, so that reading the text gives the same bits. */
import { type DType, dtypes, type HostArray, isComplex } from "../hlo/dtype.js";
import { bf16ToNumber, f16ToNumber } from "../hlo/float16.js";
import { type ArrayShape, sizeOf } from "../hlo/shape.js";
import { literalText } from "../hlo/text/literal-text.js";

/** More elements than this are written as their bytes. */
const maxListed = 64;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex").toUpperCase();

const bytesOf = (data: HostArray): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

const decoded = (dtype: DType, stored: number): number =>
  dtype === "float16" ? f16ToNumber(stored) : dtype === "bfloat16" ? bf16ToNumber(stored) : stored;

const parts: Partial<Record<DType, DType>> = { complex64: "float32", complex128: "float64" };

/** A floating-point number of `dtype`: decimal with a point, or its bits where it is no number or infinite. */
const floatText = (dtype: DType, data: HostArray, i: number): string => {
  const one = data.subarray(i, i + 1);
  if (!Number.isFinite(decoded(dtype, Number(one[0])))) return `0x${hex(bytesOf(one).slice().reverse())}`;
  const text = literalText(dtype, [], one);
  const [, digits, exponent = ""] = /^([^e]*)(e.*)?$/.exec(text) as RegExpExecArray;
  return `${digits.includes(".") ? digits : `${digits}.0`}${exponent}`;
};

const elementText = (dtype: DType, data: HostArray): ((i: number) => string) => {
  const { kind } = dtypes[dtype];
  if (kind === "bool") return (i) => (data[i] === 0 ? "false" : "true");
  const part = parts[dtype];
  if (part !== undefined) return (i) => `(${floatText(part, data, 2 * i)}, ${floatText(part, data, 2 * i + 1)})`;
  return kind === "float" ? (i) => floatText(dtype, data, i) : (i) => String(data[i]);
};

const isSplat = (bytes: Uint8Array, width: number): boolean => {
  for (let i = width; i < bytes.length; i++) if (bytes[i] !== bytes[i - width]) return false;
  return true;
};

/** What stands between `dense<` and `>`. */
export const denseText = ({ dtype, dims }: ArrayShape, data: HostArray): string => {
  const size = sizeOf(dims);
  if (size === 0) return "";
  const element = elementText(dtype, data);
  const bytes = bytesOf(data);
  if (isSplat(bytes, data.BYTES_PER_ELEMENT * (isComplex(dtype) ? 2 : 1))) return element(0);
  // Booleans in bytes would be packed; their words are short enough.
  if (size > maxListed && dtype !== "bool") return `"0x${hex(bytes)}"`;
  let next = 0;
  const level = (d: number): string =>
    d === dims.length ? element(next++) : `[${Array.from({ length: dims[d] }, () => level(d + 1)).join(", ")}]`;
  return level(0);
};
