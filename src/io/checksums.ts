/**
 * Checksums in a file's metadata: of each tensor's bytes by name, and of the header itself, in which its own eight digits
 * count as zeros. All have their final length before they are known: they are written over zeros.
 */
import { CheckpointError } from "../prelude/errors.js";
import { isPlainObject } from "../prelude/options.js";
import { checksumText, crc32 } from "./checksum.js";
import { encodeHeader, type TensorToWrite } from "./safetensors.js";

const tensorsKey = "cotangent.crc32";
const headerKey = "cotangent.header.crc32";
const unknown = "00000000";
/** What a header begins with, after the eight bytes of its length: its own digits, and then those of the tensors. */
const start = Buffer.from(`{"__metadata__":{"${headerKey}":"`);
const next = Buffer.from(`","${tensorsKey}":`);
/** Where the header's own digits are. */
const ownPlace = 8 + start.length;

const textOf = (tensors: readonly TensorToWrite[], sums: readonly number[]): string =>
  JSON.stringify(Object.fromEntries(tensors.map(({ name }, i) => [name, checksumText(sums[i])])));

/** The header of a file with these tensors, whose checksums are still to come. */
export function openHeader(
  tensors: readonly TensorToWrite[],
  metadata: ReadonlyMap<string, string>,
): Uint8Array<ArrayBuffer> {
  const zeros = textOf(
    tensors,
    tensors.map(() => 0),
  );
  return encodeHeader(tensors, new Map([[headerKey, unknown], [tensorsKey, zeros], ...metadata]));
}

/** Puts the tensors' checksums into a header, and its own. */
export function sealHeader(header: Uint8Array, tensors: readonly TensorToWrite[], sums: readonly number[]): void {
  header.set(Buffer.from(JSON.stringify(textOf(tensors, sums))), ownPlace + unknown.length + next.length);
  header.set(Buffer.from(checksumText(crc32(header.subarray(8)))), ownPlace);
}

/** Where the header's own checksum is: it comes first. */
function ownDigits(header: Uint8Array): number | undefined {
  const found = Buffer.from(header.buffer, header.byteOffset + 8, header.byteLength - 8).subarray(0, start.length);
  return found.equals(start) ? ownPlace : undefined;
}

/** Whether a header is as it was written; so is one without a checksum, as far as can be told. */
export function isHeaderWhole(header: Uint8Array): boolean {
  const at = ownDigits(header);
  if (at === undefined) return true;
  const copy = header.slice();
  copy.set(Buffer.from(unknown), at);
  return checksumText(crc32(copy.subarray(8))) === Buffer.from(header.subarray(at, at + unknown.length)).toString();
}

/**
 * The tensors' checksums by name; none in a file of another tool.
 * @param where the file, for messages
 */
export function checksumsOf(metadata: ReadonlyMap<string, string>, where: string): ReadonlyMap<string, number> {
  const text = metadata.get(tensorsKey);
  if (text === undefined) return new Map();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  const sums = isPlainObject(json) ? Object.entries(json) : undefined;
  if (sums?.every(([, crc]) => typeof crc === "string" && /^[0-9a-f]{8}$/.test(crc)) !== true) {
    throw new CheckpointError("CT702", `${where} is damaged: the metadata '${tensorsKey}' holds no checksums.`);
  }
  return new Map(sums.map(([name, crc]) => [name, Number.parseInt(crc as string, 16)]));
}
