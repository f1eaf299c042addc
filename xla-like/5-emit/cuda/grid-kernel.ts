/** A kernel whose threads count themselves, whatever instruction it belongs to: numbers, memory, scopes, exchanges. */
import { type DType, dtypes } from "../../hlo/dtype.js";
import { type ArrayShape, arrayShape } from "../../hlo/shape.js";
import { Coordinates } from "../elements/coordinates.js";
import { Evaluator } from "../elements/evaluator.js";
import { constantInt, Frame, type Int, i1, i64, intOf, type Placed, pointerType } from "../elements/frame.js";
import { type Fusion, indexBits } from "../elements/fusion.js";
import type { Integers } from "../elements/integers.js";
import { chooseValue } from "../elements/selections.js";
import { type IrModule, type IrValue, irType } from "../scalar/ir.js";
import { loadElements, storeElements } from "../scalar/memory.js";
import { isComplexValue, type OperationContext, type Value } from "../scalar/value.js";
import { CudaThread } from "./intrinsics.js";
import type { CudaLaunch, CudaTarget } from "./target.js";

export interface GridOptions {
  readonly symbol: string;
  /** Threads of a block. */
  readonly block: number;
  /** What the kernel is launched with, counted through operands, then outputs, then scratch memory. */
  readonly args: readonly number[];
  /** Whose parameters can be evaluated. */
  readonly fusion?: Fusion;
  /** Elements that a thread computes at a time; 1 by default. */
  readonly lanes?: number;
}

/** `and`, `lshr` … on integers of which neither is known. */
const folds = {
  and: (x: bigint, y: bigint) => x & y,
  or: (x: bigint, y: bigint) => x | y,
  xor: (x: bigint, y: bigint) => x ^ y,
  shl: (x: bigint, y: bigint) => x << y,
  lshr: (x: bigint, y: bigint) => BigInt.asUintN(64, x) >> y,
} as const;
type BitOperation = keyof typeof folds;

export class GridKernel {
  readonly frame: Frame;
  readonly ints: Integers;
  readonly coordinates: Coordinates;
  readonly evaluator: Evaluator;
  readonly thread: CudaThread;
  /** The thread's number in its block, and the block's in the grid. */
  readonly threadId: Int;
  readonly blockId: Int;

  constructor(
    readonly module: IrModule,
    readonly target: CudaTarget,
    readonly options: GridOptions,
  ) {
    const { fusion, lanes = 1, symbol, block } = options;
    this.frame = new Frame(module);
    this.coordinates = new Coordinates(this.frame, lanes, fusion === undefined ? 64 : indexBits(fusion));
    this.ints = this.coordinates.ints;
    this.thread = new CudaThread(module, symbol, target, block);
    const parameters = fusion?.computation.parameters ?? [];
    const memory = new Map(parameters.map((p) => [p, () => this.argument(p.index)] as const));
    this.evaluator = new Evaluator(this.frame, this.coordinates, target, memory);
    this.threadId = this.#wide(this.thread.threadId(this.frame.at(0)));
    this.blockId = this.#wide(this.thread.blockId(this.frame.at(0)));
  }

