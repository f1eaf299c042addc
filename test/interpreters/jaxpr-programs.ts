/** The recorded Python programs, in TypeScript. */
import { grad, jit, jvp, linearize, vjp, vmap } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import { literal } from "../../src/core/scalars.js";
import * as P from "../../src/primitives/index.js";
import { iota } from "../../src/primitives/iota.js";
import { concatenate, stack } from "../../src/primitives/concatenate.js";
import { scatterAdd } from "../../src/primitives/scatter.js";
import { type Padding, undilated, type Window } from "../../src/primitives/window-geometry.js";
import { slice } from "../../src/primitives/slicing.js";
import { convolve } from "../../src/primitives/convolution-spec.js";
import { pad } from "../../src/primitives/padding.js";

const { add, sub, mul, div, neg, sin, cos, exp, log, tanh, integerPow } = P;
const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const sum = (x: Tensor, axes = range(x.ndim)): Tensor => P.reduceSum(x, axes);
const matmul = (x: Tensor, y: Tensor): Tensor =>
  P.dotGeneral(
    x,
    y,
    [
      [[x.ndim - 1], [Math.max(0, y.ndim - 2)]],
      [[], []],
    ],
    { preferredElementType: "float32" },
  );
const same = (x: Tensor): Tensor => x;

// biome-ignore lint/suspicious/noExplicitAny: programs of every signature in one table
type Program = (...args: any[]) => unknown;
const sinTimes = (x: Tensor): Tensor => mul(sin(x), x);

const window = (sizes: number[], strides: number[], padding: Padding): Window =>
  undilated({ windowDimensions: sizes, windowStrides: strides, padding });

/** Three functions of one name. */
const namesake = (f: (x: Tensor) => Tensor) => jit(Object.defineProperty(f, "name", { value: "f" }));
const first = namesake((x) => sin(x));
const second = namesake((x) => sub(x, 1));
const third = namesake((x) => mul(x, 2));

export type Programs = Readonly<Record<string, Program>>;

