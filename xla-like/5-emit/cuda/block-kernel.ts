/** A kernel whose threads work together: who a thread is, what it reads and writes, and how it exchanges values. */
import type { DType } from "../../hlo/dtype.js";
import type { HloInstruction } from "../../hlo/instruction.js";
import { arrayShape } from "../../hlo/shape.js";
import { arrayOf, type Computed } from "../elements/computed.js";
import { affine } from "../elements/coordinates.js";
import { type Int, i64, type Placed, pointerType } from "../elements/frame.js";
import { type Fusion, rootsOf } from "../elements/fusion.js";
import type { Index } from "../elements/index.js";
import type { Integers } from "../elements/integers.js";
import { chooseValue } from "../elements/selections.js";
import { type IrModule, type IrValue, irType } from "../scalar/ir.js";
import { loadElements, storeElements } from "../scalar/memory.js";
import { isComplexValue, type Value } from "../scalar/value.js";
import { CudaKernel } from "./kernel.js";
import type { CudaLaunch, CudaTarget } from "./target.js";

export class BlockKernel extends CudaKernel {
  /** The thread's number in its block, and the block's in the grid. */
  readonly threadId: Int;
  readonly blockId: Int;

  constructor(
    readonly module: IrModule,
    fusion: Fusion,
    readonly symbol: string,
    lanes: number,
    readonly block: number,
    target: CudaTarget,
    hasScratch: boolean,
  ) {
    const count = fusion.operands.length + rootsOf(fusion).length + (hasScratch ? 1 : 0);
    super(module, fusion, target, { symbol, lanes, block, args: Array.from({ length: count }, (_, k) => k) });
    this.threadId = this.widened(this.thread.threadId(this.frame.at(0)));
    this.blockId = this.widened(this.thread.blockId(this.frame.at(0)));
  }

  private widened(x: IrValue): Int {
    return { text: this.frame.pure(i64, `zext i32 ${x.text} to i64`, 0).value.text, depth: 0 };
  }

  get scratch(): Placed {
    return this.argument(this.fusion.operands.length + rootsOf(this.fusion).length);
  }

  /** An element in scratch or shared memory. */
  private slot(base: Placed, dtype: DType, offset: number, at: Int): Placed {
    const from =
      offset === 0
        ? base
        : this.frame.pure(pointerType, `getelementptr i8, ptr ${base.value.text}, i64 ${offset}`, base.depth);
    return this.evaluator.pointer(from, arrayShape(dtype, []), at);
  }

  /** Read right here: others wrote it before. */
  read(base: Placed, dtype: DType, offset: number, at: Int, lanes = 1): Value {
    const { value } = this.slot(base, dtype, offset, at);
    return loadElements(
      this.evaluator.context(this.frame.depth, lanes),
      dtype,
      value,
      this.evaluator.accessOf(dtype, at),
    );
  }

  write(base: Placed, dtype: DType, offset: number, at: Int, x: Value, lanes = 1): void {
    const { value } = this.slot(base, dtype, offset, at);
    storeElements(this.evaluator.context(this.frame.depth, lanes), dtype, value, x, this.evaluator.accessOf(dtype, at));
  }

  /** Writes an output's neighbouring elements from `at` on. */
  put(number: number, i: HloInstruction, at: Int, x: Computed, lanes = 1): void {
    const value = lanes === 1 ? x.value : this.evaluator.spread(x).value;
    this.write(this.output(number), arrayOf(i).dtype, 0, at, value, lanes);
  }

  shared(bytes: number): Placed {
    return { value: this.thread.sharedMemory(this.frame.at(0), bytes), depth: 0 };
  }

  barrier(): void {
    this.thread.barrier(this.frame.here);
  }

  /** What the lane has whose number differs in the bits of `mask`. */
  shuffled(x: Value, mask: number): Value {
    const one = (v: IrValue): IrValue => this.thread.shuffleXor(this.frame.here, v, mask);
    return isComplexValue(x) ? { re: one(x.re), im: one(x.im) } : one(x);
  }

  choose(where: Placed, x: Value, y: Value): Value {
    return chooseValue(this.frame.here, where, x, y);
  }

  /** Runs `emit` in the threads where all conditions that there are hold. */
  where(conditions: readonly (Placed | undefined)[], emit: () => void): void {
    let all: Placed | undefined;
    for (const c of conditions) if (c !== undefined) all = this.coordinates.and(all, c);
    if (all === undefined) emit();
    else this.frame.when(all.value, emit);
  }

  /** Ends the function; the launch of so many blocks. */
  launch(blocks: number): CudaLaunch {
    this.define();
    return {
      symbol: this.symbol,
      args: this.options.args,
      grid: [blocks, 1, 1],
      block: this.block,
      sharedBytes: this.thread.sharedBytes,
    };
  }
}

/** Coordinates over `factors` of a row-major position. */
export function unravel(ints: Integers, position: Int, factors: readonly number[]): readonly Int[] {
  const coordinates: Int[] = [];
  let rest = position;
  for (let k = factors.length - 1; k >= 0; k--) {
    coordinates[k] = k === 0 ? rest : ints.rem(rest, factors[k]);
    rest = ints.div(rest, factors[k]);
  }
  return coordinates;
}

/** The same as parts of an index. */
export const partsOf = (ints: Integers, position: Int, factors: readonly number[]): Index =>
  unravel(ints, position, factors).map((base, k) => ({ size: factors[k], coordinate: affine(base) }));

export const i1Type = irType("i1", 1);
