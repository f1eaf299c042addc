/**
 * Devices. The reference evaluator has two, so that programs that place data can be tried on any machine.
 * Run: npx tsx examples/d2l/devices.ts
 */
import { devicePut, devices, jit, numpy as np, withDefaultDevice } from "cotangent";
import { messageOf } from "../message-of.js";
import { whenRun } from "../when-run.js";

export function main() {
  const [first, second] = devices("reference");
  const x = devicePut(np.ones([2, 3]), first);
  const y = devicePut(np.ones([2, 3]), second);

  // Nothing is copied behind your back.
  const error = messageOf(() => x.add(y));

  // Move one of them; results stay where their operands are, compiled or not.
  const z = devicePut(x, second);
  const sum = jit(np.add)(y, z);

  // Tensors that nobody placed, such as constants, go along.
  const along = y.add(np.ones([3]));

  // Where tensors are made if nothing else decides.
  const made = withDefaultDevice(second, () => np.zeros([2]));

  const placed = { x, y, z, sum, along, made };
  const places = Object.fromEntries(Object.entries(placed).map(([name, tensor]) => [name, String(tensor.device)]));
  console.log(places);
  console.log(error);
  return { places, sum: sum.js(), error, hasGpu: devices("cuda").length > 0 };
}

await whenRun(import.meta.url, main);
