/** Activations, element by element, with JAX's derivatives at their kinks. */
import type { ArrayLike } from "../core/array-like.js";
import { isInexact } from "../core/dtype.js";
import type { Tensor } from "../core/tensor.js";
import * as np from "../numpy/index.js";
import { jitted } from "../numpy/jitted.js";
import { asTensors, promoteInexact, toTensor } from "../numpy/promote.js";
import { type Unary, unaryInexact, withJvp } from "../numpy/ufunc.js";
import { select3 } from "../numpy/where.js";
import { ShapeError } from "../prelude/errors.js";
import * as p from "../primitives/index.js";
import { type Either, leadingOption } from "./options.js";

/** A function of one operand that is a program of its own in jaxprs. */
const program = (name: string, ir: string, f: (x: Tensor) => Tensor): Unary => {
  const call = jitted(ir, ([x]) => f(x));
  return Object.defineProperty((x: ArrayLike) => call([toTensor(name, x)]), "name", { value: name });
};

/** The same with a derivative that says what happens at its kinks. */
const withDerivative = (
  name: string,
  ir: string,
  f: (x: Tensor) => Tensor,
  jvp: (x: Tensor, t: Tensor) => Tensor,
): Unary => {
  const call = jitted(ir, ([x]) => f(x));
  const custom = withJvp(
    ir,
    (x) => call([x]),
    ([x], [t]) => jvp(x, t),
  );
  return Object.defineProperty((x: ArrayLike) => custom(toTensor(name, x)), "name", { value: name });
};

const zeroUnless = (condition: Tensor, t: Tensor): Tensor => p.select(condition, t, p.fullLike(t, 0));

/** x. */
export const identity: Unary = program("identity", "identity", (x) => x);

/**
 * max(x, 0). Its derivative at 0 is 0.
 * @example nn.relu([-1, 0, 2]).js(); // [0, 0, 2]
 */
export const relu: Unary = withDerivative(
  "relu",
  "relu",
  (x) => p.max(x, 0),
  (x, t) => zeroUnless(p.gt(x, 0), t),
);

/** min(max(x, 0), 6). Its derivative at 0 and 6 is 0. */
export const relu6: Unary = withDerivative(
  "relu6",
  "relu6",
  (x) => np.minimum(np.maximum(x, 0), weakFloat(6)),
  (x, t) => zeroUnless(p.bitwiseAnd(p.gt(x, 0), p.lt(x, 6)), t),
);

/** A whole number that counts as a float in promotion. */
const weakFloat = (value: number): Tensor => p.full([], value, "float32", true);

/** 1 / (1 + e⁻ˣ). */
export const sigmoid: Unary = unaryInexact("sigmoid", p.logistic);
/** The hyperbolic tangent. */
export const tanh: Unary = np.tanh;

/** x · sigmoid(x), also called swish. */
export const silu: Unary = program("silu", "silu", (x) => np.multiply(x, sigmoid(x)));
export { silu as swish };

/** log(1 + eˣ), without overflow. */
export const softplus: Unary = program("softplus", "softplus", (x) => np.logaddexp(x, 0));

/** log(sigmoid(x)), without underflow. */
export const logSigmoid: Unary = program("logSigmoid", "log_sigmoid", (x) => p.neg(softplus(p.neg(x))));

/** x / (1 + |x|). */
export const softSign: Unary = program("softSign", "soft_sign", (x) => np.divide(x, np.add(np.abs(x), 1)));

/** x · tanh(softplus(x)). */
export const mish: Unary = program("mish", "mish", (x) => np.multiply(x, np.tanh(softplus(x))));

/** 0 up to -1, (x + 1)² / 4 between, x from 1. */
export const sparsePlus: Unary = program("sparsePlus", "sparse_plus", (x) => {
  const middle = np.divide(np.power(np.add(x, weakFloat(1)), 2), 4);
  return select3(np.lessEqual(x, weakFloat(-1)), weakFloat(0), select3(np.greaterEqual(x, weakFloat(1)), x, middle));
});

/** The derivative of sparsePlus: (x + 1) / 2, between 0 and 1. */
export const sparseSigmoid: Unary = program("sparseSigmoid", "sparse_sigmoid", (x) =>
  np.multiply(0.5, np.minimum(weakFloat(2), np.maximum(weakFloat(0), np.add(x, weakFloat(1))))),
);

/** relu6(x + 3) / 6. */
export const hardSigmoid: Unary = program("hardSigmoid", "hard_sigmoid", (x) =>
  np.divide(relu6(np.add(x, weakFloat(3))), weakFloat(6)),
);

/** x · hardSigmoid(x), also called hardSwish. */
export const hardSilu: Unary = program("hardSilu", "hard_silu", (x) => np.multiply(x, hardSigmoid(x)));
export { hardSilu as hardSwish };

/** x, between -1 and 1. */
export const hardTanh: Unary = program("hardTanh", "hard_tanh", (x) =>
  select3(np.greater(x, 1), 1, select3(np.less(x, -1), -1, x)),
);

export interface GeluOptions {
  /** With tanh rather than the error function; true by default. */
  readonly approximate?: boolean | undefined;
}

/**
 * x times the standard normal distribution function at x: by default Hendrycks and Gimpel's approximation with tanh.
 * @example nn.gelu(1, { approximate: false }).item(); // 0.8413
 */
