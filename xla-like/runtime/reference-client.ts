/** The devices `reference:0` and `reference:1`: the evaluator of `reference/` behind the runtime's interfaces. */
import { type HostArray, hostArray } from "../hlo/dtype.js";
import type { HloModule } from "../hlo/instruction.js";
import { type ArrayShape, shapeEquals, shapeText, sizeOf } from "../hlo/shape.js";
import { prepare } from "../reference/evaluate.js";
import { bytesOf, HostBuffer, MemoryLedger } from "./buffer.js";
import type { Buffer, Client, Device, Executable } from "./client.js";
import { makeDevice } from "./device.js";
import { RuntimeUseError } from "./errors.js";

const makeReferenceClient = (): Client => {
  const ledgers = new Map<Device, MemoryLedger>();
  const ledgerOf = (device: Device): MemoryLedger => ledgers.get(device) as MemoryLedger;

  const checkDevice = (device: Device): void => {
    if (device.client !== client) {
      throw new RuntimeUseError(`device ${device.toString()} does not belong to the reference client`);
    }
  };

  const readArguments = (module: HloModule, args: readonly Buffer[]): HostArray[] => {
    const { parameters } = module.entry;
    if (args.length !== parameters.length) {
      throw new RuntimeUseError(`${module.name} takes ${parameters.length} buffers, but got ${args.length}`);
    }
    return args.map((buffer, i) => {
      checkDevice(buffer.device);
      const { shape } = parameters[i];
      if (!shapeEquals(buffer.shape, shape)) {
        const got = shapeText(buffer.shape);
        throw new RuntimeUseError(`${module.name}: parameter ${i} is ${shapeText(shape)}, but the buffer is ${got}`);
      }
      return buffer.read();
    });
  };

  const compile = (module: HloModule, device: Device): Executable => {
    checkDevice(device);
    const { root } = module.entry;
    const shapes: readonly ArrayShape[] = root.shape.kind === "tuple" ? root.shape.elements : [root.shape];
    const run = prepare(module);
    const execute = (args: readonly Buffer[]): Buffer[] => {
      const results = run(readArguments(module, args));
      for (const [parameter] of module.donation ?? []) args[parameter].delete();
      return results.map((data, i) => new HostBuffer(device, shapes[i], data, ledgerOf(device)));
    };
    return { module, execute };
  };

  const devices: Device[] = [];
  const client: Client = {
    kind: "reference",
    devices,
    compile,
    fromHost: (data, shape, device) => {
      checkDevice(device);
      return new HostBuffer(device, shape, data, ledgerOf(device));
    },
    allocate: (shape, device) => {
      checkDevice(device);
      const data = hostArray(shape.dtype, sizeOf(shape.dims));
      return {
        buffer: new HostBuffer(device, shape, data, ledgerOf(device)),
        address: undefined,
        fill: (bytes, start) => bytesOf(data).set(bytes, start),
      };
    },
    memoryStats: (device) => {
      checkDevice(device);
      return ledgerOf(device).stats();
    },
  };
  // Two of them, so that programs which place data can be tried without special hardware.
  for (const index of [0, 1]) {
    const device = makeDevice("reference", index, "JavaScript reference evaluator", client);
    devices.push(device);
    ledgers.set(device, new MemoryLedger());
  }
  return client;
};

let shared: Client | undefined;

/** The one reference client of this process. */
export const referenceClient = (): Client => {
  shared ??= makeReferenceClient();
  return shared;
};
