/**
 * The memory of a device that the native runtime works for. Arrays have a block each; where JavaScript sees the memory, the
 * CPU's, small ones share slabs, so that making one costs a few additions. Native memory is freed once the object that owns it, a `Block` or a `Slab`, was
 * found dead by a sweep.
 */
import { type DType, dtypes, type HostArray } from "../hlo/dtype.js";
import { Collector, type CollectorOptions } from "./collector.js";
import { DeviceFailure, OutOfMemory } from "./errors.js";
import type { DeviceRuntime } from "./native.js";
import { Cell, STATE_CELLS, Status } from "./runtime-state.js";

/** The CPU's arrays of at most this many bytes share slabs. */
export const SMALL_BYTES = 1024;

/** Kernels may read and write this far behind an array's end. */
const PADDING = 256;
const ALIGNMENT = 64;
/** Fills a size class of the native allocator: 56 KB with its header and padding. */
const SLAB_BYTES = 56 * 1024 - 320;
/** A slab begins with the number of its live buffers and their bytes, which the native sweep reads. */
const SLAB_HEADER = 64;

/** Owns the memory of one array. */
export class Block {
  constructor(readonly address: number) {}
}

/** Owns the memory of many small arrays. */
export class Slab {
  readonly counts: Float64Array;
  /** Where the next array goes. */
  next = SLAB_HEADER;
  readonly #views: Partial<Record<DType, HostArray>> = {};

  constructor(
    readonly address: number,
    readonly buffer: ArrayBuffer,
  ) {
    this.counts = new Float64Array(buffer, 0, 2);
  }

  /** The slab as an array of one type. */
  view(dtype: DType): HostArray {
    const known = this.#views[dtype];
    if (known !== undefined) return known;
    const View = dtypes[dtype].storage as unknown as new (buffer: ArrayBuffer) => HostArray;
    const view = new View(this.buffer);
    this.#views[dtype] = view;
    return view;
  }
}

/** Submissions without results, see native/runtime/stream.h and native/cuda/queue.h. */
interface Failure {
  readonly first: number;
  readonly last: number;
  readonly error: () => Error;
}

interface Waiter {
  readonly sequence: number;
  readonly resolve: () => void;
}

export interface MemoryOptions<R> {
  /** The device's. */
  readonly name: string;
  readonly start: (io: Float64Array, state: Float64Array, progress: () => void) => R;
  /** Makes slabs; without it every array has a block. */
  readonly slab?: (runtime: R) => ArrayBuffer | undefined;
  readonly collector?: CollectorOptions;
}

/** Stands where there are no slabs. */
const noSlab = new Slab(0, new ArrayBuffer(SLAB_HEADER));

export class NativeMemory<R extends DeviceRuntime = DeviceRuntime> {
  /** Arguments and results of native calls. */
  io = new Float64Array(1024);
  readonly state = new Float64Array(STATE_CELLS);
  readonly native: R;
  /** Arrays of at most this many bytes share slabs. */
  readonly smallBytes: number;
  /** Whether its addresses are those of this process. */
  readonly isVisible: boolean;
  readonly collector: Collector;
  /** The slab that new small arrays are cut from. */
  slab: Slab;
  #waiters: Waiter[] = [];
  #failures: Failure[] = [];

  readonly #name: string;
  readonly #makeSlab: (() => ArrayBuffer | undefined) | undefined;

