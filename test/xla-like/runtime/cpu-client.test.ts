// The CPU device behind the runtime's interfaces: buffers, plans, donation, memory, misuse.
import { describe, expect, test } from "vitest";
import { arrayShape, type Buffer, type HostArray, RuntimeUseError } from "../../../xla-like/index.js";
import { loadJit } from "../../../xla-like/runtime/native.js";
import { addition, clientOf, elementwiseKernel, floats, program, slot } from "./cpu-programs.js";

const jit = loadJit();

const numbers = (data: HostArray): number[] => Array.from(data as Float32Array);
const read = (buffer: Buffer): number[] => numbers(buffer.read());
const parameter = (index: number) => ({ kind: "parameter", index }) as const;
const output = (index: number) => ({ kind: "output", index }) as const;
const arena = (offset: number) => ({ kind: "arena", offset }) as const;

const doubling = elementwiseKernel("twice", "  %r = fadd float %x0, %x0", 1);
const flagFrom = `
; The byte at args[1] says whether the int32 at args[0] is still less than 5; adds one to it.
define void @count(ptr %args, i64 %begin, i64 %end) {
  %p = load ptr, ptr %args
  %a1 = getelementptr ptr, ptr %args, i64 1
  %q = load ptr, ptr %a1
  %n = load i32, ptr %p
  %more = icmp slt i32 %n, 5
  %flag = zext i1 %more to i8
  store i8 %flag, ptr %q
  %m = add i32 %n, 1
  store i32 %m, ptr %p
  ret void
}
`;

