/**
 * What a thread asks of its grid: who it is, its arguments, shared memory, barriers, shuffles, votes, atomics. Written
 * for the card, or as calls of the fibre runtime (native/fibres) that runs the same kernels on a processor; nothing
 * else that emits for a card knows which.
 */
import { type IrBuilder, type IrModule, type IrValue, irType } from "../scalar/ir.js";
import type { CudaTarget } from "./target.js";

const i1 = irType("i1", 1);
const i32 = irType("i32", 1);
const i64 = irType("i64", 1);
const pointer = irType("ptr", 1);

export const warpThreads = 32;
/** More than this a kernel has to ask for when it is launched. */
export const staticSharedBytes = 48 * 1024;

/** Must equal `ShuffleKind` in native/fibres/fibres.h. */
const shuffleKinds = { bfly: 0, down: 1, idx: 2 } as const;
type Shuffle = keyof typeof shuffleKinds;
/** Must equal `VoteKind` in native/fibres/fibres.h. */
const voteKinds = { any: 0, all: 1, ballot: 2 } as const;

/** One kernel, as a thread of its grid sees it. Everybody's code goes through the builder of where it belongs. */
export class CudaThread {
  private sites = 0;
  private shared = 0;
  private readonly nvptx: boolean;

  constructor(
    readonly module: IrModule,
    readonly symbol: string,
    readonly target: CudaTarget,
    /** Threads of a block, a multiple of a warp. */
    readonly block: number,
  ) {
    if (block % warpThreads !== 0 || block < warpThreads || block > 1024) {
      throw new RangeError(`a block of ${block} threads is not 1 to 32 whole warps`);
    }
    this.nvptx = target.intrinsics === "nvptx";
  }

  /** The bytes of shared memory asked for so far. */
  get sharedBytes(): number {
    return this.shared;
  }

  /** The thread's number in its block (i32). */
  threadId(b: IrBuilder): IrValue {
    return this.nvptx ? this.register(b, "tid.x") : this.ask(b, "thread");
  }

  /** The block's number in the grid (i32). */
  blockId(b: IrBuilder): IrValue {
    return this.nvptx ? this.register(b, "ctaid.x") : this.ask(b, "block");
  }

  /** The thread's number in its warp (i32). */
  laneId(b: IrBuilder): IrValue {
    return b.pure(i32, `and i32 ${this.threadId(b).text}, ${warpThreads - 1}`);
  }

  /** The warp's number in its block (i32). */
  warpId(b: IrBuilder): IrValue {
    return b.pure(i32, `lshr i32 ${this.threadId(b).text}, 5`);
  }

  /** Argument k of the kernel, a pointer to global memory. */
  argument(b: IrBuilder, k: number): IrValue {
    if (this.nvptx) return b.pure(pointer, `addrspacecast ptr addrspace(1) %a${k} to ptr`);
    const slot = b.pure(pointer, `getelementptr ptr, ptr %args, i64 ${k}`);
    return b.pure(pointer, `load ptr, ptr ${slot.text}`);
  }

  /** Memory that the threads of a block share; holds anything at first. Each call gives new memory. */
  sharedMemory(b: IrBuilder, bytes: number): IrValue {
    const offset = this.shared;
    this.shared += Math.ceil(bytes / 16) * 16;
    if (!this.nvptx) {
      this.module.declare("ct_fibre_shared", "ptr @ct_fibre_shared() nounwind");
      return b.pure(
        pointer,
        `getelementptr i8, ptr ${b.pure(pointer, "call ptr @ct_fibre_shared()").text}, i64 ${offset}`,
      );
    }
    return b.pure(
      pointer,
      `getelementptr i8, ptr addrspacecast (ptr addrspace(3) @${this.symbol}.shared to ptr), i64 ${offset}`,
    );
  }

  /** All threads of the block wait for each other; what they wrote before, all see after it. All must come here. */
  barrier(b: IrBuilder): void {
    if (this.nvptx) {
      this.module.declare("llvm.nvvm.barrier0", "void @llvm.nvvm.barrier0() convergent nounwind");
      b.statement("call void @llvm.nvvm.barrier0()");
      return;
    }
    this.module.declare("ct_fibre_barrier", "void @ct_fibre_barrier(i32) convergent nounwind");
    b.statement(`call void @ct_fibre_barrier(i32 ${this.sites++})`);
  }

