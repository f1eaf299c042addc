import { describe, expect, it } from "vitest";

interface Condition {
  path?: string;
  pathNot?: string;
}
interface Rule {
  name: string;
  from: Condition;
  to: Condition & { circular?: boolean; dependencyTypes?: string[]; couldNotResolve?: boolean };
}

// By URL, as the configuration is plain JavaScript without types.
const url = new URL("../../.dependency-cruiser.mjs", import.meta.url).href;
const rules = ((await import(/* @vite-ignore */ url)) as { default: { forbidden: Rule[] } }).default.forbidden;

const matches = (condition: Condition, file: string, from?: RegExpMatchArray | null): boolean => {
  const fill = (pattern: string) => pattern.replaceAll(/\$(\d)/g, (_, i: string) => from?.[Number(i)] ?? "");
  return (
    (condition.path === undefined || new RegExp(fill(condition.path)).test(file)) &&
    (condition.pathNot === undefined || !new RegExp(fill(condition.pathNot)).test(file))
  );
};

/** The rules an import breaks, cycles and package kinds aside. */
function broken(from: string, to: string): string[] {
  return rules
    .filter((rule) => !rule.to.circular && !rule.to.dependencyTypes && !rule.to.couldNotResolve)
    .filter((rule) => matches(rule.from, from) && matches(rule.to, to))
    .map((rule) => rule.name);
}

describe("the layers", () => {
  it.each([
    ["src/core/a.ts", "src/prelude/errors.ts"],
    ["src/api/grad.ts", "src/interpreters/jvp.ts"],
    ["src/core/aval.ts", "xla-like/index.ts"],
    ["src/prelude/fp.ts", "node_modules/fp-ts/lib/Either.js"],
    ["src/index.ts", "src/data/index.ts"],
    ["props/index.ts", "src/index.ts"],
    ["test/tree/at.test.ts", "src/tree/index.ts"],
    ["xla-like/pipeline/compile.ts", "xla-like/2-fuse/index.ts"],
    ["xla-like/runtime/native.ts", "build/Release/cotangent.node"],
    ["xla-like/reference/evaluate.ts", "xla-like/hlo/dtype.ts"],
  ])("let %s import %s", (from, to) => {
    expect(broken(from, to)).toEqual([]);
  });

  it.each([
    ["src/prelude/errors.ts", "src/tree/index.ts"],
    ["src/tree/flatten.ts", "src/core/tensor.ts"],
    ["src/core/tensor.ts", "src/numpy/index.ts"],
    ["src/core/aval.ts", "xla-like/hlo/dtype.ts"],
    ["src/core/tensor.ts", "src/index.ts"],
    ["src/core/tensor.ts", "props/index.ts"],
    ["src/core/tensor.ts", "node_modules/fp-ts/lib/Either.js"],
    ["src/core/tensor.ts", "test/golden/read.ts"],
    ["xla-like/hlo/shape.ts", "src/prelude/numbers.ts"],
    ["xla-like/hlo/shape.ts", "xla-like/pipeline/index.ts"],
    ["xla-like/2-fuse/index.ts", "xla-like/3-schedule/index.ts"],
    ["xla-like/reference/evaluate.ts", "xla-like/1-simplify/index.ts"],
    ["xla-like/runtime/client.ts", "build/Release/cotangent.node"],
  ])("forbid %s to import %s", (from, to) => {
    expect(broken(from, to)).toHaveLength(1);
  });
});
