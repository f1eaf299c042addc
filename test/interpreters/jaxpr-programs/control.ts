import { grad, jit, vmap } from "../../../src/api/index.js";
import type { Tensor } from "../../../src/core/tensor.js";
import * as lax from "../../../src/lax/index.js";
import * as np from "../../../src/numpy/index.js";
import { float, type Programs } from "./types.js";

const double = (x: Tensor): Tensor => np.multiply(x, 2);
const negate = (x: Tensor): Tensor => np.negative(x);

export const controlPrograms: Programs = {
  cond: (x) => lax.cond(np.greater(x, 0), double, negate, x as Tensor),
  "cond closure": (p, x, y) =>
    lax.cond(
      p,
      () => np.add(x, y),
      () => np.subtract(x, y),
    ),
  "cond of one function": (() => {
    const f = jit(function f(x: Tensor) {
      return np.sin(x);
    });
    return (x: Tensor) => lax.cond(np.greater(x, 0), f, f, x);
  })(),
  switch: (i, x) =>
    lax.switch(i, [(y: Tensor) => y, (y: Tensor) => np.multiply(y, 2), (y: Tensor) => np.sin(y)], x as Tensor),
  scan: (c, xs) => lax.scan((a: Tensor, x: Tensor) => [np.add(a, x), np.multiply(a, x)], c, xs),
  "scan with constants": (w, c, xs) =>
    lax.scan((a: Tensor, x: Tensor) => [np.tanh(np.add(np.matmul(a, w), x)), null], c, xs)[0],
  "scan length reverse unroll": (c) =>
    lax.scan((a: Tensor, _: null) => [np.multiply(a, 2), a], c, null, { length: 4, reverse: true, unroll: 2 }),
  "long scan body": (c, xs) =>
    lax.scan(
      (a: Tensor, x: Tensor) => {
        let b = a;
        for (let i = 0; i < 6; i++) b = np.add(np.multiply(b, 2), x);
        return [b, b];
      },
      c,
      xs,
    ),
  while_loop: (x) =>
    lax.whileLoop(
      (c) => np.less(c[0], 10),
      (c) => [np.add(c[0], 1), np.multiply(c[1], 2)] as [Tensor, Tensor],
      [0, x as Tensor],
    ),
  "while_loop closures": (n, w, x) =>
    lax.whileLoop(
      (c: Tensor) => np.less(np.sum(c), n),
      (c: Tensor) => np.multiply(c, w),
      x as Tensor,
    ),
  "fori_loop static": (x) => lax.foriLoop(0, 5, (i, c: Tensor) => np.add(c, i), x as Tensor),
  "fori_loop dynamic": (n, x) => lax.foriLoop(0, n, (_, c: Tensor) => np.multiply(c, x), float(1)),
  "lax map": (x) => lax.map((v: Tensor) => np.multiply(np.sin(v), 2), x),
  associative_scan: (x) => lax.associativeScan((a: Tensor, b: Tensor) => np.add(a, b), x as Tensor),
  "grad scan": grad(
    (c: Tensor, xs: Tensor) =>
      lax.scan((a: Tensor, x: Tensor) => [np.multiply(np.sin(a), x), null], c, xs)[0] as Tensor,
  ),
  "grad cond": grad((x: Tensor) =>
    lax.cond(
      np.greater(x, 0),
      (y: Tensor) => np.multiply(y, y),
      (y: Tensor) => np.sin(y),
      x,
    ),
  ),
  "vmap cond": vmap((x: Tensor) => lax.cond(np.greater(x, 0), double, negate, x)),
  "vmap while": vmap((x: Tensor) =>
    lax.whileLoop(
      (c: Tensor) => np.less(c, 10),
      (c: Tensor) => np.multiply(c, 2),
      x,
    ),
  ),
};
