import { describe, expect, it } from "vitest";
import type { DType } from "../../src/core/dtype.js";
import { grad, jit, makeJaxpr, numpy as np, type Tensor, vmap } from "../../src/index.js";
import { type GoldenArray, readGolden } from "../golden/read.js";
import { difference, goldenTensor } from "../golden/tensors.js";

type Part =
  | number
  | boolean
  | null
  | "..."
  | { readonly slice: readonly (number | null)[] }
  | { readonly int: never; readonly dtype: DType }
  | { readonly bool: never };

interface Recorded {
  readonly index: readonly Part[];
  readonly op: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly x: GoldenArray;
  readonly values?: GoldenArray;
  readonly out: GoldenArray;
  readonly grad?: GoldenArray;
  readonly grads?: readonly GoldenArray[] | null;
}

function part(p: Part): np.IndexPart {
  if (p === null || typeof p !== "object") return p;
  if ("slice" in p) return p.slice as unknown as np.SlicePart;
  return "int" in p ? np.array(p.int, { dtype: p.dtype }) : np.array(p.bool, { dtype: "bool" });
}

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase());
const optionsOf = (r: Recorded) => Object.fromEntries(Object.entries(r.options ?? {}).map(([k, v]) => [camel(k), v]));

/** The weights under which the recorded gradients were taken. */
const weights = (shape: readonly number[]): Tensor => {
  const n = shape.reduce((a, b) => a * b, 1);
  return np.reshape(np.array(Float32Array.from({ length: n }, (_, i) => (((i * 7 + 3) % 11) + 1) / 4)), shape);
};

const { records } = readGolden<Recorded>("indexing.json");
const named = records.map((r, i) => [i, `${r.op} ${JSON.stringify(r.index)} of [${r.x.shape}]`, r] as const);

describe("reading", () => {
  const reading = named.filter(([, , r]) => r.values === undefined);
  const read = (r: Recorded) => (x: Tensor) => {
    const index = r.index.map(part);
    return r.op === "slice" ? x.slice(...index) : np.nanToNum(x.at(...index).get(optionsOf(r)), { nan: -99 });
  };
  it.each(reading)("%i: %s", (_, __, r) => {
    const f = read(r);
    expect(difference(f(goldenTensor(r.x)), r.out)).toBeNull();
    expect(difference(jit(f)(goldenTensor(r.x)), r.out)).toBeNull();
  });
  it.each(reading)("%i: the gradient of %s", (_, __, r) => {
    const f = read(r);
    const loss = (x: Tensor) => f(x).mul(weights(r.out.shape)).sum();
    expect(difference(grad(loss)(goldenTensor(r.x)), r.grad as GoldenArray)).toBeNull();
  });
});

describe("writing", () => {
  const writing = named.filter(([, , r]) => r.values !== undefined);
  const write = (r: Recorded) => (x: Tensor, y: Tensor) => {
    const places = x.at(...r.index.map(part)) as unknown as Readonly<Record<string, (y: Tensor, o: object) => Tensor>>;
    return places[r.op](y, optionsOf(r));
  };
  it.each(writing)("%i: %s", (_, __, r) => {
    const f = write(r);
    const y = goldenTensor(r.values as GoldenArray);
    expect(difference(f(goldenTensor(r.x), y), r.out)).toBeNull();
    expect(difference(jit(f)(goldenTensor(r.x), y), r.out)).toBeNull();
  });
  it.each(writing.filter(([, , r]) => r.grads))("%i: the gradients of %s", (_, __, r) => {
    const f = write(r);
    const loss = (x: Tensor, y: Tensor) => f(x, y).mul(weights(r.out.shape)).sum();
    const grads = grad(loss, { argnums: [0, 1] })(goldenTensor(r.x), goldenTensor(r.values as GoldenArray));
    const [gx, gy] = r.grads as readonly GoldenArray[];
    expect(difference(grads[0], gx)).toBeNull();
    expect(difference(grads[1], gy)).toBeNull();
  });
});

