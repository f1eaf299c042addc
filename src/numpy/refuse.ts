import { DTypeError } from "../prelude/errors.js";

/** Refuses complex numbers, which have no order. */
export function refuseComplex(name: string): never {
  throw new DTypeError(
    "CT105",
    `${name}: complex numbers have no order, so it takes only real types. Use real, imag or abs first.`,
  );
}
