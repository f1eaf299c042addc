import { describe, expect, it } from "vitest";
import { numpy as np, type Tensor } from "../../src/index.js";
import { decodeNumbers, type GoldenValue, isGoldenArray, readGolden } from "../golden/read.js";
import { expectGolden } from "../golden/tensors.js";
import { call, functionOf, type RecordedCall } from "./golden-call.js";

/** Results of which signs are not determined: those parts are compared by their moduli. */
const upToSigns: Readonly<Record<string, readonly number[]>> = { "linalg.eigh": [1] };

const moduli = (x: GoldenValue): GoldenValue => (isGoldenArray(x) ? { ...x, data: decodeNumbers(x).map(Math.abs) } : x);

/** Named tuples of Python are tuples here; where signs are free, all is made positive. */
function comparable(fn: string, actual: unknown, golden: GoldenValue): [unknown, GoldenValue] {
  const isNamed = typeof golden === "object" && golden !== null && !Array.isArray(golden) && !isGoldenArray(golden);
  const expected: GoldenValue = isNamed && Array.isArray(actual) ? Object.values(golden) : golden;
  const free = upToSigns[fn];
  if (free === undefined || !Array.isArray(actual) || !Array.isArray(expected)) return [actual, expected];
  return [
    actual.map((x, i) => (free.includes(i) ? np.abs(x as Tensor) : x)),
    expected.map((x: GoldenValue, i) => (free.includes(i) ? moduli(x) : x)),
  ];
}

/** Functions of the records that are not in the namespace, and why. */
const absent: Readonly<Record<string, string>> = {
  array_repr: "Python's text of an array; here String(x)",
  array_str: "Python's text of an array; here String(x)",
};

/** Records that differ by design. */
const byDesign: readonly ((r: RecordedCall) => boolean)[] = [
  // Whole numbers in nested arrays are float32: JavaScript does not tell 1 from 1.0.
  (r) => r.fn === "array" && JSON.stringify(r.args) === "[[[1,2],[3,4]]]",
  // The default types are the 32-bit ones in every program: there is no x64 mode.
  (r) => r.x64 === true && r.fn === "argmax",
  (r) => r.x64 === true && r.fn === "add" && JSON.stringify(r.out).includes('"weak":true'),
  // A list names elements one by one; there are no slice objects.
  (r) => r.fn === "delete" && JSON.stringify(r.args).includes('"slice"'),
];

const all = readGolden<RecordedCall>("numpy.json").records;
const records = all.filter((r) => !(r.fn in absent) && !byDesign.some((differs) => differs(r)));

describe("numpy against JAX", () => {
  it("has every recorded function but those that are named", () => {
    const names = [...new Set(all.map((r) => r.fn))];
    const unknown = names.filter((fn) => functionOf(fn) === undefined && !(fn in absent));
    expect(unknown).toEqual([]);
    expect(names.length - Object.keys(absent).length).toBeGreaterThanOrEqual(375);
    expect(records.length).toBeGreaterThanOrEqual(990);
  });

  it.each(records.map((r, i) => [`${r.fn} (${i})`, r] as const))("%s", (_, record) => {
    expectGolden(...comparable(record.fn, call(record), record.out));
  });
});
