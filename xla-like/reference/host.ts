/** Values of the evaluator: host arrays, and tuples of them. */
import { type DType, dtypes, type HostArray } from "../hlo/dtype.js";

export type Value = HostArray | readonly HostArray[];

/** Computes an instruction from its operands' values. */
export type Kernel = (operands: readonly Value[]) => Value;
/** Runs a computation on the values of its parameters. */
export type Run = (parameters: readonly Value[]) => Value;

type StorageConstructor = new (buffer: ArrayBufferLike, offset: number, length: number) => HostArray;

/** The same memory as an array of another element type; a copy where its start is not aligned for that type. */
export const viewAs = (data: HostArray, d: DType): HostArray => {
  const { storage } = dtypes[d];
  const entryBytes = (storage as unknown as { readonly BYTES_PER_ELEMENT: number }).BYTES_PER_ELEMENT;
  const View = storage as unknown as StorageConstructor;
  const source = data.byteOffset % entryBytes === 0 ? data : data.slice();
  return new View(source.buffer, source.byteOffset, source.byteLength / entryBytes);
};

/** A scalar integer operand. */
export const integerOf = (data: Value): number => Number((data as HostArray)[0]);
