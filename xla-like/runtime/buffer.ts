/** Buffers whose elements lie in host memory, and the count of those still alive. */
import { dtypes, type HostArray, isComplex } from "../hlo/dtype.js";
import { type ArrayShape, shapeText, sizeOf } from "../hlo/shape.js";
import type { Buffer, Device, HeldBytes, MemoryStats } from "./client.js";
import { RuntimeUseError } from "./errors.js";

/** Live bytes of one device. A buffer leaves the count when it is deleted or collected, whichever comes first. */
export class MemoryLedger {
  #bytes = 0;
  #peak = 0;
  #count = 0;
  readonly #registry = new FinalizationRegistry<number>((bytes) => this.#leave(bytes));

  enter(owner: object, bytes: number): void {
    this.#bytes += bytes;
    this.#count += 1;
    this.#peak = Math.max(this.#peak, this.#bytes);
    this.#registry.register(owner, bytes, owner);
  }

  release(owner: object, bytes: number): void {
    this.#registry.unregister(owner);
    this.#leave(bytes);
  }

  stats(): MemoryStats {
    return {
      bytesInUse: this.#bytes,
      peakBytesInUse: this.#peak,
      bytesReserved: this.#bytes,
      liveBuffers: this.#count,
    };
  }

  #leave(bytes: number): void {
    this.#bytes -= bytes;
    this.#count -= 1;
  }
}

/** An array's bytes, without a copy. */
export const bytesOf = (data: HostArray): Uint8Array =>
  new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);

/** A buffer in the memory of this process. It is ready as soon as it exists. */
export class HostBuffer implements Buffer {
  #data: HostArray | undefined;
  readonly byteLength: number;

  constructor(
    readonly device: Device,
    readonly shape: ArrayShape,
    data: HostArray,
    private readonly ledger: MemoryLedger,
  ) {
    const { storage } = dtypes[shape.dtype];
    const perElement = shape.dtype === "float0" ? 0 : isComplex(shape.dtype) ? 2 : 1;
    const length = sizeOf(shape.dims) * perElement;
    if (!(data instanceof storage) || data.length !== length) {
      const wanted = `${storage.name} of length ${length}`;
      throw new RuntimeUseError(
        `a buffer of shape ${shapeText(shape)} is stored in a ${wanted}, but the data is a ${data.constructor.name} of length ${data.length}`,
      );
    }
    this.#data = data;
    this.byteLength = data.byteLength;
    ledger.enter(this, this.byteLength);
  }

  get isDeleted(): boolean {
    return this.#data === undefined;
  }

  read(): HostArray {
    if (this.#data === undefined) {
      throw new RuntimeUseError(
        `the buffer ${shapeText(this.shape)} on ${this.device.toString()} was deleted or donated and cannot be used any more`,
      );
    }
    return this.#data;
  }

  async readAsync(): Promise<HostArray> {
    return this.read();
  }

  async ready(): Promise<void> {
    this.waitReady();
  }

  waitReady(): void {
    this.read();
  }

  hold(): HeldBytes {
    const bytes = bytesOf(this.read());
    return {
      byteLength: bytes.length,
      address: undefined,
      ready: async () => {},
      copyTo: (target, start) => target.set(bytes.subarray(start, start + target.length)),
      release: () => {},
    };
  }

  delete(): void {
    if (this.#data === undefined) return;
    this.#data = undefined;
    this.ledger.release(this, this.byteLength);
  }
}
