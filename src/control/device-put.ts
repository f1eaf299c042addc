/** Placement on a device, as an operation that transforms pass through. */
import { DeviceTensor } from "../core/device-tensor.js";
import type { Device } from "../core/devices.js";
import { param } from "../core/params.js";
import { type DefinedMultiPrimitive, defineMultiPrimitive } from "../core/primitive.js";
import { LinearOperand, type Tensor } from "../core/tensor.js";
import { baseTrace, currentTrace } from "../core/trace.js";
import { isZero } from "../interpreters/zeros.js";
import { ConcretizationError } from "../prelude/errors.js";
import { Either } from "../prelude/fp.js";

interface DevicePutParams {
  readonly device: Device;
  /** Where the operand had been put, if that was known: cotangents go back there. */
  readonly source?: Device | undefined;
}

/** The value on the device, which it is committed to: a copy unless it is there already. */
export const placeOn = (x: DeviceTensor, device: Device): DeviceTensor =>
  new DeviceTensor(x.aval, x.ownBufferOn(device, "devicePut"), true);

export const devicePutP: DefinedMultiPrimitive<DevicePutParams> = defineMultiPrimitive({
  name: "device_put",
  doc: "The same values on a device.",
  params: {
    device: param.identity<Device>(String),
    source: param.silent(param.optional(param.identity<Device>(String))),
  },
  abstractEval: (avals) => Either.right({ avals: avals.map((a) => a) }),
  jvp: (primals, tangents, params) => ({
    outs: devicePutP.bind(primals, params),
    tangents: tangents.map((t) => (isZero(t) ? t : devicePutP.bind([t], params)[0])),
  }),
  transpose: (cts, args, { source }) =>
    args.map((x, i) => {
      const ct = cts[i];
      if (!(x instanceof LinearOperand)) return null;
      return source && !isZero(ct) ? putOn(ct, source) : ct;
    }),
  batching: (args, dims, params) => ({ outs: devicePutP.bind(args, params), dims }),
  partialEval: "whole",
  dce: "whole",
  lower: (_cx, args) => [...args],
  bindWith: (args, { device, source }) => {
    const trace = currentTrace();
    if (trace !== baseTrace()) return trace.bind(devicePutP, args, { device, source });
    return args.map((x) => placeOn(x.concrete("devicePut") as DeviceTensor, device));
  },
  samples: [],
});

/** x on a device, in the current trace. */
export const putOn = (x: Tensor, device: Device): Tensor =>
  devicePutP.bind([x], { device, source: deviceIfKnown(x) })[0];

function deviceIfKnown(x: Tensor): Device | undefined {
  try {
    const concrete = x.concrete("device") as DeviceTensor;
    return concrete.committed ? concrete.device : undefined;
  } catch (error) {
    if (error instanceof ConcretizationError) return undefined;
    throw error;
  }
}
