import type { ArrayLike } from "../core/array-like.js";
import type { Tensor } from "../core/tensor.js";
import { ne } from "../primitives/comparison.js";
import { select } from "../primitives/select.js";
import { broadcastTo } from "../primitives/shape.js";
import { jitted } from "./jitted.js";
import { asTensors, broadcastShapesOf, promoteDtypes } from "./promote.js";

const whereCall = jitted("_where", ([c, x, y]) => {
  const [a, b] = promoteDtypes(x, y);
  const condition = c.dtype === "bool" ? c : ne(c, 0);
  const shape = broadcastShapesOf("where", [c.shape, a.shape, b.shape]);
  // A scalar condition decides over whole arrays.
  const which = condition.ndim === 0 ? condition : broadcastTo(condition, shape);
  return select(which, broadcastTo(a, shape), broadcastTo(b, shape));
});

/** `where` on tensors, for use inside the library. */
export const whereTensors = (condition: Tensor, x: Tensor, y: Tensor): Tensor => whereCall([condition, x, y]);

/** The same with values that may be numbers, which are weak scalars. */
export const select3 = (condition: Tensor, x: ArrayLike, y: ArrayLike): Tensor =>
  whereCall(asTensors("where", condition, x, y));
