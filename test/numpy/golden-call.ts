// Calls of numpy's functions as recorded from Python.
import { numpy as np, type Tensor } from "../../src/index.js";
import type { GoldenValue } from "../golden/read.js";
import { goldenArgument } from "../golden/tensors.js";
import { camelCase, signatureOf } from "./signatures.js";

export interface RecordedCall {
  readonly fn: string;
  readonly args: readonly GoldenValue[];
  readonly kwargs: Readonly<Record<string, GoldenValue>>;
  readonly x64?: boolean;
  readonly out: GoldenValue;
}

// biome-ignore lint/suspicious/noExplicitAny: functions are looked up by their recorded names
type AnyFunction = (...args: any[]) => unknown;

/** The function of a recorded name, `linalg.norm` say, if there is one. */
export const functionOf = (fn: string): AnyFunction | undefined => {
  const found = fn
    .split(".")
    .reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[camelCase(name)], np);
  return typeof found === "function" ? (found as AnyFunction) : undefined;
};

/** Functions recorded as Python source, as written here. */
const functions: Readonly<Record<string, AnyFunction>> = {
  "lambda i, j: i * 10 + j": (i: Tensor, j: Tensor) => i.mul(10).add(j),
  "lambda v: v * jnp.sum(v)": (v: Tensor) => v.mul(np.sum(v)),
  "lambda x: -x": (x: Tensor) => x.neg(),
  "lambda x: x * 10": (x: Tensor) => x.mul(10),
  sum: (x: Tensor, axis: number) => np.sum(x, axis),
};

/** Calls whose arguments are arranged in another way than Python's. */
const arranged: Readonly<
  Record<string, (args: readonly unknown[], kwargs: Readonly<Record<string, unknown>>) => unknown>
> = {
  meshgrid: (args, kwargs) => np.meshgrid(args as Tensor[], kwargs),
  mask_indices: ([n]) => np.maskIndices(n as number, np.triu),
  arange: (args, kwargs) => (np.arange as AnyFunction)(...args, kwargs),
  where: (args, kwargs) => (np.where as AnyFunction)(...args, ...(args.length === 1 ? [kwargs] : [])),
};

/** Options that only remind a Python user that arrays are immutable. */
const dropped = ["inplace"];

function argument(x: GoldenValue, plain: boolean): unknown {
  // Lists of functions and constants.
  if (Array.isArray(x) && x.some((y) => typeof y === "object" && y !== null && "python" in y)) {
    return x.map((y: GoldenValue) => argument(y, plain));
  }
  if (typeof x === "object" && x !== null && "python" in x) return functions[x.python as string];
  return goldenArgument(x, plain);
}

export function call({ fn, args, kwargs }: RecordedCall): unknown {
  const options: Record<string, unknown> = {};
  const signature = signatureOf(fn);
  const positional: unknown[] = [];
  args.forEach((x, i) => {
    const name = signature?.all[i];
    if (signature === undefined || i < signature.positional.length) positional.push(argument(x, false));
    else options[camelCase(name as string)] = argument(x, true);
  });
  for (const [k, v] of Object.entries(kwargs)) {
    if (dropped.includes(k)) continue;
    const at = signature?.positional.indexOf(k) ?? -1;
    if (at >= 0) positional[at] = argument(v, true);
    else options[camelCase(k)] = argument(v, true);
  }
  const special = arranged[fn];
  if (special) return special(positional, options);
  const f = functionOf(fn) as AnyFunction;
  if (Object.keys(options).length === 0) return f(...Array.from(positional));
  const count = signature?.positional.length ?? positional.length;
  return f(...Array.from({ length: count }, (_, i) => positional[i]), options);
}
