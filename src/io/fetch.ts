/** Tensors of a checkpoint, read straight to a device. */
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import { arrayShape, type UnfilledBuffer } from "../../xla-like/index.js";
import { ShapedArray } from "../core/aval.js";
import { teachFailure } from "../core/device-failures.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { type Device, defaultDevice } from "../core/devices.js";
import type { DType } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { CheckpointError } from "../prelude/errors.js";
import { checksumText } from "./checksum.js";
import { pieceBytes } from "./pieces.js";
import { progressBar } from "./progress.js";
import { type Incoming, readArrays } from "./read-arrays.js";
import { endedEarly, type Shard, type Source, type StoredTensor } from "./source.js";

export interface FetchOptions {
  readonly device: Device | undefined;
  /** Whether bytes are held against their checksums. */
  readonly checksums: boolean;
}

/** Reads tensors; those of one file in the order of their bytes. */
export async function fetchTensors(
  source: Source,
  wanted: readonly StoredTensor[],
  { device, checksums }: FetchOptions,
  action: string,
): Promise<Map<StoredTensor, Tensor>> {
  checkTypes(source, wanted, action);
  const place = device ?? defaultDevice();
  const arrays = new Map<StoredTensor, Incoming>();
  const progress = progressBar(
    `loading ${basename(source.path)}`,
    wanted.reduce((sum, t) => sum + t.byteLength, 0),
  );
  const sums = new Map<StoredTensor, number>();
  try {
    for (const [shard, stored] of byShard(wanted)) {
      const incoming: Incoming[] = [];
      for (const t of stored) {
        const array = arrayOf(t, place, action, shard.path);
        arrays.set(t, array);
        incoming.push(array);
        // Memory that is given back to make room takes the system a while: one turn of the event loop for each.
        if (t.byteLength > pieceBytes) await setImmediate();
      }
      const summed = checksums && stored.some((t) => t.checksum !== undefined);
      const got = await readArrays(shard.file, incoming, {
        summed,
        advance: (bytes) => progress.advance(bytes),
        ended: () => endedEarly(action, shard.path),
      });
      if (summed) stored.forEach((t, i) => sums.set(t, got[i]));
    }
    checkSums(sums, action);
  } catch (error) {
    for (const { target } of arrays.values()) target.buffer.delete();
    throw error;
  } finally {
    progress.end();
  }
  return new Map(
    wanted.map((t) => {
      const { buffer } = (arrays.get(t) as Incoming).target;
      return [t, new DeviceTensor(new ShapedArray(t.shape, t.dtype as DType), buffer, device !== undefined)];
    }),
  );
}

function byShard(wanted: readonly StoredTensor[]): Map<Shard, StoredTensor[]> {
  const out = new Map<Shard, StoredTensor[]>();
  for (const t of wanted) {
    const known = out.get(t.shard);
    if (known === undefined) out.set(t.shard, [t]);
    else known.push(t);
  }
  for (const stored of out.values()) stored.sort((a, b) => a.position - b.position);
  return out;
}

function arrayOf(t: StoredTensor, device: Device, action: string, path: string): Incoming {
  const dtype = t.dtype as DType;
  let target: UnfilledBuffer;
  try {
    target = device.client.allocate(arrayShape(dtype, t.shape), device);
  } catch (error) {
    throw teachFailure(error, action);
  }
  const treat = dtype !== "bool" ? undefined : (bytes: Uint8Array) => checkBools(bytes, `${action}: '${path}'`, t.name);
  return { position: t.position, byteLength: t.byteLength, target, treat };
}

/** Kernels take every bool for 0 or 1. */
export function checkBools(bytes: Uint8Array, where: string, name: string): void {
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] <= 1) continue;
    throw new CheckpointError("CT702", `${where} is damaged: '${name}' is bool, but one of its bytes is ${bytes[i]}.`);
  }
}

function checkTypes({ path }: Source, wanted: readonly StoredTensor[], action: string): void {
  const foreign = wanted.filter((t) => t.dtype === undefined);
  if (foreign.length === 0) return;
  const list = foreign.map((t) => `'${t.name}' is ${t.format}[${t.shape}]`).join(", ");
  throw new CheckpointError(
    "CT722",
    `${action}: '${path}' has tensors of element types that are not supported: ${list}. Leave them out with select.`,
  );
}

function checkSums(sums: ReadonlyMap<StoredTensor, number>, action: string): void {
  const wrong = [...sums].filter(([{ checksum }, sum]) => checksum !== undefined && checksum !== sum);
  if (wrong.length === 0) return;
  const [{ shard }] = wrong[0];
  const list = wrong.map(
    ([{ name, checksum }, sum]) => `'${name}' (${checksumText(sum)} instead of ${checksumText(checksum as number)})`,
  );
  throw new CheckpointError(
    "CT720",
    `${action}: '${shard.path}' is damaged: the bytes of ${list.join(", ")} are not those that were written. ` +
      "Take an older checkpoint; checksums: false loads what is there all the same.",
  );
}