  /** The threads of a warp wait for each other, as at a barrier. */
  warpBarrier(b: IrBuilder): void {
    if (!this.nvptx) {
      this.vote(b, "any", { type: i1, text: "false" });
      return;
    }
    this.module.declare("llvm.nvvm.bar.warp.sync", "void @llvm.nvvm.bar.warp.sync(i32) convergent nounwind");
    b.statement("call void @llvm.nvvm.bar.warp.sync(i32 -1)");
  }

  /** The value that the lane has whose number differs from this one's in the bits of `mask`. */
  shuffleXor(b: IrBuilder, x: IrValue, mask: number | IrValue): IrValue {
    return this.shuffle(b, "bfly", x, mask);
  }

  /** The value that the lane `delta` further on has; its own where there is none. */
  shuffleDown(b: IrBuilder, x: IrValue, delta: number | IrValue): IrValue {
    return this.shuffle(b, "down", x, delta);
  }

  /** The value that a lane has. */
  shuffleIndex(b: IrBuilder, x: IrValue, lane: number | IrValue): IrValue {
    return this.shuffle(b, "idx", x, lane);
  }

  /** Whether `predicate` (i1) holds in any thread of the warp. */
  voteAny(b: IrBuilder, predicate: IrValue): IrValue {
    return this.vote(b, "any", predicate);
  }

  /** Whether `predicate` (i1) holds in all threads of the warp. */
  voteAll(b: IrBuilder, predicate: IrValue): IrValue {
    return this.vote(b, "all", predicate);
  }

  /** The lanes in which `predicate` (i1) holds, as bits (i32). */
  voteBallot(b: IrBuilder, predicate: IrValue): IrValue {
    return this.vote(b, "ballot", predicate);
  }

  /** Adds to memory at once; what was there. Sums of floats depend on the order in which the threads come. */
  atomicAdd(b: IrBuilder, at: IrValue, x: IrValue): IrValue {
    return this.atomic(b, isFloat(x) ? "fadd" : "add", at, x);
  }

  /** The larger of memory and an integer; what was there. */
  atomicMax(b: IrBuilder, at: IrValue, x: IrValue, signed: boolean): IrValue {
    return this.atomic(b, signed ? "max" : "umax", at, integral(x));
  }

  /** The smaller of memory and an integer; what was there. */
  atomicMin(b: IrBuilder, at: IrValue, x: IrValue, signed: boolean): IrValue {
    return this.atomic(b, signed ? "min" : "umin", at, integral(x));
  }

  /** Memory and an integer, bit by bit; what was there. */
  atomicBits(b: IrBuilder, operation: "and" | "or" | "xor", at: IrValue, x: IrValue): IrValue {
    return this.atomic(b, operation, at, integral(x));
  }

  /** Writes an integer where memory holds the expected one; what was there. */
  compareExchange(b: IrBuilder, at: IrValue, expected: IrValue, x: IrValue): IrValue {
    const type = integral(x).type.element;
    const pair = b.effectful(
      irType(`{ ${type}, i1 }`, 1),
      `cmpxchg ptr ${at.text}, ${type} ${expected.text}, ${type} ${x.text} monotonic monotonic`,
    );
    return b.pure(x.type, `extractvalue { ${type}, i1 } ${pair.text}, 0`);
  }

  /** Adds the kernel to the module: the body's lines, which end with `ret void`, and how many arguments it has. */
  define(body: string, args: number): void {
    if (!this.nvptx) {
      this.module.define(this.symbol, () => `define void @${this.symbol}(ptr %args) nounwind {\n${body}\n}`);
      return;
    }
    const { symbol, shared } = this;
    if (shared > 0) {
      this.module.define(`${symbol}.shared`, () =>
        shared > staticSharedBytes
          ? `@${symbol}.shared = external addrspace(3) global [0 x i8], align 128`
          : `@${symbol}.shared = internal addrspace(3) global [${shared} x i8] poison, align 128`,
      );
    }
    const parameters = Array.from({ length: args }, (_, k) => `ptr addrspace(1) %a${k}`).join(", ");
    this.module.define(symbol, () => {
      const number = annotated(this.module);
      const annotation = `!${number} = !{ptr @${symbol}, !"maxntidx", i32 ${this.block}}\n!nvvm.annotations = !{!${number}}`;
      return `define ptx_kernel void @${symbol}(${parameters}) nounwind {\n${body}\n}\n${annotation}`;
    });
  }

