// Kernels written by hand, run as fibres: what is right agrees in all orders, what is not is found in one of them.
import { describe, expect, it } from "vitest";
import { CudaThread } from "../../../../xla-like/5-emit/cuda/intrinsics.js";
import { type CudaLaunch, cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrBuilder, IrModule, type IrValue, irType } from "../../../../xla-like/5-emit/scalar/ir.js";
import { arrayShape, type HostArray } from "../../../../xla-like/index.js";
import { fused, jit, sample, whyNoJit } from "../cpu/kernels/harness.js";
import { checkCuda, compileGrids, type EmitCuda, orders } from "./harness.js";

const [i1, i32, f32, pointer] = ["i1", "i32", "float", "ptr"].map((element) => irType(element, 1));
const float = (text: string): IrValue => ({ type: f32, text });

/** A thread of a kernel, its builder, and pointers to elements of its arguments. */
class Writer {
  readonly module = new IrModule();
  readonly b = new IrBuilder(this.module);
  readonly thread: CudaThread;

  constructor(
    readonly block: number,
    module?: IrModule,
    symbol = "kernel",
  ) {
    if (module !== undefined) this.module = module;
    this.thread = new CudaThread(this.module, symbol, cudaTarget("sm_90", "fibres"), block);
  }

  element(base: IrValue, at: IrValue | number, type = "float"): IrValue {
    const index = typeof at === "number" ? at : at.text;
    return this.b.pure(pointer, `getelementptr ${type}, ptr ${base.text}, i32 ${index}`);
  }

  load(base: IrValue, at: IrValue | number, type = f32): IrValue {
    return this.b.effectful(type, `load ${type.element}, ptr ${this.element(base, at, type.element).text}`);
  }

  store(x: IrValue, base: IrValue, at: IrValue | number): void {
    const { element } = x.type;
    this.b.statement(`store ${element} ${x.text}, ptr ${this.element(base, at, element).text}`);
  }

  add(x: IrValue, y: IrValue): IrValue {
    return this.b.pure(x.type, `${x.type.element === "float" ? "fadd" : "add"} ${x.type.element} ${x.text}, ${y.text}`);
  }

  /** Does what `emit` writes where a condition holds. */
  when(condition: IrValue, emit: () => void): void {
    const { b } = this;
    const [inside, after] = [b.freshLabel("then"), b.freshLabel("after")];
    b.statement(`br i1 ${condition.text}, label %${inside}, label %${after}`);
    b.startBlock(inside);
    emit();
    b.statement(`br label %${after}`);
    b.startBlock(after);
  }

  below(x: IrValue, limit: number): IrValue {
    return this.b.pure(i1, `icmp ult i32 ${x.text}, ${limit}`);
  }

  /** The number of the thread in the grid. */
  global(): IrValue {
    const first = this.b.pure(i32, `mul i32 ${this.thread.blockId(this.b).text}, ${this.block}`);
    return this.add(first, this.thread.threadId(this.b));
  }

  finish(args: number): string {
    this.b.statement("ret void");
    this.thread.define(this.b.body(), args);
    return this.module.toString();
  }

  launch(grid: number, args: readonly number[]): CudaLaunch {
    const { symbol, sharedBytes } = this.thread;
    return { symbol, args, grid: [grid, 1, 1], block: this.block, sharedBytes };
  }
}

/** Sums 128 floats a block as a tree in shared memory; `missing` is the barrier left out, of those of the tree. */
function tree(w: Writer, missing?: number): void {
  const { b, thread } = w;
  const shared = thread.sharedMemory(b, 4 * w.block);
  const t = thread.threadId(b);
  w.store(w.load(thread.argument(b, 0), w.global()), shared, t);
  let barriers = 0;
  const barrier = (): void => {
    if (barriers++ !== missing) thread.barrier(b);
  };
  barrier();
  for (let half = w.block / 2; half >= 1; half /= 2) {
    w.when(w.below(t, half), () => {
      const other = b.pure(i32, `add i32 ${t.text}, ${half}`);
      w.store(w.add(w.load(shared, t), w.load(shared, other)), shared, t);
    });
    barrier();
  }
  w.when(w.below(t, 1), () => w.store(w.load(shared, 0), thread.argument(b, 1), thread.blockId(b)));
}

const rows = arrayShape("float32", [3, 128]);
const sumOfRows = fused(
  "row",
  [rows],
  (b, [x]) => b.reduce([x], [b.scalar("float32", 0)], [1], b.reducer("add", "float32"))[0],
);

const emitTree =
  (missing?: number): EmitCuda =>
  (module, _fusion, symbol) => {
    const w = new Writer(128, module, symbol);
    tree(w, missing);
    w.finish(2);
    return { launches: [w.launch(3, [0, 1])], scratchBytes: 0 };
  };

/** A kernel of one argument, run in all orders on memory that begins as `memory`. */
function inAllOrders<T extends HostArray>(w: Writer, grid: number, memory: () => T): T[] {
  const ir = w.finish(1);
  const grids = compileGrids(ir, [w.launch(grid, [0])]);
  const results = orders.map((order) => {
    const out = memory();
    grids.run([out], order);
    return out;
  });
  grids.release();
  return results;
}

