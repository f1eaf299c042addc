// The reference device behind the runtime's interfaces: buffers, donation, memory, misuse.
import { describe, expect, test } from "vitest";
import { arrayShape, HloBuilder, RuntimeUseError, referenceClient } from "../../../xla-like/index.js";

const client = referenceClient();
const [device] = client.devices;
const shape = arrayShape("float32", [3]);
const buffer = (...values: number[]) => client.fromHost(Float32Array.from(values), shape, device);

const negate = (donation?: readonly (readonly [number, number])[]) => {
  const b = new HloBuilder("entry");
  const x = b.parameter(shape);
  return client.compile(
    b.module("negate", [b.unary("negate", x), x], donation === undefined ? {} : { donation }),
    device,
  );
};

describe("reference client", () => {
  test("is one for the process, with two devices", () => {
    expect(referenceClient()).toBe(client);
    expect(client.devices.map(String)).toEqual(["reference:0", "reference:1"]);
    expect(device.client).toBe(client);
  });

  test("executes on buffers", async () => {
    const results = negate().execute([buffer(1, 2, 3)]);
    expect(results.map((r) => Array.from(r.read() as Float32Array))).toEqual([
      [-1, -2, -3],
      [1, 2, 3],
    ]);
    expect(results[0].shape).toEqual(shape);
    expect(results[0].device).toBe(device);
    await results[0].ready();
    expect(await results[0].readAsync()).toBe(results[0].read());
  });

  test("deleted buffers can neither be read nor run with", async () => {
    const x = buffer(1, 2, 3);
    x.delete();
    x.delete();
    expect(x.isDeleted).toBe(true);
    expect(() => x.read()).toThrow(RuntimeUseError);
    expect(() => x.waitReady()).toThrow(/f32\[3\] on reference:0 was deleted/);
    await expect(x.readAsync()).rejects.toThrow(RuntimeUseError);
    expect(() => negate().execute([x])).toThrow(RuntimeUseError);
  });

  test("donated buffers are deleted, but results keep their values", () => {
    const x = buffer(4, 5, 6);
    const [, same] = negate([[0, 1]]).execute([x]);
    expect(x.isDeleted).toBe(true);
    expect(Array.from(same.read() as Float32Array)).toEqual([4, 5, 6]);
  });

  test("memory statistics count live buffers", () => {
    const before = client.memoryStats(device);
    const x = buffer(1, 2, 3);
    const y = buffer(1, 2, 3);
    const during = client.memoryStats(device);
    expect(during.bytesInUse - before.bytesInUse).toBe(24);
    expect(during.liveBuffers - before.liveBuffers).toBe(2);
    expect(during.peakBytesInUse).toBeGreaterThanOrEqual(during.bytesInUse);
    x.delete();
    y.delete();
    expect(client.memoryStats(device).bytesInUse).toBe(before.bytesInUse);
  });

  test("collected buffers leave the count", async () => {
    const { setFlagsFromString } = await import("node:v8");
    const { runInNewContext } = await import("node:vm");
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const size = 1 << 20;
    const start = client.memoryStats(device).bytesInUse;
    (() => {
      for (let k = 0; k < 4; k++) client.fromHost(new Float32Array(size), arrayShape("float32", [size]), device);
    })();
    expect(client.memoryStats(device).bytesInUse - start).toBe(16 * size);
    for (let k = 0; k < 50 && client.memoryStats(device).bytesInUse > start; k++) {
      collect();
      await new Promise((done) => setTimeout(done, 5));
    }
    expect(client.memoryStats(device).bytesInUse).toBeLessThanOrEqual(start);
  });

  test("wrong data, counts and shapes are told", () => {
    expect(() => client.fromHost(new Float64Array(3), shape, device)).toThrow(/Float32Array of length 3.*Float64Array/);
    expect(() => client.fromHost(new Float32Array(2), shape, device)).toThrow(RuntimeUseError);
    expect(() => negate().execute([])).toThrow(/takes 1 buffers, but got 0/);
    const y = client.fromHost(new Float32Array(2), arrayShape("float32", [2]), device);
    expect(() => negate().execute([y])).toThrow(/parameter 0 is f32\[3\], but the buffer is f32\[2\]/);
  });
});
