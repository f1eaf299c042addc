import * as fc from "fast-check";
import type { DType } from "../../src/core/dtype.js";
import { ArgumentError } from "../../src/prelude/errors.js";
import { checkOptions } from "../../src/prelude/options.js";

const byKind = {
  float: ["float32", "float64", "float16", "bfloat16"],
  int: ["int32", "int64", "int16", "int8"],
  uint: ["uint32", "uint64", "uint16", "uint8"],
  bool: ["bool"],
  complex: ["complex64", "complex128"],
} as const satisfies Readonly<Record<string, readonly DType[]>>;

/** A family of dtypes. */
export type DTypeKind = keyof typeof byKind;

/** The options of {@link dtype}. */
export interface DTypeOptions {
  /** The families to choose from; all of them by default. */
  readonly kinds?: readonly DTypeKind[];
}

/**
 * Dtypes; shrinks to the first of the families asked for, so by default to float32.
 *
 * @example
 * const floats = arbitraries.dtype({ kinds: ["float"] });
 */
export function dtype(options: DTypeOptions = {}): fc.Arbitrary<DType> {
  checkOptions("arbitraries.dtype", options, ["kinds"]);
  const { kinds = Object.keys(byKind) as DTypeKind[] } = options;
  const unknown = kinds.find((k) => !Object.hasOwn(byKind, k));
  if (kinds.length === 0 || unknown !== undefined) {
    throw new ArgumentError(
      "CT003",
      `arbitraries.dtype: kinds must be a list of ${Object.keys(byKind).join(", ")}, but it ${unknown === undefined ? "is empty" : `has ${JSON.stringify(unknown)}`}.`,
    );
  }
  return fc.constantFrom<DType>(...kinds.flatMap((k): readonly DType[] => byKind[k]));
}
