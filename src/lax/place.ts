/** Arguments with a default that may be given by position or among the options. */
import { checkOptions } from "../prelude/options.js";

/**
 * The options of a call like `cumsum(x, 1, { reverse: true })` or `cumsum(x, { axis: 1, reverse: true })`.
 *
 * @param key what the positional argument is called among the options
 * @param given the positional argument, or the options in its place
 */
export function placed<O extends object>(
  fn: string,
  key: string,
  given: number | string | O | undefined,
  options?: O,
  others: readonly string[] = [],
): O {
  if (typeof given === "object") {
    checkOptions(fn, given, [key, ...others]);
    checkOptions(fn, options, []);
    return given;
  }
  checkOptions(fn, options, others);
  return (given === undefined ? { ...options } : { ...options, [key]: given }) as O;
}
