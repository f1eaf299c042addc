/**
 * A primitive and all its rules, in one definition. `definePrimitive` is for operations with named operands and
 * one result; `defineMultiPrimitive` for variadic operands, several results and sub-jaxprs. The definition is the
 * only place: interpreters read the rules off the frozen object, there are no tables to register in.
 */

import type { HloBuilder, HloInstruction } from "../../xla-like/index.js";
import type { CotangentError } from "../prelude/errors.js";
import type { Either } from "../prelude/fp.js";
import type { Shaped, ShapedArray } from "./aval.js";
import type { DType } from "./dtype.js";
import type { Effects } from "./effects.js";
import type { ClosedJaxpr, Eqn, Params } from "./jaxpr.js";
import type { Param, ParamValues } from "./params.js";
import type { LinearOperand, Tensor, Zero } from "./tensor.js";
import { bind } from "./trace.js";

// biome-ignore lint/suspicious/noExplicitAny: parameters of every kind; `ParamValues` recovers the types.
export type AnyParams = Readonly<Record<string, Param<any>>>;

/** A result type: weak unless said otherwise exactly when every operand is weak. */
export interface OutAval {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly weakType?: boolean;
}

type Operands<K extends string> = { readonly [k in K]: Tensor };
type Avals<K extends string> = { readonly [k in K]: ShapedArray };

/**
 * How to differentiate. In rules `t` is a tangent, `ct` a cotangent; symbolic zeros never reach a rule.
 * - `smooth`: per operand the tangent of the result due to that operand's tangent, given the operands and the
 *   result, or `"zero"`. `transpose` is needed for operands in which the operation is linear and its own jvp uses it.
 * - `linear`: jointly linear in the operands with a transpose; `"none"` marks operands (indices, predicates) that are
 *   not differentiated. The jvp applies the operation to the tangents; `jvp` overrides that per operand.
 * - `bilinear`: linear in each operand alone. A transpose sees the other operands, and of its own only the type.
 * - `discrete`: the derivative is zero everywhere.
 */
export type Diff<K extends string, P> =
  | {
      readonly kind: "smooth";
      readonly jvp: { readonly [k in K]: "zero" | ((t: Tensor, x: Operands<K>, params: P, out: Tensor) => Tensor) };
      readonly transpose?: { readonly [k in K]?: (ct: Tensor, x: SeenBy<K, k>, params: P) => Tensor };
    }
  | {
      readonly kind: "linear";
      readonly transpose: {
        readonly [k in K]: "none" | ((ct: Tensor, x: Readonly<Record<K, Tensor | LinearOperand>>, params: P) => Tensor);
      };
      readonly jvp?: { readonly [k in K]?: (t: Tensor, x: Operands<K>, params: P, out: Tensor) => Tensor };
    }
  | {
      readonly kind: "bilinear";
      readonly transpose: { readonly [k in K]: (ct: Tensor, x: SeenBy<K, k>, params: P) => Tensor };
    }
  | { readonly kind: "discrete" };

/** The operands as the transpose with respect to `Self` sees them: of itself only shape and dtype. */
type SeenBy<K extends string, Self extends K> = { readonly [k in K]: k extends Self ? Shaped : Tensor };

/** A batched dimension, its size, and the name collectives know it by. */
export interface AxisData {
  readonly size: number;
  readonly name: string | null;
}

type Dims<K extends string> = { readonly [k in K]: number | null };

/** Where a sample's operand values are drawn from: kept away from poles and kinks of the operation. */
export interface Domain {
  readonly min?: number;
  readonly max?: number;
  /** Exact values, in row-major order, instead of random ones. */
  readonly values?: readonly number[];
  /** Distinct values at least this far apart (for max, sort and the like). */
  readonly apart?: number;
}

