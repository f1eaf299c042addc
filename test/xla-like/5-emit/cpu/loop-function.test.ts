// Loops of short turns as one function.
import { describe, expect, it } from "vitest";
import { loopFunction } from "../../../../xla-like/5-emit/cpu/loop-function.js";
import type { Thunk } from "../../../../xla-like/5-emit/plan.js";

const kernel = (symbol: string, args: number[], units = 1): Extract<Thunk, { kind: "kernel" }> => ({
  kind: "kernel",
  symbol,
  args,
  units,
  grain: 4,
});
const loop = (
  condition: Thunk[],
  body: Thunk[],
  swaps: [number, number][] = [],
): Extract<Thunk, { kind: "while" }> => ({
  kind: "while",
  condition,
  predicate: 9,
  body,
  swaps,
});

describe("loop functions", () => {
  it("call their kernels, and swap pointers between turns", () => {
    const made = loopFunction(
      "turns",
      loop([kernel("test", [1, 9])], [kernel("step", [1, 2])], [[1, 2]]),
      () => 64,
      10,
    );
    expect(made?.args).toEqual([1, 9, 2]);
    expect(made?.callees).toEqual(["test", "step"]);
    expect(made?.text).toMatchInlineSnapshot(`
      "define void @turns(ptr %args, i64 %begin, i64 %end) nounwind {
      entry:
        %at1 = getelementptr ptr, ptr %args, i64 0
        %slot1 = load ptr, ptr %at1
        %at9 = getelementptr ptr, ptr %args, i64 1
        %slot9 = load ptr, ptr %at9
        %at2 = getelementptr ptr, ptr %args, i64 2
        %slot2 = load ptr, ptr %at2
        %last = getelementptr ptr, ptr %args, i64 3
        %control = load ptr, ptr %last
        %x0 = alloca [3 x ptr]
        %x1 = getelementptr ptr, ptr %x0, i64 0
        store ptr %slot1, ptr %x1
        %x2 = getelementptr ptr, ptr %x0, i64 1
        store ptr %slot9, ptr %x2
        %x3 = getelementptr ptr, ptr %x0, i64 2
        store ptr %control, ptr %x3
        %x4 = alloca [3 x ptr]
        %x5 = getelementptr ptr, ptr %x4, i64 0
        store ptr %slot1, ptr %x5
        %x6 = getelementptr ptr, ptr %x4, i64 1
        store ptr %slot2, ptr %x6
        %x7 = getelementptr ptr, ptr %x4, i64 2
        store ptr %control, ptr %x7
        %cell1 = alloca ptr
        store ptr %slot1, ptr %cell1
        %cell2 = alloca ptr
        store ptr %slot2, ptr %cell2
        br label %turn
      turn:
        %turns = phi i64 [ 0, %entry ], [ %next, %body ], [ %next, %ask ]
        call void @test(ptr %x0, i64 0, i64 1)
        %x8 = load i8, ptr %slot9
        %x9 = icmp ne i8 %x8, 0
        br i1 %x9, label %body, label %done
      body:
        call void @step(ptr %x4, i64 0, i64 1)
        %x10 = load ptr, ptr %cell1
        %x11 = load ptr, ptr %cell2
        store ptr %x11, ptr %cell1
        store ptr %x11, ptr %x1
        store ptr %x11, ptr %x5
        store ptr %x10, ptr %cell2
        store ptr %x10, ptr %x6
        %next = add i64 %turns, 1
        %x12 = and i64 %next, 1023
        %x13 = icmp ne i64 %x12, 0
        br i1 %x13, label %turn, label %ask
      ask:
        %x14 = load ptr, ptr %control
        %x15 = call i1 %x14(ptr %control)
        br i1 %x15, label %done, label %turn
      done:
        %x16 = load ptr, ptr %cell1
        %x17 = icmp eq ptr %x16, %slot1
        br i1 %x17, label %home1, label %away1
      away1:
        call void @llvm.memmove.p0.p0.i64(ptr %slot1, ptr %x16, i64 64, i1 false)
        br label %home1
      home1:
        ret void
      }"
    `);
  });

  it("are made of small kernels and copies alone", () => {
    const host: Thunk = { kind: "host", callback: 0, args: [1], results: [2] };
    const copy: Thunk = { kind: "copy", from: 1, to: 2, bytes: 1 << 20 };
    for (const t of [host, copy, kernel("parallel", [1], 5), loop([], [])]) {
      expect(loopFunction("turns", loop([kernel("test", [9])], [t]), () => 64, 10)).toBeUndefined();
    }
  });
});