export const programs: Programs = {
  "add weak int literal": (x) => add(x, 1),
  "add weak float literal": (x) => add(x, 1.5),
  "literal first": (x) => sub(2, x),
  polynomial: (x) => sub(add(mul(mul(3, x), x), mul(2, x)), 1),
  "negation and division": (x) => div(neg(x), 2),
  "weak on bfloat16": (x) => add(mul(x, 0.5), 1),
  identity: same,
  "constant output": (x) => [x, literal(1, "float32"), literal(2, "int32")],
  "unused argument": (x, _y) => mul(x, 2),
  "same output twice": (x) => {
    const y = mul(x, 2);
    return [y, y];
  },
  "sin cos chain": (x) => sin(cos(sin(x))),
  "elementary functions": (x) => add(add(add(add(add(exp(x), log(x)), P.sqrt(x)), tanh(x)), P.abs(x)), P.sign(x)),
  "more elementary functions": (x) =>
    add(add(add(add(add(add(P.expm1(x), P.log1p(x)), P.floor(x)), P.ceil(x)), P.rsqrt(x)), P.erf(x)), P.square(x)),
  "vector plus vector": (x, y) => add(x, y),
  "scalar plus vector": (x, y) => add(x, y),
  broadcast_to: (x) => P.broadcastInDim(x, [2, 3], [1]),
  "mixed dtypes": (x, y) => add(x, P.convert(y, "float32")),
  "half plus float": (x, y) => mul(P.convert(x, "float32"), P.convert(y, "float32")),
  "dot vectors": matmul,
  matmul,
  "matrix times vector": matmul,
  "lax dot_general": (x, y) =>
    P.dotGeneral(
      x,
      y,
      [
        [[1], [2]],
        [[0], [0]],
      ],
      { preferredElementType: "float32" },
    ),
  "sum all": (x) => sum(x),
  "sum axis": (x) => sum(x, [0]),
  "max and min": (x) => [P.reduceMax(x, [1]), P.reduceMin(x, [0, 1])],
  reshape: (x) => P.reshape(x, [3, 2]),
  transpose: (x) => P.transpose(x, [1, 0]),
  "transpose axes": (x) => P.transpose(x, [2, 0, 1]),
  squeeze: (x) => P.squeeze(x, [1]),
  expand_dims: (x) => P.expandDims(x, [0, 2]),
  newaxis: (x) => P.expandDims(x, [1]),
  slice: (x) => slice(x, [1], [3]),
  "lax slice and rev": (x) => P.rev(slice(x, [0, 1], [2, 3], [1, 2]), [0]),
  concatenate: (x, y) => concatenate([x, y, x], 1),
  "concatenate dtypes": (x, y) => concatenate([x, P.convert(y, "float32")], 0),
  stack: (x, y) => stack([x, y], 1),
  "lax select": (c, x, y) => P.selectN(c, y, x),
  comparisons: (x, y) => [P.lt(x, y), P.le(x, y), P.gt(x, y), P.ge(x, y), P.eq(x, y), P.ne(x, y)],
  "compare with literal": (x) => P.gt(x, 1),
  "maximum and minimum": (x, y) => P.min(P.max(x, 0), y),
  "lax clamp": (x) => P.clamp(0, x, 1),
  astype: (x) => P.convert(x, "int32"),
  "convert chain": (x) => P.convert(P.convert(P.convert(x, "bfloat16"), "float32"), "bool"),
  bitcast: (x) => P.bitcastConvertType(x, "uint32"),
  arange: () => iota("int32", [4]),
  "zeros and ones": () => [P.full([2, 3], 0, "float32"), P.full([3], 1, "int32"), P.full([2], 7, "float32")],
  zeros_like: (x) => [P.zerosLike(x), P.onesLike(x)],
  "lax iota": () => [iota("int32", [4]), iota("int32", [2, 3], 1)],
  "lax cumulative": (x) => [P.cumprod(x, 0), P.cummax(x, 0, true), P.cumlogsumexp(x, 0)],
  argmax: (x) => P.argmax(x, 1),
  "argmax flat": (x) => P.argmax(P.reshape(x, [6]), 0),
  top_k: (x) => P.topK(x, 2),
  "sort with keys": (x, y) => P.sort([x, y], 0),
  "lax logistic": (x) => P.logistic(x),
  integer_pow: (x) => integerPow(x, 3),
  "integer_pow negative": (x) => integerPow(x, -2),
  "power of float": (x) => P.pow(x, 2.5),
  "power of array": (x, y) => P.pow(x, y),
  "power of int array": (x, y) => P.pow(x, y),
  "lax pad": (x) =>
    pad(x, 0, [
      [1, 2, 1],
      [-1, 0, 0],
    ]),
  "lax integer division": (x, y) => [div(x, y), P.rem(x, y)],
  "integer true division": (x, y) => div(P.convert(x, "float32"), P.convert(y, "float32")),
  "bit operations": (x, y) => [
    P.bitwiseAnd(x, y),
    P.bitwiseOr(x, y),
    P.bitwiseXor(x, y),
    P.bitwiseNot(x),
    P.shiftLeft(x, 2),
    P.shiftRightLogical(x, 1),
  ],
  "complex multiply": (x, y) => mul(x, y),
  "complex parts": (z) => [P.real(z), P.imag(z), P.conj(z), P.abs(z)],
  "make complex": (x, y) => mul(P.complex(x, y), { re: 0, im: 1 }),
  "grad complex": grad((z: Tensor) => integerPow(P.abs(z), 2)),
  reduce_precision: (x) => P.reducePrecision(x, 8, 7),
  "lax reduce": (x) => sum(x, [0]),
  optimization_barrier: (x) => add(P.optimizationBarrier([x])[0], 1),

  conv_general_dilated: (x, w) => convolve(x, w, [1, 1], "SAME"),
  "conv NHWC strided": (x, w) =>
    convolve(x, w, [2, 2], "VALID", { rhsDilation: [2, 1], dimensionNumbers: ["NHWC", "HWIO", "NHWC"] }),
  "grad conv": grad((w: Tensor, x: Tensor) => sum(convolve(x, w, [1, 1], "SAME"))),
  "max pool": (x) =>
    P.reduceWindowMax(
      x,
      window(
        [1, 2, 2],
        [1, 2, 2],
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      ),
    ),
  "average pool": (x) =>
    div(
      P.reduceWindowSum(
        x,
        window(
          [2, 2],
          [1, 1],
          [
            [0, 1],
            [0, 1],
          ],
        ),
      ),
      4,
    ),
  "lax scatter_add": (x, i, u) =>
    scatterAdd(x, i, u, { updateWindowDims: [], insertedWindowDims: [0], scatterDimsToOperandDims: [0] }),
  "jit inside": (() => {
    const inner = jit(function inner(x: Tensor, y: Tensor) {
      return mul(sin(x), P.convert(y, "float32"));
    });
    return (x: Tensor) => add(inner(x, literal(2, "float32", true)), 1);
  })(),
  "jit twice the same": (() => {
    const inner = jit(function inner(x: Tensor) {
      return mul(x, 2);
    });
    return (x: Tensor) => inner(inner(x));
  })(),
  "jit with unused and static": (() => {
    const inner = jit(
      function inner(x: Tensor, n: number, _y: Tensor) {
        return integerPow(x, n);
      },
      { staticArgnums: 1 },
    );
    return (x: Tensor, y: Tensor) => inner(x, 3, y);
  })(),
  "nested jit": (() => {
    const a = jit(function a(x: Tensor) {
      return cos(x);
    });
    return jit(function b(x: Tensor) {
      return add(a(x), a(mul(x, 2)));
    });
  })(),
  "jits of one name": (x) => third(third(first(first(second(second(x)))))),
  "shared jits inside shared jits": (() => {
    const outer = jit(function outer(x: Tensor) {
      return add(first(x), second(x));
    });
    return (x: Tensor) => outer(outer(x));
  })(),
  "long jit": jit(function long(x: Tensor) {
    return range(11).reduce((y) => sin(y), x);
  }),
  "jit that passes arguments on": (() => {
    const f = jit(function f(x: Tensor, y: Tensor) {
      return [y, x, x] as const;
    });
    return (x: Tensor) => f(f(x, literal(2, "float32", true))[0], x);
  })(),
  "many arguments": (...xs: Tensor[]) => xs.reduce((total: Tensor | number, x) => add(total, x), 0),
  "jit of grad": jit(grad((x: Tensor) => sinTimes(x))),
  "grad of jit": grad(jit((x: Tensor) => sinTimes(x))),
  "vmap of jit": vmap(
    jit((x: Tensor, y: Tensor) => mul(x, y)),
    { inAxes: [0, null] },
  ),

  "grad sin squared": grad((x: Tensor) => integerPow(sin(x), 2)),
  "grad of weak": grad(sinTimes),
  "grad sum tanh": grad((w: Tensor, x: Tensor) => sum(tanh(matmul(x, w)))),
  "grad argnums pair": grad((x: Tensor, y: Tensor) => add(mul(x, y), exp(y)), { argnums: [0, 1] }),
  "grad max": grad((x: Tensor) => P.reduceMax(x, [0])),
  "grad of division": grad((x: Tensor, y: Tensor) => div(x, y), { argnums: [0, 1] }),
  "grad of grad": grad(grad(sinTimes)),
  jvp: (x, t) => jvp(sinTimes, [x], [t]),
  "jvp two arguments": (x, y, t, u) => jvp((a: Tensor, b: Tensor) => mul(a, b), [x, y], [t, u]),
  vjp: (x, ct) => vjp((v: Tensor) => tanh(v), x)[1](ct),
  linearize: (x, t) => linearize((v: Tensor) => exp(sin(v)), x)[1](t),
  "vmap sin": vmap((x: Tensor) => add(sin(x), 1)),
  "vmap dot": vmap((x: Tensor, y: Tensor) => matmul(x, y)),
  "vmap dot one side": vmap((x: Tensor, y: Tensor) => matmul(x, y), { inAxes: [0, null] }),
  "vmap in_axes 1": vmap((x: Tensor) => sum(x), { inAxes: 1 }),
  "vmap matmul both": vmap((x: Tensor, y: Tensor) => matmul(x, y)),
  "vmap grad": vmap(grad(sinTimes)),
  stop_gradient: grad((x: Tensor) => mul(x, P.stopGradient(x))),
  "dict input": (p: { w: Tensor; x: Tensor; b: Tensor }) => add(mul(p.w, p.x), p.b),
  "nested input": (p: [Tensor, { k: Tensor }], q: Tensor) => [add(p[0], p[1].k), { z: q, a: mul(q, 2) }],
  "multiple outputs": (x) => [sin(x), add(x, 1), { s: sum(x) }],
};
