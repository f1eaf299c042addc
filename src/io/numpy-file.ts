import { arrayShape, type UnfilledBuffer } from "../../xla-like/index.js";
import { type ArrayLike, asTensor } from "../core/array-like.js";
import { ShapedArray } from "../core/aval.js";
import { teachFailure } from "../core/device-failures.js";
import { DeviceTensor } from "../core/device-tensor.js";
import { asDevice, type Device, defaultDevice } from "../core/devices.js";
import { type DType, dtypes } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { CheckpointError } from "../prelude/errors.js";
import { pipe, TaskEither } from "../prelude/fp.js";
import { checkOptions } from "../prelude/options.js";
import { transpose } from "../primitives/shape.js";
import { replaceFile } from "./atomic-write.js";
import { checkBools } from "./fetch.js";
import { encodeNpyHeader, type NpyHeader, npyDataStart, parseNpyHeader, preambleBytes, swapBytes } from "./npy.js";
import { readArrays } from "./read-arrays.js";
import { endedEarly, openFile, readBytes } from "./source.js";
import { writeArrays } from "./write-arrays.js";

export interface NumpySaveOptions {
  /** Whether an existing file is replaced. */
  readonly overwrite?: boolean;
}

export interface NumpyLoadOptions {
  /** Where the tensors go. */
  readonly device?: Device | string;
}

/**
 * Saves an array as a `.npy` file, which `numpy.load` reads. bfloat16 is written as ml_dtypes has it, `V2`.
 *
 * @throws CheckpointError CT700 if the file cannot be written, CT701 if it exists and `overwrite` is false
 * @example
 * await io.saveNpy("runs/doc/x.npy", np.arange(6).reshape([2, 3]));
 */
export async function saveNpy(path: string, x: ArrayLike, options: NumpySaveOptions = {}): Promise<void> {
  checkOptions("io.saveNpy", options, ["overwrite"]);
  const { overwrite = true } = options;
  const tensor = asTensor(x, "io.saveNpy").concrete("io.saveNpy") as DeviceTensor;
  const header = encodeNpyHeader(tensor.dtype, tensor.shape);
  const held = tensor.usable("io.saveNpy").hold();
  const result = await pipe(
    replaceFile(path, { overwrite }, async (sink) => {
      const byteLength = byteLengthOf(tensor);
      sink.expect(header.length + byteLength);
      await sink.write(header);
      await writeArrays(sink, [{ held, byteLength, position: sink.take(byteLength) }]);
    }),
    TaskEither.orElseFirstIOK(() => () => held.release()),
  )();
  if (result._tag === "Left") throw result.left;
}

/**
 * Loads a `.npy` file, in row-major or Fortran order, of either byte order.
 *
 * @throws CheckpointError CT706 if the file cannot be read, CT723 if it is damaged or holds what tensors cannot
 * @example
 * await io.saveNpy("runs/doc/x.npy", np.ones([2, 2]));
 * const x = await io.loadNpy("runs/doc/x.npy");
 * x.shape; // [2, 2]
 */
export async function loadNpy(path: string, options: NumpyLoadOptions = {}): Promise<Tensor> {
  checkOptions("io.loadNpy", options, ["device"]);
  const device = options.device === undefined ? undefined : asDevice(options.device, "io.loadNpy");
  const file = await openFile(path, "io.loadNpy");
  try {
    const where = `io.loadNpy: '${path}'`;
    const { size } = await file.stat();
    const ended = (): Error => endedEarly("io.loadNpy", path);
    const header = await readNpyHeader((start, length) => readBytes(file, start, length, ended), size, where);
    const array = unfilledFor(header, device, where);
    const { dataStart: position, byteLength } = header;
    try {
      await readArrays(file, [{ position, byteLength, ...array }], { summed: false, ended });
    } catch (error) {
      array.target.buffer.delete();
      throw error;
    }
    return tensorOf(header, array.target, device !== undefined);
  } finally {
    await file.close();
  }
}

export const byteLengthOf = (x: Tensor): number => x.size * dtypes[x.dtype].bytes;

/** @param read bytes of the array's file */
export async function readNpyHeader(
  read: (start: number, length: number) => Promise<Uint8Array>,
  size: number,
  where: string,
): Promise<NpyHeader> {
  const start = npyDataStart(await read(0, Math.min(preambleBytes, size)), size);
  if (start._tag === "Left") throw notNumpy(where, start.left);
  const header = parseNpyHeader(await read(0, start.right), size);
  if (header._tag === "Left") throw notNumpy(where, header.left);
  return header.right;
}

export const notNumpy = (where: string, message: string): CheckpointError =>
  new CheckpointError("CT723", `${where} is not an array file of NumPy's: ${message}`);

/** In Fortran order, an array is its transpose in row-major order. */
const storedShape = ({ shape, isFortran }: NpyHeader): readonly number[] => (isFortran ? shape.toReversed() : shape);

/** Where an array's bytes go, and what happens to them on the way. */
export function unfilledFor(
  header: NpyHeader,
  device: Device | undefined,
  where: string,
): { readonly target: UnfilledBuffer; readonly treat: ((bytes: Uint8Array) => void) | undefined } {
  const { dtype, isBigEndian } = header;
  const place = device ?? defaultDevice();
  const check = (bytes: Uint8Array): void => checkBools(bytes, where, "the array");
  const treat = dtype === "bool" ? check : isBigEndian ? (bytes: Uint8Array) => swapBytes(bytes, dtype) : undefined;
  try {
    return { target: place.client.allocate(arrayShape(dtype, storedShape(header)), place), treat };
  } catch (error) {
    throw teachFailure(error, where);
  }
}

export function tensorOf(header: NpyHeader, { buffer }: UnfilledBuffer, isCommitted: boolean): Tensor {
  const { shape, isFortran } = header;
  const dtype: DType = header.dtype;
  const stored = new DeviceTensor(new ShapedArray(storedShape(header), dtype), buffer, isCommitted);
  if (!isFortran || shape.length < 2) return stored;
  const out = transpose(
    stored,
    shape.map((_, axis) => shape.length - 1 - axis),
  );
  stored.dispose();
  return out;
}
