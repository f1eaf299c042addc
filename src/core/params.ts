import { pythonFloat } from "../prelude/python-text.js";
import { identityOf } from "../prelude/value-key.js";
import { type DType, dtypes } from "./dtype.js";
import type { ClosedJaxpr } from "./jaxpr.js";

/** A parameter as jaxprs show it: its text, a jaxpr or several, or null where it is left out. */
export type Shown = string | null | ClosedJaxpr | readonly ClosedJaxpr[];

/** How a primitive's parameter is printed in a jaxpr and told apart in cache keys. */
export interface Param<T> {
  /** What stands after `name=`; jaxprs are laid out by the printer. */
  show(value: T): Shown;
  /** Equal strings exactly for parameters that mean the same. */
  key(value: T): string;
  /** Carries the type; never set. */
  readonly _type?: T;
}
export type ParamSpecs = Readonly<Record<string, Param<never> | Param<unknown>>>;

type OptionalKeys<P> = {
  [K in keyof P]: P[K] extends Param<infer T> ? (undefined extends T ? K : never) : never;
}[keyof P];
type ValueOf<S> = S extends Param<infer T> ? T : never;
/** The record of values that a record of parameter specifications asks for. */
export type ParamValues<P> = { readonly [K in Exclude<keyof P, OptionalKeys<P>>]: ValueOf<P[K]> } & {
  readonly [K in OptionalKeys<P>]?: ValueOf<P[K]>;
};

export const showTuple = (items: readonly unknown[]): string =>
  items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;

/** A parameter that is its text. */
export interface TextParam<T> extends Param<T> {
  show(value: T): string;
}
const simple = <T>(show: (value: T) => string): TextParam<T> => ({ show, key: show });
const numberKey = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));

/** Kinds of parameters. Text follows JAX's, so that jaxprs read alike. */
export const param = {
  int: simple<number>(numberKey),
  number: simple<number>(pythonFloat),
  ints: simple<readonly number[]>(showTuple),
  /** A list of lists of integers: `((0, 1), (2,))`. */
  intLists: simple<readonly (readonly number[])[]>((xs) => showTuple(xs.map(showTuple))),
  bool: simple<boolean>((x) => (x ? "True" : "False")),
  bools: simple<readonly boolean[]>((xs) => showTuple(xs.map((x) => (x ? "True" : "False")))),
  string: simple<string>((x) => x),
  strings: simple<readonly string[]>((xs) => showTuple(xs.map((x) => `'${x}'`))),
  dtype: simple<DType>((x) => dtypes[x].name),
  /** One of a fixed set of names. */
  oneOf: <const T extends string>(..._names: readonly T[]): TextParam<T> => simple<T>((x) => x),
  /** Left out when absent. */
  given: <T>(p: Param<T>): Param<T | undefined> => ({
    show: (x) => (x === undefined ? null : p.show(x)),
    key: (x) => (x === undefined ? "None" : p.key(x)),
  }),
  /** Printed as `None` when absent. */
  optional: <T>(p: Param<T>): Param<T | undefined> => ({
    show: (x) => (x === undefined ? "None" : p.show(x)),
    key: (x) => (x === undefined ? "None" : p.key(x)),
  }),
  /** A parameter that JAX prints and that has one meaning here: always the given text. */
  fixed: (text: string): Param<undefined> => ({ show: () => text, key: () => "" }),
  /** Any plain data, with its text. */
  data: <T>(show: (value: T) => string): TextParam<T> => simple(show),
  /** Not printed: implied by the result's type, or of no interest to a reader. */
  silent: <T>(p: Param<T>): Param<T> => ({ show: () => null, key: (x) => p.key(x) }),
  /** Printed only where it says something. */
  unless: <T>(trivial: (value: T) => boolean, p: Param<T>): Param<T> => ({
    show: (x) => (trivial(x) ? null : p.show(x)),
    key: (x) => p.key(x),
  }),
  jaxpr: { show: (j) => j, key: (j) => `#${j.id}` } as Param<ClosedJaxpr>,
  jaxprs: { show: (js) => js, key: (js) => js.map((j) => `#${j.id}`).join(",") } as Param<readonly ClosedJaxpr[]>,
  /** An object or function compared by identity. */
  identity: <T extends object>(show: (value: T) => string): Param<T> => ({ show, key: (x) => `@${identityOf(x)}` }),
};
