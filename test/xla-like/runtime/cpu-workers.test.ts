// The native runtime in worker threads that come, go and are ended while their plans run.
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { arrayShape } from "../../../xla-like/index.js";
import { loadJit, loadNative } from "../../../xla-like/runtime/native.js";
import { encodePlan } from "../../../xla-like/runtime/plan-codec.js";
import { program, slot } from "./cpu-programs.js";

const jit = loadJit();
const native = loadNative();

// Counts the int32 at args[1] up; the byte at args[2] says whether it is below the one at args[0].
const counting = `
define void @count(ptr %args, i64 %begin, i64 %end) {
  %l = load ptr, ptr %args
  %a1 = getelementptr ptr, ptr %args, i64 1
  %p = load ptr, ptr %a1
  %a2 = getelementptr ptr, ptr %args, i64 2
  %q = load ptr, ptr %a2
  %limit = load i32, ptr %l
  %n = load i32, ptr %p
  %m = add i32 %n, 1
  store i32 %m, ptr %p
  %more = icmp slt i32 %m, %limit
  %flag = zext i1 %more to i8
  store i8 %flag, ptr %q
  ret void
}
`;

const scalar = arrayShape("int32", []);
const counter = program({
  llvm: counting,
  symbols: ["count"],
  parameters: [scalar],
  results: [scalar],
  arenaBytes: 1024,
  slots: [
    slot({ kind: "parameter", index: 0 }, 4),
    slot({ kind: "output", index: 0 }, 4),
    slot({ kind: "arena", offset: 0 }, 1),
  ],
  outputs: [{ slot: 1, bytes: 4 }],
  // Said to be long, so that it goes to the executor.
  cost: { flops: 1e12, bytes: 0 },
  thunks: [
    { kind: "routine", name: "fill", args: [1], params: [0, 4] },
    {
      kind: "while",
      condition: [{ kind: "kernel", symbol: "count", args: [0, 1, 2], units: 1, grain: 1 }],
      predicate: 2,
      body: [],
      swaps: [],
    },
  ],
});

const source = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { path, objects, words, routines, limit, mode } = workerData;
  const addon = require(path);
  const io = new Float64Array(64), state = new Float64Array(16);
  state[9] = state[11] = 1e9;
  const runtime = addon.startRuntime(io, state, () => {
    runtime.settled();
    parentPort.postMessage("heard");
  }, () => {});
  const plan = runtime.loadPlan(objects, ["count"], words, routines, new Uint8Array(0));
  io[0] = 64; io[1] = 1; io[2] = 0;
  runtime.allocate();
  const parameter = io[0];
  runtime.write(Int32Array.of(limit));
  for (let i = 0; i < 3; i++) {
    io[0] = plan; io[1] = 0; io[2] = parameter; io[3] = 0;
    runtime.execute();
  }
  const result = io[3], sequence = state[1];
  parentPort.postMessage("running");
  if (mode === "wait") {
    io[0] = sequence;
    runtime.wait();
    const out = new Int32Array(1);
    io[0] = result;
    runtime.read(out);
    parentPort.postMessage(out[0]);
  } else if (mode === "notify") {
    io[0] = sequence;
    runtime.notify();
  } else if (mode === "block") {
    io[0] = sequence;
    runtime.wait();
  }`;

describe.runIf(jit.ok)("the runtime in workers", () => {
  if (!jit.ok || !native.ok) return;
  const { words, routines } = encodePlan(counter.plan, counter.symbols, 0);
  const objects = jit.jit.jitObjects([counting]);

  const start = (mode: string, limit: number, terminateWhen?: unknown): Promise<unknown[]> =>
    new Promise((resolve, reject) => {
      const messages: unknown[] = [];
      const workerData = { path: native.path, objects, words, routines, limit, mode };
      const worker = new Worker(source, { eval: true, workerData });
      worker.on("message", (message: unknown) => {
        messages.push(message);
        if (message === terminateWhen) void worker.terminate();
      });
      worker.on("error", reject);
      worker.on("exit", () => resolve(messages));
    });

  test("100 of them run plans on executors and end", async () => {
    for (let round = 0; round < 10; round++) {
      const all = await Promise.all(Array.from({ length: 10 }, (_, i) => start("wait", 1000 + i)));
      expect(all.map((messages) => messages.at(-1))).toEqual(Array.from({ length: 10 }, (_, i) => 1000 + i));
    }
  });

  test("a worker that asked to hear of its plan stays until it does", async () => {
    expect(await start("notify", 5_000_000)).toEqual(["running", "heard"]);
  });

  test("workers that end, or are ended, while plans run and wait end those too", async () => {
    // Without an end of their own these would take some seconds each.
    const began = performance.now();
    const all = await Promise.all([
      start("none", 2_000_000_000),
      start("none", 2_000_000_000, "running"),
      start("notify", 2_000_000_000, "running"),
    ]);
    expect(all.map((messages) => messages[0])).toEqual(["running", "running", "running"]);
    expect(all.flat()).not.toContain("heard");
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test("a worker that is ended while it waits does not wait for the end of its plan", async () => {
    const began = performance.now();
    expect(await start("block", 2_000_000_000, "running")).toEqual(["running"]);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