export function gelu(x: ArrayLike, options?: Either<boolean, GeluOptions>): Tensor {
  const { approximate = true } = leadingOption<"approximate", GeluOptions>(
    "gelu",
    "approximate",
    ["approximate"],
    options,
  );
  const t = promoteInexact("gelu", x);
  if (!approximate) {
    const half = p.mul(0.5, t);
    return p.copy(p.mul(half, p.erfc(p.mul(p.neg(t), Math.SQRT1_2))));
  }
  const inner = p.mul(Math.sqrt(2 / Math.PI), p.add(t, p.mul(0.044715, p.integerPow(t, 3))));
  return p.mul(t, p.mul(0.5, p.add(1, p.tanh(inner))));
}

export interface AlphaOptions {
  /** 1 by default. */
  readonly alpha?: ArrayLike | undefined;
}

const eluCall = jitted("elu", ([x, alpha]) => {
  const positive = np.greater(x, 0);
  // The branch that is not taken must not overflow: its derivative would be NaN.
  const negative = select3(positive, weakFloat(0), x);
  return select3(positive, x, np.multiply(alpha, np.expm1(negative)));
});

/** An option beside x: a number takes x's own precision. */
const beside = (x: Tensor, value: ArrayLike): ArrayLike => {
  if (typeof value !== "number") return value;
  return isInexact(x.dtype) ? p.scalarLike(x, value) : weakFloat(value);
};

/** x above 0, alpha (eˣ - 1) below. */
export function elu(x: ArrayLike, options?: Either<ArrayLike, AlphaOptions>): Tensor {
  const { alpha = 1 } = leadingOption<"alpha", AlphaOptions>("elu", "alpha", ["alpha"], options);
  const t = toTensor("elu", x);
  return eluCall(asTensors("elu", t, beside(t, alpha)));
}

/** The elu whose outputs keep mean 0 and variance 1 from layer to layer (Klambauer et al., 2017). */
export const selu: Unary = program("selu", "selu", (x) =>
  p.mul(1.0507009873554805, elu(x, { alpha: 1.6732632423543772 })),
);

const celuCall = jitted("celu", ([x, alpha]) => {
  const negative = np.expm1(np.divide(np.minimum(x, weakFloat(0)), alpha));
  return np.add(np.maximum(x, weakFloat(0)), np.multiply(alpha, negative));
});
/** max(x, 0) + alpha (exp(min(x, 0) / alpha) - 1): the elu with a continuous derivative for every alpha. */
export function celu(x: ArrayLike, options?: Either<ArrayLike, AlphaOptions>): Tensor {
  const { alpha = 1 } = leadingOption<"alpha", AlphaOptions>("celu", "alpha", ["alpha"], options);
  const t = toTensor("celu", x);
  return celuCall(asTensors("celu", t, beside(t, alpha)));
}

export interface LeakyReluOptions {
  /** The slope below 0; 0.01 by default. */
  readonly negativeSlope?: ArrayLike | undefined;
}
const leakyReluCall = jitted("leaky_relu", ([x, slope]) => select3(np.greaterEqual(x, 0), x, np.multiply(slope, x)));
/** x from 0 on, negativeSlope · x below. */
export function leakyRelu(x: ArrayLike, options?: Either<ArrayLike, LeakyReluOptions>): Tensor {
  const { negativeSlope = 0.01 } = leadingOption<"negativeSlope", LeakyReluOptions>(
    "leakyRelu",
    "negativeSlope",
    ["negativeSlope"],
    options,
  );
  const t = toTensor("leakyRelu", x);
  return leakyReluCall(asTensors("leakyRelu", t, beside(t, negativeSlope)));
}

export interface SquareplusOptions {
  /** How smooth the kink is; 4 by default. */
  readonly b?: ArrayLike | undefined;
}
const squareplusCall = jitted("squareplus", ([x, b]) => np.divide(np.add(x, np.sqrt(np.add(np.square(x), b))), 2));
/** (x + √(x² + b)) / 2. */
export function squareplus(x: ArrayLike, options?: Either<ArrayLike, SquareplusOptions>): Tensor {
  const { b = 4 } = leadingOption<"b", SquareplusOptions>("squareplus", "b", ["b"], options);
  const t = toTensor("squareplus", x);
  return squareplusCall(asTensors("squareplus", t, beside(t, b)));
}

const gluCall = jitted("glu", ([x], axis: number) => {
  const [values, gates] = np.split(x, 2, axis);
  return np.multiply(values, sigmoid(gates));
});
/**
 * The first half of x along an axis times the sigmoid of the second.
 * @throws ShapeError CT107 if the axis has odd size
 */
export function glu(x: ArrayLike, axis = -1): Tensor {
  const t = toTensor("glu", x);
  const size = t.shape.at(axis);
  if (size !== undefined && size % 2 === 1) {
    throw new ShapeError(
      "CT107",
      `glu: operand 'x' of shape [${t.shape}] has size ${size} along axis ${axis}, which has no half. Give an even size.`,
    );
  }
  return gluCall([t], axis);
}

/** log(1 - e⁻ˣ) for x > 0, accurate for small and for large x. */
export const log1mexp: Unary = withDerivative(
  "log1mexp",
  "log1mexp",
  (x) => {
    const small = np.log(np.negative(np.expm1(np.negative(x))));
    return select3(np.less(x, Math.LN2), small, np.log1p(np.negative(np.exp(np.negative(x)))));
  },
  (x, t) => p.div(t, p.expm1(x)),
);
