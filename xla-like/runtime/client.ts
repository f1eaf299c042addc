/** What every backend offers: devices, buffers that live on them, and executables that turn buffers into buffers. */
import type { HostArray } from "../hlo/dtype.js";
import type { HloModule } from "../hlo/instruction.js";
import type { ArrayShape } from "../hlo/shape.js";

export type DeviceKind = "cpu" | "cuda" | "reference";

export interface Device {
  readonly kind: DeviceKind;
  /** Counts the devices of one kind from 0. */
  readonly index: number;
  readonly description: string;
  readonly client: Client;
  /** `reference:0`. */
  toString(): string;
}

/** The bytes of a buffer, in row-major order, for as long as they are held: even if the buffer is deleted or donated. */
export interface HeldBytes {
  readonly byteLength: number;
  /** Where they lie, if that is memory of this process. */
  readonly address: number | undefined;
  /** Resolves once they are there: none may be read before. */
  ready(): Promise<void>;
  /** Copies as many as the target takes, from `start` on. */
  copyTo(target: Uint8Array, start: number): void;
  release(): void;
}

/** A buffer whose bytes are still to come. Nobody else may have it before they are all there. */
export interface UnfilledBuffer {
  readonly buffer: Buffer;
  /** Where its bytes go, if that is memory of this process. */
  readonly address: number | undefined;
  fill(bytes: Uint8Array, start: number): void;
}

/** An immutable array on a device, perhaps not computed yet. */
export interface Buffer {
  readonly device: Device;
  readonly shape: ArrayShape;
  readonly byteLength: number;
  readonly isDeleted: boolean;
  /** The elements in row-major order, stored as `dtype.ts` says. Waits until they are there; must not be mutated. */
  read(): HostArray;
  readAsync(): Promise<HostArray>;
  /** Resolves once the elements are there. */
  ready(): Promise<void>;
  /** The same, on the spot. */
  waitReady(): void;
  /** Keeps the bytes until they are released. Where a call would take a held buffer's memory over, it takes a copy's. */
  hold(): HeldBytes;
  /** Gives the memory back now; reading the buffer or running with it throws from here on. */
  delete(): void;
}

/** What running a program costs, counted from its HLO. */
export interface CostAnalysis {
  /** Additions, multiplications, comparisons …; a fused multiply-add counts twice. */
  readonly flops: number;
  /** Bytes that instructions read and write: before fusion, as if every value went through memory. */
  readonly bytesAccessed: number;
  /** Elements of exponentials, logarithms, trigonometric functions and the like. */
  readonly transcendentals: number;
}

/** The memory a program needs. */
export interface MemoryAnalysis {
  readonly argumentBytes: number;
  readonly outputBytes: number;
  /** Intermediate values. */
  readonly tempBytes: number;
  /** Of the output's bytes, those that take over a donated argument's memory. */
  readonly aliasBytes: number;
  readonly generatedCodeBytes: number;
}

export interface Executable {
  readonly module: HloModule;
  /** Buffers of donated parameters are deleted. */
  execute(args: readonly Buffer[]): Buffer[];
  /** The compiler's output for people to read; `undefined` for a kind that this device's compiler does not make. */
  asText?(kind: "llvm" | "ptx"): string | undefined;
  /** Absent where the count from the HLO serves. */
  costAnalysis?(): CostAnalysis;
  /** Absent on devices that plan no memory. */
  memoryAnalysis?(): MemoryAnalysis;
}

export interface MemoryStats {
  readonly bytesInUse: number;
  readonly peakBytesInUse: number;
  readonly bytesReserved: number;
  readonly liveBuffers: number;
}

export interface Client {
  readonly kind: DeviceKind;
  readonly devices: readonly Device[];
  compile(module: HloModule, device: Device): Executable;
  /** Takes ownership of `data` without a copy. */
  fromHost(data: HostArray, shape: ArrayShape, device: Device): Buffer;
  allocate(shape: ArrayShape, device: Device): UnfilledBuffer;
  memoryStats(device: Device): MemoryStats;
}
