import { putOn } from "../control/device-put.js";
import { teachFailure } from "../core/device-failures.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { asDevice, type Device, defaultDevice } from "../core/devices.js";
import { Tensor } from "../core/tensor.js";
import { flattenInto } from "../tree/flatten.js";
import { flattenTensors } from "./flat.js";
import type { Tensors } from "./types.js";

/**
 * A tree's tensors on a device, to which they are then committed: operations on them run there, and mixing tensors
 * committed to different devices is an error. Under a transform the move is part of the program.
 *
 * @param device a Device, or its name (`"reference:0"`); the default device if left out
 * @throws DeviceError CT501 if there is no such device
 * @example
 * const x = devicePut(np.ones([2]), devices()[0]);
 * String(x.device) === String(devices()[0]); // true
 */
export function devicePut<T>(tree: T, device?: Device | string): Tensors<T> {
  const { leaves, treedef } = flattenTensors(tree, "devicePut: a leaf");
  const target = device === undefined ? defaultDevice() : asDevice(device, "devicePut");
  return treedef.unflatten(leaves.map((x) => putOn(x, target))) as Tensors<T>;
}

/**
 * A tree's tensors as plain JavaScript values: nested arrays, numbers for 0-d tensors. Other leaves stay.
 *
 * @throws ConcretizationError CT301 on tracers
 * @example
 * deviceGet({ w: np.ones([2]) }); // { w: [1, 1] }
 */
export function deviceGet(tree: unknown): unknown {
  const leaves: unknown[] = [];
  const treedef = flattenInto(tree, leaves);
  return treedef.unflatten(leaves.map((x) => (x instanceof Tensor ? x.js() : x)));
}

const buffersOf = (tree: unknown) => {
  const leaves: unknown[] = [];
  flattenInto(tree, leaves);
  return leaves.flatMap((x) => (x instanceof DeviceTensor ? [x.usable("waiting for a tensor")] : []));
};

/** Waits on the spot until a tree's tensors are computed, and gives the tree back. */
export function blockUntilReady<T>(tree: T): T {
  try {
    for (const b of buffersOf(tree)) b.waitReady();
  } catch (error) {
    throw teachFailure(error, "blockUntilReady");
  }
  return tree;
}

/** Resolves to the tree once its tensors are computed, without blocking the event loop. */
export async function whenReady<T>(tree: T): Promise<T> {
  try {
    await Promise.all(buffersOf(tree).map((b) => b.ready()));
  } catch (error) {
    throw teachFailure(error, "whenReady");
  }
  return tree;
}
