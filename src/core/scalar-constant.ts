/** The constants that JavaScript numbers beside tensors stand for: made once for each value, type and device. */
import { arrayShape, type Buffer, type Device, type HostArray, hostArray } from "../../xla-like/index.js";
import { LruCache } from "../prelude/lru-cache.js";
import type { DType } from "./dtype.js";
import { type ScalarValue, writeElement } from "./elements.js";

/** A scalar whose buffer is made when a computation first reads it, and shared by all tensors made from that number. */
export class ScalarConstant {
  readonly #data: HostArray;
  #buffer: Buffer | undefined;

  constructor(
    readonly value: ScalarValue,
    readonly dtype: DType,
    readonly device: Device,
  ) {
    this.#data = hostArray(dtype, 1);
    writeElement(this.#data, 0, dtype, value);
  }

  /** The element as it is stored. */
  get data(): HostArray {
    return this.#data;
  }
  get isOnDevice(): boolean {
    return this.#buffer !== undefined;
  }
  /** On this constant's device; shared, so not to be donated. */
  get buffer(): Buffer {
    if (this.#buffer === undefined || this.#buffer.isDeleted) this.#buffer = this.newBuffer();
    return this.#buffer;
  }
  /** The same value in a buffer of its own. */
  newBuffer(): Buffer {
    return this.device.client.fromHost(this.#data.slice(), arrayShape(this.dtype, []), this.device);
  }
  /** The same constant on a device. */
  on(device: Device): ScalarConstant {
    return device === this.device ? this : scalarConstant(this.value, this.dtype, device);
  }
  /** Gives the buffer back; it is made anew if it is asked for again. */
  release(): void {
    this.#buffer?.delete();
    this.#buffer = undefined;
  }
}

/** Kept for each device and dtype. */
const capacity = 256;
type ByDType = Map<DType, LruCache<ScalarValue, ScalarConstant>>;
const constants = new Map<Device, ByDType>();

export function scalarConstant(value: ScalarValue, dtype: DType, device: Device): ScalarConstant {
  // Complex numbers are objects, and a Map takes -0 for 0.
  if (typeof value === "object" || Object.is(value, -0)) return new ScalarConstant(value, dtype, device);
  const cache = cacheOf(dtype, device);
  const known = cache.find(value);
  if (known !== undefined) return known;
  const made = new ScalarConstant(value, dtype, device);
  cache.set(value, made)?.release();
  return made;
}

function cacheOf(dtype: DType, device: Device): LruCache<ScalarValue, ScalarConstant> {
  let byDType = constants.get(device);
  if (byDType === undefined) {
    byDType = new Map();
    constants.set(device, byDType);
  }
  let cache = byDType.get(dtype);
  if (cache === undefined) {
    cache = new LruCache(capacity);
    byDType.set(dtype, cache);
  }
  return cache;
}

/** What kept constants take up on a device: the library's, no user's tensors. */
export function constantsOn(device: Device): { readonly buffers: number; readonly bytes: number } {
  let buffers = 0;
  let bytes = 0;
  for (const cache of constants.get(device)?.values() ?? []) {
    for (const constant of cache.values()) {
      if (!constant.isOnDevice) continue;
      buffers += 1;
      bytes += constant.buffer.byteLength;
    }
  }
  return { buffers, bytes };
}
