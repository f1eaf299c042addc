// What threads ask of their grid, as it is written for the card and for fibres.
import { describe, expect, it } from "vitest";
import { CudaThread } from "../../../../xla-like/5-emit/cuda/intrinsics.js";
import { type CudaTarget, cudaTarget } from "../../../../xla-like/5-emit/cuda/target.js";
import { IrBuilder, IrModule, type IrValue, irType } from "../../../../xla-like/5-emit/scalar/ir.js";

type Ways = CudaTarget["intrinsics"];
const value = (element: string, text = "%x"): IrValue => ({ type: irType(element, 1), text });
const at = value("ptr", "%p");

/** The lines that an emitter writes, with the declarations they need. */
function written(ways: Ways, emit: (thread: CudaThread, b: IrBuilder) => void): string {
  const module = new IrModule();
  const b = new IrBuilder(module);
  emit(new CudaThread(module, "kernel", cudaTarget("sm_80", ways), 64), b);
  return `${b.body()}\n${module.toString()}`;
}

/** A whole kernel that stores what it computes. */
function kernel(ways: Ways, sharedBytes: number): { text: string; sharedBytes: number } {
  const module = new IrModule();
  const b = new IrBuilder(module);
  const thread = new CudaThread(module, "kernel", cudaTarget("sm_90", ways), 64);
  const shared = thread.sharedMemory(b, sharedBytes);
  thread.barrier(b);
  b.statement(`store ptr ${shared.text}, ptr ${thread.argument(b, 1).text}`);
  b.statement("ret void");
  thread.define(b.body(), 2);
  return { text: module.toString(), sharedBytes: thread.sharedBytes };
}

describe("threads of the card", () => {
  it("read who they are from registers, once", () => {
    const text = written("nvptx", (t, b) => {
      t.laneId(b);
      t.warpId(b);
      t.blockId(b);
      t.threadId(b);
    });
    expect(text).toMatchInlineSnapshot(`
      "entry:
        %v0 = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
        %v1 = and i32 %v0, 31
        %v2 = lshr i32 %v0, 5
        %v3 = call i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
      declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
      declare i32 @llvm.nvvm.read.ptx.sreg.ctaid.x()
      "
    `);
  });

  it("shuffle 64 bits as two halves", () => {
    const text = written("nvptx", (t, b) => t.shuffleXor(b, value("double"), 16));
    expect(text).toMatchInlineSnapshot(`
      "entry:
        %v0 = bitcast double %x to i64
        %v1 = lshr i64 %v0, 32
        %v2 = trunc i64 %v1 to i32
        %v3 = trunc i64 %v0 to i32
        %v4 = call i32 @llvm.nvvm.shfl.sync.bfly.i32(i32 -1, i32 %v3, i32 16, i32 31)
        %v5 = call i32 @llvm.nvvm.shfl.sync.bfly.i32(i32 -1, i32 %v2, i32 16, i32 31)
        %v6 = zext i32 %v5 to i64
        %v7 = shl i64 %v6, 32
        %v8 = zext i32 %v4 to i64
        %v9 = or i64 %v7, %v8
        %v10 = bitcast i64 %v9 to double
      declare i32 @llvm.nvvm.shfl.sync.bfly.i32(i32, i32, i32, i32) convergent nounwind
      "
    `);
  });

  it("shuffle floats as their bits, and what is short in 32 of them", () => {
    const text = written("nvptx", (t, b) => {
      t.shuffleDown(b, value("float"), 4);
      t.shuffleIndex(b, value("i8"), value("i32", "%lane"));
    });
    expect(text).toMatchInlineSnapshot(`
      "entry:
        %v0 = bitcast float %x to i32
        %v1 = call i32 @llvm.nvvm.shfl.sync.down.i32(i32 -1, i32 %v0, i32 4, i32 31)
        %v2 = bitcast i32 %v1 to float
        %v3 = zext i8 %x to i32
        %v4 = call i32 @llvm.nvvm.shfl.sync.idx.i32(i32 -1, i32 %v3, i32 %lane, i32 31)
        %v5 = trunc i32 %v4 to i8
      declare i32 @llvm.nvvm.shfl.sync.down.i32(i32, i32, i32, i32) convergent nounwind
      declare i32 @llvm.nvvm.shfl.sync.idx.i32(i32, i32, i32, i32) convergent nounwind
      "
    `);
  });

  it("vote, and wait for their warp", () => {
    const text = written("nvptx", (t, b) => {
      t.voteAny(b, value("i1"));
      t.voteAll(b, value("i1"));
      t.voteBallot(b, value("i1"));
      t.warpBarrier(b);
    });
    expect(text).toMatchInlineSnapshot(`
      "entry:
        %v0 = call i1 @llvm.nvvm.vote.any.sync(i32 -1, i1 %x)
        %v1 = call i1 @llvm.nvvm.vote.all.sync(i32 -1, i1 %x)
        %v2 = call i32 @llvm.nvvm.vote.ballot.sync(i32 -1, i1 %x)
        call void @llvm.nvvm.bar.warp.sync(i32 -1)
      declare i1 @llvm.nvvm.vote.any.sync(i32, i1) convergent nounwind
      declare i1 @llvm.nvvm.vote.all.sync(i32, i1) convergent nounwind
      declare i32 @llvm.nvvm.vote.ballot.sync(i32, i1) convergent nounwind
      declare void @llvm.nvvm.bar.warp.sync(i32) convergent nounwind
      "
    `);
  });

  it("have shared memory of a known size, or what the launch gives beyond 48 KB", () => {
    expect(kernel("nvptx", 100).sharedBytes).toBe(112);
    expect(kernel("nvptx", 100).text).toMatchInlineSnapshot(`
      "@kernel.shared = internal addrspace(3) global [112 x i8] poison, align 128
      define ptx_kernel void @kernel(ptr addrspace(1) %a0, ptr addrspace(1) %a1) nounwind {
      entry:
        %v0 = getelementptr i8, ptr addrspacecast (ptr addrspace(3) @kernel.shared to ptr), i64 0
        call void @llvm.nvvm.barrier0()
        %v1 = addrspacecast ptr addrspace(1) %a1 to ptr
        store ptr %v0, ptr %v1
        ret void
      }
      !1000 = !{ptr @kernel, !"maxntidx", i32 64}
      !nvvm.annotations = !{!1000}
      declare void @llvm.nvvm.barrier0() convergent nounwind
      "
    `);
    expect(kernel("nvptx", 49153).text).toContain("@kernel.shared = external addrspace(3) global [0 x i8], align 128");
  });
});

