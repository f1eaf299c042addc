/** One kernel function: its arguments, its scopes, and what evaluates instructions in it. */
import { dtypes } from "../../../hlo/dtype.js";
import type { HloInstruction } from "../../../hlo/instruction.js";
import { sizeOf } from "../../../hlo/shape.js";
import { arrayOf, type Computed } from "../../elements/computed.js";
import { Coordinates } from "../../elements/coordinates.js";
import { Evaluator, streamedBytes } from "../../elements/evaluator.js";
import { dimsOf } from "../../elements/forms.js";
import { alignOf, Frame, type Int, intOf, type Placed, pointerType } from "../../elements/frame.js";
import { type Fusion, indexBits, rootsOf } from "../../elements/fusion.js";
import type { Integers } from "../../elements/integers.js";
import type { IrModule } from "../../scalar/ir.js";
import { storeElements } from "../../scalar/memory.js";
import type { CpuTarget } from "../target.js";
import { lineBytes, prefetch } from "./prefetch.js";

/** Operands, outputs and scratch memory, in their order. */
export const allArguments = (fusion: Fusion, scratch = false): readonly number[] =>
  Array.from({ length: fusion.operands.length + rootsOf(fusion).length + (scratch ? 1 : 0) }, (_, k) => k);

/** Whether a result is so large that caches do not hold it. */
export function isStreamed(i: HloInstruction): boolean {
  const { dtype, dims } = arrayOf(i);
  return sizeOf(dims) * dtypes[dtype].bytes >= streamedBytes;
}

export class Kernel {
  readonly frame: Frame;
  readonly ints: Integers;
  readonly coordinates: Coordinates;
  readonly evaluator: Evaluator;
  private streaming = false;

  constructor(
    readonly module: IrModule,
    readonly fusion: Fusion,
    readonly lanes: number,
    readonly target: CpuTarget,
    /** Where a parameter of the fusion is among the kernel's arguments. */
    private readonly place: (parameter: number) => number = (k) => k,
  ) {
    this.frame = new Frame(module);
    this.coordinates = new Coordinates(this.frame, lanes, indexBits(fusion));
    this.ints = this.coordinates.ints;
    const memory = new Map(
      fusion.computation.parameters.map((p) => [p, () => this.argument(this.place(p.index))] as const),
    );
    this.evaluator = new Evaluator(this.frame, this.coordinates, target, memory);
    this.evaluator.fetch = (b, from, bytes) => prefetch(b, from, bytes, true);
  }

  /** The pointer that is argument k of the launch, read at the start. */
  argument(k: number): Placed {
    const slot = this.frame.pure(pointerType, `getelementptr ptr, ptr %args, i64 ${k}`, 0);
    return this.frame.pure(pointerType, `load ptr, ptr ${slot.value.text}`, 0);
  }

  output(k: number): Placed {
    return this.argument(this.fusion.operands.length + k);
  }

  get scratch(): Placed {
    return this.argument(this.fusion.operands.length + rootsOf(this.fusion).length);
  }

  /** Writes neighbouring elements from `at` on; lanes outside of the mask are left alone. */
  store(base: Placed, i: HloInstruction, at: Int, x: Computed, mask?: Placed): void {
    const { evaluator: e } = this;
    const pointer = e.pointer(base, arrayOf(i), at);
    const cx = e.context(this.frame.depth, this.lanes);
    const streamed = mask === undefined && this.streams(i, at);
    this.streaming ||= streamed;
    const unmasked = streamed ? { streamed, align: lineBytes } : {};
    const options = mask === undefined ? unmasked : { mask: this.coordinates.widen(mask, this.lanes).value };
    storeElements(cx, arrayOf(i).dtype, pointer.value, e.spread(x).value, options);
  }

  /**
   * Whether a result is better written past the caches: larger than they are, in whole lines, and not in the memory of
   * an operand, which the caches hold at that moment.
   */
  private streams(i: HloInstruction, at: Int): boolean {
    const { dtype, dims } = arrayOf(i);
    const { bytes } = dtypes[dtype];
    const size = sizeOf(dims) * bytes;
    if (!isStreamed(i) || (this.lanes * bytes) % lineBytes !== 0) return false;
    if ((alignOf(at) * bytes) % lineBytes !== 0) return false;
    return (
      this.target.apart === true ||
      this.fusion.operands.every((o) => sizeOf(dimsOf(o)) * dtypes[arrayOf(o).dtype].bytes < size)
    );
  }

  /** Which of the lanes from `at` on are below `limit`. */
  below(at: Int, limit: Int | number): Placed {
    return this.coordinates.below(at, intOf(limit));
  }

  /** Ends the function and adds it to the module. */
  define(symbol: string, parameters = "ptr %args, i64 %begin, i64 %end"): void {
    // What was written past the caches must be there before anybody hears that the kernel is done.
    if (this.streaming) this.frame.here.statement("fence seq_cst");
    this.frame.here.statement("ret void");
    const { vectorBits } = this.target;
    const width = `"prefer-vector-width"="${vectorBits}" "min-legal-vector-width"="${vectorBits}"`;
    this.module.define(
      symbol,
      () => `define void @${symbol}(${parameters}) nounwind ${width} {\n${this.frame.body()}\n}`,
    );
  }
}