/** One set of operand types and parameters; the property suites test a primitive on each of its samples. */
export interface Sample<K extends string = string, P = Params> {
  readonly avals: { readonly [k in K]: ShapedArray };
  readonly params: P;
  readonly domain?: { readonly [k in K]?: Domain };
  /** Left out of gradient checks, with the reason (a sample at a kink, say). */
  readonly skipGradients?: string;
}
export interface MultiSample<P = Params> {
  readonly avals: readonly ShapedArray[];
  readonly params: P;
  readonly domain?: readonly Domain[];
  readonly skipGradients?: string;
}

export interface PrimitiveSpec<K extends string, S extends AnyParams, P = ParamValues<S>> {
  /** As in jaxpr text: snake_case. */
  readonly name: string;
  /** One or two sentences: what it computes. */
  readonly doc: string;
  readonly operands: readonly K[];
  readonly params: S;
  /** The result's type; what does not fit is a coded error, returned as a `Left` or thrown. */
  abstractEval(avals: Avals<K>, params: P): OutAval | Either.Either<CotangentError, OutAval>;
  readonly diff: Diff<K, P>;
  /**
   * `"elementwise"`: operands of one shape, or scalars. Else the batched operation: given operands with their batch
   * dimensions (null: not batched; at least one is), the result and its batch dimension.
   */
  readonly batching:
    | "elementwise"
    | ((x: Operands<K>, dims: Dims<K>, params: P, axis: AxisData) => readonly [Tensor, number | null]);
  lower(
    b: HloBuilder,
    x: { readonly [k in K]: HloInstruction },
    params: P,
    types: { readonly avals: Avals<K>; readonly out: ShapedArray },
  ): HloInstruction;
  readonly samples: readonly Sample<K, P>[];
}