describe("fibres", () => {
  it("call for who they are", () => {
    const text = written("fibres", (t, b) => {
      t.laneId(b);
      t.blockId(b);
    });
    expect(text).toMatchInlineSnapshot(`
      "entry:
        %v0 = call i32 @ct_fibre_thread()
        %v1 = and i32 %v0, 31
        %v2 = call i32 @ct_fibre_block()
      declare i32 @ct_fibre_thread() nounwind
      declare i32 @ct_fibre_block() nounwind
      "
    `);
  });

  it("say where they call from", () => {
    const text = written("fibres", (t, b) => {
      t.barrier(b);
      t.shuffleXor(b, value("float"), 1);
      t.voteBallot(b, value("i1"));
      t.voteAny(b, value("i1"));
      t.barrier(b);
    });
    expect(text).toMatchInlineSnapshot(`
      "entry:
        call void @ct_fibre_barrier(i32 0)
        %v0 = bitcast float %x to i32
        %v1 = call i32 @ct_fibre_shuffle(i32 0, i32 %v0, i32 1, i32 1)
        %v2 = bitcast i32 %v1 to float
        %v3 = zext i1 %x to i32
        %v4 = call i32 @ct_fibre_vote(i32 2, i32 %v3, i32 2)
        %v5 = call i32 @ct_fibre_vote(i32 0, i32 %v3, i32 3)
        %v6 = icmp ne i32 %v5, 0
        call void @ct_fibre_barrier(i32 4)
      declare void @ct_fibre_barrier(i32) convergent nounwind
      declare i32 @ct_fibre_shuffle(i32, i32, i32, i32) convergent nounwind
      declare i32 @ct_fibre_vote(i32, i32, i32) convergent nounwind
      "
    `);
  });

  it("take their arguments from an array", () => {
    expect(kernel("fibres", 100).text).toMatchInlineSnapshot(`
      "define void @kernel(ptr %args) nounwind {
      entry:
        %v0 = call ptr @ct_fibre_shared()
        %v1 = getelementptr i8, ptr %v0, i64 0
        call void @ct_fibre_barrier(i32 0)
        %v2 = getelementptr ptr, ptr %args, i64 1
        %v3 = load ptr, ptr %v2
        store ptr %v1, ptr %v3
        ret void
      }
      declare ptr @ct_fibre_shared() nounwind
      declare void @ct_fibre_barrier(i32) convergent nounwind
      "
    `);
  });
});

describe("both", () => {
  it.each<Ways>(["nvptx", "fibres"])("update memory at once: %s", (ways) => {
    const text = written(ways, (t, b) => {
      t.atomicAdd(b, at, value("float"));
      t.atomicAdd(b, at, value("i32"));
      t.atomicMax(b, at, value("i64"), true);
      t.atomicMin(b, at, value("i32"), false);
      t.compareExchange(b, at, value("i32", "%old"), value("i32"));
    });
    expect(text).toContain("atomicrmw fadd ptr %p, float %x monotonic");
    expect(text).toContain("atomicrmw add ptr %p, i32 %x monotonic");
    expect(text).toContain("atomicrmw max ptr %p, i64 %x monotonic");
    expect(text).toContain("atomicrmw umin ptr %p, i32 %x monotonic");
    expect(text).toContain("cmpxchg ptr %p, i32 %old, i32 %x monotonic monotonic");
  });

  it.each<Ways>(["nvptx", "fibres"])("refuse what a card has not: %s", (ways) => {
    expect(() => written(ways, (t, b) => t.shuffleXor(b, { type: irType("float", 2), text: "%x" }, 1))).toThrow(
      TypeError,
    );
    expect(() => written(ways, (t, b) => t.atomicMax(b, at, value("float"), true))).toThrow(TypeError);
    expect(() => new CudaThread(new IrModule(), "k", cudaTarget("sm_80", ways), 48)).toThrow(RangeError);
  });
});
