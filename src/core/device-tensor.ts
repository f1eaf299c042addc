import { type ArrayShape, arrayShape, type Buffer, type Device, type HostArray } from "../../xla-like/index.js";
import { DonationError } from "../prelude/errors.js";
import { ShapedArray } from "./aval.js";
import { teachFailure } from "./device-failures.js";
import { defaultDevice } from "./devices.js";
import type { DType } from "./dtype.js";
import { ScalarConstant } from "./scalar-constant.js";
import { type Readable, Tensor } from "./tensor.js";

/** Usable as long as the buffer is, disposed of, or given to a computation to reuse. */
type State = "usable" | "disposed" | "donated";

/** A tensor with a value: a buffer on a device, or a constant that becomes one when a computation needs it. */
export class DeviceTensor extends Tensor implements Readable {
  #state: State = "usable";
  readonly #buffer: Buffer | undefined;
  readonly #constant: ScalarConstant | undefined;

  constructor(
    readonly aval: ShapedArray,
    value: Buffer | ScalarConstant,
    /** Whether the user chose the device. Uncommitted tensors follow committed ones. */
    readonly committed: boolean,
  ) {
    super();
    if (value instanceof ScalarConstant) {
      this.#buffer = undefined;
      this.#constant = value;
    } else {
      this.#buffer = value;
      this.#constant = undefined;
    }
  }

  /** Made from a JavaScript number: written in place in jaxprs. */
  get isLiteral(): boolean {
    return this.#constant !== undefined;
  }
  /** What a literal was made from. */
  get constant(): ScalarConstant | undefined {
    return this.#constant;
  }
  get buffer(): Buffer {
    return this.#buffer ?? (this.#constant as ScalarConstant).buffer;
  }
  override get device(): Device {
    return (this.#buffer ?? (this.#constant as ScalarConstant)).device;
  }
  /** Whether using it throws. */
  get isGone(): boolean {
    return this.#state !== "usable" || this.#buffer?.isDeleted === true;
  }

  concrete(action: string): DeviceTensor {
    if (this.isGone) throw this.#gone(action);
    return this;
  }

  /** The buffer, if the tensor may still be used. */
  usable(action: string): Buffer {
    if (this.isGone) throw this.#gone(action);
    return this.buffer;
  }

  /** The buffer for a computation on a device, where it is copied if it is elsewhere. */
  bufferOn(device: Device, action: string): Buffer {
    const buffer = this.#buffer;
    if (buffer !== undefined && buffer.device === device && !buffer.isDeleted && this.#state === "usable")
      return buffer;
    return this.#bufferElsewhere(device, action);
  }

  #bufferElsewhere(device: Device, action: string): Buffer {
    if (this.isGone) throw this.#gone(action);
    if (this.#constant !== undefined) return this.#constant.on(device).buffer;
    const buffer = this.buffer;
    return newBuffer(read(buffer, action).slice(), buffer.shape, device, action);
  }

  /** The same, of which the computation may take the memory: no other tensor shares it. */
  ownBufferOn(device: Device, action: string): Buffer {
    if (this.#constant === undefined) return this.bufferOn(device, action);
    if (this.isGone) throw this.#gone(action);
    return this.#constant.on(device).newBuffer();
  }

  hostData(): HostArray {
    return this.#constant !== undefined ? this.#constant.data : read(this.buffer, "reading a tensor");
  }
  hostDataAsync(): Promise<HostArray> {
    if (this.#constant !== undefined) return Promise.resolve(this.#constant.data);
    return this.buffer.readAsync().catch((error: unknown) => {
      throw teachFailure(error, "reading a tensor");
    });
  }

  /** The same value, seen as another type of the same storage. */
  withAval(aval: ShapedArray): DeviceTensor {
    return new DeviceTensor(aval, this.#constant ?? this.buffer, this.committed);
  }

  markDonated(): void {
    this.#state = "donated";
    this.#buffer?.delete();
  }

  override dispose(): void {
    if (this.#state !== "usable") return;
    this.#state = "disposed";
    this.#buffer?.delete();
  }

  #gone(action: string): DonationError {
    return this.#state === "donated"
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

function read(buffer: Buffer, action: string): HostArray {
  try {
    return buffer.read();
  } catch (error) {
    throw teachFailure(error, action);
  }
}

function newBuffer(data: HostArray, shape: ArrayShape, device: Device, action: string): Buffer {
  try {
    return device.client.fromHost(data, shape, device);
  } catch (error) {
    throw teachFailure(error, action);
  }
}

/** A tensor over host data, of which it takes ownership. */
export function fromHost(
  data: HostArray,
  shape: readonly number[],
  dtype: DType,
  options: { weakType?: boolean; device?: Device } = {},
): DeviceTensor {
  const device = options.device ?? defaultDevice();
  const buffer = newBuffer(data, arrayShape(dtype, shape), device, "a new tensor");
  return new DeviceTensor(
    new ShapedArray(shape, dtype, options.weakType ?? false),
    buffer,
    options.device !== undefined,
  );
}