describe.runIf(jit !== undefined)(`fibres${whyNoJit}`, () => {
  const args = [sample(rows)];

  it("sum as a tree in shared memory, the same in all orders", () => {
    checkCuda(sumOfRows, args, { scale: 128, emit: emitTree() });
  });

  // Within a warp too: lanes are in step only where they are told to be.
  it.each([0, 1, 2, 3, 4, 5, 6])("are found to miss barrier %i of a tree", (missing) => {
    expect(() => checkCuda(sumOfRows, args, { scale: 128, emit: emitTree(missing) })).toThrow(
      /is .*, not |other bits/s,
    );
  });

  it("find a barrier that not all threads come to, by the kernel's name", () => {
    const w = new Writer(64);
    w.when(w.below(w.thread.threadId(w.b), 40), () => w.thread.barrier(w.b));
    expect(() => inAllOrders(w, 1, () => new Int32Array(1))).toThrow(
      "kernel 'kernel', block 0: not all threads come to the same barrier: thread 0 waits at barrier 0, thread 40 has ended",
    );
  });

  it("find a shuffle that not all lanes come to", () => {
    const w = new Writer(64);
    const t = w.thread.threadId(w.b);
    w.when(w.below(t, 40), () => void w.thread.shuffleXor(w.b, t, 1));
    expect(() => inAllOrders(w, 1, () => new Int32Array(1))).toThrow(
      "not all lanes of a warp come to the same exchange",
    );
  });

  it("sum a warp by shuffles, of 32 and of 64 bits", () => {
    for (const element of ["float", "double", "i64"] as const) {
      const w = new Writer(64);
      const { b, thread } = w;
      const type = irType(element, 1);
      const out = thread.argument(b, 0);
      let x = w.load(out, thread.threadId(b), type);
      for (const mask of [16, 8, 4, 2, 1]) {
        const other = thread.shuffleXor(b, x, mask);
        x = b.pure(type, `${element === "i64" ? "add" : "fadd"} ${element} ${x.text}, ${other.text}`);
      }
      w.store(x, out, thread.threadId(b));
      const numbers = Array.from({ length: 64 }, (_, k) => k * 2 ** 20 - 7);
      const start = (): HostArray =>
        element === "i64"
          ? BigInt64Array.from(numbers, (k) => BigInt(k) * 2n ** 30n)
          : element === "double"
            ? Float64Array.from(numbers)
            : Float32Array.from(numbers, (k) => k / 2 ** 20);
      const [first, ...others] = inAllOrders(w, 1, start);
      const values = [...start()].map(Number);
      const sums = [0, 32].map((from) => values.slice(from, from + 32).reduce((p, q) => p + q));
      expect([Number(first[0]), Number(first[63])]).toEqual(
        element === "float" ? sums.map((s) => expect.closeTo(s, 3)) : sums,
      );
      for (const other of others) expect(other).toEqual(first);
    }
  });

  it("take values from lanes further on, and from one lane", () => {
    const w = new Writer(32);
    const { b, thread } = w;
    const t = thread.threadId(b);
    const down = thread.shuffleDown(b, t, 5);
    const one = thread.shuffleIndex(b, t, 9);
    const scaled = b.pure(i32, `mul i32 ${one.text}, 100`);
    w.store(w.add(down, scaled), thread.argument(b, 0), t);
    for (const out of inAllOrders(w, 1, () => new Int32Array(32))) {
      expect([...out]).toEqual(Array.from({ length: 32 }, (_, k) => (k + 5 < 32 ? k + 5 : k) + 900));
    }
  });

  it("vote warp by warp", () => {
    const w = new Writer(64);
    const { b, thread } = w;
    const t = thread.threadId(b);
    const early = w.below(t, 35);
    const any = b.pure(i32, `zext i1 ${thread.voteAny(b, early).text} to i32`);
    const all = b.pure(i32, `zext i1 ${thread.voteAll(b, early).text} to i32`);
    const both = b.pure(i32, `mul i32 ${all.text}, 2`);
    const ballot = b.pure(i32, `mul i32 ${thread.voteBallot(b, early).text}, 4`);
    w.store(w.add(w.add(any, both), ballot), thread.argument(b, 0), t);
    for (const out of inAllOrders(w, 1, () => new Int32Array(64))) {
      expect([out[0], out[31], out[32], out[63]]).toEqual([3 - 4, 3 - 4, 1 + 4 * 7, 1 + 4 * 7]);
    }
  });

  it("wait for their warp alone", () => {
    const w = new Writer(64);
    const { b, thread } = w;
    const t = thread.threadId(b);
    const shared = thread.sharedMemory(b, 256);
    w.store(t, shared, t);
    thread.warpBarrier(b);
    const neighbour = b.pure(i32, `xor i32 ${t.text}, 31`);
    w.store(w.load(shared, neighbour, i32), thread.argument(b, 0), t);
    for (const out of inAllOrders(w, 1, () => new Int32Array(64))) {
      expect([...out]).toEqual(Array.from({ length: 64 }, (_, k) => k ^ 31));
    }
  });

  it("update memory at once, from all blocks", () => {
    const w = new Writer(64);
    const { b, thread } = w;
    const out = thread.argument(b, 0);
    const g = w.global();
    thread.atomicAdd(b, w.element(out, 0, "i32"), g);
    thread.atomicMax(b, w.element(out, 1, "i32"), g, true);
    thread.atomicMin(b, w.element(out, 2, "i32"), g, false);
    thread.atomicAdd(b, w.element(out, 3), float("0x3FE0000000000000"));
    for (const out of inAllOrders(w, 3, () => Int32Array.of(0, -5, 1000, 0))) {
      expect([...out.slice(0, 3)]).toEqual([(191 * 192) / 2, 191, 0]);
      expect(new Float32Array(out.buffer)[3]).toBe(96);
    }
  });

  it("have shared memory that holds nothing to build on", () => {
    const w = new Writer(32);
    const { b, thread } = w;
    const t = thread.threadId(b);
    w.store(w.load(thread.sharedMemory(b, 128), t, i32), thread.argument(b, 0), t);
    for (const out of inAllOrders(w, 1, () => new Int32Array(32))) {
      expect([...out]).toEqual(Array.from({ length: 32 }, () => 0xcdcdcdcd | 0));
    }
  });
});
