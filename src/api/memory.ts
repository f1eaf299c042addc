/** What tensors take up on a device. */
import { asDevice, type Device, defaultDevice } from "../core/devices.js";

export interface MemoryStats {
  /** Bytes of tensors that are alive. */
  readonly bytesInUse: number;
  /** The most that were alive at once. */
  readonly peakBytesInUse: number;
  /** Bytes the device's allocator holds. */
  readonly bytesReserved: number;
  readonly liveBuffers: number;
}

/**
 * The memory of a device in bytes; of the default device if left out.
 * @example
 * memory.stats().bytesInUse >= 0; // true
 */
export function stats(device?: Device | string): MemoryStats {
  const d = device === undefined ? defaultDevice() : asDevice(device, "memory.stats");
  return d.client.memoryStats(d);
}
