/**
 * A block whose work depends on its data: halve x until its absolute values add up to at most 1.
 * Run: npx tsx examples/d2l/control-flow.ts
 */
import { grad, jit, jvp, lax, numpy as np, type Tensor } from "cotangent";
import { messageOf } from "../message-of.js";
import { whenRun } from "../when-run.js";

const isLarge = (x: Tensor): Tensor => np.abs(x).sum().greater(1);

/** In plain JavaScript. Values are known while grad runs the function, so it may look at them. */
function halve(x: Tensor): Tensor {
  while (isLarge(x).item()) x = x.div(2);
  return x.sum();
}

/** For jit, which traces the function once for all values: the loop is part of the program. */
const halveInProgram = (x: Tensor): Tensor => lax.whileLoop(isLarge, (h) => h.div(2), x).sum();

/**
 * For jit and grad together. Reverse mode walks a loop backwards and keeps what each turn needs, so the number of turns
 * must have a bound; turns that are not needed leave x as it is.
 */
function halveBounded(x: Tensor, most = 16): Tensor {
  const turn = (h: Tensor): [Tensor, null] => [np.where(isLarge(h), h.div(2), h), null];
  return lax.scan(turn, x, null, { length: most })[0].sum();
}

export function main() {
  const x = np.array([3, -4, 5]);
  const results = {
    eager: halve(x).item(),
    eagerGradient: grad(halve)(x).js(),
    compiled: jit(halveInProgram)(x).item(),
    compiledDerivative: jvp(jit(halveInProgram), [x], [np.onesLike(x)])[1].item(),
    bounded: jit(halveBounded)(x).item(),
    boundedGradient: jit(grad(halveBounded))(x).js(),
  };
  const errors = {
    jitOfJavaScript: messageOf(() => jit(halve)(x)),
    gradOfWhile: messageOf(() => grad(halveInProgram)(x)),
  };
  console.log(results, errors);
  return { ...results, ...errors };
}

await whenRun(import.meta.url, main);
