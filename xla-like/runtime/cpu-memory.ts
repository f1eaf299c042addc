/**
 * The memory of a CPU device, as JavaScript sees it. Large arrays have a block each; small ones share slabs, so that
 * making one costs a few additions. Native memory is freed once the object that owns it, a `Block` or a `Slab`, was
 * found dead by a sweep.
 */
import { type DType, dtypes, type HostArray } from "../hlo/dtype.js";
import { Collector } from "./collector.js";
import { Cell, STATE_CELLS, Status } from "./cpu-state.js";
import { OutOfMemory } from "./errors.js";
import type { NativeJit, NativeRuntime } from "./native.js";

/** Arrays of at most this many bytes share slabs. */
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

/** Submissions without results, see native/runtime/stream.h. */
interface Failure {
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
}

interface Waiter {
  readonly sequence: number;
  readonly resolve: () => void;
}

export class CpuMemory {
  /** Arguments and results of native calls. */
  io = new Float64Array(1024);
  readonly state = new Float64Array(STATE_CELLS);
  readonly native: NativeRuntime;
  readonly collector: Collector;
  /** The slab that new small arrays are cut from. */
  slab: Slab;
  #waiters: Waiter[] = [];
  #failures: Failure[] = [];

  constructor(
    private readonly name: string,
    jit: NativeJit,
    host: (callback: number, operands: number, results: number) => void,
  ) {
    this.native = jit.startRuntime(this.io, this.state, () => this.#progress(), host);
    this.collector = new Collector(this.native, this.state);
    this.slab = this.#newSlab();
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
    if (attempt > 1) throw new OutOfMemory(this.name, bytes, this.state[Cell.bytesInUse]);
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
    if (failure !== undefined) throw new OutOfMemory(this.name, failure.bytes, this.state[Cell.bytesInUse]);
  }

  /** Remembers what failed, and lets the stream go on. */
  hearOfFailure(): void {
    const { io, native } = this;
    native.failure();
    const [first, last, bytes] = io;
    this.#failures.push({ first, last, bytes });
    // Garbage, and what is kept for reuse, may be all that is in the way.
    this.collector.collectAll();
    native.trim();
  }

  #progress(): void {
    const due = this.#waiters.filter((waiter) => this.isComplete(waiter.sequence));
    this.#waiters = this.#waiters.filter((waiter) => !this.isComplete(waiter.sequence));
    if (this.#waiters.length === 0) this.native.settled();
    for (const { resolve } of due) resolve();
  }

  #newSlab(): Slab {
    const { io, native } = this;
    for (let attempt = 0; ; attempt++) {
      io[0] = SLAB_BYTES;
      io[1] = attempt;
      const buffer = native.slab();
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
