/**
 * The largest or smallest of floats, by unsigned integers that are ordered as the floats are and in which NaNs of either
 * sign come after all numbers. A step is one instruction, where x86 has six for floats, each waiting for the one before.
 */

import { Reducer } from "../../elements/reducer.js";
import { type IrValue, irType } from "../../scalar/ir.js";
import { arithmetic, integer } from "../../scalar/lanes.js";
import { floatOpsOf, type OperationContext, single, type Value } from "../../scalar/value.js";
import type { CpuTarget } from "../target.js";

/** What bits order by sign and magnitude: for -Infinity, and for the smallest NaN without a sign. */
const negativeInfinity = -0x7f800001;
const smallestNaN = 0x7f800001;

class OrderedReducer extends Reducer {
  private readonly isMaximum = this.known === "maximum";
  /** Counted from here, modulo 2^32, NaNs of both signs are on the same side. */
  private readonly origin = this.isMaximum ? negativeInfinity : smallestNaN;

  override enter(cx: OperationContext, values: readonly Value[]): readonly Value[] {
    const { builder: b } = cx;
    return values.map((v) => {
      const bits = bySignAndMagnitude(cx, floatOpsOf(cx, "float32").bits(single(v)));
      return arithmetic(b, "sub", bits, integer(bits.type, this.origin));
    });
  }

  override step(
    { builder: b }: OperationContext,
    [accumulator]: readonly Value[],
    [x]: readonly Value[],
  ): readonly Value[] {
    return [b.intrinsic(this.isMaximum ? "umax" : "umin", single(accumulator), single(x))];
  }

  override identity(cx: OperationContext): Value {
    return integer(irType("i32", cx.lanes), this.isMaximum ? 0 : -1);
  }

  override finish(cx: OperationContext, accumulators: readonly Value[]): readonly Value[] {
    const values = accumulators.map((v) => {
      const key = single(v);
      const bits = arithmetic(cx.builder, "add", key, integer(key.type, this.origin));
      return floatOpsOf(cx, "float32").fromBits(bySignAndMagnitude(cx, bits));
    });
    return super.finish(cx, values);
  }
}

/** Bits of floats as integers of their order, or back. */
function bySignAndMagnitude({ builder: b }: OperationContext, bits: IrValue): IrValue {
  const sign = arithmetic(b, "ashr", bits, integer(bits.type, 31));
  return arithmetic(b, "xor", bits, arithmetic(b, "and", sign, integer(bits.type, 0x7fffffff)));
}

/** The reducer to use where accumulators stay in registers. */
export function inRegisters(reducer: Reducer, { vectorBits }: CpuTarget): Reducer {
  const isExtremum = reducer.known === "maximum" || reducer.known === "minimum";
  // Arm, where vectors are narrower, has an instruction for floats.
  const isWorthIt = vectorBits >= 256 && reducer.accumulators[0] === "float32";
  return isExtremum && isWorthIt ? new OrderedReducer(reducer.computation, reducer.types) : reducer;
}
