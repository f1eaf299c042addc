/** Calls of jax.lax, as lax.json records them, as calls of our lax: names, positions and options in its manner. */
import { grad } from "../../src/api/index.js";
import type { Tensor } from "../../src/core/tensor.js";
import * as lax from "../../src/lax/index.js";
import { decodeScalar, type GoldenValue, isGoldenArray } from "../golden/read.js";
import { fromGolden } from "../primitives/elementwise-support.js";

export interface Call {
  readonly fn: string;
  readonly args: readonly GoldenValue[];
  readonly kwargs: Readonly<Record<string, GoldenValue>>;
  readonly out: GoldenValue;
  readonly x64?: boolean;
}

export const camel = (name: string): string => name.replace(/_+(\w)/g, (_, c: string) => c.toUpperCase());

type F = (...xs: never[]) => unknown;
const { add, mul, sub } = lax;
/** The Python functions that occur among the arguments. */
const functions: Readonly<Record<string, F>> = {
  add,
  mul,
  max: lax.max,
  min: lax.min,
  "lambda x: x * 2.": (x: Tensor) => mul(x, 2),
  "lambda i, c: c * i": (i: Tensor, c: Tensor) => mul(c, i),
  "lambda c: c < 100": (c: Tensor) => lax.lt(c, 100),
  "lambda c: c * 3": (c: Tensor) => mul(c, 3),
  "lambda c, x: (c + x, c * x)": (c: Tensor, x: Tensor) => [add(c, x), mul(c, x)],
  "lambda x: x + 1": (x: Tensor) => add(x, 1),
  "lambda x: x - 1": (x: Tensor) => sub(x, 1),
  "lambda x: x": (x: Tensor) => x,
  "lambda x: x * 2": (x: Tensor) => mul(x, 2),
  "lambda x: x * 3": (x: Tensor) => mul(x, 3),
};

const enums: Readonly<Record<string, string>> = {
  AWAY_FROM_ZERO: lax.RoundingMethod.AWAY_FROM_ZERO,
  TO_NEAREST_EVEN: lax.RoundingMethod.TO_NEAREST_EVEN,
};

/** An argument in JavaScript: arrays are tensors, Python's enumerations our constants, dictionaries have camelCase keys. */
function argument(x: GoldenValue): unknown {
  if (x === null || typeof x === "boolean") return x;
  if (typeof x === "string") return enums[x] ?? x;
  if (isGoldenArray(x)) return fromGolden(x);
  const scalar = decodeScalar(x);
  if (scalar !== undefined) return scalar.value;
  if (Array.isArray(x)) return x.map(argument);
  const record = x as { readonly [key: string]: GoldenValue };
  if (typeof record.python === "string") {
    if (!(record.python in functions)) throw new Error(`golden data: the function '${record.python}' is not known`);
    return functions[record.python];
  }
  return Object.fromEntries(Object.entries(record).map(([k, v]) => [camel(k), argument(v)]));
}

/** Positional arguments that we take among the options: where they stand, and what they are called. */
const inOptions: Readonly<Record<string, readonly [first: number, ...names: string[]]>> = {
  full: [2, "dtype"],
  slice_in_dim: [3, "stride", "axis"],
};

/** The gradient of a pooled sum in which each window has a weight of its own. */
const poolGrad =
  (init: number, f: typeof lax.add) =>
  (x: Tensor, window: readonly number[], strides: readonly number[], { padding }: { padding: "SAME" | "VALID" }) =>
    grad((x: Tensor) => {
      const y = lax.reduceWindow(x, init, f, window, strides, padding);
      const weights = lax.reshape(lax.add(lax.iota("float32", y.size), 1), y.shape);
      return lax.reduceSum(lax.mul(y, weights), [...y.shape.keys()]);
    })(x);

const others: Readonly<Record<string, F>> = {
  "pool_grad.max": poolGrad(-Infinity, lax.max),
  "pool_grad.min": poolGrad(Infinity, lax.min),
  "pool_grad.sum": poolGrad(0, lax.add),
};

/** Our function of a recorded name; undefined if there is none. */
export function functionOf(fn: string): F | undefined {
  if (fn in others) return others[fn];
  let at: unknown = lax;
  for (const part of fn.split(".")) at = (at as Record<string, unknown> | undefined)?.[camel(part)];
  return at as F | undefined;
}

/** Runs a recorded call. */
export function run({ fn, args, kwargs }: Call): unknown {
  const f = functionOf(fn);
  if (f === undefined) throw new Error(`lax.${camel(fn)} does not exist`);
  const given = args.map(argument);
  const options = argument(kwargs as GoldenValue) as Record<string, unknown>;
  if (fn in inOptions) {
    const [first, ...names] = inOptions[fn];
    for (const [i, x] of given.splice(first).entries()) options[names[i]] = x;
  }
  // Parameters with a default before the options.
  if (fn === "reshape" && "dimensions" in options) {
    given.push(options.dimensions);
    delete options.dimensions;
  }
  if (fn === "dynamic_update_slice_in_dim" || fn === "dynamic_update_index_in_dim") {
    given.push(options.axis);
    delete options.axis;
  }
  return (f as (...xs: unknown[]) => unknown)(...given, ...(Object.keys(options).length > 0 ? [options] : []));
}
