/** Operations across an axis that vmap maps under a name. */
import type { ArrayLike } from "../core/array-like.js";
import { toInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import { div } from "../primitives/arithmetic.js";
import * as c from "../primitives/collectives.js";
import { convert } from "../primitives/convert.js";
import * as tree from "../tree/index.js";
import { tensor } from "./operands.js";

type Names = string | readonly string[];
const list = (names: Names): readonly string[] => (typeof names === "string" ? [names] : names);

/** Over a tree, axis by axis. */
const over = (fn: string, f: (x: Tensor, axisName: string) => Tensor) =>
  Object.defineProperty(
    <T>(x: T, axisName: Names): T => {
      for (const name of list(axisName)) c.namedAxis(fn, name);
      return tree.map(
        (leaf: unknown) => list(axisName).reduce((y, name) => f(y, name), tensor(fn, leaf as ArrayLike)),
        x,
      ) as T;
    },
    "name",
    { value: fn },
  );

/**
 * The sum over a named axis, of each tensor of a tree.
 * @throws TransformError CT325 if no axis has the name
 * @example
 * vmap((x: Tensor) => x.div(lax.psum(x, "i")), { axisName: "i" })(np.array([1, 3])).js(); // [0.25, 0.75]
 */
export const psum = over("lax.psum", c.psum);
/** The largest over a named axis. */
export const pmax = over("lax.pmax", c.pmax);
/** The smallest over a named axis. */
export const pmin = over("lax.pmin", c.pmin);
/** The mean over a named axis. */
export const pmean = over("lax.pmean", (x, name) => {
  const inexact = convert(x, toInexact(x.dtype));
  return div(c.psum(inexact, name), c.namedAxis("lax.pmean", name).size);
});
/** The values over a named axis, stacked in front. */
export const allGather = over("lax.allGather", c.allGather);

/** The place along a named axis, an int32. */
export function axisIndex(axisName: string): Tensor {
  c.namedAxis("lax.axisIndex", axisName);
  return c.axisIndex(axisName);
}
/** The size of a named axis. */
export const axisSize = (axisName: string): number => c.namedAxis("lax.axisSize", axisName).size;
