/** One kernel function of a grid of threads: its arguments, its scopes, and what evaluates instructions in it. */
import type { HloInstruction } from "../../hlo/instruction.js";
import { arrayOf, type Computed } from "../elements/computed.js";
import { Coordinates } from "../elements/coordinates.js";
import { Evaluator } from "../elements/evaluator.js";
import { Frame, type Int, type Placed } from "../elements/frame.js";
import { type Fusion, indexBits } from "../elements/fusion.js";
import type { Integers } from "../elements/integers.js";
import type { IrBuilder, IrModule, IrValue } from "../scalar/ir.js";
import { storeElements } from "../scalar/memory.js";
import { CudaThread } from "./intrinsics.js";
import type { CudaTarget } from "./target.js";

export interface CudaKernelOptions {
  readonly symbol: string;
  /** Elements that a thread computes at a time. */
  readonly lanes: number;
  /** Threads of a block. */
  readonly block: number;
  /** What the kernel is launched with, counted through operands, then outputs, then scratch memory. */
  readonly args: readonly number[];
}

export class CudaKernel {
  readonly frame: Frame;
  readonly ints: Integers;
  readonly coordinates: Coordinates;
  readonly evaluator: Evaluator;
  readonly thread: CudaThread;

  constructor(
    module: IrModule,
    readonly fusion: Fusion,
    readonly target: CudaTarget,
    readonly options: CudaKernelOptions,
  ) {
    this.frame = new Frame(module);
    this.coordinates = new Coordinates(this.frame, options.lanes, indexBits(fusion));
    this.ints = this.coordinates.ints;
    this.thread = new CudaThread(module, options.symbol, target, options.block);
    const memory = new Map(fusion.computation.parameters.map((p) => [p, () => this.argument(p.index)] as const));
    this.evaluator = new Evaluator(this.frame, this.coordinates, target, memory);
  }

  get lanes(): number {
    return this.options.lanes;
  }

  /** What is the same all through the kernel, written once at its start. */
  atStart(name: string, emit: (b: IrBuilder) => IrValue): Placed {
    const key = `at the start: ${name}`;
    const known = this.frame.recall<Placed>(key);
    return known ?? this.frame.remember(key, 0, { value: emit(this.frame.at(0)), depth: 0 });
  }

  /** The pointer to operand, output or scratch memory k. */
  argument(k: number): Placed {
    const at = this.options.args.indexOf(k);
    if (at < 0) throw new TypeError(`${this.options.symbol} is not launched with argument ${k}`);
    const offset = this.target.offsets?.[k] ?? 0;
    return this.atStart(`argument ${k}`, (b) => {
      const base = this.thread.argument(b, at);
      return offset === 0 ? base : b.pure(base.type, `getelementptr i8, ptr ${base.text}, i64 ${offset}`);
    });
  }

  output(k: number): Placed {
    return this.argument(this.fusion.operands.length + k);
  }

  /** Writes neighbouring elements from `at` on. */
  store(base: Placed, i: HloInstruction, at: Int, x: Computed): void {
    const { evaluator: e } = this;
    const { dtype } = arrayOf(i);
    const pointer = e.pointer(base, arrayOf(i), at);
    const cx = e.context(this.frame.depth, this.lanes);
    storeElements(cx, dtype, pointer.value, e.spread(x).value, e.accessOf(dtype, at));
  }

  /** Ends the function and adds it to the module. */
  define(): void {
    this.frame.here.statement("ret void");
    this.thread.define(this.frame.body(), this.options.args.length);
  }
}
