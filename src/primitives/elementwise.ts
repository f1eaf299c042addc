/** The common shape of elementwise definitions: what differs from one operation to the next stands in its own file. */

import type { BinaryOpcode, HloBuilder, HloInstruction, UnaryOpcode } from "../../xla-like/index.js";
import type { ShapedArray } from "../core/aval.js";
import { bool, c64, f32, i32 } from "../core/avals.js";
import type { DType } from "../core/dtype.js";
import { type DefinedPrimitive, type Diff, type Domain, definePrimitive, type Sample } from "../core/primitive.js";
import { Either } from "../prelude/fp.js";
import { commonDtype, commonShape, type DTypeClass } from "./checks.js";
import { spreadPair } from "./lowering.js";

type NoParams = Readonly<Record<never, never>>;
type OutType = "same" | ((dtype: DType) => DType);

interface UnarySpec {
  readonly name: string;
  readonly doc: string;
  readonly takes: DTypeClass;
  /** The result's dtype, where not the operand's. */
  readonly gives?: OutType;
  readonly lower: UnaryOpcode | ((b: HloBuilder, x: HloInstruction) => HloInstruction);
  readonly diff: Diff<"x", NoParams>;
  readonly domain?: Domain;
  /** Instead of the usual ones. */
  readonly samples?: readonly Sample<"x", NoParams>[];
}

const outDtype = (gives: OutType | undefined, dtype: DType): DType =>
  gives === undefined || gives === "same" ? dtype : gives(dtype);

const sampleAval: Readonly<Record<DTypeClass, (...shape: number[]) => ShapedArray>> = {
  any: f32,
  bool,
  integer: i32,
  "bool or integer": i32,
  float: f32,
  complex: c64,
  inexact: f32,
  real: f32,
  ordered: f32,
  signed: f32,
  number: f32,
};

// "any" is left out: what takes booleans too is rarely differentiated at complex numbers.
const takesComplex = (takes: DTypeClass): boolean => ["inexact", "signed", "number"].includes(takes);

/** Defines an operation of one operand, element by element. */
export function defineUnary(spec: UnarySpec): DefinedPrimitive<"x", NoParams> {
  const { name, takes, lower, domain } = spec;
  const aval = sampleAval[takes];
  const sample = (x: ShapedArray): Sample<"x", NoParams> => ({
    avals: { x },
    params: {},
    ...(domain && { domain: { x: domain } }),
  });
  return definePrimitive({
    name,
    doc: spec.doc,
    operands: ["x"],
    params: {},
    abstractEval: ({ x }) =>
      Either.map((dtype: DType) => ({ shape: x.shape, dtype: outDtype(spec.gives, dtype) }))(
        commonDtype(name, { x }, takes),
      ),
    diff: spec.diff,
    batching: "elementwise",
    lower: (b, { x }) => (typeof lower === "string" ? b.unary(lower, x) : lower(b, x)),
    samples: spec.samples ?? [
      sample(aval(3)),
      sample(aval(2, 3)),
      sample(aval()),
      ...(takesComplex(takes) ? [sample(c64(3))] : []),
    ],
  });
}

interface BinarySpec {
  readonly name: string;
  readonly doc: string;
  readonly takes: DTypeClass;
  readonly gives?: OutType;
  readonly lower: BinaryOpcode | ((b: HloBuilder, x: HloInstruction, y: HloInstruction) => HloInstruction);
  readonly diff: Diff<"x" | "y", NoParams>;
  readonly domain?: { readonly x?: Domain; readonly y?: Domain };
  readonly samples?: readonly Sample<"x" | "y", NoParams>[];
}

/** Defines an operation of two operands of one dtype, of one rank, sizes of 1 repeating, or with a scalar among them. */
export function defineBinary(spec: BinarySpec): DefinedPrimitive<"x" | "y", NoParams> {
  const { name, takes, lower, domain } = spec;
  const aval = sampleAval[takes];
  const sample = (x: ShapedArray, y: ShapedArray): Sample<"x" | "y", NoParams> => ({
    avals: { x, y },
    params: {},
    ...(domain && { domain }),
  });
  return definePrimitive({
    name,
    doc: spec.doc,
    operands: ["x", "y"],
    params: {},
    abstractEval: (avals) =>
      Either.chain((dtype: DType) =>
        Either.map((shape: readonly number[]) => ({ shape, dtype: outDtype(spec.gives, dtype) }))(
          commonShape(name, avals),
        ),
      )(commonDtype(name, avals, takes)),
    diff: spec.diff,
    batching: "elementwise",
    lower(b, operands, _, { out }) {
      const [x, y] = spreadPair(b, operands.x, operands.y, out.shape);
      return typeof lower === "string" ? b.binary(lower, x, y) : lower(b, x, y);
    },
    samples: spec.samples ?? [
      sample(aval(2, 3), aval(2, 3)),
      sample(aval(3), aval()),
      sample(aval(), aval(2)),
      sample(aval(2, 1), aval(1, 3)),
      ...(takesComplex(takes) ? [sample(c64(2), c64(2))] : []),
    ],
  });
}
