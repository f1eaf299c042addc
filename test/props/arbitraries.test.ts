/** What the arbitraries make: valid, varied, readable, and shrinking to the simplest. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraries } from "../../props/index.js";
import { numbersOf } from "../../props/leaves.js";
import { jit } from "../../src/api/index.js";
import { dtypes } from "../../src/core/dtype.js";
import { Tensor } from "../../src/core/tensor.js";
import { prod } from "../../src/prelude/numbers.js";

/** The simplest value for which a predicate holds. */
function smallest<T>(arbitrary: fc.Arbitrary<T>, holds: (x: T) => boolean, numRuns = 300): T {
  const details = fc.check(
    fc.property(arbitrary, (x) => !holds(x)),
    { numRuns, seed: 7 },
  );
  expect(details.failed).toBe(true);
  return (details.counterexample as [T])[0];
}

const sample = <T>(arbitrary: fc.Arbitrary<T>, numRuns = 400): T[] => fc.sample(arbitrary, { numRuns, seed: 11 });
const printed = (x: unknown): string => fc.stringify(x);

describe("shape", () => {
  it("stays within its bounds", () => {
    for (const s of sample(arbitraries.shape({ minRank: 1, maxRank: 2, minSide: 0, maxSide: 4 }))) {
      expect(s.length).toBeGreaterThanOrEqual(1);
      expect(s.length).toBeLessThanOrEqual(2);
      expect(s.every((d) => Number.isInteger(d) && d >= 0 && d <= 4)).toBe(true);
    }
  });
  it("has every rank, and long sides now and then", () => {
    const shapes = sample(arbitraries.shape());
    expect(new Set(shapes.map((s) => s.length))).toEqual(new Set([0, 1, 2, 3]));
    const long = shapes.filter((s) => s.some((d) => d > 8)).length;
    expect(long).toBeGreaterThan(10);
    expect(long).toBeLessThan(200);
    expect(Math.max(...shapes.map(prod))).toBeLessThanOrEqual(512);
  });
  it("takes higher ranks", () => {
    expect(sample(arbitraries.shape({ minRank: 5, maxSide: 2 }), 20).every((s) => s.length === 5)).toBe(true);
  });
  it("shrinks to fewer and shorter sides", () => {
    expect(smallest(arbitraries.shape(), () => true)).toEqual([]);
    expect(smallest(arbitraries.shape(), (s) => s.length >= 2)).toEqual([1, 1]);
    expect(smallest(arbitraries.shape({ minRank: 1, maxRank: 1 }), (s) => s[0] > 8)).toEqual([9]);
    expect(smallest(arbitraries.shape({ minSide: 0 }), (s) => s.includes(0))).toEqual([0]);
  });
  it("says what is wrong with its options", () => {
    expect(() => arbitraries.shape({ minRank: 3, maxRank: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: arbitraries.shape: minRank and maxRank must be non-negative integers in this order, but they are 3 and 2.  [CT003]]`,
    );
    expect(() => arbitraries.shape({ minDim: 1 } as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: arbitraries.shape: unknown option 'minDim'. Known options: minRank, maxRank, minSide, maxSide.  [CT001]]`,
    );
  });
});

describe("dtype", () => {
  it("makes every dtype", () => {
    const known = Object.keys(dtypes).filter((d) => d !== "float0");
    expect(new Set(sample(arbitraries.dtype()))).toEqual(new Set(known));
  });
  it("keeps to kinds, and shrinks to the first", () => {
    expect(new Set(sample(arbitraries.dtype({ kinds: ["complex"] })))).toEqual(new Set(["complex64", "complex128"]));
    expect(smallest(arbitraries.dtype(), () => true)).toBe("float32");
    expect(smallest(arbitraries.dtype({ kinds: ["int", "bool"] }), () => true)).toBe("int32");
  });
  it("says what is wrong with its options", () => {
    expect(() => arbitraries.dtype({ kinds: ["number" as never] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: arbitraries.dtype: kinds must be a list of float, int, uint, bool, complex, but it has "number".  [CT003]]`,
    );
  });
});

describe("broadcastable", () => {
  const compatible = (shapes: readonly (readonly number[])[]): boolean =>
    [1, 2, 3, 4].every((k) => new Set(shapes.map((s) => s.at(-k) ?? 1).filter((d) => d !== 1)).size <= 1);
  it("makes shapes that broadcast", () => {
    const lists = sample(arbitraries.broadcastable(3));
    expect(lists.every((shapes) => shapes.length === 3 && compatible(shapes))).toBe(true);
    expect(lists.some(([a, b]) => a.length > b.length)).toBe(true);
    expect(lists.some(([a, b]) => a.some((d, i) => d > 1 && b[i - a.length + b.length] === 1))).toBe(true);
    expect(lists.some(([a, b]) => b.some((d, i) => d > 1 && a[i - b.length + a.length] === 1))).toBe(true);
  });
  it("shrinks to scalars, and to equal shapes", () => {
    expect(smallest(arbitraries.broadcastable(2), () => true)).toEqual([[], []]);
    expect(smallest(arbitraries.broadcastable(2), ([a]) => a.length > 0)).toEqual([[1], [1]]);
  });
});

describe("tensor", () => {
  it("has the shape, dtype and bounds asked for", () => {
    for (const x of sample(arbitraries.tensor({ shape: [2, 3], dtype: "float64", min: 0.5, max: 2 }), 100)) {
      expect(x).toBeInstanceOf(Tensor);
      expect([x.shape, x.dtype]).toEqual([[2, 3], "float64"]);
      expect(numbersOf(x).every((v) => v >= 0.5 && v <= 2)).toBe(true);
    }
  });
  it("makes numbers that every dtype has", () => {
    for (const x of sample(arbitraries.tensor({ dtype: arbitraries.dtype() }))) {
      const numbers = numbersOf(x);
      expect(numbers).toHaveLength(x.size * (dtypes[x.dtype].kind === "complex" ? 2 : 1));
      expect(numbers.every(Number.isFinite)).toBe(true);
      if (dtypes[x.dtype].kind === "unsigned") expect(numbers.every((v) => v >= 0)).toBe(true);
      if (x.dtype === "bool") expect(numbers.every((v) => v === 0 || v === 1)).toBe(true);
    }
  });
  it("mixes round, repeated, equal and random values", () => {
    const all = sample(arbitraries.tensor({ shape: [6] })).map((x) => [...numbersOf(x)]);
    const count = (holds: (v: number[]) => boolean): number => all.filter(holds).length;
    expect(count((v) => v.every((x) => Number.isInteger(2 * x)))).toBeGreaterThan(80);
    expect(count((v) => new Set(v).size < v.length)).toBeGreaterThan(120);
    expect(count((v) => new Set(v).size === 1)).toBeGreaterThan(20);
    expect(count((v) => v.every((x) => !Number.isInteger(2 * x)) && new Set(v).size === v.length)).toBeGreaterThan(80);
    expect(count((v) => v.includes(0))).toBeGreaterThan(80);
  });
  it("prints as the call that makes it", () => {
    const print = (options: Parameters<typeof arbitraries.tensor>[0], holds: (x: Tensor) => boolean): string =>
      printed(smallest(arbitraries.tensor(options), holds));
    const last = (x: Tensor): number => numbersOf(x).at(-1) ?? 0;
    expect(print({ shape: [2, 2] }, (x) => last(x) > 1.2)).toBe("np.array([[0, 0], [0, 2]])");
    expect(print({ shape: [], dtype: "float64" }, (x) => last(x) < -0.2)).toBe('np.array(-1, { dtype: "float64" })');
    expect(print({ shape: [1], dtype: "int64" }, () => true)).toBe('np.array([0n], { dtype: "int64" })');
    expect(print({ shape: [1], dtype: "bool" }, (x) => last(x) === 1)).toBe('np.array([true], { dtype: "bool" })');
    expect(print({ shape: [1], dtype: "complex64" }, (x) => last(x) > 0)).toBe(
      'np.array([{ re: 0, im: 1 }], { dtype: "complex64" })',
    );
    expect(print({ shape: [0, 2] }, () => true)).toBe('np.zeros([0, 2], { dtype: "float32" })');
    expect(print({ min: 0.1, max: 0.3, shape: [1] }, (x) => last(x) > 0.18)).toBe("np.array([0.2])");
  });
  it("shrinks shapes and values together", () => {
    const big = smallest(arbitraries.tensor(), (x) => x.size >= 5 && numbersOf(x).some((v) => v > 1));
    expect(big.size).toBeLessThanOrEqual(6);
    expect([...numbersOf(big)].sort()).toEqual([...new Array(big.size - 1).fill(0), 2]);
    const ties = smallest(arbitraries.tensor({ shape: arbitraries.shape({ minRank: 1, maxRank: 1 }) }), (x) => {
      const v = [...numbersOf(x)];
      return new Set(v).size < v.length;
    });
    expect(printed(ties)).toBe("np.array([0, 0])");
    expect(smallest(arbitraries.tensor({ dtype: arbitraries.dtype() }), () => true).dtype).toBe("float32");
  });
  it("shrinks to values within bounds that have no round ones", () => {
    const x = smallest(arbitraries.tensor({ min: 10.2, max: 20.7, shape: [1] }), () => true);
    expect([...numbersOf(x)]).toEqual([11]);
    const narrow = smallest(arbitraries.tensor({ min: 0.21, max: 0.24, shape: [1] }), () => true);
    expect(numbersOf(narrow)[0]).toBeGreaterThanOrEqual(0.21);
  });
  it("says what is wrong with its options", () => {
    expect(() => arbitraries.tensor({ min: 2, max: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: arbitraries.tensor: min and max must be numbers in this order, but they are 2 and 1.  [CT003]]`,
    );
    expect(() => arbitraries.tensor({ dtype: "float" as never })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: arbitraries.tensor: "float" is not a dtype. Use one of bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, bfloat16, float32, float64, complex64, complex128.  [CT012]]`,
    );
    expect(() => arbitraries.tensor({ dtpye: "float32" } as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: arbitraries.tensor: unknown option 'dtpye'. Did you mean 'dtype'? Known options: shape, dtype, min, max.  [CT001]]`,
    );
    expect(() =>
      sample(arbitraries.tensor({ dtype: "int32", min: 0.2, max: 0.8 }), 1),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: arbitraries.tensor: no int32 is between 0.2 and 0.8.  [CT003]]`,
    );
  });
});

describe("tensors", () => {
  it("shrink their shapes together", () => {
    const pair = arbitraries.tensors({ shapes: arbitraries.broadcastable(2) });
    const [x, y] = smallest(pair, ([x, y]) => x.ndim === 2 && y.ndim > 0 && numbersOf(y).some((v) => v > 0));
    expect(printed([x, y])).toBe("[np.array([[0]]),np.array([[1]])]");
  });
  it("keep fixed shapes", () => {
    const lists = sample(arbitraries.tensors({ shapes: [[2], []], dtype: "float64" }), 10);
    expect(lists.every(([x, y]) => x.shape[0] === 2 && y.ndim === 0 && x.dtype === "float64")).toBe(true);
  });
});

describe("pytree", () => {
  const trees = arbitraries.pytree(arbitraries.tensor());
  it("nests arrays, objects, null and leaves", () => {
    const all = sample(trees);
    expect(all.some((t) => t instanceof Tensor)).toBe(true);
    expect(all.some((t) => t === null)).toBe(true);
    expect(all.some((t) => Array.isArray(t) && t.some(Array.isArray))).toBe(true);
    expect(all.some((t) => typeof t === "object" && t !== null && "w" in t)).toBe(true);
  });
  it("shrinks to a leaf", () => {
    expect(printed(smallest(trees, () => true))).toMatch(/^np\.array/);
    const list = smallest(trees, (t) => Array.isArray(t) && t.length > 1) as unknown[];
    expect(list).toHaveLength(2);
  });
});

describe("program", () => {
  it("runs, gives finite numbers of the type it was decoded for, and stages", () => {
    fc.assert(
      fc.property(arbitraries.program(), ({ f, args }) => {
        const out = f(...args);
        expect(out.dtype).toBe("float32");
        expect(numbersOf(out).every((v) => Number.isFinite(v) && Math.abs(v) <= 10)).toBe(true);
        expect(jit(f)(...args).shape).toEqual(out.shape);
      }),
      { numRuns: 200, seed: 3 },
    );
  });
  it("prints the shapes that its values have", () => {
    for (const program of sample(arbitraries.program(), 50)) {
      const shape = /\/\/ \[([\d, ]*)\]$/.exec(String(program))?.[1];
      expect(shape).toBe(program.f(...program.args).shape.join(", "));
      expect(printed(program)).toBe(String(program));
    }
  });
  it("takes as many arguments and steps as asked for", () => {
    const programs = sample(arbitraries.program({ maxArgs: 2, maxSteps: 3 }), 100);
    expect(new Set(programs.map((p) => p.args.length))).toEqual(new Set([1, 2]));
    expect(Math.max(...programs.map((p) => String(p).match(/ {2}v\d+ = /g)?.length ?? 0))).toBe(3);
  });
  it("uses every operation", () => {
    const text = sample(arbitraries.program(), 1500).map(String).join("\n");
    const names =
      "sin neg add mul sub tanh logaddexp where reduceSum reduceMax reduceProd logsumexp softmax cumsum cumprod";
    for (const name of `${names} rev sort reshape transpose broadcastInDim dot slice dynamicSlice pad concatenate scan cond vmap jit checkpoint`.split(
      " ",
    )) {
      expect(text).toContain(`${name}(`);
    }
  });
  it("shrinks to a short program on small tensors", () => {
    const plain = smallest(arbitraries.program(), () => true);
    expect(String(plain)).toMatchInlineSnapshot(`
      "program
        x0 = np.array(0, { dtype: "float32" })
        v0 = sin(x0)  // []"
    `);
    const cumulative = smallest(arbitraries.program(), (program) => String(program).includes("cumsum"), 2000);
    expect(String(cumulative)).toMatchInlineSnapshot(`
      "program
        x0 = np.array(0, { dtype: "float32" })
        v0 = reshape(x0, [1])  // [1]
        v1 = cumsum(v0, 0)  // [1]"
    `);
  });
});
