// Compiles gemm_test.cc and runs it: products against their definition, and the same bits for any number of threads.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const native = fileURLToPath(new URL("../../native", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const compiler = ["c++", "g++", "clang++"].find((c) => spawnSync(c, ["--version"]).status === 0);

describe.skipIf(compiler === undefined)("products in C++", () => {
  const folder = mkdtempSync(join(tmpdir(), "cotangent-gemm-"));
  const program = join(folder, "gemm_test");
  beforeAll(() => {
    const sources = readdirSync(join(native, "cpu/gemm")).filter((f) => f.endsWith(".cc"));
    execFileSync(compiler as string, [
      ...["-O2", "-std=c++17", "-pthread", `-I${native}`, `-I${here}`, "-o", program],
      join(here, "gemm_test.cc"),
      join(native, "runtime/pool.cc"),
      ...sources.map((f) => join(native, "cpu/gemm", f)),
    ]);
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const outputOf = (set: number, threads: number): string =>
    execFileSync(program, [String(set), ...(threads > 1 ? ["1", "hash"] : [])], {
      encoding: "utf8",
      env: { ...process.env, COTANGENT_NUM_THREADS: String(threads) },
    });

  test.each([
    ["AVX-512, where there is one", 2],
    ["AVX2, where there is one", 1],
    ["no instruction set in particular", 0],
  ])(
    "with %s",
    (_, set) => {
      const alone = outputOf(set, 1);
      expect(alone).toMatch(/^ok [0-9a-f]{16}\n$/);
      for (const threads of [2, 3, 4]) expect(outputOf(set, threads)).toBe(alone);
    },
    120_000,
  );
});
