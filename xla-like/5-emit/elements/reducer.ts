/** Accumulators of reductions: what they start from, how they take an element in, and how they end. */
import { type DType, dtypes } from "../../hlo/dtype.js";
import type { HloComputation } from "../../hlo/instruction.js";
import { emitConstant } from "../scalar/constants.js";
import { emitConvert } from "../scalar/conversions.js";
import { isHalf } from "../scalar/half.js";
import { emitBinary } from "../scalar/operations.js";
import type { OperationContext, Value } from "../scalar/value.js";
import { applyComputation } from "./computations.js";

const knownOpcodes = ["add", "multiply", "maximum", "minimum", "and", "or", "xor"] as const;
export type KnownReducer = (typeof knownOpcodes)[number];
const known: ReadonlySet<string> = new Set(knownOpcodes);

/** The operation of a computation that combines its two parameters by one of the well-known ones. */
export function knownReducer(c: HloComputation): KnownReducer | undefined {
  const { root } = c;
  if (c.parameters.length !== 2 || root.operands.length !== 2 || !known.has(root.opcode)) return undefined;
  const [x, y] = root.operands;
  if (x.opcode !== "parameter" || y.opcode !== "parameter" || x.index === y.index) return undefined;
  return root.opcode as KnownReducer;
}

export class Reducer {
  readonly known: KnownReducer | undefined;
  /** Types of the accumulators: narrow floats add up in float32 and are rounded once, at the end. */
  readonly accumulators: readonly DType[];

  constructor(
    readonly computation: HloComputation,
    readonly types: readonly DType[],
  ) {
    this.known = knownReducer(computation);
    this.accumulators = types.map((d) => (this.known !== undefined && isHalf(d) ? "float32" : d));
  }

  /** Elements as they are taken in. */
  enter(_: OperationContext, elements: readonly Value[]): readonly Value[] {
    return elements;
  }

  /** The accumulators after they took in another group of the same kind: elements, or accumulators. */
  step(cx: OperationContext, accumulators: readonly Value[], xs: readonly Value[]): readonly Value[] {
    if (this.known === undefined) return applyComputation(cx, this.computation, [...accumulators, ...xs]);
    const next = emitBinary(cx, this.known, this.accumulators[0], [accumulators[0], xs[0]]);
    if (next === undefined) throw new TypeError(`${this.known} does not reduce ${this.types[0]}`);
    return [next];
  }

  /** What the accumulators stand for, in the reduction's own types. */
  finish(cx: OperationContext, accumulators: readonly Value[]): readonly Value[] {
    return accumulators.map((value, k) =>
      this.accumulators[k] === this.types[k] ? value : emitConvert(cx, this.accumulators[k], this.types[k], value),
    );
  }

  /** Whether there is an element that changes nothing. */
  get hasIdentity(): boolean {
    if (this.known === undefined) return false;
    const isComplex = dtypes[this.accumulators[0]].kind === "complex";
    return !(isComplex && (this.known === "maximum" || this.known === "minimum"));
  }

  /** Any elements, where the first ones will replace them. */
  zeros(cx: OperationContext): readonly Value[] {
    return this.accumulators.map((d) => emitConstant(cx, d, dtypes[d].kind === "bool" ? false : 0));
  }

  /** The element that changes nothing, of a well-known operation. */
  identity(cx: OperationContext): Value | undefined {
    const [dtype] = this.accumulators;
    const { kind, bytes } = dtypes[dtype];
    const bits = BigInt(8 * bytes);
    switch (this.known) {
      case undefined:
        return undefined;
      case "add":
        // -0 + x is x, even for x = -0.
        return emitConstant(
          cx,
          dtype,
          kind === "float" ? -0 : kind === "complex" ? { re: -0, im: -0 } : kind === "bool" ? false : 0,
        );
      case "multiply":
        return emitConstant(cx, dtype, kind === "bool" ? true : 1);
      case "or":
      case "xor":
        return emitConstant(cx, dtype, kind === "bool" ? false : 0);
      case "and":
        return emitConstant(cx, dtype, kind === "bool" ? true : kind === "signed" ? -1 : (1n << bits) - 1n);
      case "maximum":
        if (kind === "float") return emitConstant(cx, dtype, Number.NEGATIVE_INFINITY);
        if (kind === "complex") return undefined;
        return emitConstant(cx, dtype, kind === "bool" ? false : kind === "signed" ? -(1n << (bits - 1n)) : 0);
      case "minimum":
        if (kind === "float") return emitConstant(cx, dtype, Number.POSITIVE_INFINITY);
        if (kind === "complex") return undefined;
        return emitConstant(cx, dtype, kind === "bool" ? true : (1n << (kind === "signed" ? bits - 1n : bits)) - 1n);
    }
  }
}
