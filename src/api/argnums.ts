import { ArgumentError } from "../prelude/errors.js";
import { describeType } from "../prelude/options.js";

/** The arguments' positions an option names, checked against how many there are; negative ones count from the end. */
export function normalizeArgnums(
  transform: string,
  option: string,
  argnums: unknown,
  numArgs: number,
): readonly number[] {
  const list: readonly unknown[] = Array.isArray(argnums) ? argnums : [argnums];
  const positions = list.map((n) => {
    if (typeof n !== "number" || !Number.isInteger(n)) {
      throw new ArgumentError(
        "CT016",
        `${transform}: ${option} must be an integer or a list of them, but it has ${describeType(n)}.`,
      );
    }
    const i = n < 0 ? n + numArgs : n;
    if (i < 0 || i >= numArgs) {
      throw new ArgumentError(
        "CT016",
        `${transform}: ${option} names argument ${n}, but the function was called with ${numArgs} argument${numArgs === 1 ? "" : "s"}. ` +
          "Arguments are numbered from 0.",
      );
    }
    return i;
  });
  if (new Set(positions).size < positions.length) {
    throw new ArgumentError("CT016", `${transform}: ${option} names an argument twice: [${list.join(", ")}].`);
  }
  return positions;
}
