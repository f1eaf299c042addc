import { dtypes, type HostArray, isComplex } from "../hlo/dtype.js";
import { type ArrayShape, shapeText, sizeOf } from "../hlo/shape.js";
import type { Buffer, Device, HeldBytes, UnfilledBuffer } from "./client.js";
import { RuntimeUseError } from "./errors.js";
import { type Block, type NativeMemory, Slab } from "./native-memory.js";

/** How many entries of its storage an array of this shape takes. */
export const storageLength = ({ dtype, dims }: ArrayShape): number =>
  dtype === "float0" ? 0 : sizeOf(dims) * (isComplex(dtype) ? 2 : 1);

export const byteLengthOf = (shape: ArrayShape): number => sizeOf(shape.dims) * dtypes[shape.dtype].bytes;

/** An array in native memory, perhaps still being computed. */
export class NativeBuffer implements Buffer {
  /** Marks the buffers of one execution; see `NativeExecutable`. */
  mark = 0;
  #holders = 0;
  /** Whose memory is given back by the last holder. */
  #parked: Block | Slab | undefined;

  constructor(
    readonly device: Device,
    readonly shape: ArrayShape,
    readonly byteLength: number,
    private readonly memory: NativeMemory,
    readonly address: number,
    /** Owns the memory; undefined once the buffer is deleted. */
    private owner: Block | Slab | undefined,
    /** The submission that computes it; 0 when it is there. */
    public sequence: number,
  ) {
    if (owner !== undefined) memory.enter(owner, byteLength);
  }

  get isDeleted(): boolean {
    return this.owner === undefined;
  }

  read(): HostArray {
    const owner = this.#live();
    const { memory, address } = this;
    this.#await();
    const { dtype } = this.shape;
    const { storage } = dtypes[dtype];
    const length = storageLength(this.shape);
    if (owner instanceof Slab) {
      const view = owner.view(dtype);
      const start = (address - owner.address) / view.BYTES_PER_ELEMENT;
      return view.slice(start, start + length);
    }
    const out = new storage(length);
    memory.io[0] = address;
    memory.native.read(out);
    return out;
  }

  async readAsync(): Promise<HostArray> {
    await this.ready();
    return this.read();
  }

  async ready(): Promise<void> {
    this.#live();
    await this.memory.whenComplete(this.sequence);
    this.memory.checkFailure(this.sequence);
  }

  waitReady(): void {
    this.#live();
    this.#await();
  }

  /** Whether someone reads the memory, so that nothing may be written to it. */
  get isHeld(): boolean {
    return this.#holders > 0;
  }

  hold(): HeldBytes {
    this.#live();
    const { memory, address, byteLength, sequence } = this;
    this.#holders += 1;
    let isHeld = true;
    return {
      byteLength,
      address: memory.isVisible ? address : undefined,
      ready: async () => {
        await memory.whenComplete(sequence);
        memory.checkFailure(sequence);
      },
      copyTo: (target, start) => {
        if (!isHeld) throw new RuntimeUseError("these bytes were released and cannot be read any more");
        memory.io[0] = address + start;
        memory.native.read(target);
      },
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#holders -= 1;
        if (this.#holders > 0 || this.#parked === undefined) return;
        memory.release(this.#parked, byteLength);
        this.#parked = undefined;
      },
    };
  }

  delete(): void {
    const { owner } = this;
    if (owner === undefined) return;
    this.owner = undefined;
    if (this.#holders > 0) this.#parked = owner;
    else this.memory.release(owner, this.byteLength);
  }

  /** The same elements in memory of their own. */
  copy(): NativeBuffer {
    return fromHost(this.memory, this.device, this.shape, this.read());
  }

  /** Deletes the buffer, whose memory becomes another's. */
  donate(): Block | Slab {
    const owner = this.#live();
    this.owner = undefined;
    this.memory.leave(owner, this.byteLength);
    return owner;
  }

  /** Until the elements are there. Throws if they never will be. */
  #await(): void {
    const { memory, sequence } = this;
    if (!memory.isComplete(sequence)) memory.wait(sequence);
    memory.checkFailure(sequence);
  }

  #live(): Block | Slab {
    if (this.owner === undefined) {
      throw new RuntimeUseError(
        `the buffer ${shapeText(this.shape)} on ${this.device.toString()} was deleted or donated and cannot be used any more`,
      );
    }
    return this.owner;
  }
}

/** A buffer with the elements of `data`, which are copied. */
export const fromHost = (memory: NativeMemory, device: Device, shape: ArrayShape, data: HostArray): NativeBuffer => {
  const { storage } = dtypes[shape.dtype];
  const length = storageLength(shape);
  if (!(data instanceof storage) || data.length !== length) {
    const wanted = `${storage.name} of length ${length}`;
    throw new RuntimeUseError(
      `a buffer of shape ${shapeText(shape)} is stored in a ${wanted}, but the data is a ${data.constructor.name} of length ${data.length}`,
    );
  }
  const { byteLength } = data;
  if (byteLength > memory.smallBytes) {
    const block = memory.allocateLarge(byteLength);
    memory.io[0] = block.address;
    memory.native.write(data);
    return new NativeBuffer(device, shape, byteLength, memory, block.address, block, 0);
  }
  const address = memory.allocateSmall(byteLength);
  const { slab } = memory;
  const view = slab.view(shape.dtype);
  const start = (address - slab.address) / view.BYTES_PER_ELEMENT;
  // One of these types is what both are; a loop is faster than `set` for so few.
  for (let i = 0; i < length; i++) view[start + i] = data[i];
  return new NativeBuffer(device, shape, byteLength, memory, address, slab, 0);
};

/** A buffer in memory of its own, to be filled piece by piece. */
export const allocate = (memory: NativeMemory, device: Device, shape: ArrayShape): UnfilledBuffer => {
  const byteLength = byteLengthOf(shape);
  if (byteLength <= memory.smallBytes) {
    const address = memory.allocateSmall(byteLength);
    const buffer = new NativeBuffer(device, shape, byteLength, memory, address, memory.slab, 0);
    return unfilled(memory, buffer);
  }
  const block = memory.allocateLarge(byteLength);
  return unfilled(memory, new NativeBuffer(device, shape, byteLength, memory, block.address, block, 0));
};

const unfilled = (memory: NativeMemory, buffer: NativeBuffer): UnfilledBuffer => ({
  buffer,
  address: memory.isVisible ? buffer.address : undefined,
  fill: (bytes, start) => {
    memory.io[0] = buffer.address + start;
    memory.native.write(bytes);
  },
});
