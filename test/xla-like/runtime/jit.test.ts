// The addon's compiler: kernels compiled, kept, run and released; what LLVM says of bad ones; workers that come and go.
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { loadJit, loadNative, type NativeJit } from "../../../xla-like/runtime/native.js";

const loaded = loadJit();
const why = loaded.ok ? "" : ` (skipped: ${loaded.reason})`;

const twice = `
define void @twice(ptr %buffers, i64 %n) {
entry:
  %slot = getelementptr ptr, ptr %buffers, i64 1
  %in = load ptr, ptr %buffers
  %out = load ptr, ptr %slot
  br label %head
head:
  %i = phi i64 [ 0, %entry ], [ %next, %body ]
  %more = icmp ult i64 %i, %n
  br i1 %more, label %body, label %exit
body:
  %from = getelementptr double, ptr %in, i64 %i
  %to = getelementptr double, ptr %out, i64 %i
  %x = load double, ptr %from
  %y = fmul double %x, 2.0
  store double %y, ptr %to
  %next = add i64 %i, 1
  br label %head
exit:
  ret void
}`;

function compiler(): NativeJit {
  if (!loaded.ok) throw new Error(loaded.reason);
  return loaded.jit;
}

describe("loadJit", () => {
  it("gives the compiler, or says why there is none", () => {
    if (loaded.ok) expect(loaded.jit.llvmVersion()).toMatch(/^\d+\.\d+\.\d+$/);
    else expect(loaded.reason).toMatch(/npm run setup|COTANGENT_NATIVE|does not load/);
  });
});

describe.skipIf(!loaded.ok)(`the compiler${why}`, () => {
  const run = (jit: NativeJit, kernel: ReturnType<NativeJit["jitCompile"]>): number[] => {
    const out = new Float64Array(3);
    jit.jitRun(kernel, "twice", [Float64Array.of(1, 2, 3), out], 3);
    return [...out];
  };

  it.each([0, 1, 2, 3] as const)("compiles and runs with optLevel %i", (optLevel) => {
    const jit = compiler();
    expect(run(jit, jit.jitCompile(twice, ["twice"], { optLevel }))).toEqual([2, 4, 6]);
  });

  it("makes objects that can be loaded later, any number of times", () => {
    const jit = compiler();
    const object = jit.jitObject(twice);
    expect(object.length).toBeGreaterThan(100);
    expect(jit.jitObject(twice)).toEqual(object);
    for (let i = 0; i < 3; i++) expect(run(jit, jit.jitLoad(object, ["twice"]))).toEqual([2, 4, 6]);
  });

  it("writes into the part of a buffer that a view shows", () => {
    const jit = compiler();
    const whole = new Float64Array(6);
    jit.jitRun(jit.jitCompile(twice, ["twice"]), "twice", [Float64Array.of(5, 7), whole.subarray(3)], 2);
    expect([...whole]).toEqual([0, 0, 0, 10, 14, 0]);
  });

  it("compiles for poorer processors when asked", () => {
    const jit = compiler();
    if (process.arch !== "x64") return expect(jit.llvmVersion()).not.toBe("");
    expect(run(jit, jit.jitCompile(twice, ["twice"], { features: "+avx2" }))).toEqual([2, 4, 6]);
    expect(run(jit, jit.jitCompile(twice, ["twice"], { cpu: "x86-64" }))).toEqual([2, 4, 6]);
  });

  it("says what is wrong with a kernel", () => {
    const jit = compiler();
    expect(() => jit.jitCompile("define nonsense", [])).toThrow(/the IR does not parse: .*expected type/s);
    const unterminated = "define void @f(i32 %x) {\n  %y = add i32 %z, 1\n  %z = add i32 %y, 1\n  ret void\n}";
    expect(() => jit.jitCompile(unterminated, ["f"])).toThrow(/the IR is not well formed: .*dominate/s);
    expect(() => jit.jitCompile(twice, ["thrice"])).toThrow(/linking failed: .*thrice/s);
    const calls =
      "declare void @nowhereToBeFound()\ndefine void @f() {\n  call void @nowhereToBeFound()\n  ret void\n}";
    expect(() => jit.jitCompile(calls, ["f"])).toThrow(/linking failed: .*nowhereToBeFound/s);
    expect(() => jit.jitLoad(Uint8Array.of(1, 2, 3), ["f"])).toThrow(/cannot be loaded|linking failed/);
  });

  it("checks what it is called with", () => {
    const jit = compiler();
    const kernel = jit.jitCompile(twice, ["twice"]);
    expect(() => jit.jitRun(kernel, "other", [], 0)).toThrow("the kernel has no entry point 'other'");
    expect(() => jit.jitRun({} as typeof kernel, "twice", [], 0)).toThrow("the first argument must be a kernel");
    jit.jitRelease(kernel);
    jit.jitRelease(kernel);
    expect(() => jit.jitRun(kernel, "twice", [], 0)).toThrow("the kernel is released");
  });

  it("survives 100 workers that compile, run and end, or are ended", async () => {
    const native = loadNative();
    if (!native.ok) throw new Error(native.reason);
    const source = `
      const { parentPort, workerData } = require("node:worker_threads");
      const addon = require(workerData.path);
      const kernel = addon.jitCompile(workerData.ir, ["twice"]);
      const out = new Float64Array(2);
      addon.jitRun(kernel, "twice", [Float64Array.of(21, 4), out], 2);
      parentPort.postMessage(out[0]);
      if (workerData.waits) setInterval(() => {}, 1000);`;
    const one = (waits: boolean) =>
      new Promise<number>((resolve, reject) => {
        const worker = new Worker(source, { eval: true, workerData: { path: native.path, ir: twice, waits } });
        let answer = 0;
        worker.on("message", (n: number) => {
          answer = n;
          if (waits) void worker.terminate();
        });
        worker.on("error", reject);
        worker.on("exit", () => resolve(answer));
      });
    let finished = 0;
    for (let round = 0; round < 25; round++) {
      const answers = await Promise.all([one(true), one(false), one(true), one(false)]);
      expect(answers).toEqual([42, 42, 42, 42]);
      finished += answers.length;
    }
    expect(finished).toBe(100);
  }, 120_000);
});
