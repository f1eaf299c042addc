/** What recognising calls quickly must not change: every signature its own program, every number its own value. */
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  debug,
  defaultDevice,
  devicePut,
  devices,
  grad,
  jit,
  lax,
  makeJaxpr,
  memory,
  numpy as np,
  type Tensor,
  withDefaultDevice,
} from "../../src/index.js";
import { thrownBy } from "./support.js";

const [first, second] = devices("reference");

/** A jitted function and how often it was traced. */
function counting<A extends unknown[]>(f: (...args: A) => unknown, options = {}) {
  let traces = 0;
  const call = jit((...args: A) => {
    traces++;
    return f(...args) as Tensor;
  }, options) as unknown as (...args: unknown[]) => Tensor;
  return { call, traces: () => traces };
}

describe("jitted calls recognised again", () => {
  it("keep many signatures apart, in whatever order they come", () => {
    const { call, traces } = counting((x: { a: Tensor; b: Tensor[] }) => x.a.add(x.b.length));
    const inputs = Array.from({ length: 20 }, (_, n) => ({
      a: np.ones([n + 1]),
      b: Array.from({ length: n % 3 }, () => np.ones([])),
    }));
    for (let round = 0; round < 3; round++) {
      for (const [n, x] of [...inputs.entries()].sort(() => (round === 1 ? -1 : 0))) {
        expect(call(x).js()).toEqual(Array(n + 1).fill(1 + (n % 3)));
      }
    }
    expect(traces()).toBe(20);
  });

  it("do not mind the order of keys, and give leaves their places", () => {
    const { call, traces } = counting((x: { a: Tensor; b: Tensor }) => x.a.sub(x.b));
    expect(call({ a: 5, b: 3 }).item()).toBe(2);
    expect(call({ b: 3, a: 5 }).item()).toBe(2);
    expect(call({ b: 4, a: 5 }).item()).toBe(1);
    expect(call({ a: 5, b: 1 }).item()).toBe(4);
    expect(traces()).toBe(1);
  });

  it("take numbers, typed arrays and tensors of one type for the same", () => {
    const { call, traces } = counting((x: Tensor) => x.mul(2));
    expect(call(1.5).item()).toBe(3);
    expect(call(np.array(2.5)).item()).toBe(5);
    expect(call(3.5).item()).toBe(7);
    expect(traces()).toBe(1);
    expect(call(3).dtype).toBe("int32");
    expect(call(4).item()).toBe(8);
    expect(call(4.5).item()).toBe(9);
    expect(call(true).dtype).toBe("int32");
    expect(call(7n).item()).toBe(14n);
    expect(call(Float32Array.of(1, 2)).js()).toEqual([2, 4]);
    expect(call(Float32Array.of(3, 4)).js()).toEqual([6, 8]);
    expect(call(np.array([5, 6])).js()).toEqual([10, 12]);
    expect(call(Int32Array.of(3, 4)).dtype).toBe("int32");
    expect(call(Float32Array.of(3, 4, 5)).shape).toEqual([3]);
    expect(traces()).toBe(7);
  });

  it("look at static objects anew each time", () => {
    const options = { shape: [2, 3] };
    const { call, traces } = counting((x: Tensor, o: { shape: number[] }) => x.reshape(o.shape), { staticArgnums: 1 });
    const x = np.ones([6]);
    expect(call(x, options).shape).toEqual([2, 3]);
    options.shape.reverse();
    expect(call(x, options).shape).toEqual([3, 2]);
    expect(call(x, { shape: [2, 3] }).shape).toEqual([2, 3]);
    expect(traces()).toBe(2);
    options.shape.push(x as never);
    expect(thrownBy(() => call(x, options)).code).toBe("CT017");
  });

  it("run where the operands or the default device say", () => {
    const { call, traces } = counting((x: Tensor, y: Tensor) => x.add(y));
    const x = withDefaultDevice(first, () => np.ones([2]));
    const on = (...args: unknown[]): string => String(call(...args).device);
    withDefaultDevice(first, () => {
      expect(on(x, 1)).toBe("reference:0");
      expect(on(devicePut(x, second), 1)).toBe("reference:1");
      expect(on(x, devicePut(np.array(1), second))).toBe("reference:1");
      expect(on(x, 1)).toBe("reference:0");
    });
    withDefaultDevice(second, () => expect(on(x, 1)).toBe("reference:1"));
    expect(thrownBy(() => call(devicePut(x, first), devicePut(x, second))).code).toBe("CT500");
    expect(traces()).toBe(2);
    const fixed = jit((y: Tensor) => y.add(1), { device: second });
    expect(String(fixed(x).device)).toBe("reference:1");
    expect(String(fixed(x).device)).toBe("reference:1");
  });

  it("call themselves from their callbacks", () => {
    const seen: unknown[] = [];
    const f = jit((x: { n: Tensor }): Tensor => {
      debug.callback((n: Tensor) => {
        seen.push(n.item());
        const left = n.item() as number;
        if (left > 0) f({ n: np.array(left - 1.0, { dtype: "float32" }) });
      }, x.n);
      return x.n.mul(2);
    });
    expect(f({ n: np.array(3, { dtype: "float32" }) }).item()).toBe(6);
    expect(seen).toEqual([3, 2, 1, 0]);
  });

  it("refuse disposed tensors and tracers that escaped, as the first call does", () => {
    const f = jit((x: Tensor) => x.add(1));
    const x = np.ones([2]);
    f(x);
    x.dispose();
    expect(thrownBy(() => f(x)).code).toBe("CT502");
    let escaped: Tensor | undefined;
    grad((y: Tensor) => {
      escaped = y;
      return f(y).sum();
    })(np.ones([2]));
    expect(thrownBy(() => f(escaped as Tensor)).code).toBe("CT302");
  });
});

