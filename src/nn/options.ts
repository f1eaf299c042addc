/** Options that may also be given by the first of them alone: `elu(x, 0.5)` or `elu(x, { alpha: 0.5 })`. */

import { isScalarValue } from "../core/scalars.js";
import { checkOptions, isPlainObject } from "../prelude/options.js";

/** An option by itself, or an object of options. */
export type Either<T, O> = T | O | undefined;

/**
 * The options as one object.
 * @param first the option that may stand by itself
 * @throws ArgumentError CT001, CT002
 */
export function leadingOption<K extends string, O extends { readonly [key in K]?: unknown }>(
  fn: string,
  first: K,
  allowed: readonly (keyof O & string)[],
  given: Either<O[K], O>,
  rest: O | undefined = undefined,
): O {
  const asOptions = isPlainObject(given) && !isScalarValue(given);
  const options = asOptions ? { ...given, ...rest } : given === undefined ? { ...rest } : { ...rest, [first]: given };
  if (rest !== undefined) checkOptions(fn, rest, allowed);
  checkOptions(fn, options, allowed);
  return options as O;
}
