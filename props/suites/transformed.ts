/** Programs of the transforms of a case, staged. */
import { jvp, makeJaxpr, vjp, vmap } from "../../src/api/index.js";
import { isInexact } from "../../src/core/dtype.js";
import type { ClosedJaxpr } from "../../src/core/jaxpr.js";
import type { Tensor } from "../../src/core/tensor.js";
import { range } from "../../src/prelude/numbers.js";
import { broadcastInDim } from "../../src/primitives/shape.js";
import { uniforms } from "../directions.js";
import { type Case, operandsOf, outsOf, randomLike } from "./cases.js";

/** The jvp, the vjp and two mapped forms, as far as a case has them, with operands. Those keep their dtypes. */
export function* transformed(c: Case): IterableIterator<readonly [string, ClosedJaxpr, readonly Tensor[]]> {
  const args = operandsOf(c, 2);
  if (args.length > 0) {
    const batched = args.map((x) => batch(x, 0));
    yield ["vmap", makeJaxpr(vmap((...xs: Tensor[]) => [...c.f(...xs)]))(...batched), batched];
    const inAxes = args.map((x, i) => (i === 0 ? x.ndim : null));
    const mapped = vmap((...xs: Tensor[]) => [...c.f(...xs)], { inAxes });
    const first = args.map((x, i) => (i === 0 ? batch(x, x.ndim) : x));
    yield ["vmap of one", makeJaxpr(mapped)(...first), first];
  }
  if (c.skipGradients !== undefined || !outsOf(c).some((a) => isInexact(a.dtype))) return;
  const active = args.filter((x) => isInexact(x.dtype));
  if (active.length === 0) return;
  const f = (...xs: Tensor[]): Tensor[] => {
    const given = [...xs];
    const outs = c.f(...args.map((x) => (isInexact(x.dtype) ? (given.shift() as Tensor) : x)));
    return outs.filter((x) => isInexact(x.dtype));
  };
  const next = uniforms(11);
  const modes = c.modes ?? ["fwd", "rev"];
  if (modes.includes("fwd")) {
    const tangents = active.map((x) => randomLike(x, next));
    yield [
      "jvp",
      makeJaxpr((xs: Tensor[], ts: Tensor[]) => jvp(f, xs, ts))(active, tangents),
      [...active, ...tangents],
    ];
  }
  if (modes.includes("rev")) {
    const cts = f(...active).map((x) => randomLike(x, next));
    yield ["vjp", makeJaxpr((xs: Tensor[], cts: Tensor[]) => vjp(f, ...xs)[1](cts))(active, cts), [...active, ...cts]];
  }
}

function batch(x: Tensor, dim: number): Tensor {
  const shape = [...x.shape.slice(0, dim), 2, ...x.shape.slice(dim)];
  return broadcastInDim(
    x,
    shape,
    range(shape.length).filter((d) => d !== dim),
  );
}
