/** Constants as text, so that reading the text back gives the same bits. */
import { type DType, dtypes, type HostArray, hostArray, isComplex } from "../dtype.js";
import { fail } from "../error.js";
import { bf16ToNumber, f16ToNumber, numberToBf16, numberToF16 } from "../float16.js";

/** What a number becomes when stored as `dtype` and read back. */
const rounding: Partial<Record<DType, (x: number) => number>> = {
  float16: (x) => f16ToNumber(numberToF16(x)),
  bfloat16: (x) => bf16ToNumber(numberToBf16(x)),
  float32: Math.fround,
};

/** Decimal digits from which on every value of the type survives; fewer may do. */
const digits: Partial<Record<DType, number>> = { float16: 5, bfloat16: 4, float32: 9 };

/** The shortest decimal text that reads back as `x` in the type. */
const numberText = (x: number, dtype: DType): string => {
  if (x === Number.POSITIVE_INFINITY) return "inf";
  if (x === Number.NEGATIVE_INFINITY) return "-inf";
  if (Object.is(x, -0)) return "-0";
  const round = rounding[dtype];
  if (round !== undefined && !Number.isSafeInteger(x))
    for (let d = 1; d <= (digits[dtype] ?? 0); d++) {
      const short = Number(x.toPrecision(d));
      if (round(short) === x) return String(short);
    }
  return String(x);
};

/** Unsigned views of the bits of float storage, by its bytes per element. */
const bitsOf = (data: HostArray): Uint16Array | Uint32Array | BigUint64Array => {
  const { buffer, byteOffset, length } = data;
  if (data.BYTES_PER_ELEMENT === 2) return new Uint16Array(buffer, byteOffset, length);
  return data.BYTES_PER_ELEMENT === 4
    ? new Uint32Array(buffer, byteOffset, length)
    : new BigUint64Array(buffer, byteOffset, length);
};

/** The NaN that is written plainly; any other one shows its bits. */
const quietNaN: Partial<Record<DType, bigint>> = {
  float16: 0x7e00n,
  bfloat16: 0x7fc0n,
  float32: 0x7fc00000n,
  float64: 0x7ff8000000000000n,
};

const floatOf = (dtype: DType): DType =>
  dtype === "complex64" ? "float32" : dtype === "complex128" ? "float64" : dtype;

const entryText = (dtype: DType, data: HostArray): ((i: number) => string) => {
  const { kind } = dtypes[dtype];
  if (kind === "bool") return (i) => (data[i] === 0 ? "false" : "true");
  if (kind !== "float" && kind !== "complex") return (i) => String(data[i]);
  const part = floatOf(dtype);
  const bits = bitsOf(data);
  const decode = part === "float16" ? f16ToNumber : part === "bfloat16" ? bf16ToNumber : (x: number) => x;
  return (i) => {
    const x = decode(Number(data[i]));
    if (!Number.isNaN(x)) return numberText(x, part);
    const pattern = BigInt(bits[i]);
    return pattern === quietNaN[part] ? "nan" : `nan(0x${pattern.toString(16)})`;
  };
};

/** `1.5`, `{1, 2}`, `{ {1, 2}, {3, 4} }`: nested as the dimensions are. */
export const literalText = (dtype: DType, dims: readonly number[], data: HostArray): string => {
  const entry = entryText(dtype, data);
  const element = isComplex(dtype) ? (i: number) => `(${entry(2 * i)}, ${entry(2 * i + 1)})` : entry;
  let next = 0;
  const level = (d: number): string => {
    if (d === dims.length) return element(next++);
    const parts = Array.from({ length: dims[d] }, () => level(d + 1));
    return d + 1 === dims.length || parts.length === 0 ? `{${parts.join(", ")}}` : `{ ${parts.join(", ")} }`;
  };
  return level(0);
};

const nanBits = /^nan\(0x([0-9a-f]+)\)$/;
const decimal = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;
const integer = /^-?\d+$/;

const parseNumber = (word: string, dtype: DType): number => {
  if (word === "inf") return Number.POSITIVE_INFINITY;
  if (word === "-inf") return Number.NEGATIVE_INFINITY;
  return decimal.test(word) ? Number(word) : fail(`'${word}' is no ${dtype}`);
};

const storeInteger = (data: HostArray, i: number, word: string, dtype: DType): void => {
  if (!integer.test(word)) fail(`'${word}' is no ${dtype}`);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) data[i] = BigInt(word);
  else data[i] = Number(word);
  if (BigInt(data[i]) !== BigInt(word)) fail(`${word} does not fit into ${dtype}`);
};

/** Storage for a literal of `size` elements, and the function that stores one entry's text in it. */
export const literalStore = (
  dtype: DType,
  size: number,
): { readonly data: HostArray; readonly store: (i: number, word: string) => void } => {
  const data = hostArray(dtype, size);
  const { kind } = dtypes[dtype];
  if (kind === "bool") {
    const store = (i: number, word: string): void => {
      if (word !== "true" && word !== "false") fail(`'${word}' is no bool: write true or false`);
      data[i] = word === "true" ? 1 : 0;
    };
    return { data, store };
  }
  if (kind !== "float" && kind !== "complex") return { data, store: (i, word) => storeInteger(data, i, word, dtype) };
  const part = floatOf(dtype);
  const bits = bitsOf(data);
  const encode = part === "float16" ? numberToF16 : part === "bfloat16" ? numberToBf16 : (x: number) => x;
  const setBits = (i: number, pattern: bigint): void => {
    if (bits instanceof BigUint64Array) bits[i] = pattern;
    else bits[i] = Number(pattern);
  };
  const store = (i: number, word: string): void => {
    const payload = nanBits.exec(word);
    if (payload !== null) setBits(i, BigInt(`0x${payload[1]}`));
    else if (word === "nan") setBits(i, quietNaN[part] ?? fail(`${part} has no NaN`));
    else data[i] = encode(parseNumber(word, dtype));
  };
  return { data, store };
};