describe("donated tensors", () => {
  const both = jit((x: Tensor, y: Tensor) => x.add(y), { donateArgnums: [0, 1] });
  const one = jit((x: Tensor, y: Tensor) => x.add(y), { donateArgnums: 0 });

  it("may not occur a second time in the call", () => {
    const x = np.ones([3]);
    expect(thrownBy(() => both(x, x))).toMatchObject({ name: "DonationError", code: "CT504" });
    expect(thrownBy(() => both(x, x)).message).toContain("donated each time");
    expect(thrownBy(() => one(x, x))).toMatchObject({ code: "CT504" });
    const closedOver = np.ones([3]);
    const f = jit((y: Tensor) => y.add(closedOver), { donateArgnums: 0 });
    expect(thrownBy(() => f(closedOver))).toMatchObject({ code: "CT504" });
    expect(f(x).js()).toEqual([2, 2, 2]);
  });

  it("are still there when the call was refused", () => {
    const x = np.ones([3]);
    thrownBy(() => both(x, x));
    expect(both(x, np.ones([3])).js()).toEqual([2, 2, 2]);
    expect(thrownBy(() => x.js()).code).toBe("CT503");
  });

  it("may be numbers, which are constants for everyone else", () => {
    expect(both(1.5, 1.5).item()).toBe(3);
    expect(both(1.5, 1.5).item()).toBe(3);
    expect(np.array([1]).add(1.5).js()).toEqual([2.5]);
  });
});

describe("numbers beside tensors", () => {
  afterEach(() => vi.restoreAllMocks());
  const x = np.array([1, 2]);

  it("are uploaded once, and count for nothing in memory.stats", () => {
    const before = memory.stats();
    x.mul(12345.5).dispose();
    const { client } = defaultDevice();
    const upload = vi.spyOn(client, "fromHost");
    for (let i = 0; i < 10; i++) x.mul(12345.5).dispose();
    expect(upload).not.toHaveBeenCalled();
    expect(memory.stats().liveBuffers).toBeLessThanOrEqual(before.liveBuffers);
    expect(memory.stats().bytesInUse).toBeLessThanOrEqual(before.bytesInUse);
  });

  it("keep their values apart", () => {
    expect([0, -0, NaN, Infinity].map((n) => np.array(1).div(n).item())).toEqual([Infinity, -Infinity, NaN, 0]);
    expect(np.array([1], { dtype: "float64" }).mul(0.1).js()).toEqual([0.1]);
    expect(np.array([1], { dtype: "float32" }).mul(0.1).js()).toEqual([Math.fround(0.1)]);
    expect(np.array([1], { dtype: "float64" }).mul(0.1).js()).toEqual([0.1]);
    for (let i = 0; i < 1000; i++) expect(x.add(i + 0.5).js()).toEqual([i + 1.5, i + 2.5]);
    expect(x.add(0.5).js()).toEqual([1.5, 2.5]);
  });

  it("are disposed of one by one", () => {
    const a = jit(() => 1.25 as unknown as Tensor)();
    a.dispose();
    expect(x.add(1.25).js()).toEqual([2.25, 3.25]);
    const put = devicePut(1.75);
    put.dispose();
    expect(x.add(1.75).js()).toEqual([2.75, 3.75]);
  });

  it("live on each device", () => {
    for (const device of [first, second, first]) {
      const y = devicePut(np.array([1, 2]), device).add(3.5);
      expect([String(y.device), y.js()]).toEqual([String(device), [4.5, 5.5]]);
    }
  });
});

describe("single operations", () => {
  it("do not confuse calls when a list of parameters is changed afterwards", () => {
    const shape = [2, 3];
    const x = np.arange(6);
    expect(lax.reshape(x, shape).shape).toEqual([2, 3]);
    shape.reverse();
    expect(lax.reshape(x, shape).shape).toEqual([3, 2]);
    expect(lax.reshape(x, [2, 3]).shape).toEqual([2, 3]);
    const permutation = [0, 2, 1];
    const y = np.ones([2, 3, 4]);
    expect(lax.transpose(y, permutation).shape).toEqual([2, 4, 3]);
    permutation.splice(0, 3, 1, 2, 0);
    expect(lax.transpose(y, permutation).shape).toEqual([3, 4, 2]);
    const reshaped = makeJaxpr((z: Tensor) => lax.reshape(z, shape))(x);
    shape.reverse();
    expect(String(reshaped)).toContain("new_sizes=(3, 2)");
  });

  it("tell parameters apart that hash alike", () => {
    const x = np.array([3.7, -1.2]);
    for (let round = 0; round < 2; round++) {
      expect(x.astype("int32").dtype).toBe("int32");
      expect(x.astype("uint8").dtype).toBe("uint8");
      expect(x.astype("int8").dtype).toBe("int8");
      expect(x.astype("int64").dtype).toBe("int64");
      for (let n = 1; n < 200; n++) expect(np.ones([n]).sum().item()).toBe(n);
    }
  });
});

describe("JSON", () => {
  it("shows values", () => {
    const tree = {
      loss: np.array([0.5, NaN]),
      n: np.array([1n, 2n ** 60n]),
      z: np.array({ re: 1, im: 2 }),
      b: np.array(true),
    };
    expect(JSON.parse(JSON.stringify(tree))).toEqual({
      loss: [0.5, null],
      n: [1, String(2n ** 60n)],
      z: { re: 1, im: 2 },
      b: true,
    });
    expect(thrownBy(() => jit((x: Tensor) => np.array(JSON.stringify(x).length))(1)).code).toBe("CT301");
  });
});
