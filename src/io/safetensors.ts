/**
 * The safetensors format: eight bytes of header length, a JSON header, then the tensors' bytes, little-endian and in
 * row-major order. Source: https://github.com/huggingface/safetensors (README, "Format").
 */
import { type DType, dtypes } from "../core/dtype.js";
import { CheckpointError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";
import { isPlainObject } from "../prelude/options.js";
import { repeatedKey } from "./repeated-key.js";

export interface TensorEntry {
  readonly name: string;
  /** The format's name of the element type. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Where its bytes start and end, counted from the end of the header. */
  readonly start: number;
  readonly end: number;
}

export interface Header {
  readonly metadata: ReadonlyMap<string, string>;
  /** In the order of their bytes. */
  readonly entries: readonly TensorEntry[];
  /** Bytes of the file before the tensors' bytes. */
  readonly dataStart: number;
}

const maxHeader = 100_000_000;
/** As many as NumPy's arrays can have. */
const maxRank = 64;

// In the order in which tensors are written: widest elements first, so that each is aligned.
const formatNames: readonly (readonly [DType, string])[] = [
  ["uint64", "U64"],
  ["int64", "I64"],
  ["float64", "F64"],
  ["complex64", "C64"],
  ["float32", "F32"],
  ["uint32", "U32"],
  ["int32", "I32"],
  ["bfloat16", "BF16"],
  ["float16", "F16"],
  ["uint16", "U16"],
  ["int16", "I16"],
  ["int8", "I8"],
  ["uint8", "U8"],
  ["bool", "BOOL"],
];
const toFormat = new Map(formatNames);
const fromFormat = new Map(formatNames.map(([d, name]) => [name, d]));
const writeOrder = formatNames.map(([, name]) => name);

/** Bits of an element of the types that the format has and tensors do not: such leaves are seen, but not loaded. */
const foreignBits: ReadonlyMap<string, number> = new Map([
  ["F8_E4M3", 8],
  ["F8_E4M3FNUZ", 8],
  ["F8_E5M2", 8],
  ["F8_E5M2FNUZ", 8],
  ["F8_E8M0", 8],
  ["F6_E2M3", 6],
  ["F6_E3M2", 6],
  ["F4", 4],
]);

/** complex128 has no name in the format: it is stored as pairs of F64 along one more dimension. */
export const formatName = (dtype: DType): string => toFormat.get(dtype) ?? "F64";
export const dtypeOf = (format: string): DType | undefined => fromFormat.get(format);

export interface TensorToWrite {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly byteLength: number;
}

/** The order in which tensors follow the header. */
export function fileOrder<T extends TensorToWrite>(tensors: readonly T[]): readonly T[] {
  const rank = new Map(writeOrder.map((name, i) => [name, i]));
  return [...tensors].sort(
    (a, b) => (rank.get(a.dtype) as number) - (rank.get(b.dtype) as number) || (a.name < b.name ? -1 : 1),
  );
}

/** The header's bytes, for tensors that follow it in this order. */
export function encodeHeader(
  ordered: readonly TensorToWrite[],
  metadata: ReadonlyMap<string, string>,
): Uint8Array<ArrayBuffer> {
  const parts: string[] = [];
  if (metadata.size > 0) {
    const pairs = [...metadata].map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`);
    parts.push(`"__metadata__":{${pairs.join(",")}}`);
  }
  let offset = 0;
  for (const { name, dtype, shape, byteLength } of ordered) {
    const end = offset + byteLength;
    parts.push(`${JSON.stringify(name)}:{"dtype":"${dtype}","shape":[${shape}],"data_offsets":[${offset},${end}]}`);
    offset = end;
  }
  const json = new TextEncoder().encode(`{${parts.join(",")}}`);
  const length = Math.ceil(json.length / 8) * 8;
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(json, 8);
  return header;
}

const invalid = (message: string): Either.Either<CheckpointError, never> =>
  Either.left(new CheckpointError("CT702", `not a safetensors file: ${message}`));

/** How long the header is, from the file's first eight bytes. */
export function headerLength(first: Uint8Array, fileSize: number): Either.Either<CheckpointError, number> {
  if (first.length < 8) return invalid(`it has ${first.length} bytes, but the header's length alone takes 8.`);
  const length = new DataView(first.buffer, first.byteOffset).getBigUint64(0, true);
  if (length > maxHeader) return invalid(`its header claims ${length} bytes, more than the ${maxHeader} allowed.`);
  if (8 + Number(length) > fileSize) return invalid(`its header claims ${length} bytes, but the file has ${fileSize}.`);
  return Either.right(Number(length));
}

/** The header, checked: types, shapes, and offsets that cover the rest of the file without holes or overlaps. */
export function parseHeader(bytes: Uint8Array, fileSize: number): Either.Either<CheckpointError, Header> {
  let json: unknown;
  try {
    // A byte order mark is no JSON.
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    json = JSON.parse(text);
    const twice = repeatedKey(text);
    if (twice !== undefined) return invalid(`its header has the key ${JSON.stringify(twice)} twice in one object.`);
  } catch (error) {
    return invalid(`its header is not JSON in UTF-8 (${(error as Error).message}).`);
  }
  if (!isPlainObject(json)) return invalid("its header is not a JSON object.");
  const metadata = new Map<string, string>();
  const entries: TensorEntry[] = [];
  for (const [name, value] of Object.entries(json)) {
    if (name === "__metadata__") {
      if (!isPlainObject(value)) return invalid("__metadata__ is not an object.");
      for (const [k, v] of Object.entries(value)) {
        if (typeof v !== "string") return invalid(`__metadata__ '${k}' is not a string.`);
        metadata.set(k, v);
      }
      continue;
    }
    const entry = parseEntry(name, value);
    if (entry._tag === "Left") return entry;
    entries.push(entry.right);
  }
  entries.sort((a, b) => a.start - b.start || a.end - b.end);
  const dataStart = 8 + bytes.length;
  let at = 0;
  for (const e of entries) {
    if (e.start !== at)
      return invalid(`the bytes of '${e.name}' start at ${e.start}, but those before it end at ${at}.`);
    at = e.end;
  }
  if (dataStart + at !== fileSize) {
    return invalid(
      `its tensors take ${at} bytes, but ${fileSize - dataStart} follow the header. It was cut short or damaged.`,
    );
  }
  return Either.right({ metadata, entries, dataStart });
}

const isSize = (x: unknown): x is number => typeof x === "number" && Number.isSafeInteger(x) && x >= 0;

function parseEntry(name: string, value: unknown): Either.Either<CheckpointError, TensorEntry> {
  if (!isPlainObject(value)) return invalid(`the entry of '${name}' is not an object.`);
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string") return invalid(`'${name}' has no dtype.`);
  if (!Array.isArray(shape) || !shape.every(isSize)) return invalid(`the shape of '${name}' is not a list of sizes.`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    return invalid(`the data_offsets of '${name}' are not two sizes.`);
  }
  const [start, end] = offsets as [number, number];
  if (shape.length > maxRank) return invalid(`'${name}' has ${shape.length} dimensions, more than ${maxRank}.`);
  const known = dtypeOf(dtype);
  const bits = known === undefined ? foreignBits.get(dtype) : 8 * dtypes[known].bytes;
  if (bits === undefined) return invalid(`'${name}' has the dtype ${JSON.stringify(dtype)}, which is not supported.`);
  let size = bits;
  for (const d of shape as number[]) {
    size *= d;
    if (!Number.isSafeInteger(size)) return invalid(`'${name}' of shape [${shape}] is larger than any file.`);
  }
  if (size % 8 !== 0 || end - start !== size / 8) {
    return invalid(
      `'${name}' of shape [${shape}] takes ${size / 8} bytes, but its data_offsets give it ${end - start}.`,
    );
  }
  return Either.right({ name, dtype, shape: shape as number[], start, end });
}
