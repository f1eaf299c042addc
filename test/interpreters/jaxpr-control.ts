/** Recorded programs with control flow, custom derivatives and closures. */
import { customJvp, customVjp, grad, jit, vmap } from "../../src/api/index.js";
import { associativeScan } from "../../src/control/associative-scan.js";
import { checkpoint } from "../../src/control/checkpoint.js";
import { cond, switchCase } from "../../src/control/cond.js";
import { map } from "../../src/control/map.js";
import { scan } from "../../src/control/scan.js";
import { foriLoop, whileLoop } from "../../src/control/while-loop.js";
import { fromHost } from "../../src/core/device-tensor.js";
import { literal } from "../../src/core/scalars.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as P from "../../src/primitives/index.js";
import type { Programs } from "./jaxpr-programs.js";

const { add, sub, mul, neg, sin, exp, tanh } = P;
const dot = (x: Tensor, y: Tensor, i: number, j: number): Tensor =>
  P.dotGeneral(
    x,
    y,
    [
      [[i], [j]],
      [[], []],
    ],
    { preferredElementType: "float32" },
  );

const softplus = customJvp(function f(x: Tensor) {
  return P.log1p(exp(x));
});
softplus.defjvp(function rule([x], [t]) {
  return [softplus(x), mul(t, P.logistic(x))];
});
const doubled = (): ((x: Tensor) => Tensor) => {
  const f = customVjp(function f(x: Tensor) {
    return mul(x, 2);
  });
  return f.defvjp(
    (x) => [f(x), x],
    (r, ct) => [mul(ct as Tensor, r as Tensor)],
  );
};

export const controlPrograms: Programs = {
  cond: (x) =>
    cond(
      P.gt(x, 0),
      (y) => mul(y, 2),
      (y) => neg(y),
      x as Tensor,
    ),
  "cond closure": (p, x, y) =>
    cond(
      p,
      () => add(x, y),
      () => sub(x, y),
    ),
  switch: (i, x) => switchCase(i, [(y: Tensor) => y, (y: Tensor) => mul(y, 2), (y: Tensor) => sin(y)], x as Tensor),
  scan: (c, xs) => scan((a: Tensor, x: Tensor) => [add(a, x), mul(a, x)], c, xs),
  "scan with constants": (w, c, xs) => scan((a: Tensor, x: Tensor) => [tanh(add(dot(a, w, 0, 0), x)), null], c, xs)[0],
  "scan length reverse unroll": (c) =>
    scan((a: Tensor, _: null) => [mul(a, 2), a], c, null, { length: 4, reverse: true, unroll: 2 }),
  while_loop: (x) =>
    whileLoop(
      (c) => P.lt(c[0], 10),
      (c) => [add(c[0], 1), mul(c[1], 2)] as [Tensor, Tensor],
      [0, x as Tensor],
    ),
  "while_loop closures": (n, w, x) =>
    whileLoop(
      (c: Tensor) => P.lt(P.reduceSum(c, [0]), n),
      (c: Tensor) => mul(c, w),
      x as Tensor,
    ),
  "fori_loop static": (x) => foriLoop(0, 5, (i, c: Tensor) => add(c, P.convert(i, "float32")), x as Tensor),
  "fori_loop dynamic": (n, x) =>
    foriLoop(0, n, (_, c: Tensor) => mul(P.convert(c, "float32"), x), literal(1, "float32", true)),
  "lax map": (x) => map((v: Tensor) => mul(sin(v), 2), x),
  associative_scan: (x) => associativeScan((a: Tensor, b: Tensor) => add(a, b), x as Tensor),
  "grad scan": grad(
    (c: Tensor, xs: Tensor) => scan((a: Tensor, x: Tensor) => [mul(sin(a), x), null], c, xs)[0] as Tensor,
  ),
  "grad cond": grad((x: Tensor) =>
    cond(
      P.gt(x, 0),
      (y: Tensor) => mul(y, y),
      (y: Tensor) => sin(y),
      x,
    ),
  ),
  "vmap cond": vmap((x: Tensor) =>
    cond(
      P.gt(x, 0),
      (y: Tensor) => mul(y, 2),
      (y: Tensor) => neg(y),
      x,
    ),
  ),
  "vmap while": vmap((x: Tensor) =>
    whileLoop(
      (c: Tensor) => P.lt(c, 10),
      (c: Tensor) => mul(c, 2),
      x,
    ),
  ),
  "long scan body": (c, xs) =>
    scan(
      (a: Tensor, x: Tensor) => {
        let b = a;
        for (let i = 0; i < 6; i++) b = add(mul(b, 2), x);
        return [b, b];
      },
      c,
      xs,
    ),
  "cond of one function": (() => {
    const f = jit(function f(x: Tensor) {
      return sin(x);
    });
    return (x: Tensor) => cond(P.gt(x, 0), f, f, x);
  })(),
  checkpoint: checkpoint((x: Tensor) => sin(P.cos(x))),
  "grad of checkpoint": grad(checkpoint((x: Tensor) => sin(P.cos(x)))),
  custom_jvp: (x) => softplus(x),
  "grad custom_jvp": grad(softplus),
  custom_vjp: doubled(),
  "grad custom_vjp": grad(doubled()),
  "closed over array": (x) => mul(x, closed),
  "closed over NumPy array": (x) => mul(x, closed),
  "closed over scalar array": (x) => mul(x, closedScalar),
};
const closed = fromHost(new Float32Array([1, 2, 3]), [3], "float32");
const closedScalar = fromHost(new Float32Array([2.5]), [], "float32");
