import { customJvp, customVjp, grad, jit, jvp, linearize, vjp, vmap } from "../../../src/api/index.js";
import { checkpoint } from "../../../src/control/checkpoint.js";
import { fromHost } from "../../../src/core/device-tensor.js";
import type { Tensor } from "../../../src/core/tensor.js";
import * as lax from "../../../src/lax/index.js";
import * as nn from "../../../src/nn/index.js";
import * as np from "../../../src/numpy/index.js";
import { takeIndex } from "../../../src/numpy/indexing/index.js";
import { float, type Programs } from "./types.js";

const sinTimes = (x: Tensor): Tensor => np.multiply(np.sin(x), x);
const pick = (x: Tensor, i: Tensor): Tensor => takeIndex("slice", x, [i]);

/** Three functions of one name. */
const namesake = (f: (x: Tensor) => Tensor) => jit(Object.defineProperty(f, "name", { value: "f" }));
const first = namesake((x) => np.sin(x));
const second = namesake((x) => np.subtract(x, 1));
const third = namesake((x) => np.multiply(x, 2));

const softplus = (derivative: (x: Tensor) => Tensor) => {
  const made = customJvp(function f(x: Tensor) {
    return np.log1p(np.exp(x));
  });
  return made.defjvp(function rule([x], [t]) {
    return [made(x), np.multiply(t, derivative(x))];
  });
};
const doubled = () => {
  const f = customVjp(function f(x: Tensor) {
    return np.multiply(x, 2);
  });
  return f.defvjp(
    (x) => [f(x), x],
    (r, ct) => [np.multiply(ct as Tensor, r as Tensor)],
  );
};
const closed = fromHost(new Float32Array([1, 2, 3]), [3], "float32");
const closedScalar = fromHost(new Float32Array([2.5]), [], "float32");

export const transformPrograms: Programs = {
  "jit inside": (() => {
    const inner = jit(function inner(x: Tensor, y: Tensor) {
      return np.multiply(np.sin(x), y);
    });
    return (x: Tensor) => np.add(inner(x, float(2)), 1);
  })(),
  "jit twice the same": (() => {
    const inner = jit(function inner(x: Tensor) {
      return np.multiply(x, 2);
    });
    return (x: Tensor) => inner(inner(x));
  })(),
  "jit with unused and static": (() => {
    const inner = jit(
      function inner(x: Tensor, n: number, _y: Tensor) {
        return np.power(x, n);
      },
      { staticArgnums: 1 },
    );
    return (x: Tensor, y: Tensor) => inner(x, 3, y);
  })(),
  "nested jit": (() => {
    const a = jit(function a(x: Tensor) {
      return np.cos(x);
    });
    return jit(function b(x: Tensor) {
      return np.add(a(x), a(np.multiply(x, 2)));
    });
  })(),
  "jits of one name": (x) => third(third(first(first(second(second(x)))))),
  "shared jits inside shared jits": (() => {
    const outer = jit(function outer(x: Tensor) {
      return np.add(first(x), second(x));
    });
    return (x: Tensor) => outer(outer(x));
  })(),
  "long jit": jit(function long(x: Tensor) {
    let y = x;
    for (let i = 0; i < 11; i++) y = np.sin(y);
    return y;
  }),
  "jit that passes arguments on": (() => {
    const f = jit(function f(x: Tensor, y: Tensor) {
      return [y, x, x] as const;
    });
    return (x: Tensor) => f(f(x, float(2))[0], x);
  })(),
  "many arguments": (...xs: Tensor[]) => xs.reduce((total: Tensor | number, x) => np.add(total, x), 0),
  "jit of grad": jit(grad((x: Tensor) => sinTimes(x))),
  "grad of jit": grad(jit((x: Tensor) => sinTimes(x))),
  "vmap of jit": vmap(
    jit((x: Tensor, y: Tensor) => np.multiply(x, y)),
    { inAxes: [0, null] },
  ),

  "grad sin squared": grad((x: Tensor) => np.power(np.sin(x), 2)),
  "grad of weak": grad(sinTimes),
  "grad sum tanh": grad((w: Tensor, x: Tensor) => np.sum(np.tanh(np.matmul(x, w)))),
  "grad argnums pair": grad((x: Tensor, y: Tensor) => np.add(np.multiply(x, y), np.exp(y)), { argnums: [0, 1] }),
  "grad max": grad((x: Tensor) => np.max(x)),
  "grad gather": grad((x: Tensor, i: Tensor) => np.sum(np.power(pick(x, i), 2))),
  "grad broadcast": grad((b: Tensor, x: Tensor) => np.sum(np.power(np.add(x, b), 2))),
  "grad of division": grad((x: Tensor, y: Tensor) => np.divide(x, y), { argnums: [0, 1] }),
  "grad where": grad((x: Tensor) => np.sum(np.where(np.greater(x, 0), np.multiply(x, x), float(0)))),
  "grad cumsum": grad((x: Tensor) => np.sum(np.power(np.cumsum(x), 2))),
  "grad of grad": grad(grad(sinTimes)),
  "grad complex": grad((z: Tensor) => np.power(np.abs(z), 2)),
  jvp: (x, t) => jvp(sinTimes, [x], [t]),
  "jvp two arguments": (x, y, t, u) => jvp((a: Tensor, b: Tensor) => np.multiply(a, b), [x, y], [t, u]),
  vjp: (x, ct) => vjp((v: Tensor) => np.tanh(v), x)[1](ct),
  linearize: (x, t) => linearize((v: Tensor) => np.exp(np.sin(v)), x)[1](t),
  stop_gradient: grad((x: Tensor) => np.multiply(x, lax.stopGradient(x))),

  "vmap sin": vmap((x: Tensor) => np.add(np.sin(x), 1)),
  "vmap dot": vmap((x: Tensor, y: Tensor) => np.dot(x, y)),
  "vmap dot one side": vmap((x: Tensor, y: Tensor) => np.dot(x, y), { inAxes: [0, null] }),
  "vmap in_axes 1": vmap((x: Tensor) => np.sum(x), { inAxes: 1 }),
  "vmap out_axes": vmap((x: Tensor, y: Tensor) => np.multiply(x, y), { inAxes: [0, null], outAxes: 1 }),
  "vmap matmul both": vmap((x: Tensor, y: Tensor) => np.matmul(x, y)),
  "vmap grad": vmap(grad(sinTimes)),
  "vmap grad over parameters": vmap(
    grad((w: Tensor, x: Tensor) => np.sum(np.tanh(np.matmul(x, w)))),
    { inAxes: [null, 0] },
  ),
  "vmap where and gather": vmap(pick),

  checkpoint: checkpoint((x: Tensor) => np.sin(np.cos(x))),
  "grad of checkpoint": grad(checkpoint((x: Tensor) => np.sin(np.cos(x)))),
  custom_jvp: softplus(nn.sigmoid),
  "grad custom_jvp": grad(softplus(lax.logistic)),
  custom_vjp: doubled(),
  "grad custom_vjp": grad(doubled()),

  "closed over array": (x) => np.multiply(x, closed),
  "closed over NumPy array": (x) => np.multiply(x, closed),
  "closed over scalar array": (x) => np.multiply(x, closedScalar),
  "dict input": (p: { w: Tensor; x: Tensor; b: Tensor }) => np.add(np.multiply(p.w, p.x), p.b),
  "nested input": (p: [Tensor, { k: Tensor }], q: Tensor) => [np.add(p[0], p[1].k), { z: q, a: np.multiply(q, 2) }],
};
