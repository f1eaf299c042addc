/** Safetensors files that are bytes in memory: of a few tensors, for databases and messages. */
import { arrayShape } from "../../../xla-like/index.js";
import { ShapedArray } from "../../core/aval.js";
import { DeviceTensor } from "../../core/device-tensor.js";
import { type Device, defaultDevice } from "../../core/devices.js";
import type { Tensor } from "../../core/tensor.js";
import { CheckpointError } from "../../prelude/errors.js";
import { crc32 } from "../checksum.js";
import { checksumsOf, isHeaderWhole, openHeader, sealHeader } from "../checksums.js";
import { dtypeOf, headerLength, parseHeader } from "../safetensors.js";
import { describeRecord } from "../tree-record.js";
import { releasePlan, type TreePlan } from "../tree-writer.js";
import type { Opened } from "./opened.js";

/** A plan as the bytes that its file would have. */
export async function planBytes(plan: TreePlan): Promise<Uint8Array<ArrayBuffer>> {
  const { tensors, metadata } = plan;
  try {
    for (const { held } of tensors) await held.ready();
    const header = openHeader(tensors, metadata);
    const bytes = new Uint8Array(header.length + tensors.reduce((sum, t) => sum + t.byteLength, 0));
    let at = header.length;
    const sums = tensors.map(({ held, byteLength }) => {
      const own = bytes.subarray(at, at + byteLength);
      held.copyTo(own, 0);
      at += byteLength;
      return crc32(own);
    });
    sealHeader(header, tensors, sums);
    bytes.set(header);
    return bytes;
  } finally {
    releasePlan(plan);
  }
}

/** Bytes as an opened file. */
export function openBytes(bytes: Uint8Array, action: string): Opened {
  const where = `${action}: the file given as bytes`;
  const failed = (error: CheckpointError): CheckpointError =>
    new CheckpointError("CT702", `${where} is ${error.message.replace(/ {2}\[CT\d+\]$/, "")}`, { cause: error });
  const length = headerLength(bytes.subarray(0, 8), bytes.length);
  if (length._tag === "Left") throw failed(length.left);
  const head = bytes.subarray(0, 8 + length.right);
  const parsed = parseHeader(head.slice(8), bytes.length);
  if (parsed._tag === "Left") throw failed(parsed.left);
  if (!isHeaderWhole(head))
    throw new CheckpointError("CT720", `${where} has a header that is not the one written: its checksum differs.`);
  const { metadata, entries, dataStart } = parsed.right;
  const checksums = checksumsOf(metadata, where);
  const { complex128 } = describeRecord(metadata, where);

  const tensors = new Map(
    entries.map((e) => {
      const isPair = complex128.has(e.name) && e.dtype === "F64" && e.shape.at(-1) === 2;
      return [
        e.name,
        {
          dtype: isPair ? ("complex128" as const) : dtypeOf(e.dtype),
          shape: isPair ? e.shape.slice(0, -1) : e.shape,
          data: bytes.subarray(dataStart + e.start, dataStart + e.end),
        },
      ];
    }),
  );
  const read = (name: string, device: Device | undefined): Tensor => {
    const { dtype, shape, data } = tensors.get(name) as NonNullable<ReturnType<typeof tensors.get>>;
    if (dtype === undefined) throw new TypeError(`${name} is of a type that was not asked for`);
    const wanted = checksums.get(name);
    if (wanted !== undefined && wanted !== crc32(data))
      throw new CheckpointError(
        "CT720",
        `${where} is damaged: the bytes of '${name}' are not the ones that were written.`,
      );
    if (dtype === "bool" && data.some((x) => x > 1))
      throw new CheckpointError(
        "CT702",
        `${where} is damaged: '${name}' is bool, but has a byte that is neither 0 nor 1.`,
      );
    const place = device ?? defaultDevice();
    const target = place.client.allocate(arrayShape(dtype, shape), place);
    target.fill(data, 0);
    return new DeviceTensor(new ShapedArray(shape, dtype), target.buffer, device !== undefined);
  };
  return {
    where,
    metadata,
    constant: (name) => {
      const t = tensors.get(name);
      return t?.dtype === undefined ? undefined : { dtype: t.dtype, shape: t.shape };
    },
    read: async (names, device) => new Map(names.map((name) => [name, read(name, device)])),
    close: async () => {},
  };
}
