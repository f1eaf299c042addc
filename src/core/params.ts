import { dtypes, type DType } from "./dtype.js";
import { ClosedJaxpr } from "./jaxpr.js";

/** How a primitive's parameter is printed in a jaxpr and told apart in cache keys. */
export interface Param<T> {
  /** The text after `name=`; jaxpr-valued parameters are laid out by the printer instead. */
  show(value: T): string;
  /** Equal strings exactly for parameters that mean the same. */
  key(value: T): string;
  /** Carries the type; never set. */
  readonly _type?: T;
}
export type ParamSpecs = Readonly<Record<string, Param<never> | Param<unknown>>>;

type OptionalKeys<P> = { [K in keyof P]: P[K] extends Param<infer T> ? (undefined extends T ? K : never) : never }[keyof P];
type ValueOf<S> = S extends Param<infer T> ? T : never;
/** The record of values that a record of parameter specifications asks for. */
export type ParamValues<P> = { readonly [K in Exclude<keyof P, OptionalKeys<P>>]: ValueOf<P[K]> } & {
  readonly [K in OptionalKeys<P>]?: ValueOf<P[K]>;
};

export const showTuple = (items: readonly unknown[]): string =>
  items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;

const simple = <T>(show: (value: T) => string): Param<T> => ({ show, key: show });
const identities = new WeakMap<object, number>();
let nextIdentity = 0;
/** A number that stands for an object's identity. */
export const identityOf = (x: object): number => {
  let id = identities.get(x);
  if (id === undefined) identities.set(x, (id = nextIdentity++));
  return id;
};

const numberKey = (x: number): string => (Object.is(x, -0) ? "-0" : String(x));

/** Kinds of parameters. Text follows JAX's, so that jaxprs read alike. */
export const param = {
  int: simple<number>(numberKey),
  number: simple<number>((x) => (Number.isInteger(x) && !Object.is(x, -0) ? `${x}.0` : numberKey(x))),
  ints: simple<readonly number[]>(showTuple),
  /** A list of lists of integers: `((0, 1), (2,))`. */
  intLists: simple<readonly (readonly number[])[]>((xs) => showTuple(xs.map(showTuple))),
  bool: simple<boolean>((x) => (x ? "True" : "False")),
  bools: simple<readonly boolean[]>((xs) => showTuple(xs.map((x) => (x ? "True" : "False")))),
  string: simple<string>((x) => x),
  strings: simple<readonly string[]>((xs) => showTuple(xs.map((x) => `'${x}'`))),
  dtype: simple<DType>((x) => dtypes[x].name),
  /** One of a fixed set of names. */
  oneOf: <const T extends string>(..._names: readonly T[]): Param<T> => simple<T>((x) => x),
  /** Printed as `None` when absent. */
  optional: <T>(p: Param<T>): Param<T | undefined> => ({
    show: (x) => (x === undefined ? "None" : p.show(x)),
    key: (x) => (x === undefined ? "None" : p.key(x)),
  }),
  /** A parameter that JAX prints and that has one meaning here: always the given text. */
  fixed: (text: string): Param<undefined> => ({ show: () => text, key: () => "" }),
  /** Any plain data, with its text. */
  data: <T>(show: (value: T) => string): Param<T> => simple(show),
  jaxpr: { show: () => "jaxpr", key: (j) => `#${j.id}` } as Param<ClosedJaxpr>,
  jaxprs: { show: () => "jaxprs", key: (js) => js.map((j) => `#${j.id}`).join(",") } as Param<readonly ClosedJaxpr[]>,
  /** An object or function compared by identity. */
  identity: <T extends object>(show: (value: T) => string): Param<T> => ({ show, key: (x) => `@${identityOf(x)}` }),
};