  private register(b: IrBuilder, name: string): IrValue {
    const full = `llvm.nvvm.read.ptx.sreg.${name}`;
    this.module.declare(full, `i32 @${full}()`);
    return b.pure(i32, `call i32 @${full}()`);
  }

  private ask(b: IrBuilder, what: "thread" | "block"): IrValue {
    this.module.declare(`ct_fibre_${what}`, `i32 @ct_fibre_${what}() nounwind`);
    return b.pure(i32, `call i32 @ct_fibre_${what}()`);
  }

  private atomic(b: IrBuilder, operation: string, at: IrValue, x: IrValue): IrValue {
    return b.effectful(x.type, `atomicrmw ${operation} ptr ${at.text}, ${x.type.element} ${x.text} monotonic`);
  }

  /** Any scalar: what is not 32 bits long goes as one or two of such. */
  private shuffle(b: IrBuilder, kind: Shuffle, x: IrValue, by: number | IrValue): IrValue {
    const { element, lanes } = x.type;
    if (lanes !== 1) throw new TypeError(`a vector of ${lanes} lanes cannot be shuffled between threads`);
    const cast = (operation: string, from: IrValue, to: string): IrValue =>
      b.pure(irType(to, 1), `${operation} ${from.type.element} ${from.text} to ${to}`);
    if (element === "float") return cast("bitcast", this.shuffle(b, kind, cast("bitcast", x, "i32"), by), "float");
    if (element === "double") return cast("bitcast", this.shuffle(b, kind, cast("bitcast", x, "i64"), by), "double");
    if (element === "i64") {
      const high = cast("trunc", b.pure(i64, `lshr i64 ${x.text}, 32`), "i32");
      const low = this.shuffle(b, kind, cast("trunc", x, "i32"), by);
      const upper = cast("zext", this.shuffle(b, kind, high, by), "i64");
      const shifted = b.pure(i64, `shl i64 ${upper.text}, 32`);
      return b.pure(i64, `or i64 ${shifted.text}, ${cast("zext", low, "i64").text}`);
    }
    if (element !== "i32") return cast("trunc", this.shuffle(b, kind, cast("zext", x, "i32"), by), element);
    const count = typeof by === "number" ? String(by) : by.text;
    if (this.nvptx) {
      const full = `llvm.nvvm.shfl.sync.${kind}.i32`;
      this.module.declare(full, `i32 @${full}(i32, i32, i32, i32) convergent nounwind`);
      return b.effectful(i32, `call i32 @${full}(i32 -1, i32 ${x.text}, i32 ${count}, i32 ${warpThreads - 1})`);
    }
    this.module.declare("ct_fibre_shuffle", "i32 @ct_fibre_shuffle(i32, i32, i32, i32) convergent nounwind");
    const list = [shuffleKinds[kind], x.text, count, this.sites++].map((a) => `i32 ${a}`).join(", ");
    return b.effectful(i32, `call i32 @ct_fibre_shuffle(${list})`);
  }

  private vote(b: IrBuilder, kind: keyof typeof voteKinds, predicate: IrValue): IrValue {
    const type = kind === "ballot" ? i32 : i1;
    if (this.nvptx) {
      const full = `llvm.nvvm.vote.${kind}.sync`;
      this.module.declare(full, `${type.element} @${full}(i32, i1) convergent nounwind`);
      return b.effectful(type, `call ${type.element} @${full}(i32 -1, i1 ${predicate.text})`);
    }
    this.module.declare("ct_fibre_vote", "i32 @ct_fibre_vote(i32, i32, i32) convergent nounwind");
    const wide = b.pure(i32, `zext i1 ${predicate.text} to i32`);
    const list = `i32 ${voteKinds[kind]}, i32 ${wide.text}, i32 ${this.sites++}`;
    const answer = b.effectful(i32, `call i32 @ct_fibre_vote(${list})`);
    return kind === "ballot" ? answer : b.pure(i1, `icmp ne i32 ${answer.text}, 0`);
  }
}

const isFloat = ({ type }: IrValue): boolean => type.element === "float" || type.element === "double";

function integral(x: IrValue): IrValue {
  if (isFloat(x))
    throw new TypeError("floats have no atomic maximum that keeps what is not a number: use compareExchange");
  return x;
}

/** Numbers of a module's annotations, far from those that others use. */
const annotations = new WeakMap<IrModule, number>();
function annotated(module: IrModule): number {
  const number = annotations.get(module) ?? 1000;
  annotations.set(module, number + 1);
  return number;
}
