import { describe, expect, it } from "vitest";
import { asTensor } from "../../src/core/array-like.js";
import type { Tensor } from "../../src/core/tensor.js";
import { batches, prefetch, split } from "../../src/data/index.js";
import { reshape } from "../../src/primitives/shape.js";
import { key } from "../../src/random/index.js";

const table = (rows: number, columns: number): Tensor =>
  reshape(
    asTensor(
      Float32Array.from({ length: rows * columns }, (_, i) => i),
      "test",
    ),
    [rows, columns],
  );
const labels = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);
const sorted = (xs: Iterable<number>): number[] => [...xs].sort((a, b) => a - b);

describe("data.batches", () => {
  it("walks the rows in order without a key, the last batch with what is left", () => {
    const walked = batches({ x: table(5, 2), y: labels(5) }, 2);
    expect(walked.length).toBe(3);
    expect([...walked].map((b) => [b.x.js(), b.y.js()])).toEqual([
      [
        [
          [0, 1],
          [2, 3],
        ],
        [0, 1],
      ],
      [
        [
          [4, 5],
          [6, 7],
        ],
        [2, 3],
      ],
      [[[8, 9]], [4]],
    ]);
  });

  it("leaves out what does not fill a batch if told so", () => {
    const walked = batches(labels(5), 2, { dropRemainder: true });
    expect(walked.length).toBe(2);
    expect([...walked].map((b) => b.shape)).toEqual([[2], [2]]);
  });

  it("goes on from a batch as if it had walked there", () => {
    const options = { key: key(1) };
    const all = [...batches(labels(20), 3, options)].map((y) => y.js());
    for (const start of [0, 1, 6, 7, 9]) {
      const rest = batches(labels(20), 3, { ...options, start });
      expect(rest.length).toBe(7);
      expect([...rest].map((y) => y.js())).toEqual(all.slice(start));
    }
    expect(() => batches(labels(4), 2, { start: -1 })).toThrow(/start is -1, but .* at least 0.*CT004/);
  });

  it("shuffles rows by the key, all leaves alike, every row once", () => {
    const walked = batches([table(50, 2), labels(50)] as const, 8, { key: key(1) });
    const seen: number[] = [];
    for (const [x, y] of walked) {
      expect((x.js() as number[][]).map((row) => row[0] / 2)).toEqual(y.js());
      seen.push(...(y.js() as number[]));
    }
    expect(sorted(seen)).toEqual([...labels(50)]);
    expect(seen).not.toEqual(sorted(seen));
    const again = [...walked].flatMap(([, y]) => y.js() as number[]);
    expect(again).toEqual(seen);
    const other = [...batches(labels(50), 8, { key: key(2) })].flatMap((y) => y.js() as number[]);
    expect(other).not.toEqual(seen);
  });

  it("keeps dtypes and the tree's structure", () => {
    const [batch] = batches({ a: [table(3, 2)], b: Uint8Array.of(1, 2, 3), none: null }, 2);
    expect(batch.a[0].dtype).toBe("float32");
    expect(batch.b.dtype).toBe("uint8");
    expect(batch.none).toBeNull();
  });

  it("says which leaves do not go together", () => {
    expect(() => batches({ x: table(5, 2), y: labels(4) }, 2)).toThrow(
      "data.batches: .x has 5 rows and .y has 4. All leaves need equally many: row i of each belongs together.  [CT103]",
    );
    expect(() => batches({ x: 1 }, 2)).toThrow(/\.x is a scalar, which has no rows.*CT103/);
    expect(() => batches({}, 2)).toThrow(/no leaves.*CT003/);
    expect(() => batches(labels(4), 0)).toThrow(
      "data.batches: batchSize is 0, but it must be a whole number of at least 1.  [CT004]",
    );
    expect(() => batches(labels(4), 2, { shuffle: true } as object)).toThrow(/unknown option 'shuffle'.*CT001/);
  });
});

describe("data.split", () => {
  it("splits by sizes", () => {
    const [a, b, c] = split({ y: labels(6) }, [3, 1, 2]);
    expect([a.y.js(), b.y.js(), c.y.js()]).toEqual([[0, 1, 2], [3], [4, 5]]);
  });

  it("splits by a fraction, shuffled by a key", () => {
    const [a, b] = split(labels(10), 0.7, { key: key(0) });
    expect([a.shape, b.shape]).toEqual([[7], [3]]);
    expect(sorted([...(a.js() as number[]), ...(b.js() as number[])])).toEqual([...labels(10)]);
    expect(a.js()).not.toEqual(sorted(a.js() as number[]));
  });

  it("puts every row somewhere", () => {
    expect(() => split(labels(10), [7, 2])).toThrow(
      "data.split: the sizes [7, 2] add up to 9, but there are 10 rows. Every row must go into one part.  [CT107]",
    );
    expect(() => split(labels(10), [11, -1])).toThrow(/sizes\[1\] is -1.*CT004/);
    expect(() => split(labels(10), 7)).toThrow(/fraction is 7, but it must lie between 0 and 1.*CT004/);
  });
});

describe("data.prefetch", () => {
  it("runs ahead by its size and keeps the order", () => {
    const made: number[] = [];
    function* trees(): Generator<{ i: Int32Array }> {
      for (let i = 0; i < 5; i++) {
        made.push(i);
        yield { i: Int32Array.of(i) };
      }
    }
    const seen: number[] = [];
    for (const { i } of prefetch(trees(), { size: 2, device: "reference:1" })) {
      expect(String(i.device)).toBe("reference:1");
      seen.push((i.js() as number[])[0]);
      expect(made.length).toBe(Math.min(5, seen.length + 2));
    }
    expect(seen).toEqual([0, 1, 2, 3, 4]);
  });
});