/** What a partial evaluation offers to the rules of primitives with sub-jaxprs. */
export interface PartialEvalContext {
  isUnknown(x: Tensor): boolean;
  /** Adds an equation to the staged program; its results are unknown. */
  stage(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[];
  /** Runs with what is known, outside the staged program. */
  known(primitive: Primitive, args: readonly Tensor[], params: Params): readonly Tensor[];
}

/** What lowering offers to the rules of primitives with sub-jaxprs. */
export interface LoweringContext {
  readonly b: HloBuilder;
  /** Lowers a jaxpr in place, its constants included. */
  inline(b: HloBuilder, jaxpr: ClosedJaxpr, args: readonly HloInstruction[]): HloInstruction[];
  readonly avals: readonly ShapedArray[];
  readonly outs: readonly ShapedArray[];
}

export interface MultiOut {
  readonly avals: readonly OutAval[];
  readonly effects?: Effects;
}

export interface MultiPrimitiveSpec<S extends AnyParams, P = ParamValues<S>> {
  readonly name: string;
  readonly doc: string;
  readonly params: S;
  /** The results' types; what does not fit is a coded error, returned as a `Left` or thrown. */
  abstractEval(avals: readonly ShapedArray[], params: P): MultiOut | Either.Either<CotangentError, MultiOut>;
  /** The results and their tangents. `"discrete"`: all tangents are zero. */
  readonly jvp:
    | "discrete"
    | ((
        primals: readonly Tensor[],
        tangents: readonly (Tensor | Zero)[],
        params: P,
      ) => { readonly outs: readonly Tensor[]; readonly tangents: readonly (Tensor | Zero)[] });
  /** Cotangents of the operands marked `LinearOperand`; null for the others. `"none"`: not linear in anything. */
  readonly transpose:
    | "none"
    | ((
        cts: readonly (Tensor | Zero)[],
        args: readonly (Tensor | LinearOperand)[],
        params: P,
      ) => readonly (Tensor | Zero | null)[]);
  readonly batching: (
    args: readonly Tensor[],
    dims: readonly (number | null)[],
    params: P,
    axis: AxisData,
  ) => { readonly outs: readonly Tensor[]; readonly dims: readonly (number | null)[] };
  /** `"whole"`: staged as it is when any operand is unknown. */
  readonly partialEval: "whole" | ((cx: PartialEvalContext, args: readonly Tensor[], params: P) => readonly Tensor[]);
  /** `"whole"`: kept when any result is used. Else the equation for the used results, with the operands it uses. */
  readonly dce: "whole" | ((used: readonly boolean[], eqn: Eqn) => Eqn | null);
  lower(cx: LoweringContext, args: readonly HloInstruction[], params: P): HloInstruction[];
  /** How the current trace meets it, where not as an ordinary primitive (custom derivative rules). */
  readonly bindWith?: (args: readonly Tensor[], params: P) => readonly Tensor[];
  readonly samples: readonly MultiSample<P>[];
}

interface Common {
  readonly name: string;
  readonly doc: string;
  readonly params: AnyParams;
}

/** A primitive as interpreters see it: rules with their parameter types erased. */
export type SinglePrimitive = Common & { readonly kind: "single" } & Pick<
    PrimitiveSpec<string, AnyParams, Params>,
    "operands" | "abstractEval" | "diff" | "batching" | "lower" | "samples"
  >;
export type MultiPrimitive = Common & { readonly kind: "multi" } & Pick<
    MultiPrimitiveSpec<AnyParams, Params>,
    "abstractEval" | "jvp" | "transpose" | "batching" | "partialEval" | "dce" | "lower" | "bindWith" | "samples"
  >;
export type Primitive = SinglePrimitive | MultiPrimitive;

export type DefinedPrimitive<K extends string, P> = SinglePrimitive & {
  /** Applies the primitive in the current trace. */
  bind(operands: Operands<K>, params: P): Tensor;
};
export type DefinedMultiPrimitive<P> = MultiPrimitive & {
  bind(args: readonly Tensor[], params: P): readonly Tensor[];
};

/**
 * Defines a primitive with named operands and one result.
 *
 * The result's `bind` applies it; wrap that in a function of your own. Every rule is required: a forgotten one, or one
 * for an operand that does not exist, does not compile. See CONTRIBUTING for a worked example.
 */
export function definePrimitive<const K extends string, S extends AnyParams>(
  spec: PrimitiveSpec<K, S>,
): DefinedPrimitive<K, ParamValues<S>> {
  const list = listing(spec.operands);
  const primitive = {
    ...spec,
    kind: "single",
    bind: (x: Operands<K>, params: ParamValues<S>): Tensor => bind(primitive, list(x), params as Params)[0],
  } as unknown as DefinedPrimitive<K, ParamValues<S>>;
  return Object.freeze(primitive);
}

/** From a record of operands to the list of them. */
function listing<K extends string>(operands: readonly K[]): (x: Operands<K>) => Tensor[] {
  const [a, b] = operands;
  if (operands.length === 1) return (x) => [x[a]];
  if (operands.length === 2) return (x) => [x[a], x[b]];
  return (x) => operands.map((k) => x[k]);
}

/** Defines a primitive with any number of operands and results, or with jaxprs among its parameters. */
export function defineMultiPrimitive<S extends AnyParams>(
  spec: MultiPrimitiveSpec<S>,
): DefinedMultiPrimitive<ParamValues<S>> {
  const primitive = {
    ...spec,
    kind: "multi",
    bind: (args: readonly Tensor[], params: ParamValues<S>) => bind(primitive, args, params as Params),
  } as unknown as DefinedMultiPrimitive<ParamValues<S>>;
  return Object.freeze(primitive);
}

/** Positional values as the record that rules take. */
export function named<T>(primitive: SinglePrimitive, values: readonly T[]): Record<string, T> {
  const record: Record<string, T> = {};
  const { operands } = primitive;
  for (let i = 0; i < operands.length; i++) record[operands[i]] = values[i];
  return record;
}

/** A string that is equal for equal parameters of one primitive. */
export function paramsKey(primitive: Primitive, params: Params): string {
  let key = "";
  for (const name in primitive.params) key += `${name}=${primitive.params[name].key(params[name] as never)};`;
  return key;
}
