import { describe, expect, it } from "vitest";
import { hashData, sameData, snapshot, withOwnLists } from "../../src/prelude/same-data.js";

class Box {
  constructor(readonly x: number) {}
}
const f = (): number => 1;
const box = new Box(1);
/** Values that are all different. */
const values = [
  0,
  -0,
  NaN,
  1,
  "1",
  1n,
  true,
  false,
  null,
  undefined,
  "",
  [],
  [1],
  [1, 2],
  [1, [2]],
  [[1], 2],
  {},
  { a: 1 },
  { b: 1 },
  { a: 1, b: 2 },
  { a: undefined },
  { 0: 1 },
  f,
  box,
  new Box(1),
];

describe("data compared by content", () => {
  it("tells all values apart, and knows each again", () => {
    for (const [i, a] of values.entries()) {
      for (const [j, b] of values.entries()) expect(sameData(a, b), `${i} ${j}`).toBe(i === j);
    }
    expect(sameData([1, { a: [2, "x"] }], [1, { a: [2, "x"] }])).toBe(true);
    expect(sameData({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  });

  it("gives equal data equal hashes", () => {
    for (const v of values) expect(hashData(snapshot(v))).toBe(hashData(v));
    expect(hashData([1, 2])).not.toBe(hashData([2, 1]));
  });

  it("takes copies that later changes do not reach", () => {
    const original = { shape: [2, 3], nested: { list: [[1]] }, f, box };
    const copy = snapshot(original) as typeof original;
    expect(copy).toEqual(original);
    original.shape[0] = 9;
    original.nested.list[0].push(2);
    expect(copy.shape).toEqual([2, 3]);
    expect(copy.nested.list).toEqual([[1]]);
    expect(copy.f).toBe(f);
    expect(copy.box).toBe(box);
  });

  it("copies lists alone where that is enough", () => {
    const original = { axes: [[1, 2], [3]], name: "x", nested: { list: [1] } };
    const copy = withOwnLists(original);
    original.axes[0].push(9);
    expect(copy.axes).toEqual([[1, 2], [3]]);
    expect(copy.nested).toBe(original.nested);
    const plain = { a: 1 };
    expect(withOwnLists(plain)).toBe(plain);
  });
});
