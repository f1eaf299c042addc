import { ArgumentError } from "../../src/prelude/errors.js";

/** Checks that `low` and `high` are integers of a range that is not empty. */
export function checkBounds(where: string, names: readonly [string, string], low: number, high: number): void {
  if (Number.isInteger(low) && Number.isInteger(high) && 0 <= low && low <= high) return;
  throw new ArgumentError(
    "CT003",
    `${where}: ${names[0]} and ${names[1]} must be non-negative integers in this order, but they are ${low} and ${high}.`,
  );
}