  constructor({ name, start, slab, collector }: MemoryOptions<R>) {
    this.#name = name;
    this.#makeSlab = slab && (() => slab(this.native));
    this.smallBytes = slab === undefined ? -1 : SMALL_BYTES;
    this.isVisible = slab !== undefined;
    this.native = start(this.io, this.state, () => this.#progress());
    this.collector = new Collector(this.native, this.state, collector);
    this.slab = slab === undefined ? noSlab : this.#newSlab();
  }

  /** Makes room in `io` for so many numbers. */
  reserveIo(length: number): void {
    if (length <= this.io.length) return;
    this.io = new Float64Array(2 * length);
    this.native.grow(this.io);
  }

  /** The address of a new small array in `this.slab`, which this call may have replaced. */
  allocateSmall(bytes: number): number {
    const size = (bytes + PADDING + ALIGNMENT - 1) & -ALIGNMENT;
    let slab = this.slab;
    if (slab.next + size > SLAB_BYTES) slab = this.#newSlab();
    const address = slab.address + slab.next;
    slab.next += size;
    return address;
  }

  /** A block that nothing in flight uses. */
  allocateLarge(bytes: number): Block {
    const { io, state, native } = this;
    for (let attempt = 0; ; attempt++) {
      io[0] = bytes;
      io[1] = 1;
      io[2] = attempt;
      native.allocate();
      if (state[Cell.status] === Status.done) break;
      this.makeRoom(attempt, bytes);
    }
    return this.own(io[0]);
  }

  /** The owner of a block that was allocated natively. */
  own(address: number): Block {
    const block = new Block(address);
    this.io[0] = address;
    this.native.track(block);
    return block;
  }

  /** After an attempt that found no memory: makes room for the next, which ignores the budget, or throws. */
  makeRoom(attempt: number, bytes: number): void {
    if (this.state[Cell.status] === Status.collect) {
      this.collector.relieve();
      return;
    }
    if (attempt > 1) throw new OutOfMemory(this.#name, bytes, this.state[Cell.bytesInUse]);
    this.collector.collectAll();
    this.native.trim();
  }

  /** Counts a new buffer. */
  enter(owner: Block | Slab, bytes: number): void {
    const { state } = this;
    if (owner instanceof Slab) {
      owner.counts[0] += 1;
      owner.counts[1] += bytes;
    }
    state[Cell.liveBuffers] += 1;
    const inUse = state[Cell.bytesInUse] + bytes;
    state[Cell.bytesInUse] = inUse;
    if (inUse > state[Cell.peakBytes]) state[Cell.peakBytes] = inUse;
  }

  /** Counts a buffer no more, whose memory lives on. */
  leave(owner: Block | Slab, bytes: number): void {
    const { state } = this;
    if (owner instanceof Slab) {
      owner.counts[0] -= 1;
      owner.counts[1] -= bytes;
    }
    state[Cell.liveBuffers] -= 1;
    state[Cell.bytesInUse] -= bytes;
  }

  /** Gives a buffer's memory back. */
  release(owner: Block | Slab, bytes: number): void {
    this.leave(owner, bytes);
    if (owner instanceof Slab) {
      if (owner.counts[0] > 0) return;
      if (owner === this.slab) {
        // Nothing is left in it. What is in flight may still write to it.
        if (this.state[Cell.completed] === this.state[Cell.submitted]) owner.next = SLAB_HEADER;
        return;
      }
    }
    this.io[0] = owner.address;
    this.native.free();
  }

  isComplete(sequence: number): boolean {
    return sequence <= this.state[Cell.completed];
  }

  wait(sequence: number): void {
    this.io[0] = sequence;
    this.native.wait();
  }

  whenComplete(sequence: number): Promise<void> {
    if (this.isComplete(sequence)) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push({ sequence, resolve });
      this.io[0] = sequence;
      this.native.notify();
    });
  }

  /** Whether any submission failed so far. */
  get hasFailures(): boolean {
    return this.#failures.length > 0 || this.state[Cell.failed] !== 0;
  }

  /** Throws if the submission is finished and failed. */
  checkFailure(sequence: number): void {
    if (!this.hasFailures || sequence === 0) return;
    if (this.state[Cell.failed] !== 0) this.hearOfFailure();
    const failure = this.#failures.find(({ first, last }) => first <= sequence && sequence <= last);
    if (failure !== undefined) throw failure.error();
  }

  /** Remembers what failed, and lets the stream go on. */
  hearOfFailure(): void {
    const { io, native, state } = this;
    const name = this.#name;
    const message = native.failure();
    const [first, last, bytes] = io;
    const error = (): Error =>
      message === undefined ? new OutOfMemory(name, bytes, state[Cell.bytesInUse]) : new DeviceFailure(name, message);
    this.#failures.push({ first, last, error });
    // Garbage, and what is kept for reuse, may be all that is in the way.
    this.collector.collectAll();
    native.trim();
  }

  #progress(): void {
    // Asked once for each: the device works on meanwhile, and whoever is on neither side would wait for ever.
    const due: Waiter[] = [];
    const later: Waiter[] = [];
    for (const waiter of this.#waiters) (this.isComplete(waiter.sequence) ? due : later).push(waiter);
    this.#waiters = later;
    if (this.#waiters.length === 0) this.native.settled();
    for (const { resolve } of due) resolve();
  }

  #newSlab(): Slab {
    const make = this.#makeSlab;
    const { io, native } = this;
    if (make === undefined) throw new TypeError("this memory has no slabs");
    for (let attempt = 0; ; attempt++) {
      io[0] = SLAB_BYTES;
      io[1] = attempt;
      const buffer = make();
      if (buffer !== undefined) {
        const slab = new Slab(io[0], buffer);
        native.track(slab);
        this.slab = slab;
        return slab;
      }
      this.makeRoom(attempt, SLAB_BYTES);
    }
  }
}
