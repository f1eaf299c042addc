import { devicePut } from "../api/device-put.js";
import type { Tensors } from "../api/types.js";
import type { Device } from "../core/devices.js";
import { checkOptions } from "../prelude/options.js";
import { checkCount } from "./rows.js";

export interface PrefetchOptions {
  /** How many trees are on their way while one is in use; 2 by default. */
  readonly size?: number | undefined;
  /** The device they go to; the default device if left out. */
  readonly device?: Device | string | undefined;
}

/**
 * Moves the trees of an iterable to a device before they are asked for, so that copying overlaps with computing on
 * devices that work on their own.
 *
 * @throws ArgumentError CT004 if the size is not a positive integer
 * @example
 * const onDevice = data.prefetch(data.batches(np.zeros([10, 3]), 5));
 * for (const batch of onDevice) batch.shape; // [5, 3], [5, 3]
 */
export function prefetch<T>(trees: Iterable<T>, options: PrefetchOptions = {}): Iterable<Tensors<T>> {
  checkOptions("data.prefetch", options, ["size", "device"]);
  const { size = 2, device } = options;
  checkCount("data.prefetch", "size", size, 1);
  return {
    *[Symbol.iterator]() {
      const waiting: Tensors<T>[] = [];
      for (const tree of trees) {
        waiting.push(devicePut(tree, device));
        if (waiting.length > size) yield waiting.shift() as Tensors<T>;
      }
      yield* waiting;
    },
  };
}
