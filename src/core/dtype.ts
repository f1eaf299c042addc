/** Dtypes and JAX's type promotion: a lattice whose bottom holds the weak types of JavaScript numbers. */

import { type DType, dtypes, isComplex, isFloat, isInexact, isInteger } from "../../xla-like/index.js";
import { ArgumentError } from "../prelude/errors.js";

export type { DType };
export { dtypes, isComplex, isFloat, isInexact, isInteger };

/** What a JavaScript number, or a result that depends on nothing else, counts as in promotion. */
export type WeakKind = "weak int" | "weak float" | "weak complex";
type Node = DType | WeakKind;

/** The default types: what a weak value becomes when nothing else decides. */
export const defaultInt: DType = "int32";
export const defaultUint: DType = "uint32";
export const defaultFloat: DType = "float32";
export const defaultComplex: DType = "complex64";

// The lattice: each type's immediate successors.
const successors: Readonly<Record<Node, readonly Node[]>> = {
  bool: ["weak int"],
  "weak int": ["uint8", "int8"],
  uint8: ["int16", "uint16"],
  uint16: ["int32", "uint32"],
  uint32: ["int64", "uint64"],
  uint64: ["weak float"],
  int8: ["int16"],
  int16: ["int32"],
  int32: ["int64"],
  int64: ["weak float"],
  "weak float": ["bfloat16", "float16", "weak complex"],
  bfloat16: ["float32"],
  float16: ["float32"],
  float32: ["float64", "complex64"],
  float64: ["complex128"],
  "weak complex": ["complex64"],
  complex64: ["complex128"],
  complex128: [],
  float0: [],
};

const upperBounds = (node: Node): ReadonlySet<Node> => {
  const seen = new Set<Node>([node]);
  for (const n of seen) for (const s of successors[n]) seen.add(s);
  return seen;
};
const nodes = Object.keys(successors) as Node[];
const bounds = new Map(nodes.map((n) => [n, upperBounds(n)]));

/** The least upper bound: the one common bound that every common bound is above. */
const computeJoin = (a: Node, b: Node): Node | undefined => {
  const common = [...(bounds.get(a) as ReadonlySet<Node>)].filter((n) => bounds.get(b)?.has(n));
  return common.find((n) => common.every((m) => bounds.get(n)?.has(m)));
};
const joins = new Map<Node, Map<Node, Node | undefined>>(
  nodes.map((a) => [a, new Map(nodes.map((b) => [b, computeJoin(a, b)]))]),
);

export interface TypedScalarKind {
  readonly dtype: DType;
  readonly weakType: boolean;
}

const nodeOf = ({ dtype, weakType }: TypedScalarKind): Node => {
  if (!weakType) return dtype;
  if (isComplex(dtype)) return "weak complex";
  if (isFloat(dtype)) return "weak float";
  return dtype === "bool" ? "bool" : "weak int";
};
const weakDefaults: Readonly<Record<WeakKind, DType>> = {
  "weak int": defaultInt,
  "weak float": defaultFloat,
  "weak complex": defaultComplex,
};

/**
 * The type that values of these types promote to, and whether it is weak.
 *
 * When every operand is weak and of one dtype, that dtype is kept (a weak int64 stays int64).
 */
export function promoteTypes(types: readonly TypedScalarKind[]): TypedScalarKind {
  if (types.length === 0) throw new ArgumentError("CT010", "promoteTypes: needs at least one operand, got none");
  const first = types[0];
  if (types.every((t) => t.dtype === first.dtype)) {
    return { dtype: first.dtype, weakType: first.dtype !== "bool" && types.every((t) => t.weakType) };
  }
  const join = types.map(nodeOf).reduce((a, b) => {
    const c = joins.get(a)?.get(b);
    if (c === undefined) throw new ArgumentError("CT011", `there is no type that both ${a} and ${b} promote to`);
    return c;
  });
  if (join in weakDefaults) {
    // All weak: the widest of the weak operands of the winning kind keeps its width.
    const winners = types.filter((t) => nodeOf(t) === join).map((t) => t.dtype);
    const dtype = winners.length > 0 ? widest(winners) : weakDefaults[join as WeakKind];
    return { dtype, weakType: true };
  }
  return { dtype: join as DType, weakType: false };
}

const widest = (ds: readonly DType[]): DType => ds.reduce((a, b) => (dtypes[b].bytes > dtypes[a].bytes ? b : a));

/** The inexact type that a true division or a mean of `dtype` is computed in. */
export const toInexact = (dtype: DType): DType => (isInexact(dtype) ? dtype : defaultFloat);

export const isDType = (x: unknown): x is DType => typeof x === "string" && x in dtypes && x !== "float0";

/** Reads a dtype option; unknown names are an error that lists the known ones. */
export function asDType(x: unknown, where: string): DType {
  if (isDType(x)) return x;
  const known = Object.keys(dtypes).filter((d) => d !== "float0");
  throw new ArgumentError("CT012", `${where}: ${JSON.stringify(x)} is not a dtype. Use one of ${known.join(", ")}.`);
}