describe("indices", () => {
  const x = np.reshape(np.arange(12, { dtype: "float32" }), [3, 4]);

  it("may be typed arrays, nested arrays of integers and arrays of booleans", () => {
    expect(x.slice(Int32Array.of(2, 0)).js()).toEqual([
      [8, 9, 10, 11],
      [0, 1, 2, 3],
    ]);
    expect(x.slice([[2], [0]], [[1, 3]]).js()).toEqual([
      [9, 11],
      [1, 3],
    ]);
    expect(x.slice([true, false, true], 0).js()).toEqual([0, 8]);
    expect(x.slice(1n).js()).toEqual([4, 5, 6, 7]);
  });

  it("leave the array to other names", () => {
    x.at(0).set(99);
    expect(x.slice(0, 0).item()).toBe(0);
  });

  it.each([
    ["too many parts", () => x.slice(0, 0, 0), /CT112/],
    ["two ellipses", () => x.slice("...", "..."), /CT113/],
    ["a fraction", () => x.slice(0.5), /0\.5.*CT113/s],
    ["a flat array of numbers that is no slice", () => x.slice([0, 1, 2, 0] as never), /int32.*CT113/s],
    ["a string", () => x.slice("all" as never), /CT113/],
    ["a float tensor", () => x.slice(np.array([0, 1])), /astype\("int32"\).*CT105/s],
    ["a step of 0", () => x.slice([0, 2, 0]), /CT004/],
    ["a mask of another shape", () => x.slice([true, false]), /\[2\].*\[3\].*CT112/s],
    ["an empty dimension", () => np.zeros([0]).slice(0), /CT111/],
    ["an unknown mode", () => x.at(0).get({ mode: "wrap" as never }), /CT003/],
    ["an unknown option", () => x.at(0).set(1, { modes: "clip" } as never), /'modes'.*'mode'.*CT001/s],
    ["values that do not fit", () => x.at(0).set([1, 2, 3]), /\[3\].*\[4\].*CT103/s],
  ])("refuse %s", (_, f, message) => {
    expect(f).toThrow(message);
  });

  it("refuse masks that are traced, but not those that grad traces", () => {
    expect(() => jit((y: Tensor) => y.slice(y.greater(0)))(x)).toThrow(/np\.where.*CT304/s);
    expect(() => vmap((y: Tensor) => y.slice(y.greater(0)))(x)).toThrow(/CT304/);
    const g = grad((y: Tensor) => y.slice(y.greater(5)).sum())(x);
    expect(g.sum().item()).toBe(6);
  });

  it("keep integer types on integer arrays", () => {
    const counts = np.zeros([3], { dtype: "int32" });
    expect(counts.at([[0, 0, 2]]).add(1).dtype).toBe("int32");
    expect(
      counts
        .at([[0, 0, 2]])
        .add(1)
        .js(),
    ).toEqual([[2, 0, 1]].flat());
  });

  it("apply functions to the elements they name", () => {
    expect(np.array([1, 4, 9]).at([1, null]).apply(np.sqrt).js()).toEqual([1, 2, 3]);
  });

  it("batch with vmap, in the array, the index or both", () => {
    const i = np.array([2, 0, 3], { dtype: "int32" });
    const take = (y: Tensor, j: Tensor) => y.slice(j);
    expect(vmap(take)(x, i).js()).toEqual([2, 4, 11]);
    expect(vmap(take, { inAxes: [null, 0] })(x.slice(1), i).js()).toEqual([6, 4, 7]);
    expect(vmap(take, { inAxes: [1, null] })(x, 1).js()).toEqual([4, 5, 6, 7]);
    const put = (y: Tensor, j: Tensor) => y.at(j).set(-1);
    expect(vmap(put)(x, i).slice("...", 3).js()).toEqual([3, 7, -1]);
  });

  it("become slices where they are constant", () => {
    expect(String(makeJaxpr((y: Tensor) => y.slice([1, 3], -1))(x))).toMatch(
      /slice\[limit_indices=\(3, 4\) start_indices=\(1, 3\)/,
    );
    expect(String(makeJaxpr((y: Tensor) => y.slice([null, null]))(x))).toBe("{ lambda ; a:f32[3,4]. let  in (a,) }");
  });
});

describe("iteration", () => {
  it("walks the leading axis", () => {
    const rows = [
      ...np.array([
        [1, 2],
        [3, 4],
      ]),
    ];
    expect(rows.map((r) => r.js())).toEqual([
      [1, 2],
      [3, 4],
    ]);
    const [a, b] = np.array([5, 6]);
    expect([a.item(), b.item()]).toEqual([5, 6]);
  });
  it("refuses scalars", () => {
    expect(() => [...np.array(1)]).toThrow(/CT109/);
  });
  it("is differentiable", () => {
    const f = (x: Tensor) => {
      let product = np.array(1, { dtype: "float32" });
      for (const y of x) product = product.mul(y);
      return product;
    };
    expect(grad(f)(np.array([2, 3, 4])).js()).toEqual([12, 8, 6]);
  });
});
