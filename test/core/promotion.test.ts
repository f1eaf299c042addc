import { describe, expect, it } from "vitest";
import { type DType, promoteTypes, type TypedScalarKind } from "../../src/core/dtype.js";
import { readGolden } from "../golden/read.js";

interface Pair {
  readonly kind: "pair";
  readonly a: string;
  readonly b: string;
  readonly out: string;
}
interface Many {
  readonly kind: "many";
  readonly in: readonly string[];
  readonly out: string;
}

const { records } = readGolden<Pair | Many | { readonly kind: "unary" | "binary" }>("promotion.json");

const parse = (text: string): TypedScalarKind => ({
  dtype: text.replace("*", "") as DType,
  weakType: text.endsWith("*"),
});
const spell = ({ dtype, weakType }: TypedScalarKind): string => `${dtype}${weakType ? "*" : ""}`;

describe("promoteTypes", () => {
  it("is JAX's table, for every pair of types and weak types", () => {
    const pairs = records.filter((r): r is Pair => r.kind === "pair");
    expect(pairs.length).toBe(18 * 18);
    const got = pairs.map(({ a, b }) => `${a} ${b} → ${spell(promoteTypes([parse(a), parse(b)]))}`);
    expect(got).toEqual(pairs.map(({ a, b, out }) => `${a} ${b} → ${out}`));
  });

  it("is JAX's for three and four types at once", () => {
    const many = records.filter((r): r is Many => r.kind === "many");
    expect(many.length).toBeGreaterThan(300);
    const got = many.map((r) => `${r.in} → ${spell(promoteTypes(r.in.map(parse)))}`);
    expect(got).toEqual(many.map((r) => `${r.in} → ${r.out}`));
  });
});
