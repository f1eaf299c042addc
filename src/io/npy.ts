/**
 * NumPy's array files. Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
import { type DType, dtypes } from "../core/dtype.js";
import { CheckpointError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";

const magic = Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);
/** Bytes until the header's length is known. */
export const preambleBytes = 12;
const maxHeader = 1 << 20;
const maxRank = 64;

/** Kind and width of an element, without its byte order. bfloat16 is what ml_dtypes calls two bytes of its own. */
const names: readonly (readonly [DType, string])[] = [
  ["bool", "b1"],
  ["int8", "i1"],
  ["int16", "i2"],
  ["int32", "i4"],
  ["int64", "i8"],
  ["uint8", "u1"],
  ["uint16", "u2"],
  ["uint32", "u4"],
  ["uint64", "u8"],
  ["float16", "f2"],
  ["bfloat16", "V2"],
  ["float32", "f4"],
  ["float64", "f8"],
  ["complex64", "c8"],
  ["complex128", "c16"],
];
const toName = new Map(names);
const fromName = new Map(names.map(([dtype, name]) => [name, dtype]));

export interface NpyHeader {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly isFortran: boolean;
  readonly isBigEndian: boolean;
  readonly dataStart: number;
  readonly byteLength: number;
}

/** The header of an array in row-major order, little-endian; data begin at a multiple of 64. */
export function encodeNpyHeader(dtype: DType, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const name = toName.get(dtype);
  if (name === undefined) throw new CheckpointError("CT704", `io.saveNpy: ${dtype} has no form in NumPy's files.`);
  const descr = `${dtypes[dtype].bytes === 1 ? "|" : "<"}${name}`;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const total = Math.ceil((10 + text.length + 1) / 64) * 64;
  const out = new Uint8Array(total).fill(0x20);
  out.set(magic);
  out.set([1, 0, (total - 10) & 255, (total - 10) >> 8], 6);
  out.set(new TextEncoder().encode(text), 10);
  out[total - 1] = 0x0a;
  return out;
}

const invalid = (message: string): Either.Either<string, never> => Either.left(message);

/** How many bytes come before the data, from the file's first twelve; or what is wrong. */
export function npyDataStart(first: Uint8Array, fileSize: number): Either.Either<string, number> {
  if (first.length < 10 || !magic.every((byte, i) => first[i] === byte)) return invalid("it does not begin as one.");
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  const major = first[6];
  if (major < 1 || major > 3) return invalid(`it is of version ${major}.${first[7]}; versions 1 to 3 are known.`);
  if (major > 1 && first.length < 12) return invalid("it ends within its header.");
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const start = (major === 1 ? 10 : 12) + length;
  if (length > maxHeader) return invalid(`its header claims ${length} bytes, more than the ${maxHeader} allowed.`);
  if (start > fileSize) return invalid(`its header claims ${length} bytes, but the file has ${fileSize}.`);
  return Either.right(start);
}

/** The header, checked against the size of the file; or what is wrong. */
export function parseNpyHeader(bytes: Uint8Array, fileSize: number): Either.Either<string, NpyHeader> {
  const text = new TextDecoder(bytes[6] === 3 ? "utf-8" : "latin1").decode(bytes.subarray(bytes[6] === 1 ? 10 : 12));
  const fields = parseDict(text);
  if (fields === undefined) return invalid(`its header is no dictionary: ${JSON.stringify(text.slice(0, 80))}.`);
  const { descr, fortran_order: isFortran, shape } = fields;
  if (isFortran === undefined || shape === undefined || descr === undefined) {
    return invalid("its header lacks descr, fortran_order or shape.");
  }
  const match = /^'([<>|=]?)([a-zA-Z])(\d*)'$/.exec(descr);
  const name = match?.[2] === "?" ? "b1" : `${match?.[2]}${match?.[3]}`;
  const dtype = fromName.get(name);
  if (match === null || dtype === undefined) {
    return invalid(`its elements are ${descr.slice(0, 80)}, which tensors cannot hold.`);
  }
  const sizes = parseTuple(shape);
  if (sizes === undefined || sizes.length > maxRank) return invalid(`its shape is ${shape.slice(0, 80)}.`);
  if (isFortran !== "True" && isFortran !== "False") return invalid(`its fortran_order is ${isFortran.slice(0, 80)}.`);
  let byteLength = dtypes[dtype].bytes;
  for (const d of sizes) {
    byteLength *= d;
    if (!Number.isSafeInteger(byteLength)) return invalid(`its shape (${sizes}) is larger than any file.`);
  }
  const rest = fileSize - bytes.length;
  if (rest !== byteLength) {
    return invalid(`its shape (${sizes}) of ${dtype} takes ${byteLength} bytes, but ${rest} follow the header.`);
  }
  return Either.right({
    dtype,
    shape: sizes,
    isFortran: isFortran === "True",
    isBigEndian: match[1] === ">",
    dataStart: bytes.length,
    byteLength,
  });
}

type Fields = Partial<Record<"descr" | "fortran_order" | "shape", string>>;

/** The dictionary that NumPy writes: three keys, each once, with a string, a boolean and a tuple of whole numbers. */
function parseDict(text: string): Fields | undefined {
  const body = /^\s*\{(.*)\}\s*$/s.exec(text)?.[1];
  if (body === undefined) return undefined;
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  // A list is what records have for their fields: taken whole, to be refused by name.
  const entry = /\s*'(descr|fortran_order|shape)'\s*:\s*('[^']*'|\[.*\]|True|False|\([^()]*\))\s*(,|$)/y;
  while (entry.lastIndex < body.trimEnd().length) {
    const match = entry.exec(body);
    if (match === null || match[1] in fields) return undefined;
    fields[match[1]] = match[2];
  }
  return fields;
}

function parseTuple(text: string): number[] | undefined {
  const inner = text.slice(1, -1).trim();
  if (inner === "") return [];
  const parts = inner.replace(/,$/, "").split(",");
  // Python 2 wrote long integers with an L.
  const sizes = parts.map((part) => (/^\s*\d+L?\s*$/.test(part) ? Number.parseInt(part, 10) : Number.NaN));
  return sizes.every((size) => Number.isSafeInteger(size)) && (parts.length > 1 || inner.endsWith(","))
    ? sizes
    : undefined;
}

/** Bytes as they lie in memory, of elements as another machine has them. Complex numbers are two. */
export function swapBytes(bytes: Uint8Array, dtype: DType): void {
  const isPair = dtype === "complex64" || dtype === "complex128";
  const width = dtypes[dtype].bytes / (isPair ? 2 : 1);
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (width === 2) data.swap16();
  else if (width === 4) data.swap32();
  else if (width === 8) data.swap64();
}