describe.runIf(jit.ok)("cpu client", () => {
  if (!jit.ok) return;
  const { client, load } = clientOf(jit.jit);
  const [device] = client.devices;
  const buffer = (...values: number[]) => client.fromHost(Float32Array.from(values), floats(values.length), device);
  const range = (n: number) =>
    client.fromHost(
      Float32Array.from({ length: n }, (_, i) => i),
      floats(n),
      device,
    );

  test("has one device, described", () => {
    expect(client.devices.map(String)).toEqual(["cpu:0"]);
    expect(device.client).toBe(client);
    expect(device.description).toMatch(/core/);
  });

  test("executes kernels, on one thread or several", () => {
    expect(read(load(addition(3)).execute([buffer(1, 2, 3), buffer(10, 20, 30)])[0])).toEqual([11, 22, 33]);
    const n = 100_003;
    const x = range(n);
    const sum = read(load(addition(n)).execute([x, x])[0]);
    expect(sum).toHaveLength(n);
    expect(sum.findIndex((value, i) => value !== 2 * i)).toBe(-1);
  });

  test("keeps elements of every type, small and large", () => {
    const cases: readonly [Parameters<typeof arrayShape>[0], HostArray][] = [
      ["bool", Uint8Array.of(1, 0, 1)],
      ["int8", Int8Array.of(-1, 2, 3)],
      ["int64", BigInt64Array.of(-1n, 2n, 1n << 60n)],
      ["uint64", BigUint64Array.of((1n << 64n) - 1n, 0n, 7n)],
      ["bfloat16", Uint16Array.of(1, 2, 0xffff)],
      ["float64", Float64Array.of(Math.PI, -0, Number.NaN)],
      ["complex64", Float32Array.of(1, 2, 3, 4, 5, 6)],
      ["complex128", Float64Array.of(1, 2, 3, 4, 5, 6)],
    ];
    for (const [dtype, data] of cases) {
      expect(client.fromHost(data, arrayShape(dtype, [3]), device).read()).toEqual(data);
    }
    const large = Float64Array.from({ length: 5000 }, (_, i) => i / 7);
    expect(client.fromHost(large, arrayShape("float64", [50, 100]), device).read()).toEqual(large);
    expect(client.fromHost(new Float32Array(0), floats(0), device).read()).toEqual(new Float32Array(0));
    expect(client.fromHost(Int32Array.of(7), arrayShape("int32", []), device).read()).toEqual(Int32Array.of(7));
  });

  test("what was read is the reader's own", () => {
    const data = Float32Array.of(1, 2);
    const x = client.fromHost(data, floats(2), device);
    data[0] = 9;
    (x.read() as Float32Array)[1] = 9;
    expect(read(x)).toEqual([1, 2]);
  });

  test("constants, the arena, copies and routines", () => {
    const constants = new Uint8Array(Float32Array.of(5, 6).buffer);
    const p = program({
      llvm: elementwiseKernel("add", "  %r = fadd float %x0, %x1", 2),
      symbols: ["add"],
      constants,
      arenaBytes: 1024,
      parameters: [floats(2)],
      results: [floats(2), floats(2)],
      slots: [
        slot(parameter(0), 8),
        slot({ kind: "constant", offset: 0 }, 8),
        slot(arena(512), 8),
        slot(output(0), 8),
        slot(output(1), 8),
      ],
      outputs: [
        { slot: 3, bytes: 8 },
        { slot: 4, bytes: 8 },
      ],
      thunks: [
        { kind: "kernel", symbol: "add", args: [0, 1, 2], units: 2, grain: 2 },
        { kind: "copy", from: 2, to: 3, bytes: 8 },
        { kind: "routine", name: "fill", args: [4], params: [0, 8] },
      ],
    });
    expect(
      load(p)
        .execute([buffer(1, 2)])
        .map(read),
    ).toEqual([
      [6, 8],
      [0, 0],
    ]);
  });

  test("copies of any length, past the caches or not", () => {
    for (const n of [1, 2 ** 18, 2 ** 18 + 3, 2 ** 22, 2 ** 22 + 5]) {
      const bytes = 4 * n;
      const p = program({
        parameters: [floats(n)],
        results: [floats(n)],
        slots: [slot(parameter(0), bytes), slot(output(0), bytes)],
        outputs: [{ slot: 1, bytes }],
        thunks: [{ kind: "copy", from: 0, to: 1, bytes }],
      });
      const copied = load(p)
        .execute([range(n)])[0]
        .read();
      expect(copied).toHaveLength(n);
      expect(copied.findIndex((value, i) => value !== i)).toBe(-1);
    }
  });

  // Doubles x five times, from x's slot into the other and back by swapping the two.
  const loop = (over: { donated?: boolean; cost?: number } = {}) =>
    program({
      llvm: [doubling, flagFrom],
      symbols: ["twice", "count"],
      arenaBytes: 4096,
      parameters: [floats(3)],
      results: [floats(3)],
      slots: [
        slot(parameter(0), 12),
        slot(output(0), 12),
        slot(arena(0), 12),
        slot(arena(512), 4),
        slot(arena(1024), 1),
      ],
      outputs: [{ slot: 1, bytes: 12 }],
      cost: { flops: over.cost ?? 0, bytes: 0 },
      thunks: [
        { kind: "copy", from: 0, to: 1, bytes: 12 },
        { kind: "routine", name: "fill", args: [3], params: [0, 4] },
        {
          kind: "while",
          condition: [{ kind: "kernel", symbol: "count", args: [3, 4], units: 1, grain: 1 }],
          predicate: 4,
          body: [{ kind: "kernel", symbol: "twice", args: [1, 2], units: 3, grain: 3 }],
          swaps: [[1, 2]],
        },
      ],
    });

  test("loops swap their carries, and bring them home after an odd number of rounds", () => {
    const run = load(loop());
    for (let i = 0; i < 3; i++) expect(read(run.execute([buffer(1, 2, 3)])[0])).toEqual([32, 64, 96]);
  });

  test("conditionals choose a branch, clamping the index", () => {
    const fill = (value: number) => [{ kind: "routine", name: "fill", args: [1], params: [value, 4] }] as const;
    const p = program({
      parameters: [arrayShape("int32", [])],
      results: [arrayShape("int32", [])],
      slots: [slot(parameter(0), 4), slot(output(0), 4)],
      outputs: [{ slot: 1, bytes: 4 }],
      thunks: [{ kind: "conditional", index: 0, branches: [fill(0), fill(1), fill(2)] }],
    });
    const run = load(p);
    const choose = (i: number) =>
      run.execute([client.fromHost(Int32Array.of(i), arrayShape("int32", []), device)])[0].read()[0];
    expect([-7, 0, 1, 2, 3].map(choose)).toEqual([0, 0, 0x01010101, 0x02020202, 0x02020202]);
  });

  test("large plans run behind the caller, in order, and what follows them waits", async () => {
    const slow = load(loop({ cost: 1e9 }));
    const quick = load(addition(3));
    const [a] = slow.execute([buffer(1, 2, 3)]);
    const [b] = quick.execute([a, buffer(1, 1, 1)]);
    const [c] = slow.execute([b]);
    await c.ready();
    expect(await c.readAsync()).toEqual(Float32Array.of(33 * 32, 65 * 32, 97 * 32));
    b.waitReady();
    expect(read(b)).toEqual([33, 65, 97]);
    // Deeper than the line is long, and deleted while in flight.
    let x = buffer(0, 0, 1);
    for (let i = 0; i < 200; i++) {
      const [next] = quick.execute([slow.execute([x])[0], buffer(0, 0, -31)]);
      x.delete();
      x = next;
    }
    expect(read(x)).toEqual([0, 0, 1]);
  });

  test("callbacks of the host run in the middle of a plan, and may use the runtime", () => {
    const plus = load(addition(2));
    const p = program({
      llvm: doubling,
      symbols: ["twice"],
      arenaBytes: 2048,
      parameters: [floats(2)],
      results: [floats(2)],
      slots: [slot(parameter(0), 8), slot(arena(0), 8), slot(arena(512), 8), slot(output(0), 8)],
      outputs: [{ slot: 3, bytes: 8 }],
      callbacks: [
        {
          operands: [floats(2)],
          call: (x) => {
            if (x[0] === 666) throw new RangeError("not this one");
            const y = client.fromHost(x, floats(2), device);
            return [plus.execute([y, y])[0].read()];
          },
        },
      ],
      thunks: [
        { kind: "kernel", symbol: "twice", args: [0, 1], units: 2, grain: 2 },
        { kind: "host", callback: 0, args: [1], results: [2] },
        { kind: "kernel", symbol: "twice", args: [2, 3], units: 2, grain: 2 },
      ],
    });
    const run = load(p);
    expect(read(run.execute([buffer(1, 2)])[0])).toEqual([8, 16]);
    const before = client.memoryStats(device).liveBuffers;
    const bad = buffer(333, 0);
    expect(() => run.execute([bad])).toThrow(/not this one/);
    expect(client.memoryStats(device).liveBuffers).toBe(before + 1);
    expect(read(run.execute([buffer(2, 3)])[0])).toEqual([16, 24]);
  });

  // x + y into x's memory.
  const inPlace = (n: number) =>
    load(
      addition(n, {
        slots: [slot(parameter(0), 4 * n), slot(parameter(1), 4 * n), slot(output(0), 4 * n)],
        outputs: [{ slot: 2, bytes: 4 * n, donatedParameter: 0 }],
        donated: [0],
      }),
    );

  test("donated buffers are deleted, and their memory is the result's", () => {
    for (const n of [3, 5000]) {
      const run = inPlace(n);
      const x = range(n);
      const before = client.memoryStats(device);
      const [sum] = run.execute([x, range(n)]);
      expect(x.isDeleted).toBe(true);
      expect(() => x.read()).toThrow(RuntimeUseError);
      expect(read(sum)[2]).toBe(4);
      expect(client.memoryStats(device).liveBuffers).toBe(before.liveBuffers + 1);
    }
  });

  test("a buffer that is donated and used as well is copied", () => {
    const run = inPlace(3);
    const x = buffer(1, 2, 3);
    expect(read(run.execute([x, x])[0])).toEqual([2, 4, 6]);
    expect(x.isDeleted).toBe(true);
  });

  test("deleted buffers can neither be read nor run with", async () => {
    const x = buffer(1, 2, 3);
    x.delete();
    x.delete();
    expect(x.isDeleted).toBe(true);
    expect(() => x.waitReady()).toThrow(/f32\[3\] on cpu:0 was deleted/);
    await expect(x.readAsync()).rejects.toThrow(RuntimeUseError);
    await expect(x.ready()).rejects.toThrow(RuntimeUseError);
    expect(() => load(addition(3)).execute([x, buffer(1, 2, 3)])).toThrow(RuntimeUseError);
  });

  test("arguments are checked", () => {
    const run = load(addition(3));
    const x = buffer(1, 2, 3);
    expect(() => run.execute([x])).toThrow(/takes 2 buffers, but got 1/);
    expect(() => run.execute([x, buffer(1, 2)])).toThrow(/parameter 1 is f32\[3\], but the buffer is f32\[2\]/);
    const other = clientOf(jit.jit).client;
    const foreign = other.fromHost(new Float32Array(3), floats(3), other.devices[0]);
    expect(() => run.execute([x, foreign])).toThrow(RuntimeUseError);
    expect(() => client.fromHost(new Float32Array(2), floats(3), device)).toThrow(/Float32Array of length 3/);
    expect(() => client.fromHost(new Float64Array(3), floats(3), device)).toThrow(RuntimeUseError);
    expect(() => client.memoryStats(other.devices[0])).toThrow(/does not belong/);
  });

  test("a plan that does not fit its words, or asks for what is not there, is refused", () => {
    const missing = addition(3, { thunks: [{ kind: "routine", name: "nosuch", args: [], params: [] }] });
    expect(() => load(missing)).toThrow(/no routine 'nosuch'/);
    // Those of a compiler that the addon was not built for, as far as their number tells.
    for (const [name, params] of [
      ["dot", []],
      ["dot", [11, 11, 11, 11, 0, 0, 0, 0, 1, 1, 1, 2, 1, 1]],
      ["convolution", [-1, 11]],
    ] as const)
      expect(() => load(addition(3, { thunks: [{ kind: "routine", name, args: [0, 1, 2], params }] }))).toThrow(
        /of another version of the addon/,
      );
    expect(() => load(addition(3, { thunks: [{ kind: "copy", from: 0, to: 9, bytes: 4 }] }))).toThrow(/malformed/);
    expect(() => load(addition(3, { slots: [slot(arena(0), 12)] }))).toThrow(/malformed/);
    expect(() => load(addition(3, { symbols: [] }))).toThrow(/not among its symbols/);
  });

  test("memory statistics count live buffers to the byte", () => {
    const before = client.memoryStats(device);
    const [small, large] = [range(3), range(5000)];
    const during = client.memoryStats(device);
    expect(during.liveBuffers).toBe(before.liveBuffers + 2);
    expect(during.bytesInUse).toBe(before.bytesInUse + 12 + 20_000);
    expect(during.peakBytesInUse).toBeGreaterThanOrEqual(during.bytesInUse);
    expect(during.bytesReserved).toBeGreaterThanOrEqual(during.bytesInUse);
    const [sum] = load(addition(5000)).execute([large, large]);
    expect(client.memoryStats(device).bytesInUse).toBe(during.bytesInUse + 20_000);
    for (const b of [small, large, sum]) b.delete();
    expect(client.memoryStats(device)).toMatchObject({
      bytesInUse: before.bytesInUse,
      liveBuffers: before.liveBuffers,
    });
  });

  test("an executable tells its text and its memory", () => {
    const run = load(loop());
    expect(run.asText?.("llvm")).toContain("define void @twice");
    expect(run.asText?.("ptx")).toBeUndefined();
    expect(run.memoryAnalysis?.()).toMatchObject({
      argumentBytes: 12,
      outputBytes: 12,
      tempBytes: 4096,
      aliasBytes: 0,
    });
    expect(run.memoryAnalysis?.().generatedCodeBytes).toBeGreaterThan(100);
  });
});
