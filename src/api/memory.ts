/** What tensors take up on a device. */
import { asDevice, type Device, defaultDevice } from "../core/devices.js";
import { constantsOn } from "../core/scalar-constant.js";

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
 * The memory of a device in bytes; of the default device if left out. The few constants that the library keeps for
 * JavaScript numbers beside tensors (`x.add(1)`) are not counted among the live buffers.
 * @example
 * memory.stats().bytesInUse >= 0; // true
 */
export function stats(device?: Device | string): MemoryStats {
  const d = device === undefined ? defaultDevice() : asDevice(device, "memory.stats");
  const { bytesInUse, liveBuffers, ...rest } = d.client.memoryStats(d);
  const constants = constantsOn(d);
  return { ...rest, bytesInUse: bytesInUse - constants.bytes, liveBuffers: liveBuffers - constants.buffers };
}