  #wide(x: IrValue): Int {
    return { text: this.frame.pure(i64, `zext nneg i32 ${x.text} to i64`, 0).value.text, depth: 0 };
  }

  get block(): number {
    return this.options.block;
  }

  get lanes(): number {
    return this.coordinates.lanes;
  }

  /** The depth of the innermost scope. */
  get depth(): number {
    return this.frame.depth;
  }

  /** Where scalars are computed right here. */
  get here(): OperationContext {
    return this.evaluator.context(this.frame.depth, 1);
  }

  /** A number as a value of the scope that is open, so that what is read there is not read before it. */
  pin(x: Int): Int {
    return x.constant === undefined ? { ...x, depth: this.frame.depth } : x;
  }

  bits(operation: BitOperation, x: Int | number, y: Int | number): Int {
    const [a, b] = [intOf(x), intOf(y)];
    if (a.constant !== undefined && b.constant !== undefined) {
      return constantInt(Number(BigInt.asIntN(64, folds[operation](BigInt(a.constant), BigInt(b.constant)))));
    }
    const depth = Math.max(a.depth, b.depth);
    return { text: this.frame.pure(i64, `${operation} i64 ${a.text}, ${b.text}`, depth).value.text, depth };
  }

  /** A value of 64 bits of the scope that is open, as a number. */
  asInt({ text }: IrValue): Int {
    return { text, depth: this.frame.depth };
  }

  /** The pointer to operand, output or scratch memory k. */
  argument(k: number): Placed {
    const at = this.options.args.indexOf(k);
    if (at < 0) throw new TypeError(`${this.options.symbol} is not launched with argument ${k}`);
    const key = `argument ${at}`;
    const known = this.frame.recall<Placed>(key);
    const made = known ?? { value: this.thread.argument(this.frame.at(0), at), depth: 0 };
    return known ?? this.frame.remember(key, 0, made);
  }

  /** So many bytes further on. */
  offset(base: Placed, bytes: Int | number): Placed {
    const by = intOf(bytes);
    if (by.constant === 0) return base;
    return this.frame.pure(
      pointerType,
      `getelementptr i8, ptr ${base.value.text}, i64 ${by.text}`,
      Math.max(base.depth, by.depth),
    );
  }

  element(base: Placed, dtype: DType, at: Int): Placed {
    return this.evaluator.pointer(base, arrayShape(dtype, []), at);
  }

  /** Read right here: others may have written it. */
  read(base: Placed, dtype: DType, at: Int): Value {
    return loadElements(this.here, dtype, this.element(base, dtype, at).value);
  }

  write(base: Placed, dtype: DType, at: Int, x: Value): void {
    storeElements(this.here, dtype, this.element(base, dtype, at).value, x);
  }

  /** Integers of 64 bits, or of fewer without a sign, in memory. */
  readInt(base: Placed, dtype: "uint32" | "int64", at: Int): Int {
    const shape: ArrayShape = arrayShape(dtype, []);
    return this.evaluator.toInt(shape, { value: this.read(base, dtype, at), depth: this.depth });
  }

  writeInt(base: Placed, dtype: "uint32" | "int64", at: Int, x: Int): void {
    const wide: IrValue = { type: i64, text: x.text };
    const value =
      dtypes[dtype].bytes === 8 ? wide : this.here.builder.pure(irType("i32", 1), `trunc i64 ${x.text} to i32`);
    this.write(base, dtype, at, value);
  }

  /** Memory of the block. */
  shared(bytes: number): Placed {
    return { value: this.thread.sharedMemory(this.frame.at(0), bytes), depth: 0 };
  }

  barrier(): void {
    this.thread.barrier(this.frame.here);
  }

  /** What another lane of the warp has. */
  fromLane(x: Value, lane: Int): Value {
    const b = this.here.builder;
    const by = b.pure(irType("i32", 1), `trunc i64 ${lane.text} to i32`);
    const one = (v: IrValue): IrValue => this.thread.shuffleIndex(b, v, by);
    return isComplexValue(x) ? { re: one(x.re), im: one(x.im) } : one(x);
  }

  /** What the lane has whose number differs in the bits of `mask`. */
  fromXor(x: Value, mask: number): Value {
    const one = (v: IrValue): IrValue => this.thread.shuffleXor(this.here.builder, v, mask);
    return isComplexValue(x) ? { re: one(x.re), im: one(x.im) } : one(x);
  }

  choose(where: Placed, x: Value, y: Value): Value {
    return chooseValue(this.here.builder, where, x, y);
  }

  and(...conditions: readonly (Placed | undefined)[]): Placed {
    let all: Placed | undefined;
    for (const c of conditions) if (c !== undefined) all = this.coordinates.and(all, c);
    return all ?? this.coordinates.truth;
  }

  not(condition: Placed): Placed {
    return this.frame.pure(i1, `xor i1 ${condition.value.text}, true`, condition.depth);
  }

  /** Does what `emit` writes where a condition holds. */
  when(condition: Placed, emit: () => void): void {
    if (condition.value.text === "true") emit();
    else this.frame.when(condition.value, () => emit());
  }

  /** Does what `emit` writes in the first `count` threads of the grid, each by its number. */
  forThreads(count: number, emit: (number: Int) => void): void {
    const number = this.#numberBelow(count);
    this.whenBelow(number, count, () => emit(this.pin(number)));
  }

  /** Below 2^31 numbers are made with 32 bits, for which a card has arithmetic: divisions of them are short. */
  #numberBelow(count: number): Int {
    if (count + this.block >= 2 ** 31) return this.ints.add(this.ints.mul(this.blockId, this.block), this.threadId);
    const b = this.frame.at(0);
    const type = irType("i32", 1);
    const first = b.pure(type, `mul nuw nsw i32 ${this.thread.blockId(b).text}, ${this.block}`);
    return this.#wide(b.pure(type, `add nuw nsw i32 ${first.text}, ${this.thread.threadId(b).text}`));
  }

  /** Does what `emit` writes in those threads whose number is below `count`. */
  whenBelow(x: Int, count: Int | number, emit: () => void): void {
    this.when(this.ints.compare("ult", x, count), emit);
  }

  /** A loop of so many rounds, at least one, around what `emit` makes of what is carried. */
  times(
    count: Int | number,
    start: readonly IrValue[],
    emit: (k: Int, carried: readonly IrValue[]) => readonly IrValue[],
  ) {
    const loop = this.frame.openLoop(constantInt(0), intOf(count), 1, true, start);
    const next = emit(loop.index, loop.carried);
    this.frame.closeLoop(loop, next);
    return next;
  }

  /** Ends the function; the launch of so many blocks. */
  launch(blocks: number): CudaLaunch {
    this.define();
    return this.launchAgain(blocks);
  }

  define(): void {
    this.frame.here.statement("ret void");
    this.thread.define(this.frame.body(), this.options.args.length);
  }

  launchAgain(blocks: number): CudaLaunch {
    const { symbol, args, block } = this.options;
    return { symbol, args, grid: [blocks, 1, 1], block, sharedBytes: this.thread.sharedBytes };
  }
}

/** Coordinates over `factors` of a row-major position. */
export function unravelled(ints: Integers, position: Int, factors: readonly number[]): readonly Int[] {
  const coordinates: Int[] = [];
  let rest = position;
  for (let k = factors.length - 1; k >= 0; k--) {
    coordinates[k] = k === 0 ? rest : ints.rem(rest, factors[k]);
    if (k > 0) rest = ints.div(rest, factors[k]);
  }
  return coordinates;
}
