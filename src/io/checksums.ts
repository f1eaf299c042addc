/**
 * Checksums in a file's metadata: of each tensor's bytes by name, and of the header itself, in which its own eight digits
 * count as zeros. Both have their final length before they are known, so that the header can be written last.
 */
import { CheckpointError } from "../prelude/errors.js";
import { isPlainObject } from "../prelude/options.js";
import { checksumText, crc32 } from "./checksum.js";

const tensorsKey = "cotangent.crc32";
const headerKey = "cotangent.header.crc32";
const unknown = "00000000";

/** The metadata of a file with these checksums; the header's own is left open. */
export function withChecksums(
  metadata: ReadonlyMap<string, string>,
  sums: ReadonlyMap<string, number>,
): ReadonlyMap<string, string> {
  const texts = Object.fromEntries([...sums].map(([name, crc]) => [name, checksumText(crc)]));
  return new Map([[headerKey, unknown], [tensorsKey, JSON.stringify(texts)], ...metadata]);
}

/** Puts the header's own checksum into it. */
export function sealHeader(header: Uint8Array): void {
  const at = ownDigits(header);
  if (at !== undefined) header.set(Buffer.from(checksumText(crc32(header.subarray(8)))), at);
}

/** Where the header's own checksum is: it comes first. */
function ownDigits(header: Uint8Array): number | undefined {
  const start = Buffer.from(`{"__metadata__":{"${headerKey}":"`);
  const found = Buffer.from(header.buffer, header.byteOffset + 8, header.byteLength - 8).subarray(0, start.length);
  return found.equals(start) ? 8 + start.length : undefined;
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
