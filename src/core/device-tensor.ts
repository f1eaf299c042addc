import { arrayShape, type Buffer, type Device, type HostArray } from "../../xla-like/index.js";
import { DonationError } from "../prelude/errors.js";
import { ShapedArray } from "./aval.js";
import { defaultDevice } from "./devices.js";
import type { DType } from "./dtype.js";
import { type Readable, Tensor } from "./tensor.js";

/** A tensor with a value: a buffer on a device. */
export class DeviceTensor extends Tensor implements Readable {
  /** Set when the buffer was given to a computation to reuse. */
  #donated = false;

  constructor(
    readonly aval: ShapedArray,
    readonly buffer: Buffer,
    /** Whether the user chose the device. Uncommitted tensors follow committed ones. */
    readonly committed: boolean,
    /** Made from a JavaScript number: written in place in jaxprs. */
    readonly isLiteral = false,
  ) {
    super();
  }

  override get device(): Device {
    return this.buffer.device;
  }

  concrete(action: string): DeviceTensor {
    this.#checkUsable(action);
    return this;
  }

  /** The buffer, if the tensor may still be used. */
  usable(action: string): Buffer {
    this.#checkUsable(action);
    return this.buffer;
  }

  hostData(): HostArray {
    return this.buffer.read();
  }
  hostDataAsync(): Promise<HostArray> {
    return this.buffer.readAsync();
  }

  /** The same value, seen as another type of the same storage. */
  withAval(aval: ShapedArray): DeviceTensor {
    return new DeviceTensor(aval, this.buffer, this.committed, this.isLiteral);
  }

  markDonated(): void {
    this.#donated = true;
    this.buffer.delete();
  }

  override dispose(): void {
    this.buffer.delete();
  }

  #checkUsable(action: string): void {
    if (!this.buffer.isDeleted) return;
    throw this.#donated
      ? new DonationError(
          "CT503",
          `${action}: this ${this.aval} tensor was donated to a jitted call, which reused its memory. ` +
            "Use the call's result instead, or leave the argument out of donateArgnums.",
        )
      : new DonationError(
          "CT502",
          `${action}: this ${this.aval} tensor was disposed of and has no value any more. Dispose of tensors after their last use.`,
        );
  }
}

/** A tensor over host data, of which it takes ownership. */
export function fromHost(
  data: HostArray,
  shape: readonly number[],
  dtype: DType,
  options: { weakType?: boolean; device?: Device; literal?: boolean } = {},
): DeviceTensor {
  const device = options.device ?? defaultDevice();
  const buffer = device.client.fromHost(data, arrayShape(dtype, shape), device);
  const aval = new ShapedArray(shape, dtype, options.weakType ?? false);
  return new DeviceTensor(aval, buffer, options.device !== undefined, options.literal ?? false);
}
